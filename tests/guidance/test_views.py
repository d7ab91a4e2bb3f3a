"""The pages, as a member reads them."""

import re

import pytest
from django.urls import reverse

from alongside import guidance
from alongside.guidance import markdown
from tests import cast

PAGES = [
    "index", "roles", "first_meeting", "agreement", "goals", "barriers", "purposes", "records", "conversations",
    "reviews", "competences", "styles",
]  # fmt: skip
CHOOSE = {key: reverse("guidance:choose", args=[key]) for key in ("lifecycle", "conversation")}
ADDRESSES = [
    *(reverse(f"guidance:{name}") for name in PAGES),
    *(reverse("guidance:model", args=[model.key]) for model in guidance.lifecycles()),
    *(reverse("guidance:conversation", args=[model.key]) for model in guidance.conversations()),
    *(reverse("guidance:course", args=[course.key]) for course in guidance.courses()),
    *CHOOSE.values(),
    CHOOSE["lifecycle"] + "?time-boxed=3&reporting=1",
    CHOOSE["conversation"] + "?" + "&".join(f"{held.key}=2" for held in guidance.fit("conversation").situations),
]


@pytest.fixture
def ben(client, db):
    actor = cast.member("Ben Thomas", cast.organisation())
    client.force_login(actor.account)
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_member_reads_it_and_nothing_is_left_unfilled(ben, address):
    page = ben.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "{{" not in text
    assert "{mentee}" not in text
    assert "<h1>" in text


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_sent_to_sign_in(client, db, address):
    page = client.get(address)
    assert page.status_code == 302
    assert page["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_can_only_be_read(ben, address):
    assert ben.post(address).status_code == 405


def test_clutterbucks_page_shows_phases_duties_and_what_ends_each(ben):
    text = ben.get("/guidance/models/clutterbuck/").content.decode()
    model = guidance.model("clutterbuck")
    for phase in model.phases:
        assert phase.name in text
        for duties in phase.duties.values():
            assert all(duty.replace("'", "&#x27;") in text for duty in duties)
    assert "It is over when one of these is so" in text
    assert "The agreed end is eight weeks away or less" in text


def test_an_unknown_model_is_not_found(ben):
    assert ben.get("/guidance/models/nobody/").status_code == 404


def test_the_agreement_page_keeps_the_private_part_out_of_the_shared_one(ben):
    text = ben.get("/guidance/agreement/").content.decode()
    private, shared = text.split("Only the mentee and the mentor read this part.")[1].split("Shared part")[:2]
    assert "What helps each of us" in private
    assert "What helps each of us" not in shared
    assert "whistleblowing" in private
    assert "whistleblowing" in shared


def test_the_menu_leads_to_guidance(ben):
    assert 'href="/guidance/"' in ben.get("/guidance/records/").content.decode()


def test_a_page_asks_the_database_the_same_whatever_it_shows(ben, django_assert_max_num_queries):
    for address in ADDRESSES:
        with django_assert_max_num_queries(8):
            ben.get(address)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "![x](https://evil.example/p)",
        "[x](data:text/html,hi)", "<a href='https://x' onclick='y'>z</a>", "```\n<b>\n```", "# Large",
    ],
)  # fmt: skip
def test_markdown_makes_nothing_live(text):
    shown = markdown.html(text)
    assert set(re.findall(r"<(\w+)", shown)) <= {"p", "a"}
    assert all(link.startswith("https://") for link in re.findall(r'<a href="([^"]*)', shown))


def test_markdown_makes_lists_emphasis_and_safe_links():
    assert markdown.html("Be *kind*.\n\n- [More](https://example.org)") == (
        '<p>Be <em>kind</em>.</p>\n<ul>\n<li><a href="https://example.org" rel="noopener">More</a></li>\n</ul>\n'
    )
