"""This module knows policy files: TOML and JSON in, and errors that name the file and the key, all at once."""

import json
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from slacalc.errors import PolicyError, SlaError
from slacalc.policies.policy import Policy

__all__ = ["SAMPLES", "load_policy", "policy_from_data", "policy_schema", "sample_policy"]

SAMPLES: Final = (
    "b2b_marketplace",
    "channel_guide",
    "marketplace_seller",
    "store_correspondence",
    "webshop_helpdesk",
)

_MOST_BYTES: Final = 5_000_000


def load_policy(path: str | Path) -> Policy:
    """Return the policy of a TOML or JSON file.

    Raises PolicyError; its `problems` are everything that is wrong, each with the file and
    key path, what was given and what is accepted.
    """
    file = Path(path)
    return policy_from_data(_read(file), where=str(path), folder=file.parent)


def sample_policy(name: str, *, live: bool = False) -> Policy:
    """Return a policy that ships with slacalc, with its pinned holidays; `live` reads the installed ones instead.

    >>> sample_policy("webshop_helpdesk").name
    'webshop_helpdesk'
    """
    if name not in SAMPLES:
        raise PolicyError(
            "sample_unknown", "there is no sample policy of this name", given=name, accepts=", ".join(SAMPLES)
        )
    folder = Path(str(files("slacalc.policies") / "samples"))
    return policy_from_data(_read(folder / f"{name}.toml"), where=f"{name}.toml", folder=folder, live=live)


def policy_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a policy file, for editors and other tools.

    >>> sorted(policy_schema()["required"])
    ['calendars', 'name', 'rules']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Policy.model_json_schema(by_alias=True, mode="validation"),
    }


def policy_from_data(
    data: Mapping[str, Any], *, where: str = "policy", folder: Path | None = None, live: bool = False
) -> Policy:
    """Return the policy of plain dicts and lists. Raises PolicyError like `load_policy`."""
    try:
        return Policy.model_validate(dict(data), context={"folder": folder, "live": live})
    except ValidationError as error:
        raise PolicyError.of([problem.at(where) for problem in _problems(error)]) from None
    except SlaError as error:
        raise PolicyError.of([error.at(where)]) from None


def _read(file: Path) -> dict[str, Any]:
    try:
        raw = file.read_bytes()
        if len(raw) > _MOST_BYTES:
            raise PolicyError(
                "policy_too_large",
                "the file is too large for a policy",
                given=len(raw),
                accepts=f"at most {_MOST_BYTES} bytes",
                where=str(file),
            )
        text = raw.decode()
        data = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except (OSError, RecursionError, ValueError) as error:
        if isinstance(error, SlaError):
            raise
        raise PolicyError(
            "policy_unreadable",
            "the file cannot be read",
            given=str(error),
            accepts="a UTF-8 file in TOML, or in JSON when its name ends in .json",
            where=str(file),
        ) from None
    if not isinstance(data, dict):
        raise PolicyError("policy_no_table", "a policy is a table", given=data, accepts="a table", where=str(file))
    return data


def _problems(error: ValidationError) -> list[SlaError]:
    return [problem for detail in error.errors(include_url=False) for problem in _problem(detail)]


def _problem(detail: Any) -> list[SlaError]:  # noqa: ANN401 - pydantic's dict of evidence
    where = _key_path(detail["loc"])
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, SlaError):
        found = getattr(cause, "problems", ()) or (cause,)
        return [problem.at(where) if where else problem for problem in found]
    code, problem, accepts = _said(detail)
    return [PolicyError(code, problem, given=detail["input"], accepts=accepts, where=where)]


def _said(detail: Any) -> tuple[str, str, str]:  # noqa: ANN401 - pydantic's dict of evidence
    match detail["type"]:
        case "extra_forbidden":
            return "key_unknown", "there is no such key here", _accepted_keys(detail["loc"])
        case "missing":
            return "key_missing", f"the key {detail['loc'][-1]} is missing", f"{detail['loc'][-1]} = ..."
        case "union_tag_not_found" | "union_tag_invalid":
            return (
                "target_unknown",
                "this names no kind of target, or two",
                f"a table with one of {', '.join(_TARGETS)}",
            )
        case _:
            return "value_invalid", "the value does not fit", detail["msg"].removeprefix("Input should be ")


_TARGETS: Final = (
    "business_hours",
    "workday_hours",
    "calendar_hours",
    "business_days",
    "calendar_days",
    "next_opening",
    "earliest and latest",
    "inside and outside",
)
_KINDS: Final = frozenset(
    (
        "BusinessHours",
        "WorkdayHours",
        "CalendarHours",
        "BusinessDays",
        "CalendarDays",
        "NextOpening",
        "Range",
        "InsideOutside",
    )
)


def _key_path(loc: tuple[int | str, ...]) -> str:
    path = ""
    for part in loc:
        if part in _KINDS:
            continue
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _accepted_keys(loc: tuple[int | str, ...]) -> str:
    """Return the keys of the model that the unknown one stands in, those like it first."""
    schema = policy_schema()
    node: Any = schema
    for part in loc[:-1]:
        node = _step(schema, node, part)
    known = list(_resolved(schema, node).get("properties", {}))
    near = get_close_matches(str(loc[-1]), known, n=1)
    return ", ".join(dict.fromkeys((*near, *known)))


def _resolved(schema: Any, node: Any) -> Any:  # noqa: ANN401 - JSON
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node


def _step(schema: Any, node: Any, part: int | str) -> Any:  # noqa: ANN401 - JSON
    node = _resolved(schema, node)
    if part in _KINDS:
        return schema["$defs"][part]
    for option in (node, *(_resolved(schema, each) for each in node.get("anyOf", ()))):
        if isinstance(part, int) and "items" in option:
            return option["items"]
        if part in option.get("properties", {}):
            return option["properties"][part]
        if isinstance(option.get("additionalProperties"), dict):
            return option["additionalProperties"]
    return {}
