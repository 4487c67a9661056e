# ruff: noqa: RUF001 - a range of times has an en dash
"""Contact pages of the samples in a browser: no complaint, and a widget that is right in every zone and at every edge."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from slacalc import ContactPage, Widget, channel_advice, contact_page, sample_policy
from tests.contact_pages import line_of
from tests.helpers import at
from tests.unit.contact.test_page import MARKETS, PAGES

ZONES: Final = ("Europe/Helsinki", "America/New_York", "Asia/Kolkata", "America/Vancouver")
SHOWN: Final = "return [...document.querySelectorAll('[data-slacalc] li')].map(item => item.firstChild.textContent)"


@pytest.mark.parametrize(("name", "market", "language"), PAGES)
def test_a_page_loads_without_a_complaint(browser: Any, tmp_path: Path, name: str, market: str, language: str) -> None:
    opened(browser, tmp_path, contact_page(sample_policy(name), market, language, at("20 15:00")).to_html())
    assert browser.get_log("browser") == []
    assert browser.find_element("css selector", "h1").text
    assert browser.find_elements("css selector", "main section h2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_screen(browser: Any, tmp_path: Path, scheme: str, width: int) -> None:
    look = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", look)
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        opened(browser, tmp_path, contact_page(sample_policy("b2b_marketplace"), "DE", "de", at("20 15:00")).to_html())
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        paper = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 22, 26)"}[scheme]
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.fixture(scope="module")
def helpdesk() -> ContactPage:
    """Over the end of summer time: the clocks change on Sunday 25 October 2026."""
    return contact_page(sample_policy("webshop_helpdesk"), "BE", "en", at("2026-10-22 08:00"), zone="Europe/Brussels")


@pytest.fixture(scope="module")
def christmas() -> ContactPage:
    return contact_page(sample_policy("webshop_helpdesk"), "BE", "en", at("2026-12-23 08:00"), zone="Europe/Brussels")


@pytest.fixture(scope="module")
def widgets(helpdesk: ContactPage, christmas: ContactPage) -> tuple[Widget, Widget]:
    """Those of both weeks, for readers in every zone: worked out once."""
    return helpdesk.widget(zones=ZONES), christmas.widget(days=4, zones=ZONES)


@pytest.mark.parametrize("zone", ZONES)
def test_the_widget_tells_what_the_library_answers_in_every_zone(
    browser: Any, tmp_path: Path, helpdesk: ContactPage, widgets: tuple[Widget, Widget], zone: str
) -> None:
    """At opening, at the cutoff, at closing, at midnight, over the clock change and on a holiday."""
    autumn = ("2026-10-22 08:59", "2026-10-22 16:00", "2026-10-24 12:00", "2026-10-25 00:00", "2026-10-26 08:30")
    winter = ("2026-12-24 17:00", "2026-12-25 10:00", "2026-12-26 00:00")
    for widget, times in zip(widgets, (autumn, winter), strict=True):
        for time in map(at, times):
            shown(browser, tmp_path, helpdesk.to_html(widget=widget), time, zone)
            assert browser.execute_script(SHOWN) == list(widget.at(time, zone).values()), (zone, time)
            assert browser.find_elements("css selector", "[data-slacalc] small") == []
            assert browser.get_log("browser") == []


EDGES: Final = 6
"""So many edges of a zone are looked at in the browser: the rest is held to the library without one."""
WEEKENDS: Final = {  # two days each, with midnights: the clocks go back on 25 October, and 25 December is a holiday
    "a clock change": "2026-10-24 20:00",
    "a holiday": "2026-12-24 16:00",
}
MOVED: Final = """
    Date.now = () => arguments[0];
    document.dispatchEvent(new Event("visibilitychange"));
    return [...document.querySelectorAll("[data-slacalc] li")].map(item => item.firstChild.textContent);
"""


@pytest.mark.parametrize("days", WEEKENDS)
@pytest.mark.parametrize("name", MARKETS)
def test_the_widget_of_each_sample_is_right_at_its_edges_in_every_zone(
    browser: Any, tmp_path: Path, name: str, days: str
) -> None:
    """A millisecond before an edge, at it, and behind it; at midnight in the zone of the reader, too."""
    market, (language, *_) = MARKETS[name]
    policy, begins = sample_policy(name), at(WEEKENDS[days])
    page = contact_page(policy, market, language, begins)
    widget = page.widget(days=2, zones=ZONES)
    html = page.to_html(widget=widget)
    for zone in ZONES:
        shown(browser, tmp_path, html, begins, zone)
        for instant in edges_of(widget, zone):
            moment = datetime.fromtimestamp(instant / 1000, UTC)
            every = channel_advice(policy, moment, zone=zone, market=market)
            names_zone = any(each.hours.names_zone for each in every)
            told = {each.channel: line_of(each, language, names_zone=names_zone) for each in every}
            assert browser.execute_script(MOVED, instant) == [told[each] for each in widget.channels], (zone, moment)
        assert browser.find_elements("css selector", "[data-slacalc] small") == []
        assert browser.get_log("browser") == []


def edges_of(widget: Widget, zone: str) -> list[int]:
    """Instants at and around some edges of the channels, spread over the days, and around the reader's midnight."""
    found = sorted({edge for channel in dict(widget.edges)[zone] for edge, _ in channel})
    chosen = found[:: max(1, len(found) // EDGES)]
    first = datetime.fromtimestamp(widget.first / 1000, ZoneInfo(zone))
    chosen.append(int((first + timedelta(days=1)).replace(hour=0, minute=0, second=0).timestamp() * 1000))
    near = sorted({edge + shift for edge in chosen for shift in (-1, 0, 1)})
    return [each for each in near if widget.first <= each < widget.last]


def test_a_reader_whose_zone_is_not_in_the_data_reads_the_times_in_their_own(
    browser: Any, tmp_path: Path, helpdesk: ContactPage
) -> None:
    shown(browser, tmp_path, helpdesk.to_html(widget=helpdesk.widget()), at("2026-10-22 10:00"), "Asia/Kolkata")
    said = browser.find_element("css selector", "[data-channel=form] small").text
    assert said.startswith("In your time zone: Thu"), "17:00 in Brussels is 20:30 in Kolkata"
    assert "20:30" in said, "on the clock of 24 hours that the sentences are on"


def test_what_was_told_as_of_then_gives_way_to_what_is_told_now(
    browser: Any, tmp_path: Path, helpdesk: ContactPage
) -> None:
    """Two lists that differ by a quarter of an hour would contradict each other."""
    html = helpdesk.to_html(widget=helpdesk.widget(days=1))
    for time, is_told in (("2026-10-22 10:00", False), ("2026-10-29 08:00", True)):
        shown(browser, tmp_path, html, at(time), "Europe/Brussels")
        assert browser.find_element("id", "now").is_displayed() is is_told, time
    opened(browser, tmp_path, helpdesk.to_html())
    assert browser.find_element("id", "now").is_displayed(), "without a widget nothing is hidden"


@pytest.mark.parametrize("time", ["2026-10-29 08:00", "2026-10-22 07:59"])
def test_a_widget_whose_data_is_not_of_now_says_so_and_shows_hours_only(
    browser: Any, tmp_path: Path, helpdesk: ContactPage, time: str
) -> None:
    shown(browser, tmp_path, helpdesk.to_html(widget=helpdesk.widget()), at(time), "Europe/Brussels")
    box = browser.find_element("css selector", "[data-slacalc]").text
    assert box.startswith(
        "What an answer takes is out of date here. The opening hours are:\nContact form: Mon–Fri 09:00"
    )
    assert "now" not in box


def opened(browser: Any, folder: Path, html: str) -> None:
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    browser.get(file.as_uri())


def shown(browser: Any, folder: Path, html: str, time: datetime, zone: str) -> None:
    """Open a page in a browser whose clock stands at an instant, in a zone."""
    source = {"source": f"Date.now = () => {int(time.timestamp() * 1000)};"}
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
    browser.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": zone})
    try:
        opened(browser, folder, html)
        waiting = import_module("selenium.webdriver.support.ui").WebDriverWait(browser, 20)
        waiting.until(lambda driver: driver.find_elements("css selector", "[data-slacalc] li"))
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script["identifier"]})
