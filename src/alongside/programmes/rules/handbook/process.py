"""Criteria 3.1 to 4.2: the model, tools, reviews, records, reflection and supervision."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.guidance import Role
from alongside.programmes.rules.handbook.blocks import (
    Block,
    heading,
    inside,
    listed,
    paragraph,
    read,
    table,
    termed,
    told,
)
from alongside.programmes.rules.handbook.facts import Facts, in_own_words, steps


def model(facts: Facts) -> list[Block]:
    """3.1: how a pair goes on, and why it was chosen."""
    held = facts.model
    found = [told(held.name, _("%(author)s, %(year)s") % {"author": held.author, "year": held.year})]
    if facts.model_from:
        found.append(paragraph(_("In its own words: %(edition)s.") % {"edition": facts.model_from}))
    found += read(held.summary)
    if facts.model_reason:
        found.append(told(_("Why this one"), facts.model_reason))
    found += [told(_("It suits"), held.suits), told(_("Where to take care"), held.caution)]
    rows = [(phase.name, phase.summary, [_(held.words) for held in phase.exit]) for phase in held.phases]
    columns = (_("Phase"), _("What it is about"), _("What shows that it is over"))
    found.append(table(_("The phases"), columns, rows))
    found.append(heading(_("For a single conversation")))
    found.append(paragraph(_("A pair chooses for each session how to structure it, or does without.")))
    found.append(termed((one.name, one.suits) for one in facts.guide.conversations))
    if facts.recommended:
        pointed = ", ".join(facts.recommended)
        found += inside([told(_("What the answers about the situation pointed to"), pointed)])
        found += inside([told(_("The table that it was reckoned by"), facts.table)])
    return found


def tools(facts: Facts) -> list[Block]:
    """3.2: ways to find a goal, of which the mentee chooses."""
    found = [
        paragraph(
            _(
                "The mentee chooses the way, and says what they like and need: in writing, by talking or in a picture, "
                "at once or over several sessions. Every question can be left out, and nothing is shared unless the "
                "mentee shares it."
            )
        )
    ]
    found += in_own_words(facts, "goal_tools")
    rows = [(tool.name, tool.words, tool.needs) for tool in facts.guide.tools]
    found.append(table(_("Ways to find a goal"), (_("Way"), _("What it is"), _("How it suits people")), rows))
    if facts.tools:
        found += inside([heading(_("Chosen for this programme")), listed(facts.tools)])
    return found


def reviews(facts: Facts) -> list[Block]:
    """3.3: ways to see how it goes, and on which days."""
    found = [
        paragraph(
            _(
                "Two ways or more together tell more than any one alone. Reviews help people learn: they are no "
                "appraisal, and nobody is ranked by them."
            )
        )
    ]
    found += in_own_words(facts, "review_methods")
    rows = [(held.name, held.words, held.when, held.read_by) for held in facts.guide.reviews]
    columns = (_("Way"), _("What it is"), _("When"), _("Who reads it"))
    found.append(table(_("Ways to monitor and review"), columns, rows))
    found += [heading(_("The days of this programme")), calendar(facts)]
    if facts.reviews:
        found += inside([heading(_("Chosen for this programme")), listed(facts.reviews)])
    return found


def calendar(facts: Facts) -> Block:
    """Every day that is set, as a table."""
    rows = [(date_format(day, "l j F Y"), words) for day, words in facts.days]
    return table(_("Calendar"), (_("Day"), _("What")), rows)


def records(facts: Facts) -> list[Block]:
    """4.1: what is kept, for how long, and what people may ask."""
    found = [
        heading(_("How to write")),
        listed(
            [
                _("Write little: what was agreed, and what will be done."),
                _("Write facts, mark opinions as such, and write no diagnoses."),
                _("Leave out the names of other people."),
                _("Write so that whoever it is about could read it."),
                _("Record no sound and no picture unless both have said yes beforehand."),
            ]
        ),
        heading(_("How long it is kept")),
        table(_("How long records are kept"), (_("What"), _("What belongs to it"), _("How long")), _periods(facts)),
        heading(_("What you may ask")),
        listed(
            [
                _("To see what is held about you, and to have a copy."),
                _("To have corrected what is wrong, and deleted what is not needed any more."),
                _("To object, and to complain; whoever is responsible answers within the time that the law gives."),
            ]
        ),
    ]
    if facts.notice:
        version = f" ({facts.notice_version})" if facts.notice_version else ""
        found.append(told(_("Privacy notice"), facts.notice + version))
    if facts.contact:
        found.append(told(_("Questions about your data"), facts.contact))
    return found + inside(_basis(facts))


def _periods(facts: Facts) -> Iterable[tuple[str, str, str]]:
    shown = ("private_note", "shared_record", "application", "readiness", "supervision", "journal", "account")
    held = facts.guide.retention
    return [(held[key].name, held[key].covers, held[key].words) for key in shown if key in held]


def _basis(facts: Facts) -> list[Block]:
    found = [told(_("Lawful basis"), facts.basis)] if facts.basis else []
    found += [told(_("Why it fits"), facts.basis_reason)] if facts.basis_reason else []
    return found + ([paragraph(_("The times above are agreed."))] if facts.agreed else [])


def reflection(facts: Facts) -> list[Block]:
    """4.2: how mentors learn from what they do, who looks after them, and what follows where nobody does."""
    return [
        heading(_("Reflection")),
        paragraph(
            _(
                "After a session, a few minutes: what happened, what was mine in it, what did I learn, what will I do "
                "next time? It is the mentor’s own, and names nobody."
            )
        ),
        heading(_("Supervision")),
        paragraph(
            _(
                "Supervision is a regular talk with somebody experienced who has no part in the pair: about the work, "
                "its ethics, and how the mentor is. It is agreed beforehand what stays there."
            )
        ),
        table(_("What a supervisor does"), (_("Stage"), _("What a supervisor does")), _supervised(facts)),
        heading(_("How mentors follow their own progress")),
        listed(
            [
                _("Rate themselves by the list in “What a mentor brings”, at the beginning and once a year."),
                _("Ask mentees for feedback, and look at what comes back more than once."),
                _("Note hours, training and what they learned from each."),
                _("Choose one thing to learn next, and take it to supervision."),
            ]
        ),
        heading(_("What follows without them")),
        table(_("What follows without them"), (_("What is missing"), _("What tends to follow")), _without()),
    ]


def _supervised(facts: Facts) -> list[tuple[str, list[str]]]:
    role = Role.SUPERVISOR
    return [(step.name, list(step.duties[role])) for step in steps(facts) if step.duties.get(role)]


def _without() -> list[tuple[str, list[str]]]:
    return [
        (
            _("Reflection"),
            [
                _("The same habits are repeated, such as telling instead of asking."),
                _("What worked stays luck, and what did not is put down to the mentee."),
            ],
        ),
        (
            _("Supervision"),
            [
                _("Limits blur unnoticed, and a mentor carries alone what is too heavy."),
                _("Risks are seen late; the programme does not learn what its pairs have in common."),
            ],
        ),
        (
            _("A look at one’s own progress"),
            [_("Nobody can say whether mentors get better, or where training would help.")],
        ),
    ]
