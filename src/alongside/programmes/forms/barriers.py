"""The section of barriers: known ones to tick, each with its remedy, and room for one's own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.programmes import advice
from alongside.programmes.actions import Written
from alongside.programmes.forms import lines as of
from alongside.programmes.forms.sections import SectionForm, offer, several
from alongside.programmes.terms import Section

SIDES = {
    guidance.Side.MENTEE: _("For mentees"),
    guidance.Side.MENTOR: _("For mentors"),
    guidance.Side.ORGANISATION: _("For the organisation"),
    guidance.Side.PAIR: _("For the two together"),
}
SEES_TO_IT = guidance.Role.COORDINATOR  # where guidance proposes nobody


class Barriers(SectionForm):
    """What may stand in the way of each side. A known barrier that is ticked brings its remedy along."""

    section = Section.BARRIERS

    known: dict[guidance.Side, dict[str, guidance.Barrier]]

    def prepare(self) -> None:
        held = self.dossier.barriers
        self.known = self._known({(barrier.side, barrier.key) for barrier in held})
        for side, words in SIDES.items():
            field = several(words)
            offer(field, (advice.Option(one.key, one.name, one.shows) for one in self.known[side].values()))
            field.initial = [barrier.key for barrier in held if barrier.side == side and barrier.key]
            self.fields[f"known_{side.value}"] = field
        begin = of.first(held, "side", "key", "words", "remedy", "owner", blank=0)
        for side in SIDES:
            begin += of.first((), blank=1, side=side.value)
        self.open_lines(of.Barriers, begin)

    def _known(self, chosen: Collection[tuple[str, str]]) -> dict[guidance.Side, dict[str, guidance.Barrier]]:
        """What guidance offers each side; what it offers no more stays where it was chosen."""
        found: dict[guidance.Side, dict[str, guidance.Barrier]] = {side: {} for side in SIDES}
        for key, one in advice.barriers(self.dossier.ours).items():
            if not one.hidden or (one.side.value, key) in chosen:
                found[one.side][key] = one
        return found

    def groups(self) -> list[dict[str, Any]]:
        """The page side by side: its ticks, the known ones that are saved, those in own words and an empty line."""
        found = []
        for side, words in SIDES.items():
            lines = self.lines_of(side)
            found.append(
                {
                    "side": side,
                    "words": words,
                    "ticks": self[f"known_{side.value}"],
                    "known": [line for line in lines if line.name],
                    "own": [line for line in lines if not line.name],
                }
            )
        return found

    def lines_of(self, side: guidance.Side) -> list[of.BarrierLine]:
        """The lines of one side, each known one with its name."""
        found = [line for line in (self.lines.forms if self.lines else []) if line["side"].value() == side.value]
        for line in found:
            key = str(line["key"].value() or "")
            line.name = self.known[side][key].name if key in self.known[side] else key
        return found

    def written(self) -> Written:
        """The lines whose tick still stands, those in own words, and a new line for each new tick."""
        said = self.lines.lines() if self.lines is not None else []
        ticked = [(side.value, key) for side in SIDES for key in self.cleaned_data[f"known_{side.value}"]]
        kept, met = [], set()
        for line in said:
            named = (line["side"], line["key"])
            if not line["key"]:
                kept.append(line)
            elif named in ticked and named not in met:
                kept.append(self._whole(line))
                met.add(named)
        fresh = [self._new(side, key) for side, key in ticked if (side, key) not in met]
        return Written(lines=[*kept, *fresh])

    def _new(self, side: str, key: str) -> dict[str, Any]:
        owner = self.known[guidance.Side(side)][key].owner or SEES_TO_IT
        return self._whole({"ref": "", "side": side, "key": key, "words": "", "remedy": "", "owner": owner.value})

    def _whole(self, line: dict[str, Any]) -> dict[str, Any]:
        known = self.known[guidance.Side(line["side"])].get(line["key"])
        return line | ({"remedy": known.remedy} if known and not line["remedy"] else {})
