"""The contact pages of the samples in docs/contact-pages; `python -m tests.contact_pages` writes them anew."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from slacalc import ChannelAdvice, contact_page, sample_policy
from slacalc.expectations.languages import shipped_language
from tests.helpers import ROOT, at

FOLDER: Final[Path] = ROOT / "docs" / "contact-pages"
PAGES: Final = {
    "b2b_marketplace": ("FI", "Europe/Helsinki"),
    "channel_guide": ("FI", "Europe/Helsinki"),
    "marketplace_seller": ("SK", "Europe/Bratislava"),
    "store_correspondence": ("RU", "Europe/Moscow"),
    "webshop_helpdesk": ("BE", "Europe/Brussels"),
}


AT_ONCE: Final = {
    "owed": "reply_at_once",
    "typical": "reply_usually_at_once",
    "best_effort": "reply_at_once_if_available",
}


def line_of(advice: ChannelAdvice, language: str, *, names_zone: bool) -> str:
    """What a page tells of a channel: the sentences of `channel_advice`, with the name in front, and no more."""
    hours = replace(advice.hours, names_zone=names_zone)
    answer = replace(advice.expectation(), names_zone=names_zone)
    said = str(answer.say(language))
    if advice.facts.answers != "promised" or said == str(hours.say(language)):
        return said
    if advice.answers_at_once:
        said = shipped_language(language).page[AT_ONCE[advice.kind or ""]]
    else:
        said = said.partition(":")[2].strip()
    return f"{hours.say(language)} {said[0].upper()}{said[1:]}"


def written(name: str) -> str:
    """The page of a sample in English, as of 1 December 2026, under a heading of its own."""
    market, zone = PAGES[name]
    page = contact_page(sample_policy(name), market, "en", at("2026-12-01 10:00", zone), zone=zone)
    head = (
        f"# The page of `{name}`\n\nMarket {market}, in English; made by [`slacalc page`](../how-to/contact-page.md).\n"
    )
    return head + page.to_markdown().removeprefix("# How to reach us\n")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in PAGES:
        (FOLDER / f"{each}.md").write_text(written(each), encoding="utf-8")
