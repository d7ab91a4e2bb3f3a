"""Rows, labels, the door, and the check of every address."""

import pytest
import structlog
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.access import Column, Reader, Row, registry, table
from alongside.foundation.identity.models import Organisation, OrganisationRole
from tests import cast

pytestmark = pytest.mark.django_db


def yes(actor, subject):
    return True


def no(actor, subject):
    return False


@pytest.fixture
def declared(monkeypatch):
    """Rows for one test only."""
    monkeypatch.setattr("alongside.foundation.access.registry._rows", {})
    return access.declare


@pytest.fixture
def ada():
    return cast.first_administrator()


def test_whoever_fits_one_reader_may(declared, ada):
    declared(Row("x.read", "A record", (Reader(Column.MENTOR, no), Reader(Column.MENTEE, yes))))
    assert access.may(ada, "x.read")


def test_whoever_fits_no_reader_may_not(declared, ada):
    declared(Row("x.read", "A record", (Reader(Column.MENTOR, no),)))
    assert not access.may(ada, "x.read")


def test_without_an_actor_nobody_may(declared):
    declared(Row("x.read", "A record", (Reader(Column.MENTOR, yes),)))
    assert not access.may(None, "x.read")


def test_a_refusal_is_logged_by_refs_without_names_and_tokens(ada):
    token = "Xq3vXq3vXq3vXq3vXq3v"
    with structlog.testing.capture_logs() as said, pytest.raises(Http404):
        access.fetch(OrganisationRole.objects.all(), membership=ada.membership, role=token)
    [line] = said
    assert line["kind"] == "identity.organisationrole"
    assert line["key"] == {"membership": ada.membership.ref, "role": "…"}


def test_a_permission_is_declared_once(declared):
    declared(Row("x.read", "A record", ()))
    with pytest.raises(ValueError, match="declared twice"):
        declared(Row("x.read", "Another", ()))


def test_the_table_has_a_cell_for_each_column_and_a_dash_for_nobody(declared):
    declared(Row("x.read", "A record", (Reader(Column.MENTOR, yes, _("own")), Reader(Column.COORDINATOR, yes))))
    declared(Row("y.read", "Another", (Reader(Column.COORDINATOR, yes),)))
    cells = [[(str(cell.label), cell.words) for cell in line.cells] for line in table.lines()]
    assert cells == [[("Mentor", "own"), ("Coordinator", "yes")], [("Mentor", "–"), ("Coordinator", "yes")]]


@pytest.mark.parametrize(
    ("labels", "words", "figures"),
    [
        (["you"], "Only you can read this", 1),
        (["you", "{partner}"], "You and Amara can read this", 2),
        (["you", "{partner}", "the coordinator"], "You, Amara and the coordinator can read this", 3),
        (["you", "you", "{partner}"], "You and Amara can read this", 2),
    ],
)
def test_the_label_beside_a_field_names_its_readers(declared, labels, words, figures):
    declared(Row("x.read", "A record", tuple(Reader(Column.MENTOR, yes, label=label) for label in labels)))
    assert access.label("x.read", partner="Amara") == (figures, words)


def test_absent_and_forbidden_look_alike(ada):
    other = cast.organisation(name="Harbour Trust")
    mine = Organisation.objects.filter(pk=ada.organisation.pk)
    with pytest.raises(Http404) as forbidden:
        access.fetch(mine, ref=other.ref)
    with pytest.raises(Http404) as absent:
        access.fetch(mine, ref="doesnotexist")
    assert str(forbidden.value) == str(absent.value)


def answer(rf, permission, actor, method="GET", methods="GET POST"):
    @access.requires(permission, methods=methods)
    def view(request):
        return HttpResponse("words")

    request = rf.generic(method, "/")
    request.actor = actor
    return view(request)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "POST"])
def test_a_method_that_a_page_does_not_have_is_refused(rf, ada, method):
    assert answer(rf, access.MEMBER, ada, method, methods="GET").status_code == 405


def test_a_page_for_members_sends_others_to_the_first_page(rf):
    assert answer(rf, access.MEMBER, None).url == "/"


def test_a_page_permission_is_decided_at_the_door(rf, declared, ada):
    declared(Row("x.page", "A page", (Reader(Column.ADMINISTRATOR, no),), page=True))
    with pytest.raises(Http404):
        answer(rf, "x.page", ada)


def test_a_page_that_needs_an_unknown_permission_fails_rather_than_opens(rf, declared, ada):
    with pytest.raises(LookupError):
        answer(rf, "x.unknown", ada)


def test_every_row_names_at_least_one_reader():
    assert [row.permission for row in registry.rows() if not row.who] == []
