"""Salesforce's configuration as a policy: due times by hand from the facts of the format, and what is refused or lost."""

import json
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.interop import salesforce
from tests.refusals import Refusal, check
from tests.unit.interop.salesforce.orgs import (
    EVERY_DAY,
    HIGH,
    ODD,
    ORDINARY,
    OVERNIGHT,
    ROUND_THE_CLOCK,
    Record,
    holiday,
    hours,
    item,
    milestone,
    process,
    queried,
    recurring,
    times,
)
from tests.unit.interop.salesforce.orgs import settings as settings_of

GOLD: Final = {"entitlement_process": "gold", "priority": "High"}
ALL: Final = {"entitlement_process": "all"}


@pytest.mark.parametrize(
    ("org", "received", "ticket", "metric", "due", "because"),
    [
        (ORDINARY, "2026-11-20T16:30-08:00", GOLD, "first_response", "2026-11-23T09:30-08:00",
         "9:00 is local, whatever its Z says: half an hour on Friday, half an hour on Monday"),
        (ORDINARY, "2026-11-25T16:30-08:00", GOLD, "first_response", "2026-11-27T09:30-08:00",
         "the fourth Thursday of November is the 26th"),
        (ORDINARY, "2026-12-24T16:30-08:00", GOLD, "first_response", "2026-12-28T09:30-08:00",
         "Christmas is a Friday; the early close of the 24th is of EMEA alone"),
        (ORDINARY, "2026-12-24T12:30+00:00", {**GOLD, "business_hours": "EMEA"}, "first_response", "2026-12-28T08:30+00:00",
         "the case has other hours: half an hour until 13:00, half an hour on Monday"),
        (ORDINARY, "2026-11-23T08:00+00:00", GOLD, "resolution", "2026-11-25T12:00+00:00",
         "1440 minutes are 24 hours of business, of EMEA, whatever the case has: ten, ten, four"),
        (ORDINARY, "2026-11-23T09:00-08:00", {**GOLD, "priority": "Low"}, "first_response", "2026-11-23T17:00-08:00",
         "480 minutes, the whole date"),
        (ORDINARY, "2026-11-23T09:00-08:00", {**GOLD, "priority": "Medium"}, "first_response", None,
         "no milestone has these criteria"),
        (ORDINARY, "2026-11-23T09:00-08:00", {"entitlement_process": "silver"}, "first_response", "2026-11-23T17:00-08:00",
         "another process"),
        (ORDINARY, "2026-11-23T09:00-08:00", {"priority": "High"}, "first_response", None, "a case without an entitlement"),
        (ROUND_THE_CLOCK, "2026-12-24T22:00+00:00", ALL, "first_response", "2026-12-26T02:00+00:00",
         "two hours before Christmas Day, two after it"),
        (ROUND_THE_CLOCK, "2026-11-22T23:58+00:00", ALL, "first_response", "2026-11-23T03:58+00:00", "on a Sunday night, too"),
        (OVERNIGHT, "2026-11-30T21:00+09:00", {"entitlement_process": "night"}, "first_response", "2026-12-01T02:00+09:00",
         "two hours before midnight, two after it"),
        (OVERNIGHT, "2026-11-23T21:00+09:00", {"entitlement_process": "night"}, "first_response", "2026-12-01T00:00+09:00",
         "Tuesday, the 24th, is off from midnight on; the next two hours are on Monday evening"),
        (ODD, "2026-11-30T11:00-05:00", ALL, "call_back", "2026-11-30T14:00-05:00",
         "the last Monday of November: closed from 12 to 13"),
        (ODD, "2026-11-30T18:30-05:00", ALL, "call_back", "2026-12-07T10:30-05:00",
         "closed from 20:00 on; Saturday, the 5th, is off; half an hour on Monday"),
        (ODD, "2026-11-20T12:00-05:00", {**ALL, "origin": "Phone"}, "first_response", "2026-11-23T11:00-05:00",
         "Saturday, the 21st, is off: every other one from then on"),
        (ODD, "2026-11-27T12:00-05:00", {**ALL, "origin": "Phone"}, "first_response", "2026-11-28T01:00-05:00",
         "Saturday, the 28th, is open for 24 hours"),
        (ODD, "2026-12-18T12:00-05:00", {**ALL, "origin": "Phone"}, "first_response", "2026-12-19T01:00-05:00",
         "the recurrence ended on 5 December"),
    ],
)  # fmt: skip
def test_due_times_are_those_of_the_org(
    org: list[Record], received: str, ticket: dict[str, str], metric: str, due: str | None, because: str
) -> None:
    promise = salesforce.load(org).policy.promise_for(datetime.fromisoformat(received), ticket).get(metric)
    assert (None if promise is None else promise.due) == (None if due is None else datetime.fromisoformat(due)), because


@pytest.mark.parametrize("org", [ORDINARY, ROUND_THE_CLOCK, OVERNIGHT, ODD])
def test_what_was_imported_is_a_policy_that_round_trips(org: list[Record]) -> None:
    imported = salesforce.load(org)
    assert sla.policy_from_data(imported.policy.to_data()) == imported.policy
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    assert not [
        warning
        for warning in sla.check_policy(imported.policy, as_of=datetime.fromisoformat("2026-11-20T00:00Z"))
        if warning.code == "rule_hidden"
    ]


XML: Final = """<?xml version="1.0" encoding="UTF-8"?>
<BusinessHoursSettings xmlns="http://soap.sforce.com/2006/04/metadata">
    <businessHours>
        <active>true</active><default>true</default><name>Default</name><timeZoneId>Europe/Paris</timeZoneId>
        <mondayStartTime>09:00:00.000Z</mondayStartTime><mondayEndTime>12:00:00.000Z</mondayEndTime>
    </businessHours>
    <holidays><name>Fête</name><businessHours>Default</businessHours><activityDate>2026-11-23</activityDate></holidays>
</BusinessHoursSettings>
"""
PROCESS: Final = """<EntitlementProcess xmlns="http://soap.sforce.com/2006/04/metadata">
    <SObjectType>Case</SObjectType><active>true</active><businessHours>Default</businessHours>
    <exitCriteriaFilterItems><field>Case.IsClosed</field><operation>equals</operation><value>true</value></exitCriteriaFilterItems>
    <isVersionDefault>true</isVersionDefault>
    <milestones><milestoneName>First Response</milestoneName><minutesToComplete>90</minutesToComplete></milestones>
</EntitlementProcess>
"""


def test_files_of_metadata_are_read_and_a_process_has_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "BusinessHours.settings-meta.xml").write_text(XML, encoding="utf-8")
    (tmp_path / "gold.entitlementProcess-meta.xml").write_text(PROCESS, encoding="utf-8")
    imported = salesforce.load(tmp_path)
    (promise,) = imported.policy.promise(
        datetime.fromisoformat("2026-11-23T10:00+01:00"), entitlement_process="gold"
    ).values()
    assert promise.due == datetime.fromisoformat("2026-11-30T10:30+01:00"), "the 23rd is a holiday"
    origin = (
        "# business hours 'Default' (settings/BusinessHours.settings-meta.xml: BusinessHoursSettings.businessHours)"
    )
    assert origin in imported.to_toml()
    alone = salesforce.load(tmp_path / "settings" / "BusinessHours.settings-meta.xml")
    assert alone.calendars == {"Default": imported.calendars["Default"]}


@pytest.mark.parametrize(
    ("more", "rule", "dates"),
    [
        ({"recurrenceType": "RecursDaily", "recurrenceInterval": "3"}, "every third day", "02 05 08 11"),
        ({"recurrenceType": "RecursEveryWeekday"}, "Monday to Friday", "02 03 04 05 06 09 10 11 12"),
        ({"recurrenceType": "RecursWeekly", "recurrenceDayOfWeekMask": 6}, "Monday is 2, Tuesday is 4", "02 03 09 10"),
        ({"recurrenceType": "RecursWeekly", "recurrenceDayOfWeek": ["Sunday", "Friday"]}, "by name", "06 08"),
        ({"recurrenceType": "RecursMonthly", "recurrenceDayOfMonth": "12"}, "the 12th", "12"),
        ({"recurrenceType": "RecursMonthlyNth", "recurrenceInstance": "First", "recurrenceDayOfWeekMask": 62},
         "the first weekday: 1 November is a Sunday", "02"),
        ({"recurrenceType": "RecursMonthlyNth", "recurrenceInstance": "Second", "recurrenceDayOfWeek": "Thursday"},
         "the second Thursday", "12"),
        ({"recurrenceType": "RecursYealyNth", "recurrenceInstance": "First", "recurrenceDayOfWeek": "Friday",
          "recurrenceMonthOfYear": "November"}, "as the documentation spells it", "06"),
        ({"recurrenceType": "RecursYearly", "recurrenceDayOfMonth": "11", "recurrenceMonthOfYear": "November"}, "a date", "11"),
    ],
)  # fmt: skip
def test_a_holiday_recurs_on_these_dates_of_november_2026(more: dict[str, Any], rule: str, dates: str) -> None:
    """From Monday, 2 November, to Thursday, the 12th, both included."""
    start = {"isRecurring": "true", "recurrenceStartDate": "2026-11-02", "recurrenceEndDate": "2026-11-12"}
    off = {"name": "Off", "businessHours": "Default", **start, **more}
    always = hours("Default", "UTC", times("00:00", "00:00", *EVERY_DAY))
    calendar = salesforce.load(settings_of(always, holidays=(off,))).calendars["Default"]
    closed = [day for day in range(1, 31) if not calendar.is_open(datetime(2026, 11, day, 12, tzinfo=UTC))]
    assert closed == [int(day) for day in dates.split()], rule


# ---------------------------------------------------------------- what is lost

ALWAYS: Final = settings_of(hours("Default", "UTC", times("00:00", "00:00", *EVERY_DAY)))


def with_milestone(*criteria: Record, **more: Any) -> list[Record]:
    return [ALWAYS, process("all", milestone("First Response", 60, *criteria, **more))]


@pytest.mark.parametrize(
    ("org", "severity", "where", "means"),
    [
        ([settings_of(hours("Default", "UTC", times("09:00", "23:59", "monday")))], "cosmetic",
         "[0].BusinessHoursSettings.businessHours[0].mondayEndTime", "the hours end a minute or a second before midnight"),
        ([settings_of(hours("Default", "UTC", times("09:00", "17:00")), hours("Old", "UTC", times("09:00", "17:00"), active="false"))],
         "cosmetic", "[0].BusinessHoursSettings.businessHours[1]", "the business hours 'Old' are not active"),
        ([settings_of(hours("Default", "UTC", times("09:00", "17:00")), holidays=(holiday("Nobody's", "2026-12-24"),))], "cosmetic",
         "[0].BusinessHoursSettings.holidays[0]", "no business hours have the holiday \"Nobody's\""),
        ([settings_of(hours("Default", "UTC", times("09:00", "17:00")), holidays=(recurring(
            "Never", "RecursYearly", "2026-01-01", "Default", recurrenceDayOfMonth="30", recurrenceMonthOfYear="February"),))], "cosmetic",
         "[0].BusinessHoursSettings.holidays[0]", "the holiday 'Never' has no date: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ([ALWAYS, queried("Holiday", {"Name": "Eve", "ActivityDate": "2026-12-24", "IsAllDay": True})], "due_times",
         "[1].records[0]", "a query does not say which business hours have the holiday 'Eve'"),
        (with_milestone(item("Case.Priority", "notEqual", "Low")), "due_times",
         "[1].EntitlementProcess.milestones[0].milestoneCriteriaFilterItems[0]", "Case.Priority notEqual 'Low' decides"),
        (with_milestone(item("Case.Status", "equals", "New")), "due_times",
         "[1].EntitlementProcess.milestones[0].milestoneCriteriaFilterItems[0]", "Case.Status equals 'New' decides"),
        (with_milestone(milestoneCriteriaFormula="ISPICKVAL(Priority, 'High')"), "due_times",
         "[1].EntitlementProcess.milestones[0].milestoneCriteriaFormula", "a formula decides which cases have the milestone"),
        (with_milestone(HIGH, useCriteriaStartTime="true"), "due_times", "[1].EntitlementProcess.milestones[0]",
         "the clock of the milestone begins when its criteria become true"),
        ([ALWAYS, process("all", milestone("First Response", 60), entryStartDateField="Case.SlaStartDate")], "due_times",
         "[1].EntitlementProcess.entryStartDateField", "the process begins at Case.SlaStartDate"),
        ([ALWAYS, process("all", milestone("First Response", 60), isVersionDefault="false")], "due_times",
         "[1].EntitlementProcess", "an older version of 'all'"),
        ([ALWAYS, process("all", milestone("First Response", 60), active="false")], "cosmetic",
         "[1].EntitlementProcess", "the entitlement process 'all' is not active"),
        ([ALWAYS, process("all", milestone("First Response", 60), SObjectType="WorkOrder")], "cosmetic",
         "[1].EntitlementProcess.SObjectType", "'all' is for WorkOrder, not for cases"),
        ([ALWAYS, process("all", milestone("First Response", 60), exitCriteriaFilterItems=item("Case.IsClosed", "equals", "true"))],
         "reports", "[1].EntitlementProcess.exitCriteriaFilterItems", "a case leaves the process by this"),
        (with_milestone(timeTriggers={"timeLength": "1", "workflowTimeTriggerUnit": "Days"}), "cosmetic",
         "[1].EntitlementProcess.milestones[0].timeTriggers", "something is done 1 days after the target"),
        (with_milestone(), "reports", "[1].EntitlementProcess", "a milestone is completed by what you automate"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named_and_refused_where_it_changes_due_times(
    org: list[Record], severity: str, where: str, means: str
) -> None:
    (loss,) = [each for each in salesforce.load(org, lossy=True).losses if each.means.startswith(means)]
    assert (loss.severity, loss.where) == (severity, where)
    if severity == "due_times":
        with pytest.raises(sla.InteropError) as refused:
            salesforce.load(org)
        assert refused.value.code == "import_changes_due_times"
        assert where in str(refused.value)
    else:
        assert loss in salesforce.load(org).losses


def test_a_holiday_of_a_query_is_of_all_business_hours_and_its_minutes_are_of_the_date() -> None:
    eve = {
        "Name": "Eve",
        "ActivityDate": "2026-12-24",
        "IsAllDay": False,
        "StartTimeInMinutes": 780,
        "EndTimeInMinutes": 1080,
    }
    calendar = salesforce.load([ALWAYS, queried("Holiday", eve)], lossy=True).calendars["Default"]
    open_at = [calendar.is_open(datetime(2026, 12, 24, hour, tzinfo=UTC)) for hour in (12, 13, 17, 18)]
    assert open_at == [True, False, False, True]


# ---------------------------------------------------------------- what is refused


def with_times(start: str, end: str) -> Record:
    return settings_of(hours("Default", "UTC", {"mondayStartTime": start, "mondayEndTime": end}))


def with_holiday(off: Record) -> Record:
    return settings_of(hours("Default", "UTC", times("09:00", "17:00")), holidays=(off,))


AT: Final = "BusinessHoursSettings.businessHours[0]"
OFF: Final = "BusinessHoursSettings.holidays[0]"
REFUSALS: Final = [
    Refusal(lambda: salesforce.load(with_times("22:00:00.000Z", "06:00:00.000Z")), sla.InteropError, "import_interval_over_midnight",
            AT, "22:00:00.000Z to 06:00:00.000Z", "00:00 to 00:00 are 24 hours"),
    Refusal(lambda: salesforce.load(with_times("09:00:00.000Z", "09:00:00.000Z")), sla.InteropError, "import_interval_over_midnight",
            AT, "09:00:00.000Z to 09:00:00.000Z", "an end after the start"),
    Refusal(lambda: salesforce.load(with_times("9:00", "17:00:00.000Z")), sla.InteropError, "import_value_invalid",
            f"{AT}.mondayStartTime", "'9:00'", "a time of day such as 09:00:00.000Z, which is local"),
    Refusal(lambda: salesforce.load(with_times("", "17:00:00.000Z")), sla.InteropError, "import_key_missing",
            AT, "", '"mondayStartTime"'),
    Refusal(lambda: salesforce.load(settings_of(hours("Default", "UTC", {}))), sla.InteropError, "import_never_opens",
            AT, "", "mondayStartTime and mondayEndTime"),
    Refusal(lambda: salesforce.load(settings_of(hours("Default", "GMT+1", times("09:00", "17:00")))), sla.InteropError,
            "import_zone_unknown", f"{AT}.timeZoneId", "'GMT+1'", "an IANA name"),
    Refusal(lambda: salesforce.load(settings_of(hours("A", "UTC", times("09:00", "17:00")), hours("A", "UTC", times("09:00", "18:00")))),
            sla.InteropError, "import_value_invalid", "BusinessHoursSettings.businessHours[1]", "'A'", "one answer about each"),
    # The documentation's own slip: its text says that activityDate is a time.
    Refusal(lambda: salesforce.load(with_holiday(holiday("Eve", "2026-12-24T00:00:00.000Z", "Default"))), sla.InteropError,
            "import_value_invalid", f"{OFF}.activityDate", "'2026-12-24T00:00:00.000Z'", "a date such as 2026-12-24"),
    Refusal(lambda: salesforce.load(with_holiday(holiday("Eve", "2026-12-24", "Default", startTime="18:00:00.000Z"))), sla.InteropError,
            "import_interval_over_midnight", OFF, "18:00:00.000Z", "both times, or none for the whole date"),
    Refusal(lambda: salesforce.load(with_holiday(holiday("Eve", "1826-12-24", "Default"))), sla.InteropError,
            "import_dates_invalid", OFF, "1826-12-24", "1900 to 2200"),
    Refusal(lambda: salesforce.load(with_holiday(recurring("Eve", "RecursHourly", "2026-12-24", "Default"))), sla.InteropError,
            "import_value_invalid", f"{OFF}.recurrenceType", "'RecursHourly'", "RecursYearlyNth"),
    Refusal(lambda: salesforce.load(with_holiday(recurring("Eve", "RecursYearly", "2026-12-24", "Default", recurrenceDayOfMonth="24"))),
            sla.InteropError, "import_key_missing", f"{OFF}.recurrenceMonthOfYear", "", '"recurrenceMonthOfYear"'),
    Refusal(lambda: salesforce.load(with_holiday(recurring("Eve", "RecursWeekly", "2026-12-24", recurrenceInterval="2",
                                                           recurrenceDayOfWeekMask="6"))), sla.InteropError,
            "import_value_invalid", OFF, "", "one day of the week, where not every week has it"),
    Refusal(lambda: salesforce.load(with_milestone(item("Case.Priority", "is", "High"))), sla.InteropError, "import_value_invalid",
            "[1].EntitlementProcess.milestones[0].milestoneCriteriaFilterItems[0].operation", "'is'", "equals"),
    Refusal(lambda: salesforce.load(with_milestone(businessHours="Night")), sla.InteropError, "import_schedule_missing",
            "[1].EntitlementProcess.milestones[0].businessHours", "'Night'", "one of Default"),
    Refusal(lambda: salesforce.load([ALWAYS, process("all", {"milestoneName": "A", "minutesToComplete": "1 h"})]), sla.InteropError,
            "import_value_invalid", "[1].EntitlementProcess.milestones[0].minutesToComplete", "'1 h'", "a whole number from 1"),
    Refusal(lambda: salesforce.load(process("all", milestone("First Response", 60))), sla.InteropError, "import_schedule_missing",
            "source", "", "BusinessHoursSettings"),
    Refusal(lambda: salesforce.load({"records": [], "done": True}), sla.InteropError, "import_nothing_there", "source", "", "BusinessHoursSettings"),
    Refusal(lambda: salesforce.load({"records": [], "done": False}), sla.InteropError, "import_truncated", "", "False", '"done": true'),
    Refusal(lambda: salesforce.load(queried("Case", {"Id": "5"})), sla.InteropError, "import_value_invalid",
            "records[0].attributes.type", "'Case'", "BusinessHours, Holiday"),
    Refusal(lambda: salesforce.load({"schedules": []}), sla.InteropError, "import_document_unknown", "", "['schedules']",
            "BusinessHoursSettings or EntitlementProcess"),
    Refusal(lambda: salesforce.load([7]), sla.InteropError, "import_value_invalid", "[0]", "7", "a table"),
    Refusal(lambda: salesforce.load(7), sla.InteropError, "import_source_invalid", "source", "7", "parsed JSON"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.settings-meta.xml", XML[:200], "import_unreadable"),
        ("a.settings-meta.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "import_unreadable"),
        ("a.settings-meta.xml", "<a>" * 60 + "</a>" * 60, "import_unreadable"),
        ("a.settings-meta.xml", "<Report/>", "import_document_unknown"),
        ("a.json", "[" * 100_000, "import_unreadable"),
        ("a.txt", XML, "import_folder_without_files"),
    ],
)
def test_a_folder_that_cannot_be_read_names_the_file(name: str, text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(sla.InteropError) as refused:
        salesforce.load(tmp_path)
    assert refused.value.code == code
    assert (str(tmp_path) if code == "import_folder_without_files" else name) in str(refused.value)


def test_a_folder_of_queries_and_metadata_is_read_whole(tmp_path: Path) -> None:
    for number, document in enumerate(ODD):
        (tmp_path / f"answer_{number}.json").write_text(json.dumps(document), encoding="utf-8")
    assert salesforce.load(tmp_path).policy == salesforce.load(ODD).policy


# ---------------------------------------------------------------- random hours


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(EVERY_DAY), st.tuples(st.integers(0, 23), st.integers(0, 23)), min_size=1),
    st.lists(st.integers(0, 13), max_size=3),
    st.integers(0, 14 * 24 - 1),
)
def test_an_instant_is_open_as_its_day_says(days: dict[str, tuple[int, int]], off: list[int], hour: int) -> None:
    """An oracle of its own: an hour is open if it is from the start to the end of its day, where 0 to 0 are all hours."""
    said = {day: ends for day, ends in days.items() if ends[1] == 0 or ends[0] < ends[1]} or {"monday": (0, 0)}
    first = date(2026, 11, 2)  # a Monday
    office = {
        f"{day}{side}Time": f"{at:02}:00:00.000Z"
        for day, ends in said.items()
        for side, at in zip(("Start", "End"), ends, strict=True)
    }
    holidays = tuple(holiday("off", str(first + timedelta(day)), "Default") for day in off)
    calendar = salesforce.load(settings_of(hours("Default", "UTC", office), holidays=holidays)).calendars["Default"]
    start, end = said.get(EVERY_DAY[hour // 24 % 7], (0, -1))
    in_hours = start <= hour % 24 < (24 if end == 0 else end)
    at = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(hours=hour)
    assert calendar.is_open(at) == (in_hours and hour // 24 not in off)


def test_metadata_that_was_retrieved_without_a_project_is_read(tmp_path: Path) -> None:
    (tmp_path / "BusinessHours.settings").write_text(
        "<BusinessHoursSettings><businessHours><name>Desk</name><timeZoneId>Europe/Rome</timeZoneId>"
        "<mondayStartTime>09:00:00.000Z</mondayStartTime><mondayEndTime>17:00:00.000Z</mondayEndTime>"
        "</businessHours></BusinessHoursSettings>"
    )
    (tmp_path / "Gold.entitlementProcess").write_text(
        "<EntitlementProcess><milestones><milestoneName>Resolution</milestoneName>"
        "<minutesToComplete>60</minutesToComplete></milestones></EntitlementProcess>"
    )
    policy = salesforce.load(tmp_path).policy
    assert str(policy.calendar("Desk").hours) == "Mon 09:00-17:00"
    assert [[*rule.metrics] for rule in policy.rules] == [["resolution"]]
