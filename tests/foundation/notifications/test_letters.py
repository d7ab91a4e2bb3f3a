"""What a letter says: places, the small markup, and what is wrong with somebody's own words."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.notifications import letters, registry
from alongside.foundation.notifications.letters import Block, Letter, Place, Run, Wording

SIGNED = Letter(
    key="test.signed",
    kind="test.signed",
    when="When one has signed",
    whom="The other one",
    subject="{name} has signed",
    lines=["{name} has signed it too.", "{next}"],
    button="Read it",
    places=(
        Place("name", "who did it", "Amara", needed=True),
        Place("next", "when the next one is", "The next one is on Thursday.", block=True),
    ),
)


def faults(subject="{name} has signed", text="Dear Ben,\n\n{link}", button="Read it"):
    return letters.faults(SIGNED, Wording(subject, text, button))


def test_our_own_words_have_no_fault_in_any_letter():
    with override("en-gb"):
        assert {letter.key: letters.faults(letter, letter.ours) for letter in registry.letters()} == {
            letter.key: {} for letter in registry.letters()
        }
    assert len(registry.letters()) >= 23


def test_our_words_are_the_lines_with_the_button_last():
    assert SIGNED.ours == Wording("{name} has signed", "{name} has signed it too.\n\n{next}\n\n{link}", "Read it")


def test_an_unknown_place_is_named_with_those_that_can_be_used():
    assert faults(text="Dear {firstname},\n{link}") == {
        "text": ["There is no place called {firstname} in this mail. You can use: {name}, {next}, {link}."]
    }


def test_a_missing_link_is_named_and_so_is_a_missing_name():
    assert faults(subject="Signed", text="It is signed.") == {
        "text": [
            "{name} is missing: who did it. Put it back, the mail is of no use without it.",
            "{link} is missing: the button that leads to the page. Put it back, the mail is of no use without it.",
        ]
    }


def test_a_name_in_the_subject_is_enough():
    assert faults() == {}
    assert faults(subject="{ Name } has signed") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Click {link} now", "Give {link} a line of its own."),
        ("{link}\n{link}", "Use {link} only once."),
        ("Fill {name\n{link}", "A brace stands alone. Braces only go around the name of a place: {name}."),
        ("}\n{link}", "A brace stands alone. Braces only go around the name of a place: {name}."),
    ],
)
def test_the_button_stands_alone_and_braces_close(text, said):
    assert faults(text=text) == {"text": [said]}


def test_a_subject_takes_no_button_and_a_button_no_places():
    assert faults(subject="{link}")["subject"] == ["{link} can stand in the text only. Here you can use: {name}."]
    assert faults(button="Ask {name}") == {"button": ["Put no places into the button’s words."]}
    assert faults(button=" ") == {"button": ["Say what the button does, for example “Open your page”."]}


def test_paragraphs_lists_bold_words_and_the_button():
    text = "Dear {name},\nwelcome.\n\nBring:\n- **your** agenda\n- time\n{link}\n**Thank you**"
    made = letters.compose(SIGNED, Wording("{name}", text, "Go"), {"name": "Ben"})
    assert made.blocks == [
        Block("para", [[Run("Dear Ben,")], [Run("welcome.")]]),
        Block("para", [[Run("Bring:")]]),
        Block("list", [[Run("your", strong=True), Run(" agenda")], [Run("time")]]),
        Block("link"),
        Block("para", [[Run("Thank you", strong=True)]]),
    ]
    assert made.blocks[2].plain == "- your agenda\n- time"


def test_a_place_with_nothing_to_say_falls_away_and_one_with_two_lines_is_two_paragraphs():
    wording = Wording("{name}", "{next}\n{link}", "Go")
    assert letters.compose(SIGNED, wording, {"next": ""}).blocks == [Block("link")]
    assert letters.compose(SIGNED, wording, {"next": ["One.", "Two."]}).blocks == [
        Block("para", [[Run("One.")]]),
        Block("para", [[Run("Two.")]]),
        Block("link"),
    ]


ANY = st.text(max_size=300) | st.text(alphabet="{}* \n-name_linkxt%", max_size=80)


@given(ANY, ANY, ANY)
def test_whatever_is_written_is_answered_with_sentences_or_can_be_sent(subject, text, value):
    wording = Wording(subject, text, "Go")
    found = letters.faults(SIGNED, wording)
    made = letters.compose(SIGNED, wording, {"name": value, "next": value})
    assert all(said for sentences in found.values() for said in sentences)
    if not found:
        assert [block.kind for block in made.blocks].count("link") == 1
        said = made.subject + "".join(block.plain for block in made.blocks)
        assert "{" not in said.replace(value, "") or "{" in value


@given(st.text(max_size=60).filter(str.strip))
def test_what_stands_in_a_place_is_never_read_as_markup(value):
    """Not as a place, not as bold words, not as a list, not as the button."""
    made = letters.compose(SIGNED, Wording("{name}", "It was {name} here", "Go"), {"name": value, "link": "x"})
    assert made.subject == value
    assert made.blocks == [Block("para", [[Run(f"It was {value} here")]])]


@given(st.text(alphabet="abc {}%|", max_size=40))
def test_no_text_is_ever_run_as_a_template(text):
    written = "{% debug %} {{ settings.SECRET_KEY }} %(name)s " + text
    assert letters.faults(SIGNED, Wording("{name}", f"{written}\n{{link}}", "Go"))["text"] != []
