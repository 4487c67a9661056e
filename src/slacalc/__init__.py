"""slacalc: when are we open, what did we promise, and how is this ticket doing?

The public names; each is loaded from its room when it is first used. `__init__.pyi` says the same to type checkers.
"""

from importlib import import_module

_ROOMS = {
    "slacalc": "interop",
    "slacalc.business_time.amounts": "format_amount read_amount",
    "slacalc.business_time.named_zones": "zone_named",
    "slacalc.business_time.zone_data": "ZoneData ZoneDifference ZoneSource prefer_zone_data zone_data",
    "slacalc.calendars.absence_notice": "AbsenceNotice absence_notice",
    "slacalc.calendars.calendar": "Calendar",
    "slacalc.calendars.combination": "Combination",
    "slacalc.calendars.holidays": "FrozenHolidays GivenHolidays Holidays load_holidays",
    "slacalc.calendars.holidays.drift": "Drift drift",
    "slacalc.calendars.hours": "Hours",
    "slacalc.calendars.ledger": "Ledger Segment",
    "slacalc.calendars.open_time": "Interval OpenTime",
    "slacalc.calendars.recurrence": "Recurring",
    "slacalc.calendars.special_days": "Absence DateRange SpecialDay Yearly",
    "slacalc.channels.advice": "ChannelAdvice ChannelAdvices channel_advice",
    "slacalc.clocks.attribution": "AttributedTime Attribution",
    "slacalc.clocks.clock_state": "ClockState TargetChange",
    "slacalc.clocks.many_tickets": "LeftOut Listing",
    "slacalc.clocks.outcome": "Outcome outcome",
    "slacalc.clocks.replay": "Clocks Difference Restatement replay replay_tickets restate resume",
    "slacalc.clocks.ticket_state": "Gap",
    "slacalc.contact.page": "ContactPage contact_page",
    "slacalc.contact.widget": "Widget",
    "slacalc.columns": "frames",
    "slacalc.errors": (
        "AmountError CalendarError ClosedForGoodError DataError ExpectationError HolidayError HorizonError HoursError "
        "InstantError InteropError LanguageError LogError MetricError MissingExtraError PolicyError SlaError "
        "SpecialDayError ZoneError"
    ),
    "slacalc.events.event": (
        "Actor Closed Created Deleted DeprioritisationLifted Deprioritised Escalated Event FieldChanged Happened "
        "MergedFrom MergedInto Message NoReplyNeeded Paused Reopened Resumed Solved StatusChanged TakenOver "
        "TargetOverridden read_actor"
    ),
    "slacalc.events.json_lines": "event_from_data event_to_data read_events",
    "slacalc.expectations.auto_reply": "AutoReply auto_reply",
    "slacalc.expectations.expectation": "Expectation",
    "slacalc.expectations.hours_in_words": "HoursInWords say_hours",
    "slacalc.expectations.languages": "Language language_problems load_language",
    "slacalc.expectations.reasons": "Reason",
    "slacalc.expectations.wording": "Sentence SentencePart",
    "slacalc.logs.mapping": "LogMapping load_mapping",
    "slacalc.logs.reading": "LogReading Ticket group_tickets read_event_log read_log",
    "slacalc.milestones.agenda": "EscalationState Milestone agenda next_due",
    "slacalc.milestones.queue": "Queue QueueEntry queue",
    "slacalc.pictures.clock": "ClockDay ClockPicture picture_clock",
    "slacalc.pictures.drawing": "Drawing",
    "slacalc.pictures.hours": "HoursPicture WeekdayPicture picture_hours",
    "slacalc.pictures.timeline": "Stretch TimelinePicture TimelineLine picture_promises picture_ticket",
    "slacalc.pictures.week": "DayPicture WeekPicture picture_week",
    "slacalc.plans.capacity": "Capacity CapacityLine OpenLeft capacity",
    "slacalc.plans.comparison": "OpenHours WhatIf WhatIfLine",
    "slacalc.plans.required": "Required RequiredHours RequiredHoursLine RequiredLine required required_hours",
    "slacalc.plans.sensitivity": "FieldEffect Sensitivity",
    "slacalc.plans.wait_map": "WaitMap wait_map",
    "slacalc.plans.waits": "WaitLine Waits waits",
    "slacalc.plans.what_if": "change_grid what_if",
    "slacalc.plans.what_if_picture": "WhatIfPicture picture_what_if",
    "slacalc.pictures.year": "YearDay YearPicture picture_year",
    "slacalc.policies.checking": "check_policy",
    "slacalc.policies.document.clock_rules": "AnswerRule ClockRule DeprioritisationRule",
    "slacalc.policies.document.conditions": "Comparison Condition",
    "slacalc.policies.document.fields": "FieldValue",
    "slacalc.policies.document.guide": "ChannelFacts Contact Guide",
    "slacalc.policies.document.matches": "MatchExplanation RuleMatch",
    "slacalc.policies.document.signals": "OnEvent OnField OnStatus",
    "slacalc.policies.loading": "load_policy policy_from_data policy_schema sample_policy",
    "slacalc.policies.policy": "Policy",
    "slacalc.policies.promise": "LaterPromise Promise PromiseProvenance Promises",
    "slacalc.policies.document.rules": "EscalationStep FailedCondition MetricRule Rule",
    "slacalc.policies.targets.days": "BusinessDays CalendarDays",
    "slacalc.policies.targets.hours": "BusinessHours CalendarHours WorkdayHours",
    "slacalc.policies.targets.opening": "NextOpening",
    "slacalc.policies.targets.range": "Range",
    "slacalc.policies.targets.target": "InsideOutside",
    "slacalc.policies.versions": "PolicyVersions",
    "slacalc.policies.warning": "PolicyWarning",
    "slacalc.reports.aging": "Aging AgingLine",
    "slacalc.reports.agreement": "Agreement AgreementLine Disagreement",
    "slacalc.reports.attainment": "report",
    "slacalc.reports.attribution": "AttributionLine AttributionReport attribution_report",
    "slacalc.reports.breaches": "Breaches Worst",
    "slacalc.reports.figures": "Report ReportLine",
    "slacalc.reports.report_picture": "ReportPicture picture_report",
    "slacalc.reports.responses": "ResponseLine ResponseTimes response_times",
    "slacalc.reports.restated": "RestatedClock RestatedTickets restate_tickets",
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = sorted(_ROOM_OF)  # noqa: PLE0605 - one list, not two


def __getattr__(name: str) -> object:
    """Load a public name from its room (PEP 562)."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'slacalc' has no attribute {name!r}")
    room = _ROOM_OF[name]
    value = globals()[name] = (
        import_module(f"{room}.{name}") if room == __name__ else getattr(import_module(room), name)
    )
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
