"""What the source may not do: each guard is a function over a file, and each meets an offender."""

import ast
import re

import pytest

from alongside.foundation import events
from tests.architecture import house
from tests.architecture.house import Source

LONGEST_FUNCTION, LONGEST_FILE = 50, 500
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)

# --- no write outside actions

_ALWAYS = {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
_WRITERS = {
    "foundation/events/log.py": "the audit log itself, inside the event's transaction",
    "foundation/identity/models.py": "an address is kept in lower case however it is saved",
    "foundation/jobs/engine.py": "claims, leases and ends of jobs, by compare-and-set",
    "foundation/notifications/engine.py": "claims and ends of mails, by compare-and-set",
    "foundation/notifications/teller.py": "the outbox, inside the event's transaction",
    "foundation/vault/sealing.py": "keys, in their own store",
}


def writes(source: Source) -> list[str]:
    """Calls that change the database, as `line: name`."""
    tree = source.tree
    modules = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        for alias in getattr(node, "names", [])
        if isinstance(alias, ast.alias)
    }
    return [f"{call.lineno}: {call.func.attr}" for call in ast.walk(tree) if _is_write(call, modules)]


def _is_write(call: ast.AST, modules: set[str]) -> bool:
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    of, name = call.func.value, call.func.attr
    if (isinstance(of, ast.Name) and of.id in modules) or (isinstance(of, ast.Call) and _is_super(of)):
        return False
    if name == "create":
        return not isinstance(of, ast.Name)
    if name == "update":  # a dict's takes a mapping, a queryset's takes names
        return bool(call.keywords) and not call.args
    return name in _ALWAYS


def _is_super(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "super"


def _may_write(path: str) -> bool:
    return bool(re.search(r"/actions(/\w+)?\.py$", path)) or path in _WRITERS


def test_only_actions_write():
    found = {source.path: writes(source) for source in house.python() if not _may_write(source.path)}
    assert {path: lines for path, lines in found.items() if lines} == {}
    assert [path for path in _WRITERS if not (house.OURS / path).exists()] == []


@pytest.mark.parametrize(
    "text",
    [
        "note.save()",
        "Note.objects.create(text='x')",
        "pair.notes.create(text='x')",
        "Note.objects.filter(pk=1).update(text='x')",
        "rows.update(**facts)",
        "notes.all().delete()",
        "Note.objects.bulk_create(rows)",
    ],
)
def test_a_planted_write_is_caught(text):
    assert writes(Source("people/views.py", text))
    assert _may_write("people/actions/people.py")
    assert not _may_write("people/views.py")
    assert writes(Source("people/views.py", "from x import actions\nseen.update(more)\nactions.create(by=me)")) == []


# --- no clock but the clock

_CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"),
    ("timezone", "now"),
}  # fmt: skip


def clocks(source: Source) -> list[str]:
    """Places that ask for the time behind the clock's back."""
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and (_last(node.value), node.attr) in _CLOCKS:
            found.append(f"{node.lineno}: {_last(node.value)}.{node.attr}")
        if (
            isinstance(node, ast.Call)
            and not node.args
            and getattr(node.func, "attr", "") in ("localdate", "localtime")
        ):
            found.append(f"{node.lineno}: {node.func.attr}")  # with an argument it only converts
        if isinstance(node, ast.ImportFrom) and any(alias.name == "Now" for alias in node.names):
            found.append(f"{node.lineno}: Now")
    return found


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_only_the_clock_knows_the_time():
    found = {source.path: clocks(source) for source in house.python() if source.path != "foundation/clock/__init__.py"}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "text",
    [
        "import datetime\ndatetime.datetime.now(UTC)",
        "at = DateTimeField(default=timezone.now)",
        "date.today()",
        "time.time()",
        "timezone.localdate()",
        "from django.db.models.functions import Now",
    ],
)
def test_a_planted_clock_is_caught(text):
    assert clocks(Source("people/models.py", text))
    assert (
        clocks(Source("people/models.py", "clock.now()\ntime.monotonic()\nclock.today(zone)\ntimezone.localdate(at)"))
        == []
    )


# --- an import inside a function says why

_REASON = re.compile(r"#.*\s--\s\S{3}|#\s*why:\s\S{3}")


def unexplained_imports(source: Source) -> list[int]:
    """Lines that import within a function and give no reason."""
    lines = source.text.splitlines()
    functions = [node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inner = {
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    return sorted(number for number in inner if not _REASON.search(lines[number - 1]))


def test_imports_inside_functions_say_why():
    found = {source.path: unexplained_imports(source) for source in house.python()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_planted_import_is_caught():
    assert unexplained_imports(Source("x.py", "def f():\n    from a import b  # noqa: PLC0415\n")) == [2]
    assert unexplained_imports(Source("x.py", "def f():\n    from a import b  # noqa: PLC0415 -- loads late\n")) == []


# --- sizes


def too_long(source: Source) -> list[str]:
    """Functions and files past the hard bound."""
    found = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    length = len(source.text.splitlines())
    return found + ([f"{length} lines"] if length > LONGEST_FILE else [])


def test_functions_and_files_are_short():
    found = {source.path: too_long(source) for source in house.python()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_planted_length_is_caught():
    body = "    pass\n"
    assert too_long(Source("x.py", "def f():\n" + body * LONGEST_FUNCTION)) == ["f: 51 lines"]
    assert too_long(Source("x.py", "def f():\n" + body * (LONGEST_FUNCTION - 1))) == []
    assert too_long(Source("x.py", "x = 1\n" * (LONGEST_FILE + 1))) == ["501 lines"]


# --- every event has words

UNREADABLE = "?"


def event_names(source: Source) -> list[str]:
    """The names of the events that a file raises or reacts to; UNREADABLE where a name cannot be found."""
    tree = source.tree
    found = []
    for function in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]:
        for call in _own_calls(function):
            if _called(call) in {"event", "on"} and call.args:
                found += _strings(call.args[0], function, tree)
    return found


def _own_calls(function: ast.AST) -> list[ast.Call]:
    """Calls in a function (its decorators too), without those of functions inside it."""
    found, waiting = [], list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.Call):
            found.append(node)
        waiting += ast.iter_child_nodes(node)
    return found


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    is_events = isinstance(call.func, ast.Attribute) and _last(call.func.value) == "events"
    return call.func.attr if is_events else ""


def _strings(node: ast.expr, function: ast.AST, tree: ast.Module) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return _strings(node.body, function, tree) + _strings(node.orelse, function, tree)
    if isinstance(node, ast.Name):
        given = _assigned(node.id, function) or _passed(node.id, function, tree)
        return [name for value in given for name in _strings(value, function, tree)] or [UNREADABLE]
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        return [name for value in node.value.values for name in _strings(value, function, tree)]
    return [UNREADABLE]


def _assigned(name: str, function: ast.AST) -> list[ast.expr]:
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    ]


def _passed(name: str, function: ast.AST, tree: ast.Module) -> list[ast.expr]:
    """What callers in the same file hand over for a parameter."""
    if not isinstance(function, ast.FunctionDef):
        return []
    places = [argument.arg for argument in function.args.args]
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function.name
    ]
    given = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == name]
    if name in places:
        given += [call.args[places.index(name)] for call in calls if len(call.args) > places.index(name)]
    return given


def makes_events(source: Source) -> list[int]:
    """The lines at which a file opens an event."""
    items = [item for node in ast.walk(source.tree) if isinstance(node, ast.With) for item in node.items]
    calls = [item.context_expr for item in items if isinstance(item.context_expr, ast.Call)]
    return [call.lineno for call in calls if _called(call) == "event"]


def test_only_actions_make_events():
    found = {source.path: makes_events(source) for source in house.python() if not _may_write(source.path)}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_planted_event_outside_actions_is_caught():
    assert makes_events(
        Source("people/views.py", 'def f():\n  with events.event("a.b", by=x, about=y):\n    pass')
    ) == [2]


def test_every_event_has_words():
    found = {source.path: set(event_names(source)) - set(events.declared()) for source in house.python()}
    found.pop("foundation/events/happening.py", None)  # where event and on are defined
    found.pop("programmes/actions/moving.py", None)  # the events of a table of moves: test_joining_moves
    assert {path: names for path, names in found.items() if names} == {}
    assert sum(len(event_names(source)) for source in house.python()) > 40


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('with event("pair.vanished", by=x, about=y): pass', ["pair.vanished"]),
        ('def f():\n  with event("a.b" if x else "a.c", by=x, about=y): pass', ["a.b", "a.c"]),
        ('def f():\n  name = "a.b"\n  with event(name, by=x, about=y): pass', ["a.b"]),
        ('def f(name):\n  with event(name, by=x): pass\ndef g():\n  f("a.b")\n  f(name="a.c")', ["a.c", "a.b"]),
        ("def f(x):\n  with event(x.name, by=x): pass", [UNREADABLE]),
        ('@events.on("a.b")\ndef f(happened): pass', ["a.b"]),
        ('with events.event("a.b", by=x): pass', ["a.b"]),
    ],
)
def test_a_planted_event_is_read(text, names):
    assert event_names(Source("people/actions.py", text)) == names
    assert not set(names) & set(events.declared())


# --- other things that we do without


_WITHOUT = {
    "django.db.models.signals": [],
    "django.dispatch": [],
    "django.contrib.admin": [],
    # Mail programs stop a kind of mail with one click, by RFC 8058; the link itself is the proof.
    "csrf_exempt": ["foundation/notifications/views.py"],
}


@pytest.mark.parametrize("name", _WITHOUT)
def test_we_do_without(name):
    pattern = re.compile(rf"^\s*(from|import)\s.*{re.escape(name)}|@{re.escape(name)}\b", re.MULTILINE)
    assert pattern.search(f"x = 1\nimport {name}")
    assert [source.path for source in house.python() if pattern.search(source.text)] == _WITHOUT[name]
