"""Flows through some of the pairs: the most that can be made, and of so many the best, with the prices that prove it.

Both are found by OR-Tools: push-relabel (Goldberg and Tarjan, 1988) and cost scaling (Goldberg, 1997). It gives no
prices; they are shortest distances in what the pairing leaves over (Bellman, 1958; Ford, 1956), and the lowest there
are, so they do not depend on which way the pairing was found.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

from pairing import fast
from pairing.arcs import Arcs
from pairing.cells import Flags, Integers, spread

_FAR = fast.FAR
_COMPILED = 500_000  # edges from which on it is worth while to compile
HIGHEST = 2**31  # above every value and every lot


@dataclass(frozen=True, eq=False)
class Fullest:
    """A pairing with as many pairs as there can be among some.

    `chosen` says for each arc whether it is made. `rows` and `columns` are what can be reached from a mentee who lacks
    a mentor, by arcs that are not made and back by those that are. They are the same for every such pairing.
    """

    chosen: Flags
    rows: Flags
    columns: Flags

    @property
    def size(self) -> int:
        """How many pairs."""
        return int(self.chosen.sum())


@dataclass(frozen=True, eq=False)
class Best:
    """The best pairing of its size among some pairs: the largest value, and then the largest lot.

    Prices have shape (2, people), for values and for lots, and are compared in that order. A pair that is made is worth
    at least the prices of both, one that is not at most. `least` is the lowest price that a mentee has, that of all
    who could be paired with one mentor more; a mentor who has places left has the price 0, and none has less.
    """

    chosen: Flags
    row_prices: Integers
    column_prices: Integers
    least: Integers


def fullest(tails: Integers, heads: Integers, demand: Integers, places: Integers) -> Fullest:
    """As many of the arcs from these rows to these columns as the places of both sides let be."""
    rows, columns = len(demand), len(places)
    source, sink = rows + columns, rows + columns + 1
    flow = max_flow.SimpleMaxFlow()
    ends = (
        np.concatenate([tails, np.full(rows, source), np.arange(columns) + rows]),
        np.concatenate([heads + rows, np.arange(rows), np.full(columns, sink)]),
    )
    room = np.concatenate([np.ones(len(tails), dtype=np.int64), demand, places])
    made = flow.add_arcs_with_capacity(ends[0].astype(np.int32), ends[1].astype(np.int32), room)
    flow.add_arc_with_capacity(source, sink, 0)  # so that the sink is a node where there is no mentor
    if flow.solve(source, sink) != flow.OPTIMAL:
        raise AssertionError("no largest pairing was found")
    reached = np.zeros(rows + columns + 2, dtype=np.bool_)
    reached[np.asarray(flow.get_source_side_min_cut(), dtype=np.int64)] = True
    chosen = np.asarray(flow.flows(made))[: len(tails)] > 0
    return Fullest(chosen, reached[:rows], reached[rows : rows + columns])


def best(arcs: Arcs, demand: Integers, places: Integers, size: int) -> Best:
    """The best pairing of so many pairs, which there must be. Equal values are told apart in a second flow."""
    chosen = _cheapest(arcs, -arcs.values, demand, places, size)
    network = _Network(arcs, chosen, demand, places)
    values = network.distances(arcs.values)
    tight = values[arcs.rows] - values[len(demand) + arcs.columns] == arcs.values
    if (tight & ~chosen).any():
        chosen = _by_lot(arcs, chosen, tight, values, demand, places)
        network = _Network(arcs, chosen, demand, places)
    lots = network.distances(arcs.lots, within=network.tight(arcs.values, values))
    both = np.stack([values, lots])
    both[:, values >= _FAR] = [[HIGHEST], [0]]  # nobody is paired at all
    rows, columns = len(demand), len(places)
    return Best(chosen, both[:, :rows], -both[:, rows : rows + columns], both[:, -1])


def _by_lot(arcs: Arcs, chosen: Flags, tight: Flags, distances: Integers, demand: Integers, places: Integers) -> Flags:
    """Of the pairings of this size and value, the one of the largest lot.

    They make the pairs that are worth more than both prices, none of those that are worth less, and fill everybody
    whose place has a price.
    """
    rows, columns = len(demand), len(places)
    fixed = chosen & ~tight
    demand = demand - np.bincount(arcs.rows[fixed], minlength=rows)
    places = places - np.bincount(arcs.columns[fixed], minlength=columns)
    full_rows = distances[:rows] > distances[-1]
    full_columns = distances[rows : rows + columns] < 0
    some = arcs.where(tight)
    found = fixed.copy()
    found[tight] = _cheapest(
        some,
        -some.lots,
        demand,
        places,
        int(chosen.sum() - fixed.sum()),
        full_rows=full_rows,
        full_columns=full_columns,
    )
    return found


def _cheapest(
    arcs: Arcs,
    costs: Integers,
    demand: Integers,
    places: Integers,
    size: int,
    *,
    full_rows: Flags | None = None,
    full_columns: Flags | None = None,
) -> Flags:
    """So many of the arcs at the lowest cost; who has to be full is."""
    rows, columns = len(demand), len(places)
    source, sink = rows + columns, rows + columns + 1
    supply = np.zeros(rows + columns + 2, dtype=np.int64)
    if full_rows is not None:
        supply[:rows] = np.where(full_rows, demand, 0)
    if full_columns is not None:
        supply[rows : rows + columns] = -np.where(full_columns, places, 0)
    supply[source], supply[sink] = size - supply[:rows].sum(), -size - supply[rows : rows + columns].sum()
    ends = (
        np.concatenate([arcs.rows, np.full(rows, source), np.arange(columns) + rows]),
        np.concatenate([arcs.columns + rows, np.arange(rows), np.full(columns, sink)]),
    )
    room = np.concatenate([np.ones(len(arcs), dtype=np.int64), demand - supply[:rows], places + supply[rows:source]])
    flow = min_cost_flow.SimpleMinCostFlow()
    made = flow.add_arcs_with_capacity_and_unit_cost(
        ends[0].astype(np.int32), ends[1].astype(np.int32), room, np.pad(costs, (0, rows + columns))
    )
    flow.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    if flow.solve() != flow.OPTIMAL:
        raise AssertionError("no pairing of this size was found")
    return np.asarray(flow.flows(made))[: len(arcs)] > 0


class _Network:
    """What a pairing leaves over: along its edges a price is at most the other and the edge's length.

    Nodes are the rows, the columns, the sink and the source. A row's distance from the sink is its price, a column's is
    its price below zero, the source's is the lowest price of a row.
    """

    def __init__(self, arcs: Arcs, chosen: Flags, demand: Integers, places: Integers) -> None:
        rows, columns = len(demand), len(places)
        self.size, self.sink = rows + columns + 2, rows + columns
        source = self.sink + 1
        room_rows = np.flatnonzero(np.bincount(arcs.rows[chosen], minlength=rows) < demand)
        room_columns = np.flatnonzero(np.bincount(arcs.columns[chosen], minlength=columns) < places) + rows
        every_row, every_column = np.arange(rows), np.arange(columns) + rows
        to = arcs.columns + rows
        hubs = (
            (np.full(columns, self.sink), every_column),
            (room_columns, np.full(len(room_columns), self.sink)),
            (every_row, np.full(rows, source)),
            (np.full(len(room_rows), source), room_rows),
        )
        self.sign = np.where(chosen, 1, -1)
        self.tails = np.concatenate([np.where(chosen, to, arcs.rows), *(tails for tails, _ in hubs)])
        self.heads = np.concatenate([np.where(chosen, arcs.rows, to), *(heads for _, heads in hubs)])

    def lengths(self, numbers: Integers) -> Integers:
        """Numbers of arcs as lengths of edges."""
        return np.pad(self.sign * numbers, (0, len(self.tails) - len(numbers)))

    def tight(self, numbers: Integers, distances: Integers) -> Flags:
        """Edges on which a distance is just the other and the length."""
        found: Flags = distances[self.tails] + self.lengths(numbers) == distances[self.heads]
        return found & (distances[self.tails] < _FAR)

    def distances(self, numbers: Integers, *, within: Flags | None = None) -> Integers:
        """Of every node from the sink, by all edges or some; `_FAR` where there is no way."""
        lengths, tails, heads = self.lengths(numbers), self.tails, self.heads
        if within is not None:
            lengths, tails, heads = lengths[within], tails[within], heads[within]
        order = np.argsort(tails, kind="stable")
        lengths, heads = lengths[order], heads[order]
        start = np.searchsorted(tails[order], np.arange(self.size + 1))
        if len(heads) > _COMPILED and fast.is_here():
            return fast.distances(start, heads, lengths, self.sink)
        found = np.full(self.size, _FAR)
        found[self.sink] = 0
        active = np.array([self.sink])
        for _ in range(self.size + 1):
            edges, owners = spread(start, active)
            to, far = heads[edges], found[active][owners] + lengths[edges]
            nearer = far < found[to]
            to, far = to[nearer], far[nearer]
            if not len(to):
                return found
            np.minimum.at(found, to, far)
            active = np.unique(to)
        raise AssertionError("a pairing that was called the best is not")
