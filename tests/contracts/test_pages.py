"""The pages, as the two and those around them come upon them."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from alongside.contracts import actions, queries
from alongside.contracts.hooks import next_steps as ours
from alongside.contracts.models import Signature, Version
from alongside.foundation import vault
from alongside.foundation.hooks import next_steps
from alongside.foundation.notifications.models import Mail
from alongside.relationships import actions as relationships
from alongside.relationships import queries as pairs
from tests import cast as people
from tests.contracts import acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return people.pair()


def browser(actor):
    client = Client()
    client.force_login(actor.account)
    return client


def at(cast, end=""):
    return f"/pairs/{cast.relationship.ref}/agreement/{end}"


def page(actor, address):
    response = browser(actor).get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def fields(cast, **changes):
    draft = queries.agreement(cast.pair(cast.ben)).draft
    return queries.answers(draft) | {"revision": draft.revision} | changes


def token(html):
    return re.search(r'name="shown" value="([^"]+)"', html)[1]


def test_the_whole_way_from_nothing_to_a_signed_agreement(cast):
    ben, amara = browser(cast.ben), browser(cast.amara)
    assert "Write your agreement with Amara" in ben.get(at(cast)).content.decode()
    assert ben.post(at(cast, "begin/")).url == at(cast, "write/")
    saved = ben.post(at(cast, "write/"), fields(cast, place="in the orangery"))
    assert saved.url == at(cast, "look/")
    assert "in the orangery" in ben.get(saved.url).content.decode()
    revision = queries.agreement(cast.pair(cast.ben)).draft.revision
    assert ben.post(at(cast, "show/"), {"revision": revision}).url == at(cast)

    for client in (amara, ben):
        html = client.get(at(cast)).content.decode()
        version = Version.objects.get()
        signed = client.post(at(cast, f"versions/{version.ref}/sign/"), {"read": "on", "shown": token(html)})
        assert signed.url == at(cast)
    assert "Signed by both on" in ben.get(at(cast)).content.decode()
    assert "Signed by both on" in ben.get(f"/pairs/{cast.relationship.ref}/").content.decode()
    cast.relationship.refresh_from_db()
    assert cast.relationship.stage == "direct"


def test_the_box_must_be_ticked(cast):
    version = acts.propose(cast)
    client = browser(cast.amara)
    proof = token(client.get(at(cast)).content.decode())
    answer = client.post(at(cast, f"versions/{version.ref}/sign/"), {"shown": proof})
    assert answer.status_code == 200
    assert "Tick this to go on." in answer.content.decode()
    assert token(answer.content.decode()) == proof
    assert not Signature.objects.exists()


@pytest.mark.parametrize("shown", ["", "forged", "x" * 5000, "\x00"])
def test_a_form_without_the_page_that_it_belongs_to_signs_nothing(cast, shown):
    version = acts.propose(cast)
    client = browser(cast.amara)
    client.post(at(cast, f"versions/{version.ref}/sign/"), {"read": "on", "shown": shown})
    assert not Signature.objects.exists()


def test_a_page_left_open_while_a_change_was_made_signs_nothing_and_says_so(cast):
    first = acts.propose(cast)
    client = browser(cast.amara)
    proof = token(client.get(at(cast)).content.decode())
    acts.change(cast, place="in the orangery")
    acts.propose(cast)
    address = at(cast, f"versions/{first.ref}/sign/")
    answer = client.post(address, {"read": "on", "shown": proof}, follow=True).content.decode()
    assert "This is an old version. Read the newest one, then sign that." in answer
    assert "Mentoring agreement, version 2" in answer
    assert not Signature.objects.exists()


def test_a_double_click_lands_on_the_same_page_with_a_plain_word(cast):
    version = acts.propose(cast)
    client = browser(cast.amara)
    form = {"read": "on", "shown": token(client.get(at(cast)).content.decode())}
    address = at(cast, f"versions/{version.ref}/sign/")
    client.post(address, form)
    assert "You have signed this version already." in client.post(address, form, follow=True).content.decode()
    assert Signature.objects.count() == 2


def test_a_signature_keeps_how_the_signer_had_signed_in(cast):
    cast.amara.account.set_password(people.PASSWORD)
    cast.amara.account.save()
    client = Client()
    client.post("/account/login/", {"login": cast.amara.account.email, "password": people.PASSWORD})
    version = acts.propose(cast)
    html = client.get(at(cast)).content.decode()
    client.post(at(cast, f"versions/{version.ref}/sign/"), {"read": "on", "shown": token(html)})
    assert set(Signature.objects.values_list("method", flat=True)) == {"password"}


def test_whoever_saves_late_keeps_their_words_and_sees_the_others(cast):
    acts.draft(cast)
    late = fields(cast, place="by telephone")
    acts.write(cast, cast.amara, place="in the orangery")
    client = browser(cast.ben)
    html = client.post(at(cast, "write/"), late).content.decode()
    assert "Amara saved something else while you were writing." in html
    assert 'value="by telephone"' in html
    assert "Amara wrote: in the orangery" in html
    again = late | {"revision": re.search(r'name="revision" value="(\d+)"', html)[1]}
    assert client.post(at(cast, "write/"), again).url == at(cast, "look/")
    assert acts.answers(cast)["place"] == "by telephone"


def test_a_half_written_draft_can_be_saved_but_not_shown(cast):
    acts.draft(cast)
    client = browser(cast.ben)
    half = fields(cast, end="", how_often="")
    assert client.post(at(cast, "write/"), half | {"then": "stay"}).url == at(cast, "write/")
    assert acts.answers(cast)["end"] == ""
    assert client.get(at(cast, "look/")).url == at(cast, "write/")
    assert client.post(at(cast, "show/"), {"revision": fields(cast)["revision"]}).url == at(cast, "write/")
    assert Version.objects.get().state == "drafting"
    whole = client.post(at(cast, "write/"), half | {"revision": fields(cast)["revision"]}).content.decode()
    assert "Choose a date." in whole
    assert "Fill this in." in whole


@pytest.mark.parametrize("revision", ["", "0", "-1", "x", "9" * 30, "１"])
def test_a_revision_that_is_none_shows_nothing_for_signing(cast, revision):
    acts.draft(cast)
    assert browser(cast.ben).post(at(cast, "show/"), {"revision": revision}).status_code == 302
    assert Version.objects.get().state == "drafting"


HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {mentee} {records} %(name)s",
    "- not a list\n- nor this",
    "\u202egnihtemos",
    "=1+1",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩🏽‍🤝‍👩🏻",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(cast, words):
    acts.draft(cast)
    client = browser(cast.ben)
    said = fields(cast, own_words=words, not_covered=words, place=words.replace("\n", " "))
    assert client.post(at(cast, "write/"), said).status_code == 302
    acts.propose(cast)
    html = page(cast.amara, at(cast))
    assert "<script>alert" not in html
    assert escape(words.split("\n")[-1].lstrip("- ")) in html


@pytest.mark.parametrize("words", ["\x00", "a\x07b", "—", "x" * 241])
def test_words_that_cannot_stand_in_a_sentence_are_refused_at_the_field(cast, words):
    acts.draft(cast)
    answer = browser(cast.ben).post(at(cast, "write/"), fields(cast, place=words))
    assert answer.status_code == 200
    assert "has-error" in answer.content.decode()


def test_the_last_day_before_the_first_is_refused_at_the_field(cast):
    acts.draft(cast)
    said = fields(cast, start="2026-11-24", end="2026-11-01")
    answer = browser(cast.ben).post(at(cast, "write/"), said)
    assert "Choose a last day after the first one (24 November 2026)." in answer.content.decode()


def test_each_field_says_who_reads_it(cast):
    acts.draft(cast)
    html = page(cast.ben, at(cast, "write/"))
    assert re.search(r'for="id_how_often".*?You and Amara can read this', html, re.DOTALL)
    assert re.search(r'for="id_sessions".*?You, Amara and the coordinator can read this', html, re.DOTALL)


def test_what_is_signed_reads_clean_and_what_is_to_be_signed_shows_the_change(cast):
    first = acts.sign_both(cast)
    acts.change(cast, how_often="every Tuesday")
    second = acts.propose(cast)
    assert "<ins>" in page(cast.amara, at(cast))
    assert "Version 1 holds until both of you have signed this one." in page(cast.amara, at(cast))
    assert "every four to six weeks" in page(cast.amara, at(cast, f"versions/{first.ref}/"))
    for actor in (cast.amara, cast.ben):
        acts.sign(cast, actor, second)
    assert "<ins>" not in page(cast.amara, at(cast))
    assert "<ins>" in page(cast.amara, at(cast, f"versions/{second.ref}/?changes"))
    assert "A later one that both signed has taken its place." in page(cast.ben, at(cast, f"versions/{first.ref}/"))


def test_a_change_can_be_left_on_its_page(cast):
    acts.sign_both(cast)
    client = browser(cast.ben)
    assert client.post(at(cast, "change/")).url == at(cast, "write/")
    assert "Leave the agreement as it is?" in page(cast.ben, at(cast, "drop/"))
    assert client.post(at(cast, "drop/"), {"revision": 1}).url == at(cast)
    assert Version.objects.get().number == 1


def test_after_the_end_it_is_read_only(cast):
    acts.sign_both(cast)
    relationships.end(cast.pair(cast.ben), by=cast.ben)
    html = page(cast.ben, at(cast))
    assert "We come together for this" in html
    assert "Propose a change" not in html
    assert "This has ended" in browser(cast.ben).post(at(cast, "change/"), follow=True).content.decode()


def test_an_unsigned_version_of_an_ended_pair_offers_no_signing(cast):
    acts.propose(cast)
    relationships.end(cast.pair(cast.ben), by=cast.ben)
    html = page(cast.amara, at(cast))
    assert "Sign version 1" not in html
    assert "Not signed" in html


def test_erased_words_leave_a_page_that_says_so(cast):
    acts.sign_both(cast)
    vault.destroy(cast.relationship.key_owner)
    html = page(cast.ben, at(cast))
    assert html.count("The words of this part have been erased.") == 2
    assert "Signed by both on" in html


def test_the_other_one_is_told_by_mail_without_a_word_of_it(cast):
    acts.draft(cast)
    acts.write(cast, own_words="We laugh in the orangery.", place="in the orangery")
    Mail.objects.all().delete()
    version = acts.propose(cast)
    acts.sign(cast, cast.ben, version)
    acts.sign(cast, cast.amara, version)
    actions.ask_change(cast.pair(cast.amara), by=cast.amara)
    called = {cast.amara.account.pk: "Amara", cast.ben.account.pk: "Ben"}
    told = [(called[mail.to_account_id], mail.subject) for mail in Mail.objects.order_by("id")]
    assert told == [
        ("Amara", "Ben asks you to read your mentoring agreement"),
        ("Amara", "Ben has signed your mentoring agreement"),
        ("Ben", "Your mentoring agreement is signed by both of you"),
        ("Ben", "Amara would like to change your mentoring agreement"),
    ]
    for mail in Mail.objects.all():
        assert "orangery" not in f"{mail.__dict__}"


def steps(actor):
    return [(str(step.words), step.yours) for step in next_steps.of(actor) if "agreement" in step.link]


def test_the_next_step_says_whose_turn_it_is(cast):
    assert steps(cast.ben) == [("Write your agreement with Amara", True)]
    acts.draft(cast)
    assert steps(cast.amara) == [("Finish your agreement with Ben", True)]
    version = acts.propose(cast)
    assert steps(cast.ben) == [("Read and sign the agreement with Amara", True)]
    acts.sign(cast, cast.ben, version)
    assert steps(cast.ben) == [("Amara reads and signs the agreement", False)]
    assert steps(cast.amara) == [("Read and sign the agreement with Ben", True)]
    acts.sign(cast, cast.amara, version)
    assert steps(cast.ben) == steps(cast.amara) == []
    acts.change(cast)
    assert steps(cast.ben) == [("Finish the change to your agreement with Amara", True)]
    relationships.end(cast.pair(cast.ben), by=cast.ben)
    assert steps(cast.ben) == []


def test_before_both_have_said_yes_there_is_nothing_to_write():
    cast = people.pair(answered=False)
    assert steps(cast.ben) == []
    assert "There is no agreement yet" in page(cast.ben, at(cast))


def queries_of(client, address, counting):
    client.get(address)
    with counting() as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_the_page_asks_as_often_at_30_versions_as_at_3(cast, django_assert_max_num_queries):
    client = browser(cast.ben)
    seen = []
    acts.propose(cast)
    for number in range(2, 31):
        acts.change(cast, place=f"room {number}")
        acts.propose(cast)
        if number in (3, 30):
            seen.append(queries_of(client, at(cast), lambda: django_assert_max_num_queries(40)))
    assert seen[0] == seen[1]


def test_next_steps_ask_as_often_for_ten_pairs_as_for_two(django_assert_max_num_queries):
    home = people.organisation()
    carys, amara = people.member("Carys Llewellyn", home, "coordinator"), people.member("Amara Okafor", home)
    running = people.programme(carys, launched=True)
    mentor = people.takes_part(running, amara, "mentor", carys, capacity=12)
    seen = []
    for number in range(10):
        mentee = people.member(f"Mentee{number} Thomas", home)
        made = relationships.propose(mentor, people.takes_part(running, mentee, "mentee", carys), by=carys)
        for actor in (amara, mentee):
            relationships.accept(pairs.pair(actor, made.ref), by=actor)
        actions.open_agreement(pairs.pair(amara, made.ref), by=amara)
        if number in (1, 9):
            with django_assert_max_num_queries(8) as counted:
                assert len(list(ours(amara))) == number + 1
            seen.append(len(counted))
    assert seen[0] == seen[1]
