"""findings/README.md lists every script there, and docs/pitfalls/other-clocks.md names only scripts that exist."""

import re
from typing import Final

from tests.helpers import ROOT

SCRIPTS: Final = {path.stem for path in (ROOT / "findings").glob("*.sh")}
INDEX: Final = (ROOT / "findings" / "README.md").read_text(encoding="utf-8")
PAGE: Final = (ROOT / "docs" / "pitfalls" / "other-clocks.md").read_text(encoding="utf-8")


def test_every_finding_is_listed_once_and_every_line_has_its_script() -> None:
    listed = re.findall(r"^- \[([\w-]+)\]\(([\w-]+)\.sh\):", INDEX, re.MULTILINE)
    assert all(name == file for name, file in listed)
    assert sorted(name for name, _ in listed) == sorted(SCRIPTS)


def test_the_page_names_scripts_that_exist() -> None:
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+){3,})`", PAGE))
    assert named
    assert named <= SCRIPTS
