"""Pages against a bare signed-in view, in the same run with requests in turn; few people against many.

The yardstick is the median of a bare view of a minimal Django project with our middleware (`parts/bare.py`), served as
the product is. Each page is asked for once a round, so that whatever else the machine does is shared by all.
"""

import argparse
import json
import statistics
from contextlib import ExitStack
from dataclasses import dataclass

from parts.house import house
from parts.served import Served, served
from parts.sizes import whole
from parts.verdicts import Verdicts

PRODUCT, YARDSTICK = "parts.product_settings", "parts.yardstick_settings"


@dataclass(frozen=True)
class Kind:
    """What is promised of a kind of page."""

    times: float
    growth: float
    queries: int


KINDS = {
    "bare": Kind(1.3, 1.1, 8),
    "list": Kind(10, 1.1, 8),
    "detail": Kind(5.5, 1.1, 8),
    "form": Kind(3.5, 1.1, 6),
    "long form": Kind(12, 1.1, 6),
    "search": Kind(12, 1.1, 8),
    "assembled": Kind(12, 1.2, 20),
}
PAGES = [
    ("own bare view", "bare", "carys", "/bare/"),
    ("people", "list", "carys", "/people/"),
    ("people of a programme", "list", "carys", "/programmes/{slug}/people/"),
    ("pairs of a programme", "list", "carys", "/programmes/{slug}/pairs/"),
    ("person", "detail", "carys", "/people/{person}/"),
    ("places of a mentor", "form", "carys", "/programmes/{slug}/people/{participation}/places/"),
    ("own profile", "long form", "amara", "/me/profile/"),
    ("people found", "search", "carys", "/people/?q=okaf+imag"),
    ("home of a coordinator", "assembled", "carys", "/"),
    ("home of a mentor", "assembled", "amara", "/"),
    ("pair", "assembled", "amara", "/pairs/{pair}/"),
    ("programme", "assembled", "carys", "/programmes/{slug}/"),
]


class Side:
    """The product with a population of one size."""

    def __init__(self, made: dict, web: Served) -> None:
        self.web, self.cookies = web, made["signed_in"]
        self.pages = [(name, who, path.format(**made)) for name, _kind, who, path in PAGES]
        self.times: dict[str, list[float]] = {name: [] for name, _who, _path in self.pages}
        self.counted: dict[str, dict] = {}

    def ask(self, *, keep: bool) -> None:
        """Ask for every page once."""
        for name, who, path in self.pages:
            seconds, status = self.web.get(path, self.cookies[who])
            if status != 200:
                raise SystemExit(f"{name} ({path}) answered {status}")
            if keep:
                self.times[name].append(seconds)

    def median(self, name: str) -> float:
        """The middle of all its times."""
        return statistics.median(self.times[name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=100, help="people of the small organisation (default 100)")
    parser.add_argument("--people", type=int, default=whole(100_000), help="people of the large one")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--report", action="store_true", help="only print; exit with 0 whatever was measured")
    options = parser.parse_args()
    with ExitStack() as stack:
        bare_house = stack.enter_context(house())
        cookie = bare_house.run("yardstick", settings=YARDSTICK)["signed_in"]
        bare = stack.enter_context(served(bare_house, YARDSTICK))
        few, many = (_side(stack, people) for people in (options.few, options.people))
        yardstick = _measure(bare, cookie, [few, many], options.rounds)
    _judge(few, many, yardstick, options).end(report=options.report)


def _side(stack: ExitStack, people: int) -> Side:
    home = stack.enter_context(house())
    made = home.run("population", people)
    side = Side(made, stack.enter_context(served(home, PRODUCT)))
    side.counted = home.run("queries", json.dumps(side.cookies), json.dumps(side.pages), settings=PRODUCT)
    return side


def _measure(bare: Served, cookie: str, sides: list[Side], rounds: int) -> list[float]:
    times = []
    for round_ in range(-5, rounds):
        seconds, _status = bare.get("/bare/", cookie)
        for side in sides:
            side.ask(keep=round_ >= 0)
        if round_ >= 0:
            times.append(seconds)
    return times


def _judge(few: Side, many: Side, yardstick: list[float], options: argparse.Namespace) -> Verdicts:
    middle, slow = statistics.median(yardstick), _p95(yardstick)
    found = Verdicts(
        f"Pages with {options.people:,} people in yardsticks of {middle * 1000:.1f} ms (p95 {slow * 1000:.1f} ms), "
        f"{options.rounds} rounds; growth from {options.few:,} people"
    )
    for name, kind, _who, _path in PAGES:
        bound, first, last = KINDS[kind], few.counted[name], many.counted[name]
        found.add(f"{name}: {kind}", many.median(name) / middle, bound.times)
        found.add("  p95 against the bare view's", _p95(many.times[name]) / slow, bound.times)
        found.add("  growth", many.median(name) / few.median(name), bound.growth)
        found.add("  queries", last["queries"], bound.queries, counted=True)
        found.add("  more of them than with few people", last["queries"] - first["queries"], 0, counted=True)
        found.add("  run twice", len(last["again"]), 0, counted=True)
    for name, counted in many.counted.items():
        for sql, times in counted["again"].items():
            found.remarks.append(f"{name}, {times} times: {sql[:220]}")
    return found


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
