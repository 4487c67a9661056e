"""slacalc: when are we open, what did we promise, and how is this ticket doing?

This module knows the public names; each is loaded from its room when it is first used.
"""

from importlib import import_module

TYPE_CHECKING = False  # that of typing, whose import costs four times what all this does

if TYPE_CHECKING:
    from slacalc.batch import frames as frames
    from slacalc.business_time.amounts import print_amount as print_amount
    from slacalc.business_time.amounts import read_amount as read_amount
    from slacalc.calendars.calendar import Calendar as Calendar
    from slacalc.calendars.combination import Combination as Combination
    from slacalc.calendars.holidays import Drift as Drift
    from slacalc.calendars.holidays import FrozenHolidays as FrozenHolidays
    from slacalc.calendars.holidays import Holidays as Holidays
    from slacalc.calendars.holidays import drift as drift
    from slacalc.calendars.holidays import load_holidays as load_holidays
    from slacalc.calendars.hours import Hours as Hours
    from slacalc.calendars.ledger import Ledger as Ledger
    from slacalc.calendars.ledger import Segment as Segment
    from slacalc.calendars.open_time import Interval as Interval
    from slacalc.calendars.open_time import OpenTime as OpenTime
    from slacalc.calendars.recurrence import Recurring as Recurring
    from slacalc.calendars.special_days import Absence as Absence
    from slacalc.calendars.special_days import DateRange as DateRange
    from slacalc.calendars.special_days import SpecialDay as SpecialDay
    from slacalc.calendars.special_days import Yearly as Yearly
    from slacalc.errors import AmountError as AmountError
    from slacalc.errors import CalendarError as CalendarError
    from slacalc.errors import ClosedForGoodError as ClosedForGoodError
    from slacalc.errors import ExpectationError as ExpectationError
    from slacalc.errors import HolidayError as HolidayError
    from slacalc.errors import HorizonError as HorizonError
    from slacalc.errors import HoursError as HoursError
    from slacalc.errors import InstantError as InstantError
    from slacalc.errors import LanguageError as LanguageError
    from slacalc.errors import LogError as LogError
    from slacalc.errors import MetricError as MetricError
    from slacalc.errors import MissingExtraError as MissingExtraError
    from slacalc.errors import PolicyError as PolicyError
    from slacalc.errors import SlaError as SlaError
    from slacalc.errors import SpecialDayError as SpecialDayError
    from slacalc.errors import ZoneError as ZoneError
    from slacalc.expectations.channels import ChannelAdvice as ChannelAdvice
    from slacalc.expectations.channels import ChannelGuide as ChannelGuide
    from slacalc.expectations.channels import channel_guide as channel_guide
    from slacalc.expectations.expectation import Expectation as Expectation
    from slacalc.expectations.expectation import expect_channel as expect_channel
    from slacalc.expectations.expectation import expect_ladder as expect_ladder
    from slacalc.expectations.languages import Language as Language
    from slacalc.expectations.languages import language_problems as language_problems
    from slacalc.expectations.languages import load_language as load_language
    from slacalc.expectations.reasons import Reason as Reason
    from slacalc.expectations.wording import Sentence as Sentence
    from slacalc.expectations.wording import SentencePart as SentencePart
    from slacalc.policies.absence_notice import AbsenceNotice as AbsenceNotice
    from slacalc.policies.absence_notice import absence_notice as absence_notice
    from slacalc.policies.checking import PolicyWarning as PolicyWarning
    from slacalc.policies.checking import check_policy as check_policy
    from slacalc.policies.clock_rules import AnswerRule as AnswerRule
    from slacalc.policies.clock_rules import ClockRule as ClockRule
    from slacalc.policies.clock_rules import DemotionRule as DemotionRule
    from slacalc.policies.guide import ChannelFacts as ChannelFacts
    from slacalc.policies.guide import Guide as Guide
    from slacalc.policies.loading import load_policy as load_policy
    from slacalc.policies.loading import policy_from_data as policy_from_data
    from slacalc.policies.loading import policy_schema as policy_schema
    from slacalc.policies.loading import sample_policy as sample_policy
    from slacalc.policies.policy import Policy as Policy
    from slacalc.policies.promise import Promise as Promise
    from slacalc.policies.promise import PromiseProvenance as PromiseProvenance
    from slacalc.policies.promise import Promises as Promises
    from slacalc.policies.rules import LadderStep as LadderStep
    from slacalc.policies.rules import MetricRule as MetricRule
    from slacalc.policies.rules import Rule as Rule
    from slacalc.policies.targets import BusinessDays as BusinessDays
    from slacalc.policies.targets import BusinessHours as BusinessHours
    from slacalc.policies.targets import CalendarDays as CalendarDays
    from slacalc.policies.targets import CalendarHours as CalendarHours
    from slacalc.policies.targets import InsideOutside as InsideOutside
    from slacalc.policies.targets import NextOpening as NextOpening
    from slacalc.policies.targets import Range as Range
    from slacalc.policies.targets import WorkdayHours as WorkdayHours
    from slacalc.policies.versions import PolicyVersions as PolicyVersions
    from slacalc.reports.attainment import report as report
    from slacalc.reports.figures import Report as Report
    from slacalc.reports.figures import ReportLine as ReportLine
    from slacalc.tickets.clocks import Change as Change
    from slacalc.tickets.clocks import ClockState as ClockState
    from slacalc.tickets.events import Actor as Actor
    from slacalc.tickets.events import Closed as Closed
    from slacalc.tickets.events import Created as Created
    from slacalc.tickets.events import Deleted as Deleted
    from slacalc.tickets.events import Demoted as Demoted
    from slacalc.tickets.events import DemotionLifted as DemotionLifted
    from slacalc.tickets.events import Escalated as Escalated
    from slacalc.tickets.events import Event as Event
    from slacalc.tickets.events import FieldChanged as FieldChanged
    from slacalc.tickets.events import MergedFrom as MergedFrom
    from slacalc.tickets.events import MergedInto as MergedInto
    from slacalc.tickets.events import Message as Message
    from slacalc.tickets.events import NoReplyNeeded as NoReplyNeeded
    from slacalc.tickets.events import Paused as Paused
    from slacalc.tickets.events import Reopened as Reopened
    from slacalc.tickets.events import Resumed as Resumed
    from slacalc.tickets.events import Solved as Solved
    from slacalc.tickets.events import StatusChanged as StatusChanged
    from slacalc.tickets.events import TakenOver as TakenOver
    from slacalc.tickets.events import TargetOverridden as TargetOverridden
    from slacalc.tickets.events import event_from_data as event_from_data
    from slacalc.tickets.events import event_to_data as event_to_data
    from slacalc.tickets.events import read_events as read_events
    from slacalc.tickets.life import Gap as Gap
    from slacalc.tickets.log import LogMapping as LogMapping
    from slacalc.tickets.log import LogReading as LogReading
    from slacalc.tickets.log import Ticket as Ticket
    from slacalc.tickets.log import load_mapping as load_mapping
    from slacalc.tickets.log import read_event_log as read_event_log
    from slacalc.tickets.log import read_log as read_log
    from slacalc.tickets.log import tickets_of as tickets_of
    from slacalc.tickets.outcomes import Outcome as Outcome
    from slacalc.tickets.outcomes import outcome as outcome
    from slacalc.tickets.outcomes import outcome_of as outcome_of
    from slacalc.tickets.picture import ClockDay as ClockDay
    from slacalc.tickets.picture import picture_clock as picture_clock
    from slacalc.tickets.queue import Waiting as Waiting
    from slacalc.tickets.queue import queue as queue
    from slacalc.tickets.replay import Clocks as Clocks
    from slacalc.tickets.replay import Difference as Difference
    from slacalc.tickets.replay import Restatement as Restatement
    from slacalc.tickets.replay import replay as replay
    from slacalc.tickets.replay import replay_tickets as replay_tickets
    from slacalc.tickets.replay import restate as restate
    from slacalc.tickets.replay import resume as resume
    from slacalc.tickets.steps import LadderState as LadderState
    from slacalc.tickets.steps import Step as Step
    from slacalc.tickets.steps import agenda as agenda
    from slacalc.tickets.steps import ladder_of as ladder_of
    from slacalc.tickets.steps import next_due as next_due

_ROOMS = {
    "slacalc.batch": ("frames",),
    "slacalc.business_time.amounts": (
        "print_amount",
        "read_amount",
    ),
    "slacalc.calendars.calendar": ("Calendar",),
    "slacalc.calendars.combination": ("Combination",),
    "slacalc.calendars.holidays": (
        "Drift",
        "FrozenHolidays",
        "Holidays",
        "drift",
        "load_holidays",
    ),
    "slacalc.calendars.hours": ("Hours",),
    "slacalc.calendars.ledger": (
        "Ledger",
        "Segment",
    ),
    "slacalc.calendars.open_time": (
        "Interval",
        "OpenTime",
    ),
    "slacalc.calendars.recurrence": ("Recurring",),
    "slacalc.calendars.special_days": (
        "Absence",
        "DateRange",
        "SpecialDay",
        "Yearly",
    ),
    "slacalc.errors": (
        "AmountError",
        "CalendarError",
        "ClosedForGoodError",
        "ExpectationError",
        "HolidayError",
        "HorizonError",
        "HoursError",
        "InstantError",
        "LanguageError",
        "LogError",
        "MetricError",
        "MissingExtraError",
        "PolicyError",
        "SlaError",
        "SpecialDayError",
        "ZoneError",
    ),
    "slacalc.expectations.channels": (
        "ChannelAdvice",
        "ChannelGuide",
        "channel_guide",
    ),
    "slacalc.expectations.expectation": (
        "Expectation",
        "expect_channel",
        "expect_ladder",
    ),
    "slacalc.expectations.languages": (
        "Language",
        "language_problems",
        "load_language",
    ),
    "slacalc.expectations.reasons": ("Reason",),
    "slacalc.expectations.wording": (
        "Sentence",
        "SentencePart",
    ),
    "slacalc.policies.absence_notice": (
        "AbsenceNotice",
        "absence_notice",
    ),
    "slacalc.policies.checking": (
        "PolicyWarning",
        "check_policy",
    ),
    "slacalc.policies.clock_rules": (
        "AnswerRule",
        "ClockRule",
        "DemotionRule",
    ),
    "slacalc.policies.guide": (
        "ChannelFacts",
        "Guide",
    ),
    "slacalc.policies.loading": (
        "load_policy",
        "policy_from_data",
        "policy_schema",
        "sample_policy",
    ),
    "slacalc.policies.policy": ("Policy",),
    "slacalc.policies.promise": (
        "Promise",
        "PromiseProvenance",
        "Promises",
    ),
    "slacalc.policies.rules": (
        "LadderStep",
        "MetricRule",
        "Rule",
    ),
    "slacalc.policies.targets": (
        "BusinessDays",
        "BusinessHours",
        "CalendarDays",
        "CalendarHours",
        "InsideOutside",
        "NextOpening",
        "Range",
        "WorkdayHours",
    ),
    "slacalc.policies.versions": ("PolicyVersions",),
    "slacalc.reports.attainment": ("report",),
    "slacalc.reports.figures": (
        "Report",
        "ReportLine",
    ),
    "slacalc.tickets.clocks": (
        "Change",
        "ClockState",
    ),
    "slacalc.tickets.events": (
        "Actor",
        "Closed",
        "Created",
        "Deleted",
        "Demoted",
        "DemotionLifted",
        "Escalated",
        "Event",
        "FieldChanged",
        "MergedFrom",
        "MergedInto",
        "Message",
        "NoReplyNeeded",
        "Paused",
        "Reopened",
        "Resumed",
        "Solved",
        "StatusChanged",
        "TakenOver",
        "TargetOverridden",
        "event_from_data",
        "event_to_data",
        "read_events",
    ),
    "slacalc.tickets.life": ("Gap",),
    "slacalc.tickets.log": (
        "LogMapping",
        "LogReading",
        "Ticket",
        "load_mapping",
        "read_event_log",
        "read_log",
        "tickets_of",
    ),
    "slacalc.tickets.outcomes": (
        "Outcome",
        "outcome",
        "outcome_of",
    ),
    "slacalc.tickets.picture": (
        "ClockDay",
        "picture_clock",
    ),
    "slacalc.tickets.queue": (
        "Waiting",
        "queue",
    ),
    "slacalc.tickets.replay": (
        "Clocks",
        "Difference",
        "Restatement",
        "replay",
        "replay_tickets",
        "restate",
        "resume",
    ),
    "slacalc.tickets.steps": (
        "LadderState",
        "Step",
        "agenda",
        "ladder_of",
        "next_due",
    ),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Absence",
    "AbsenceNotice",
    "Actor",
    "AmountError",
    "AnswerRule",
    "BusinessDays",
    "BusinessHours",
    "Calendar",
    "CalendarDays",
    "CalendarError",
    "CalendarHours",
    "Change",
    "ChannelAdvice",
    "ChannelFacts",
    "ChannelGuide",
    "ClockDay",
    "ClockRule",
    "ClockState",
    "Clocks",
    "Closed",
    "ClosedForGoodError",
    "Combination",
    "Created",
    "DateRange",
    "Deleted",
    "Demoted",
    "DemotionLifted",
    "DemotionRule",
    "Difference",
    "Drift",
    "Escalated",
    "Event",
    "Expectation",
    "ExpectationError",
    "FieldChanged",
    "FrozenHolidays",
    "Gap",
    "Guide",
    "HolidayError",
    "Holidays",
    "HorizonError",
    "Hours",
    "HoursError",
    "InsideOutside",
    "InstantError",
    "Interval",
    "LadderState",
    "LadderStep",
    "Language",
    "LanguageError",
    "Ledger",
    "LogError",
    "LogMapping",
    "LogReading",
    "MergedFrom",
    "MergedInto",
    "Message",
    "MetricError",
    "MetricRule",
    "MissingExtraError",
    "NextOpening",
    "NoReplyNeeded",
    "OpenTime",
    "Outcome",
    "Paused",
    "Policy",
    "PolicyError",
    "PolicyVersions",
    "PolicyWarning",
    "Promise",
    "PromiseProvenance",
    "Promises",
    "Range",
    "Reason",
    "Recurring",
    "Reopened",
    "Report",
    "ReportLine",
    "Restatement",
    "Resumed",
    "Rule",
    "Segment",
    "Sentence",
    "SentencePart",
    "SlaError",
    "Solved",
    "SpecialDay",
    "SpecialDayError",
    "StatusChanged",
    "Step",
    "TakenOver",
    "TargetOverridden",
    "Ticket",
    "Waiting",
    "WorkdayHours",
    "Yearly",
    "ZoneError",
    "absence_notice",
    "agenda",
    "channel_guide",
    "check_policy",
    "drift",
    "event_from_data",
    "event_to_data",
    "expect_channel",
    "expect_ladder",
    "frames",
    "ladder_of",
    "language_problems",
    "load_holidays",
    "load_language",
    "load_mapping",
    "load_policy",
    "next_due",
    "outcome",
    "outcome_of",
    "picture_clock",
    "policy_from_data",
    "policy_schema",
    "print_amount",
    "queue",
    "read_amount",
    "read_event_log",
    "read_events",
    "read_log",
    "replay",
    "replay_tickets",
    "report",
    "restate",
    "resume",
    "sample_policy",
    "tickets_of",
]


def __getattr__(name: str) -> object:
    """Load a public name from its room (PEP 562)."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'slacalc' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_ROOM_OF[name]), name)
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
