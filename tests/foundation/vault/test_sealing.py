"""Sealed text opens only with its owner's key, in its own row and column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.foundation import hooks, vault
from alongside.foundation.vault.models import DestroyedKey, Key
from alongside.goals.models import Goal, GoalMark

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class AnyText(TestCase):
    databases = {"default", "keys"}

    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(alphabet="abcdefgh", min_size=1))
    def test_what_is_sealed_comes_back_as_it_was(self, text, place):
        assert vault.unseal_one(vault.seal(text, owner="membership:ben", place=place), place) == text


def test_the_words_do_not_stand_in_the_value():
    assert b"afraid" not in vault.seal("I am afraid of the budget talk", owner="membership:ben", place="a")


def test_the_same_words_never_look_the_same():
    first, second = (vault.seal("the same", owner="membership:ben", place="a") for _ in range(2))
    assert first != second


@pytest.fixture
def goal():
    """A row with more than one column of sealed text."""
    return Goal(ref="goalgoalgoal")


def test_a_place_is_a_column_of_one_row(goal):
    assert vault.place(goal, "why") == "goals.goal.why:goalgoalgoal"


@pytest.mark.parametrize(("row", "column"), [("other", "words"), ("goalgoalgoal", "why")])
def test_a_value_that_was_moved_to_another_row_or_column_does_not_open(goal, row, column):
    value = vault.seal("To lead", owner="membership:ben", place=vault.place(goal, "words"))
    assert vault.unseal_one(value, vault.place(goal, "words")) == "To lead"
    with pytest.raises(vault.BadSeal):
        vault.unseal_one(value, vault.place(Goal(ref=row), column))


def test_a_value_that_was_moved_to_the_same_column_of_another_table_does_not_open(goal):
    value = vault.seal("To lead", owner="membership:ben", place=vault.place(goal, "words"))
    with pytest.raises(vault.BadSeal):
        vault.unseal_one(value, vault.place(GoalMark(ref=goal.ref), "words"))


def test_only_a_column_of_sealed_text_is_a_place(goal):
    with pytest.raises(TypeError, match=r"goals\.Goal\.state is no column of sealed text"):
        vault.place(goal, "state")


def test_a_value_that_was_changed_does_not_open():
    value = bytearray(vault.seal("Ben’s note", owner="membership:ben", place="a"))
    value[-1] ^= 1
    with pytest.raises(vault.BadSeal):
        vault.unseal_one(bytes(value), "a")


def test_what_was_sealed_with_a_destroyed_key_is_gone_for_good():
    value = vault.seal("Ben’s note", owner="membership:ben", place="a")
    vault.destroy("membership:ben")
    assert vault.unseal_one(value, "a") is None
    assert not Key.objects.filter(owner="membership:ben").exists()
    assert DestroyedKey.objects.get().owner == "membership:ben"


def test_destroying_one_key_leaves_the_others():
    amara = vault.seal("Amara’s note", owner="membership:amara", place="b")
    vault.seal("Ben’s note", owner="membership:ben", place="a")
    vault.destroy("membership:ben")
    assert vault.unseal_one(amara, "b") == "Amara’s note"


def test_many_values_need_one_query(django_assert_num_queries):
    values = [(vault.seal(f"note {n}", owner=f"membership:{n % 3}", place=str(n)), str(n)) for n in range(30)]
    with django_assert_num_queries(1, using="keys"):
        assert vault.unseal(values) == [f"note {n}" for n in range(30)]


def test_empty_text_needs_no_key():
    assert vault.seal("", owner="membership:ben", place="a") == b""
    assert not Key.objects.exists()


def test_a_page_that_several_packages_put_together_asks_for_a_key_once(db, django_assert_num_queries):
    sealed = [vault.seal(text, owner="relationship:abc", place="row") for text in ("one", "two")]
    with django_assert_num_queries(1, using="keys"), hooks.assembling():
        assert [vault.unseal_one(value, "row") for value in sealed] == ["one", "two"]
    vault.destroy("relationship:abc")
    assert vault.unseal_one(sealed[0], "row") is None
