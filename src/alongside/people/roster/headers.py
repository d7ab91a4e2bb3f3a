"""The words by which columns are known, folded: lower case, no accents, blanks between words."""

import re
import unicodedata
from functools import lru_cache

from alongside.people.terms import Meaning

_NOT_WORDS = re.compile(r"[^\w@]+|_")


@lru_cache(4096)
def fold(words: str) -> str:
    """Lower case, without accents and signs, one blank between words."""
    if not words.isascii():
        words = _bare(words)
    return " ".join(_NOT_WORDS.sub(" ", words.casefold().replace("’", "").replace("'", "")).split())


def _bare(words: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", words) if not unicodedata.combining(letter))


HEADERS: dict[Meaning, tuple[str, ...]] = {
    Meaning.NAME: (
        "name", "full name", "fullname", "employee name", "staff name", "display name", "person", "employee",
        "participant", "participant name", "colleague", "student name", "member name", "your name", "worker",
    ),
    Meaning.FIRST_NAME: ("first name", "firstname", "forename", "forenames", "given name", "given names", "first"),
    Meaning.LAST_NAME: ("last name", "lastname", "surname", "family name", "familyname", "last", "second name"),
    Meaning.KNOWN_AS: (
        "known as", "preferred name", "preferred first name", "nickname", "goes by", "called",
    ),
    Meaning.WORK_ADDRESS: (
        "work e mail", "work email", "e mail", "email", "email address", "e mail address", "work email address",
        "business email", "company email", "office email", "mail", "contact email", "your email", "primary email",
        "work address", "user principal name", "upn", "work mail", "corporate email", "university email",
    ),
    Meaning.EMPLOYEE_NUMBER: (
        "employee no", "employee number", "employee id", "emp no", "emp id", "staff no", "staff number", "staff id",
        "payroll no", "payroll number", "personnel number", "assignment number", "worker id", "person number",
        "payroll id", "employee ref", "student number", "student id", "membership number", "employee code",
    ),
    Meaning.JOB_TITLE: (
        "job title", "title of post", "position", "position title", "post", "post title", "job", "role title",
        "job role", "occupation", "profession", "job name", "designation", "business title",
    ),
    Meaning.GRADE: ("grade", "band", "pay band", "pay grade", "job grade", "level", "job level", "seniority"),
    Meaning.DEPARTMENT: (
        "department", "dept", "directorate", "division", "business unit", "faculty", "organisation", "organization",
        "function", "business area", "department name", "service", "school", "group", "unit",
    ),
    Meaning.TEAM: ("team", "team name", "section", "squad", "sub department", "ward", "subteam", "work group"),
    Meaning.SITE: (
        "site", "location", "office", "base", "work location", "office location", "workplace", "campus", "city",
        "branch", "building", "normal place of work", "region",
    ),
    Meaning.MANAGER_ADDRESS: (
        "manager e mail", "manager email", "line manager email", "line manager e mail", "managers email",
        "manager email address", "line manager email address", "supervisor email", "reports to email", "line manager",
        "manager", "reports to", "line managers email", "managers e mail", "manager mail",
    ),
    Meaning.MANAGER_NUMBER: (
        "manager no", "manager number", "manager id", "line manager id", "line manager number", "manager employee id",
        "manager employee number", "supervisor id", "reports to id", "line manager employee number",
    ),
    Meaning.ROLE: (
        "programme role", "program role", "mentoring role", "mentor or mentee", "mentor mentee", "role in programme",
        "role", "participating as", "wants to be", "joining as", "i would like to be a", "participation",
    ),
    Meaning.IS_MENTOR: ("mentor", "is mentor", "wants to mentor", "willing to mentor", "mentor y n", "be a mentor"),
    Meaning.IS_MENTEE: ("mentee", "is mentee", "wants a mentor", "wants mentor", "mentee y n", "be a mentee"),
    Meaning.BOTH_ROLES: ("both mentor and mentee", "both", "mentor and mentee", "both roles"),
    Meaning.CAPACITY: (
        "can mentor max", "capacity", "mentor capacity", "max mentees", "maximum mentees", "number of mentees",
        "places", "how many mentees", "mentees max", "max number of mentees", "can mentor", "mentoring places",
    ),
    Meaning.SKILLS_OFFERED: (
        "skills to offer", "skills offered", "can offer", "offers", "can help with", "expertise", "strengths",
        "mentor skills", "areas of expertise", "can mentor in", "skills", "skills to share", "can share",
    ),
    Meaning.SKILLS_WANTED: (
        "wants to develop", "skills to develop", "skills wanted", "wants", "development areas", "wants to learn",
        "areas to develop", "development needs", "mentee skills", "learning goals", "looking for", "wants help with",
    ),
    Meaning.LANGUAGES: ("languages", "language", "languages spoken", "spoken languages", "speaks"),
    Meaning.WORKING_DAYS: (
        "working days", "work days", "days worked", "working pattern", "work pattern", "availability", "shift pattern",
        "shifts", "available days", "days",
    ),
    Meaning.START_DATE: (
        "start date", "date started", "joined", "hire date", "date of hire", "date joined", "joining date",
        "employment start date", "continuous service date", "started", "date of joining", "service start date",
    ),
    Meaning.HEADLINE: ("headline", "bio", "biography", "about", "about me", "summary", "short biography", "profile"),
    Meaning.CAREER_AIM: ("career aim", "career goal", "career goals", "aspiration", "aspirations", "career aspiration"),
}  # fmt: skip

PROTECTED_BEGINNINGS = (
    "disab", "health", "medic", "adjustment", "wheelchair", "neuro", "dyslex", "dysprax", "autis", "adhd", "illness",
    "sickness", "religi", "ethnic", "racial", "sexual", "lgb", "gender", "transgender", "pregnan", "maternity",
    "paternity", "nationalit", "citizenship", "immigra", "criminal", "convict", "marital", "politic", "identit",
    "characteristic", "protected", "diversity", "equality", "dietary", "menopaus", "genetic", "pronoun", "impair",
    "heterosex", "homosex", "bisex", "asex", "veteran", "refugee", "biometric", "vaccin", "allerg", "accessib",
)  # fmt: skip
PROTECTED_WORDS = frozenset(
    {
        "age", "dob", "sex", "race", "faith", "belief", "beliefs", "birth", "birthday", "birthdate", "born", "union",
        "visa", "passport", "dbs", "carer", "caring", "trans", "gay", "lesbian", "heritage", "sen", "send", "faiths",
    }
)  # fmt: skip
PROTECTED_PHRASES = (
    "access need", "access requirement", "support need", "additional need", "special need", "reasonable adjust",
    "trade union", "country of origin", "right to work", "date of birth", "first language", "mother tongue",
    "mental", "long term condition", "occupational health", "caring responsib", "ni number", "national insurance",
    "year of birth", "civil partner",
)  # fmt: skip
PROTECTED_VALUES = frozenset(
    {
        "lesbian", "gay", "bisexual", "bisexual or pansexual", "pansexual", "asexual", "asexual or aromantic",
        "straight", "heterosexual", "transgender", "trans", "non binary", "nonbinary", "queer", "male", "female",
        "woman", "man", "christian", "muslim", "hindu", "sikh", "jewish", "buddhist", "atheist", "no religion",
        "white", "white british", "black", "black british", "asian", "asian british", "mixed", "black african",
        "black caribbean", "indian", "pakistani", "bangladeshi", "chinese", "disabled", "dyslexia", "dyspraxia",
        "autism", "autistic", "adhd", "deaf", "blind", "wheelchair user", "captions", "step free room",
        "step free access", "pregnant", "married", "single", "divorced", "widowed", "british", "irish",
    }
)  # fmt: skip


def is_protected(folded: str) -> bool:
    """Does a header ask for a fact that people are to be asked for themselves?"""
    words = folded.split()
    return any(word in PROTECTED_WORDS or word.startswith(PROTECTED_BEGINNINGS) for word in words) or any(
        phrase in folded for phrase in PROTECTED_PHRASES
    )
