"""The path from an empty database to a completed pair, step by step, each as the person does it who takes it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.journeys.person import Person

PASSWORD = "seven quiet lanterns"
PROGRAMME = "Rising leaders"
SUMMARY = "We went through the ward budget line by line."
NOTE = "Slow down next time."
ACTION = "Write half a page on the ward budget"
GOAL = "Run a shift handover that the whole team can use"
LINK = re.compile(r"http://localhost:\d+/join/\S+/")
CODE = re.compile(r"^[A-Z0-9]{4}-?[A-Z0-9]{4}$", re.MULTILINE)
WORK_TAKES = 180_000  # at most, in milliseconds: a worker and the engine, on two cores shared with everything else


@dataclass(frozen=True)
class Named:
    """Somebody on the roster."""

    name: str
    short: str
    email: str


@dataclass(frozen=True)
class Roster:
    """The file, what the preview says of it, and who of it become a pair."""

    file: Path
    said: tuple[str, ...]
    takes_in: str
    named: str
    mentor: Named
    mentee: Named


def today() -> datetime:
    """In the zone in which the organisation is set up."""
    return datetime.now(ZoneInfo("Europe/London"))


def press_first(person: Person) -> None:
    """Presses the one button of the page that is the thing to do."""
    person.page.locator("main button.is-first").first.click()
    person.page.wait_for_load_state()


# --- the coordinator prepares


def set_up(coordinator: Person) -> None:
    """From the greeting to an organisation."""
    coordinator.opens("/")
    coordinator.sees("This copy is empty.")
    coordinator.picture("01-greeting")
    coordinator.follows("Set up my organisation")
    coordinator.fills(
        {
            "Name of your organisation": "Larkrise Trust",
            "Your name": coordinator.name,
            "Your work e-mail": "carys.llewellyn@larkrise.example",
            "A password": PASSWORD,
            "Privacy contact": "privacy@larkrise.example",
            "Safeguarding lead: name": "Sam Osei",
            "Safeguarding lead: e-mail": "sam.osei@larkrise.example",
        }
    )
    coordinator.picture("02-set-up")
    coordinator.presses("Set it up")
    coordinator.sees("Larkrise Trust is set up.", "Bring your people in")
    coordinator.picture("03-home")


def import_roster(coordinator: Person, roster: Roster) -> None:
    """The spreadsheet: columns looked through, rows checked, then taken in, with progress both times."""
    coordinator.takes_up("Bring your people in", "Choose a file")
    coordinator.page.locator("main input[type=file]").set_input_files(roster.file)
    coordinator.presses("Send the file")
    left_out = coordinator.page.get_by_role("row", name=re.compile("Adjustments requested"))
    assert "Left out: ask people themselves" in left_out.inner_text()
    assert "Large print" not in coordinator.text
    coordinator.picture("04-columns")
    coordinator.presses("Check the rows")
    wait_for_work(coordinator)
    coordinator.sees("What would happen", "Left out: Adjustments requested.", *roster.said)
    coordinator.picture("05-preview")
    coordinator.sees(roster.takes_in)
    coordinator.presses("Take them in")
    wait_for_work(coordinator)
    coordinator.sees("Your people are here")
    coordinator.picture("06-taken-in")


def wait_for_work(person: Person) -> None:
    """The page of the job until it leads on."""
    person.picture("job")
    person.page.get_by_role("link", name="See what came of it").click(timeout=WORK_TAKES)
    person.page.wait_for_load_state()


def start_programme(coordinator: Person, roster: Roster) -> None:
    """A programme with everybody whom the roster names; what it lacks holds the launch back."""
    coordinator.takes_up("Start your first programme", "Start it")
    begins = today().date()
    coordinator.fills(
        {
            "Name": PROGRAMME,
            "What it is for": "Newly promoted leaders find their feet, with somebody beside them.",
            "First day": begins.isoformat(),
            "Last day": (begins + timedelta(days=364)).isoformat(),
        }
    )
    coordinator.chooses("Everybody who takes part is 18 or older")
    coordinator.picture("07-programme")
    press_first(coordinator)
    coordinator.sees("In preparation")
    coordinator.follows("Add people")
    coordinator.sees(roster.named)
    coordinator.picture("08-add")
    coordinator.presses("Add them all")
    coordinator.takes_up(f"Launch “{PROGRAMME}”", "Look and launch")
    coordinator.sees("It cannot be launched yet", "Confirm the lawful basis")
    coordinator.picture("09-not-yet")


def put_on_paper(coordinator: Person) -> None:
    """The design from its first section to its last, each leading to the next one that is not done."""
    coordinator.takes_up(f"Put “{PROGRAMME}” on paper", "Begin")
    coordinator.picture("09a-overview")
    coordinator.follows("Write it")
    _why(coordinator)
    coordinator.fills({"For whom it is": "New leaders of any ward.", "Who can take part": "Two hours a month."})
    _goes_on(coordinator, "whom")
    _ticks(coordinator, "Developmental", "One to one")
    _goes_on(coordinator, "how")
    _choose_model(coordinator)
    coordinator.sees("Somebody handles concerns about safety")
    coordinator.fills({"Privacy contact of this programme": "data@larkrise.example"})
    _goes_on(coordinator, "who")
    _ticks(coordinator, "Waiting to be led", "Fear of being exposed", "Telling rather than listening")
    _ticks(coordinator, "Not enough know-how", "Nobody at the top wants it", "Line managers stand in the way")
    _goes_on(coordinator, "barriers")
    _ticks(coordinator, "In your own words", "GROW", "Values", "Milestone review", "Closing review")
    _goes_on(coordinator, "tools")
    coordinator.follows("Fill in the usual days")
    _goes_on(coordinator, "calendar")
    coordinator.fills({"Where people read your privacy notice": "Staff handbook, chapter 7"})
    coordinator.chooses("These times are agreed with whoever is responsible for data protection")
    coordinator.fills({"Where the assessment is": "In the cabinet, shelf two"})
    _goes_on(coordinator, "privacy")


def _ticks(coordinator: Person, *beginnings: str) -> None:
    for words in beginnings:
        coordinator.page.locator("main").get_by_label(re.compile(rf"^\s*{words}")).first.check()


def _goes_on(coordinator: Person, name: str) -> None:
    coordinator.picture(f"09-{name}")
    coordinator.presses("Save and go on")


def _why(coordinator: Person) -> None:
    coordinator.fills(
        {
            "What mentees gain": "Somebody to think aloud with.",
            "What mentors gain": "Fresh eyes.",
            "What the organisation gains": "People stay.",
            "Objective": "New leaders stay beyond their first winter",
            "How it is measured": "How many are still here",
            "What would be enough": "Nine of ten",
        }
    )
    _goes_on(coordinator, "why")


def _choose_model(coordinator: Person) -> None:
    """Answers, the sums, and a choice of one's own."""
    coordinator.sees("No recommendation")
    coordinator.field("Does everybody begin and end").select_option("3")
    coordinator.field("Does anybody need to see, on paper").select_option("2")
    coordinator.presses("Show how they fit")
    coordinator.sees("Equally near to what you said: Clutterbuck’s five phases, Zachary’s four phases.")
    coordinator.fills({"Why this one": "It names the winding down."})
    coordinator.picture("09-model")
    coordinator.presses("Choose it and go on")


def launch(coordinator: Person) -> None:
    """What is on paper, then the launch."""
    coordinator.takes_up(f"Launch “{PROGRAMME}”", "Look and launch")
    coordinator.picture("09-launch")
    coordinator.presses("Launch it")
    coordinator.sees("Running now", "It names the winding down.")
    coordinator.picture("10-launched")


def invite(coordinator: Person, *chosen: Named) -> None:
    """Finds each on the list of people and sends the invitation."""
    for person in chosen:
        coordinator.opens("/people/")
        coordinator.fills({"Search": person.name})
        coordinator.presses("Show")
        coordinator.page.get_by_role("checkbox", name=f"Choose {person.name}").check()
        coordinator.presses("Invite the chosen")
        coordinator.sees(person.email)
        coordinator.picture("11-invite")
        coordinator.presses("Invite 1 person")
        coordinator.sees("invited")


# --- the two come in


def newest_mail(person: Person, to: Named) -> str:
    """What the newest mail to somebody says, read on the page that shows mails."""
    person.opens("/mails/")
    person.page.locator("main .row", has_text=to.email).first.get_by_role("link").click()
    person.page.wait_for_load_state()
    return person.text


def join_with_password(person: Person, named: Named) -> None:
    """The invitation's link, a password, and one is in."""
    person.opens(_invitation(person, named))
    person.picture("12-join")
    person.chooses("With a password")
    person.fills({"Password": PASSWORD})
    press_first(person)
    person.sees(named.short)
    person.picture("13-joined")


def join_with_code(person: Person, named: Named) -> None:
    """The same without a password, then out and in again by a code."""
    person.opens(_invitation(person, named))
    person.chooses("With a code that is mailed to me each time")
    press_first(person)
    person.sees(named.short)
    sign_out(person)
    sign_in_with_code(person, named)
    person.sees(named.short)


def _invitation(person: Person, named: Named) -> str:
    found = LINK.search(newest_mail(person, named))
    assert found, person.text
    return found.group()


def sign_out(person: Person) -> None:
    """By the menu behind one's name."""
    person.page.locator("header summary").click()
    person.presses("Sign out", within="header")
    person.sees("You are signed out.")


def sign_in_with_code(person: Person, named: Named) -> None:
    """The code is read in the mail and typed."""
    person.opens("/account/login/")
    person.page.locator("main").get_by_text("Send me a code by e-mail").click()
    person.page.wait_for_load_state()
    person.fills({"Your e-mail address": named.email})
    press_first(person)
    asked = person.page.url
    code = CODE.search(newest_mail(person, named))
    assert code, person.text
    person.opens(asked)
    person.fills({"Code": code.group()})
    person.picture("14-code")
    press_first(person)


# --- the pair


def pair_by_hand(coordinator: Person, roster: Roster) -> None:
    """A mentee, then a mentor, then the proposal."""
    coordinator.opens("/programmes/")
    coordinator.follows(PROGRAMME)
    coordinator.follows("Pair by hand")
    for label, side, named in (
        ("Find a mentee", "#mentees", roster.mentee),
        ("Find a mentor", "#mentors", roster.mentor),
    ):
        coordinator.page.locator(side).get_by_label(label).last.fill(named.name)
        coordinator.presses("Find", within=side)
        coordinator.follows(named.name, within=side)
    coordinator.picture("15-by-hand")
    coordinator.presses("Propose them")
    coordinator.sees(f"{roster.mentee.name} and {roster.mentor.name} are proposed to each other.")


def accept(person: Person, partner: Named) -> None:
    """From one's first page: who it is, and yes."""
    person.opens("/")
    person.picture("16-asked")
    person.takes_up(f"Say whether {partner.name} is right for you", "See who it is")
    person.picture("17-proposal")
    person.presses("Say yes")


def open_pair(person: Person, partner: Named) -> None:
    """The page of the pair, by the menu."""
    person.opens("/")
    person.page.locator("header").get_by_role("link", name=f"You and {partner.short}").click()
    person.page.wait_for_load_state()


def agree(mentee: Person, mentor: Person, roster: Roster) -> None:
    """The mentee writes it, both read it and sign."""
    open_pair(mentee, roster.mentor)
    mentee.picture("18-pair")
    mentee.page.locator("main #agreement, main .next-step").get_by_role("link").first.click()
    mentee.page.wait_for_load_state()
    mentee.picture("19-agreement")
    mentee.presses("Begin")
    first, last = today().date(), today().date() + timedelta(days=300)
    for label, day in (("From when", first), ("Until when", last)):
        mentee.field(label).fill(day.isoformat())
    mentee.picture("20-writing")
    mentee.presses("See both parts")
    mentee.picture("21-both-parts")
    mentee.presses(f"Show it to {roster.mentor.short} for signing")
    sign(mentee)
    mentee.sees("Waiting for")
    open_pair(mentor, roster.mentee)
    mentor.follows("Read and sign")
    mentor.picture("22-to-sign")
    sign(mentor)
    mentor.sees("Signed by both on")
    mentor.picture("23-signed")


def sign(person: Person) -> None:
    """Ticks that it is read, and signs."""
    person.page.locator("#sign input[type=checkbox]").check()
    person.presses("Sign version 1")


def meet(mentor: Person, mentee: Person, roster: Roster) -> None:
    """One plans a session; yesterday's is written down in a minute, with a summary, a note and an action."""
    open_pair(mentee, roster.mentor)
    mentee.follows("Plan a session")
    mentee.fills({"Day": (today().date() + timedelta(days=20)).isoformat(), "Time": "12:30"})
    mentee.fills({"Where": "Room 4, Riverside"})
    mentee.picture("24-plan")
    mentee.presses("Plan it")
    open_pair(mentee, roster.mentor)
    mentee.sees("12:30 to 13:30")
    open_pair(mentor, roster.mentee)
    mentor.follows("Write down a session")
    mentor.fills({"Day": (today().date() - timedelta(days=1)).isoformat(), "Time": "09:15"})
    mentor.fills({"Shared summary": SUMMARY, "Private note": NOTE, "What will one of you do": ACTION})
    mentor.field("Whose").select_option(label=roster.mentee.short)
    mentor.picture("25-write-down")
    mentor.presses("Write it down")
    mentor.sees(SUMMARY, NOTE)
    mentor.picture("26-session")
    open_pair(mentee, roster.mentor)
    mentee.page.locator("main").get_by_role("link", name=re.compile("^Session 1")).click()
    mentee.sees(SUMMARY, ACTION)
    mentee.does_not_see(NOTE)


def set_goal(mentee: Person, mentor: Person, roster: Roster) -> None:
    """A goal of the mentee's, shared."""
    open_pair(mentee, roster.mentor)
    mentee.follows("Add a goal")
    mentee.fills({"What do you want": GOAL})
    mentee.field("Where do you start").select_option("3")
    mentee.field("Where do you hope").select_option("8")
    mentee.page.locator("main").get_by_label(re.compile("Share this goal")).check()
    mentee.picture("27-goal")
    mentee.presses("Save this goal")
    mentee.sees(GOAL)
    mentee.picture("28-goal-saved")
    open_pair(mentor, roster.mentee)
    mentor.sees(GOAL, "Now 3, hoping for 8")
    mentor.picture("29-pair")


# --- the ending


def wind_down(mentee: Person, roster: Roster) -> None:
    """The two decide when it is time."""
    open_pair(mentee, roster.mentor)
    mentee.follows("Go on to “Winding down”")
    mentee.picture("30-winding-down")
    mentee.presses("Go on")
    mentee.sees("Look back on your time")


def close(person: Person, partner: Named) -> None:
    """The closing review: every question, and what to be to each other afterwards."""
    open_pair(person, partner)
    person.follows("Write your closing review")
    for group in person.page.locator("main fieldset").filter(has=person.page.locator("input[value='4']")).all():
        group.locator("input[value='4']").check()
    person.fills({"What do I take with me": "More calm in handovers."})
    person.chooses(f"Share these answers with {partner.short}")
    person.chooses("I would like us to stay in touch")
    person.picture("31-closing")
    person.presses("Send my review")
    person.picture("32-sent")


def look_afterwards(person: Person, partner: Named) -> None:
    """The page that says what happens to the records."""
    person.opens("/")
    person.does_not_see("The coordinator looks for a mentor")
    person.picture("33-home-afterwards")
    person.follows(f"You and {partner.name}")
    person.sees("Completed")
    person.follows("Afterwards: what happens to your records")
    person.sees("How long your records are kept", "You both would like to stay in touch.")
    person.picture("34-afterwards")


def figures(coordinator: Person, until: str = "completed") -> dict[str, int]:
    """The funnel of the programme's page, each number by its word, once the worker has counted that step."""
    for _second in range(60):
        found = _figures(coordinator)
        if found.get(until):
            break
        coordinator.page.wait_for_timeout(1000)
    coordinator.sees("As of")
    coordinator.picture("35-funnel")
    return found


def _figures(coordinator: Person) -> dict[str, int]:
    coordinator.opens("/programmes/")
    coordinator.follows(PROGRAMME)
    steps = coordinator.page.locator("main .funnel li, main .funnel a").all_inner_texts()
    found = (re.search(r"(\d+)\s+(\D+)$", step.strip()) for step in steps)
    return {match.group(2).strip(): int(match.group(1)) for match in found if match}
