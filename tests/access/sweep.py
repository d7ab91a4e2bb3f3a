"""Every address of the installation, filled with everything that the demo holds, and who may come there at most.

Who may come is reckoned here from the tables alone, apart from the policies that decide it in the product.
"""

import html
import logging
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, product

from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from alongside.contracts.models import Version
from alongside.demo.people import EVERYONE
from alongside.foundation import clock, hooks
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.files.models import Upload
from alongside.foundation.identity.models import Account, Membership, OrganisationRole
from alongside.foundation.identity.terms import OrganisationRoleName
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications.answers import SALT
from alongside.foundation.notifications.models import Mail, Refusal
from alongside.foundation.notifications.registry import kinds
from alongside.goals.models import Goal
from alongside.matching.models import Left, LookAgain, MatchingPolicy, Offer, Proposal, Question, Round, Run, Taker
from alongside.meetings.models import ActionItem, Session
from alongside.organisations.models import PrivacyNotice
from alongside.people.models import Link, OwnField, RosterImport, RosterRow, Skill
from alongside.people.terms import ProfilePart
from alongside.programmes.models import Announcement, CalendarEntry, Design, Joining, Participation, Programme
from alongside.programmes.terms import Section
from alongside.readiness.models import Conflict, EthicsCode, Module, Rating, TrainingDay
from alongside.records.models import Complaint, ComplaintAbout
from alongside.records.terms import ComplaintKind
from alongside.relationships.models import PairsImport, Party, Relationship
from alongside.safeguarding.models import Case, Concern, Involvement
from tests.told import Told

SIGN_INS = tuple(person.key for person in EVERYONE if person.joins)
ONE_OF_EACH_ROLE = tuple({person.role: person.key for person in reversed(EVERYONE) if person.joins}.values())
ALSO = ("iris", "bronagh", "leila", "mateo2", "joanna")  # pairs at other points, and other coordinators
_SHARES = 8
_READ_ALIKE = ("guidance:part", "guidance:remove", "guidance:edition")
NOWHERE, SUSPENDED = "abcdefghijkl", "marek"  # a ref of nothing; an account that may not act
_COORDINATOR_TOO = {
    "relationships:pair", "relationships:withdraw", "relationships:hold", "relationships:release",
    "relationships:remind", "contracts:agreement", "contracts:version", "meetings:sessions",
}  # fmt: skip
_OF_SKILLS = {
    f"people:{name}"
    for name in ("skill", "accept_skill", "retire_skill", "merge_skill", "add_word", "remove_word", "undo_merge")
}
_OF_OWN_FIELDS = {"people:field", "people:remove_field"}
OWN_GUIDANCE = (
    ("fit", "lifecycle"), ("barriers", "default"), ("purposes", "default"), ("goal-tools", "default"),
    ("review-methods", "default"), ("competences", "default"), ("duties", "default"), ("lifecycle", "clutterbuck"),
)  # fmt: skip
_HOME = "membership__organisation"
_OF_APPLICANTS = {
    f"programmes:{name}" for name in ("join", "apply", "keep_application", "own_move", "leave", "own_room", "answer")
}
_PUBLIC_MAIL = {"notifications:mails", "notifications:mail"}
Keys = frozenset[int]  # memberships


@dataclass(frozen=True)
class Thing:
    """One object in an address: its ref, the thing that it stands in, and the memberships who may come to it."""

    ref: str
    may: Keys | None  # None: everybody
    within: str = ""


@dataclass(frozen=True)
class Address:
    """One address, and the memberships who may come there at most (None: it names no object of anybody's)."""

    name: str
    url: str
    may: Keys | None
    kwargs: dict[str, str] = field(default_factory=dict, hash=False)

    def is_barred(self, membership: Membership | None) -> bool:
        """Must whoever acts for this membership find nothing here?"""
        return self.may is not None and (membership is None or membership.pk not in self.may)


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named pattern with its name in full."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from walk(entry, inner)
        else:
            yield f"{prefix}{entry.name}", entry


def patterns() -> list[tuple[str, URLPattern]]:
    """Every pattern of the installation."""
    return list(walk(get_resolver()))


class Everything:
    """What the demo holds, as things that stand in addresses."""

    def __init__(self) -> None:
        self.pairs = {pair.ref: pair for pair in Relationship.objects.select_related("programme")}

    def two(self, pair: Relationship) -> Keys:
        """The two of a pair, while they take part."""
        held = Party.objects.filter(relationship=pair, participation__until=None)
        return frozenset(held.values_list("participation__membership", flat=True))

    def coordinators(self, programme: Programme) -> Keys:
        """Who coordinates a programme now."""
        held = Participation.objects.filter(programme=programme, part="coordinator", until=None)
        return frozenset(held.values_list("membership", flat=True))

    def outside(self, pair: Relationship) -> Keys:
        """The coordinators who are neither in the pair nor manage one of the two."""
        parties = Party.objects.filter(relationship=pair).values("participation__membership")
        managers = Link.objects.filter(target__in=parties, until=None).values_list("source", flat=True)
        within = {held["participation__membership"] for held in parties}
        return self.coordinators(pair.programme) - within - set(managers)

    def managing(self, organisation_id: int) -> Keys:
        """Administrators and coordinators of an organisation."""
        roles = ("administrator", "coordinator")
        held = OrganisationRole.objects.filter(membership__organisation=organisation_id, role__in=roles, until=None)
        return frozenset(held.values_list("membership", flat=True))

    def fellows(self, member: Membership) -> Keys:
        """Whoever is in a programme with somebody."""
        mine = Participation.objects.filter(membership=member, until=None).values("programme")
        held = Participation.objects.filter(programme__in=mine, until=None)
        return frozenset(held.values_list("membership", flat=True))

    def of(self, name: str, parameter: str) -> list[Thing]:
        """The things that fill a parameter of the address called `name`."""
        package = name.partition(":")[0]
        maker: Callable[..., list[Thing]] | None = getattr(self, f"{package}_{parameter}", None)
        if maker is None and parameter == "ref" and package in ("contracts", "goals", "meetings", "reviews"):
            maker = self.relationships_ref
        if maker is None and parameter == "slug":
            maker = self.programmes_slug
        if maker is None:
            return [Thing("nothing", None)]
        return maker(name)

    def relationships_ref(self, name: str) -> list[Thing]:
        """Pairs, or files of pairs that were brought in."""
        if name.startswith("relationships:running_"):
            found = PairsImport.objects.select_related("programme")
            return [Thing(held.ref, self.coordinators(held.programme), held.programme.slug) for held in found]
        if name == "relationships:tick_in_programme":
            return [
                Thing(part.ref, frozenset({part.membership_id})) for part in Participation.objects.filter(until=None)
            ]
        too = name in _COORDINATOR_TOO
        return [
            Thing(ref, self.two(pair) | (self.outside(pair) if too else frozenset()))
            for ref, pair in self.pairs.items()
        ]

    def safeguarding_ref(self, name: str) -> list[Thing]:
        """Concerns are their raiser's; cases the lead's, or the alternate's where the lead is in them or was late."""
        if name == "safeguarding:own":
            return [Thing(held.ref, frozenset({held.raiser_id})) for held in Concern.objects.all()]
        return [Thing(held.ref, self.handling(held)) for held in Case.objects.all()]

    def handling(self, case: Case) -> Keys:
        """Who handles a case."""
        here = OrganisationRole.objects.filter(membership__organisation=case.organisation_id, until=None)
        away = Involvement.objects.filter(case=case).values_list("membership", flat=True)
        leads, others = (
            set(here.filter(role=f"safeguarding_{which}").values_list("membership", flat=True)) - set(away)
            for which in ("lead", "alternate")
        )
        return frozenset(leads | others if case.escalated_at else leads or others)

    def records_ref(self, name: str) -> list[Thing]:
        """Complaints: their writer's, or for whoever handles them."""
        found = Complaint.objects.all()
        if name.partition(":")[2] in ("own_complaint", "add", "hand_on", "take_back", "settle"):
            return [Thing(held.ref, frozenset({held.writer_id})) for held in found]
        return [Thing(held.ref, self.answering(held)) for held in found]

    def answering(self, complaint: Complaint) -> Keys:
        """Who handles a complaint: never its writer, whoever it is about, or anybody once it was taken back."""
        roles = OrganisationRole.objects.filter(membership__organisation=complaint.organisation_id, until=None)
        desks = {"panel": "complaints_panel", "privacy": "privacy_officer"}
        may = set(roles.filter(role=desks.get(complaint.desk, "-")).values_list("membership", flat=True))
        if complaint.desk == "coordinator":
            programme = Programme.objects.get(ref=complaint.programme_ref)
            may = {complaint.coordinator_id} & self.coordinators(programme)
        about = ComplaintAbout.objects.filter(complaint=complaint).values_list("membership", flat=True)
        return frozenset(() if complaint.state == "taken_back" else may - {complaint.writer_id, *about})

    def records_kind(self, name: str) -> list[Thing]:
        """Kinds of what is written, and one that is none."""
        return [Thing(kind, None) for kind in (*ComplaintKind.values, "nonsense")]

    def contracts_version_ref(self, name: str) -> list[Thing]:
        """Versions of agreements."""
        found = Version.objects.select_related("contract__relationship")
        return [Thing(held.ref, None, held.contract.relationship.ref) for held in found]

    def goals_goal_ref(self, name: str) -> list[Thing]:
        """Goals: private ones are their owner's alone."""
        found = Goal.objects.select_related("relationship")
        return [
            Thing(held.ref, None if held.shared else frozenset({held.owner_id}), held.relationship.ref)
            for held in found
        ]  # fmt: skip

    def meetings_session_ref(self, name: str) -> list[Thing]:
        """Sessions."""
        return [Thing(held.ref, None, held.relationship.ref) for held in Session.objects.select_related("relationship")]

    def meetings_action_ref(self, name: str) -> list[Thing]:
        """Actions of sessions."""
        return [Thing(held.ref, None, held.session.ref) for held in ActionItem.objects.select_related("session")]

    def programmes_slug(self, name: str) -> list[Thing]:
        """Programmes: first page, handbook and sheets are for whoever takes part, the others for coordinators."""
        found = Programme.objects.all()
        if name in _OF_APPLICANTS:
            return [Thing(held.slug, self.applicants(held, name)) for held in found]
        if name.removeprefix("programmes:") not in ("programme", "handbook", "handbook_pdf", "sheet", "sheet_pdf"):
            return [Thing(held.slug, self.coordinators(held)) for held in found]
        parts = Participation.objects.filter(until=None)
        return [
            Thing(held.slug, frozenset(parts.filter(programme=held).values_list("membership", flat=True)))
            for held in found
        ]  # fmt: skip

    def applicants(self, programme: Programme, name: str) -> Keys:
        """Whoever may come to the pages of taking part in a programme: all, or those to whom this one is about."""
        playing = Participation.objects.filter(programme=programme, until=None)
        moved = frozenset(Joining.objects.filter(programme=programme).values_list("membership", flat=True))
        if name in ("programmes:leave", "programmes:own_room"):
            return frozenset(playing.exclude(part="coordinator").values_list("membership", flat=True))
        if name != "programmes:join":
            return moved
        over = CalendarEntry.objects.filter(programme=programme, kind="enrol", day__lt=clock.today("Europe/London"))
        opens = Design.objects.filter(programme=programme).exclude(open_to="").exists() and not over.exists()
        everybody = self.members(programme.organisation_id) if opens else frozenset()
        return everybody | moved | frozenset(playing.values_list("membership", flat=True))

    def programmes_part(self, name: str) -> list[Thing]:
        """Parts that somebody can apply for, and one that is none."""
        return [Thing(part, None) for part in ("mentee", "mentor", "nonsense")]

    def programmes_move(self, name: str) -> list[Thing]:
        """Moves of one's own, and one that is none."""
        return [Thing(move, None) for move in ("take-back", "stay", "come-back", "nonsense")]

    def programmes_section(self, name: str) -> list[Thing]:
        """Sections of a design, and one that is none."""
        return [Thing(section, None) for section in (*Section.values, "nonsense")]

    def programmes_ref(self, name: str) -> list[Thing]:
        """Applications, for coordinators once they are sent, never one's own; what was written to all; or parts."""
        if name == "programmes:announcement":
            return [Thing(held.ref, None, held.programme.slug) for held in Announcement.objects.select_related()]
        if name in ("programmes:application", "programmes:again", "programmes:reorder"):
            sent = Joining.objects.exclude(state__in=["new", "begun"]).select_related("programme")
            unsent = Joining.objects.filter(state__in=["new", "begun"]).select_related("programme")
            return [
                *(
                    Thing(one.ref, self.coordinators(one.programme) - {one.membership_id}, one.programme.slug)
                    for one in sent
                ),
                *(Thing(one.ref, frozenset(), one.programme.slug) for one in unsent),
            ]
        if name == "programmes:question":
            asked = Joining.objects.select_related("programme")
            return [
                Thing(
                    one.ref,
                    self.coordinators(one.programme) - {one.membership_id} if one.invited_at else frozenset(),
                    one.programme.slug,
                )
                for one in asked
            ]
        found = Participation.objects.select_related("programme")
        return [Thing(held.ref, None, held.programme.slug) for held in found]

    def programmes_key(self, name: str) -> list[Thing]:
        """Steps of the funnel, and one that is none."""
        return [Thing(key, None) for key in (*(step.key for step in hooks.funnel_steps), "nonsense")]

    def programmes_chapter(self, name: str) -> list[Thing]:
        """Sections of a handbook, and one that is none."""
        return [Thing(key, None) for key in ("rationale", "nonsense")]

    def programmes_role(self, name: str) -> list[Thing]:
        """Roles with a sheet, and one that has none."""
        return [Thing(key, None) for key in ("mentor", "nonsense")]

    def programmes_number(self, name: str) -> list[Thing]:
        """Numbers of editions."""
        return [Thing("1", None)]

    def people_ref(self, name: str) -> list[Thing]:
        """People, words for skills, or rosters."""
        if name in _OF_SKILLS:
            return [Thing(held.ref, self.managing(held.organisation_id)) for held in self.skills()]
        if name in _OF_OWN_FIELDS:
            return [Thing(held.ref, self.managing(held.organisation_id)) for held in OwnField.objects.all()]
        if name == "people:contact":
            some = [*Membership.objects.filter(work_address=""), *Membership.objects.all()[:3]]
            return [Thing(held.ref, self.managing(held.organisation_id)) for held in some]
        if name != "people:person":
            return [Thing(held.ref, self.managing(held.organisation_id)) for held in RosterImport.objects.all()]
        return [
            Thing(held.ref, self.managing(held.organisation_id) | self.fellows(held) | {held.pk})
            for held in Membership.objects.all()
        ]

    def skills(self) -> list[Skill]:
        """A few words of each organisation: proposed, accepted, retired."""
        found: dict[tuple[int, str], Skill] = {}
        for held in Skill.objects.exclude(state="other_word").order_by("pk"):
            found.setdefault((held.organisation_id, held.state), held)
        leading = Skill.objects.filter(state="other_word").select_related("same_as")
        return list(dict.fromkeys([*found.values(), *(word.same_as for word in leading)]))

    def people_slug(self, name: str) -> list[Thing]:
        """Short names of organisations, for signing in with a number: for everybody, also of what is none."""
        return [Thing(slug, None) for slug in ("northgate-health", "nowhere")]

    def organisations_slug(self, name: str) -> list[Thing]:
        """The same, for an organisation's own sign-in."""
        return self.people_slug(name)

    def people_part(self, name: str) -> list[Thing]:
        """Pages of one's own profile, and one that is none."""
        return [Thing(part.value, None) for part in ProfilePart] + [Thing("nonsense", None)]

    def people_word(self, name: str) -> list[Thing]:
        """Words that lead to another one."""
        held = Skill.objects.filter(state="other_word").select_related("same_as")
        return [Thing(word.ref, None, word.same_as.ref) for word in held]

    def people_row(self, name: str) -> list[Thing]:
        """Rows of rosters."""
        return [Thing(held.ref, None, held.roster_import.ref) for held in RosterRow.objects.select_related()]

    def organisations_role(self, name: str) -> list[Thing]:
        """Roles across an organisation, and one that is none."""
        return [Thing(role, None) for role in (OrganisationRoleName.ADMINISTRATOR.value, "emperor")]

    def organisations_ref(self, name: str) -> list[Thing]:
        """People with roles: for the administrators of their organisation. Versions of privacy notices: for members."""
        if name == "organisations:notice_version":
            return [Thing(one.ref, self.members(one.organisation_id)) for one in PrivacyNotice.objects.all()]
        held = OrganisationRole.objects.filter(until=None).select_related("membership")
        return [Thing(one.membership.ref, self._administrators(one.membership)) for one in held]

    def leading(self, organisation_id: int) -> Keys:
        """Whoever is a coordinator across an organisation."""
        held = OrganisationRole.objects.filter(membership__organisation=organisation_id, role="coordinator", until=None)
        return frozenset(held.values_list("membership", flat=True))

    def members(self, organisation_id: int) -> Keys:
        """Everybody who belongs to an organisation."""
        return frozenset(Membership.objects.filter(organisation=organisation_id).values_list("pk", flat=True))

    def _administrators(self, member: Membership) -> Keys:
        held = OrganisationRole.objects.filter(role="administrator", until=None)
        here = held.filter(membership__organisation=member.organisation_id)
        return frozenset(here.values_list("membership", flat=True))

    def readiness_slug(self, name: str) -> list[Thing]:
        """Programmes, for those who coordinate them; one's own conflicts, for who takes part in them or applies."""
        if name == "readiness:own_conflicts":
            parts = Participation.objects.filter(until=None).exclude(part="coordinator")
            applies = Joining.objects.filter(state__in=["begun", "applied", "waiting", "asked", "invited"])
            return [
                Thing(
                    held.slug,
                    frozenset(parts.filter(programme=held).values_list("membership", flat=True))
                    | frozenset(applies.filter(programme=held).values_list("membership", flat=True)),
                )
                for held in Programme.objects.filter(state="running")
            ]
        return [Thing(held.slug, self.coordinators(held)) for held in Programme.objects.all()]

    def readiness_ref(self, name: str) -> list[Thing]:
        """Conflicts, versions of the code of ethics and parts of the training: for whom they are."""
        if name == "readiness:rating":
            return [Thing(one.ref, frozenset({one.mentor_id, one.rater_id})) for one in Rating.objects.all()]
        if name == "readiness:vetting":
            taking = Participation.objects.exclude(part="coordinator").filter(until=None).select_related("programme")
            return [
                Thing(one.ref, self.coordinators(one.programme) - {one.membership_id}, one.programme.slug)
                for one in taking
            ]
        if name == "readiness:conflict":
            declared = Conflict.objects.select_related("programme")
            return [
                Thing(one.ref, self.coordinators(one.programme) - {one.membership_id}, one.programme.slug)
                for one in declared
            ]
        if name != "readiness:code_version":
            read = ("readiness:module", "readiness:module_file", "readiness:come", "readiness:stay_away")
            may = self.members if name in read else self.leading
            return [Thing(one.ref, may(one.organisation_id)) for one in Module.objects.all()]
        return [Thing(one.ref, self.members(one.organisation_id)) for one in EthicsCode.objects.all()]

    def readiness_key(self, name: str) -> list[Thing]:
        """Questions of an organisation's own parts of the training, and one that is none."""
        held = Module.objects.exclude(questions=[])
        return [Thing(asked["key"], None, one.ref) for one in held for asked in one.questions] + [Thing("none", None)]

    def readiness_day(self, name: str) -> list[Thing]:
        """Training days."""
        return [Thing(held.ref, None, held.module.ref) for held in TrainingDay.objects.select_related("module")]

    def matching_slug(self, name: str) -> list[Thing]:
        """Programmes, for those who coordinate them; what mentees and mentors do themselves, for whom it is about."""
        whose = {"matching:not_placed": self.not_placed, "matching:wish": self.wishing}.get(name)
        whose = self.choosing if name in ("matching:choose", "matching:choose_nobody") else whose
        return [Thing(held.slug, (whose or self.coordinators)(held)) for held in Programme.objects.all()]

    def not_placed(self, programme: Programme) -> Keys:
        """Whom the newest published matching of a programme did not place."""
        published = Round.objects.filter(programme=programme, state="published").order_by("-published_at").first()
        held = Left.objects.filter(run__round=published, mentee__until=None) if published else Left.objects.none()
        return frozenset(held.values_list("mentee__membership", flat=True))

    def choosing(self, programme: Programme) -> Keys:
        """Who chooses from a few mentors now."""
        held = Offer.objects.filter(mentee__programme=programme, state="open")
        return frozenset(held.values_list("mentee__membership", flat=True))

    def wishing(self, programme: Programme) -> Keys:
        """Whoever says whom they would like: both sides, where the programme wants it."""
        if not MatchingPolicy.objects.filter(programme=programme, way="ranking").exists():
            return frozenset()
        held = Participation.objects.filter(programme=programme, until=None).exclude(part="coordinator")
        return frozenset(held.values_list("membership", flat=True))

    def matching_part(self, name: str) -> list[Thing]:
        """Parts in which somebody says whom they would like, and one that is none."""
        return [Thing(part, None) for part in ("mentee", "mentor", "nonsense")]

    def matching_ref(self, name: str) -> list[Thing]:
        """What a matching found: for coordinators who are neither of the two nor manage one of them."""
        if name == "matching:take_offer_back":
            return [Thing(one.ref, None, one.mentee.programme.slug) for one in Offer.objects.select_related()]
        if name == "matching:look":
            asked = LookAgain.objects.select_related("mentee__programme")
            return [Thing(one.ref, self.away_from([one.mentee]), one.mentee.programme.slug) for one in asked]
        if name == "matching:compare":
            before = Run.objects.select_related("round__programme")
            return [Thing(one.ref, self.coordinators(one.round.programme), one.round.programme.slug) for one in before]
        if name == "matching:mentee":
            takers = Taker.objects.filter(participation__part="mentee").select_related("participation__programme")
            people = {one.participation.ref: one.participation for one in takers}
            return [Thing(ref, self.away_from([one]), one.programme.slug) for ref, one in people.items()]
        found = Question if name == "matching:question" else Proposal
        rows = found.objects.select_related("run__round__programme", "mentee__programme", "mentor__programme")
        return [Thing(one.ref, self.away_from([one.mentee, one.mentor]), one.run.round.programme.slug) for one in rows]

    def matching_step(self, name: str) -> list[Thing]:
        """Steps of a round, and one that is none."""
        return [Thing(step, None) for step in ("reviewed", "nonsense")]

    def away_from(self, people: list[Participation]) -> Keys:
        """The coordinators of a programme who are none of these people, and manage none of them."""
        within = {one.membership_id for one in people}
        managers = Link.objects.filter(target__in=within, until=None).values_list("source", flat=True)
        return self.coordinators(people[0].programme) - within - set(managers)

    def jobs_ref(self, name: str) -> list[Thing]:
        """Jobs: whoever started them."""
        return [Thing(held.ref, self._by(held.by_ref)) for held in Job.objects.all()]

    def files_ref(self, name: str) -> list[Thing]:
        """Uploads: whoever gave them."""
        return [Thing(held.ref, self._by(held.by_ref)) for held in Upload.objects.all()]

    def _by(self, ref: str) -> Keys:
        return frozenset(Membership.objects.filter(ref=ref).values_list("pk", flat=True))

    def notifications_ref(self, name: str) -> list[Thing]:
        """Mails: nobody's, where they are not shown on a page."""
        return [Thing(held.ref, frozenset()) for held in Mail.objects.all()[:3]]

    def organisations_mail_ref(self, name: str) -> list[Thing]:
        """Mails to try again: at most for the administrators of the organisation that they belong to."""
        here = OrganisationRole.objects.filter(role="administrator", until=None).select_related("membership")
        return [
            Thing(
                held.ref,
                frozenset(
                    here.filter(membership__organisation__ref=held.organisation_ref).values_list(
                        "membership", flat=True
                    )
                ),
            )
            for held in Mail.objects.all()[:3]
        ]

    def organisations_job_ref(self, name: str) -> list[Thing]:
        """Work that was given up: for the administrators of its organisation; what is open or ended: for nobody."""
        here = OrganisationRole.objects.filter(role="administrator", until=None)
        return [
            Thing(
                held.ref,
                frozenset(
                    here.filter(membership__organisation__ref=held.organisation_ref if held.cause else "-").values_list(
                        "membership", flat=True
                    )
                ),
            )
            for held in Job.objects.order_by("-pk")[:3]
        ]

    def organisations_letter(self, name: str) -> list[Thing]:
        """Mails whose words can be changed, and one that is none."""
        return [Thing(key, None) for key in ("session.cancelled", "session.moved", "no.such.letter")]

    def organisations_language(self, name: str) -> list[Thing]:
        """Languages, and one that nobody reads."""
        return [Thing(key, None) for key in ("en-gb", "xx")]

    def organisations_which(self, name: str) -> list[Thing]:
        """The words in force, a draft, and what is neither."""
        return [Thing(key, None) for key in ("now", "draft", "nonsense")]

    def programmes_letter(self, name: str) -> list[Thing]:
        """Mails that a programme sends, one that always goes, and one that is none."""
        return [Thing(key, None) for key in ("relationship.proposed", "membership.invitation", "nonsense")]

    def programmes_mail_ref(self, name: str) -> list[Thing]:
        """Mails that would have gone, for the coordinators of their programme, and one that went."""
        of = {held.ref: held for held in Programme.objects.all()}
        kept = Mail.objects.filter(state="rehearsed")
        found = [Thing(mail.ref, self.coordinators(of[mail.scope_ref]), of[mail.scope_ref].slug) for mail in kept]
        sent = Mail.objects.exclude(state="rehearsed").exclude(scope_ref="").first()
        return [*found, *([Thing(sent.ref, frozenset(), of[sent.scope_ref].slug)] if sent else [])]

    def notifications_token(self, name: str) -> list[Thing]:
        """Links in mails that are answered without signing in."""
        account = Account.objects.earliest("pk")
        pair, party = self.pairs and next(iter(self.pairs)), Party.objects.select_related("participation").first()
        said = [
            ("mail.stop", account.ref, kinds()[-1].name),
            ("mail.stop", account.ref, "no.such.kind"),
            ("relationship.accept", party.participation.membership.ref, pair),
            ("no.such.answer", account.ref),
        ]
        return [Thing(token, None) for token in (*(signing.dumps(one, salt=SALT) for one in said), "forged")]

    def people_token(self, name: str) -> list[Thing]:
        """Links of invitations, out of the mails that wait."""
        found = re.findall(r"/join/([\w-]+)/", " ".join(Mail.objects.values_list("body", flat=True)))
        return [Thing(token, None) for token in (*dict.fromkeys(found), "forged")]

    def guidance_key(self, name: str) -> list[Thing]:
        """Lifecycle models, conversations, and tables to choose by; in an own edition, the key behind a kind."""
        held = {
            "guidance:conversation": "grow", "guidance:choose": "lifecycle", "guidance:model": "clutterbuck",
            "guidance:course": "core",
        }  # fmt: skip
        if name in held:
            return [Thing(key, None) for key in (held[name], "nonsense")]
        return [Thing(key, None, kind) for kind, key in OWN_GUIDANCE] + [Thing("nonsense", None, "fit")]

    def guidance_kind(self, name: str) -> list[Thing]:
        """Kinds of documents that are put in own words: for whoever coordinates or administers any organisation."""
        writers = frozenset().union(*map(self.managing, OrganisationRole.objects.values_list(_HOME, flat=True)))
        return [Thing(kind, writers) for kind in (*dict(OWN_GUIDANCE), "nonsense")]

    def guidance_part(self, name: str) -> list[Thing]:
        """Parts of such documents, one that somebody has begun to add, and one that is none."""
        held = {"lifecycle": "time-boxed", "clutterbuck": "direction"}
        parts = [Thing(held[key], None, key) for _kind, key in OWN_GUIDANCE if key in held]
        defaults = ("time", "no-room", "transition", "smart", "milestone-review", "listening", "prepare", "nonsense")
        return parts + [Thing(key, None, "default") for key in defaults]

    def guidance_number(self, name: str) -> list[Thing]:
        """The shipped edition, and an own one."""
        return [Thing(number, None) for number in ("0", "1")]


def addresses(*, crossed: bool = False) -> list[Address]:
    """Every address. With `crossed` each thing in every wrong place; otherwise one wrong place for each pattern."""
    everything, made = Everything(), {}
    for name, pattern in patterns():
        filled = _filled(everything, name, list(pattern.pattern.converters), crossed=crossed)
        for kwargs, may in filled:
            address = Address(name, _reversed(name, pattern, kwargs), may, kwargs)
            held = made.get(address.url)
            made[address.url] = address if held is None or held.may == frozenset() else held
    return list(made.values())


def asked_of(told: Told, key: str | None, *, crossed: bool = False) -> Iterator[Address]:
    """What one person asks for: all that may be theirs, and a share of what must be nothing to them.

    Of each pattern they ask for the first such address and for every eighth of the others. Each address is so
    refused to two people or three in every run; with `crossed` to everybody. So are the parts of the guidance, which
    everybody reads alike.
    """
    membership = told.membership(key) if key and key != SUSPENDED else None
    turn, begun = [None, *SIGN_INS].index(key), set()
    for number, address in enumerate(addresses(crossed=crossed)):
        if not crossed and (address.is_barred(membership) or address.name in _READ_ALIKE):
            if address.name in begun and number % _SHARES != turn % _SHARES:
                continue
            begun.add(address.name)
        yield address


def _filled(
    everything: Everything, name: str, parameters: list[str], *, crossed: bool
) -> Iterator[tuple[dict[str, str], Keys | None]]:
    if name in _PUBLIC_MAIL and not parameters:
        yield {}, frozenset()
        return
    stray_once = False
    for things in product(*(everything.of(name, parameter) for parameter in parameters)):
        stray = any(thing.within not in ("", place.ref) for place, thing in pairwise(things))
        if stray and stray_once and not crossed:
            continue
        stray_once |= stray
        mays = [thing.may for thing in things if thing.may is not None]
        together: Keys | None = frozenset.intersection(*mays) if mays else None
        yield dict(zip(parameters, (thing.ref for thing in things), strict=True)), frozenset() if stray else together


def _reversed(name: str, pattern: URLPattern, kwargs: dict[str, str]) -> str:
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:  # allauth's patterns by regular expression
        return reverse(name, kwargs=dict.fromkeys(pattern.pattern.regex.groupindex, "1-nothing"))


def text_of(response: HttpResponse) -> str:
    """What an answer says, as people read it: entities read, blanks made one, the page's own token left out."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    said = re.sub(r"\b\w{64}\b", "", body.decode("utf-8", "replace"))
    return plain(f"{said} {' '.join(response.headers.values())}")


def plain(text: str) -> str:
    """Entities read, every run of blanks one blank."""
    return " ".join(html.unescape(text).split())


@dataclass(frozen=True)
class Walked:
    """What one person found."""

    faults: tuple[str, ...]  # addresses that answered 500 and above, or that let in somebody barred
    seen: frozenset[int]  # planted sentences that came to them, by number
    leaks: tuple[str, ...]  # planted sentences that may not
    reached: frozenset[str]  # names of addresses that answered with a page or a file
    for_posts: frozenset[str]  # names of addresses that answer no GET
    answers: int
    searched: int  # planted sentences that each answer was searched for


def sweep(told: Told, key: str | None, *, crossed: bool = False, only: Collection[str] | None = None) -> Walked:
    """Fetch every address, or those of `only` some names, as one person (None: a stranger)."""
    logging.disable(logging.CRITICAL)  # of each of some hundred refusals a line
    try:
        return _sweep(told, key, crossed=crossed, only=only)
    finally:
        logging.disable(logging.NOTSET)


def _sweep(told: Told, key: str | None, *, crossed: bool, only: Collection[str] | None) -> Walked:
    client = told.client(key, raise_request_exception=False)
    membership = told.membership(key) if key and key != SUSPENDED else None
    sentences = [plain(planted["text"]) for planted in told.planted]
    mine = set(_allowed(told, key))
    faults, leaks, seen, names, answers = [], [], set(), {200: set(), 405: set()}, 0
    asked = (address for address in asked_of(told, key, crossed=crossed) if only is None or address.name in only)
    nothing, held = Nothing(client), on_hold(membership)
    for address in asked:
        response = client.get(address.url)
        answers += 1
        said = text_of(response)
        if response.status_code == 403 and address.url.startswith(held):
            continue  # the two of a pair on hold are told so at everything below it, also at what is not there
        if fault := _fault(address, response.status_code, said, membership, nothing):
            faults.append(fault)
        names.setdefault(response.status_code, set()).add(address.name)
        found = {number for number, sentence in enumerate(sentences) if sentence in said}
        seen |= found
        leaks += [f"{address.url}: {told.planted[number]['what']}" for number in sorted(found - mine)]
    reached, for_posts = frozenset(names[200]), frozenset(names[405])
    return Walked(tuple(faults), frozenset(seen), tuple(leaks), reached, for_posts, answers, len(sentences))


def on_hold(membership: Membership | None) -> tuple[str, ...]:
    """Where the pairs of somebody stand whose contact is on hold."""
    pairs = Relationship.objects.filter(held_at__isnull=False, parties__participation__membership=membership)
    return tuple(f"/pairs/{pair.ref}/" for pair in pairs) if membership else ()


def _allowed(told: Told, key: str | None) -> Iterator[int]:
    """The sentences that somebody may read, acting for this organisation."""
    for number, planted in enumerate(told.planted):
        reads = key and key != SUSPENDED and told.email(key) in planted["may"]
        if reads and _organisation(planted) in ("", key_organisation(key)):
            yield number


def _organisation(planted: dict) -> str:
    """Where a sentence belongs: told by those of its readers who are in one organisation only."""
    hosts = {address.partition("@")[2].split(".")[0] for address in planted["may"] if "mateo" not in address}
    return hosts.pop() if len(hosts) == 1 else ""


@cache
def key_organisation(key: str) -> str:
    """The organisation of one of the cast."""
    return next(person.organisation for person in EVERYONE if person.key == key)


class Nothing:
    """What somebody is told of things that do not exist, at each kind of address."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._held: dict[tuple[str, ...], str] = {}

    def is_said(self, address: Address, said: str) -> bool:
        """Is `said` what stands there where no ref leads anywhere, or where the last one does not?"""
        given = list(address.kwargs)
        nowhere = dict.fromkeys(given, NOWHERE)
        last = address.kwargs | dict.fromkeys(given[-1:], NOWHERE)
        return any(_without_refs(said) == self._at(address.name, kwargs) for kwargs in (nowhere, last))

    def _at(self, name: str, kwargs: dict[str, str]) -> str:
        key = (name, *kwargs.values())
        if key not in self._held:
            self._held[key] = _without_refs(text_of(self.client.get(reverse(name, kwargs=kwargs))))
        return self._held[key]


def _without_refs(said: str) -> str:
    return re.sub(r"/[\w./-]*", "/", said)


def is_ours(name: str) -> bool:
    """Is this address one of our pages, rather than allauth's or a file?"""
    pattern = dict(patterns())[name]
    return hasattr(pattern.callback, "permission") and name not in (
        "files:download",
        "people:refused_rows",
        "programmes:handbook_pdf",
        "programmes:sheet_pdf",
        "readiness:module_file",
        "relationships:running_refused",
    )


def own_pages(told: Told, key: str) -> Iterator[str]:
    """One page of each kind of ours that somebody can open, and each page of their profile."""
    membership, client, seen = told.membership(key), told.client(key), set()
    for address in addresses():
        kind = address.url if address.name == "people:own_part" else address.name
        if kind in seen or address.is_barred(membership) or not is_ours(address.name):
            continue
        if client.get(address.url).status_code == 200:
            seen.add(kind)
            yield address.url


def entries() -> int:
    """How much has happened, as the log has it; but that whoever handles a case has opened it is itself an entry."""
    return AuditEntry.objects.exclude(name="case.read").count()


def heads() -> tuple[int, ...]:
    """How much has happened: entries of the audit log, and rows of what a request could write beside it."""
    kinds = (
        Case,
        Concern,
        Job,
        Mail,
        Upload,
        Membership,
        Account,
        Relationship,
        Session,
        Goal,
        RosterImport,
        PairsImport,
        Refusal,
    )
    return (entries(), *(kind.objects.count() for kind in kinds))


def post(told: Told, key: str | None, *, crossed: bool = False) -> list[str]:
    """Post nothing at all to every address that is not this person's: what went wrong or had an effect."""
    logging.disable(logging.CRITICAL)
    client = told.client(key, raise_request_exception=False)
    membership = told.membership(key) if key and key != SUSPENDED else None
    before, faults = heads(), []
    try:
        for address in asked_of(told, key, crossed=crossed):
            if not address.is_barred(membership):
                continue
            response = client.post(address.url)
            wrong = response.status_code not in (404, 405) and not (membership is None and response.status_code == 302)
            if wrong or entries() != before[0]:
                faults.append(f"{response.status_code} {address.url} ({address.name})")
    finally:
        logging.disable(logging.NOTSET)
    assert heads() == before or faults, "something was written, and the audit log does not say what"
    return faults


def _fault(address: Address, status: int, said: str, membership: Membership | None, nothing: Nothing) -> str:
    if status >= 500:
        return f"{status} {address.url}"
    if status == 405 or not address.is_barred(membership):
        return ""
    if status == 302 and membership is None:
        return ""  # to the way in, or home, where nobody acts
    if status != 404:
        return f"{status} let in at {address.url} ({address.name})"
    # A second look: the first page after a redirect also shows its message.
    if nothing.is_said(address, said) or nothing.is_said(address, text_of(nothing.client.get(address.url))):
        return ""
    return f"another 404 than for nothing: {address.url}"
