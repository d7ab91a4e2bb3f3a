"""The invented people: nobody here exists."""

from dataclasses import dataclass, field

NORTHGATE, HARBOUR = "northgate", "harbour"


@dataclass(frozen=True)
class Person:
    """One invented person. `role` is shown on the list of sign-ins; `roles` are theirs across the organisation."""

    key: str
    name: str
    role: str
    organisation: str = NORTHGATE
    job: str = ""
    department: str = ""
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    joins: bool = True
    address: str = ""
    number: str = ""
    timezone: str = "Europe/London"
    same_account_as: str = ""
    known_as: str = ""
    mentor_places: int | None = None
    mentee: bool = False
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def email(self) -> str:
        """Their work address."""
        host = "northgate.example" if self.organisation == NORTHGATE else "harbour.example"
        return self.address or f"{self.name.lower().replace(' ', '.')}@{host}"

    @property
    def manages_people(self) -> bool:
        """Do they bring people in: administrators and coordinators?"""
        return self.role == "Administrator" or "coordinator" in self.roles


# The first administrators set the organisations up; everybody else is listed, and most of them join.
ADMINISTRATORS = (
    Person("ada", "Ada Winter", "Administrator", job="IT services manager"),
    Person("ruth", "Ruth Adler", "Administrator", HARBOUR, job="Operations manager"),
)
STAFF = (
    Person("carys", "Carys Llewellyn", "Coordinator", job="Learning and development lead", roles=("coordinator",)),
    Person("iris", "Iris Holm", "Coordinator", job="Talent partner", roles=("coordinator",)),
    Person("petra", "Petra Novak", "Privacy officer", job="Information governance", roles=("privacy_officer",)),
    Person("sam", "Sam Osei", "Safeguarding lead", job="Head of safeguarding", roles=("safeguarding_lead",)),
    Person("lena", "Lena Fischer", "Safeguarding alternate", job="Matron", roles=("safeguarding_alternate",)),
    Person("dev", "Dev Patel", "Supervisor", job="Mentoring supervisor", roles=("supervisor",)),
    Person("aisha", "Aisha Khan", "Assessor", job="Education lead", roles=("assessor", "complaints_panel")),
    Person("viktor", "Viktor Lund", "Verifier", job="Quality lead", roles=("verifier", "complaints_panel")),
    Person("priya", "Priya Raman", "Line manager", job="Ward manager", department="Acute services"),
    Person("sioned", "Sioned Rees", "Sponsor, not joined", job="Chief nurse", joins=False),
    Person("elin", "Elin Berg", "Takes part in nothing", job="Receptionist"),
    Person("bronagh", "Bronagh Kelly", "Coordinator", HARBOUR, job="Volunteer manager", roles=("coordinator",)),
)
MENTORS = (
    Person("amara", "Amara Okafor", "Mentor", job="Head of therapies", department="Acute services", mentor_places=3,
           offers=("Line management", "Chairing meetings", "Budgeting", "Resilience")),
    Person("idris", "Idris Bello", "Mentor", job="Finance business partner", department="Finance", mentor_places=1,
           offers=("Budgeting", "Writing business cases", "Negotiation")),
    Person("joanna", "Joanna Reid", "Mentor", job="Service desk lead", department="Digital", mentor_places=2,
           offers=("Project management", "Influencing without authority")),
    Person("noor", "Noor Aziz", "Mentor and mentee", job="Band 7 imaging lead", department="Acute services",
           mentor_places=1, mentee=True, offers=("Clinical leadership",), wants=("Chairing meetings", "Budgeting")),
    Person("mateo", "Mateo Ruiz", "Mentor in both organisations", job="Improvement adviser", department="Digital",
           timezone="Europe/Madrid", mentor_places=2, offers=("Strategic thinking", "Research methods")),
    Person("mateo2", "Mateo Ruiz", "Mentor in both organisations", HARBOUR, job="Trustee", same_account_as="mateo",
           mentor_places=1, offers=("Strategic thinking",)),
)  # fmt: skip
MENTEES = (
    Person("ben", "Ben Thomas", "Mentee", job="Staff nurse", department="Acute services", mentee=True,
           wants=("Line management", "Budgeting", "Networking")),
    Person("sana", "Sana Malik", "Mentee", job="Pharmacy officer", department="Acute services", mentee=True,
           wants=("Influencing without authority", "Project management")),
    Person("tomos", "Tomos Evans", "Mentee", job="Delivery officer", department="Digital", mentee=True,
           wants=("Project management",)),
    Person("hana", "Hana Sato", "Mentee", job="Learning officer", department="People", mentee=True,
           wants=("Writing business cases", "Negotiation")),
    Person("yusuf", "Yusuf Vaughan", "Mentee", job="Imaging officer", department="Acute services", mentee=True,
           number="N90212", wants=("Clinical leadership",)),
    Person("grace", "Grace Adeyemi", "Mentee", job="Palliative officer", department="Community care", mentee=True,
           known_as="Gracie", wants=("Resilience", "Conflict resolution")),
    Person("rhian", "Rhian Gray", "Invited, not joined", job="Payroll officer", department="Finance", mentee=True,
           joins=False, wants=("Budgeting",)),
    Person("wil", "Wil Price", "Without e-mail", job="Porter", department="Estates", mentee=True, joins=False,
           number="N90417", wants=("Coaching conversations",)),
    Person("marek", "Marek Zielinski", "Suspended", job="Capital officer", department="Estates", mentee=True),
    Person("leila", "Leila Haddad", "Mentee", HARBOUR, job="Volunteer", mentee=True, wants=("Strategic thinking",)),
)  # fmt: skip
EVERYONE = (*ADMINISTRATORS, *STAFF, *MENTORS, *MENTEES)
WITHOUT_EMAIL = {"wil"}


def person(key: str) -> Person:
    """One of them by key."""
    return next(found for found in EVERYONE if found.key == key)


def keys(organisation: str, *, taking_part: bool = False) -> list[str]:
    """The keys of an organisation's people; with `taking_part` only its mentors and mentees."""
    chosen = (*MENTORS, *MENTEES) if taking_part else EVERYONE
    return [found.key for found in chosen if found.organisation == organisation]
