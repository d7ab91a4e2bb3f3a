"""The door to the engine: a process of its own for each question, so that the web keeps its memory and a stop works."""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.actions import NotPossible
from alongside.matching.engine.orders import Order

_CHILD = "alongside.matching.engine.apart"
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_LOOK_EVERY = 0.4  # seconds; a stop is to work within two

STEPS = {
    "reading": (1, _("Reading who takes part")),
    "weighing": (2, _("Weighing every possible pair")),
    "pairing": (3, _("Finding the best pairs")),
    "checking": (4, _("Checking that there is nothing better")),
    "explaining": (5, _("Writing down the reasons")),
    "advising": (6, _("Trying what more mentors would do")),
}
Progress = Callable[[int, int, Any], None]


class CannotMatch(NotPossible):
    """The engine refused, or did not come back: the words say what to do."""


def solve(order: Order, *, ask: tuple[str, str] | None = None, progress: Progress | None = None) -> dict[str, Any]:
    """The answer to an order; with `ask`, why a mentee and a mentor (refs) are not paired and what it would cost.

    `progress` is called a few times a second and may raise to stop the work. Raises CannotMatch.
    """
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    lines: queue.Queue[bytes | None] = queue.Queue()
    reading = threading.Thread(target=_talk, args=(child, {**order.plain(), "ask": ask}, lines), daemon=True)
    reading.start()
    try:
        answer = _listen(lines, progress)
    finally:
        child.kill()
        child.wait()
        reading.join()
    if answer is None:
        raise CannotMatch(_("The matching stopped half way. Nothing was lost; start it again."))
    if refused := answer.get("refused"):
        raise CannotMatch(_REFUSED.get(refused["about"], _REFUSED_OTHERWISE))
    return answer


_REFUSED_OTHERWISE = _("These people cannot be matched under these rules. Look at the rules and weights again.")
_REFUSED = {
    "mentees": _(
        "These are more people than can be matched at once here. Ask whoever runs Alongside for its fast engine."
    ),
    "pins": _("Two people are to stay together who cannot, or who have no place any more. Unlock pairs and try again."),
}


def _talk(child: "subprocess.Popen[bytes]", order: dict[str, Any], lines: "queue.Queue[bytes | None]") -> None:
    if child.stdin is None or child.stdout is None:  # never: both were asked for
        return
    try:
        child.stdin.write(json.dumps(order).encode())
        child.stdin.close()
        for line in child.stdout:
            lines.put(line)
    except OSError:  # it was ended
        pass
    finally:
        child.stdout.close()
        lines.put(None)


def _listen(lines: "queue.Queue[bytes | None]", progress: Progress | None) -> dict[str, Any] | None:
    step, answer = STEPS["reading"], None
    while True:
        if progress:
            progress(step[0], len(STEPS), step[1])
        try:
            line = lines.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            continue
        if line is None:
            return answer
        said = json.loads(line)
        if "step" in said:
            step = STEPS[said["step"]]
        else:
            answer = said


def _environment() -> dict[str, str]:
    """What it takes to find the same modules; no secret of the site."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    return {**kept, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(folder for folder in sys.path if folder)}
