"""What a customer can expect, without words: by when, in which zone, and why not sooner.

An expectation is bound to the due time of the promise or the clock; nothing is calculated a
second time. Over 400 lines: a promise and a clock are told by the same functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument, nearest_first
from slacalc.business_time.instants import amount_us, from_us, in_zone, read_zone, to_us
from slacalc.calendars.holidays import Uncertain
from slacalc.calendars.open_time import OpenTime
from slacalc.clocks.clock_state import ClockState
from slacalc.errors import ClosedForGoodError, ExpectationError
from slacalc.expectations.reasons import Reason, why_closed, why_later
from slacalc.expectations.rounding import GRAINS, STANDARD_PARTS, DayPart, Grain, Told, tell_deadline, tell_limit
from slacalc.forms import StoredForm
from slacalc.making import changer_of, maker_of
from slacalc.policies.document.guide import Guide
from slacalc.policies.document.rules import EscalationStep, OwedBy, PromiseKind
from slacalc.policies.promise import Promise
from slacalc.policies.targets.opening import NextOpening

if TYPE_CHECKING:
    from slacalc.expectations.languages import Language
    from slacalc.expectations.wording import Sentence

__all__ = [
    "ChannelWords",
    "Expectation",
    "Move",
    "State",
    "expect_channel",
    "expect_clock",
    "expect_promise",
    "limit_on",
]

ChannelWords: TypeAlias = Literal[
    "open_until", "opens_at", "always_open", "closed", "answers_at_once", "answers_by", "no_promise", "not_read",
]  # fmt: skip
_ClockWords: TypeAlias = Literal[
    "promised", "usual", "longer_than_usual", "best_effort", "at_once", "reachable_from", "waiting_for_you", "on_hold",
    "overdue", "follow_up", "escalation_step",
]  # fmt: skip
State: TypeAlias = _ClockWords | ChannelWords
Move: TypeAlias = Literal["later", "earlier", "same"]

_WAITING_FOR_CUSTOMER: Final = frozenset({"pending", "customer"})
_AT_ONCE: Final = timedelta(minutes=5)
"""So much open time or less is told as "at once" while somebody is there."""


@dataclass(frozen=True, slots=True)
class Expectation(StoredForm):
    """What a customer can expect, as of an instant.

    `by` is the instant that is owed, the latest of what is usual, the date promised anew for what is overdue, or when a
    channel opens or closes; `earliest` the start of a range; `expected` what is aimed at before `by`. They are exact:
    what is told is rounded outward to the `grain`, a deadline of the customer's inward. `kind` says what the promise is
    worth, and `owed_by` whose deadline it is. `names_zone` says that the reader's clock is another one
    than the office's. `reason` is why it is not sooner. `channel` and `to` are who is spoken of,
    `to_names` the latter by language. `depends_on` are dates on the way whose holidays can still change.
    """

    state: State
    zone: str
    as_of: datetime
    metric: str = ""
    by: datetime | None = None
    earliest: datetime | None = None
    expected: datetime | None = None
    grain: Grain = "15min"
    names_zone: bool = False
    reason: Reason | None = None
    market_language: str = ""
    channel: str = ""
    to: str = ""
    follow_up: "Expectation | None" = None
    depends_on: tuple[Uncertain, ...] = ()
    kind: PromiseKind = "owed"
    owed_by: OwedBy = "us"
    to_names: tuple[tuple[str, str], ...] = ()

    def say(
        self,
        language: str | None = None,
        *,
        reason: bool = False,
        told_before: "Expectation | None" = None,
        languages: "Sequence[Language]" = (),
    ) -> "Sentence":
        """Return what to tell in a language; in that of the market, else in English, where it is left out or not had.

        `reason` puts the reason before the promise, where there is one; `told_before` says that the time moved
        against an older expectation, if we owe both and both name a time. `languages` are those of the application,
        which come before those of slacalc. Raises LanguageError for a text that is no language code.

        >>> from zoneinfo import ZoneInfo
        >>> from slacalc import sample_policy
        >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
        >>> promise = sample_policy("webshop_helpdesk").promise(friday)["first_response"]
        >>> print(promise.expectation(as_of=friday).say("en"))
        We will reply by 17:00 today.
        """
        from slacalc.expectations.wording import say

        return say(self, language, reason=reason, told_before=told_before, languages=languages)

    def to_ics(
        self,
        language: str | None = None,
        *,
        about: str = "",
        stamped_at: datetime | None = None,
        languages: "Sequence[Language]" = (),
    ) -> str:
        """Return what is told as a file for a calendar: an event with the sentence, at the time that it names.

        A promise and a clock go into a calendar by their expectation. `interop.icalendar.write_expectation` has the
        rules. Raises ExpectationError when no time is told, LanguageError for a text that is no language code.

        >>> from zoneinfo import ZoneInfo
        >>> from slacalc import sample_policy
        >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
        >>> promise = sample_policy("webshop_helpdesk").promise(friday)["first_response"]
        >>> event = promise.expectation(as_of=friday).to_ics("en", about="1005")
        >>> [line for line in event.splitlines() if line.startswith("SUMMARY")]
        ['SUMMARY:We will reply by 17:00 today.']
        """
        from slacalc.interop.icalendar import write_expectation

        written = write_expectation(self, language, about=about, stamped_at=stamped_at, languages=languages)
        return written.content

    @classmethod
    def for_escalation(
        cls,
        escalation: Sequence[EscalationStep],
        promise: Promise,
        *,
        as_of: datetime,
        zone: str | None = None,
        grain: Grain = "15min",
        guide: Guide | None = None,
    ) -> "tuple[Expectation, ...]":
        """Return what to tell of each step of an escalation: to whom, and from when where a clock starts it.

        `guide` is that of the policy: it has the translations of the steps.
        """
        base = _base(promise.calendar, as_of, zone, grain, promise.language)
        told = (
            _timed(
                base,
                promise.calendar,
                step.after.due(promise.calendar, promise.origin),
                state="escalation_step",
                to=step.to,
            )
            if step.after is not None
            else _changed(base, state="escalation_step", to=step.to)
            for step in escalation
        )
        return tuple(_changed(each, to_names=_names_of(each.to, guide)) for each in told)

    @classmethod
    def for_channel(
        cls,
        channel: str,
        calendar: OpenTime | None,
        *,
        as_of: datetime,
        zone: str,
        grain: Grain = "15min",
        language: str = "",
    ) -> "Expectation":
        """Return whether a channel is open, until when, or when it opens; without a calendar it never closes."""
        reader = read_zone(zone)
        now = from_us(to_us(as_of, "as_of"), reader)
        return expect_channel(channel, calendar, now, grain=_known(grain), language=language)

    def without_promise(self, channel: str = "") -> "Expectation":
        """Return what to tell of a ticket that was deprioritised: it came in on a channel, and no time is said.

        Without a channel none is named.
        """
        return _changed(self, state="no_promise", channel=channel, by=None, earliest=None, expected=None, reason=None)

    def moved(self, old: "Expectation", *, parts: Sequence[DayPart] = STANDARD_PARTS) -> Move:
        """Tell whether what is told moved against an older expectation, as far as its words can tell.

        Both are rounded to the grain of this one; `parts` are those of the day in a language. Raises
        ExpectationError when one of them names no time.
        """
        check_argument(old, Expectation, "old", "an Expectation that was told before")
        before, after = (to_us(self._rounded(each, parts)) for each in (old, self))
        if before == after:
            return "same"
        return "later" if after > before else "earlier"

    def _rounded(self, other: "Expectation", parts: Sequence[DayPart]) -> datetime:
        if other.by is None:
            raise ExpectationError(
                "no_time_told",
                "an expectation that names no time moves nowhere",
                given=other.state,
                accepts="two expectations with a time",
            )
        return self.limit(other.by, parts).at

    def limit(self, moment: datetime, parts: Sequence[DayPart] = ()) -> Told:
        """Return an instant as it is told: rounded outward, a deadline of the customer's inward (rule 15)."""
        return limit_on(read_zone(self.zone), self, moment, parts)


_make: Final = maker_of(Expectation)
_changed: Final = changer_of(Expectation)


def expect_channel(
    channel: str, calendar: OpenTime | None, as_of: datetime, *, grain: Grain = "15min", language: str = ""
) -> Expectation:
    """Return what `Expectation.for_channel` does, as of an instant on the reader's clock."""
    zone = as_of.tzinfo
    assert isinstance(zone, ZoneInfo)  # noqa: S101 - it was put on that clock
    base = _make("always_open", zone.key, as_of, grain=grain, market_language=language, channel=channel)
    if calendar is None:
        return base
    if calendar.is_open(as_of):
        closes = calendar.next_close(as_of)
        return base if closes is None else _timed(base, calendar, closes, state="open_until")
    try:
        opens = calendar.next_open(as_of)
    except ClosedForGoodError:
        opens = None
    if opens is None:
        return _changed(base, state="closed")
    return _timed(base, calendar, opens, state="opens_at", reason=why_closed(calendar, as_of, opens))


def limit_on(zone: ZoneInfo, expectation: Expectation, moment: datetime, parts: Sequence[DayPart]) -> Told:
    """Return an instant as `Expectation.limit` does, on the clock of its zone."""
    if expectation.owed_by == "customer":
        return tell_deadline(moment, zone, expectation.grain, parts, expectation.as_of)
    return tell_limit(moment, zone, expectation.grain, parts)


def expect_promise(
    promise: Promise, *, as_of: datetime, zone: str | None = None, grain: Grain = "15min", language: str | None = None
) -> Expectation:
    """Return what to tell of a promise, as of an instant, to a reader in a zone (None: that of the office).

    `language` is that of the market, where the policy does not say it.
    """
    base = _about(promise, as_of, zone, grain, promise.language if language is None else language)
    follow_up = _follow_up(base, promise)
    if promise.kind != "owed":
        return _not_owed(promise, base, follow_up)
    if to_us(as_of) > to_us(promise.due):
        return _changed(base, state="overdue", follow_up=follow_up)
    if promise.owed_by == "customer":
        return _timed(base, promise.calendar, promise.due)
    if _is_at_once(promise, as_of):
        return _changed(base, state="at_once", follow_up=follow_up)
    if isinstance(promise.target, NextOpening):
        return _reachable(promise, promise.due, base, follow_up)
    expected = _still_ahead(base, promise.expected, promise.due)
    aimed = None if expected is None else promise.expected_target
    until = expected or promise.due
    reason = why_later(aimed or promise.target, promise.calendar, promise.origin, base.as_of, until)
    return _timed(
        base, promise.calendar, promise.due, promise.earliest, promise.expected, reason=reason, follow_up=follow_up
    )


def expect_clock(
    clock: ClockState,
    *,
    zone: str | None = None,
    grain: Grain = "15min",
    language: str = "",
    deprioritised_too: bool = False,
) -> Expectation:
    """Return what to tell of a clock, as of its own instant. Raises ExpectationError unless it is open.

    Of a deprioritised ticket no time is told, unless `deprioritised_too` asks for it.
    """
    base = _about(clock, clock.as_of, zone, grain, language)
    match clock.status:
        case "not_started" | "cancelled" | "met" | "breached" | "done":
            raise ExpectationError(
                "clock_not_open",
                "nothing is to be expected of a clock that has not started or is over",
                given=clock.cancelled or clock.status,
                accepts="a clock that runs, is paused or is overdue",
            )
        case "paused":
            waiting = _WAITING_FOR_CUSTOMER.issuperset(clock.paused_for)
            return _changed(base, state="waiting_for_you" if waiting else "on_hold")
        case "running" | "warning" | "overdue" if (
            clock.deprioritised and clock.owed_by == "us" and not deprioritised_too
        ):
            return base.without_promise()
        case "overdue":
            return _changed(_late(clock, base), follow_up=_follow_up(base, clock))
        case _:
            return _running(clock, base)


def _late(clock: ClockState, base: Expectation) -> Expectation:
    """Return that it is late, and the date promised by hand since then while it is still to come."""
    date = clock.date_after_breach
    if date is None or to_us(date) < to_us(clock.as_of):
        return _changed(base, state="overdue")
    return _timed(base, clock.calendar, date, state="overdue")


def _running(clock: ClockState, base: Expectation) -> Expectation:
    due = clock.due
    assert due is not None  # noqa: S101 - only a paused clock has none
    assert clock.origin is not None  # noqa: S101 - it runs
    if clock.kind != "owed":
        return _not_owed(clock, base, _follow_up(base, clock))
    if clock.owed_by == "customer":
        return _timed(base, clock.calendar, due)
    expected = clock.expected
    until = _still_ahead(base, expected, due) or due
    reason = why_later(clock.target, clock.calendar, clock.origin, clock.as_of, until)
    follow_up = _follow_up(base, clock)
    return _timed(base, clock.calendar, due, clock.earliest, expected, reason=reason, follow_up=follow_up)


def _not_owed(told: Promise | ClockState, base: Expectation, follow_up: Expectation | None) -> Expectation:
    """Return what is usual, that it takes longer than that, or that no time is promised."""
    due = told.due
    assert due is not None  # noqa: S101 - only a paused clock has none
    assert told.origin is not None  # noqa: S101 - it runs
    as_of, is_tried = base.as_of, told.kind == "best_effort"
    has_passed = to_us(as_of) > to_us(due)
    if has_passed and not is_tried:
        return _changed(base, state="longer_than_usual", follow_up=follow_up)
    if _is_at_once(told, as_of):
        return _changed(base, state="at_once", follow_up=follow_up)
    if isinstance(told.target, NextOpening) and not has_passed:
        return _reachable(told, due, base, follow_up)
    if is_tried:
        return _changed(base, state="best_effort", follow_up=follow_up)
    reason = why_later(told.target, told.calendar, told.origin, as_of, due)
    return _timed(base, told.calendar, due, told.earliest, state="usual", reason=reason, follow_up=follow_up)


def _reachable(
    told: Promise | ClockState, opens: datetime, base: Expectation, follow_up: Expectation | None
) -> Expectation:
    """Return from when somebody is there, and why nobody is now."""
    reason = why_closed(told.calendar, base.as_of, opens)
    return _timed(base, told.calendar, opens, state="reachable_from", reason=reason, follow_up=follow_up)


def _about(told: Promise | ClockState, as_of: datetime, zone: str | None, grain: Grain, language: str) -> Expectation:
    return _base(
        told.calendar,
        as_of,
        zone,
        grain,
        language,
        metric=told.metric,
        kind=told.kind,
        owed_by=told.owed_by,
        depends_on=told.depends_on,
    )


def _base(
    calendar: OpenTime,
    as_of: datetime,
    zone: str | None,
    grain: Grain,
    language: str,
    *,
    metric: str = "",
    kind: PromiseKind = "owed",
    owed_by: OwedBy = "us",
    depends_on: tuple[Uncertain, ...] = (),
) -> Expectation:
    reader = calendar.zone_info if zone is None else read_zone(zone)
    return _make(
        "promised",
        reader.key,
        from_us(to_us(as_of, "as_of"), reader),
        metric,
        grain=_known(grain),
        market_language=language,
        depends_on=depends_on,
        kind=kind,
        owed_by=owed_by,
    )


def _follow_up(base: Expectation, owed: Promise | ClockState) -> Expectation | None:
    follow_up = owed.follow_up
    if follow_up is None:
        return None
    return _timed(base, owed.calendar, follow_up, owed.follow_up_earliest, state="follow_up")


def _names_of(text: str, guide: Guide | None) -> tuple[tuple[str, str], ...]:
    """Return a text of a policy in each language that it has it in."""
    translations = {} if guide is None else guide.translations
    names = tuple((code, texts[text]) for code, texts in translations.items() if text in texts)
    return (*names, (guide.written_in, text)) if guide is not None and names else names


def _known(grain: Grain) -> Grain:
    if grain not in GRAINS:
        raise ExpectationError(
            "grain_unknown", "there is no such grain", given=grain, accepts=nearest_first(grain, GRAINS), where="grain"
        )
    return grain


def _timed(
    base: Expectation,
    calendar: OpenTime,
    by: datetime,
    earliest: datetime | None = None,
    expected: datetime | None = None,
    *,
    state: State = "promised",
    to: str = "",
    reason: Reason | None = None,
    follow_up: Expectation | None = None,
) -> Expectation:
    """Return the expectation with its instants on the reader's clock; what has passed is not said."""
    zone = _reader(base)
    elsewhere = zone is not calendar.zone_info and any(
        in_zone(each, zone).utcoffset() != in_zone(each, calendar.zone_info).utcoffset()
        for each in (by, earliest, expected)
        if each is not None
    )
    return _changed(
        base,
        state=state,
        by=in_zone(by, zone),
        earliest=_still_ahead(base, earliest, by),
        expected=_still_ahead(base, expected, by),
        names_zone=elsewhere,
        to=to,
        reason=reason,
        follow_up=follow_up,
    )


def _reader(base: Expectation) -> ZoneInfo:
    zone = base.as_of.tzinfo
    assert isinstance(zone, ZoneInfo)  # noqa: S101 - it was put on that clock here
    return zone


def _still_ahead(base: Expectation, moment: datetime | None, by: datetime) -> datetime | None:
    """Return an instant on the reader's clock if it lies between as_of and `by`, else None."""
    if moment is None or not to_us(base.as_of) < to_us(moment) < to_us(by):
        return None
    return in_zone(moment, _reader(base))


def _is_at_once(promise: Promise | ClockState, as_of: datetime) -> bool:
    """Tell whether somebody is there now, and answers in as good as no time before closing."""
    amount = promise.target.open_amount
    if amount is None or amount > _AT_ONCE or not promise.calendar.is_open(as_of):
        return False
    return promise.due is not None and to_us(promise.due) - to_us(as_of) <= amount_us(_AT_ONCE)
