"""Finding by the beginnings of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation import search
from alongside.foundation.identity.models import Membership
from alongside.foundation.search.models import Word
from alongside.foundation.search.rules import LONGEST, fold, words_asked, words_of

KIND = "people.membership"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz Ångström", "lukasz angstrom"),
        ("STRAẞE Straße", "strasse strasse"),
        ("Søren Æbelø", "soren aebelo"),
        ("İSTANBUL ılık", "istanbul ilik"),
        ("Ελένη ΣΟΦΟΣ", "ελενη σοφοσ"),
        ("Zoë\u0301", "zoe"),
        ("ﬁnance", "finance"),
    ],
)
def test_accents_and_capitals_do_not_count(text, folded):
    assert fold(text) == folded


def test_a_joined_word_is_found_whole_and_by_its_parts():
    assert words_of("Anne-Marie O’Brien") == {"anne", "marie", "annemarie", "o", "brien", "obrien"}


def test_a_query_asks_each_beginning_once():
    assert words_asked("ann anne-marie ANN obr") == ["annemarie", "obr"]


@given(st.text(max_size=80))
def test_every_record_is_found_by_its_own_words(text):
    words = words_of(text)
    assert all(0 < len(word) <= LONGEST for word in words)
    for asked in words_asked(text):
        assert any(word.startswith(asked) for word in words)


@pytest.mark.both
@pytest.mark.django_db
class TestMatch:
    @pytest.fixture(autouse=True)
    def people(self, northgate, member):
        self.northgate = northgate
        for name in ("Łukasz O’Brien", "Anne-Marie Obrecht", "Ben 100% Thomas", "陳 Amara"):
            held = member(name).membership
            search.index(northgate, KIND, held.ref, name)
        self.all = Membership.objects.exclude(name="Ada Winter").order_by("name")

    def found(self, query, organisation=None):
        matched = search.match(self.all, organisation or self.northgate, KIND, query)
        return sorted(matched.values_list("name", flat=True))

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("obr", ["Anne-Marie Obrecht", "Łukasz O’Brien"]),
            ("OBR luk", ["Łukasz O’Brien"]),
            ("o'brien", ["Łukasz O’Brien"]),
            ("o brien", ["Łukasz O’Brien"]),
            ("brien", ["Łukasz O’Brien"]),
            ("rien", []),
            ("marie", ["Anne-Marie Obrecht"]),
            ("annem", ["Anne-Marie Obrecht"]),
            ("100%", ["Ben 100% Thomas"]),
            ("%", []),
            ("' OR 1=1 --", []),
            ("陳", ["陳 Amara"]),
            ("_", []),
        ],
    )
    def test_every_word_must_begin_a_word(self, query, names):
        assert self.found(query) == names

    def test_an_empty_query_finds_everybody(self):
        assert len(self.found("  ")) == 4

    def test_a_zero_byte_does_not_break_it(self):
        assert self.found("obr\x00") == ["Anne-Marie Obrecht", "Łukasz O’Brien"]

    def test_another_organisation_finds_nothing_here(self):
        from alongside.foundation.identity.models import Organisation

        other = Organisation.objects.create(name="Southgate", slug="southgate")
        assert self.found("obr", other) == []

    def test_indexing_again_takes_the_place_of_what_was_there(self):
        held = self.all.get(name="Ben 100% Thomas")
        search.index(self.northgate, KIND, held.ref, "Benjamin Thomas")
        assert (self.found("100"), self.found("benja")) == ([], ["Ben 100% Thomas"])

    def test_a_forgotten_record_is_found_no_more_and_leaves_no_word(self):
        held = self.all.get(name="Łukasz O’Brien")
        search.forget(KIND, held.ref)
        assert self.found("lukasz") == []
        assert not Word.objects.filter(kind=KIND, ref=held.ref).exists()

    def test_many_at_once_need_few_queries(self, django_assert_max_num_queries):
        texts = [(f"r{n:011d}", f"Person{n} Example") for n in range(1200)]
        with django_assert_max_num_queries(30):
            search.index_many(self.northgate, "bulk", texts)
        assert Word.objects.filter(kind="bulk", word="example").count() == 1200

    def test_the_database_uses_the_index_for_a_beginning(self):
        from django.db import connection

        search.index_many(self.northgate, KIND, [(f"r{n:011d}", f"Person{n} Example") for n in range(1200)])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_word")
        if connection.vendor == "sqlite":
            plan = (
                Word.objects.filter(organisation=self.northgate, kind=KIND, word__gte="obr", word__lt="obr\U0010ffff")
                .values("ref")
                .explain()
            )
            assert "search_words" in plan
            assert "word>" in plan
        else:
            plan = (
                Word.objects.filter(organisation=self.northgate, kind=KIND, word__startswith="obr")
                .values("ref")
                .explain()
            )
            assert "search_words" in plan
            assert "~>=~" in plan
