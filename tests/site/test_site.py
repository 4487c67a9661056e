"""Every page of the site loads without a complaint, every link leads somewhere, and search finds what one looks for."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest

ROOT = Path(__file__).parents[2]
SITE = Path(os.environ.get("SLACALC_SITE", "build/site"))
PAGES = sorted(page.relative_to(SITE).as_posix().removesuffix("index.html") for page in SITE.rglob("*.html"))
CODE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]["Repository"]
LINKS = "return [...document.querySelectorAll('a[href]')].map(a => a.href)"
FOUND = "return [...document.querySelectorAll('.md-search-result__link')].map(a => a.href)"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_without_a_complaint_and_its_links_lead_somewhere(browser: Any, address: str, page: str) -> None:
    browser.get(address + page)
    assert browser.find_element("css selector", "article").text
    assert browser.get_log("browser") == []
    assert [link for link in browser.execute_script(LINKS) if not leads_somewhere(link, address)] == []


def leads_somewhere(link: str, address: str) -> bool:
    """Whether a link is right: a page and its heading, a file of the code, or an address elsewhere."""
    whole, anchor = urldefrag(unquote(link))
    if whole.startswith(address):
        file = SITE / whole.removeprefix(address)
        file = file / "index.html" if file.is_dir() else file
        return file.is_file() and (not anchor or f'id="{anchor}"' in file.read_text(encoding="utf-8"))
    if whole.startswith(f"{CODE}/blob/main/"):
        return (ROOT / whole.removeprefix(f"{CODE}/blob/main/")).exists()
    return whole.startswith(("https://", "mailto:", "tel:"))


def test_search_finds_breach(browser: Any, address: str) -> None:
    waiting = pytest.importorskip("selenium.webdriver.support.ui", reason="needs selenium").WebDriverWait(browser, 20)
    browser.get(address)
    box = browser.find_element("css selector", ".md-search__input")
    browser.execute_script("arguments[0].focus()", box)
    box.send_keys("breach")
    found = waiting.until(lambda driver: driver.execute_script(FOUND))
    assert f"{address}glossary/" in {urldefrag(link)[0].partition("?")[0] for link in found}
    browser.get(found[0])
    assert "breach" in browser.find_element("css selector", "article").text.lower()


def test_llms_txt_names_every_page() -> None:
    listed = re.findall(r"^- \[.+?\]\(([^)]+)\)", (SITE / "llms.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(entry.removeprefix("./") for entry in listed) == [page for page in PAGES if page != "404.html"]
