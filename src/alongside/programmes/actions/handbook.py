"""Writing a section of the handbook: each edition stands beside the earlier ones, and none is overwritten."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.programmes import queries, rules
from alongside.programmes.actions.programmes import refuse
from alongside.programmes.models import HandbookEdition, Programme
from alongside.programmes.terms import Chapter, Placing


class WrittenMeanwhile(NotPossible):
    """Somebody else wrote the section while this was being written; nothing was overwritten."""

    def __init__(self, edition: HandbookEdition) -> None:
        self.edition = edition
        words = _("%(name)s has written this section anew meanwhile. Look at both, then save again.")
        super().__init__(words % {"name": edition.written_by.name})


def write(
    programme: Programme, chapter: str, words: str, *, placing: str = Placing.FIRST, by: Actor, seen: int | None = None
) -> HandbookEdition:
    """A new edition of a section; without words it is shown as generated again. `seen` is the number last read.

    Raises WrittenMeanwhile, and NotPossible in a closed programme and where nothing would change.
    """
    return _write(programme, Chapter(chapter), words.strip(), Placing(placing), by=by, seen=seen)


def go_back(programme: Programme, chapter: str, number: int, *, by: Actor, seen: int | None = None) -> HandbookEdition:
    """A new edition that says what an earlier one said; number 0 is the section as it is generated.

    Raises WrittenMeanwhile, and NotPossible where there is no such edition.
    """
    held = queries.editions(programme, chapter).filter(number=number).first()
    if held is None and number:
        raise NotPossible(_("There is no such edition."))
    words, placing = (held.words, held.placing) if held else ("", Placing.FIRST)
    return _write(programme, Chapter(chapter), words, Placing(placing), by=by, seen=seen, taken_from=number)


def _write(
    programme: Programme,
    chapter: Chapter,
    words: str,
    placing: Placing,
    *,
    by: Actor,
    seen: int | None,
    taken_from: int | None = None,
) -> HandbookEdition:
    with event("handbook.written", by=by, about=programme, chapter=chapter.value) as happened:
        fresh = Programme.objects.select_for_update().get(pk=programme.pk)
        refuse(rules.fault_of_state(fresh.state))
        last = queries.newest(fresh, chapter)
        if last and seen is not None and last.number != seen:
            raise WrittenMeanwhile(last)
        if (words, placing if words else None) == _as_it_is(last):
            raise NotPossible(_("Nothing has changed: the section says that already."))
        made = HandbookEdition.objects.create(
            programme=fresh,
            chapter=chapter,
            number=last.number + 1 if last else 1,
            words=words,
            placing=placing,
            taken_from=taken_from,
            written_by=by.membership,
        )
        happened.codes["number"] = str(made.number)
        return made


def _as_it_is(last: HandbookEdition | None) -> tuple[str, str | None]:
    return (last.words, last.placing) if last and last.words else ("", None)
