"""The handbook as a PDF: tagged, titled, in its language, complete, and deaf to markup."""

import re
import zlib

import pytest

from alongside.programmes import actions, engine, queries
from alongside.programmes.rules.handbook import Block, Span, read
from alongside.programmes.terms import Chapter
from tests import cast
from tests.visits import browser_of

pytestmark = pytest.mark.django_db
MARKUP = '#eval("1") #include "secret" $x$ <label> = Heading @ref \\ *b* _c_ `raw` // comment /* */ [d] #{1+1}'


@pytest.fixture
def c():
    return cast.pair()


def inflated(pdf: bytes) -> bytes:
    """A PDF with its streams read, so that one can look into it without a library."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(found)


def outline(pdf: bytes) -> list[str]:
    """The titles of its bookmarks, which are its headings."""
    titles = re.findall(rb"/Title ?(?:\(((?:\\.|[^\\)])*)\)|<([0-9A-Fa-f]+)>)", inflated(pdf))
    return [_text(plain, code) for plain, code in titles]


def _text(plain: bytes, code: bytes) -> str:
    raw = bytes.fromhex(code.decode()) if code else re.sub(rb"\\(.)", rb"\1", plain)
    return raw.decode("utf-16") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def got(actor, programme, page: str = "pdf/"):
    return browser_of(actor).get(f"/programmes/{programme.slug}/handbook/{page}")


def paper(*blocks: Block, **facts) -> engine.Paper:
    facts = {"title": "T", "organisation": "O", "language": "en-gb", "parts": [engine.Part(blocks, "A")], **facts}
    return engine.Paper(**facts)


def test_it_is_tagged_and_says_its_title_language_and_standard(c):
    response = got(c.ben, c.programme)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="handbook-rising-leaders.pdf"'
    assert response["Cache-Control"] == "no-store, private"
    said = inflated(response.content)
    assert response.content.startswith(b"%PDF-1.7")
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", said)
    assert b"/StructTreeRoot" in said
    assert re.search(rb"/Lang ?\(en", said)
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", said)
    assert b"/DisplayDocTitle true" in said
    assert b"Mentoring at Northgate Health" in said
    assert len(re.findall(rb"/S ?/TH\b", said)) > 40


def test_its_headings_are_the_twelve_sections(c):
    found = outline(got(c.ben, c.programme).content)
    wanted = [f"{chapter.criterion}  {chapter.label}" for chapter in Chapter]
    assert [title for title in wanted if title not in found] == []


def test_only_a_coordinator_gets_the_one_with_what_only_they_read(c, monkeypatch):
    drawn = []
    monkeypatch.setattr(engine, "pdf", lambda paper: drawn.append(paper) or b"%PDF")
    for actor, page in ((c.ben, "pdf/?with=coordinators"), (c.carys, "pdf/"), (c.carys, "pdf/?with=coordinators")):
        actions.save(c.programme, "whom", actions.Written({"eligibility": f"A year here {len(drawn)}"}), by=c.carys)
        assert got(actor, c.programme, page).status_code == 200
    inside = [any(block.inside for part in paper.parts for block in part.blocks) for paper in drawn]
    assert inside == [False, False, True]


def test_markup_in_anybodys_words_stays_words(c):
    for place in (MARKUP, "\\u0000", "]]", '"', "\\", "#", "{", "\\end"):
        made = engine.pdf(
            paper(*read(place), Block("heading", (Span(place),)), title=f"T {place}", organisation=place, facts=[place])
        )
        assert made.startswith(b"%PDF-1.7"), place


def test_letters_without_a_font_do_not_stop_it():
    for words in ("مرحبا", "你好", "\U0001f600", "\ufffe", "a\u202eb"):
        assert engine.pdf(paper(*read(words))).startswith(b"%PDF")


def test_a_sheet_is_one_page_for_each_role(c):
    for role in ("mentor", "mentee", "manager", "coordinator"):
        response = got(c.amara, c.programme, f"for/{role}/pdf/")
        assert response["Content-Disposition"] == f'attachment; filename="{role}-rising-leaders.pdf"'
        assert len(re.findall(rb"/Type ?/Page\b", inflated(response.content))) == 1


def test_each_sheet_says_what_its_role_does_at_each_stage_and_whom_to_ask(c):
    book = queries.handbook(c.programme)
    for role, duty in (
        ("mentor", "Help your mentee name what they want"),
        ("mentee", "Bring the agenda"),
        ("manager", "Make time in the working week"),
        ("coordinator", "Choose, train and brief the people"),
    ):
        said = " ".join(block.text for block in book.sheet(role))
        assert duty in said
        assert "Rapport-building" in said
        assert "Tuesday 1 September 2026 First day" in said
        assert "Carys Llewellyn, " in said
        page = got(c.ben, c.programme, f"for/{role}/").content.decode()
        assert duty in page
