"""`Policy`: calendars and rules; the first rule that matches a ticket makes its promises."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from pydantic import Field, PrivateAttr, field_serializer, field_validator, model_validator

from slacalc.business_time.instants import to_us
from slacalc.calendars.calendar import Calendar
from slacalc.errors import PolicyError
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.calendar_rules import CalendarRule, InstantText, build_calendars
from slacalc.policies.clock_rules import DEFAULT_CLOCKS, ClockRule, DeprioritisationRule, beside_default, over_default
from slacalc.policies.guide import Guide
from slacalc.policies.in_force import PolicyInForce
from slacalc.policies.names import check_field, table_in, unknown_names
from slacalc.policies.notation import FrozenDict, FrozenModel
from slacalc.policies.rules import EscalationStep, Rule, Values

__all__ = ["Policy", "no_calendar"]


class Policy(FrozenModel, AnyPolicy):
    """Calendars, and rules in order: what is promised to whom.

    `fields` declares what rules may test beside market, channel, priority and topic, with
    the values that each may have (none listed: any); `statuses` those that a ticket may have
    (none listed: any). A policy checks itself when built; `load_policy` reads one from a file.
    """

    __slots__ = ("_in_force",)  # made on first use, outside what is compared, hashed, pickled or copied
    if TYPE_CHECKING:
        _in_force: tuple[PolicyInForce, ...]

    name: str = Field(min_length=1)
    description: str = ""
    valid_from: InstantText | None = None
    valid_until: InstantText | None = None
    fields: FrozenDict[Values] = Field(default_factory=FrozenDict)
    calendars: FrozenDict[CalendarRule]
    rules: tuple[Rule, ...] = Field(json_schema_extra={"minItems": 1})
    escalation: tuple[EscalationStep, ...] = ()
    clocks: FrozenDict[ClockRule] = Field(default_factory=FrozenDict)
    statuses: Values = ()
    deprioritisation: DeprioritisationRule = Field(default_factory=DeprioritisationRule)
    guide: Guide = Field(default_factory=Guide)

    _calendars: FrozenDict[Calendar] = PrivateAttr(default=FrozenDict({}))

    def __init__(self, /, **data: Any) -> None:  # noqa: ANN401 - checked here
        """Check the data and the names in it. Raises PolicyError with every problem."""
        calendars, problems = build_calendars(table_in(data, "calendars"))
        problems += unknown_names(data)
        try:
            super().__init__(**data)
        except PolicyError as error:
            problems = [*error.problems, *problems]
        if problems:
            raise PolicyError.of(problems)
        self._calendars = FrozenDict(calendars)

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

    @property
    def digest(self) -> str:
        """A digest of what the policy says, in whatever order and words."""
        said = json.dumps(self.to_data(), sort_keys=True)
        return "sha256:" + hashlib.sha256(said.encode()).hexdigest()

    def to_data(self) -> dict[str, Any]:
        """Return the policy as plain dicts, lists, texts and numbers, without what is left at its default."""
        data = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return {key: value for key, value in data.items() if value or key != "clocks"}

    def to_json(self) -> str:
        """Return the policy as JSON; a file with it loads as an equal policy."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=1)

    def calendar(self, name: str) -> Calendar:
        """Return a calendar by its name. Raises PolicyError when there is none."""
        if not isinstance(name, str) or name not in self._calendars:
            raise no_calendar(name, self._calendars)
        return self._calendars[name]

    def clock(self, metric: str) -> ClockRule:
        """Return what starts, stops and pauses the clock of a metric: as the policy says, else the default."""
        return self.clocks.get(metric) or DEFAULT_CLOCKS.get(metric) or ClockRule()

    @property
    def in_force(self) -> tuple[PolicyInForce, ...]:
        """The policy as it is in force: at any time, for alone it has no other to give way to."""
        try:
            return self._in_force
        except AttributeError:
            made = (PolicyInForce(self, self.calendar),)
            object.__setattr__(self, "_in_force", made)
            return made

    def rule_for(self, /, **fields: str) -> Rule:
        """Return the first rule that matches. Raises PolicyError for an undeclared field or value, or when none does.

        A field that is left out matches only rules that do not test it.
        """
        return self.rules[self.place_of(fields)]

    def place_of(self, fields: Mapping[str, object]) -> int:
        """Return where the rule stands that `rule_for` returns."""
        for name, value in fields.items():
            check_field(self.fields, name, value)
        for place, rule in enumerate(self.rules):
            if rule.matches(fields):
                return place
        raise PolicyError(
            "no_rule_matches",
            "no rule matches this ticket",
            given=dict(fields),
            accepts="fields that a rule matches; a last rule without `when` matches everything",
            where=self.name,
        )

    def escalation_for(self, /, **fields: str) -> tuple[EscalationStep, ...]:
        """Return who is next when there is no good answer: the escalation of the matching rule, else of the policy."""
        escalation = self.rule_for(**fields).escalation
        return self.escalation if escalation is None else escalation


def no_calendar(name: object, known: Iterable[str]) -> PolicyError:
    """Return the error for a name that no calendar has."""
    return PolicyError("calendar_missing", "there is no calendar of this name", given=name, accepts=", ".join(known))
