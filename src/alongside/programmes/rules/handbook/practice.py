"""Criteria 2.1 to 2.3: the first meeting, the agreement, safe and ethical practice."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.guidance import Layer
from alongside.programmes.rules.handbook.blocks import Block, heading, inside, listed, paragraph, read, table
from alongside.programmes.rules.handbook.facts import Facts


def trust(facts: Facts) -> list[Block]:
    """2.1: how two people begin who do not know each other."""
    kit = facts.guide.contact
    found = [*read(kit.introduction), heading(_("Before you meet")), listed(kit.before)]
    minutes = ngettext("%(count)s minute", "%(count)s minutes", kit.minutes) % {"count": kit.minutes}
    columns = (_("Part"), _("Minutes"), _("What happens"))
    rows = [(item.name, item.minutes, item.words) for item in kit.agenda]
    return [
        *found,
        heading(_("The first meeting, in %(minutes)s") % {"minutes": minutes}),
        table(_("Agenda of the first meeting"), columns, rows),
        heading(_("Questions to begin with")),
        listed(kit.prompts),
        heading(_("Afterwards")),
        listed(kit.after),
        heading(_("What trust grows from")),
        listed(_trusted()),
    ]


def _trusted() -> list[str]:
    return [
        _("Keep your word, also in small things: be on time, send what you said you would send."),
        _("Say what stays between you before anything personal is said, and keep to it."),
        _("Listen for what matters to the other, and ask before you advise."),
        _("Say when you do not know, and when you were wrong."),
    ]


def agreement(facts: Facts) -> list[Block]:
    """2.2: why one agrees, how, on what, and what kind of agreement it is."""
    found = [
        heading(_("Why")),
        paragraph(
            _(
                "Both know what to expect, where the limits are and how they can stop. Whoever frees the time knows "
                "what they will be told and what not. Later it is what the two look back on."
            )
        ),
        heading(_("How")),
        _how(),
        heading(_("What")),
        _clauses(facts),
        heading(_("What kind of agreement it is")),
        paragraph(
            _(
                "A working agreement between people who want to work together, not a part of anybody’s contract of "
                "employment. It has two parts: one between mentor and mentee, and one that is shared with the line "
                "manager or sponsor. Each is in force when those whom it concerns have signed. Either of the two may "
                "stop at any time without a reason."
            )
        ),
    ]
    if facts.rhythm:
        found += [
            heading(_("What the programme proposes")),
            table(_("Rhythm"), (_("What"), _("Proposed")), facts.rhythm),
        ]
    return found


def _how() -> Block:
    steps = [
        _("Mentor and mentee meet, and each says whether to go on."),
        _("The mentee begins the draft; both change it until it fits."),
        _("The part to be shared is shown to the line manager or sponsor. The mentee agrees to each thing in it."),
        _("All sign what concerns them. Each version is kept, and none is changed afterwards."),
        _("On the days agreed, the two look at it again: keep it, or write a new version and sign that."),
    ]
    block = listed(steps)
    return Block("numbers", items=block.items)


def _clauses(facts: Facts) -> Block:
    yes = _("Yes")
    rows = [
        (clause.title, yes if clause.layer != Layer.SHARED else "", yes if clause.layer != Layer.PRIVATE else "")
        for clause in facts.guide.clauses.clauses
    ]
    columns = (_("Clause"), _("Between the two"), _("Shared part"))
    return table(_("What the agreement says"), columns, rows)


def safety(facts: Facts) -> list[Block]:
    """2.3: what keeps people safe, and what is fair."""
    found = [
        heading(_("What stays private, and what cannot")),
        paragraph(
            _(
                "What is said between mentor and mentee stays with them. Somebody else is told, and only as much as is "
                "needed, if one of these is so:"
            )
        ),
        listed(
            [
                _("Somebody is in danger of serious harm."),
                _("A child, or an adult at risk, needs protecting."),
                _("The law requires a crime to be reported, or a court orders it."),
                _("The two have agreed that it is told."),
                _("A mentor takes something to supervision, without a name and without anything that shows who."),
            ]
        ),
        heading(_("When somebody may be in danger")),
        Block("numbers", items=listed(_in_danger()).items),
        heading(_("Fair and clear")),
        listed(_fair()),
    ]
    if facts.style or facts.shape:
        rows = [(term, words) for term, words in ((_("Style"), facts.style), (_("Form"), facts.shape)) if words]
        found += inside([table(_("Style and form"), (_("What"), _("Chosen")), rows)])
    if facts.assurance:
        columns = (_("What"), _("How it stands"))
        found += inside([table(_("How safely the organisation works, today"), columns, facts.assurance)])
    return found


def _in_danger() -> list[str]:
    return [
        _("If the danger is immediate, call the emergency services first."),
        _("Listen calmly. Promise no secrecy, ask no leading questions, and confront nobody."),
        _("Say whom you will tell, unless that makes it more dangerous."),
        _("Tell the safeguarding lead of the organisation at once, within a day at the latest."),
        _("Write down what was said in the person’s own words, with time and place; keep facts and opinion apart."),
    ]


def _fair() -> list[str]:
    return [
        _("A mentor has no line authority over the mentee, writes no reference and sits on no panel about them."),
        _("Whoever may have two interests says so when applying, when matched, and whenever it changes."),
        _("Nobody is matched by age, disability, sex, race, religion or the like unless they asked for it themselves."),
        _("What somebody needs in order to take part is arranged, and nobody has to give a diagnosis."),
        _("Mentoring is no therapy and no legal or financial advice: the mentor says where better help is."),
        _("Either may stop without a reason, and is offered someone new. Nobody is worse off for it."),
        _("Mentors keep to the code of ethics that the organisation has named, where it has named one."),
    ]
