# ruff: noqa: RUF001 - a range has an en dash, and Russian letters look like others
"""A target in words, as each language says it in general: written from knowledge of the languages."""

from typing import Any, Final

import pytest

from slacalc import Policy
from slacalc.contact.answer_words import promised_in_words, target_in_words
from slacalc.expectations.languages import LANGUAGES, shipped_language
from slacalc.policies.document.rules import MetricRule


def metric(due: dict[str, Any], **more: Any) -> MetricRule:
    rule = {"name": "all", "calendar": "c", "metrics": {"first_response": {"due": due, **more}}}
    return (
        Policy(name="p", calendars={"c": {"zone": "UTC", "hours": "24/7"}}, rules=[rule])
        .rules[0]
        .metrics["first_response"]
    )


def said(due: dict[str, Any], language: str) -> str:
    return target_in_words(metric(due).due, shipped_language(language)).replace("\N{NO-BREAK SPACE}", " ")


WORKDAYS: Final = {"workday_hours": "24h"}
WITHIN: Final = {"business_hours": "2h"}
NEXT_DAY: Final = {"business_days": 1, "by": "12:00"}
RANGE: Final = {"earliest": {"calendar_hours": "24h"}, "latest": {"calendar_hours": "72h"}}
DAYS: Final = {"earliest": {"business_days": 2, "by": "close"}, "latest": {"business_days": 4, "by": "close"}}
CUTOFF: Final = {"business_days": 0, "by": "close", "cutoff": "16:00"}


@pytest.mark.parametrize(
    ("due", "language", "expected"),
    [
        (WORKDAYS, "en", "within 24 h on working days"),
        (WORKDAYS, "fi", "24 tunnin kuluessa työpäivinä"),
        (WORKDAYS, "sv", "inom 24 tim. på arbetsdagar"),
        (WORKDAYS, "de", "innerhalb von 24 Std. an Arbeitstagen"),
        (WORKDAYS, "nl", "binnen 24 uur op werkdagen"),
        (WORKDAYS, "fr", "dans les 24 h, jours ouvrés seulement"),
        (WORKDAYS, "it", "entro 24 h nei giorni lavorativi"),
        (WORKDAYS, "cs", "do 24 hod. v pracovních dnech"),
        (WORKDAYS, "sk", "do 24 hod. v pracovných dňoch"),
        (WORKDAYS, "hu", "24 órán belül, munkanapokon számítva"),
        (WORKDAYS, "pl", "w ciągu 24 godz. w dni robocze"),
        (WORKDAYS, "ru", "в течение 24 ч по рабочим дням"),
        (WITHIN, "hu", "2 órán belül, nyitvatartási időben számítva"),
        (WITHIN, "pl", "w ciągu 2 godz. w godzinach otwarcia"),
        ({"calendar_hours": "1h"}, "it", "entro 1 h"),
        (NEXT_DAY, "de", "am nächsten Arbeitstag, bis 12:00 Uhr"),
        (NEXT_DAY, "nl", "op de volgende werkdag, uiterlijk om 12.00 uur"),
        (NEXT_DAY, "pl", "w następnym dniu roboczym, do godz. 12:00"),
        ({"calendar_days": 3}, "ru", "в течение 3 дн., в то же время суток"),
        ({"calendar_days": 1, "by": "24:00"}, "fr", "dans un délai d’un jour, au plus tard à la fin de la journée"),
        (RANGE, "en", "within 24–72 h"),
        (RANGE, "de", "innerhalb von 24–72 Std."),
        (RANGE, "fi", "24–72 tunnin kuluessa"),
        (DAYS, "en", "within 2–4 working days, by closing time"),
        (DAYS, "pl", "w ciągu 2–4 dni roboczych, do zamknięcia"),
        (DAYS, "ru", "в течение 2–4 раб. дн., до закрытия"),
        (CUTOFF, "en", ("on the same working day (if we are closed, on the next one), by closing time, "
                       "if it reaches us before 16:00, otherwise one working day later")),
        (CUTOFF, "fr", ("le même jour ouvré (si nous sommes fermés, le suivant), au plus tard à la fermeture, "
                       "si votre message arrive avant 16 h, sinon un jour ouvré plus tard")),
        ({"business_hours": "1h 30min"}, "en", "within 1 h 30 min of our opening hours"),
        ({"business_hours": "90s"}, "en", "within 2 min of our opening hours"),
        ({"calendar_hours": "0min"}, "en", "within 0 min"),
        ({"business_days": 1, "by": "12:00"}, "en", "on the next working day, by 12:00"),
        ({"business_days": 3, "by": "opening"}, "nl", "binnen 3 werkdagen, uiterlijk bij opening"),
        ({"calendar_days": 0, "by": "24:00"}, "en", "on the same day, by the end of the day"),
        ({"calendar_days": 1}, "en", "within one day, at the same time of day"),
        ({"calendar_days": 30, "by": "24:00"}, "sk", "do 30 dní, do konca dňa"),
        ({"next_opening": True}, "sv", "genast när vi har öppet, annars när vi öppnar nästa gång"),
        ({"inside": {"business_hours": "3h"}, "outside": {"business_days": 0, "by": "12:00"}}, "en",
         "in opening hours within 3 h of our opening hours, otherwise on the day when we open next, by 12:00"),
        ({"inside": {"business_hours": "3h"}, "outside": {"business_days": 1, "by": "12:00"}}, "en",
         "in opening hours within 3 h of our opening hours, otherwise on the next working day, by 12:00"),
        ({"earliest": {"business_hours": "30min"}, "latest": {"business_hours": "2h"}}, "en",
         "within 30 min – 2 h of our opening hours"),
        ({"earliest": {"calendar_hours": "2h"}, "latest": {"business_days": 1, "by": "close"}}, "en",
         "at the earliest within 2 h, at the latest on the next working day, by closing time"),
    ],
)  # fmt: skip
def test_a_target_in_words(due: dict[str, Any], language: str, expected: str) -> None:
    assert said(due, language) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ["within 24 h on working days"]),
        ({"promise": "typical"}, ["usually within 24 h on working days"]),
        ({"promise": "best_effort"}, ["within 24 h on working days, if somebody is available"]),
        ({"owed_by": "customer"}, ["your deadline: within 24 h on working days"]),
        ({"expected": {"business_hours": "3h"}},
         ["usually within 3 h of our opening hours", "at the latest within 24 h on working days"]),
    ],
)  # fmt: skip
def test_what_a_promise_is_worth_is_said(more: dict[str, Any], expected: list[str]) -> None:
    told = promised_in_words(metric(WORKDAYS, **more), shipped_language("en"))
    assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in told] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_words_of_a_page(language: str) -> None:
    assert all(shipped_language(language).page_words().values())
