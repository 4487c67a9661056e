"""What mkdocs.yml needs besides docs/: pages of the root, every docstring, links into the code, llms.txt."""

import re
import sys
import tomllib
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from types import ModuleType

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

import slacalc

ROOT = Path(__file__).parents[1]
ROOT_PAGES = ("SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md", "RELEASING.md")
DOCSTRINGS = "reference/docstrings.md"
LINK = re.compile(r"\]\((?!https?:|mailto:|tel:|#)([^)#\s]+)(#[^)\s]*)?\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the root, and one of all docstrings."""
    for name in ROOT_PAGES:
        files.append(File.generated(config, name, content=(ROOT / name).read_text(encoding="utf-8")))
    files.append(File.generated(config, DOCSTRINGS, content=docstrings()))
    return files


def on_page_markdown(markdown: str, *, page: Page, files: Files, **_: object) -> str:
    """Point links at pages of the site, or at the code; tell sessions of Python from programs."""
    here = page.file.src_uri if page.file.src_uri in ROOT_PAGES else f"docs/{page.file.src_uri}"
    parts = split_at_fences(markdown)
    return "".join(as_session(part) if fenced else linked(part, here, page.file, files) for fenced, part in parts)


def on_post_build(config: MkDocsConfig) -> None:
    """Write llms.txt: the pages with their addresses, as a program reads them."""
    (Path(config.site_dir) / "llms.txt").write_text(llms_text(config), encoding="utf-8")


def on_nav(nav: Navigation, *, config: MkDocsConfig, **_: object) -> None:
    """Keep the reading order for llms.txt."""
    config.extra["reading_order"] = [page.file for page in nav.pages]


def docstrings() -> str:
    """Return a page with every public name in alphabetical order, its signature and its docstring."""
    head = "# Every docstring\n\nIn alphabetical order; [all public names](api.md) has them by question.\n"
    return head + "".join(f"\n::: {address(name)}\n" for name in sorted(slacalc.__all__, key=str.lower))


def address(name: str) -> str:
    """Return where a public name is defined, which is where its docstring is read."""
    value = getattr(slacalc, name)
    if isinstance(value, ModuleType):
        return value.__name__
    home = getattr(value, "__module__", "")
    return f"{home if home.startswith('slacalc') else home_of(name, value)}.{name}"


def home_of(name: str, value: object) -> str:
    """Return the deepest module that holds a value which does not know its own."""
    homes = [
        module
        for module, loaded in sys.modules.items()
        if module.startswith("slacalc.") and vars(loaded).get(name) is value
    ]
    return min(homes, key=lambda module: (name not in getattr(sys.modules[module], "__all__", ()), module))


def split_at_fences(markdown: str) -> list[tuple[bool, str]]:
    """Return the text in order, each part with whether it is a block of code."""
    parts, done = [], 0
    for fence in FENCE.finditer(markdown):
        parts += [(False, markdown[done : fence.start()]), (True, fence[0])]
        done = fence.end()
    return [*parts, (False, markdown[done:])]


def as_session(block: str) -> str:
    """Return a block of Python with prompts as what Pygments calls a session."""
    return block.replace("```python", "```pycon", 1) if ">>> " in block else block


def linked(text: str, here: str, file: File, files: Files) -> str:
    r"""Return the text with its links as the site has them, and `\|` in code as the tables of the site read it."""

    def target(match: re.Match[str]) -> str:
        path = normpath(str(PurePosixPath(here).parent / match[1]))
        page = path.removeprefix("docs/") if path.startswith("docs/") else path
        if files.get_file_from_path(page) and (page in ROOT_PAGES or path.startswith("docs/")):
            return f"]({relpath(page, str(PurePosixPath(file.src_uri).parent))}{match[2] or ''})"
        return f"]({repository()}/blob/main/{path}{match[2] or ''})"

    return re.sub(r"`[^`\n]*`", lambda code: code[0].replace("\\|", "|"), LINK.sub(target, text))


def repository() -> str:
    """Return where the code lives; pyproject.toml is the one place that says it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["urls"]["Repository"])


def llms_text(config: MkDocsConfig) -> str:
    """Return the list of pages in reading order, each with its title and first sentence."""
    lines = [f"# {config.site_name}", "", f"> {config.site_description}", "", "## Pages", ""]
    return "\n".join([*lines, *map(entry, config.extra["reading_order"])]) + "\n"


def entry(file: File) -> str:
    """Return a page's line: its title, its address, and its first two sentences."""
    text = file.content_string
    title = next(line.removeprefix("# ") for line in text.splitlines() if line.startswith("# "))
    begins = next((part for part in text.split("\n\n")[1:] if part[:1].isalpha()), "")
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", " ".join(begins.split()))
    sentences = re.findall(r"[^.?!]+[.?!]+(?= |$)", plain)[:2]
    return f"- [{title}]({file.url}): {''.join(sentences)}".rstrip(": ")
