"""Everything stored has a time after which something is done with it, or a reason to stay."""

from collections import Counter

from nav_access.core.retention import KINDS
from nav_access.migrations.tables import METADATA


def test_every_table_is_of_exactly_one_kind() -> None:
    times = Counter(table for kind in KINDS for table in kind.tables)
    assert dict(times) == dict.fromkeys(METADATA.tables, 1)


def test_every_kind_ends_or_says_why_it_stays() -> None:
    for kind in KINDS:
        assert bool(kind.ends) != bool(kind.why_kept), kind.name
        assert all(end.why.endswith(("?».", ".")) for end in kind.ends)


def test_kinds_have_different_names() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
