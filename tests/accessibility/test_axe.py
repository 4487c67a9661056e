"""axe-core finds nothing to complain of in what slacalc writes as HTML: contact pages, pictures, tables."""

from pathlib import Path
from typing import Any, Final

import pytest

from slacalc import contact_page, sample_policy
from tests.gallery_pictures import pictures
from tests.helpers import at
from tests.unit.contact.test_page import PAGES
from tests.unit.test_render import RESULTS

ASK: Final = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(
    found => done(found.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html.slice(0, 200)).join(' | '))));
"""
PAGE: Final = '<!doctype html><html lang="en"><head><title>{name}</title></head><body><main><h1>{name}</h1>{html}</main></body></html>'


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "market", "language"), PAGES)
def test_a_contact_page(
    browser: Any, npm: Path, tmp_path: Path, name: str, market: str, language: str, scheme: str
) -> None:
    html = contact_page(sample_policy(name), market, language, at("20 15:00")).to_html()
    assert complaints(browser, npm, tmp_path, html, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", pictures())
def test_a_picture(browser: Any, npm: Path, tmp_path: Path, name: str, scheme: str) -> None:
    html = PAGE.format(name=name, html=pictures()[name].to_html())
    assert complaints(browser, npm, tmp_path, html, scheme) == []


@pytest.mark.parametrize("name", RESULTS)
def test_a_result(browser: Any, npm: Path, tmp_path: Path, name: str) -> None:
    assert complaints(browser, npm, tmp_path, PAGE.format(name=name, html=RESULTS[name]._repr_html_()), "light") == []


def complaints(browser: Any, npm: Path, folder: Path, html: str, scheme: str) -> list[str]:
    """What axe-core says of a page."""
    (folder / "page.html").write_text(html, encoding="utf-8")
    look = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", look)
    browser.get(f"file://{folder}/page.html")
    browser.execute_script((npm / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = browser.execute_async_script(ASK)
    return found
