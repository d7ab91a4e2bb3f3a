"""Text that means harm, in every field of everybody's forms: each answer is one of ours, and nothing comes alive."""

import logging

import pytest

from tests.access.forms import forms_of
from tests.access.hostile import (
    FORMULAS,
    LETTERS,
    MARKUP,
    TEXTS,
    TOGETHER,
    alive_in,
    alive_in_mails,
    keep,
    read,
    runs_in,
    try_addresses,
    try_texts,
)
from tests.access.sweep import addresses, asked_of

FOR_STRANGERS = ("/account/login/", "/account/login/code/", "/account/password/reset/")
KEPT = ("the end of an attribute", "the end of an element", "typesetting", "a formula with a minus")
FEW = {name: TEXTS[name] for name in ("the end of an attribute", "NUL", "a lone surrogate", "the first day")}


@pytest.fixture(autouse=True)
def quiet():
    """Of each refusal a line would be written."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_what_is_not_escaped_is_found(text):
    """So that the tests can fail: in an element, or in an attribute."""
    assert alive_in(f"<p>{text}</p>") or alive_in(f'<a href="{text}">…</a>') or "&lt;" in text


def test_formulas_and_templates_that_run_are_found():
    assert runs_in(["Ben", *FORMULAS.values()]) == list(FORMULAS.values())
    assert alive_in("<p>harm14harm</p>") == ["a template was run"]


def test_a_mentees_forms_bear_text_that_means_harm(told, met, figure):
    tried = try_texts(told.client("ben", raise_request_exception=False), met(told, "ben"), FEW)
    figure("hostile inputs tried", tried.inputs)
    figure("hostile inputs that did harm", len(tried.faults))
    assert tried.faults == []
    assert tried.inputs > 100


def test_the_forms_of_strangers_bear_text_that_means_harm(told, figure, settings):
    settings.SHOW_MAIL = True
    client = told.client(None, raise_request_exception=False)
    forms = [form for url in FOR_STRANGERS for form in forms_of(client, url)]
    tried = try_texts(client, forms, TEXTS, alone=1)
    figure("hostile inputs tried", tried.inputs)
    figure("hostile inputs that did harm", len(tried.faults))
    assert tried.faults == []
    assert len(forms) >= len(FOR_STRANGERS)


def kept_and_read(told, met, figure, text, *, by, of):
    """Let people keep a text, and look at all that they and others read afterwards."""
    for key in by:
        kept = keep(told.client(key, raise_request_exception=False), met(told, key), text)
        figure("hostile inputs tried", kept.inputs)
        figure("hostile inputs that did harm", len(kept.faults))
        assert kept.faults == []
        assert kept.taken
    for key in of:
        member = told.membership(key)
        urls = [address.url for address in asked_of(told, key) if not address.is_barred(member)]
        found = read(told.client(key, raise_request_exception=False), urls)
        figure("answers read after hostile text was kept", found.answers)
        figure("answers in which it was alive", len(found.faults))
        assert found.faults == []
        assert found.showing or "x-harm" not in text
    assert alive_in_mails() == []


def test_what_was_kept_is_shown_as_words_on_pages_in_mails_and_in_files(told, met, figure):
    kept_and_read(told, met, figure, TOGETHER, by=("ben",), of=("amara",))


class Everything:
    """Everything that means harm, sent by one person."""

    key = ""

    @pytest.mark.parametrize("half", [0, 1])
    def test_no_field_takes_harm(self, told, met, figure, half):
        texts = dict(list(TEXTS.items())[half::2])
        tried = try_texts(told.client(self.key, raise_request_exception=False), met(told, self.key), texts, alone=2)
        figure("hostile inputs tried", tried.inputs)
        figure("hostile inputs that did harm", len(tried.faults))
        assert tried.faults == []

    def test_no_address_takes_harm(self, told, figure):
        member, begun = told.membership(self.key), {}
        for address in addresses():
            if not address.is_barred(member):
                begun.setdefault(address.name, (address.url, next(reversed(address.kwargs.values()), "")))
        tried = try_addresses(
            told.client(self.key, raise_request_exception=False), begun.values(), MARKUP | LETTERS | FEW
        )
        figure("hostile inputs tried", tried.inputs)
        figure("hostile inputs that did harm", len(tried.faults))
        assert tried.faults == []

    @pytest.mark.parametrize("text", [TOGETHER, *(TEXTS[name] for name in KEPT)])
    def test_what_was_kept_is_shown_as_words(self, told, met, figure, text):
        kept_and_read(told, met, figure, text, by=(self.key,), of=("ben", "carys"))


@pytest.mark.prove
class TestMentee(Everything):
    key = "ben"


@pytest.mark.prove
class TestMentor(Everything):
    key = "amara"


@pytest.mark.prove
class TestCoordinator(Everything):
    key = "carys"


@pytest.mark.prove
class TestAdministrator(Everything):
    key = "ada"
