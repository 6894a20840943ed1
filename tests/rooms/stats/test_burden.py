"""What agencies' help comes to, by municipality, agency and kind."""

import pytest

from nav_access.stats.burden import Kind, count_burden
from nav_access.stats.hiding import FEW, Figure, Told
from nav_access.stats.scope import EVERYBODY, Reader

FORM, WAITING = ("form",), ("waiting",)


def exact(value):
    return Figure(Told.EXACT, value)


@pytest.fixture
def burden(counted):
    """Two agencies in two municipalities, each served by one office."""
    counted.municipality("0301", "Oslo", "nav-eikevik")
    counted.municipality("4601", "Bergen", "nav-granvik")
    counted.havn, counted.bro = counted.agency("Havn"), counted.agency("Bro")

    def read(code="", reader=EVERYBODY):
        return counted.read(lambda *asked: count_burden(asked[0], reader, *asked[1:]), code, reader)

    counted.burden = read
    return counted


def names(found):
    return [(key.municipality, key.agency) for key, _ in found.helping]


def test_by_municipality_agency_and_kind(burden):
    burden.many(6, burden.help, burden.havn, 30, FORM)
    burden.many(5, burden.help, burden.havn, 60, WAITING, "4601", office_id=burden.other_id)
    burden.many(7, burden.help, burden.bro, 15, (*FORM, *WAITING))
    burden.many(5, burden.help, burden.bro)
    found = burden.burden()
    assert names(found) == [("Bergen", "Havn"), ("Oslo", "Bro"), ("Oslo", "Havn")]
    assert [line.figures for _, line in found.helping] == [
        (exact(5), exact(300)),
        (exact(12), exact(105)),
        (exact(6), exact(180)),
    ]
    assert found.total.figures == (exact(23), exact(585))
    assert found.kinds is None


def test_kinds_are_told_when_that_tells_of_no_few(burden):
    for kind in ("form", "letter", "waiting", "following"):
        burden.many(5, burden.help, burden.havn, 30, (kind,))
    burden.many(6, burden.help, burden.havn, 60, (*FORM, *WAITING))
    burden.many(8, burden.help, burden.havn)
    told = burden.burden().kinds.lines
    assert told[Kind.SEVERAL].figures == (exact(6), exact(360))
    assert told[Kind.NOT_TOLD].figures == (exact(8), exact(0))
    assert told[Kind.FORM].figures == (exact(5), exact(150))


def test_few_requests_of_an_agency_are_left_out(burden):
    burden.many(4, burden.help, burden.havn, 600, FORM)
    burden.many(6, burden.help, burden.bro, 30, FORM)
    found = burden.burden()
    assert names(found) == [("Oslo", "Bro")]
    assert found.unlisted
    assert found.total.figures == (Figure(Told.AT_LEAST, 6), Figure(Told.AT_LEAST, 180))
    assert found.kinds is None


def test_a_place_is_told_by_its_lines_alone(burden):
    burden.many(6, burden.help, burden.havn, 30, FORM)
    burden.many(4, burden.help, burden.bro, 30, FORM)
    burden.many(5, burden.help, burden.havn, 60, WAITING, "4601")
    for code in ("m.0301", "o.nav-eikevik"):
        found = burden.burden(code)
        assert names(found) == [("Oslo", "Havn")]
        assert found.total.figures == (Figure(Told.AT_LEAST, 6), Figure(Told.AT_LEAST, 180))
        assert (found.unlisted, found.kinds) == (True, None)


def test_a_manager_reads_of_their_own_office(burden):
    burden.many(6, burden.help, burden.havn, 30, FORM)
    burden.many(5, burden.help, burden.havn, 60, WAITING, "4601", office_id=burden.other_id)
    found = burden.burden(reader=Reader(frozenset({burden.other_id})))
    assert names(found) == [("Bergen", "Havn")]
    assert found.total.figures == (exact(5), exact(300))


def test_of_several_offices_each_is_told_by_itself(burden):
    burden.many(6, burden.help, burden.havn, 30, FORM)
    burden.many(3, burden.help, burden.havn, 60, WAITING, office_id=burden.other_id)
    both = Reader(frozenset({burden.office_id, burden.other_id}))
    found = burden.burden(reader=both)
    assert [(key.office, line.figures[0]) for key, line in found.helping] == [
        ("Nav Eikevik", exact(6))
    ]
    assert found.total.figures == (Figure(Told.AT_LEAST, 6), Figure(Told.AT_LEAST, 180))
    assert (found.unlisted, found.kinds) == (True, None)
    assert burden.burden("o.nav-eikevik", both).total.figures[0] == exact(6)


def test_what_one_office_would_tell_of_the_other_is_not_told_of_both(burden):
    burden.many(6, burden.help, burden.havn, 30, FORM)
    for agency, place in ((burden.havn, "0301"), (burden.havn, "4601"), (burden.bro, "0301")):
        burden.many(2, burden.help, agency, 60, FORM, place, office_id=burden.other_id)
    one, other = Reader(frozenset({burden.other_id})), {burden.office_id, burden.other_id}
    assert burden.burden(reader=one).total.figures == (exact(6), exact(360))
    both = burden.burden(reader=Reader(frozenset(other)))
    assert both.total.figures == (Figure(Told.AT_LEAST, 6), Figure(Told.AT_LEAST, 180))


def test_protected_persons_and_other_months_are_not_counted(burden):
    burden.many(9, burden.help, burden.havn, 30, FORM, is_protected=True)
    burden.many(9, burden.help, burden.havn, 30, FORM, at=burden.now)
    found = burden.burden()
    assert (found.helping, found.unlisted, found.kinds) == ((), False, None)
    assert FEW not in found.total.figures
