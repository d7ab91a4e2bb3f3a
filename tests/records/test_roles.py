"""Whatever somebody's part is: coordinator, mentor, invited, without an address. While pairs go on, too."""

import pytest

from alongside.contracts import engine
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.notifications.models import Mail
from alongside.records import actions, queries
from alongside.relationships.models import Relationship
from tests.records import planting, searching

# What somebody wrote in the organisation's name stays the organisation's; the command lists it.
ORGANISATIONS_OWN = {
    "carys": {
        "guidance.ownedition.content",
        "matching.round.words",
        *(f"matching.run.{column}" for column in ("policy", "apart", "pins", "bans", "fingerprint", "figures")),
        "programmes.handbookedition.words",
        *(f"readiness.ethicscode.{column}" for column in ("edition", "link", "text")),
        *(
            f"readiness.module.{column}"
            for column in ("source", "title", "summary", "link", "text", "questions", "competences")
        ),
    },
    "ada": {f"notifications.ownwords.{column}" for column in ("subject", "text", "button")},
    "petra": {"organisations.noticedraft.sections", "a name in organisations.privacynotice"},
}


@pytest.mark.parametrize("key", ["noor", "carys", "ada", "petra", "rhian", "wil"])
def test_nothing_is_left_of_anybody_but_what_is_the_organisations(told, key):
    if key == "ada":
        planting.another_administrator(told)
    planting.name_everywhere(told, key)
    person = planting.person(told, key)
    sentences = planting.plant(person)
    names = [name for name in (person.membership.name, *person.addresses) if name]
    member = told.membership(key)
    actions.erase(member, by=SYSTEM)
    hits = searching.found([*sentences, *names], searching.tables(), planting.STEM)
    left = {
        sentences.get(text, f"a name in {store.rpartition(' ')[2].replace('_', '.')}") for store, text, _form in hits
    }
    assert left == ORGANISATIONS_OWN.get(key, set())
    listed = {one.table for one in queries.kept(member)}
    assert {place.removeprefix("a name in ") for place in left if "name in" in place} <= listed
    assert {place.rpartition(".")[0] for place in left if "name in" not in place} <= listed
    assert engine.examine().fault is None


def test_a_pair_that_goes_on_ends_and_no_mail_names_whoever_went(told):
    ben = told.membership("ben")
    open_pairs = Relationship.objects.filter(parties__participation__membership=ben, ended_at__isnull=True)
    assert open_pairs.count() == 1
    actions.erase(ben, by=SYSTEM)
    assert open_pairs.count() == 0
    assert not [mail for mail in Mail.objects.all() if "Ben" in f"{mail.subject} {mail.body} {mail.html}"]
