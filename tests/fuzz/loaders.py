"""Every reader of the library that takes text or bytes from outside, each as a function of bytes."""

import atexit
import json
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import slacalc as sla
from slacalc.policies.loading import SAMPLES
from slacalc.testing import event_log
from tests.unit.interop.chatwoot import accounts
from tests.unit.interop.chatwoot import month as conversations
from tests.unit.interop.frappe import sites
from tests.unit.interop.freshworks import accounts as freshworks
from tests.unit.interop.google_business import test_loading as google
from tests.unit.interop.holidays.documents import BAVARIA, BRITAIN, CHINA, GERMANY, HALF_DAYS
from tests.unit.interop.icalendar import feed_texts as feeds
from tests.unit.interop.jira.month import MONTH as JIRA_MONTH
from tests.unit.interop.jira.test_loading import ODD as JIRA
from tests.unit.interop.jira.test_sla_answers import COMPLETED, ONGOING
from tests.unit.interop.osm import texts as osm
from tests.unit.interop.salesforce import orgs
from tests.unit.interop.salesforce import test_loading as salesforce_files
from tests.unit.interop.schema_org import pages
from tests.unit.interop.servicenow import instances
from tests.unit.interop.servicenow import month as service_month
from tests.unit.interop.zammad import helpdesks, month
from tests.unit.interop.zendesk.accounts import ODD, ORDINARY
from tests.unit.interop.zendesk.month import AUDITS, METRIC_EVENTS, USERS

ROOT: Final = Path(__file__).parents[2]
SAMPLE_FILES: Final = ROOT / "src" / "slacalc" / "policies" / "samples"
NOW: Final = datetime(2026, 11, 24, tzinfo=UTC)
MAPPING: Final = sla.LogMapping(
    "id", "at", "what", zone="Europe/Rome", fields=(("priority", "prio"),), done=(("first_response", ("answered",)),)
)
FORMATTED: Final = sla.LogMapping(
    "id", "at", "what", zone="Europe/Rome", time_format="%Y/%m/%d %H:%M:%S.%f", done=MAPPING.done
)
TICKETS: Final = sla.LogMapping(
    "id", received="at", zone="Europe/Rome", time_format=("%d/%m/%y %I:%M %p", "%m/%d/%y %I:%M %p", "epoch_seconds"),
    done_at=(("first_response", "answered"),), blank=("?",), delimiter=";", split=(("id", "/", ("number", "priority")),),
    fields=(("priority", "priority"),),
)  # fmt: skip
STATUSES: Final = sla.LogMapping(
    "id", "at", status="state", received="opened", zone="Europe/Rome", own=(("flag", "flag"),)
)
POLICY: Final = sla.sample_policy("webshop_helpdesk")
JIRA_POLICY: Final = sla.interop.jira.load(JIRA, lossy=True).policy
_PROMISE: Final = POLICY.promise(NOW)["first_response"]
_EXPECTATION: Final = _PROMISE.expectation(as_of=NOW)
_NOTICE: Final = sla.absence_notice(
    sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00"),
    date(2026, 12, 21),
    date(2026, 12, 24),
    announced=date(2026, 11, 2),
)
_FEAST: Final = sla.FrozenHolidays.of({date(2026, 12, 25): "Feast"}, years=(2026, 2026))


def _text(raw: bytes) -> str:
    """Any text: what is no UTF-8 becomes lone surrogates."""
    return raw.decode("utf-8", "surrogateescape")


@cache
def _folder() -> Path:
    """A folder with the pin files of the samples in it."""
    folder = Path(tempfile.mkdtemp(prefix="slacalc-fuzz-"))
    atexit.register(shutil.rmtree, folder)
    shutil.copytree(SAMPLE_FILES / "holidays", folder / "holidays")
    return folder


def _file(load: Callable[[Path], object], suffix: str) -> Callable[[bytes], object]:
    def read(raw: bytes) -> object:
        file = _folder() / f"input{suffix}"
        file.write_bytes(raw)
        return load(file)

    return read


def _used_policy(file: Path) -> object:
    """A policy that loads can be written, checked and asked."""
    policy = sla.load_policy(file)
    assert sla.policy_from_data(policy.to_data(), folder=file.parent) == policy
    sla.check_policy(policy, as_of=NOW)
    return policy if policy.rules[-1].when else policy.promise(NOW)


def _data(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return {}


def _policy_data(raw: bytes) -> object:
    data = _data(raw)
    return sla.policy_from_data(data if isinstance(data, dict) else {"name": data}, folder=_folder())


def _events(raw: bytes) -> object:
    """Events that can be read can be written and replayed."""
    read = list(sla.read_events(_text(raw).splitlines()))
    for _, event in read:
        assert sla.event_from_data(sla.event_to_data(event)) == event
    return POLICY.replay([event for _, event in read], as_of=NOW)


def _saved(raw: bytes) -> object:
    """Saved clocks that can be read can be asked, and gone on with."""
    clocks = sla.resume(_data(raw), POLICY)
    later = clocks.at(max(clocks.as_of, NOW))
    return [(clock.status, clock.due, clock.ledger.to_json()) for clock in later.values()]


def _log(mapping: sla.LogMapping) -> Callable[[bytes], object]:
    def read(raw: bytes) -> object:
        found = sla.read_log(_text(raw).splitlines(keepends=True), mapping)
        assert sum(1 for _ in found.lines) == len(found.tickets)
        return sla.report(found.tickets, POLICY, as_of=NOW).to_json()

    return read


def _hours(raw: bytes) -> object:
    hours = sla.Hours.parse(_text(raw))
    assert sla.Hours.parse(str(hours)) == hours
    return hours


def _amount(raw: bytes) -> object:
    amount = sla.read_amount(_text(raw))
    assert sla.read_amount(sla.format_amount(amount)) == amount
    return amount


def _pin(raw: bytes) -> object:
    frozen = sla.FrozenHolidays.from_json(_text(raw))
    assert sla.FrozenHolidays.from_json(frozen.to_json()) == frozen
    return frozen


def _calendar(raw: bytes) -> object:
    calendar = sla.Calendar.from_data(_data(raw))
    assert sla.Calendar.from_data(calendar.to_data()) == calendar
    return calendar


def _versions(raw: bytes) -> object:
    versions = sla.PolicyVersions.from_data(_data(raw))
    assert sla.PolicyVersions.from_data(versions.with_pins().to_data()).name == versions.name
    return versions


def _pin_data(raw: bytes) -> object:
    frozen = sla.FrozenHolidays.from_data(_data(raw))
    assert sla.FrozenHolidays.from_data(frozen.to_data()) == frozen
    return frozen


def _form(kind: Any) -> Callable[[bytes], object]:
    def read(raw: bytes) -> object:
        value = kind.from_data(_data(raw))
        assert kind.from_data(json.loads(value.to_json())) == value
        return value

    return read


def _form_of_policy(kind: Any) -> Callable[[bytes], object]:
    """A value that is read with its policy."""

    def read(raw: bytes) -> object:
        value = kind.from_data(_data(raw), POLICY)
        assert kind.from_data(json.loads(value.to_json()), POLICY) == value
        return value

    return read


def _event(raw: bytes) -> object:
    event = sla.event_from_data(_data(raw))
    assert sla.event_from_data(json.loads(json.dumps(sla.event_to_data(event)))) == event
    return event


def _dicts(raw: bytes) -> object:
    rows = _data(raw)
    return sla.read_log(rows if isinstance(rows, list) else [rows], MAPPING)


def _zone(raw: bytes) -> object:
    return sla.Calendar(_text(raw), "Mon-Fri 09:00-17:00")


def _special_day(raw: bytes) -> object:
    on, _, hours = _text(raw).rpartition("=")
    return sla.Calendar("UTC", "24/7", special_days={on: hours}).is_open(NOW)


def _recurrence(raw: bytes) -> object:
    return date(2026, 11, 20) in sla.Recurring(_text(raw), date(2026, 1, 1))


def _imported(load: Callable[..., sla.interop.Imported]) -> Callable[[bytes], object]:
    """What can be imported is a policy that its file says."""

    def read(raw: bytes) -> object:
        imported = load(_data(raw), lossy=True)
        assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
        return imported.to_json()

    return read


def _chatwoot(raw: bytes) -> object:
    """What can be imported is a policy that its file says."""
    imported = sla.interop.chatwoot.load(_data(raw), lossy=True)
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    told = sla.interop.chatwoot.read_tickets(_data(raw), imported.policy)
    judged = sla.interop.chatwoot.read_judgements(_data(raw))
    return sla.interop.compare(told, judged, imported.policy, sla.interop.chatwoot.CONVENTIONS, as_of=NOW).to_text()


def _frappe(raw: bytes) -> object:
    """What can be imported is a policy that its file says."""
    imported = sla.interop.frappe.load(_data(raw), zone="UTC", lossy=True)
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    return imported.to_json()


def _zammad(raw: bytes) -> object:
    """What can be imported is a policy that its file says; its calendars can be written for Zammad, or are refused."""
    imported = sla.interop.zammad.load(_data(raw), lossy=True)
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    told = sla.interop.zammad.read_tickets(_data(raw), imported.policy)
    judged = sla.interop.zammad.read_judgements(_data(raw))
    sla.interop.compare(told, judged, imported.policy, sla.interop.zammad.CONVENTIONS, as_of=NOW)
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    return [sla.interop.zammad.write(each, first, last).content for each in imported.calendars.values()]


def _servicenow(raw: bytes) -> object:
    """What can be imported is a policy that its file says."""
    imported = sla.interop.servicenow.load(_data(raw), zone="America/Chicago", lossy=True)
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    told = sla.interop.servicenow.read_tickets(_data(raw), imported.policy)
    judged = sla.interop.servicenow.read_judgements(_data(raw))
    return sla.interop.compare(told, judged, imported.policy, sla.interop.servicenow.CONVENTIONS, as_of=NOW).to_text()


def _zendesk(raw: bytes) -> object:
    """What can be imported is a policy that its file says."""
    imported = sla.interop.zendesk.load(_data(raw), lossy=True)
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    told = sla.interop.zendesk.read_tickets(_data(raw), imported.policy)
    judged = sla.interop.zendesk.read_judgements(_data(raw))
    return sla.interop.compare(told, judged, imported.policy, sla.interop.zendesk.CONVENTIONS, as_of=NOW).to_text()


def _jira_month(raw: bytes) -> object:
    """Issues that can be read are replayed, and held against what Jira says of them."""
    told = sla.interop.jira.read_tickets(_data(raw), JIRA_POLICY)
    judged = sla.interop.jira.read_judgements(_data(raw))
    return sla.interop.compare(told, judged, JIRA_POLICY, sla.interop.jira.CONVENTIONS, as_of=NOW).to_text()


def _holidays(raw: bytes) -> object:
    """What can be read is a pin, of the first region that is accepted."""
    data = _data(raw)
    region = "scotland" if isinstance(data, dict) and "scotland" in data else None
    pinned = sla.interop.holidays.load(data, region=region, lossy=True).holidays
    assert sla.FrozenHolidays.from_json(pinned.to_json()) == pinned
    return sla.Calendar("UTC", "Mon-Fri 09:00-17:00", holidays=pinned).digest


def _google_business(raw: bytes) -> object:
    """What can be read is a policy that its file says."""
    imported = sla.interop.google_business.load(_data(raw), zone="UTC", lossy=True)
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    return [calendar.is_open(NOW) for calendar in imported.calendars.values()]


def _osm(raw: bytes) -> object:
    """What can be read is a policy that its file says, and can be written again."""
    imported = sla.interop.osm.load(_text(raw), zone="UTC", holidays="DE", lossy=True)
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    (calendar,) = imported.calendars.values()
    written = sla.interop.osm.write(calendar, date(2026, 11, 1), date(2026, 12, 31)).document
    again = sla.interop.osm.load(written, zone="UTC", holidays="DE").calendars if written != "off" else {}
    return [each.is_open(NOW) == calendar.is_open(NOW) for each in again.values()]


def _schema_org(raw: bytes) -> object:
    """What can be read is a policy that its file says."""
    imported = sla.interop.schema_org.load(_data(raw), zone="UTC", holidays="DE", lossy=True)
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    return [calendar.is_open(NOW) for calendar in imported.calendars.values()]


def _feed(load: Callable[..., sla.interop.Imported]) -> Callable[[bytes], object]:
    """Hours of a feed that can be read are a calendar that can be asked, written and read again."""

    def read(raw: bytes) -> object:
        text = "BEGIN:VCALENDAR\n" + _text(raw)
        (calendar,) = load(text, zone="Europe/Rome", years=(2026, 2027), lossy=True).calendars.values()
        again = sla.interop.icalendar.write_availability(
            calendar, date(2026, 1, 1), date(2026, 2, 28), stamped_at=NOW, lossy=True
        )
        sla.interop.icalendar.write_closures(calendar, date(2026, 1, 1), date(2026, 2, 28), stamped_at=NOW, lossy=True)
        return calendar.is_open(NOW), again.content

    return read


LOADERS: Final[dict[str, Callable[[bytes], object]]] = {
    "amount": _amount,
    "calendar_data": _calendar,
    "chatwoot": _chatwoot,
    "csv_log": _log(MAPPING),
    "csv_log_formatted": _log(FORMATTED),
    "csv_log_of_statuses": _log(STATUSES),
    "csv_log_of_tickets": _log(TICKETS),
    "dicts_log": _dicts,
    "escalation_data": _form(sla.EscalationState),
    "event_data": _event,
    "event_notation": lambda raw: event_log(_text(raw)),
    "expectation_data": _form(sla.Expectation),
    "freshdesk": _imported(sla.interop.freshdesk.load),
    "freshservice": _imported(sla.interop.freshservice.load),
    "frappe": _frappe,
    "google_business": _google_business,
    "holidays": _holidays,
    "hours": _hours,
    "icalendar": lambda raw: sla.interop.icalendar.read_holidays("BEGIN:VCALENDAR\n" + _text(raw), lossy=True),
    "icalendar_availability": _feed(sla.interop.icalendar.read_availability),
    "icalendar_closures": _feed(partial(sla.interop.icalendar.load, hours="24/7")),
    "icalendar_hours": _feed(sla.interop.icalendar.read_open_hours),
    "jira": _imported(sla.interop.jira.load),
    "jira_month": _jira_month,
    "jira_sla": lambda raw: sla.interop.jira.read_sla(_data(raw)),
    "json_lines": _events,
    "json_policy": _file(_used_policy, ".json"),
    "language": _file(sla.load_language, ".toml"),
    "ledger_data": _form(sla.Ledger),
    "mapping": _file(sla.load_mapping, ".toml"),
    "milestone_data": _form(sla.Milestone),
    "notice_data": _form(sla.AbsenceNotice),
    "osm": _osm,
    "outcome_data": _form_of_policy(sla.Outcome),
    "pin_data": _pin_data,
    "pin_file": _file(sla.load_holidays, ".json"),
    "pin_text": _pin,
    "policy_data": _policy_data,
    "promise_data": _form_of_policy(sla.Promise),
    "promises_data": _form_of_policy(sla.Promises),
    "provenance_data": _form(sla.PromiseProvenance),
    "queue_entry_data": _form(sla.QueueEntry),
    "recurrence": _recurrence,
    "salesforce": _imported(sla.interop.salesforce.load),
    "salesforce_file": _file(lambda file: sla.interop.salesforce.load(file, lossy=True), ".xml"),
    "saved_clocks": _saved,
    "schema_org": _schema_org,
    "sentence_data": _form(sla.Sentence),
    "servicenow": _servicenow,
    "special_day": _special_day,
    "toml_policy": _file(_used_policy, ".toml"),
    "versions_data": _versions,
    "zammad": _zammad,
    "zendesk": _zendesk,
    "zone": _zone,
    "zone_name": lambda raw: sla.zone_named(_text(raw)),
}


def seeds(loader: str) -> Iterator[bytes]:
    """What the reader takes, to begin from: mistakes are found beside what is right."""
    match loader:
        case "toml_policy":
            yield from ((SAMPLE_FILES / f"{name}.toml").read_bytes() for name in SAMPLES)
            yield TOML
        case "json_policy" | "policy_data":
            yield from (sla.sample_policy(name).to_json().encode() for name in ("channel_guide", "marketplace_seller"))
            yield json.dumps(DATA).encode()
        case "pin_data" | "pin_file" | "pin_text":
            yield (SAMPLE_FILES / "holidays" / "BE.json").read_bytes()
            yield _FEAST.to_json().encode()
        case "mapping":
            yield (ROOT / "tests" / "data" / "italian_log.toml").read_bytes()
        case "language":
            yield (ROOT / "src" / "slacalc" / "expectations" / "languages" / "fi.toml").read_bytes()
            yield b'extends = "en"\ncode = "xx"\n[sentences]\nwaiting = "Wait."\n[days.bare]\ntoday = "now"\n'
        case "saved_clocks":
            log = event_log("Fri 10:00 created priority=normal; 11:00 paused supplier; Mon 09:30 agent reply")
            yield POLICY.replay(log, as_of=NOW).to_json().encode()
            yield POLICY.replay(log, as_of=log[1].at).to_json().encode()
        case _:
            yield from TEXTS.get(loader, ()) or (json.dumps(each).encode() for each in DATA_OF[loader])


DATA: Final[dict[str, Any]] = {
    "name": "support",
    "valid_from": "2026-01-01T00:00:00+01:00",
    "fields": {"priority": ["normal", "urgent"]},
    "escalation": [{"to": "the head", "after": {"business_days": 2}}],
    "calendars": {
        "office": {
            "zone": "Europe/Brussels",
            "hours": {"Mon-Fri": ["09:00-12:30", "13:30-17:00"], "Sat": "09:00-12:00"},
            "special_days": [{"on": "FREQ=MONTHLY;BYDAY=-1FR", "hours": "-12:00-14:00"}, {"on": "12-24..01-02", "hours": "closed"}],
            "absences": [{"start": "2026-11-25T14:00:00+01:00", "end": "2026-11-25T16:00:00+01:00", "name": "away"}],
            "versions": {"2027-01-01": "Mon-Fri 08:00-16:00"},
        },
        "late": {"extends": "office", "add_hours": "Sun,PH 09:00-12:00", "open_on_holidays": True},
    },
    "rules": [
        {
            "name": "all",
            "when": {"priority": ["normal"]},
            "calendar": "late",
            "rank": 1,
            "metrics": {
                "first_response": {
                    "due": {"inside": {"business_hours": "3h"}, "outside": {"business_days": 0, "by": "12:00", "cutoff": "16:00"}},
                    "expected": {"next_opening": True},
                    "objective": "95%",
                    "warnings": ["75%", "30min"],
                },
                "resolution": {"due": {"earliest": {"workday_hours": "24h"}, "latest": {"workday_hours": "48h"}}},
                "refund": {"origin": "return", "due": {"calendar_days": 14, "by": "24:00"}},
            },
        },
        {"name": "rest", "calendar": "office", "metrics": {"first_response": {"due": {"calendar_hours": "24h"}}}},
    ],
    "clocks": {"first_response": {"starts": "customer_message", "answer": {"channels": ["form"]}}},
}  # fmt: skip
DATA_OF: Final[dict[str, list[Any]]] = {
    "calendar_data": [
        DATA["calendars"]["office"], {**DATA["calendars"]["office"], "holidays": {"pinned": _FEAST.to_data()}}
    ],
    "dicts_log": [[{"id": 7, "at": "2026-11-20T15:00:00", "what": "opened", "prio": None}, {"id": "7", "at": NOW.isoformat(), "what": "answered"}]],
    "escalation_data": [sla.EscalationState("the head", NOW, "asked", reached=True).to_data()],
    "event_data": [
        sla.event_to_data(sla.Created(at=NOW, fields={"priority": "high"}, status="open", seq=3)),
        sla.event_to_data(sla.TargetOverridden(at=NOW, metric="resolution", due=NOW, author="Ann")),
    ],
    "expectation_data": [_EXPECTATION.to_data()],
    "ledger_data": [_PROMISE.ledger.to_data()],
    "holidays": [BAVARIA, BRITAIN, CHINA, GERMANY, HALF_DAYS],
    "milestone_data": [
        each.to_data() for each in sla.agenda(POLICY.replay([sla.Created(at=NOW)], as_of=NOW, ticket="7"), as_of=NOW)
    ],
    "notice_data": [_NOTICE.to_data()],
    "outcome_data": [sla.outcome(_PROMISE, None, as_of=NOW).to_data()],
    "promise_data": [_PROMISE.to_data()],
    "promises_data": [POLICY.promise(NOW).to_data()],
    "provenance_data": [_PROMISE.provenance.to_data()],
    "queue_entry_data": [sla.QueueEntry("7", ("x",), 1, None, NOW, "reply").to_data()],
    "google_business": [google.ORDINARY, google.ROUND_THE_CLOCK, google.OVERNIGHT, google.ODD],
    "schema_org": [pages.ORDINARY, pages.ROUND_THE_CLOCK, pages.OVERNIGHT, pages.ODD],
    "sentence_data": [_EXPECTATION.say("en").to_data()],
    "freshdesk": [freshworks.ORDINARY, freshworks.OVERNIGHT, freshworks.ODD],
    "freshservice": [freshworks.SERVICE_ORDINARY, freshworks.SERVICE_OVERNIGHT, freshworks.SERVICE_ODD],
    "jira": [JIRA],
    "servicenow": [instances.ODD, service_month.MONTH],
    "salesforce": [orgs.ORDINARY, orgs.OVERNIGHT, orgs.ODD],
    "jira_month": [JIRA_MONTH],
    "jira_sla": [ONGOING, COMPLETED],
    "frappe": [[*sites.ORDINARY, *sites.STATUSES], sites.ODD],
    "chatwoot": [[*accounts.ORDINARY, conversations.CONVERSATIONS, conversations.APPLIED], accounts.ODD],
    "zammad": [[*helpdesks.ORDINARY, *month.TICKETS, *month.HISTORIES, month.ARTICLES], helpdesks.ODD],
    "zendesk": [[*ORDINARY, USERS, AUDITS, METRIC_EVENTS], ODD],
    "versions_data": [{"versions": [DATA, {**DATA, "valid_from": "2027-01-01T00:00:00Z"}]}],
}  # fmt: skip
TOML: Final = b"""name = "support"
[calendars.office]
zone = "Europe/Brussels"
hours = "Mon-Fri 09:00-17:00; Sat 22:00-06:00"
holidays = { country = "BE", add = { "2026-11-02" = "x" }, remove = ["2026-11-11"] }
special_days = { "2026-12-24" = "09:00-12:00", "12-31" = "closed" }
[[calendars.office.absences]]
start = 2026-11-25T14:00:00+01:00
end = 2026-11-25T16:00:00+01:00
[[rules]]
name = "all"
calendar = "office"
metrics.first_response = { due = { business_days = 1, by = "close", cutoff = "16:00" } }
"""
TEXTS: Final[dict[str, list[bytes]]] = {
    "salesforce_file": [salesforce_files.XML.encode()],
    "icalendar_availability": [
        feeds.availability(
            f"PRIORITY:1|DTSTART;{feeds.BRUSSELS}:20260101T000000|DURATION:P90D",
            f"DTSTART;{feeds.BRUSSELS}:20260105T090000|DURATION:PT8H|RRULE:FREQ=WEEKLY;BYDAY=MO,TU|EXDATE;{feeds.BRUSSELS}:20260112T090000",
            head="", events=["DTSTART;VALUE=DATE:20260120"],
        ).encode(),
    ],
    "icalendar_closures": [
        feeds.feed(
            "UID:1|DTSTART;TZID=Office:20260105T140000|DTEND;TZID=Office:20260105T160000|RRULE:FREQ=WEEKLY;COUNT=9",
            "UID:1|RECURRENCE-ID;TZID=Office:20260112T140000|DTSTART;TZID=Office:20260113T140000|DURATION:PT1H",
            "DTSTART;VALUE=DATE:20260120|SUMMARY:off", head=feeds.outlook_zone("Office"),
        ).encode(),
    ],
    "icalendar_hours": [
        feeds.feed(
            f"DTSTART;{feeds.BRUSSELS}:20260105T220000|DTEND;{feeds.BRUSSELS}:20260106T060000|RRULE:FREQ=WEEKLY;UNTIL=20260301T000000Z",
            "DTSTART:20260110T100000Z|DURATION:PT2H|RDATE:20260117T100000Z", head="X-WR-TIMEZONE:Europe/Rome\r\n",
        ).encode(),
    ],
    "icalendar": [
        (b"X-WR-CALNAME:Days\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:a\\, b\n"
        b"RRULE:FREQ=YEARLY;COUNT=3\nEXDATE;VALUE=DATE:20271224\nEND:VEVENT\nEND:VCALENDAR\n"),
    ],
    "amount": [b"4h", b"1h 30min", b"45.5s", b"PT4H", b"PT1H30M", b"90 m"],
    "csv_log": [
        b"id,at,what,prio\n7,2026-11-20T15:00+01:00,opened,high\n7,2026-11-20T15:30+01:00,answered,high\n",
        b'\xef\xbb\xbfid,at,what,prio\r\n"7",2026-10-25T02:30,"opened, late",low\r\n',
    ],
    "csv_log_formatted": [b"id,at,what\n7,2026/10/25 02:30:00.000,opened\n8,2026/03/29 02:30:00.5,opened\n"],
    "csv_log_of_statuses": [
        b'id,at,state,opened,flag\n7,2026-11-20 9:30,New,2026-11-20 09:00,"a\nb"\n7,2026-11-20T15:00Z,Done,,true\n',
        b'id,at,state,opened,flag\n7,2026-11-20 9:30,New,2026-11-20 09:00,"a\n7,2026-11-20T15:00Z,Done,,true\n',
    ],
    "csv_log_of_tickets": [b"id;at;answered\n7/normal;20/11/26 09:30 AM;?\n8/priority;03/04/26 12:00 PM;1795186800\n"],
    "event_notation": [
        b"Fri 16:00 created priority=high; Mon 09:30 agent reply; 11:00 solved",
        b"2026-11-20 09:00 created; 10:00 paused supplier; 11:00 resumed supplier; 12:00 status pending",
        b"Fri 16:00 created; 17:00 target_overridden metric=resolution due=2026-11-25T12:00+01:00",
    ],
    "hours": [b"Mon-Fri 09:00-12:30 13:30-17:00; Sat,PH 09:00-12:00", b"Sun-Tue 22:00-06:00", b"24/7", b"closed"],
    "json_lines": [
        (b'{"ticket": "7", "kind": "created", "at": "2026-11-20T15:00:00+01:00", "fields": {"priority": "normal"}}\n'
        b'{"ticket": "7", "kind": "message", "at": "2026-11-20T16:00:00+01:00", "actor": "agent", "public": false}\n'
        b'{"ticket": "7", "kind": "paused", "at": "2026-11-20T16:00:00+01:00", "reason": "x", "seq": 3}\n'
        b'{"ticket": "7", "kind": "target_overridden", "at": "2026-11-20T16:00:00+01:00", "metric": "first_response", "due": "2026-11-25T12:00:00Z"}\n'),
    ],
    "osm": [text.encode() for text in (osm.ORDINARY, osm.ROUND_THE_CLOCK, osm.OVERNIGHT, osm.SEASONS, osm.ODD, osm.NIGHTS)],
    "recurrence": [b"FREQ=MONTHLY;BYDAY=-1FR", b"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=MO", b"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1;UNTIL=20301231", b"FREQ=DAILY;COUNT=10;BYSETPOS=1;BYYEARDAY=-1;BYWEEKNO=53"],
    "special_day": [b"2026-12-24=09:00-13:00", b"2026-12-24..2027-01-02=closed", b"12-24..01-02=+18:00-20:00", b"FREQ=MONTHLY;BYDAY=-1FR=-12:00-14:00"],
    "zone": [b"Europe/Brussels", b"UTC", b"Etc/GMT+5"],
    "zone_name": [b"W. Europe Standard Time", b"Tokyo", b"Pacific Time (US & Canada)", b"Europe/Brussels"],
}  # fmt: skip
