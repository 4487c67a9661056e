"""Turn pydantic's errors into ours: every problem, with its key path and what is accepted."""

import re
from itertools import islice
from typing import Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from slacalc.arguments import nearest, nearest_first
from slacalc.errors import PolicyError, SlaError

__all__ = ["problems_of"]


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[SlaError]:
    """Return everything that is wrong with data for a model."""
    return [problem for detail in error.errors(include_url=False) for problem in _problem(detail, model)]


def _problem(detail: ErrorDetails, model: type[BaseModel]) -> list[SlaError]:
    path = tuple(key for key in detail["loc"] if not str(key).startswith("<"))  # the kind of target is no key
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, SlaError):
        found = getattr(cause, "problems", ()) or (cause,)
        return [problem.at(*path) for problem in found]
    code, problem, accepts = _said(detail, model)
    given = {} if detail["type"] == "missing" else {"given": detail["input"]}
    return [PolicyError(code, problem, accepts=accepts, where=path, **given)]


def _said(detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, str, str]:
    match detail["type"]:
        case "extra_forbidden":
            return "key_unknown", "there is no such key here", _accepted_keys(detail["loc"][-1], model)
        case "missing":
            return "key_missing", f"the key {detail['loc'][-1]} is missing", f"{detail['loc'][-1]} = ..."
        case "target_unknown":
            accepts = f"a table with one of {_targets_like(detail['input'], detail['ctx']['names'])}"
            return "target_unknown", "this names no kind of target, or two", accepts
        case "literal_error" if words := _QUOTED.findall(detail["ctx"]["expected"]):
            return "value_invalid", "the value does not fit", nearest_first(detail["input"], words)
        case _:
            accepts = _ACCEPTED.get(detail["type"]) or detail["msg"].removeprefix("Input should be ")
            return "value_invalid", "the value does not fit", accepts


_QUOTED: Final = re.compile("'([^']*)'")
_ACCEPTED: Final = {
    "model_type": "a table",
    "dict_type": "a table",
    "tuple_type": "a list",
    "too_short": "a list that is not empty",
    "string_type": "text",
    "string_too_short": "text that is not empty",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
}


def _targets_like(given: object, names: str) -> str:
    """Return the names of the kinds of target, first the one that a key is like."""
    kinds = names.split(", ")
    keys = {key: kind for kind in kinds for key in kind.split(" and ")}
    near = (keys[key] for each in (given if isinstance(given, dict) else ()) if (key := nearest(each, keys)))
    return ", ".join(dict.fromkeys((*islice(near, 1), *kinds)))


def _accepted_keys(key: object, model: type[BaseModel]) -> str:
    """Return the keys of the model, those like the unknown one first."""
    known = [field.serialization_alias or name for name, field in model.model_fields.items()]
    return nearest_first(key, known)
