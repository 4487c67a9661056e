"""`AnyPolicy`: what a policy, and versions of one that follow each other, can tell."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, overload
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument
from slacalc.business_time.instants import to_us
from slacalc.errors import PolicyError
from slacalc.policies.document.fields import STANDARD_FIELDS, FieldValue
from slacalc.policies.in_force import PolicyInForce
from slacalc.policies.promise import Promises
from slacalc.policies.promise_plan import is_plain_instant

if TYPE_CHECKING:
    from slacalc.clocks.replay import Clocks
    from slacalc.columns.replays import ReplayColumns
    from slacalc.events.event import Event
    from slacalc.logs.reading import LogReading, Ticket

__all__ = ["AnyPolicy"]

_NOTHING: Final[Mapping[str, datetime]] = {}
_NO_ORIGINS: Final[frozenset[str]] = frozenset()

Frame = TypeVar("Frame")  # a data frame of any library


class AnyPolicy:
    """What promises: one policy at any time, or versions of one, each in its own time."""

    __slots__ = ()

    if TYPE_CHECKING:  # each of the two says in its own way

        @property
        def name(self) -> str:
            """The name of the policy, or the names of its versions."""

        @property
        def in_force(self) -> tuple[PolicyInForce, ...]:
            """The policies, each as it is while it is in force."""

    def in_force_at(self, instant: datetime, /) -> PolicyInForce:
        """Return the policy in force at an instant. Raises PolicyError when there is none."""
        at = to_us(instant, "instant")
        for each in self.in_force:
            if each.holds_at(at):
                return each
        raise PolicyError(
            "no_version",
            "no version of the policy is in force",
            given=instant.isoformat(),
            accepts=", ".join(f"{each.policy.name} from {each.policy.valid_from}" for each in self.in_force),
        )

    @property
    def origins(self) -> frozenset[str]:
        """The named instants, other than receipt, that metrics count from."""
        return frozenset().union(*(each.origins for each in self.in_force))

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that some rule promises, in order."""
        return tuple(
            dict.fromkeys(metric for each in self.in_force for rule in each.policy.rules for metric in rule.metrics)
        )

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields that rules may test: the standard ones and those that the policy declares."""
        declared = (name for each in self.in_force for name in each.policy.fields)
        return tuple(dict.fromkeys((*STANDARD_FIELDS, *declared)))

    @overload
    def promise(
        self, received: datetime, /, *, origins: Mapping[str, datetime] | None, **fields: FieldValue
    ) -> Promises: ...

    @overload
    def promise(self, received: datetime, /, **fields: FieldValue) -> Promises: ...

    def promise(self, received: datetime, /, *, origins: Any = None, **fields: FieldValue) -> Promises:
        """Return what a ticket received at an instant is promised, by metric.

        `fields` are those that rules test; `origins` are named instants, those of
        metrics that do not count from receipt: a metric whose origin is not given is not
        promised yet. Of versions the one in force at receipt promises; opening hours are those of each instant
        (rule 10). Raises PolicyError for an undeclared field, when no rule matches, and when no version is in force.

        >>> from slacalc import sample_policy
        >>> from zoneinfo import ZoneInfo
        >>> policy = sample_policy("webshop_helpdesk")
        >>> friday = datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo("Europe/Brussels"))
        >>> print(policy.promise(friday, priority="normal")["first_response"].due)
        2026-11-21 12:00:00+01:00
        """
        return self.promise_for(received, fields, origins=origins)

    def promise_for(
        self, received: datetime, fields: Mapping[str, FieldValue], *, origins: Mapping[str, datetime] | None = None
    ) -> Promises:
        """Return what `promise` returns, for fields in a mapping."""
        if type(fields) is dict and is_plain_instant(received) and _are_plain(origins):
            plan = self.in_force_at(received).plan_of(fields, _NO_ORIGINS if origins is None else frozenset(origins))
            if plan is not None:
                return plan.promises(received, _NOTHING if origins is None else origins)
        check_argument(fields, Mapping, "fields", 'a mapping such as {"priority": "high"}')
        to_us(received, "received")
        return self.in_force_at(received).promises(received, fields, origins)

    def promise_frame(
        self,
        frame: Frame,
        received: str = "received",
        *,
        zone: str | ZoneInfo | None = None,
        errors: Literal["raise", "null"] = "raise",
        prefix: str = "",
    ) -> Frame:
        """Return a data frame of tickets with what each is promised, beside its columns.

        New are `rule`, and for each metric M `M_expected` (null without such a target) and `M_due`, behind a `prefix`
        of your own; a frame that has such a column already is refused.
        `received` names the column of receipt; columns with the names of fields select the rule (null
        is left out), and columns with the names of origins are those instants. Zone, null and errors are
        as in `slacalc.frames`; a row received while no version is in force is an error of its own, too.
        Raises what `promise` raises, naming the first rows.
        """
        from slacalc.columns.frames import promise_frame

        return promise_frame(self, frame, received, zone=zone, errors=errors, prefix=prefix)

    def outcome_frame(
        self,
        tickets: Any,  # noqa: ANN401 - rows, or a table of any library
        *,
        as_of: datetime,
        columns: Mapping[str, str] | None = None,
        zone: str | ZoneInfo | None = None,
        errors: Literal["raise", "null"] = "raise",
    ) -> Any:  # noqa: ANN401 - a table of the same kind
        """Return what became of each promise of many tickets: a row for each ticket, metric and cycle.

        `tickets` are a data frame of pandas, polars or pyarrow, a relation of DuckDB, or a mapping of numpy arrays or
        of lists, with "received", optionally "ticket", the policy's fields, and for each metric when it was done;
        `columns` says which column is what, where they have other names. What comes back is of the same kind, its
        instants in the zone of "received". Or they are rows, as `report` takes them, those with events among
        them, or what `read_log` returns: then it is a dict of lists, with instants on the clock of each calendar.

        A row that cannot be judged is an error, which names the first ones; with `errors="null"` it is a row with
        nothing but its `ticket` and its `problem`. What was received after `as_of` is not there yet. Columns without
        a zone are read, and answered, on the clock of `zone`.

        >>> from slacalc import sample_policy
        >>> from zoneinfo import ZoneInfo
        >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
        >>> tickets = {"ticket": ["7"], "received": [friday], "priority": ["normal"], "first_response": [None]}
        >>> outcomes = sample_policy("webshop_helpdesk").outcome_frame(tickets, as_of=friday.replace(day=23))
        >>> outcomes["status"], outcomes["open_time"], outcomes["reason"][0][-30:]
        (['breached'], [datetime.timedelta(seconds=39600)], 'not done yet (Europe/Brussels)')
        """
        from slacalc.columns.frames import outcome_frame

        return outcome_frame(self, tickets, as_of=as_of, columns=columns, zone=zone, errors=errors)

    def replay_frame(
        self,
        events: "LogReading | Iterable[tuple[str, Event] | Ticket]",
        *,
        as_of: datetime,
        zone: str | ZoneInfo = "UTC",
        strict: bool = False,
    ) -> "ReplayColumns":
        """Return the clocks of many tickets as columns: a row for each ticket, metric and cycle.

        `events` are pairs of ticket and event, as `read_events` returns them, or what `read_log` and `read_event_log`
        return. A data frame of any library is made of the columns: `pandas.DataFrame(columns)`. The columns are named
        as in `ClockState`, and those of the ticket's fields `field_priority` and so on. Instants are in `zone`.
        `columns.left_out` are the tickets that cannot be answered for, and those that were created after `as_of`;
        with `strict` the first of them is an error that names it.
        """
        from slacalc.columns.replays import replay_frame

        return replay_frame(self, events, as_of=as_of, zone=zone, strict=strict)

    def replay(self, events: "Iterable[Event]", *, as_of: datetime, ticket: str = "", strict: bool = False) -> "Clocks":
        """Return how the clocks of one ticket are doing: `slacalc.replay` with this policy."""
        from slacalc.clocks.replay import replay

        return replay(events, self, as_of=as_of, ticket=ticket, strict=strict)


def _are_plain(origins: Mapping[str, datetime] | None) -> bool:
    return origins is None or (type(origins) is dict and all(map(is_plain_instant, origins.values())))
