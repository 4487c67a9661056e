"""What one ticket is promised: for each metric when, by which rule, and why."""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, assert_never, overload

from slacalc.arguments import nearest_first
from slacalc.business_time.zone_data import zone_data_version
from slacalc.calendars.holidays import Uncertain
from slacalc.calendars.ledger import Ledger
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import MetricError
from slacalc.forms import Form, PolicyForm, StoredForm
from slacalc.policies.document.rules import OwedBy, PromiseKind
from slacalc.policies.document.signals import OnEvent, OnField, OnStatus, Signal, StartWord
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.targets.target import AnyTarget

if TYPE_CHECKING:
    from slacalc.expectations.expectation import Expectation
    from slacalc.expectations.rounding import Grain
    from slacalc.plans.sensitivity import Sensitivity
    from slacalc.policies.any_policy import AnyPolicy
    from slacalc.policies.document.fields import FieldValue
    from slacalc.policies.policy import Policy

__all__ = ["LaterPromise", "Promise", "PromiseProvenance", "Promises", "begins_later", "due_words"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PromiseProvenance(StoredForm):
    """What a promise depends on: the same digests and zone data give the same due times.

    Digests of the policy and of the calendar, the source of its holidays with their digest (None without), and
    the version of the zone data.
    """

    policy_digest: str
    calendar_digest: str
    holidays: str | None
    holidays_digest: str | None
    zone_data: str


@dataclass(frozen=True, slots=True)
class Promise(PolicyForm):
    """What is promised on one metric.

    `kind` says whether it is owed, or only what is usual or tried. `due` is when it is late after, of what is not owed
    the latest of what is usual; `owed_by` says who is late then; `earliest` the start of a range, else None; `expected`
    what we aim at and say, or None when that is `due`; `follow_up` when the customer should
    ask again, never before due. `origin` is what was counted from: receipt, or a named
    instant. `ledger` explains the way to `due`. `language` is that of the ticket's market, if the
    policy names one.
    """

    _tells: ClassVar[tuple[str, ...]] = (
        "metric", "kind", "owed_by", "received", "origin", "earliest", "expected", "due", "target", "expected_target",
        "follow_up", "follow_up_earliest", "objective", "policy", "rule", "rank", "calendar_name", "language",
        "provenance",
    )  # fmt: skip
    _also: ClassVar[tuple[str, ...]] = ("depends_on", "ledger")

    metric: str
    received: datetime
    origin: datetime
    due: datetime
    target: AnyTarget
    policy: str
    rule: str
    calendar_name: str
    calendar: OpenTime
    provenance: PromiseProvenance
    earliest: datetime | None = None
    expected: datetime | None = None
    expected_target: AnyTarget | None = None
    follow_up: datetime | None = None
    follow_up_earliest: datetime | None = None
    objective: float | None = None
    rank: int = 0
    language: str = ""
    kind: PromiseKind = "owed"
    owed_by: OwedBy = "us"

    @classmethod
    def from_data(cls, data: Mapping[str, Any], policy: "AnyPolicy") -> "Promise":
        """Return the promise of data that `to_data` returned, under the policy that gave it, or versions with that one.

        Due times are those that were promised then. An edit of the policy that leaves its rule and calendar as they
        were is none. Raises PolicyError (`promise_of_another_policy`) that names what differs, and DataError.

        >>> from slacalc import sample_policy
        >>> from zoneinfo import ZoneInfo
        >>> policy = sample_policy("webshop_helpdesk")
        >>> promise = policy.promise(datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels")))["first_response"]
        >>> Promise.from_data(promise.to_data(), policy) == promise
        True
        """
        from slacalc.policies.saved_promises import promise_from_data

        return promise_from_data(data, policy)

    def __repr__(self) -> str:
        """Return the metric, its due time, and the rule."""
        return f"Promise({self.metric}: due {self.due.isoformat()}, rule {self.rule!r})"

    def _repr_html_(self) -> str:
        from slacalc.pictures.timeline import picture_promises

        return picture_promises(self).to_html()

    @property
    def zone_data_moved(self) -> tuple[str, str] | None:
        """The zone data that told it, and that in use, where they are not the same: that in use tells the ledger."""
        told, in_use = self.provenance.zone_data, zone_data_version()
        return None if told == in_use else (told, in_use)

    @property
    def ledger(self) -> Ledger:
        """The time from origin to due, with the reason of every stretch."""
        return self.target.explain(self.calendar, self.origin)

    @property
    def depends_on(self) -> tuple[Uncertain, ...]:
        """The dates on the way to `due` whose holidays are estimated, or not announced yet."""
        return self.target.depends_on(self.calendar, self.origin, self.due)

    def sensitivity(self, policy: "Policy | None" = None, /, **fields: "FieldValue") -> "Sensitivity":
        """Return what the due time depends on: receipt, and with a policy and the ticket's fields which do not matter.

        The span of receipt in which it stays the same, and the next instant at which it jumps, are exact.

        >>> from slacalc import sample_policy
        >>> from zoneinfo import ZoneInfo
        >>> policy = sample_policy("webshop_helpdesk")
        >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
        >>> print(policy.promise(friday, priority="normal")["first_response"].sensitivity(policy, priority="normal"))
        first_response: due Fri 2026-11-20 17:00 (CET)
        the same from Thu 2026-11-19 16:00 to Fri 2026-11-20 15:59:59.999999
        from Fri 2026-11-20 16:00 on: due Sat 2026-11-21 12:00
        market: any
        ...
        """
        from slacalc.plans.sensitivity import sensitivity_of

        return sensitivity_of(self, policy, fields)

    def expectation(
        self, *, as_of: datetime, zone: str | None = None, grain: "Grain" = "15min", language: str | None = None
    ) -> "Expectation":
        """Return what to tell the customer, as of an instant, to a reader in a zone (None: that of the calendar).

        `language` is that of the market, where the policy does not say it.
        """
        from slacalc.expectations.expectation import expect_promise

        return expect_promise(self, as_of=as_of, zone=zone, grain=grain, language=language)


@dataclass(frozen=True, slots=True)
class LaterPromise(Form):
    """What is owed on a metric whose clock does not begin with receipt: the target, and what begins the clock.

    `starts` is a word such as "taken_over", or a status, a field or an event. `after` is the metric whose first cycle
    ends before; `origin` the named instant that it counts from and that is not known yet; `repeats` says that
    it begins again on each business day.
    """

    metric: str
    target: AnyTarget
    starts: StartWord | Signal
    after: str
    origin: str | None
    repeats: str | None
    rule: str
    calendar_name: str

    @property
    def begins(self) -> str:
        """What begins the clock, in words.

        >>> from slacalc import sample_policy
        >>> from zoneinfo import ZoneInfo
        >>> monday = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Bratislava"))
        >>> sample_policy("marketplace_seller").promise(monday).later["platform_response"].begins
        'when it is taken over'
        """
        begins = f"{self.origin} is known" if self.origin else _happens(self.starts)
        every = "on each business day after" if self.repeats else "when"
        return f"{every} {begins}" + (f", after {self.after}" if self.after else "")

    def to_data(self) -> dict[str, Any]:
        """Return it as plain texts; without a due time, for nobody knows when it begins."""
        return {
            "metric": self.metric,
            "due": None,
            "target": str(self.target),
            "starts": self.starts if isinstance(self.starts, str) else self.starts.model_dump(mode="json"),
            "after": self.after,
            "origin": self.origin,
            "repeats": self.repeats,
            "begins": self.begins,
            "rule": self.rule,
            "calendar": self.calendar_name,
        }

    @classmethod
    def data_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the data."""
        text, nothing = {"type": "string"}, {"type": "null"}
        properties: dict[str, Any] = dict.fromkeys(("metric", "target", "after", "begins", "rule", "calendar"), text)
        maybe: dict[str, Any] = {"anyOf": [text, nothing]}
        starts = {"anyOf": [text, {"type": "object"}]}
        properties |= {"due": nothing, "origin": maybe, "repeats": maybe, "starts": starts}
        every = sorted(properties)
        said = {"type": "object", "title": cls.__name__, "properties": properties, "required": every}
        return {**said, "additionalProperties": False}


class Promises(PolicyForm, Mapping[str, Promise]):
    """The promises of one ticket, by metric, in the order of the policy; `later` has what does not begin with receipt.

    A metric of `later` is promised, and has no due time yet: what begins its clock has not happened.
    """

    __slots__ = ("_by_metric", "later")

    def __init__(self, promises: Mapping[str, Promise], later: Mapping[str, LaterPromise] | None = None) -> None:
        self._by_metric = dict(promises)
        self.later: Mapping[str, LaterPromise] = later if type(later) is FrozenDict else FrozenDict(later)

    def __getitem__(self, metric: str) -> Promise:
        """Return the promise for a metric. Raises MetricError when the rule makes none, or it begins later."""
        if metric in self.later:
            raise begins_later(metric, self.later[metric].begins)
        if metric not in self._by_metric:
            accepts = nearest_first(metric, (*self._by_metric, *self.later))
            raise MetricError("metric_unpromised", "no rule promises this metric", given=metric, accepts=accepts)
        return self._by_metric[metric]

    @overload
    def get(self, metric: str, /) -> Promise | None: ...

    @overload
    def get(self, metric: str, default: Promise | T, /) -> Promise | T: ...

    def get(self, metric: str, default: Any = None, /) -> Any:
        """Return the promise for a metric, or a default."""
        return self._by_metric.get(metric, default)

    def items(self) -> ItemsView[str, Promise]:
        """Return the metrics, each with its promise."""
        return self._by_metric.items()

    def values(self) -> ValuesView[Promise]:
        """Return the promises."""
        return self._by_metric.values()

    def __contains__(self, metric: object) -> bool:
        """Tell whether a metric is promised."""
        return metric in self._by_metric

    def __iter__(self) -> Iterator[str]:
        """Return the metrics."""
        return iter(self._by_metric)

    def __len__(self) -> int:
        """Return how many metrics there are."""
        return len(self._by_metric)

    def __hash__(self) -> int:
        """Hash the promises, whatever their order."""
        return hash(frozenset(self._by_metric.items()))

    def __repr__(self) -> str:
        """Return the due times by metric."""
        return f"Promises({ {name: promise.due.isoformat() for name, promise in self.items()} })"

    def _repr_html_(self) -> str:
        from slacalc.pictures.timeline import picture_promises

        return picture_promises(self).to_html()

    def to_data(self) -> dict[str, Any]:
        """Return the data of each promise by metric; `due` is null of those that begin later."""
        return {name: promise.to_data() for name, promise in (*self.items(), *self.later.items())}

    @classmethod
    def data_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the data."""
        each = {"anyOf": [Promise.data_schema(), LaterPromise.data_schema()]}
        return {"type": "object", "title": cls.__name__, "additionalProperties": each}

    @classmethod
    def from_data(cls, data: Mapping[str, Any], policy: "AnyPolicy") -> "Promises":
        """Return the promises of data that `to_data` returned: see `Promise.from_data`."""
        from slacalc.policies.saved_promises import promises_from_data

        return promises_from_data(data, policy)


def due_words(kind: PromiseKind, owed_by: OwedBy) -> str:
    """Return what stands before a due time: what it is worth, and whose it is."""
    match kind:
        case "owed":
            return "due" if owed_by == "us" else "due from the customer"
        case "typical":
            return "usually by"
        case "best_effort":
            return "best effort by"
        case _ as never:
            assert_never(never)


def begins_later(metric: str, begins: str) -> MetricError:
    """Return the error for a metric that has no due time at receipt."""
    return MetricError("metric_begins_later", f"this begins {begins}", given=metric, accepts="promises.later")


def _happens(starts: StartWord | Signal) -> str:  # noqa: PLR0911 - one case a start
    match starts:
        case "created":
            return "it is created"
        case "customer_message":
            return "the customer writes"
        case "first_customer_message":
            return "the customer first writes"
        case "answer":
            return "we answer"
        case "taken_over":
            return "it is taken over"
        case OnStatus():
            return f"its status is {' or '.join(starts.status)}"
        case OnField():
            return f"{starts.field} is first set"
        case OnEvent():
            return f"{starts.event} happens"
        case _ as never:
            assert_never(never)
