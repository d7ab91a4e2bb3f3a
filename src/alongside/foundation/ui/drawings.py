"""The sums behind the pictures: plain numbers in, attributes of SVG out."""

from collections.abc import Sequence
from datetime import date
from math import ceil

STEP = 100  # units of width for each stage of a path and each step of a funnel


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def path_lines(stages: int, now: int) -> dict[str, object]:
    """The two lines of a stage path: they come together after the first stage and part before the last.

    `now` is the index of the present stage; below 0 nothing has begun, from `stages` on everything is done.
    The cut between past and ahead falls on the middle of a stage, where the lines are straight.
    """
    width = stages * STEP
    cut = 0 if now < 0 else width if now >= stages else now * STEP + STEP // 2
    return {
        "width": width,
        "past": [_path_piece(width, stages, 0, cut, *heights) for heights in ((3, 14), (29, 18))] if cut else [],
        "ahead": [_path_piece(width, stages, cut, width, *heights) for heights in ((3, 14), (29, 18))]
        if cut < width
        else [],
    }


def _path_piece(width: int, stages: int, start: int, end: int, apart: int, together: int) -> str:
    """One line between two points along the path; with fewer than three stages the lines never part."""
    if stages < 3:
        return f"M{start} {together} H{end}"
    join, part = (52, 124), (width - 124, width - 52)
    at = apart if start < join[0] or start > part[1] else together
    piece = f"M{start} {at}"
    if start < join[0] and end > join[1]:
        piece += f" H{join[0]} C{join[0] + 40} {apart} {join[1] - 40} {together} {join[1]} {together}"
    if start < part[0] and end > part[1]:
        piece += f" H{part[0]} C{part[0] + 40} {together} {part[1] - 40} {apart} {part[1]} {apart}"
    return f"{piece} H{end}"


def funnel_ribbon(counts: Sequence[int]) -> dict[str, object]:
    """Two lines that narrow with the counts, and the ground between them."""
    top = max([*counts, 1])
    half = [44 * count / top for count in counts]
    banks = [_bank([48 + sign * value for value in half]) for sign in (-1, 1)]
    return {"width": len(counts) * STEP, "banks": banks, "ribbon": " ".join(f"{bank} L0 48 Z" for bank in banks)}


def _bank(heights: Sequence[float]) -> str:
    piece = f"M0 {_number(heights[0])}"
    for index, height in enumerate(heights):
        x = index * STEP
        if index:
            piece += f" C{x - 30} {_number(heights[index - 1])} {x - 32} {_number(height)} {x} {_number(height)}"
        piece += f" H{x + 38}"
    return f"{piece} H{len(heights) * STEP}"


def tally_strokes(count: int, most: int, low: bool = False) -> dict[str, object]:
    """Two strokes for each pair. Above a hundred pairs in the longest line, two strokes stand for several."""
    each = max(1, ceil(most / 100))
    strokes = ceil(count / each)
    stroke = "7v10" if low else "1v16"
    path = "".join(f"M{9 * i + 2} {stroke}M{9 * i + 5.5} {stroke}" for i in range(strokes))
    return {"width": max(strokes * 9, 1), "path": path, "each": each}


def shares(parts: Sequence[tuple[float, float]]) -> list[dict[str, str]]:
    """Slots whose width is what could be reached, filled as far as it was; `parts` are (got, of)."""
    whole = sum(of for _, of in parts) or 1
    drawn, x = [], 0.0
    for got, of in parts:
        width = 100 * of / whole
        gap = 0.8 if width > 1.6 else 0
        inner = width - gap
        filled = inner * max(0.0, min(got / of, 1.0)) if of else 0.0
        drawn.append({"x": _number(x), "slot": _number(inner), "got": _number(filled)})
        x += width
    return drawn


def line_chart(
    points: Sequence[tuple[str, float | None]], levels: Sequence[str], beside: Sequence[float | None] = ()
) -> dict[str, object]:
    """A small line over named levels (lowest first, value 0). A point without a value leaves a gap.

    `beside` holds what somebody else says at each point, or None: squares without a line. There the own line goes on.
    """
    short = max(map(len, levels), default=0) <= 2
    left, right, row = 34 if short else 104, 270, 30
    top = 18
    step = (right - left) / max(len(points) - 1, 1)
    floor = top + row * (len(levels) - 1)
    dots: list[dict[str, object]] = []
    runs: list[list[str]] = [[]]
    others = {index: value for index, value in enumerate(beside) if value is not None}
    for index, (words, value) in enumerate(points):
        x = _number(left + step * index)
        if value is None and index not in others:
            runs.append([])
        elif value is not None:
            y = _number(floor - row * value)
            runs[-1].append(f"{x},{y}")
            dots.append({"x": x, "y": y, "words": words})
    shown = set(range(0, len(points), max(1, ceil(len(points) / 4)))) | {len(points) - 1}
    return {
        "height": floor + 38,
        "from": left - 18,
        "words_at": left - 26,
        "squares": [
            {"x": _number(left + step * index - 5), "y": _number(floor - row * value - 5)}
            for index, value in others.items()
        ],
        "rows": [{"words": words, "y": floor - row * i, "base": floor - row * i + 4} for i, words in enumerate(levels)],
        "lines": [" ".join(run) for run in runs if len(run) > 1],
        "dots": dots[:-1],
        "last": dots[-1] if dots else None,
        "names": [{"x": _number(left + step * i), "words": words} for i, (words, _) in enumerate(points) if i in shown],
        "names_y": floor + 24,
    }


def timeline(start: date, end: date, events: Sequence[tuple[date, str]], today: date) -> dict[str, object]:
    """A year along a rail: months as ticks, events as dots, words in as many lines as keep them apart."""
    days = max((end - start).days, 1)

    def place(day: date) -> float:
        return 16 + 948 * max(0, min((day - start).days, days)) / days

    marks = [(place(day), words, False) for day, words in events]
    if start <= today <= end:
        marks.append((place(today), "", True))
    marks.sort(key=lambda mark: mark[0])
    ends: list[float] = []
    drawn = []
    for x, words, is_today in marks:
        width = 7.2 * len(words or "today") + 10
        left = x - 5 if x + width < 980 else x - width + 10
        line = next((i for i, end_x in enumerate(ends) if left > end_x), len(ends))
        ends[line : line + 1] = [left + width]
        anchor = "start" if left == x - 5 else "end"
        text_x = x - 5 if anchor == "start" else x + 5
        drawn.append({"x": _number(x), "text_x": _number(text_x), "anchor": anchor, "words": words,
                      "line": line, "today": is_today})  # fmt: skip
    lines = max(len(ends), 1)
    rail = 12 + 20 * lines
    for mark in drawn:
        mark["text_y"] = rail - 20 - 20 * int(str(mark["line"]))
    return {"height": rail + 46, "rail": rail, "marks": drawn, "months": _months(start, end, place),
            "until": _number(place(today)) if today >= start else ""}  # fmt: skip


def _months(start: date, end: date, place: object) -> list[dict[str, object]]:
    months = []
    year, month = start.year, start.month
    while (day := date(year, month, 1)) <= end:
        if day >= start:
            months.append({"x": _number(place(day)), "day": day})  # type: ignore[operator]
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months[:: ceil(len(months) / 12) or 1]
