"""What may be told of how many: figures of fewer than five people are hidden, and stay hidden.

A table by office tells a figure or «fewer than five», and everything else in it is reckoned from
what is told: a sum is «at least» what its told parts come to. One thing more is told: the sum of
a whole column, where what is hidden in it is of at least three offices and of so many people that
each of them may still have any number. So every hidden figure may be anything from 0 to 4,
whatever a reader knows of how this is done. A test tries every small table.

Where a second table divides the same people in another way (by kind of help), it is told whole or
not at all: not when either of them hides what the common sum would tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

LEAST = 5
"""Figures of fewer people than this are hidden."""

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Count:
    """Something counted: what it comes to, and of how many people it is."""

    value: int = 0
    people: int = 0

    @property
    def is_small(self) -> bool:
        """Say whether it is of fewer than five people."""
        return self.people < LEAST

    def __add__(self, other: "Count") -> "Count":
        return Count(self.value + other.value, self.people + other.people)


class Told(StrEnum):
    """How a figure is told."""

    EXACT = "exact"
    FEW = "few"
    """Of fewer than five people."""
    AT_LEAST = "at_least"
    """Parts of it are hidden."""
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it may be told; the value counts where it is exact or the least it can be."""

    told: Told
    value: int = 0


FEW = Figure(Told.FEW)
NOT_TOLD = Figure(Told.NOT_TOLD)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of figures, and their sum."""

    figures: tuple[Figure, ...]
    total: Figure

    @property
    def is_hidden(self) -> bool:
        """Say whether nothing in it is told."""
        return all(figure.told is Told.FEW for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Table(Generic[Key]):
    """Lines by what they are of, and the line of their sums."""

    lines: Mapping[Key, Line]
    total: Line


def tell(count: Count) -> Figure:
    """Return a figure as it may be told by itself."""
    return FEW if count.is_small else Figure(Told.EXACT, count.value)


def tell_sum(counts: Sequence[Count]) -> Figure:
    """Return a sum as it follows from what its parts tell."""
    told = [count.value for count in counts if not count.is_small]
    if len(told) == len(counts) > 0:
        return Figure(Told.EXACT, sum(told))
    if told:
        return Figure(Told.AT_LEAST, sum(told))
    return FEW if len(counts) == 1 else NOT_TOLD


def tell_column(counts: Sequence[Count]) -> Figure:
    """Return the sum of a whole column; exact where that tells of none of its parts."""
    if is_blurred([count for count in counts if count.is_small]):
        return Figure(Told.EXACT, sum(count.value for count in counts))
    return tell_sum(counts)


def tell_table(rows: Mapping[Key, Sequence[Count]], *, is_whole: bool) -> Table[Key]:
    """Return a table of rows that have the same columns.

    Only the table of everything has sums of its own; a part of it is told by its lines alone.
    """
    lines = {key: Line(tuple(map(tell, row)), tell_sum(row)) for key, row in rows.items()}
    sum_up = tell_column if is_whole else tell_sum
    sums = tuple(sum_up(column) for column in zip(*rows.values(), strict=True))
    return Table(lines, Line(sums, _add(sums)))


def is_blurred(hidden: Sequence[Count]) -> bool:
    """Say whether the sum of hidden figures leaves each of them anything from 0 to 4."""
    whole = sum(hidden, Count())
    return LEAST <= whole.people <= (LEAST - 1) * (len(hidden) - 1) and whole.value >= LEAST


def tell_division(whole: Table[Any], parts: Mapping[Key, Sequence[Count]]) -> Table[Key] | None:
    """Return how the people of a table are divided in another way; None when it may not be told.

    Both come to the same sum: it must tell nothing of what is hidden in the one or the other.
    """
    told = tell_table(parts, is_whole=True)
    sums = (*whole.total.figures, *told.total.figures)
    return told if sums and all(one.told is Told.EXACT for one in sums) else None


def _add(sums: Sequence[Figure]) -> Figure:
    """Return the sum of sums: what they tell, and no more."""
    told = [figure for figure in sums if figure.told in (Told.EXACT, Told.AT_LEAST)]
    if not told:
        return FEW if len(sums) == 1 and sums[0] == FEW else NOT_TOLD
    is_all = len(told) == len(sums) and all(one.told is Told.EXACT for one in told)
    return Figure(Told.EXACT if is_all else Told.AT_LEAST, sum(one.value for one in told))
