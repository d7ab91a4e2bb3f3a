"""The board as its coordinator uses it: finding pairs, looking, locking, swapping, and what others may not see."""

import pytest

from alongside.foundation import jobs
from alongside.foundation.events.models import AuditEntry
from alongside.matching import actions, queries
from alongside.matching.models import Left, Mark, Opened, Proposal, Question, Round, Run
from alongside.matching.rules import Policy
from alongside.matching.terms import MarkKind, Way
from alongside.people.models import ProfileSkill
from alongside.programmes import actions as programmes
from tests import cast
from tests.matching import world
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, squeezed, twice, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    """Ben wants what Kwame offers; nobody offers what Elin wants, so her pair is worth a look."""
    made = world.made()
    world.says(made.amara, offered="Budgets", site="Eastgate", job_title="Head of therapies")
    world.says(made.kwame, offered="Leading a team", site="Harbour")
    world.says(made.ben, wanted="Leading a team", site="Harbour", job_title="Staff nurse")
    world.says(made.elin, wanted="Welsh", site="Eastgate")
    return made


@pytest.fixture
def worked_out(w):
    """The same with pairs."""
    world.worked_out(w)
    return w


def url(w, rest: str = "") -> str:
    return f"/programmes/{w.programme.slug}/matching/{rest}"


def get(w, rest: str = "", actor=None) -> str:
    return squeezed(words_of(browser_of(actor or w.carys).get(url(w, rest))))


def post(w, rest: str, data=None, actor=None, follow: bool = True):
    return browser_of(actor or w.carys).post(url(w, rest), data or {}, follow=follow)


def pair_of(held) -> Proposal:
    return Proposal.objects.filter(mentee=held).latest("run__number")


def revision(w) -> int:
    return Round.objects.get(programme=w.programme).revision


def two(w, mentee, mentor, **more):
    return {"mentee": mentee.ref, "mentor": mentor.ref, "seen": revision(w), **more}


# --- before the first run, and while one is under way


def test_before_the_first_run_there_is_one_button(w):
    said = get(w)
    assert said.count("is-first") == 1
    assert "Find the best pairs" in said


def test_whoever_presses_it_sees_how_far_it_is_and_then_the_board(w):
    said = words_of(post(w, "begin/"))
    assert "The pairs are being worked out" in said
    assert "Stop this" in said
    jobs.run_pending()
    assert "Kwame Mensah" in get(w)


def test_another_coordinator_sees_that_it_is_under_way_and_by_whom_and_may_stop_it(w):
    iris = cast.member("Iris Holm", w.programme.organisation, "coordinator")
    cast.takes_part(w.programme, iris, "coordinator", w.carys)
    post(w, "begin/")
    assert "Carys Llewellyn began this at" in get(w, actor=iris)
    post(w, "stop/", actor=iris)
    jobs.run_pending()
    assert "The last time it was stopped before its end." in get(w)


def test_a_run_that_came_to_nothing_says_why_and_offers_to_try_again(w):
    post(w, "begin/")
    actions.give_up(Run.objects.get(), "There is no engine here.")
    said = get(w)
    assert "There is no engine here." in said
    assert "Try it again" in said


def test_nobody_to_pair_is_said_instead_of_a_fault(w):
    for held in (w.ben, w.elin):
        programmes.end_participation(held, by=w.carys)
    assert "Nobody waits for a mentor here" in words_of(post(w, "begin/"))


def test_progress_is_asked_for_again_until_the_end(w):
    post(w, "begin/")
    browser = browser_of(w.carys)
    under_way = browser.get(url(w, "progress/"), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in under_way.headers
    jobs.run_pending()
    assert browser.get(url(w, "progress/"), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert browser.get(url(w, "progress/")).url == url(w)


# --- the board


def test_the_board_says_what_is_next_what_is_proven_and_why_two_people_fit(worked_out):
    said = get(worked_out)
    assert "Look at 1 pair, then publish all 2" in said
    assert "Best under your rules: no other pairing places more people" in said
    assert "Rules can be wrong, so look before you publish." in said
    assert "Leading a team; both at Harbour" in said
    assert "Staff nurse, Harbour" in said


def test_the_list_is_narrowed_by_name_state_and_site_and_sorted(worked_out):
    w = worked_out
    names = lambda rest: [row.proposal.mentee for row in browser_of(w.carys).get(url(w, rest)).context["pairs"]]  # noqa: E731
    assert names("") == [w.ben, w.elin]
    assert names("?sort=fit") == [w.elin, w.ben]
    assert names("?sort=-name") == [w.elin, w.ben]
    assert names("?q=kwame") == [w.ben]
    assert names("?state=look") == [w.elin]
    assert names("?site=Harbour") == [w.ben]
    assert names("?sort=nonsense&state=nonsense&page=99") == [w.ben, w.elin]


def test_looking_takes_a_pair_off_the_list_of_what_is_left_and_a_get_does_not(worked_out):
    w = worked_out
    ref = pair_of(w.elin).ref
    get(w, f"pairs/{ref}/")
    assert not Opened.objects.exists()
    post(w, f"looked/{ref}/")
    assert Opened.objects.get().mentor == w.amara
    assert "Check, then publish all 2" in get(w)


def test_whoever_looks_on_the_page_of_a_pair_comes_to_the_next(worked_out):
    w = worked_out
    ref = pair_of(w.elin).ref
    assert post(w, f"looked/{ref}/", {"on": "1"}, follow=False).url == url(w, f"#p-{ref}")
    assert post(w, f"looked/{pair_of(w.ben).ref}/", {"on": "1"}, follow=False).url.startswith(url(w))


def test_a_pair_stands_side_by_side_with_what_both_have_marked(worked_out):
    w = worked_out
    said = get(w, f"pairs/{pair_of(w.ben).ref}/")
    assert "<b>Leading a team<span" in said
    assert "All that Ben wants: Leading a team." in said
    assert "Who else would fit Ben Thomas" in said
    assert "Amara Okafor" in said


def test_the_list_leaves_as_a_file_with_the_reasons_and_the_log_says_so(worked_out):
    w = worked_out
    response = post(w, "export/", {"q": "ben"})
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Ben Thomas,Kwame Mensah,")
    assert AuditEntry.objects.filter(name="matching.exported").count() == 1


@pytest.mark.parametrize("page", ["", "check/"])
def test_a_page_asks_as_much_for_many_as_for_few(w, page):
    world.more(w, 3)
    world.worked_out(w)
    few = queries_of(browser_of(w.carys), url(w, page))
    world.more(w, 12)
    world.worked_out(w)
    many = queries_of(browser_of(w.carys), url(w, page))
    assert len(many) == len(few)
    assert twice(many) == []


def test_hostile_words_do_no_harm(worked_out):
    w = worked_out
    browser = browser_of(w.carys)
    for kind, text in HOSTILE.items():
        for name in ("q", "state", "site", "sort", "page", "left"):
            assert is_harmless(browser.get(url(w), {name: text})), (kind, name)
        for page, data in (
            ("mark/", {"mentee": text, "mentor": text, "kind": text, "seen": text}),
            ("ask/", {"mentee": text, "mentor": text}),
            ("run/", {"how": text}),
            ("words/", {"words": text, "seen": "0"}),
        ):
            assert is_harmless(browser.post(url(w, page), data)), (kind, page)
    assert is_harmless(browser.get(url(w, "check/")))


# --- locks, swaps, questions


def test_a_lock_stays_and_says_whose_it_is_and_needs_no_new_run(worked_out):
    w = worked_out
    post(w, "mark/", two(w, w.ben, w.kwame, kind="hold"))
    said = get(w)
    assert "Locked by you" in said
    assert "Work the pairs out again" not in said
    iris = cast.member("Iris Holm", w.programme.organisation, "coordinator")
    cast.takes_part(w.programme, iris, "coordinator", w.carys)
    assert "Locked by Carys Llewellyn" in get(w, actor=iris)


def test_a_ban_asks_for_a_new_run_and_is_taken_back_again(worked_out):
    w = worked_out
    post(w, "mark/", two(w, w.ben, w.kwame, kind="ban"))
    assert "Work the pairs out again" in get(w)
    post(w, "mark/", two(w, w.ben, w.kwame, kind=""))
    assert not Mark.objects.exists()
    assert "Work the pairs out again" not in get(w)


def test_two_who_must_not_be_paired_are_marked_in_their_row_until_it_is_worked_out_again(worked_out):
    w = worked_out
    post(w, "mark/", two(w, w.ben, w.kwame, kind="ban"))
    for page in ("", f"pairs/{pair_of(w.ben).ref}/"):
        (row,) = [one for one in rows_of(w, page) if one.proposal.mentee == w.ben]
        assert (row.state_words, row.held, row.banned) == (
            "Not these two: gone once it is worked out again", False, True,
        )  # fmt: skip


def rows_of(w, page: str):
    """The pairs that stand on a page."""
    context = browser_of(w.carys).get(url(w, page)).context
    return context["pairs"] if "pairs" in context else [context["row"]]


def test_unlocking_two_who_were_put_together_asks_for_a_new_run(worked_out):
    w = worked_out
    post(w, "mark/", two(w, w.ben, w.amara, kind="hold", again="1"))
    jobs.run_pending()
    assert pair_of(w.ben).mentor == w.amara
    post(w, "mark/", two(w, w.ben, w.amara, kind=""))
    assert "Locks, rules or people have changed" in get(w)


def test_whoever_locks_what_somebody_else_changed_meanwhile_is_told_who(worked_out):
    w = worked_out
    seen = revision(w)
    post(w, "mark/", {**two(w, w.ben, w.kwame, kind="hold"), "seen": seen})
    said = words_of(post(w, "mark/", {**two(w, w.elin, w.amara, kind="hold"), "seen": seen}))
    assert "Carys Llewellyn has changed this matching meanwhile. Look at it again." in said
    assert Mark.objects.count() == 1


def test_every_mentor_stands_in_the_list_for_a_mentee_with_what_rules_forbid(worked_out):
    w = worked_out
    world.manages(w.kwame, w.elin)
    world.worked_out(w)
    response = browser_of(w.carys).get(url(w, f"mentees/{w.elin.ref}/"))
    rows = [(one["mentor"], one["forbidden"], one["is_theirs"]) for one in response.context["candidates"]]
    assert rows == [(w.amara, "", True), (w.kwame, "“No line manager, and nobody above them”", False)]
    assert "No mentor of that name" in get(w, f"mentees/{w.elin.ref}/?q=nobody")


def test_asking_why_not_says_what_it_would_cost_and_offers_the_lock(worked_out):
    w = worked_out
    asked = post(w, "ask/", {"mentee": w.ben.ref, "mentor": w.amara.ref}, follow=False).url
    browser = browser_of(w.carys)
    assert "Being worked out" in words_of(browser.get(asked))
    jobs.run_pending()
    said = squeezed(words_of(browser.get(asked)))
    assert "It could be done, at a price" in said
    assert "The other pairs together would lose 10 points." in said
    assert "Elin Berg" in said
    assert "Lock these two and work it out again" in said


def test_the_same_question_is_answered_once(worked_out):
    w = worked_out
    for _time in range(2):
        post(w, "ask/", {"mentee": w.ben.ref, "mentor": w.amara.ref})
    assert Question.objects.count() == 1


def test_where_all_pairs_were_kept_the_cost_is_that_of_the_pairs_that_are_shown(worked_out):
    """Since then each wants what the other one's mentor offers; kept pairs stay all the same."""
    w = worked_out
    ProfileSkill.objects.filter(side="wanted").delete()
    world.says(w.ben, wanted="Budgets")
    world.says(w.elin, wanted="Leading a team")
    world.worked_out(w, fixed=True)
    assert pair_of(w.ben).mentor == w.kwame
    asked = post(w, "ask/", {"mentee": w.ben.ref, "mentor": w.amara.ref}, follow=False).url
    jobs.run_pending()
    said = squeezed(words_of(browser_of(w.carys).get(asked)))
    assert "It could be done" in said
    assert "The other pairs together would gain" in said
    assert "Amara Okafor, " in said


def test_what_was_asked_before_a_new_run_says_so_and_offers_no_lock(worked_out):
    w = worked_out
    asked = post(w, "ask/", {"mentee": w.ben.ref, "mentor": w.amara.ref}, follow=False).url
    post(w, "run/", {"how": "anew"})
    jobs.run_pending()
    said = words_of(browser_of(w.carys).get(asked))
    assert "The pairs were worked out again since you asked." in said
    assert "Lock these two" not in said


def test_somebody_who_came_since_cannot_be_asked_about_before_a_new_run(worked_out):
    w = worked_out
    new = cast.takes_part(w.programme, cast.member("Tariq Hussain", w.programme.organisation), "mentee", w.carys)
    said = words_of(post(w, "ask/", {"mentee": new.ref, "mentor": w.amara.ref}))
    assert "was not there when these pairs were worked out" in said
    assert "1 person has come." in get(w)


def test_once_somebody_of_a_pair_has_left_the_pairs_are_worked_out_again_first(worked_out):
    w = worked_out
    programmes.end_participation(w.ben, by=w.carys)
    said = get(w)
    assert "1 person is not to be paired any more." in said
    assert "Work the pairs out again" in said
    assert "Work the pairs out again first" in get(w, "check/")


# --- not yet placed


def test_whoever_is_not_placed_reads_why_and_the_smallest_change(w):
    actions.save_policy(
        w.programme, Policy(weights={"skills": 100}, site=True), way=Way.COORDINATOR, seen=0, by=w.carys
    )
    new = cast.takes_part(w.programme, cast.member("Tariq Hussain", w.programme.organisation), "mentee", w.carys)
    world.says(new, wanted="Budgets", site="Harbour")
    world.worked_out(w)
    left = Left.objects.get()
    said = get(w)
    assert "One more place with Kwame Mensah" in said
    assert "One more place with Kwame Mensah would place one person more." in said
    assert f"/people/{w.kwame.ref}/places/" in said
    post(w, f"looked/{left.ref}/")
    assert Opened.objects.get().mentee == left.mentee
    assert "The smallest changes that would help" in get(w, f"mentees/{left.mentee.ref}/")


def test_where_nobody_can_be_paired_the_way_leads_to_the_rules(w):
    for held in (w.amara, w.kwame, w.ben, w.elin):
        world.says(held, department="Nursing", team="Wards")
    world.worked_out(w)
    said = get(w)
    assert "Nobody could be paired: look why" in said
    assert "The rules leave no mentor: “Not the same team” keeps 2 away." in said
    assert "For 2 people every smallest change needs “Not the same team” lifted." in said


def test_whom_only_their_line_keeps_apart_is_told_that_it_takes_another_mentor(w):
    world.manages(w.kwame, w.ben, w.elin)
    world.manages(w.amara, w.kwame)  # and so above both, too
    world.worked_out(w)
    said = get(w)
    assert "The rules leave no mentor: “No line manager, and nobody above them” keeps 2 away." in said
    assert "No small change: it takes another mentor." in said


def test_one_place_more_with_whom_the_board_names_places_one_person_more(w):
    """What is said is tried: each of them in turn."""
    world.more(w, 5)
    _round, run = world.worked_out(w)
    before = run.figures["matched"]
    assert len(run.figures["scarce"]) == 4
    for ref in run.figures["scarce"]:
        order = run_of_more(run, ref)
        assert order["matched"] == before + 1


def run_of_more(run, ref):
    """What the engine finds with one place more with this mentor."""
    from dataclasses import replace

    from alongside.matching.engine import orders, solving

    order = orders.of_run(run)
    mentors = [{**one, "places": one["places"] + (one["ref"] == ref)} for one in order.mentors]
    return solving.solve(replace(order, mentors=mentors))


# --- two runs


def test_two_runs_stand_beside_each_other_with_whoever_has_another_mentor(worked_out):
    w = worked_out
    first = Run.objects.get()
    post(w, "mark/", two(w, w.ben, w.amara, kind="hold", again="1"))
    jobs.run_pending()
    changes = browser_of(w.carys).get(url(w, f"compare/{first.ref}/")).context["changes"]
    assert [(one.mentee, one.before.mentor, one.after.mentor) for one in changes] == [
        (w.ben, w.kwame, w.amara),
        (w.elin, w.amara, w.kwame),
    ]


def test_the_weakest_pair_of_a_run_is_the_locked_one_where_that_fits_least(w):
    world.says(w.elin, wanted="Leading a team")
    world.worked_out(w)
    post(w, "mark/", two(w, w.ben, w.amara, kind="hold", again="1"))
    jobs.run_pending()
    assert pair_of(w.ben).score < pair_of(w.elin).score
    assert Run.objects.latest("number").figures["worst"] == pair_of(w.ben).score


# --- who may not


def test_a_coordinator_does_not_see_the_pair_of_somebody_whom_they_manage(worked_out):
    w = worked_out
    link = cast.takes_part(w.programme, w.carys, "mentor", w.carys)
    world.manages(link, w.ben)
    said, browser = get(w), browser_of(w.carys)
    assert "Ben Thomas" not in said
    assert "1 more is about you or somebody whom you manage." in said
    for page in (f"pairs/{pair_of(w.ben).ref}/", f"mentees/{w.ben.ref}/"):
        assert browser.get(url(w, page)).status_code == 404
    assert browser.post(url(w, "mark/"), two(w, w.ben, w.kwame, kind="hold")).status_code == 404
    assert browser.post(url(w, "ask/"), {"mentee": w.ben.ref, "mentor": w.amara.ref}).status_code == 404
    assert b"Ben Thomas" not in b"".join(browser.post(url(w, "export/")).streaming_content)


def test_another_coordinator_is_asked_to_look_at_it_also_where_the_two_fit_well(worked_out):
    w = worked_out
    world.manages(cast.takes_part(w.programme, w.carys, "mentor", w.carys), w.ben)
    post(w, f"looked/{pair_of(w.elin).ref}/")
    assert "Another coordinator looks next" in get(w)
    iris = cast.member("Iris Holm", w.programme.organisation, "coordinator")
    cast.takes_part(w.programme, iris, "coordinator", w.carys)
    said = get(w, actor=iris)
    assert "Look at 1 pair, then publish all 2" in said
    assert "Near to a coordinator" in said
    post(w, f"looked/{pair_of(w.ben).ref}/", actor=iris)
    assert "Check, then publish all 2" in get(w)


PAGES = ("", "check/", "discard/", "take-back/", "progress/")
CHANGES = (
    "begin/", "run/", "stop/", "export/", "mark/", "ask/", "words/", "move/locked/", "publish/", "discard/",
    "take-back/",
)  # fmt: skip


def test_nobody_but_its_coordinators_comes_to_the_board_or_changes_anything(worked_out):
    w = worked_out
    iris = cast.member("Iris Holm", w.programme.organisation, "coordinator")  # of other programmes
    before = AuditEntry.objects.count()
    for actor in (world.actor(w.ben), world.actor(w.amara), iris):
        browser = browser_of(actor)
        assert {browser.get(url(w, page)).status_code for page in PAGES} == {404}
        assert {browser.post(url(w, page)).status_code for page in CHANGES} == {404}
    assert AuditEntry.objects.count() == before


def test_held_pairs_of_a_published_or_discarded_round_cannot_be_changed(worked_out):
    w = worked_out
    round_ = queries.open_round(w.carys, w.programme)
    post(w, "discard/", {"seen": round_.revision})
    assert browser_of(w.carys).post(url(w, "mark/"), {**two(w, w.ben, w.kwame, kind="hold")}).status_code == 404
    assert Mark.objects.filter(kind=MarkKind.HOLD).count() == 0
    assert "Find the best pairs" in get(w)
