from slacalc import interop as interop
from slacalc.business_time.amounts import format_amount as format_amount
from slacalc.business_time.amounts import read_amount as read_amount
from slacalc.business_time.named_zones import zone_named as zone_named
from slacalc.business_time.zone_data import ZoneData as ZoneData
from slacalc.business_time.zone_data import ZoneDifference as ZoneDifference
from slacalc.business_time.zone_data import ZoneSource as ZoneSource
from slacalc.business_time.zone_data import prefer_zone_data as prefer_zone_data
from slacalc.business_time.zone_data import zone_data as zone_data
from slacalc.calendars.absence_notice import AbsenceNotice as AbsenceNotice
from slacalc.calendars.absence_notice import absence_notice as absence_notice
from slacalc.calendars.calendar import Calendar as Calendar
from slacalc.calendars.combination import Combination as Combination
from slacalc.calendars.holidays import FrozenHolidays as FrozenHolidays
from slacalc.calendars.holidays import GivenHolidays as GivenHolidays
from slacalc.calendars.holidays import Holidays as Holidays
from slacalc.calendars.holidays import load_holidays as load_holidays
from slacalc.calendars.holidays.drift import Drift as Drift
from slacalc.calendars.holidays.drift import drift as drift
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
from slacalc.channels.advice import ChannelAdvice as ChannelAdvice
from slacalc.channels.advice import ChannelAdvices as ChannelAdvices
from slacalc.channels.advice import channel_advice as channel_advice
from slacalc.clocks.attribution import AttributedTime as AttributedTime
from slacalc.clocks.attribution import Attribution as Attribution
from slacalc.clocks.clock_state import ClockState as ClockState
from slacalc.clocks.clock_state import TargetChange as TargetChange
from slacalc.clocks.many_tickets import LeftOut as LeftOut
from slacalc.clocks.many_tickets import Listing as Listing
from slacalc.clocks.outcome import Outcome as Outcome
from slacalc.clocks.outcome import outcome as outcome
from slacalc.clocks.replay import Clocks as Clocks
from slacalc.clocks.replay import Difference as Difference
from slacalc.clocks.replay import Restatement as Restatement
from slacalc.clocks.replay import replay as replay
from slacalc.clocks.replay import replay_tickets as replay_tickets
from slacalc.clocks.replay import restate as restate
from slacalc.clocks.replay import resume as resume
from slacalc.clocks.ticket_state import Gap as Gap
from slacalc.columns import frames as frames
from slacalc.contact.page import ContactPage as ContactPage
from slacalc.contact.page import contact_page as contact_page
from slacalc.contact.widget import Widget as Widget
from slacalc.errors import AmountError as AmountError
from slacalc.errors import CalendarError as CalendarError
from slacalc.errors import ClosedForGoodError as ClosedForGoodError
from slacalc.errors import DataError as DataError
from slacalc.errors import ExpectationError as ExpectationError
from slacalc.errors import HolidayError as HolidayError
from slacalc.errors import HorizonError as HorizonError
from slacalc.errors import HoursError as HoursError
from slacalc.errors import InstantError as InstantError
from slacalc.errors import InteropError as InteropError
from slacalc.errors import LanguageError as LanguageError
from slacalc.errors import LogError as LogError
from slacalc.errors import MetricError as MetricError
from slacalc.errors import MissingExtraError as MissingExtraError
from slacalc.errors import PolicyError as PolicyError
from slacalc.errors import SlaError as SlaError
from slacalc.errors import SpecialDayError as SpecialDayError
from slacalc.errors import ZoneError as ZoneError
from slacalc.events.event import Actor as Actor
from slacalc.events.event import Closed as Closed
from slacalc.events.event import Created as Created
from slacalc.events.event import Deleted as Deleted
from slacalc.events.event import DeprioritisationLifted as DeprioritisationLifted
from slacalc.events.event import Deprioritised as Deprioritised
from slacalc.events.event import Escalated as Escalated
from slacalc.events.event import Event as Event
from slacalc.events.event import FieldChanged as FieldChanged
from slacalc.events.event import Happened as Happened
from slacalc.events.event import MergedFrom as MergedFrom
from slacalc.events.event import MergedInto as MergedInto
from slacalc.events.event import Message as Message
from slacalc.events.event import NoReplyNeeded as NoReplyNeeded
from slacalc.events.event import Paused as Paused
from slacalc.events.event import Reopened as Reopened
from slacalc.events.event import Resumed as Resumed
from slacalc.events.event import Solved as Solved
from slacalc.events.event import StatusChanged as StatusChanged
from slacalc.events.event import TakenOver as TakenOver
from slacalc.events.event import TargetOverridden as TargetOverridden
from slacalc.events.event import read_actor as read_actor
from slacalc.events.json_lines import event_from_data as event_from_data
from slacalc.events.json_lines import event_to_data as event_to_data
from slacalc.events.json_lines import read_events as read_events
from slacalc.expectations.auto_reply import AutoReply as AutoReply
from slacalc.expectations.auto_reply import auto_reply as auto_reply
from slacalc.expectations.expectation import Expectation as Expectation
from slacalc.expectations.hours_in_words import HoursInWords as HoursInWords
from slacalc.expectations.hours_in_words import say_hours as say_hours
from slacalc.expectations.languages import Language as Language
from slacalc.expectations.languages import language_problems as language_problems
from slacalc.expectations.languages import load_language as load_language
from slacalc.expectations.reasons import Reason as Reason
from slacalc.expectations.wording import Sentence as Sentence
from slacalc.expectations.wording import SentencePart as SentencePart
from slacalc.logs.mapping import LogMapping as LogMapping
from slacalc.logs.mapping import load_mapping as load_mapping
from slacalc.logs.reading import LogReading as LogReading
from slacalc.logs.reading import Ticket as Ticket
from slacalc.logs.reading import group_tickets as group_tickets
from slacalc.logs.reading import read_event_log as read_event_log
from slacalc.logs.reading import read_log as read_log
from slacalc.milestones.agenda import EscalationState as EscalationState
from slacalc.milestones.agenda import Milestone as Milestone
from slacalc.milestones.agenda import agenda as agenda
from slacalc.milestones.agenda import next_due as next_due
from slacalc.milestones.queue import Queue as Queue
from slacalc.milestones.queue import QueueEntry as QueueEntry
from slacalc.milestones.queue import queue as queue
from slacalc.pictures.clock import ClockDay as ClockDay
from slacalc.pictures.clock import ClockPicture as ClockPicture
from slacalc.pictures.clock import picture_clock as picture_clock
from slacalc.pictures.drawing import Drawing as Drawing
from slacalc.pictures.hours import HoursPicture as HoursPicture
from slacalc.pictures.hours import WeekdayPicture as WeekdayPicture
from slacalc.pictures.hours import picture_hours as picture_hours
from slacalc.pictures.timeline import Stretch as Stretch
from slacalc.pictures.timeline import TimelineLine as TimelineLine
from slacalc.pictures.timeline import TimelinePicture as TimelinePicture
from slacalc.pictures.timeline import picture_promises as picture_promises
from slacalc.pictures.timeline import picture_ticket as picture_ticket
from slacalc.pictures.week import DayPicture as DayPicture
from slacalc.pictures.week import WeekPicture as WeekPicture
from slacalc.pictures.week import picture_week as picture_week
from slacalc.pictures.year import YearDay as YearDay
from slacalc.pictures.year import YearPicture as YearPicture
from slacalc.pictures.year import picture_year as picture_year
from slacalc.plans.capacity import Capacity as Capacity
from slacalc.plans.capacity import CapacityLine as CapacityLine
from slacalc.plans.capacity import OpenLeft as OpenLeft
from slacalc.plans.capacity import capacity as capacity
from slacalc.plans.comparison import OpenHours as OpenHours
from slacalc.plans.comparison import WhatIf as WhatIf
from slacalc.plans.comparison import WhatIfLine as WhatIfLine
from slacalc.plans.required import Required as Required
from slacalc.plans.required import RequiredHours as RequiredHours
from slacalc.plans.required import RequiredHoursLine as RequiredHoursLine
from slacalc.plans.required import RequiredLine as RequiredLine
from slacalc.plans.required import required as required
from slacalc.plans.required import required_hours as required_hours
from slacalc.plans.sensitivity import FieldEffect as FieldEffect
from slacalc.plans.sensitivity import Sensitivity as Sensitivity
from slacalc.plans.wait_map import WaitMap as WaitMap
from slacalc.plans.wait_map import wait_map as wait_map
from slacalc.plans.waits import WaitLine as WaitLine
from slacalc.plans.waits import Waits as Waits
from slacalc.plans.waits import waits as waits
from slacalc.plans.what_if import change_grid as change_grid
from slacalc.plans.what_if import what_if as what_if
from slacalc.plans.what_if_picture import WhatIfPicture as WhatIfPicture
from slacalc.plans.what_if_picture import picture_what_if as picture_what_if
from slacalc.policies.checking import check_policy as check_policy
from slacalc.policies.document.clock_rules import AnswerRule as AnswerRule
from slacalc.policies.document.clock_rules import ClockRule as ClockRule
from slacalc.policies.document.clock_rules import DeprioritisationRule as DeprioritisationRule
from slacalc.policies.document.conditions import Comparison as Comparison
from slacalc.policies.document.conditions import Condition as Condition
from slacalc.policies.document.fields import FieldValue as FieldValue
from slacalc.policies.document.guide import ChannelFacts as ChannelFacts
from slacalc.policies.document.guide import Contact as Contact
from slacalc.policies.document.guide import Guide as Guide
from slacalc.policies.document.matches import MatchExplanation as MatchExplanation
from slacalc.policies.document.matches import RuleMatch as RuleMatch
from slacalc.policies.document.rules import EscalationStep as EscalationStep
from slacalc.policies.document.rules import FailedCondition as FailedCondition
from slacalc.policies.document.rules import MetricRule as MetricRule
from slacalc.policies.document.rules import Rule as Rule
from slacalc.policies.document.signals import OnEvent as OnEvent
from slacalc.policies.document.signals import OnField as OnField
from slacalc.policies.document.signals import OnStatus as OnStatus
from slacalc.policies.loading import load_policy as load_policy
from slacalc.policies.loading import policy_from_data as policy_from_data
from slacalc.policies.loading import policy_schema as policy_schema
from slacalc.policies.loading import sample_policy as sample_policy
from slacalc.policies.policy import Policy as Policy
from slacalc.policies.promise import LaterPromise as LaterPromise
from slacalc.policies.promise import Promise as Promise
from slacalc.policies.promise import PromiseProvenance as PromiseProvenance
from slacalc.policies.promise import Promises as Promises
from slacalc.policies.targets.days import BusinessDays as BusinessDays
from slacalc.policies.targets.days import CalendarDays as CalendarDays
from slacalc.policies.targets.hours import BusinessHours as BusinessHours
from slacalc.policies.targets.hours import CalendarHours as CalendarHours
from slacalc.policies.targets.hours import WorkdayHours as WorkdayHours
from slacalc.policies.targets.opening import NextOpening as NextOpening
from slacalc.policies.targets.range import Range as Range
from slacalc.policies.targets.target import InsideOutside as InsideOutside
from slacalc.policies.versions import PolicyVersions as PolicyVersions
from slacalc.policies.warning import PolicyWarning as PolicyWarning
from slacalc.reports.aging import Aging as Aging
from slacalc.reports.aging import AgingLine as AgingLine
from slacalc.reports.agreement import Agreement as Agreement
from slacalc.reports.agreement import AgreementLine as AgreementLine
from slacalc.reports.agreement import Disagreement as Disagreement
from slacalc.reports.attainment import report as report
from slacalc.reports.attribution import AttributionLine as AttributionLine
from slacalc.reports.attribution import AttributionReport as AttributionReport
from slacalc.reports.attribution import attribution_report as attribution_report
from slacalc.reports.breaches import Breaches as Breaches
from slacalc.reports.breaches import Worst as Worst
from slacalc.reports.figures import Report as Report
from slacalc.reports.figures import ReportLine as ReportLine
from slacalc.reports.report_picture import ReportPicture as ReportPicture
from slacalc.reports.report_picture import picture_report as picture_report
from slacalc.reports.responses import ResponseLine as ResponseLine
from slacalc.reports.responses import ResponseTimes as ResponseTimes
from slacalc.reports.responses import response_times as response_times
from slacalc.reports.restated import RestatedClock as RestatedClock
from slacalc.reports.restated import RestatedTickets as RestatedTickets
from slacalc.reports.restated import restate_tickets as restate_tickets

__all__ = [
    "Absence",
    "AbsenceNotice",
    "Actor",
    "AmountError",
    "AnswerRule",
    "AttributedTime",
    "Attribution",
    "AttributionLine",
    "AttributionReport",
    "AutoReply",
    "BusinessDays",
    "BusinessHours",
    "Calendar",
    "CalendarDays",
    "CalendarError",
    "CalendarHours",
    "ChannelAdvice",
    "ChannelAdvices",
    "ChannelFacts",
    "ClockDay",
    "ClockPicture",
    "ClockRule",
    "ClockState",
    "Clocks",
    "Closed",
    "ClosedForGoodError",
    "Combination",
    "Comparison",
    "Condition",
    "Contact",
    "ContactPage",
    "Created",
    "DataError",
    "DateRange",
    "DayPicture",
    "Deleted",
    "DeprioritisationLifted",
    "DeprioritisationRule",
    "Deprioritised",
    "Difference",
    "Drawing",
    "Drift",
    "Escalated",
    "EscalationState",
    "EscalationStep",
    "Event",
    "Expectation",
    "ExpectationError",
    "FailedCondition",
    "FieldChanged",
    "FieldEffect",
    "FieldValue",
    "FrozenHolidays",
    "Gap",
    "GivenHolidays",
    "Guide",
    "Happened",
    "HolidayError",
    "Holidays",
    "HorizonError",
    "Hours",
    "HoursError",
    "HoursInWords",
    "HoursPicture",
    "InsideOutside",
    "InstantError",
    "InteropError",
    "Interval",
    "Language",
    "LanguageError",
    "LaterPromise",
    "Ledger",
    "LeftOut",
    "Listing",
    "LogError",
    "LogMapping",
    "LogReading",
    "MatchExplanation",
    "MergedFrom",
    "MergedInto",
    "Message",
    "MetricError",
    "MetricRule",
    "Milestone",
    "MissingExtraError",
    "NextOpening",
    "NoReplyNeeded",
    "OnEvent",
    "OnField",
    "OnStatus",
    "OpenHours",
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
    "Queue",
    "QueueEntry",
    "Range",
    "Reason",
    "Recurring",
    "Reopened",
    "Report",
    "ReportLine",
    "ReportPicture",
    "Required",
    "RequiredHours",
    "RequiredHoursLine",
    "RequiredLine",
    "ResponseLine",
    "ResponseTimes",
    "RestatedClock",
    "RestatedTickets",
    "Restatement",
    "Resumed",
    "Rule",
    "RuleMatch",
    "Segment",
    "Sensitivity",
    "Sentence",
    "SentencePart",
    "SlaError",
    "Solved",
    "SpecialDay",
    "SpecialDayError",
    "StatusChanged",
    "Stretch",
    "TakenOver",
    "TargetChange",
    "TargetOverridden",
    "Ticket",
    "TimelineLine",
    "TimelinePicture",
    "WaitLine",
    "WaitMap",
    "Waits",
    "WeekPicture",
    "WeekdayPicture",
    "WhatIf",
    "WhatIfLine",
    "WhatIfPicture",
    "Widget",
    "WorkdayHours",
    "YearDay",
    "YearPicture",
    "Yearly",
    "ZoneData",
    "ZoneDifference",
    "ZoneError",
    "ZoneSource",
    "absence_notice",
    "agenda",
    "attribution_report",
    "auto_reply",
    "change_grid",
    "channel_advice",
    "check_policy",
    "contact_page",
    "drift",
    "event_from_data",
    "event_to_data",
    "format_amount",
    "frames",
    "group_tickets",
    "interop",
    "language_problems",
    "load_holidays",
    "load_language",
    "load_mapping",
    "load_policy",
    "next_due",
    "outcome",
    "picture_clock",
    "picture_hours",
    "picture_promises",
    "picture_report",
    "picture_ticket",
    "picture_week",
    "picture_what_if",
    "picture_year",
    "policy_from_data",
    "policy_schema",
    "prefer_zone_data",
    "queue",
    "read_actor",
    "read_amount",
    "read_event_log",
    "read_events",
    "read_log",
    "replay",
    "replay_tickets",
    "report",
    "required",
    "required_hours",
    "response_times",
    "restate",
    "restate_tickets",
    "resume",
    "sample_policy",
    "say_hours",
    "wait_map",
    "waits",
    "what_if",
    "zone_data",
    "zone_named",
]
