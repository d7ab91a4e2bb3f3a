"""The look at pairs, compiled: some mentees at a time, with a tile of mentors that stays in the cache."""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = tuple[Any, ...]

TILE = 4_096
_CHUNK = 64


def _compiled(function: Any) -> Any:
    """Compiled, and kept for the next process where there is a folder for it."""
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither beside this file nor in a home may anything be written
        return numba.njit(nogil=True)(function)


@_compiled
def look(
    rows: Array,
    columns: Array,
    floor: int,
    row_prices: Array,
    column_prices: Array,
    most: int,
    sums: Arrays,
    singles: Arrays,
    apart: Arrays,
    kept: Arrays,
    words: Arrays,
    keys: Arrays,
) -> tuple[Array, Array, Array]:
    """For each row how many pairs were found, and their columns and scores, the best first."""
    counts = np.zeros(len(rows), dtype=np.int64)
    best = np.zeros((len(rows), 4, most), dtype=np.int64)  # worth, lot, column and score of each pair
    points = np.zeros(TILE, dtype=np.int32)
    worth = np.zeros(TILE, dtype=np.int64)
    usable = np.zeros(TILE, dtype=np.uint8)
    for left in range(0, len(columns), TILE):
        size = min(TILE, len(columns) - left)
        for place in range(len(rows)):
            row = rows[place]
            _add_points(row, left, size, points, sums, singles)
            _set_usable(row, left, size, usable, columns, apart, words)
            _set_worth(row, left, size, points, worth, column_prices[0], row_prices[0, row], kept)
            least = best[place, 0, most - 1] if counts[place] == most else 0
            for at in range(size):
                usable[at] &= (worth[at] >= least) & (points[at] >= floor)
            counts[place] = _keep_best(
                row,
                left,
                size,
                counts[place],
                points,
                worth,
                usable,
                row_prices[1],
                column_prices[1],
                keys,
                best[place],
            )
    return counts, best[:, 2].copy(), best[:, 3].copy()


@_compiled
def _add_points(row: int, left: int, size: int, points: Array, sums: Arrays, singles: Arrays) -> None:
    base, start, features, shares, has = sums
    points[:size] = base[row]
    for entry in range(start[row], start[row + 1]):
        share, having = shares[entry], has[features[entry], left : left + size]
        for at in range(size):
            points[at] += np.int32(share * np.int32(having[at]))
    start, columns, numbers = singles
    for entry in range(start[row], start[row + 1]):
        at = columns[entry] - left
        if 0 <= at < size:
            points[at] += numbers[entry]


@_compiled
def _set_usable(row: int, left: int, size: int, usable: Array, columns: Array, apart: Arrays, words: Arrays) -> None:
    mentees, mentors, rule_of_word = words
    usable[:size] = columns[left : left + size]
    met = np.zeros(size, dtype=np.uint8)
    for word in range(len(rule_of_word)):
        mask, bits = mentees[row, word], mentors[word, left : left + size]
        if word == 0 or rule_of_word[word - 1] != rule_of_word[word]:
            met[:] = 0
        for at in range(size):
            met[at] |= (mask & bits[at]) != 0
        if word + 1 == len(rule_of_word) or rule_of_word[word + 1] != rule_of_word[word]:
            for at in range(size):
                usable[at] &= met[at]
    start, apart_columns = apart
    for entry in range(start[row], start[row + 1]):
        at = apart_columns[entry] - left
        if 0 <= at < size:
            usable[at] = 0


@_compiled
def _set_worth(
    row: int, left: int, size: int, points: Array, worth: Array, column_prices: Array, row_price: int, kept: Arrays
) -> None:
    prices = column_prices[left : left + size]
    for at in range(size):
        worth[at] = points[at] - prices[at] - row_price
    start, columns, bonus = kept
    for entry in range(start[row], start[row + 1]):
        at = columns[entry] - left
        if 0 <= at < size:
            worth[at] += bonus


@_compiled
def _keep_best(
    row: int,
    left: int,
    size: int,
    count: int,
    points: Array,
    worth: Array,
    usable: Array,
    row_lots: Array,
    column_lots: Array,
    keys: Arrays,
    best: Array,
) -> int:
    most = best.shape[1]
    for chunk in range(0, size, _CHUNK):
        end = min(chunk + _CHUNK, size)
        some = np.uint8(0)
        for at in range(chunk, end):
            some |= usable[at]
        if some:
            for at in range(chunk, end):
                if usable[at] and (count < most or worth[at] >= best[0, most - 1]):
                    column = left + at
                    lot = _lot(keys[0][row], keys[1][column]) - row_lots[row] - column_lots[column]
                    if worth[at] > 0 or lot > 0:
                        count = _insert(count, best, worth[at], lot, column, points[at])
    return count


@_compiled
def _lot(mentee: Any, mentor: Any) -> Any:
    stirred = mentee ^ mentor
    stirred = (stirred ^ (stirred >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    stirred = (stirred ^ (stirred >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    stirred = stirred ^ (stirred >> np.uint64(31))
    return np.int64(stirred >> np.uint64(33))


@_compiled
def _insert(count: int, best: Array, worth: int, lot: int, column: int, score: int) -> int:
    """Keep the best, in their order. Columns come in theirs, so of equal pairs the first stays before."""
    most = best.shape[1]
    if count == most:
        if worth < best[0, most - 1] or (worth == best[0, most - 1] and lot <= best[1, most - 1]):
            return count
        count -= 1
    at = count
    while at > 0 and (best[0, at - 1] < worth or (best[0, at - 1] == worth and best[1, at - 1] < lot)):
        best[:, at] = best[:, at - 1]
        at -= 1
    best[0, at], best[1, at], best[2, at], best[3, at] = worth, lot, column, score
    return count + 1


@_compiled
def distances(start: Array, heads: Array, lengths: Array, source: int, far: int) -> Array:
    """Shortest distances, of which those that became shorter are looked from again, in turn. There is no circle."""
    nodes = len(start) - 1
    found = np.full(nodes, far)
    waiting, is_waiting = np.empty(nodes, dtype=np.int64), np.zeros(nodes, dtype=np.uint8)
    found[source], waiting[0], first, number = 0, source, 0, 1
    while number:
        node = waiting[first]
        first, number = (first + 1) % nodes, number - 1
        is_waiting[node] = 0
        for edge in range(start[node], start[node + 1]):
            head, at = heads[edge], found[node] + lengths[edge]
            if at < found[head]:
                found[head] = at
                if not is_waiting[head]:
                    waiting[(first + number) % nodes], is_waiting[head] = head, 1
                    number += 1
    return found
