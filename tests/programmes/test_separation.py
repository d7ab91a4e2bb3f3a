"""Who may be what at once: plain rules, tried by cases and by whatever hypothesis thinks of."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.programmes.rules import separation
from alongside.programmes.rules.separation import Person, Roles, unattended

CARYS, IRIS, SAM, LENA = Person(1, "Carys"), Person(2, "Iris"), Person(3, "Sam"), Person(4, "Lena")
AMARA, BEN, CHIDI, DANA = Person(5, "Amara"), Person(6, "Ben"), Person(7, "Chidi"), Person(8, "Dana")
SOUND = Roles(coordinators=(CARYS,), leads=(SAM,), alternates=(LENA,))


def with_(**changes) -> Roles:
    return Roles(**(vars(SOUND) | changes))


def said(roles: Roles) -> list[str]:
    found = separation.gaps(roles)
    assert all(gap.refuses and str(gap.why) for gap in found)
    return [str(gap.words) for gap in found]


def test_different_people_in_different_roles_are_all_that_is_asked():
    assert said(SOUND) == []
    assert [check.holds for check in separation.checks(SOUND)] == [True] * 5


def test_without_a_safeguarding_lead_nobody_launches():
    assert said(with_(leads=(), alternates=())) == ["Name a safeguarding lead for the organisation"]
    assert said(with_(leads=())) == ["Name a safeguarding lead for the organisation"]


def test_whoever_coordinates_handles_no_concerns():
    words = "Carys coordinates the programme and handles concerns about safety: name somebody else for one"
    assert said(with_(leads=(CARYS,))) == [words]
    assert said(with_(alternates=(CARYS,))) == [words]
    assert said(with_(leads=(CARYS,), alternates=(CARYS,))) == [words]


def test_whoever_sponsors_handles_no_concerns():
    words = "Sam sponsors the programme and handles concerns about safety: name somebody else for one"
    assert said(with_(sponsor=SAM)) == [words]
    assert said(with_(sponsor=IRIS)) == []


def test_a_coordinator_who_takes_part_needs_another_one():
    mentoring = frozenset({(CARYS, CARYS)})
    assert said(with_(near=mentoring)) == ["Name another coordinator for Carys"]
    assert said(with_(near=mentoring, coordinators=(CARYS, IRIS))) == []


def test_a_coordinator_who_manages_somebody_in_it_needs_another_one():
    managing = frozenset({(CARYS, BEN), (CARYS, AMARA), (CARYS, CHIDI), (CARYS, DANA)})
    assert said(with_(near=managing)) == ["Name another coordinator for Amara, Ben, Chidi and one more"]
    assert said(with_(near=managing | {(IRIS, BEN)}, coordinators=(CARYS, IRIS))) == [
        "Name another coordinator for Ben"
    ]
    assert said(with_(near=managing, coordinators=(CARYS, IRIS))) == []


def test_a_lead_who_takes_part_needs_an_alternate_who_does_not():
    near = frozenset({(SAM, SAM)})
    assert said(with_(near=near)) == []
    assert said(with_(near=near, alternates=())) == ["Name another safeguarding lead or alternate for Sam"]
    assert said(with_(near=near | {(LENA, SAM)})) == ["Name another safeguarding lead or alternate for Sam"]


def test_what_somebody_would_mix_up_is_said_of_them_alone():
    managing = frozenset({(CARYS, BEN), (SAM, AMARA), (LENA, AMARA), (CARYS, CHIDI), (IRIS, CHIDI)})
    roles = with_(near=managing)
    found = {one.name: separation.fault_of_taking_part(roles, one) for one in (AMARA, BEN, DANA)}
    assert {name: words and str(words) for name, words in found.items()} == {
        "Amara": "Name another safeguarding lead or alternate for Amara",
        "Ben": "Name another coordinator for Ben",
        "Dana": None,
    }


def test_questions_about_data_do_not_go_to_whoever_runs_the_programme():
    words = "Give another privacy contact: this one is the own address of Carys, who coordinates"
    assert said(with_(contact_of=(CARYS,))) == [words]


def test_what_would_be_better_refuses_nothing():
    def advised(roles: Roles, covered: bool = True) -> list[str]:
        found = separation.advice(roles, covered=covered)
        assert not any(gap.refuses for gap in found)
        return [str(gap.words) for gap in found]

    assert advised(with_(sponsor=IRIS)) == []
    assert advised(SOUND, covered=False) == ["Name somebody who covers for the coordinator", "Name a sponsor"]
    alternate = "Name a safeguarding alternate for the organisation"
    assert advised(with_(sponsor=IRIS, alternates=())) == [alternate]
    assert advised(with_(sponsor=IRIS, alternates=(SAM,))) == [alternate]
    assert advised(with_(sponsor=IRIS, alternates=(), leads=())) == []
    assert advised(with_(sponsor=CARYS)) == ["Name a sponsor who does not coordinate as well"]


def test_the_only_coordinator_cannot_cover_for_themselves():
    assert (
        str(separation.fault_of_cover(CARYS, (CARYS,))) == "Name somebody else: Carys is the only coordinator so far."
    )
    assert separation.fault_of_cover(IRIS, (CARYS,)) is None
    assert separation.fault_of_cover(CARYS, (CARYS, IRIS)) is None
    assert separation.fault_of_cover(None, (CARYS,)) is None


_people = st.builds(Person, st.integers(1, 6), st.just("X"))


@given(
    holders=st.lists(_people, unique=True, max_size=4).map(tuple),
    near=st.frozensets(st.tuples(_people, _people), max_size=12),
)
def test_somebody_is_unattended_exactly_when_every_holder_is_near_to_them(holders, near):
    found = set(unattended(holders, near))
    for key in range(1, 7):
        taker = Person(key, "X")
        free = [holder for holder in holders if (holder, taker) not in near]
        assert (taker in found) == (bool(holders) and not free)


@given(
    holders=st.lists(_people, unique=True, min_size=1, max_size=3).map(tuple),
    near=st.frozensets(st.tuples(_people, _people), max_size=12),
    another=_people,
)
def test_one_more_holder_never_leaves_more_people_alone(holders, near, another):
    assert set(unattended((*holders, another), near)) <= set(unattended(holders, near))
