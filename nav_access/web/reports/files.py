"""A table as a file that spreadsheets open: semicolons, and no cell that is taken for a formula."""

import csv
from io import StringIO

from flask import Response

from nav_access.stats.periods import Period
from nav_access.web.reports.tables import Row, Table, Value
from nav_access.web.shared.templating import current_locale

_BEGINS_A_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_DECIMAL_COMMA = frozenset({"nb", "nn"})


def send_table(table: Table, subject: str, period: Period) -> Response:
    """Return a whole table as a file to keep."""
    name = f"{subject}-{table.key}-{period.code}.csv"
    return Response(
        write_csv(table).encode("utf-8-sig"),
        mimetype="text/csv",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def write_csv(table: Table) -> str:
    """Return a table's rows, with its sums last, as text."""
    written = StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow(map(_harmless, table.columns))
    for row in (*table.rows, *((table.total,) if table.total else ())):
        rows.writerow(_cells(row))
    return written.getvalue()


def _cells(row: Row) -> list[str]:
    return [_harmless(row.name), *(_write(cell.value) for cell in row.cells)]


def _write(value: Value) -> str:
    if isinstance(value, str):
        return _harmless(value)
    is_comma = isinstance(value, float) and current_locale().tag in _DECIMAL_COMMA
    return str(value).replace(".", ",") if is_comma else str(value)


def _harmless(text: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{text}" if text and text[0] in _BEGINS_A_FORMULA else text
