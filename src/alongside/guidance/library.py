"""Finds, reads and checks the documents. What is shipped is read once and kept."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from alongside.guidance import problems
from alongside.guidance.problems import Problem
from alongside.guidance.schema import KINDS, Document, Duties, LifecycleModel
from alongside.guidance.terms import Role, Stage, _

D = TypeVar("D", bound=Document)
CONTENT = files("alongside.guidance") / "content"
ENGLISH = "en"
_FILE = re.compile(r"^(?P<key>[a-z0-9-]+)@(?P<edition>[1-9]\d*)(\.(?P<language>[a-z]{2,3}(-[a-z]+)?))?\.toml$")
_ADDRESS = re.compile(r"^(?P<kind>[a-z-]+)/(?P<key>[a-z0-9-]+)@(?P<edition>[1-9]\d*)$")


class NotFound(LookupError):
    """There is no such document."""


class Invalid(ValueError):
    """A document does not have the shape of its kind, or its translation does not fit. `problems` says what to do."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(Problem("", said) if isinstance(said, str) else said for said in problems)
        super().__init__("\n".join(map(str, self.problems)))


@cache
def shipped() -> Mapping[tuple[str, str], Mapping[int, frozenset[str]]]:
    """What is shipped: by kind and key, each edition and the languages it has been translated into."""
    found: dict[tuple[str, str], dict[int, set[str]]] = {}
    for folder in CONTENT.iterdir():
        for file in folder.iterdir() if folder.is_dir() else ():
            if not (name := _FILE.match(file.name)):
                raise Invalid(f"{folder.name}/{file.name} is not named <key>@<edition>[.<language>].toml")
            languages = found.setdefault((folder.name, name["key"]), {}).setdefault(int(name["edition"]), set())
            languages.add(name["language"] or ENGLISH)
    return {at: {edition: frozenset(held) for edition, held in sorted(of.items())} for at, of in sorted(found.items())}


def find(kind: str, key: str, edition: int | None = None, language: str = ENGLISH) -> Document:
    """A shipped document: its newest edition, or the one asked for; English where it is not translated.

    Raises NotFound.
    """
    editions = shipped().get((kind, key), {})
    edition = max(editions, default=0) if edition is None else edition
    if edition not in editions:
        raise NotFound(f"{kind}/{key}@{edition}")
    wanted = (language.lower(), language.lower().partition("-")[0])
    return _kept(kind, key, edition, next((spoken for spoken in wanted if spoken in editions[edition]), ENGLISH))


@cache
def _kept(kind: str, key: str, edition: int, language: str) -> Document:
    document = _read(kind, f"{key}@{edition}.toml")
    if language != ENGLISH:
        document = translate(document, _read(kind, f"{key}@{edition}.{language}.toml"))
    return load(document, language)


def at(address: str, language: str = ENGLISH) -> Document:
    """The shipped document at kind/key@edition. Raises NotFound."""
    return find(*parts_of(address), language)


def parts_of(address: str) -> tuple[str, str, int]:
    """Kind, key and edition of an address. Raises NotFound for what is none."""
    if not (parts := _ADDRESS.match(address)):
        raise NotFound(address)
    return parts["kind"], parts["key"], int(parts["edition"])


def named(shape: type[D], key: str, edition: int | None = None, language: str = ENGLISH) -> D:
    """As `find`, typed. Raises NotFound."""
    return cast("D", find(shape.KIND, key, edition, language))


def keys(kind: str) -> tuple[str, ...]:
    """The keys shipped of one kind."""
    return tuple(key for held, key in shipped() if held == kind)


def load(document: Mapping[str, Any], language: str = ENGLISH) -> Document:
    """Check a document of any kind, shipped or an organisation's own, and give it its shape.

    Raises Invalid, whose `problems` name each field and what to do about it.
    """
    if not isinstance(document, Mapping):
        raise Invalid(_("A document is a table of fields, with its kind first."))
    shape = KINDS.get(str(document.get("kind")))
    if shape is None:
        said = _("%(given)s is no kind of guidance. Choose one of these: %(known)s.")
        raise Invalid(Problem("kind", said, {"given": repr(document.get("kind")), "known": ", ".join(KINDS)}))
    try:
        return shape.model_validate(_with_general_duties(document, language) if shape is LifecycleModel else document)
    except ValidationError as error:
        raise Invalid(*problems.of(error, document)) from error


def translate(document: Any, words: Any, where: str = "") -> Any:
    """`document` with its words replaced by those of a translation of the same shape.

    A translation says only what it changes; parts are told by their key, lists of sentences stand for the whole list
    and have as many. Raises Invalid where it does not fit.
    """
    if isinstance(document, dict) and isinstance(words, dict):
        if stray := set(words) - set(document):
            raise Invalid(f"{where or 'the translation'}: {', '.join(sorted(stray))} is not in the original")
        if any(words[code] != document[code] for code in ("kind", "key", "edition") if code in words):
            raise Invalid(f"{where or 'the translation'}: belongs to another document")
        return {k: translate(v, words[k], f"{where}/{k}") if k in words else v for k, v in document.items()}
    if isinstance(document, list) and isinstance(words, list):
        return _translate_list(document, words, where)
    if isinstance(document, str) and isinstance(words, str):
        return words
    if document == words:
        return document
    raise Invalid(f"{where}: only words can be translated")


def _translate_list(document: list[Any], words: list[Any], where: str) -> list[Any]:
    if all(isinstance(part, dict) and "key" in part for part in document):
        said = {part.get("key"): part for part in words}
        if stray := set(said) - {part["key"] for part in document}:
            raise Invalid(f"{where}: {', '.join(sorted(map(str, stray)))} is not in the original")
        return [translate(part, said.get(part["key"], {}), f"{where}/{part['key']}") for part in document]
    if len(document) != len(words):
        raise Invalid(f"{where}: {len(words)} sentences for {len(document)}")
    return [translate(old, new, where) for old, new in zip(document, words, strict=True)]


def _read(kind: str, name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / kind / name).read_text(encoding="utf-8"))


def _with_general_duties(document: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A model in which each role that a phase leaves out has the general duties of the stages that begin there.

    One whose phases cannot be read is left as it is, for its shape to say why.
    """
    if not _has_readable_phases(document):
        return document
    base = _general_duties(document.get("duties_from", "duties/default@1"), language)
    general = general_duties([phase["canonical"] for phase in document["phases"]], base)
    phases = [
        {**phase, "duties": {**{str(role): list(held) for role, held in duties.items()}, **phase.get("duties", {})}}
        for phase, duties in zip(document["phases"], general, strict=True)
    ]
    return {**document, "phases": phases}


def general_duties(canonical: Iterable[Iterable[Any]], base: Duties) -> list[dict[Role, tuple[str, ...]]]:
    """For each phase, by its canonical stages, the general duties of the stages that begin in it."""
    taken: set[Stage] = set()
    found = []
    for stages in canonical:
        held = set(stages)
        begins = [stage for stage in Stage if stage in held and stage not in taken]
        taken.update(begins)
        found.append({role: tuple(duty for stage in begins for duty in base.at(stage).duties[role]) for role in Role})
    return found


def _has_readable_phases(document: Mapping[str, Any]) -> bool:
    phases = document.get("phases")
    return isinstance(phases, list | tuple) and all(
        isinstance(phase, Mapping)
        and isinstance(stages := phase.get("canonical"), list | tuple)
        and all(isinstance(stage, str) for stage in stages)
        and isinstance(phase.get("duties", {}), Mapping)
        for phase in phases
    )


def _general_duties(address: Any, language: str) -> Duties:
    try:
        held = at(str(address), language)
    except NotFound:
        held = None
    if not isinstance(held, Duties):
        said = _("%(address)s holds no duties. Leave this out, or name duties that are there.")
        raise Invalid(Problem("duties_from", said, {"address": address}))
    return held
