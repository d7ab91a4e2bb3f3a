"""`alongside import_pairs FILE --programme SLUG`: brings pairs in that already meet."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import Table
from alongside.programmes.models import Programme
from alongside.relationships.actions import running, taking_in
from alongside.relationships.engine import Staging, Tally
from alongside.relationships.models import PairsImport
from alongside.relationships.running_pairs.columns import Mapping, guess, why_not

BY_HEADINGS = "Here the headings choose, such as “Mentor” and “Mentee”; on the programme’s page you choose yourself."


class Command(BaseCommand):
    help = "Brings in pairs that already meet, from a CSV, XLSX or ODS file, and tells nobody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--programme", required=True, metavar="SLUG")
        parser.add_argument("--sheet", default="", help="of a workbook; the first one with anything in it otherwise")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.select_related("organisation").filter(slug=options["programme"]).first()
        if programme is None:
            raise CommandError(f"There is no programme “{options['programme']}”.")
        try:
            running.refuse_closed(programme)
            table = read(_bytes(options["file"]), options["file"].name, options["sheet"])
            mapping = guess(table)
            if reason := why_not(mapping):
                raise CommandError(f"{reason} {BY_HEADINGS}")
            tally = _look(programme, table, mapping)
            if tally.outcomes["created"] and not options["dry_run"]:
                tally = _take_in(programme, table)
        except (RosterRefused, NotPossible) as refused:
            raise CommandError(" ".join(str(refused).split())) from refused
        report = tally.report()
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) if options["json"] else _sentences(tally))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def _look(programme: Programme, table: Table, mapping: Mapping) -> Tally:
    staging = Staging(PairsImport(programme=programme, file_name=table.name), table, mapping)
    for _row in staging.rows():
        pass  # the tally counts them
    return staging.tally


def _take_in(programme: Programme, table: Table) -> Tally:
    by = System(programme.organisation)
    held = running.begin(table, programme=programme, by=by)
    tally = running.stage(held, table)
    taking_in.commit(held, by=by)
    return tally


def _sentences(tally: Tally) -> str:
    numbers = tally.numbers()
    lines = ["{rows} rows: {created} new pairs, {ended} of them completed; {unchanged} here already.".format(**numbers)]
    lines += [f"Row {held.row}, not taken in: {held.words}" for held in tally.remarks if held.is_refusal]
    lines += [f"Row {held.row}: {held.words}" for held in tally.remarks if not held.is_refusal]
    return "\n".join([*lines, "Nobody has been told."])
