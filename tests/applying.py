"""A programme of Carys's to which people can apply, and the shortest lawful ways through it."""

from dataclasses import dataclass
from datetime import date

from alongside.foundation.identity.actors import Actor
from alongside.programmes import actions
from alongside.programmes.models import ApplicationQuestion, Design, Joining, Programme
from alongside.programmes.terms import Part, Section, Step
from tests import cast

WHY, TIME = "Why now?", "How do you find the time?"


@dataclass(frozen=True)
class Open:
    """The programme and whoever stands around it."""

    programme: Programme
    amara: Actor  # applies as mentor
    ben: Actor  # applies as mentee
    carys: Actor  # coordinates
    dev: Actor  # coordinates too
    elin: Actor  # of the same organisation

    def questions(self) -> dict[str, str]:
        """The ref of each question, by its words."""
        return dict(ApplicationQuestion.objects.filter(programme=self.programme).values_list("words", "ref"))

    def said(self, why: str = "Because I lead now.", fits: bool | None = True) -> actions.Said:
        """What is needed, and nothing else."""
        return actions.Said({self.questions()[WHY]: why}, fits)

    def applied(self, actor: Actor, part: str = Part.MENTEE, why: str = "Because I lead now.") -> Joining:
        """An application that was sent."""
        joining = actions.begin(self.programme, part, by=actor)
        actions.send(joining, self.said(why), by=actor)
        return joining

    def decided(self, joining: Joining, step: Step, *, by: Actor | None = None, words: str = "") -> Joining:
        """The same, decided by Carys."""
        news_by = date(2026, 12, 24) if step in (Step.WAIT, Step.NEWS) else None
        actions.decide(joining, actions.Verdict(step, words, news_by), by=by or self.carys)
        return joining


def opened(open_to: str = "both", **design: object) -> Open:
    """Running, with one question that needs an answer and one that does not; enrolment ends with the round."""
    home = cast.organisation()
    carys = cast.member("Carys Llewellyn", home, "coordinator")
    names = ("Amara Okafor", "Ben Thomas", "Dev Shah", "Elin Berg")
    amara, ben, dev, elin = (cast.member(name, home) for name in names)
    programme = cast.programme(carys, launched=True)
    cast.takes_part(programme, dev, Part.COORDINATOR, carys)
    lines = [{"words": WHY, "asked": "both", "needed": True}, {"words": TIME, "asked": "mentor", "needed": False}]
    facts = {"audience": "Whoever leads since this year.", "eligibility": "Band 6 or 7.", "open_to": open_to}
    actions.save(programme, Section.WHOM, actions.Written(facts, lines), by=carys)
    Design.objects.filter(programme=programme).update(**design)
    return Open(programme, amara, ben, carys, dev, elin)
