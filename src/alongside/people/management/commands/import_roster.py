"""`alongside import_roster FILE --organisation SLUG`: brings people in from HR's spreadsheet."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation import hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Organisation
from alongside.people import actions, queries
from alongside.people.engine import Staging, Tally
from alongside.people.models import RosterImport
from alongside.people.queries import own_fields
from alongside.people.roster import own_columns
from alongside.people.roster.columns import why_not
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.sheets import read_roster
from alongside.people.roster.tables import Table

OF_PROGRAMMES = "programmes"
BY_HEADINGS = "Here the headings choose, such as “Name” and “E-mail”; on the page People → Rosters you choose yourself."


class Command(BaseCommand):
    help = "Brings people in from a CSV, XLSX or ODS file. The same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--programme", default="", metavar="SLUG", help="whoever has a role takes part in it")
        parser.add_argument("--sheet", default="", help="of a workbook; the first one with anything in it otherwise")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation “{options['organisation']}”.")
        self._check_programme(organisation, options["programme"])
        try:
            table = read_roster(_bytes(options["file"]), options["file"].name, options["sheet"])
            look = queries.first_look(organisation, table)
            held = own_fields.in_rosters(organisation)
            if reason := why_not(look.mapping) or own_columns.why_not_here(look.mapping.headed, held):
                raise CommandError(f"{reason} {BY_HEADINGS}")
            work = _dry_run if options["dry_run"] else _take_in
            tally = work(organisation, table, look, options["programme"])
        except (RosterRefused, NotPossible) as refused:
            raise CommandError(" ".join(str(refused).split())) from refused
        report = tally.report(look.mapping.left_out) | _how_read(table, look)
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) if options["json"] else _sentences(report))

    def _check_programme(self, organisation: Organisation, slug: str) -> None:
        if not slug:
            return
        step = next((held for held in hooks.import_steps if held.key == OF_PROGRAMMES), None)
        if step is None:
            raise CommandError("No programmes are known to this installation.")
        if step.check and (reason := step.check(organisation, slug)):
            raise CommandError(str(reason))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def _how_read(table: Table, look: queries.Look) -> dict[str, Any]:
    before = look.before
    said = {"by": before.by.name if before.by else None, "on": before.at.date().isoformat()} if before else None
    others = [name for name in table.sheets if name != table.sheet]
    return {"sheet": table.sheet, "sheets_not_read": others, "columns_as_last_time": said}


def _dry_run(organisation: Organisation, table: Table, look: queries.Look, programme: str) -> Tally:
    unsaved = RosterImport(organisation=organisation, file_name=table.name, programme=programme)
    staging = Staging(unsaved, table, look.mapping)
    rows = {row.spreadsheet_row: row for batch in staging.batches() for row in batch if row.changes}
    for remark in staging.late():
        if row := rows.get(remark.row):
            staging.put_right(row, remark)
    return staging.tally


def _take_in(organisation: Organisation, table: Table, look: queries.Look, programme: str) -> Tally:
    by = System(organisation)
    roster = actions.begin_import(table, organisation=organisation, by=by, programme=programme, look=look)
    tally = actions.stage_roster(roster, table)
    actions.commit_roster(roster, by=by)
    actions.index_roster(roster)  # where this is stopped, the worker goes on
    return tally


def _sentences(report: dict[str, Any]) -> str:
    lines = [
        "{rows} rows: {created} new, {changed} changed, {unchanged} as before.".format(**report),
        "No doubt about {people} people: {mentors} mentors with {places} places, {mentees} mentees.".format(**report),
    ]
    if said := report["columns_as_last_time"]:
        lines.append(f"Columns as last time, {'by ' + said['by'] + ' ' if said['by'] else ''}on {said['on']}.")
    if report["sheets_not_read"]:
        lines.append(f"Sheets that were not read: {', '.join(report['sheets_not_read'])}.")
    if report["left_out_columns"]:
        lines.append(f"Left out: {', '.join(report['left_out_columns'])}.")
    lines += [f"Row {held['row']}, not taken in: {held['reason']}" for held in report["refused"]]
    lines += [f"Row {held['row']}, a question: {held['question']}" for held in report["questions"]]
    lines += [f"Row {held['row']}: {held['reason']}" for held in report["warnings"]]
    return "\n".join(lines)
