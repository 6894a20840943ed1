"""Small numbers stay hidden: every small table is published, and nothing can be worked back."""

from collections import defaultdict
from itertools import product

import hypothesis.strategies as st
from hypothesis import given

from nav_access.stats.hiding import (
    FEW,
    LEAST,
    NOT_TOLD,
    Count,
    Figure,
    Told,
    tell,
    tell_column,
    tell_division,
    tell_sum,
    tell_table,
)

SMALL = set(range(LEAST))


def people(*numbers):
    """Return counts of so many people, each counted once."""
    return [Count(number, number) for number in numbers]


def exact(value):
    return Figure(Told.EXACT, value)


def publish(*rows):
    """Return all that a reader gets of a table of everything."""
    told = tell_table({n: people(*row) for n, row in enumerate(rows)}, is_whole=True)
    return tuple(told.lines.values()), told.total


def work_back(tables, publish_one):
    """Return, for each answer a reader may get, what each number may be."""
    same = defaultdict(list)
    for numbers in tables:
        same[publish_one(numbers)].append(numbers)
    return [[set(column) for column in zip(*found, strict=True)] for found in same.values()]


def test_a_column_leaves_every_hidden_number_anything_from_0_to_4():
    for length in (1, 2, 3, 4):
        tables = product(range(LEAST + 2), repeat=length)
        for possible in work_back(tables, lambda t: publish(*([n] for n in t))):
            assert all(known >= SMALL for known in possible if known & SMALL)


def test_rows_and_columns_together_do_too():
    tables = product(range(LEAST + 2), repeat=4)
    for possible in work_back(tables, lambda t: publish(t[:2], t[2:])):
        assert all(known >= SMALL for known in possible if known & SMALL)


def test_the_oracle_notices_a_total_that_gives_it_away():
    tables = product(range(LEAST + 2), repeat=2)
    seen = work_back(tables, lambda t: (*map(tell, people(*t)), sum(t)))
    assert any(known < SMALL for possible in seen for known in possible)


def division(a, b):
    """Return all that a reader gets when the same people are divided twice."""
    whole = tell_table({n: people(number) for n, number in enumerate(a)}, is_whole=True)
    other = tell_division(whole, {n: people(number) for n, number in enumerate(b)})
    told = other and (tuple(other.lines.values()), other.total)
    return tuple(whole.lines.values()), whole.total, told


def test_a_second_division_of_the_same_people_gives_nothing_away():
    most = LEAST + 2
    twice = (
        (*a, *b)
        for a in product(range(most), repeat=3)
        for b in product(range(3 * most), repeat=2)
        if sum(a) == sum(b)
    )
    for possible in work_back(twice, lambda t: division(t[:3], t[3:])):
        assert all(len(known) > 1 for known in possible if known & SMALL)


def assert_true(shown, numbers):
    """Say that a sum is told truly, and never below what may be known."""
    whole = sum(numbers)
    assert shown.value == whole if shown.told is Told.EXACT else shown.value <= whole
    assert shown != FEW or whole < LEAST


@given(st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=1, max_size=12))
def test_what_is_told_is_true(rows):
    lines, total = publish(*rows)
    for line, row in zip(lines, rows, strict=True):
        assert [f.told is Told.FEW for f in line.figures] == [n < LEAST for n in row]
        assert [f.value for f in line.figures] == [n if n >= LEAST else 0 for n in row]
        assert_true(line.total, row)
    for shown, column in zip(total.figures, zip(*rows, strict=True), strict=True):
        assert_true(shown, column)
    assert_true(total.total, [n for row in rows for n in row])


def test_how_figures_are_told():
    assert (tell(Count(9, 4)), tell(Count(9, 5))) == (FEW, exact(9))
    assert tell_sum(people(7, 8)) == exact(15)
    assert tell_sum(people(7, 3)) == Figure(Told.AT_LEAST, 7)
    assert (tell_sum(people(3)), tell_sum(people(3, 1)), tell_sum([])) == (FEW, NOT_TOLD, NOT_TOLD)
    assert tell_column(people(7, 3, 2)) == Figure(Told.AT_LEAST, 7)
    assert tell_column(people(7, 3, 2, 1)) == exact(13)
    assert tell_column([Count(30, 9), *[Count(0, 2)] * 3]) == Figure(Told.AT_LEAST, 30)


def test_a_part_has_no_sum_but_what_its_lines_tell():
    rows = {n: people(number) for n, number in enumerate((7, 3, 2, 1))}
    assert tell_table(rows, is_whole=True).total.figures == (exact(13),)
    assert tell_table(rows, is_whole=False).total.figures == (Figure(Told.AT_LEAST, 7),)
