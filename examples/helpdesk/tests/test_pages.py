"""The pages in a browser without a screen: Debian's chromium and chromium-driver."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from helpdesk.service import Helpdesk
from helpdesk.tests.wall import Wall
from helpdesk.watch import run
from helpdesk.web import application

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"

if not (Path(CHROMIUM).exists() and Path(DRIVER).exists()):
    pytest.skip(
        "the pages are looked at with Chromium: apt-get install chromium chromium-driver", allow_module_level=True
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def address(helpdesk: Helpdesk) -> Iterator[str]:
    """Where the service is: on this machine only."""
    server = uvicorn.Server(uvicorn.Config(application(helpdesk), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        pass
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def new(client: TestClient, subject: str, priority: str = "normal") -> None:
    assert client.post("/tickets", json={"subject": subject, "text": "", "priority": priority}).is_success


def table_of(browser: webdriver.Chrome) -> list[list[str]]:
    rows = browser.find_elements(By.CSS_SELECTOR, "tr")
    return [[cell.text for cell in row.find_elements(By.CSS_SELECTOR, "td, th[scope=row]")] for row in rows]


def seen(browser: webdriver.Chrome, find: Any) -> Any:
    return WebDriverWait(browser, 20).until(find)


def field(browser: webdriver.Chrome, path: str) -> WebElement:
    """The field of a value of the policy, with its problem beside it."""
    found: WebElement = seen(browser, lambda driver: driver.find_element(By.CSS_SELECTOR, f"label[data-path='{path}']"))
    return found


def problem_at(browser: webdriver.Chrome, path: str) -> str:
    text: str = field(browser, path).find_element(By.CLASS_NAME, "problem").text
    return text


def fill(label: WebElement, text: str) -> None:
    box = label.find_element(By.TAG_NAME, "input")
    box.clear()
    box.send_keys(text)


def test_the_queue_shows_who_is_next_and_leads_to_the_ticket(browser: Any, address: str, client: TestClient) -> None:
    new(client, "The <b>printer</b>")
    new(client, "All printers", "urgent")
    browser.get(f"{address}/?agent=Ann")
    assert table_of(browser) == [
        ["2", "rank 1, first_response due Fri 2026-11-20 17:00, received Fri 2026-11-20 15:00"],
        ["1", "rank 2, first_response due Mon 2026-11-23 15:00, received Fri 2026-11-20 15:00"],
    ]
    browser.find_element(By.LINK_TEXT, "1").click()
    assert browser.find_element(By.TAG_NAME, "h1").text == "1: The <b>printer</b>"
    assert browser.get_log("browser") == []


def as_tables(browser: Any) -> None:
    """Open the table below each picture."""
    for each in browser.find_elements(By.TAG_NAME, "summary"):
        each.click()


def test_a_ticket_is_shown_as_a_picture_with_what_was_told(
    browser: Any, address: str, client: TestClient, helpdesk: Helpdesk, wall: Wall
) -> None:
    new(client, "The printer", "urgent")
    wall.turn("2026-11-20T16:30")
    run(helpdesk, lambda _name, _text: None)
    browser.get(f"{address}/tickets/1/page")
    assert "first_response 1: warning, due Fri 2026-11-20 17:00, promised 2h in business hours" in browser.page_source
    as_tables(browser)
    assert "###!" in browser.find_element(By.CSS_SELECTOR, "td:nth-child(2)").text
    assert [each.text for each in browser.find_elements(By.TAG_NAME, "li")] == [
        "2026-11-20 15:00 UTC: 1/first_response/1/1/warning/50%"
    ]


def test_a_week_shows_the_hours_of_each_day(browser: Any, address: str) -> None:
    """24 December is open in the morning, 25 December is a holiday."""
    browser.get(f"{address}/week?day=2026-12-24")
    as_tables(browser)
    rows = {row[0]: row for row in table_of(browser) if row}
    assert rows["Thu 2026-12-24"][1].count("#") == 8
    assert (rows["Fri 2026-12-25"][1].count("#"), rows["Fri 2026-12-25"][3]) == (0, "Christmas Day")
    browser.find_element(By.LINK_TEXT, "Week before").click()
    assert "Mon 2026-12-14" in browser.page_source
    assert browser.get_log("browser") == []


def test_the_form_tells_each_problem_at_its_field_then_what_changes_and_saves(
    browser: Any, address: str, client: TestClient, wall: Wall
) -> None:
    """From Friday 15:00 on the office closes at 16:00: of eight hours one is on Friday, seven on Monday from 09:00."""
    new(client, "The printer")
    browser.get(f"{address}/admin")
    hours = '["calendars","office","hours"]'
    eve = '["calendars","office","special_days",0,"hours"]'
    target = '["rules",0,"metrics","first_response","due","business_hours"]'
    fill(field(browser, hours), "Mon-Fri 9-16")
    fill(field(browser, eve), "some")
    fill(field(browser, target), "1 day")
    browser.find_element(By.ID, "preview").click()
    seen(browser, lambda _: problem_at(browser, hours))
    assert problem_at(browser, hours).startswith("this is not a time of day; given '9'")
    assert problem_at(browser, eve).startswith("a window has a start and an end; given 'some'")
    assert problem_at(browser, target).startswith("a bare day names no clock; given '1 day'")

    wall.turn("2026-11-20T15:00:01")
    fill(field(browser, hours), "Mon-Fri 09:00-16:00")
    fill(field(browser, eve), "closed")
    fill(field(browser, target), "90min")
    browser.find_element(By.ID, "preview").click()
    seen(browser, lambda driver: "Mon 2026-11-23 16:00" in driver.find_element(By.ID, "changes").text)
    assert problem_at(browser, hours) == ""
    assert client.get("/policy").json()["calendars"]["office"]["hours"] == "Mon-Fri 09:00-17:00"

    browser.find_element(By.ID, "author").send_keys("Ann")
    browser.find_element(By.ID, "save").click()
    seen(browser, lambda driver: driver.find_element(By.ID, "said").text == "Saved")
    assert client.get("/policy").json()["calendars"]["office"]["hours"] == "Mon-Fri 09:00-16:00"
    assert client.get("/tickets/1").json()["clocks"]["first_response"]["due"] == "2026-11-23T16:00:00+01:00"
    assert ["422" in each["message"] for each in browser.get_log("browser")] == [True], "the preview of what was wrong"


def test_a_special_day_is_added_in_the_form(browser: Any, address: str, client: TestClient, wall: Wall) -> None:
    browser.get(f"{address}/admin")
    more = seen(browser, lambda driver: driver.find_element(By.XPATH, "//button[text()='One more special day']"))
    more.click()
    fill(field(browser, '["calendars","office","special_days",2,"on"]'), "2026-11-23")
    wall.turn("2026-11-20T15:00:01")
    browser.find_element(By.ID, "author").send_keys("Ann")
    browser.find_element(By.ID, "save").click()
    seen(browser, lambda driver: driver.find_element(By.ID, "said").text == "Saved")
    assert client.get("/policy").json()["calendars"]["office"]["special_days"][2] == {
        "on": "2026-11-23",
        "hours": "closed",
    }


def test_the_report_is_a_page(browser: Any, address: str, client: TestClient) -> None:
    new(client, "The printer")
    browser.get(f"{address}/report")
    assert "first_response" in browser.find_element(By.TAG_NAME, "table").text
    assert browser.get_log("browser") == []
