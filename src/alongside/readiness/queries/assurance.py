"""What of readiness shows that an organisation works safely: numbers of everybody who takes part now."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from alongside.foundation import clock
from alongside.foundation.hooks import Assured
from alongside.foundation.identity.models import Organisation
from alongside.programmes.models import Participation
from alongside.programmes.terms import Part, ProgrammeState
from alongside.readiness.models import Conflict, EthicsCode, Module, Vetting
from alongside.readiness.queries.people import with_state
from alongside.readiness.queries.vetting import valid
from alongside.readiness.terms import Need


def shown(organisation: Organisation) -> Iterator[Assured]:
    """The code of ethics and who accepted it, training, conflicts, vetting: two queries."""
    running = Participation.objects.filter(programme__organisation=organisation, until__isnull=True)
    running = running.filter(programme__state=ProgrammeState.RUNNING)
    mentors, mentees = _people(running)
    held = _held(organisation, running)
    about = _("Code of ethics and training")
    if held["code"] is None:
        yield Assured(10, about, _("Code of ethics"), said=_("None is stated yet"))
    else:
        yield Assured(10, about, _("Code of ethics"), said=", ".join(filter(None, (held["code"], held["edition"]))))
        words = _("Mentors who accepted the version in force")
        yield Assured(11, about, words, count=mentors["code"], of=mentors["all"])
    if not held["of_mentors"] and not held["of_mentees"]:
        yield Assured(12, about, _("Required training"), said=_("None is required yet"))
    if held["of_mentors"]:
        words = _("Mentors who have done the training that is required of them")
        yield Assured(12, about, words, count=mentors["training"], of=mentors["all"])
    if held["of_mentees"]:
        words = _("Mentees who have done the training that is required of them")
        yield Assured(13, about, words, count=mentees["training"], of=mentees["all"])
    about = _("Conflicts of interest and vetting")
    yield Assured(30, about, _("Declared conflicts that wait for a decision"), count=held["undecided"])
    if held["vetted"]:
        words = _("Vetting that is in order and not due again, of all that is recorded")
        yield Assured(31, about, words, count=held["in_order"], of=held["vetted"])


def _people(found: QuerySet[Participation]) -> list[dict[str, int]]:
    """Of mentors and of mentees: how many people, who accepted the code in force, who did the required training."""
    person = "membership"
    counted = (
        with_state(found)
        .order_by()
        .values("part")
        .annotate(
            all=Count(person, distinct=True),
            code=Count(person, filter=Q(has_code=True), distinct=True),
            training=Count(person, filter=Q(has_training=True), distinct=True),
        )
    )
    by_part = {held["part"]: held for held in counted}
    nobody = {"all": 0, "code": 0, "training": 0}
    return [by_part.get(part, nobody) for part in (Part.MENTOR, Part.MENTEE)]


def _held(organisation: Organisation, taking: QuerySet[Participation]) -> dict[str, Any]:
    """The code in force, and how much training is required, is undecided, is vetted: one query."""
    here = OuterRef("pk")
    code = EthicsCode.objects.filter(organisation=here, replaced_at__isnull=True)
    modules = Module.objects.filter(organisation=here, retired_at__isnull=True)
    vetted = Vetting.objects.filter(membership__organisation=here, replaced_at__isnull=True)
    vetted = vetted.filter(membership__in=taking.values("membership"))
    return (
        Organisation.objects.filter(pk=organisation.pk)
        .values(
            code=Subquery(code.values("name")),
            edition=Subquery(code.values("edition")),
            of_mentors=_number(modules.filter(mentors=Need.REQUIRED), "organisation"),
            of_mentees=_number(modules.filter(mentees=Need.REQUIRED), "organisation"),
            undecided=_number(
                Conflict.objects.filter(programme__organisation=here, decision=""), "programme__organisation"
            ),
            vetted=_number(vetted, "membership__organisation"),
            in_order=_number(vetted.filter(valid(clock.today(organisation.timezone))), "membership__organisation"),
        )
        .get()
    )


def _number(rows: QuerySet[Any], by: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)
