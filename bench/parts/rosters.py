"""An invented HR export of any length, with the dirt that such files have; the same bytes for the same seed."""

import csv
import io
import random
from collections.abc import Iterator

HEADER = [
    "Employee No.", "Forename", "Surname", "Known as", "Work e-mail", "Job title", "Band", "Directorate", "Team",
    "Site", "Manager e-mail", "Programme role", "Can mentor (max)", "Skills to offer", "Wants to develop", "Languages",
    "Working days", "Adjustments requested", "Start date",
]  # fmt: skip
PLACE = {name: place for place, name in enumerate(HEADER)}
FORENAMES = (
    "Ailbhe", "Amara", "Ben", "Carys", "Daisuke", "Elin", "Farah", "Folake", "Gethin", "Grzegorz", "Hana", "Inês",
    "Joanna", "Katarzyna", "Kwame", "Lowri", "Marek", "Mei-Ling", "Noémie", "Oluwaseun", "Priya", "Rhiannon",
    "Rukhsana", "Siôn", "Stefan", "Thérèse", "Ulrike", "Vikram", "Wiremu", "Xiadani", "Yusuf", "Zofia",
)  # fmt: skip
SURNAMES = (
    "Adeyemi", "Ap-Rhys", "Bevan", "Brân", "Chaudhry", "Evans", "Fitzgerald", "Griffiths", "Hussain", "Iwu", "Jenkins",
    "Kowalski", "Llewellyn", "Morgan", "Nowak", "Okafor", "Qureshi", "Rees", "Søndergaard", "Thomas", "Vaughan",
    "Williams", "Zieliński", "Tŷ-Coch", "O’Brien", "Núñez",
)  # fmt: skip
PLACES = {
    "Finance": ("Payroll", "Procurement", "Management accounts"),
    "People": ("Learning", "Recruitment", "Wellbeing"),
    "Community care": ("Palliative", "District nursing", "Therapies"),
    "Estates": ("Capital", "Facilities", "Grounds"),
    "Acute services": ("Imaging", "Theatres", "Emergency"),
    "Digital": ("Data", "Service desk", "Platforms"),
}
SITES = ("Northgate", "Riverside", "St Brannoc's", "Remote")
SKILLS = (
    "Budgeting", "Chairing meetings", "Change management", "Clinical leadership", "Coaching conversations",
    "Conflict resolution", "Data analysis", "Delegation", "Influencing without authority", "Interview skills",
    "Line management", "Networking", "Project management", "Quality improvement", "Research methods", "Resilience",
    "Supplier management", "Welsh at work", "Working across teams", "Writing business cases",
)  # fmt: skip
NEEDS = ("", "", "", "", "", "", "Shorter meetings", "Agenda a day before", "Step-free room")
_ODD_EVERY = 18  # Northgate: 14 odd rows among 254
_ASCII = str.maketrans("éèêëíîôøúûâŷńñ’", "eeeeiioouuaynn'")


def write(rows: int, *, seed: int = 7) -> bytes:
    """A roster of `rows` rows below its header, as a spreadsheet programme saves it: cp1252, semicolons."""
    chance = random.Random(seed)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(_rows(rows, chance))
    return text.getvalue().encode("cp1252", errors="replace")


def _rows(count: int, chance: random.Random) -> Iterator[list[str]]:
    spoil = _dirt()
    leads = [_address(number, "Amara", "Okafor") for number in range(0, count, 20)]
    for number in range(count):
        row = _person(number, chance, leads)
        if number % _ODD_EVERY == _ODD_EVERY - 1:
            spoil[(number // _ODD_EVERY) % len(spoil)](row, number)
        yield row


def _address(number: int, forename: str, surname: str) -> str:
    plain = f"{forename}.{surname}".lower().translate(_ASCII).replace("'", "")
    return f"{plain}{number}@northgate.example"


def _person(number: int, chance: random.Random, leads: list[str]) -> list[str]:
    is_lead = number % 20 == 0
    forename, surname = ("Amara", "Okafor") if is_lead else (chance.choice(FORENAMES), chance.choice(SURNAMES))
    directorate = chance.choice(list(PLACES))
    team = chance.choice(PLACES[directorate])
    role = chance.choices(("Mentor", "Mentee", "Both", ""), (30, 55, 4, 11))[0]
    offers = chance.sample(SKILLS, chance.randint(1, 4)) if role in ("Mentor", "Both") else []
    wants = chance.sample(SKILLS, chance.randint(1, 3)) if role in ("Mentee", "Both") else []
    manager = "" if is_lead else chance.choice(leads)
    band = chance.randint(3, 9)
    return [
        f"N{100000 + number}", forename, surname, forename[:3] if chance.random() < 0.05 else "",
        _address(number, forename, surname), f"{team} lead" if is_lead else f"Band {band} {team.lower()} officer",
        str(band), directorate, team, chance.choice(SITES), manager, role,
        str(chance.randint(1, 3)) if offers else "", "; ".join(offers), "; ".join(wants),
        chance.choice(("English", "English, Welsh", "English, Polish", "English, Urdu, Arabic")),
        chance.choice(("Mon-Fri", "Tue-Thu", "Mon,Tue,Wed")), chance.choice(NEEDS),
        f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(2004, 2025)}",
    ]  # fmt: skip


def _dirt() -> list:
    """What each kind of dirt does to a row: the kinds of the Northgate export."""

    def put(**cells: str):
        def spoil(row: list[str], number: int) -> None:
            for name, value in cells.items():
                row[PLACE[_COLUMNS[name]]] = value.format(number=number, own=row[PLACE["Work e-mail"]])

        return spoil

    def again(row: list[str], number: int) -> None:
        first = number // _ODD_EVERY * _ODD_EVERY
        row[:] = [f"N{100000 + first + 1}", *row[1:4], f"  TWICE{number}@NORTHGATE.EXAMPLE ", *row[5:]]

    def blank(row: list[str], number: int) -> None:
        row[:] = [""] * len(row)

    def total(row: list[str], number: int) -> None:
        row[:] = ["TOTAL", *[""] * 11, "999", *[""] * 6]

    return [
        again,  # the same employee number with another address
        put(address="", manager=""),
        put(address="someone at northgate"),
        put(manager="nobody{number}@northgate.example"),
        put(places="two"),
        put(places="-1"),
        put(role="Boss"),
        put(manager="{own}"),
        put(start="31/02/2020"),
        put(title="=1+1"),
        put(title='Lead\n"acting"'),
        blank,
        total,
        put(address="  SHARED@NORTHGATE.EXAMPLE "),
    ]


_COLUMNS = {
    "address": "Work e-mail", "manager": "Manager e-mail", "places": "Can mentor (max)", "role": "Programme role",
    "start": "Start date", "title": "Job title",
}  # fmt: skip
