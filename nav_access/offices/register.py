"""Reading the postal register: tab-separated lines, in cp1252 or UTF-8."""

from nav_access.offices.errors import ImportRefused
from nav_access.offices.lenient import read_line
from nav_access.offices.names import write_capitals
from nav_access.offices.records import Note, NoteCode, PostcodeRecord

_COLUMNS = 4
_DIGITS = 4


def read_register(content: bytes) -> tuple[tuple[PostcodeRecord, ...], tuple[Note, ...]]:
    """Return the postcodes and what was skipped; raises ImportRefused when nothing fits."""
    rows: dict[str, PostcodeRecord] = {}
    notes: list[Note] = []
    for number, line in enumerate(_decode(content).splitlines(), 1):
        row = _read_row(line.split("\t"))
        if row:
            rows[row.code] = row
        elif line.strip():
            notes.append(Note(NoteCode.BAD_ROW, str(number), line[:60]))
    if not rows:
        raise ImportRefused("This is not a postal register: no line holds code, place and number.")
    return tuple(rows.values()), tuple(notes)


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _read_row(cells: list[str]) -> PostcodeRecord | None:
    if len(cells) < _COLUMNS or not _is_number(cells[0]) or not _is_number(cells[2]):
        return None
    place, municipality = read_line(cells[1], 100), read_line(cells[3], 100)
    if not place or not municipality:
        return None
    return PostcodeRecord(
        cells[0].strip(),
        write_capitals(place),
        cells[2].strip(),
        write_capitals(municipality),
        (cells[4].strip() if len(cells) > _COLUMNS else "")[:1],
    )


def _is_number(cell: str) -> bool:
    cell = cell.strip()
    return len(cell) == _DIGITS and cell.isascii() and cell.isdigit()
