"""Long work on rosters."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.foundation import files, jobs
from alongside.foundation.files.models import Upload
from alongside.foundation.identity.actions import NotPossible
from alongside.people import actions, queries
from alongside.people.actions.rosters import give_back
from alongside.people.models import RosterImport, Skill
from alongside.people.queries import leavers
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.sheets import read_roster
from alongside.people.roster.tables import Table
from alongside.people.terms import ImportState

FILE_GONE = _("The file is not kept any more. Send it again.")


def table_of(roster: RosterImport, sheet: str = "") -> Table:
    """The file of a roster, or another sheet of it, read again. Raises RosterRefused when that cannot be."""
    upload = Upload.objects.filter(ref=roster.upload_ref).first()
    if upload is None:
        raise RosterRefused(FILE_GONE)
    with files.opened(upload) as file:
        return read_roster(file.read(), roster.file_name, sheet or roster.sheet)


@jobs.task("people.check_roster", words=_("Checking a roster"))
def check_roster(job: jobs.Running, *, roster: str) -> dict[str, Any]:
    """Check every row; the findings are kept in short transactions, and a second run begins anew."""
    held = RosterImport.objects.select_related("organisation").get(ref=roster)
    try:
        actions.stage_roster(held, table_of(held), progress=job.progress)
    except RosterRefused as refused:
        give_back(held, str(refused.words))
        raise jobs.Failed(refused.words) from refused
    except jobs.Cancelled:
        give_back(held, "", ImportState.COLUMNS)
        raise
    return {"link": f"/people/imports/{held.ref}/"}


@jobs.task("people.commit_import", words=_("Taking in a roster"))
def commit_import(job: jobs.Running, *, roster: str) -> dict[str, Any]:
    """Take the checked people in, together with the job's end."""
    held = RosterImport.objects.select_related("organisation").get(ref=roster)
    try:
        with job.finishing() as result:
            actions.commit_roster(held, by=job.actor())
            result["link"] = f"/people/imports/{held.ref}/"
    except NotPossible as reason:
        give_back(held, str(reason), ImportState.READY)
        raise jobs.Failed(str(reason)) from reason
    return {}


@jobs.task("people.undo_import", words=_("Taking a roster back"))
def undo_import(job: jobs.Running, *, roster: str, sparing: bool) -> dict[str, Any]:
    """Take an import back, together with the job's end."""
    held = RosterImport.objects.select_related("organisation").get(ref=roster)
    try:
        with job.finishing() as result:
            actions.undo_import(held, by=job.actor(), sparing=sparing)
            result["link"] = f"/people/imports/{held.ref}/"
    except NotPossible as reason:
        give_back(held, str(reason), ImportState.DONE)
        raise jobs.Failed(str(reason)) from reason
    return {}


@jobs.task("people.index_undone", words=_("Forgetting the words of people who were taken out again"))
def index_undone(job: jobs.Running, *, roster: str) -> dict[str, Any]:
    """Let nobody be found by words that are gone; a second run begins anew."""
    held = RosterImport.objects.select_related("organisation").get(ref=roster)
    actions.index_undone(held, progress=job.progress)
    return {"link": f"/people/imports/{held.ref}/"}


@jobs.task("people.index_roster", words=_("Letting people of a roster be found"))
def index_roster(job: jobs.Running, *, roster: str) -> dict[str, Any]:
    """Let everybody who came be found by their words; a second run goes on where the first one was stopped."""
    held = RosterImport.objects.get(ref=roster)
    actions.index_roster(held, progress=job.progress)
    return {"link": f"/people/imports/{held.ref}/"}


@jobs.task("people.let_leave", words=_("Letting people leave who are not in a roster"))
def let_leave(job: jobs.Running, *, roster: str) -> dict[str, Any]:
    """Let whoever was chosen leave, each in a transaction of their own; a second run goes on with the rest."""
    actor = job.actor()
    held = queries.imports_visible_to(actor).filter(ref=roster).first()
    if held is None:
        raise jobs.Failed(_("You may not change the people of this organisation any more."))
    chosen = leavers.chosen_to_leave(held)
    for number, leaver in enumerate(chosen, 1):
        actions.leave_one(leaver, by=actor)
        job.progress(number, len(chosen), _("Letting people leave"))
    return {"link": f"/people/imports/{held.ref}/leavers/"}


@jobs.task("people.delete_old_rows", words=_("Deleting the rows of old rosters"))
def delete_old_rows(job: jobs.Running) -> dict[str, Any]:
    """Delete the rows of rosters that are 30 days old."""
    return {"count": actions.delete_old_rows()}


@jobs.task("people.index_skill", words=_("Letting people be found by a skill"))
def index_skill(job: jobs.Running, *, skill: str) -> dict[str, Any]:
    """Let whoever offers a skill be found by its present name."""
    held = Skill.objects.select_related("organisation").filter(ref=skill).first()
    return {"count": actions.index_holders(held) if held else 0}


@jobs.task("people.tidy_skills", words=_("Forgetting words for skills that nobody holds"))
def tidy_skills(job: jobs.Running) -> dict[str, Any]:
    """Forget proposals that nobody holds, and mergers that can be taken back no more."""
    return {"count": actions.tidy_skills()}


jobs.hourly("people.delete_old_rows")
jobs.hourly("people.tidy_skills")
