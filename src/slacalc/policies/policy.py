"""`Policy`: calendars and rules; the first rule that matches a ticket makes its promises."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, field_serializer, field_validator, model_validator

from slacalc.arguments import check_argument
from slacalc.business_time.instants import to_us, zone_data_version
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import PolicyError
from slacalc.policies.calendar_rules import CalendarRule, InstantText, build_calendars
from slacalc.policies.clock_rules import DEFAULT_CLOCKS, ClockRule, DeprioritisationRule, beside_default, over_default
from slacalc.policies.editions import Edition
from slacalc.policies.guide import Guide
from slacalc.policies.names import check_field, table_in, unknown_names
from slacalc.policies.notation import FrozenDict, FrozenModel
from slacalc.policies.promise import Promise, PromiseProvenance, Promises
from slacalc.policies.rules import STANDARD_FIELDS, EscalationStep, Rule, Values
from slacalc.policies.targets import AnyTarget, earliest

if TYPE_CHECKING:
    from slacalc.clocks.replay import Clocks
    from slacalc.events.event import Event

__all__ = ["Policy"]


class Policy(FrozenModel):
    """Calendars, and rules in order: what is promised to whom.

    `fields` declares what rules may test beside market, channel, priority and topic, with
    the values that each may have (none listed: any); `statuses` those that a ticket may have
    (none listed: any). A policy checks itself when built; `load_policy` reads one from a file.
    """

    __slots__ = ("_edition",)  # made on first use, outside what is compared, hashed, pickled or copied
    if TYPE_CHECKING:
        _edition: Edition

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
    _provenance: FrozenDict[PromiseProvenance] = PrivateAttr(default=FrozenDict({}))

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
        digest = self.digest
        self._calendars = FrozenDict(calendars)
        self._provenance = FrozenDict({name: _provenance(digest, each) for name, each in calendars.items()})

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
            raise PolicyError(
                "calendar_missing",
                "there is no calendar of this name",
                given=name,
                accepts=", ".join(self._calendars),
            )
        return self._calendars[name]

    def clock(self, metric: str) -> ClockRule:
        """Return what starts, stops and pauses the clock of a metric: as the policy says, else the default."""
        return self.clocks.get(metric) or DEFAULT_CLOCKS.get(metric) or ClockRule()

    @property
    def edition(self) -> Edition:
        """The policy as it is for a clock that begins under it."""
        try:
            return self._edition
        except AttributeError:
            made = Edition(self, self.calendar)
            object.__setattr__(self, "_edition", made)
            return made

    @property
    def origins(self) -> frozenset[str]:
        """The named instants, other than receipt, that metrics count from."""
        return frozenset(each.origin for rule in self.rules for each in rule.metrics.values() if each.origin)

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that some rule promises, in order."""
        return tuple(dict.fromkeys(metric for rule in self.rules for metric in rule.metrics))

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields that rules may test: the standard ones and those that the policy declares."""
        return tuple(dict.fromkeys((*STANDARD_FIELDS, *self.fields)))

    def rule_for(self, /, **fields: str) -> Rule:
        """Return the first rule that matches. Raises PolicyError for an undeclared field or value, or when none does.

        A field that is left out matches only rules that do not test it.
        """
        return self._matching(fields)

    def _matching(self, fields: Mapping[str, str]) -> Rule:
        for name, value in fields.items():
            check_field(self.fields, name, value)
        for rule in self.rules:
            if rule.matches(fields):
                return rule
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

    def promise(
        self, received: datetime, /, *, origins: Mapping[str, datetime] | None = None, **fields: str
    ) -> Promises:
        """Return what a ticket received at an instant is promised, by metric.

        `fields` are those that rules test; `origins` are named instants, those of
        metrics that do not count from receipt: a metric whose origin is not given is not
        promised yet. Raises PolicyError for an undeclared field and when no rule matches.

        >>> from slacalc import sample_policy
        >>> from zoneinfo import ZoneInfo
        >>> policy = sample_policy("webshop_helpdesk")
        >>> friday = datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo("Europe/Brussels"))
        >>> print(policy.promise(friday, priority="normal")["first_response"].due)
        2026-11-21 12:00:00+01:00
        """
        return self.promise_for(received, fields, origins=origins)

    def promise_for(
        self,
        received: datetime,
        fields: Mapping[str, str],
        *,
        origins: Mapping[str, datetime] | None = None,
        calendar_of: Callable[[str], OpenTime] | None = None,
    ) -> Promises:
        """Return what `promise` returns, for fields in a mapping.

        `calendar_of` gives the calendar of a name, where it is not this policy's alone (rule 10).
        """
        check_argument(fields, Mapping, "fields", 'a mapping such as {"priority": "high"}')
        to_us(received, "received")
        chosen = calendar_of or self.calendar
        rule = self._matching(fields)
        begun = self._origins(received, {} if origins is None else origins)
        language = self.guide.languages.get(fields.get("market", ""), "")
        return Promises(
            {
                name: self._promise(
                    rule, name, chosen(metric.calendar or rule.calendar), received, begun[metric.origin], language
                )
                for name, metric in rule.metrics.items()
                if metric.origin in begun
            }
        )

    def promise_frame(
        self,
        frame: Any,  # noqa: ANN401 - a data frame of any library
        received: str = "received",
        *,
        zone: str | ZoneInfo | None = None,
        errors: Literal["raise", "null"] = "raise",
    ) -> Any:  # noqa: ANN401 - the same
        """Return a data frame of tickets with what each is promised, beside its columns.

        New are `rule`, and for each metric M `M_expected` (null without such a target) and `M_due`.
        `received` names the column of receipt; columns with the names of fields select the rule (null
        is left out), and columns with the names of origins are those instants. Zone, null and errors are
        as in `slacalc.frames`. Raises what `promise` raises, naming the first rows.
        """
        from slacalc.columns.frames import promise_frame

        return promise_frame(self, frame, received, zone=zone, errors=errors)

    def replay_frame(
        self, events: "Iterable[tuple[str, Event]]", *, as_of: datetime, zone: str | ZoneInfo = "UTC"
    ) -> dict[str, list[Any]]:
        """Return the clocks of many tickets as columns: a row for each ticket, metric and cycle.

        `events` are pairs of ticket and event, as `read_events` returns them. A data frame of any
        library is made of the columns: `pandas.DataFrame(columns)`. Instants are in `zone`.
        """
        from slacalc.columns.replays import replay_frame

        return replay_frame(self, events, as_of=as_of, zone=zone)

    def replay(self, events: "Iterable[Event]", *, as_of: datetime, ticket: str = "", strict: bool = False) -> "Clocks":
        """Return how the clocks of one ticket are doing: `slacalc.replay` with this policy."""
        from slacalc.clocks.replay import replay

        return replay(events, self, as_of=as_of, ticket=ticket, strict=strict)

    def _origins(self, received: datetime, given: Mapping[str, datetime]) -> dict[str | None, datetime]:
        check_argument(given, Mapping, "origins", "a mapping of names to instants")
        known = self.origins
        for name, instant in given.items():
            if name not in known:
                raise PolicyError(
                    "origin_unknown",
                    "no metric counts from an instant of this name",
                    given=name,
                    accepts=", ".join(sorted(known)) or "no named instant in this policy",
                    where="origins",
                )
            to_us(instant, f"origins.{name}")
        origins: dict[str | None, datetime] = {None: received}
        origins.update(given)
        return origins

    def _promise(
        self, rule: Rule, name: str, calendar: OpenTime, received: datetime, origin: datetime, language: str
    ) -> Promise:
        metric = rule.metrics[name]
        calendar_name = metric.calendar or rule.calendar
        due = metric.due.due(calendar, origin)
        return Promise(
            metric=name,
            received=received,
            origin=origin,
            due=due,
            target=metric.due,
            policy=self.name,
            rule=rule.name,
            calendar_name=calendar_name,
            calendar=calendar,
            provenance=self._provenance[calendar_name],
            earliest=earliest(metric.due, calendar, origin),
            expected=_due(metric.expected, calendar, origin),
            expected_target=metric.expected,
            follow_up=_not_before(due, _due(metric.follow_up, calendar, origin)),
            follow_up_earliest=_not_before(due, _earliest(metric.follow_up, calendar, origin)),
            objective=metric.objective,
            rank=rule.rank,
            language=language,
        )


def _due(target: AnyTarget | None, calendar: OpenTime, received: datetime) -> datetime | None:
    return None if target is None else target.due(calendar, received)


def _earliest(target: AnyTarget | None, calendar: OpenTime, received: datetime) -> datetime | None:
    return None if target is None else earliest(target, calendar, received)


def _not_before(due: datetime, later: datetime | None) -> datetime | None:
    return due if later is not None and to_us(later) < to_us(due) else later


def _provenance(policy_digest: str, calendar: Calendar) -> PromiseProvenance:
    source = calendar.holidays.source if calendar.holidays is not None else None
    return PromiseProvenance(policy_digest, calendar.digest, source, zone_data_version())
