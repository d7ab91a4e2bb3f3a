"""Sealed text opens only with its owner's key and in its own row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.foundation import hooks, vault
from alongside.foundation.vault.models import DestroyedKey, Key

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class AnyText(TestCase):
    databases = {"default", "keys"}

    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(alphabet="abcdefgh", min_size=1))
    def test_what_is_sealed_comes_back_as_it_was(self, text, row):
        assert vault.unseal_one(vault.seal(text, owner="membership:ben", row=row), row) == text


def test_the_words_do_not_stand_in_the_value():
    assert b"afraid" not in vault.seal("I am afraid of the budget talk", owner="membership:ben", row="a")


def test_the_same_words_never_look_the_same():
    first, second = (vault.seal("the same", owner="membership:ben", row="a") for _ in range(2))
    assert first != second


def test_a_value_that_was_moved_to_another_row_does_not_open():
    value = vault.seal("Ben’s note", owner="membership:ben", row="a")
    with pytest.raises(vault.BadSeal):
        vault.unseal_one(value, "b")


def test_a_value_that_was_changed_does_not_open():
    value = bytearray(vault.seal("Ben’s note", owner="membership:ben", row="a"))
    value[-1] ^= 1
    with pytest.raises(vault.BadSeal):
        vault.unseal_one(bytes(value), "a")


def test_what_was_sealed_with_a_destroyed_key_is_gone_for_good():
    value = vault.seal("Ben’s note", owner="membership:ben", row="a")
    vault.destroy("membership:ben")
    assert vault.unseal_one(value, "a") is None
    assert not Key.objects.filter(owner="membership:ben").exists()
    assert DestroyedKey.objects.get().owner == "membership:ben"


def test_destroying_one_key_leaves_the_others():
    amara = vault.seal("Amara’s note", owner="membership:amara", row="b")
    vault.seal("Ben’s note", owner="membership:ben", row="a")
    vault.destroy("membership:ben")
    assert vault.unseal_one(amara, "b") == "Amara’s note"


def test_many_values_need_one_query(django_assert_num_queries):
    values = [(vault.seal(f"note {n}", owner=f"membership:{n % 3}", row=str(n)), str(n)) for n in range(30)]
    with django_assert_num_queries(1, using="keys"):
        assert vault.unseal(values) == [f"note {n}" for n in range(30)]


def test_empty_text_needs_no_key():
    assert vault.seal("", owner="membership:ben", row="a") == b""
    assert not Key.objects.exists()


def test_a_page_that_several_packages_put_together_asks_for_a_key_once(db, django_assert_num_queries):
    sealed = [vault.seal(text, owner="relationship:abc", row="row") for text in ("one", "two")]
    with django_assert_num_queries(1, using="keys"), hooks.assembling():
        assert [vault.unseal_one(value, "row") for value in sealed] == ["one", "two"]
    vault.destroy("relationship:abc")
    assert vault.unseal_one(sealed[0], "row") is None
