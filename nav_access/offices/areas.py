"""Reading which unit serves which municipality, and Oslo's forest addresses."""

from collections.abc import Iterable

from nav_access.offices.codes import Parity
from nav_access.offices.lenient import Json, read_line, read_list
from nav_access.offices.names import fold_name
from nav_access.offices.records import AreaRecord, Note, NoteCode, StreetRecord

_DISTRICT_DIGITS = 6


def read_areas(items: Iterable[Json], notes: list[Note]) -> tuple[AreaRecord, ...]:
    """Return the service areas, each once."""
    areas: dict[AreaRecord, None] = {}
    for item in items:
        area = _read_area(item)
        if area.office_number and area.municipality_number:
            areas[area] = None
        else:
            notes.append(Note(NoteCode.BAD_ROW, read_line(item.get("enhetsnavn")) or "?"))
    return tuple(areas)


def _read_area(item: Json) -> AreaRecord:
    tie = read_line(item.get("geografiskTilknytning"), 6) or ""
    return AreaRecord(
        read_line(item.get("enhetsnummer"), 40) or "",
        read_line(item.get("kommunenummer"), 4) or "",
        read_line(item.get("kommunenavn"), 100) or "",
        tie if len(tie) == _DISTRICT_DIGITS else "",
    )


def read_streets(items: Iterable[Json], notes: list[Note]) -> tuple[StreetRecord, ...]:
    """Return the ranges of house numbers; a street without any is in the district as a whole."""
    streets: dict[StreetRecord, None] = {}
    for item in items:
        name, district = read_line(item.get("veiadresse")), read_line(item.get("bydelTil"), 6)
        if not name or not district:
            notes.append(Note(NoteCode.BAD_ROW, name or "?"))
            continue
        for part in read_list(item.get("husnummerfordeling")) or [{}]:
            # The file sometimes drops the leading zero: «30108» is district 030108.
            streets[_read_range(name, district.zfill(_DISTRICT_DIGITS), part)] = None
    return tuple(streets)


def _read_range(name: str, district: str, part: Json) -> StreetRecord:
    first, last = part.get("fra"), part.get("til")
    kind = (read_line(part.get("type")) or "all").lower()
    return StreetRecord(
        fold_name(name),
        first if isinstance(first, int) else 1,
        last if isinstance(last, int) else 9999,
        Parity(kind) if kind in set(Parity) else Parity.ALL,
        district,
    )
