"""With the keyboard alone: signing in, saying yes, signing an agreement."""

import pytest

from tests.journeys.installation import running_demo
from tests.journeys.person import Person

pytestmark = pytest.mark.journey

FARTHEST = 80


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Pairs wait for an answer, and one agreement for a signature."""
    with running_demo(tmp_path_factory.mktemp("keyboard"), "contracting") as (made, passwords):
        yield made, passwords


def tabs_to(person: Person, words: str) -> None:
    """Presses Tab until what has the focus says these words; the focus must be seen on the way."""
    for _ in range(FARTHEST):
        person.page.keyboard.press("Tab")
        said = person.page.evaluate(SAID)
        if said["words"].strip().startswith(words):
            assert said["seen"], f"the focus on “{words}” cannot be seen"
            return
    raise AssertionError(f"Tab does not lead to “{words}” at {person.page.url}")


# What has the focus is called, and whether a ring is drawn round it (or round its label).
SAID = """() => {
  const held = document.activeElement;
  const words = (held.labels && held.labels.length ? held.labels[0].innerText : '') || held.innerText || '';
  const rings = [held, ...(held.labels || [])].map(one => getComputedStyle(one));
  const seen = rings.some(ring => (ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) > 0)
    || ring.boxShadow !== 'none');
  return {words, seen};
}"""


def signs_in(person: Person, email: str, password: str) -> None:
    """Types address and password, then Enter."""
    person.opens("/account/login/")
    tabs_to(person, "Your e-mail address")
    person.page.keyboard.type(email)
    tabs_to(person, "Password")
    person.page.keyboard.type(password)
    person.page.keyboard.press("Enter")
    person.page.wait_for_url(f"{person.address}/")


def enters(person: Person, words: str) -> None:
    """Goes to a link or a button and presses Enter."""
    tabs_to(person, words)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")


def test_the_first_tab_leads_past_the_menu(demo, somebody):
    made, passwords = demo
    person = somebody("Ben Thomas", at=made)
    signs_in(person, "ben.thomas@northgate.example", passwords["ben.thomas@northgate.example"])
    person.opens("/guidance/")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate(SAID)["words"].strip() == "Skip to the page"
    person.page.keyboard.press("Enter")
    assert person.page.evaluate("location.hash") == "#main"


def test_a_pair_is_accepted_and_an_agreement_signed(demo, somebody):
    made, passwords = demo
    person = somebody("Joanna Reid", at=made)
    signs_in(person, "joanna.reid@northgate.example", passwords["joanna.reid@northgate.example"])
    enters(person, "See who it is")
    person.sees("Is Sana right for you?")
    enters(person, "Say yes")
    person.sees("You and Sana have both said yes.")
    person.opens("/")
    enters(person, "You and Tomos")
    enters(person, "Read and sign")
    tabs_to(person, "I have read")
    person.page.keyboard.press("Space")
    enters(person, "Sign version 1")
    person.sees("Signed by both on")
