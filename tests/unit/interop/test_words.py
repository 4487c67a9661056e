"""Opening hours in words as a format that is written: what is lost, and what is refused."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

import slacalc as sla
from slacalc.interop import words
from tests.refusals import Refusal, check

FIRST: Final = date(2026, 12, 21)
LAST: Final = date(2026, 12, 27)
OFFICE: Final = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", special_days={"2026-12-24": "closed"})


def test_what_is_written_is_what_is_said() -> None:
    said = sla.say_hours(OFFICE, FIRST, LAST, "fi")
    assert words.write_text(OFFICE, FIRST, LAST, language="fi").content == said.to_text()
    assert words.write_html(OFFICE, FIRST, LAST, language="fi").content == said.to_html()
    assert words.write_text(OFFICE, FIRST, LAST).content == sla.say_hours(OFFICE, FIRST, LAST, "en").to_text()


def test_the_zone_and_seconds_are_lost() -> None:
    (zone,) = words.write_text(OFFICE, FIRST, LAST).losses
    assert (zone.severity, zone.where, zone.means) == ("cosmetic", "zone", "the zone Europe/Berlin")
    odd = OFFICE.replace(hours="Mon 09:00:30-17:00")
    with pytest.raises(sla.InteropError, match="hours that begin or end between two minutes"):
        words.write_html(odd, FIRST, LAST)
    assert words.write_text(odd, FIRST, LAST, lossy=True).document.startswith("Mon 09:01")


def test_a_language_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('extends = "en"\ncode = "da"\n[hours]\nclosed = "lukket"\n', encoding="utf-8")
    own = words.write_text(OFFICE, FIRST, LAST, language="da", languages=[sla.load_language(file)])
    assert "Sat, Sun lukket" in own.document


REFUSALS: Final = [
    Refusal(lambda: words.write_text(OFFICE, FIRST, LAST, language="et"), sla.LanguageError, "language_not_had",
            "language", "'et'", "cs, de, en, fi"),
    Refusal(lambda: words.write_html(OFFICE, LAST, FIRST), sla.ExpectationError, "hours_dates_invalid", "last",
            "2026-12-27 to 2026-12-21", "at most 370"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_place_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)
