"""What the documents point to is there."""

import re
from pathlib import Path

from tests.architecture import house

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`|<!--.*?-->", re.DOTALL)


def broken(page: Path, text: str) -> list[str]:
    """Links of a page to files that do not exist, and pictures from another host."""
    found = _LINK.findall(_CODE.sub("", text))
    here = [link.split("#")[0] for link in found if not re.match(r"[a-z]+:|#", link)]
    return [link for link in here if not (page.parent / link).exists()]


def pages() -> list[Path]:
    """Every Markdown page for people."""
    return sorted([*house.ROOT.glob("*.md"), *(house.ROOT / "docs").rglob("*.md")])


def test_every_link_leads_somewhere():
    assert len(pages()) > 20
    found = {page.relative_to(house.ROOT): broken(page, page.read_text("utf-8")) for page in pages()}
    assert {page: links for page, links in found.items() if links} == {}


def test_planted_links_are_caught():
    page = house.ROOT / "README.md"
    text = "[gone](docs/gone.md) [there](LICENSE#x) `[code](nowhere)` [out](https://example.org) ![p](docs/gone.png)"
    assert broken(page, text) == ["docs/gone.md", "docs/gone.png"]


def test_make_knows_every_target_that_the_documents_name():
    targets = set(re.findall(r"^([a-z-]+):", (house.ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        name for page in pages() for name in re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert named - targets == set()
    assert {"run", "test", "check", "setup", "demo", "fix", "bench", "prove", "docs"} <= targets
