"""Every change of an organisation's words for skills."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, jobs, sets
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Organisation
from alongside.people import rules
from alongside.people.actions.finding import index_people
from alongside.people.models import MergedEntry, Profile, ProfileSkill, Skill, SkillMerge
from alongside.people.roster.headers import fold
from alongside.people.terms import Side, SkillState

_BATCH = 2000


def ensure_skills(organisation_pk: int, names: Iterable[str]) -> dict[str, Skill]:
    """The skills of these words by folded word; new words are proposals, other words give the skill they lead to.

    Until the caller's transaction ends, no skill is merged or forgotten. Call it before rows of people are changed:
    whoever takes a roster in holds the organisation first, too.
    """
    wanted: dict[str, str] = {}
    for name in names:
        if folded := fold(name):
            wanted.setdefault(folded, name)  # the first spelling counts
    if not wanted:
        return {}
    words = _vocabulary(organisation_pk)
    Skill.objects.bulk_create(
        [Skill(organisation_id=organisation_pk, name=name, folded=folded) for folded, name in wanted.items()],
        ignore_conflicts=True,
        batch_size=1000,
    )
    held: dict[str, Skill] = {}
    keys = list(wanted)
    for start in range(0, len(keys), 500):
        for skill in words.filter(folded__in=keys[start : start + 500]).select_related("same_as"):
            held[skill.folded] = skill.same_as or skill
    return held


def _vocabulary(organisation_pk: int) -> QuerySet[Skill]:
    """Every word. Whoever changes the vocabulary or takes words from it waits here for whoever else does."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_pk)
    return Skill.objects.filter(organisation=organisation_pk)


def add_skill(name: str, *, organisation: Organisation, by: Who) -> Skill:
    """Put a word into the vocabulary; one that was proposed or retired is accepted. Raises NotPossible."""
    with event("skill.accepted", by=by, about=organisation, count=1):
        held = _vocabulary(organisation.pk).filter(folded=_folded(name)).select_related("same_as").first()
        if held and held.same_as:
            said = {"word": held.name, "skill": held.same_as.name}
            raise NotPossible(_("“%(word)s” is another word for “%(skill)s” already.") % said)
        skill = held or Skill(organisation=organisation, name=name, folded=fold(name))
        skill.state, skill.changed_at = SkillState.ACCEPTED, clock.now()
        skill.save()
    return skill


def _folded(name: str) -> str:
    folded = fold(name)
    if not folded:
        raise NotPossible(_("Enter a word with letters."))
    return folded


def accept_skills(skills: QuerySet[Skill], *, organisation: Organisation, by: Who) -> int:
    """Accept words that were proposed or retired. Returns how many there were."""
    with event("skill.accepted", by=by, about=organisation) as happened:
        waiting = _vocabulary(organisation.pk).filter(
            pk__in=skills.order_by().values("pk"), state__in=(SkillState.PROPOSED, SkillState.RETIRED)
        )
        count = waiting.update(state=SkillState.ACCEPTED, changed_at=clock.now())
        happened.codes["count"] = count
    return count


def retire_skill(skill: Skill, *, by: Who) -> None:
    """Suggest a word no more. Whoever has it keeps it."""
    with event("skill.retired", by=by, about=skill):
        held = _vocabulary(skill.organisation_id).filter(pk=skill.pk).exclude(state=SkillState.OTHER_WORD)
        if not held.update(state=SkillState.RETIRED, changed_at=clock.now()):
            raise NotPossible(_("This word leads to another one by now. Look at the list again."))


def rename_skill(skill: Skill, name: str, *, by: Who) -> None:
    """Call a skill something else; the word before becomes another word for it. Raises NotPossible."""
    with event("skill.renamed", by=by, about=skill):
        folded = _folded(name)
        words = _vocabulary(skill.organisation_id)
        before = words.get(pk=skill.pk)
        taken = words.filter(folded=folded).exclude(pk=skill.pk).first()
        if taken and taken.same_as_id != skill.pk:
            raise NotPossible(_("“%(word)s” is a word already. Merge the two instead.") % {"word": taken.name})
        if taken:
            _forget(taken)
        words.filter(pk=skill.pk).update(name=name, folded=folded)
        if before.folded != folded:
            _lead(before.name, before.folded, to=skill)
        _index_later(skill, by=by)


def _lead(name: str, folded: str, *, to: Skill) -> Skill:
    word = Skill(organisation=to.organisation, name=name, folded=folded, state=SkillState.OTHER_WORD, same_as=to)
    word.save()
    return word


def _forget(word: Skill) -> None:
    SkillMerge.objects.filter(word=word).delete()
    word.delete()


def add_other_word(skill: Skill, name: str, *, by: Who) -> Skill:
    """Let another word lead to a skill, for rosters and for whoever types it. Raises NotPossible."""
    with event("skill.word_added", by=by, about=skill):
        folded = _folded(name)
        taken = _vocabulary(skill.organisation_id).filter(folded=folded).select_related("same_as").first()
        if taken and taken.same_as:
            said = {"word": taken.name, "skill": taken.same_as.name}
            raise NotPossible(_("“%(word)s” is another word for “%(skill)s” already.") % said)
        if taken:
            raise NotPossible(_("“%(word)s” is a word already. Merge the two instead.") % {"word": taken.name})
        return _lead(name, folded, to=skill)


def remove_other_word(word: Skill, *, by: Who) -> None:
    """Let a word lead nowhere any more: whoever types it proposes it anew."""
    with event("skill.word_removed", by=by, about=word.same_as or word):
        held = _vocabulary(word.organisation_id).filter(pk=word.pk, state=SkillState.OTHER_WORD).first()
        if held:
            _forget(held)


def merge_skills(word: Skill, into: Skill, *, by: Who) -> SkillMerge:
    """Make one word another word for a skill: whoever holds it holds that skill. Raises NotPossible."""
    with event("skill.merged", by=by, about=word, into=into.ref):
        words = _vocabulary(word.organisation_id).in_bulk([word.pk, into.pk])
        if into.pk not in words or word.pk not in words:
            raise NotPossible(_("One of the two is gone. Look at the list again."))
        word, into = words[word.pk], words[into.pk]
        if reason := rules.why_not_merge(word.state, into.state, same=word.pk == into.pk):
            raise NotPossible(reason)
        others = Skill.objects.filter(same_as=word)
        merge = SkillMerge.objects.create(
            word=word, into=into, state_before=word.state, other_words=list(others.values_list("pk", flat=True))
        )
        _move_entries(merge)
        others.update(same_as=into)
        word.state, word.same_as, word.changed_at = SkillState.OTHER_WORD, into, clock.now()
        word.save(update_fields=["state", "same_as", "changed_at"])
        _index_later(into, by=by)
    return merge


def _move_entries(merge: SkillMerge) -> None:
    """Everybody's, in three statements: whoever holds both keeps one."""
    other = ProfileSkill.objects.filter(profile=OuterRef("profile"), side=OuterRef("side"), skill=merge.into_id)
    entries = ProfileSkill.objects.filter(skill=merge.word_id).order_by()
    sets.insert_from(
        MergedEntry,
        entries.annotate(both=Exists(other)),
        merge=merge.pk,
        profile=F("profile"),
        side=F("side"),
        had_both=F("both"),
    )
    entries.exclude(Exists(other)).update(skill=merge.into_id)
    entries.delete()


def undo_merge(merge: SkillMerge, *, by: Who) -> None:
    """Take a merger back: whoever still holds what it led to has their own word again. Raises NotPossible."""
    with event("skill.merge_undone", by=by, about=merge.word, into=merge.into.ref):
        words = _vocabulary(merge.word.organisation_id).in_bulk([merge.word_id, merge.into_id])
        fresh = SkillMerge.objects.filter(pk=merge.pk).first()
        if fresh is None:
            raise NotPossible(_("This has been taken back already."))
        word, into = words[fresh.word_id], words[fresh.into_id]
        if reason := rules.why_not_undo(fresh.at, clock.now(), merged_on=word.same_as_id != into.pk):
            raise NotPossible(reason)
        word.state, word.same_as, word.changed_at = fresh.state_before, None, clock.now()
        word.save(update_fields=["state", "same_as", "changed_at"])
        _give_back(fresh)
        Skill.objects.filter(pk__in=fresh.other_words, same_as=into).update(same_as=word)
        fresh.delete()
        _index_later(word, by=by)
        _index_later(into, by=by)


def _give_back(merge: SkillMerge) -> None:
    """In three statements. Whoever has let go of the skill since has let go of the word with it."""
    moved = MergedEntry.objects.filter(merge=merge).order_by()
    held = ProfileSkill.objects.filter(profile=OuterRef("profile"), side=OuterRef("side"), skill=merge.into_id)
    sets.insert_from(
        ProfileSkill, moved.filter(Exists(held)), skill=merge.word_id, profile=F("profile"), side=F("side")
    )
    alone = moved.filter(profile=OuterRef("profile"), side=OuterRef("side"), had_both=False)
    ProfileSkill.objects.filter(Exists(alone), skill=merge.into_id).delete()
    moved.delete()


def _index_later(skill: Skill, *, by: Who) -> None:
    jobs.enqueue("people.index_skill", organisation=skill.organisation.ref, by=by.ref, skill=skill.ref)


def index_holders(skill: Skill) -> int:
    """Let everybody who offers a skill be found by what it is called now: some thousand at a time."""
    last = done = 0
    offered = ProfileSkill.objects.filter(skill=skill, side=Side.OFFERED)
    while some := list(
        Profile.objects.filter(pk__in=offered.values("profile"), pk__gt=last)
        .order_by("pk")
        .values_list("pk", "membership_id")[:_BATCH]
    ):
        index_people(skill.organisation, [membership for _profile, membership in some])
        last, done = some[-1][0], done + len(some)
    return done


def tidy_skills() -> int:
    """Forget proposals that nobody holds any more, and mergers whose days are over. Returns how many of both."""
    before, done = clock.now() - timedelta(days=rules.MERGE_DAYS), 0
    over = SkillMerge.objects.filter(word__organisation=OuterRef("pk"), at__lt=before)
    for organisation in Organisation.objects.filter(Exists(over) | Exists(_unused(organisation=OuterRef("pk")))):
        with event("skill.tidied", by=System(organisation), about=organisation) as happened:
            _vocabulary(organisation.pk)
            gone = SkillMerge.objects.filter(word__organisation=organisation, at__lt=before)
            count = gone.count() + _unused(organisation=organisation).delete()[0]
            gone.delete()
            happened.codes["count"] = count
        done += count
    return done


def _unused(**where: Any) -> QuerySet[Skill]:
    holds = ProfileSkill.objects.filter(skill=OuterRef("pk"))
    leads = Skill.objects.filter(same_as=OuterRef("pk"))
    return Skill.objects.filter(state=SkillState.PROPOSED, **where).exclude(Exists(holds)).exclude(Exists(leads))
