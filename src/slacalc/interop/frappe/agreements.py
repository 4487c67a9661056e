"""Service level agreements of Frappe as rules: one for each priority.

Facts of the format (frappe/helpdesk, hd_service_level_agreement; frappe/erpnext, service_level_agreement, 2026): times
are seconds of working hours; the default agreement is for all the rest, and another one without a condition is for
nobody; a ticket without a priority has the default one of its agreement.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from slacalc.interop.frappe.conditions import Tables, read_expression
from slacalc.interop.frappe.records import is_set
from slacalc.interop.imported import Loss, Severity
from slacalc.interop.parts import Part, read_each

__all__ = ["FrappeAgreement", "in_order", "read_agreement"]

_DEFAULT: Final = ("default_sla", "default_service_level_agreement")
_TIMES: Final = {"response_time": "first_response", "resolution_time": "resolution"}
_PRIORITY: Final = "priority"


class _Level(NamedTuple):
    """The times of a priority."""

    priority: str
    is_default: bool
    metrics: dict[str, Any]


class FrappeAgreement(NamedTuple):
    """An agreement: what tickets it is for, the times of each priority, and what is lost; one left out is not used."""

    name: str
    is_default: bool
    is_used: bool
    when: Tables
    any_of: tuple[Tables, ...]
    levels: tuple[_Level, ...]
    part: Part
    losses: tuple[Loss, ...]

    @property
    def origin(self) -> str:
        """Where it came from."""
        return f"agreement {self.name!r} ({self.part.place or 'the document'})"

    def rules(self) -> Iterator[dict[str, Any]]:
        """Return a rule for each priority that it is for, and one for tickets without; their calendar has its name."""
        said = self.when.get(_PRIORITY, {})
        any_of = {"any_of": [*self.any_of]} if self.any_of else {}
        for level in self.levels:
            if level.priority in said.get("any", [level.priority]) and level.priority not in said.get("not", []):
                when = {**self.when, _PRIORITY: {"any": [level.priority]}}
                name = f"{self.name}: {level.priority}"
                yield {"name": name, "when": when, **any_of, "calendar": self.name, "metrics": level.metrics}
        named = [level.priority for level in self.levels]
        for level in self.levels:
            if level.is_default and "any" not in said:
                when = {**self.when, _PRIORITY: {"not": list(dict.fromkeys((*named, *said.get("not", []))))}}
                name = f"{self.name}: no priority"
                yield {"name": name, "when": when, **any_of, "calendar": self.name, "metrics": level.metrics}


def read_agreement(part: Part) -> FrappeAgreement:
    """Return an agreement. Raises InteropError for what none can be."""
    name = part["name" if "name" in part else "service_level"].text()
    is_default = any(is_set(part, key) for key in _DEFAULT)
    with_resolution = "apply_sla_for_resolution" not in part or is_set(part, "apply_sla_for_resolution")
    levels = tuple(read_each(part["priorities"].items(), lambda row: _level(row, with_resolution=with_resolution)))
    if not levels:
        raise part["priorities"].misfit("one priority or more")
    text = _text(part, "condition")
    said: tuple[Tables, tuple[Tables, ...]] | None = ({}, ()) if is_default else read_expression(text)
    left_out = _left_out(part, name, text, is_default=is_default, is_readable=said is not None)
    when, any_of = said or ({}, ())
    losses = (left_out,) if left_out is not None else tuple(_of_dates(part))
    return FrappeAgreement(name, is_default, left_out is None, when, any_of, levels, part, losses)


def in_order(agreements: Iterable[FrappeAgreement]) -> tuple[list[FrappeAgreement], list[Loss]]:
    """Return the agreements that are used, the default one last, and what is lost: the order of the others."""
    used = [each for each in agreements if each.is_used]
    asking = [each for each in used if not each.is_default]
    default = [each for each in used if each.is_default]
    if len(default) > 1:
        raise default[1].part.refusal(
            "import_value_invalid", "there are two default agreements", given=default[1].name, accepts="one"
        )
    return [*asking, *default], [*_order_lost(asking)]


def _order_lost(asking: list[FrappeAgreement]) -> Iterator[Loss]:
    for place, each in enumerate(asking):
        for later in asking[place + 1 :]:
            if not _apart(each.when, later.when):
                means = f"a ticket may be for {later.name!r}, too, and nobody says which is tried first"
                yield Loss(
                    "due_times", each.part.place or "the document", means, "they are tried in the order of the answers"
                )


def _apart(one: Tables, other: Tables) -> bool:
    """Tell whether no ticket can satisfy both, as far as one field of both shows."""
    return any(
        "any" in said and "any" in other.get(field, {}) and not {*said["any"]} & {*other[field]["any"]}
        for field, said in one.items()
    )


def _level(row: Part, *, with_resolution: bool) -> _Level:
    times = _TIMES if with_resolution else {"response_time": "first_response"}
    metrics = {times[key]: {"due": {"business_hours": row[key].amount_of_seconds()}} for key in times if key in row}
    return _Level(row["priority"].text(), is_set(row, "default_priority"), metrics)


def _text(part: Part, key: str) -> str:
    return "" if key not in part or part[key].value == "" else part[key].text().strip()


def _left_out(part: Part, name: str, text: str, *, is_default: bool, is_readable: bool) -> Loss | None:
    """Return why an agreement is left out; None of one that is used."""
    form = _text(part, "condition_json")
    entity = _text(part, "entity")
    is_off, asks = "enabled" in part and not is_set(part, "enabled"), not is_default
    reasons: tuple[tuple[bool, Severity, str, str], ...] = (
        (is_off, "cosmetic", "enabled", f"the agreement {name!r} is not enabled"),
        (bool(entity), "due_times", "entity", f"the agreement {name!r} is for {entity!r} alone"),
        (asks and not text and bool(form), "due_times", "condition_json", "a condition that is said as a form alone"),
        (asks and not text, "cosmetic", "condition", f"the agreement {name!r} has no condition, and is for nobody"),
        (asks and not is_readable, "due_times", "condition", f"the condition {text!r} chooses the tickets"),
    )  # fmt: skip
    for applies, severity, key, means in reasons:
        if applies:
            where = Part(None, part.file, (*part.path, key)).place
            return Loss(severity, where, means, "the agreement is left out")
    return None


def _of_dates(part: Part) -> Iterator[Loss]:
    for key, what in (("start_date", "from"), ("end_date", "until")):
        if key in part and part[key].value != "":
            means = f"the agreement holds {what} {part[key].date()}"
            yield Loss("due_times", part[key].place, means, "it holds always; versions of a policy have dates")
