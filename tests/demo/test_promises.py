"""The demo under way: what it promises, who is in it, and that whatever is done to its evidence is told."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from alongside.contracts.models import Signature
from alongside.demo import actions
from alongside.demo.people import EVERYONE
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Account, Membership, Organisation, OrganisationRole
from alongside.foundation.identity.terms import MembershipState, OrganisationRoleName
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part


def run(command: str, *arguments: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_json_has_the_promised_shape(told):
    assert actions.described() == told.described
    assert set(told.described) == {"programmes", "sign_ins", "planted"}
    slugs = set(Organisation.objects.values_list("slug", flat=True))
    for programme in told.described["programmes"]:
        assert set(programme) == {"slug", "organisation"}
        assert Programme.objects.get(slug=programme["slug"]).organisation.slug == programme["organisation"]
    for held in told.described["sign_ins"]:
        assert set(held) == {"name", "role", "organisation", "email", "password"}
        assert held["organisation"] in slugs
        assert Account.objects.get(email=held["email"]).check_password(held["password"])
    addresses = {held["email"] for held in told.described["sign_ins"]}
    for planted in told.planted:
        assert set(planted) == {"text", "what", "may"}
        assert planted["may"], planted
        assert set(planted["may"]) <= addresses


def test_every_role_and_every_part_is_there(told):
    held = OrganisationRole.objects.filter(until__isnull=True).values_list("role", flat=True)
    assert set(held) == set(OrganisationRoleName.values)
    assert set(Participation.objects.values_list("part", flat=True)) == set(Part.values)
    states = set(Membership.objects.values_list("state", flat=True))
    assert states >= {
        MembershipState.ACTIVE,
        MembershipState.INVITED,
        MembershipState.LISTED,
        MembershipState.SUSPENDED,
    }
    assert len(told.described["sign_ins"]) == len([person for person in EVERYONE if person.joins])


def test_one_person_is_mentor_and_mentee_and_one_belongs_to_both_organisations(told):
    noor = Participation.objects.filter(membership=told.membership("noor"))
    assert set(noor.values_list("part", flat=True)) == {Part.MENTOR, Part.MENTEE}
    here, there = told.membership("mateo"), told.membership("mateo2")
    assert here.account == there.account
    assert {here.organisation.name, there.organisation.name} == {"Northgate Health", "Harbour Trust"}
    parts = Participation.objects.filter(membership__in=[here, there], part=Part.MENTOR)
    assert set(parts.values_list("programme__name", flat=True)) == {
        "Rising leaders, autumn",
        "Quiet voices, spring",
        "First steps",
    }


def test_it_refuses_a_database_that_has_an_organisation(told):
    before = AuditEntry.objects.count()
    with pytest.raises(NotPossible, match="empty database"):
        actions.seed()
    with pytest.raises(CommandError, match="empty database"):
        run("seed_demo")
    assert AuditEntry.objects.count() == before
    assert actions.described() == told.described


def sql(statement: str) -> None:
    """Change the database behind the product's back."""
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0


_LAST = "(SELECT max(position) FROM audit_entry)"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_entry SET name = 'contract.signed' WHERE position = 3", "Entry 3 .* was changed"),
        (f"DELETE FROM audit_entry WHERE position = {_LAST}", "cut off"),
        ("DELETE FROM audit_entry WHERE position = 5", "Entry 5 is missing"),
        (f"UPDATE audit_entry SET codes = '[1]' WHERE position = {_LAST} - 1 OR position = 1", "was changed"),
    ],
)
def test_the_audit_log_tells_what_was_done_to_it(told, statement, said):
    run("verify_audit")
    sql(statement)
    with pytest.raises(CommandError, match=said):
        run("verify_audit")


def test_a_cut_tail_is_told_though_the_head_was_mended(told):
    sql(f"DELETE FROM audit_entry WHERE position = {_LAST}")
    last = f"(SELECT hash FROM audit_entry WHERE position = {_LAST})"
    sql(f"UPDATE audit_head SET count = {_LAST}, hash = {last}")
    with pytest.raises(CommandError, match="the anchor knows them"):
        run("verify_audit")


def change(statement: str) -> None:
    """Change signatures by SQL, the names of tables filled in."""
    sql(statement.format(signature=Signature._meta.db_table))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {signature} WHERE id = (SELECT min(id) FROM {signature})",
        "DELETE FROM {signature} WHERE id = (SELECT max(id) FROM {signature})",
        "UPDATE {signature} SET intent = 'Something else' WHERE id = (SELECT min(id) FROM {signature})",
        "UPDATE {signature} SET document_hash = 'abc' WHERE id = (SELECT max(id) FROM {signature})",
        "UPDATE {signature} SET method = 'post' WHERE id = (SELECT max(id) FROM {signature})",
    ],
)
def test_a_signature_that_was_deleted_or_changed_is_told(told, statement):
    run("verify_contracts")
    change(statement)
    with pytest.raises(CommandError):
        run("verify_contracts")


def test_two_signatures_that_were_swapped_are_told(told):
    first, second = Signature.objects.filter(layer="private").order_by("pk")[:2]
    assert first.membership_id != second.membership_id
    spare = told.membership("elin").pk
    for pk, member in ((first.pk, spare), (second.pk, first.membership_id), (first.pk, second.membership_id)):
        change(f"UPDATE {{signature}} SET membership_id = {member} WHERE id = {pk}")
    with pytest.raises(CommandError):
        run("verify_contracts")
