"""A programme in other hands: who may hand it over, to whom, and who names somebody where nobody is left."""

import pytest

from alongside.foundation import hooks
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.terms import OrganisationRoleName
from alongside.foundation.notifications.models import Mail
from alongside.people.actions import people
from alongside.programmes import actions, queries
from alongside.programmes.models import NamedPerson
from alongside.programmes.terms import Duty
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


@pytest.fixture
def iris(c):
    return cast.member("Iris Holm", c.carys.organisation)


def names(programme) -> list[str]:
    return [held.name for held in queries.coordinators(programme)]


def cover(programme) -> list[str]:
    return list(
        NamedPerson.objects.filter(programme=programme, duty=Duty.COVER).values_list("membership__name", flat=True)
    )


def url(programme) -> str:
    return f"/programmes/{programme.slug}/hand-over/"


def test_whoever_hands_over_and_stays_covers(c, iris):
    actions.hand_over(c.programme, iris.membership, stays=True, by=c.carys)
    assert (names(c.programme), cover(c.programme)) == (["Carys Llewellyn", "Iris Holm"], ["Carys Llewellyn"])


def test_whoever_stops_opens_nothing_of_it_any_more(c, iris):
    actions.hand_over(c.programme, iris.membership, stays=False, by=c.carys)
    assert (names(c.programme), cover(c.programme)) == (["Iris Holm"], [])
    assert not queries.visible_to(c.carys).exists()
    assert queries.coordinated_by(iris).get() == c.programme


def test_whoever_covered_and_takes_over_covers_no_more(c, iris):
    actions.hand_over(c.programme, iris.membership, stays=True, by=c.carys)
    actions.hand_over(c.programme, c.carys.membership, stays=False, by=iris)
    assert (names(c.programme), cover(c.programme)) == (["Carys Llewellyn"], [])


def test_the_new_one_is_told_by_mail_and_the_log_remembers_to_whom(c, iris):
    actions.hand_over(c.programme, iris.membership, stays=False, by=c.carys)
    assert Mail.objects.get(subject="You coordinate “Rising leaders” now").to_address == iris.account.email
    entry = AuditEntry.objects.get(name="programme.handed_over")
    assert entry.codes == {"to": iris.membership.ref, "stays": 0}


def test_nobody_takes_over_who_would_look_after_people_whom_they_manage(c, iris):
    people.set_manager(c.ben.membership, iris.membership, by=c.carys)
    with pytest.raises(NotPossible, match="Name another coordinator for Ben Thomas"):
        actions.hand_over(c.programme, iris.membership, stays=False, by=c.carys)
    assert names(c.programme) == ["Carys Llewellyn"]


def test_with_the_former_one_as_cover_that_is_no_clash(c, iris):
    people.set_manager(c.ben.membership, iris.membership, by=c.carys)
    actions.hand_over(c.programme, iris.membership, stays=True, by=c.carys)
    assert names(c.programme) == ["Carys Llewellyn", "Iris Holm"]


@pytest.mark.parametrize(
    ("change", "said"),
    [(identity.suspend, "Iris Holm cannot sign in"), (identity.leave, "Iris Holm cannot sign in")],
)
def test_somebody_who_cannot_sign_in_takes_nothing_over(c, iris, change, said):
    change(iris.membership, by=c.carys)
    iris.membership.refresh_from_db()
    with pytest.raises(NotPossible, match=said):
        actions.hand_over(c.programme, iris.membership, stays=True, by=c.carys)


def test_a_closed_programme_is_not_handed_over(c, iris):
    actions.close(c.programme, by=c.carys)
    with pytest.raises(NotPossible):
        actions.hand_over(c.programme, iris.membership, stays=True, by=c.carys)


def test_the_page_hands_over_and_leads_where_one_may_still_be(c, iris):
    browser = browser_of(c.carys)
    assert "Hand “Rising leaders” over" in words_of(browser.get(url(c.programme)))
    sent = {"successor": iris.membership.work_address or "Iris Holm", "then": "stops"}
    response = browser.post(url(c.programme), sent)
    assert response.headers["Location"] == "/programmes/"
    assert names(c.programme) == ["Iris Holm"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"then": "stays"}, "Say who takes it over."),
        ({"successor": "Nobody Known", "then": "stays"}, "Nobody on the people list has this address"),
        ({"successor": "Carys Llewellyn", "then": "stays"}, "Name somebody else: this is you."),
        ({"successor": "Iris Holm"}, "Say whether you cover for them or stop."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(c, iris, sent, said):
    assert said in words_of(browser_of(c.carys).post(url(c.programme), sent))
    assert names(c.programme) == ["Carys Llewellyn"]


def test_nobody_else_hands_it_over(c, iris):
    assert browser_of(c.amara).get(url(c.programme)).status_code == 404
    assert browser_of(iris).post(url(c.programme), {"successor": "Iris Holm", "then": "stays"}).status_code == 404


class TestWhereNobodyIsLeft:
    """The last coordinator has left the organisation."""

    PAGE = "/programmes/without-coordinator/"

    @pytest.fixture
    def ada(self, c):
        ada = cast.member("Ada Lund", c.carys.organisation, OrganisationRoleName.ADMINISTRATOR)
        identity.leave(c.carys.membership, by=ada)
        return ada

    def test_an_administrator_is_led_there_and_reads_no_more_than_the_name(self, c, ada):
        steps = [str(step.words) for step in hooks.next_steps.of(ada)]
        assert "Name a coordinator for “Rising leaders”" in steps
        words = words_of(browser_of(ada).get(self.PAGE))
        assert "Rising leaders" in words
        assert c.programme.purpose not in words

    def test_the_named_one_coordinates_alone(self, c, ada, iris):
        browser_of(ada).post(self.PAGE, {"programme": c.programme.ref, "successor": "Iris Holm"})
        assert names(c.programme) == ["Iris Holm"]
        assert not queries.without_coordinator(c.carys.organisation).exists()

    def test_an_administrator_does_not_let_themselves_in(self, c, ada):
        words = words_of(browser_of(ada).post(self.PAGE, {"programme": c.programme.ref, "successor": "Ada Lund"}))
        assert "Name somebody else: this is you." in words
        assert not queries.visible_to(ada).exists()

    def test_while_somebody_coordinates_nobody_is_named(self, c, iris):
        with pytest.raises(NotPossible, match="Somebody coordinates this programme again"):
            actions.name_coordinator(c.programme, iris.membership, by=c.amara)

    def test_coordinators_do_not_open_the_page(self, c):
        assert browser_of(c.carys).get(self.PAGE).status_code in (403, 404)
