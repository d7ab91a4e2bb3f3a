"""The gallery in a browser: light, dark, mirrored, wide and narrow, with and without a script."""

import pytest
from django.urls import reverse

from alongside.config import urls as ours
from tests.browser import DESKTOP, PHONE, axe_violations, scrolls_sideways, weigh

pytestmark = pytest.mark.journey
# Half of all eight: any two of size, scheme and direction meet in each of their ways.
USUAL = {
    ("desktop", "light", ""),
    ("desktop", "dark", "?dir=rtl"),
    ("phone", "light", "?dir=rtl"),
    ("phone", "dark", ""),
}
LOOKS = [
    pytest.param(
        size,
        scheme,
        query,
        id=f"{name}, {scheme}, {direction}",
        marks=[] if (name, scheme, query) in USUAL else pytest.mark.prove,
    )
    for size, name in ((DESKTOP, "desktop"), (PHONE, "phone"))
    for scheme in ("light", "dark")
    for query, direction in (("", "left to right"), ("?dir=rtl", "right to left"))
]
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    " p { margin-block-end: 2em !important; }"
)


@pytest.mark.parametrize(("size", "scheme", "query"), LOOKS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page_for, server_without_database, size, scheme, query):
    page = page_for(*size, scheme=scheme)
    problems = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(f"{server_without_database}/ui/{query}")
    assert page.locator("html").get_attribute("dir") == ("rtl" if query else "ltr")
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert problems == []


def test_forced_colours_pass_axe(page_for, server_without_database):
    page = page_for(forced_colors="active")
    page.goto(f"{server_without_database}/ui/")
    assert axe_violations(page) == []


def test_wide_text_spacing_fits_on_a_narrow_page(page_for, server_without_database):
    page = page_for(*PHONE, bypass_csp=True)
    page.goto(f"{server_without_database}/ui/")
    page.add_style_tag(content=SPACED)
    assert not scrolls_sideways(page)


def test_print_leaves_out_what_is_for_the_screen(page_for, server_without_database):
    page = page_for()
    page.goto(f"{server_without_database}/ui/next_step/")
    assert page.locator(".next-step").first.is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".next-step").first.is_visible()
    assert not page.locator("header.masthead").first.is_visible()


def test_it_works_without_a_script(page_for, server_without_database):
    page = page_for(script=False)
    page.goto(f"{server_without_database}/ui/masthead/")
    leave = page.get_by_role("button", name="Sign out")
    assert not leave.is_visible()
    page.locator("summary", has_text="Ben Thomas").click()
    assert leave.is_visible()


def test_icons_are_drawn_from_the_sprite(page_for, server_without_database):
    page = page_for()
    page.goto(f"{server_without_database}/ui/status/")
    sizes = page.eval_on_selector_all(".status use", "uses => uses.map(use => use.getBBox().width)")
    assert len(sizes) == 8
    assert all(size > 0 for size in sizes)


def test_stages_are_named_on_a_phone(page_for, server_without_database):
    page = page_for(*PHONE)
    page.goto(f"{server_without_database}/ui/stage_path/")
    near = page.locator(".stage-near").first
    assert near.get_by_text("5 of 7").is_visible()
    assert near.get_by_text("Before: Direct").is_visible()
    assert near.get_by_text("Next: Review").is_visible()
    near.locator("summary").click()
    assert near.locator("li").all_inner_texts() == [
        "Prepare\ndone", "Connect\ndone", "Contract\ndone", "Direct\ndone", "Progress\nnow", "Review\nlater",
        "Afterwards\nlater",
    ]  # fmt: skip


def test_the_skip_link_is_the_first_stop_of_the_keyboard(page_for, server_without_database):
    page = page_for()
    page.goto(f"{server_without_database}/ui/status/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_refused_form_puts_the_summary_first(page_for, server_without_database):
    page = page_for()
    page.goto(f"{server_without_database}/ui/error_summary/")
    assert page.evaluate("document.activeElement.className") == "error-summary"


def test_a_cold_page_is_light(page_for, server_without_database):
    weight = weigh(page_for(), f"{server_without_database}/ui/status/")
    assert len(weight.requests) <= 6
    assert weight.bytes <= 40_000  # of 70,000, so that pages have room for what they show
    assert all(address.startswith(server_without_database) for address in weight.requests)


def test_one_component_stands_alone_and_an_unknown_one_is_not_found(client):
    assert client.get("/ui/status/").status_code == 200
    assert client.get("/ui/cards/").status_code == 404


def test_there_is_no_gallery_outside_development(settings):
    settings.ROOT_URLCONF = ours.__name__
    with pytest.raises(LookupError):
        _gallery()


def _gallery() -> str:
    try:
        return reverse("ui:gallery")
    except Exception as error:
        raise LookupError from error
