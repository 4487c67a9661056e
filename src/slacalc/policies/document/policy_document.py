"""`PolicyDocument`: everything that a policy file says, checked, with its calendars built."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Self

from pydantic import (
    Field,
    PrivateAttr,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    field_serializer,
    field_validator,
    model_serializer,
    model_validator,
)

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import to_us
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays
from slacalc.errors import PolicyError
from slacalc.kept import Kept
from slacalc.policies.document.calendar_choice import CalendarChoice
from slacalc.policies.document.calendar_rules import (
    CalendarRule,
    InstantText,
    build_calendars,
    read_calendars,
)
from slacalc.policies.document.clock_rules import (
    ClockRule,
    DeprioritisationRule,
    beside_default,
    default_clock,
    over_default,
)
from slacalc.policies.document.fields import FieldKind, FieldValue, ReadValue, read_field
from slacalc.policies.document.first_match import FieldsKey, FirstMatch, key_of_fields
from slacalc.policies.document.guide import Guide
from slacalc.policies.document.matches import MatchExplanation, explain_match, no_rule_matches
from slacalc.policies.document.names import table_in, unknown_names
from slacalc.policies.document.pins import Pins, with_pins_as
from slacalc.policies.document.rules import EscalationStep, Rule, Values
from slacalc.policies.document.tried_rules import Unmatched, tried_rules
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.notation import FrozenModel

__all__ = ["DIGEST_FORMAT", "PolicyDocument", "no_calendar"]

DIGEST_FORMAT: Final = "policy-1:sha256:"
"""How digests of policies begin: what is digested in which form, and how."""


class PolicyDocument(FrozenModel):
    """What a policy says; see `Policy`, which can be asked what it promises."""

    name: str = Field(min_length=1)
    description: str = ""
    valid_from: InstantText | None = None
    valid_until: InstantText | None = None
    fields: FrozenDict[FieldKind] = Field(default_factory=FrozenDict)
    calendars: FrozenDict[CalendarRule]
    rules: tuple[Rule, ...] = Field(json_schema_extra={"minItems": 1})
    unmatched: Unmatched = "error"
    escalation: tuple[EscalationStep, ...] = ()
    clocks: FrozenDict[ClockRule] = Field(default_factory=FrozenDict)
    statuses: Values = ()
    solved_in: Values | None = None
    closed_in: Values | None = None
    deprioritisation: DeprioritisationRule = Field(default_factory=DeprioritisationRule)
    guide: Guide = Field(default_factory=Guide)

    __slots__ = (
        "_first_match",
        "_found_calendars",
    )  # on first use, outside what is compared, hashed, pickled or copied
    if TYPE_CHECKING:
        _first_match: FirstMatch
        _found_calendars: FrozenDict[Calendar]

    _calendars: FrozenDict[Calendar] = PrivateAttr(default=FrozenDict({}))
    _pins: FrozenDict[FrozenHolidays] = PrivateAttr(default=FrozenDict({}))
    _tried: tuple[Rule, ...] = PrivateAttr(default=())

    def __init__(self, pins: Pins, /, **data: object) -> None:
        """Check the data and the names in it, and build the calendars."""
        if tables := read_calendars(table_in(data, "calendars")):
            data["calendars"] = tables
        pins = replace(pins, found={}, built=pins.built or {})
        calendars, problems = build_calendars(tables, pins)
        problems += unknown_names(data)
        try:
            super().__init__(**data)
        except PolicyError as error:
            problems = [*error.problems, *problems]
        if problems:
            raise PolicyError.of(problems)
        self._calendars, self._pins = FrozenDict(calendars), FrozenDict(pins.found)
        self._tried = tried_rules(self.rules, self.unmatched)

    @field_validator("clocks", mode="before")
    @classmethod
    def _over_defaults(cls, clocks: object) -> object:
        """Take what a table of a clock leaves out from the default of its metric."""
        if not isinstance(clocks, Mapping):
            return clocks
        return {metric: over_default(metric, said) for metric, said in clocks.items()}

    @field_serializer("clocks")
    def _beside_defaults(self, clocks: FrozenDict[ClockRule]) -> dict[str, Any]:
        return {metric: beside_default(metric, rule) for metric, rule in clocks.items()}

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        begin, end = self.valid_from, self.valid_until
        if begin is not None and end is not None and to_us(end) <= to_us(begin):
            raise PolicyError(
                "validity_reversed",
                "the policy ends before it begins",
                given=f"{begin.isoformat()}..{end.isoformat()}",
                accepts="valid_until after valid_from",
                where="valid_until",
            )
        return self

    @model_validator(mode="after")
    def _waits_in_no_circle(self) -> Self:
        """Refuse clocks of which each waits for the next one, so that none can begin."""
        for metric in self.clocks:
            chain = [metric]
            while (after := self.clock(chain[-1]).after) and after not in chain:
                chain.append(after)
            if after == metric:
                raise PolicyError(
                    "after_in_a_circle",
                    "these clocks wait for each other",
                    given=" after ".join([*chain, metric]),
                    accepts='a clock that begins by itself at the end; after = "" waits for nothing',
                    where=("clocks", metric, "after"),
                )
        return self

    @property
    def digest(self) -> str:
        """A digest of what the policy and its pins say, in whatever order and words, after the name of its format.

        Of a pin the dates count, the working weekends and the half days, not its names and not where it is; a
        description does not count.
        """
        return DIGEST_FORMAT + hashlib.sha256(json.dumps(self._said, sort_keys=True).encode()).hexdigest()

    def to_data(self) -> dict[str, Any]:
        """Return the policy as plain dicts, lists, texts and numbers, without what is left at its default."""
        data: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return {key: value for key, value in data.items() if value or key != "clocks"}

    @model_serializer(mode="wrap")
    def _as_data(self, dump: SerializerFunctionWrapHandler, info: SerializationInfo):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a type would hide the schema
        """Dump a policy that is a field of something else as `to_data` says it."""
        return dump(self) if info.exclude_defaults and info.by_alias else self.to_data()

    def to_json(self) -> str:
        """Return the policy as JSON; a file with it loads as an equal policy."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=1)

    def calendar(self, name: str) -> Calendar:
        """Return a calendar by its name. Raises PolicyError when there is none."""
        known = self._calendars_found
        if not isinstance(name, str) or name not in known:
            raise no_calendar(name, known)
        return known[name]

    def clock(self, metric: str) -> ClockRule:
        """Return what starts, stops and pauses the clock of a metric: as the policy says, else the default."""
        return self.clocks.get(metric) or default_clock(metric)

    @property
    def tried_rules(self) -> tuple[Rule, ...]:
        """The rules as they are tried, each with one calendar: one that a field chooses is a rule for each calendar.

        With `unmatched = "no_promise"` the last one, "unmatched", takes what no other one does.
        """
        return self._tried

    def rule_for(self, /, **fields: FieldValue) -> Rule:
        """Return the first of `tried_rules` that matches.

        A field that is left out matches only rules that do not test it. Raises PolicyError for an undeclared field or
        value, when no rule matches, and when none of the calendars of the rule is for the value of its field.
        """
        return self._found_first.rules[self.place_of(fields)]

    def place_of(self, fields: Mapping[str, object]) -> int:
        """Return where the rule stands among `tried_rules` that `rule_for` returns."""
        first, key = self._found_first, key_of_fields(fields)
        known = None if key is None else first.places.get(key)
        if known is not None:
            return known
        place = self._place_of(fields, first)
        return place if key is None else first.places.keep(key, place)

    @property
    def kept_by_fields(self) -> Kept[tuple[FieldsKey, object], Any]:
        """Room for what follows from the fields of a ticket alone, outside what is compared, hashed or pickled."""
        return self._found_first.kept

    def _place_of(self, fields: Mapping[str, object], first: FirstMatch) -> int:
        values = self._values(fields)
        place = first.place(values)
        if place is None:
            raise no_rule_matches(self.name, self.rules, values, dict(fields))
        calendar = first.rules[place].calendar
        if isinstance(calendar, CalendarChoice):
            raise calendar.unchosen(fields.get(calendar.field))
        return place

    @property
    def _calendars_found(self) -> FrozenDict[Calendar]:
        """The calendars: a private attribute of pydantic is looked up for microseconds."""
        try:
            return self._found_calendars
        except AttributeError:
            object.__setattr__(self, "_found_calendars", self._calendars)
            return self._calendars

    @property
    def _found_first(self) -> FirstMatch:
        try:
            return self._first_match
        except AttributeError:
            made = FirstMatch(self.tried_rules)
            object.__setattr__(self, "_first_match", made)
            return made

    def explain_match(self, /, **fields: FieldValue) -> MatchExplanation:
        """Return each rule in order, up to the one that `rule_for` returns: what it wants that the ticket is not.

        Of a ticket that no rule matches every rule says what it wants. Raises PolicyError for an undeclared field or
        value, as `rule_for` does.

        >>> from slacalc import sample_policy
        >>> explained = sample_policy("webshop_helpdesk").explain_match(priority="normal")
        >>> print(explained.matched.rule)
        normal
        """
        return explain_match(self.name, self.rules, self._values(fields))

    def _values(self, fields: Mapping[str, object]) -> dict[str, ReadValue | None]:
        return {name: read_field(self.fields, name, value) for name, value in fields.items()}

    def escalation_for(self, /, **fields: FieldValue) -> tuple[EscalationStep, ...]:
        """Return who is next when there is no good answer: the escalation of the matching rule, else of the policy."""
        escalation = self.rule_for(**fields).escalation
        return self.escalation if escalation is None else escalation

    @property
    def parts(self) -> dict[str, str]:
        """A short digest of each part that the digest covers, by what it is: a rule, a calendar, its pins, a clock."""
        said = self._said
        pins: dict[str, list[object]] = {name: [] for name in said["calendars"]}
        alone = {name: with_pins_as({name: said["calendars"][name]}, found.append) for name, found in pins.items()}
        tables: dict[str, dict[str, Any]] = {"calendar": alone, "clock": said.pop("clocks", {})}
        tables["pin of calendar"] = {name: found for name, found in pins.items() if any(found)}
        said.pop("calendars")
        tables["rule"] = {rule["name"]: rule for rule in said.pop("rules")}
        parts = {f"{kind} {name}": part for kind, table in tables.items() for name, part in table.items()}
        return {name: _short_digest(part) for name, part in (parts | said).items()}

    @property
    def _said(self) -> dict[str, Any]:
        """What the digest is made from."""
        data = self.to_data()
        data.pop("description", None)
        return data | {"calendars": with_pins_as(data["calendars"], self._digest_of_pin)}

    def _digest_of_pin(self, pinned: str | Mapping[str, Any] | None) -> str | None:
        """Return the digest of what is pinned; None where nothing is, and where the installed holidays are read."""
        match pinned:
            case Mapping():
                return str(pinned["digest"])
            case str() if pinned in self._pins:
                return self._pins[pinned].digest
            case _:
                return None


def _short_digest(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


def no_calendar(name: object, known: Iterable[str]) -> PolicyError:
    """Return the error for a name that no calendar has."""
    return PolicyError(
        "calendar_missing", "there is no calendar of this name", given=name, accepts=nearest_first(name, known)
    )
