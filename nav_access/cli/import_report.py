"""What an import tells the person at the keyboard: what was read, what was skipped, and why."""

from itertools import groupby

import click

from nav_access.offices.records import ImportReport, Note, NoteCode

_WHY = {
    NoteCode.NOT_A_UNIT: "without number, name or place, so not an office",
    NoteCode.BAD_ROW: "not a complete row",
    NoteCode.SHORT_REGISTER: "a part of a register only: no postcode is taken for withdrawn",
    NoteCode.NO_DAY: "hours without a day",
    NoteCode.UNKNOWN_DAY: "hours on a day we cannot read",
    NoteCode.BAD_TIME: "a time we cannot read: the previous hours of that day are kept",
    NoteCode.END_BEFORE_START: "closes before it opens: the previous hours of that day are kept",
    NoteCode.NO_TIMES: "neither times nor closed: taken as closed",
    NoteCode.DAY_AND_DATE: "both weekday and date: taken as the date",
    NoteCode.ODD_PHONE: "a phone number that cannot be rung as written: kept as text",
    NoteCode.KIND_NOT_SAID: "type not said: with a reception it is taken as a public office",
    NoteCode.UNKNOWN_STATUS: "a status we do not know: not shown",
    NoteCode.NOT_IN_FORCE: "hours that are not in force now",
    NoteCode.UNCOUNTABLE: "hours that do not repeat week by week",
    NoteCode.UNKNOWN_MUNICIPALITY: "a municipality that no number or name leads to today",
    NoteCode.OFFICE_NOT_READ: "areas waiting for offices that have not been read",
    NoteCode.UNIT_MISSING: "no longer in the file: marked, not deleted",
}
_MOST_SUBJECTS = 12


def print_report(report: ImportReport, *, is_check: bool) -> None:
    """Print what a run did, or would do."""
    would = "would be " if is_check else ""
    click.echo(
        f"Read {report.read}: {report.created} new, {report.changed} changed, "
        f"{report.unchanged} unchanged, {report.skipped} skipped."
    )
    click.echo(f"Rows {would}written: {report.rows}.")
    notes = sorted(report.notes, key=lambda note: (not note.is_skip, note.code, note.subject))
    for code, found in groupby(notes, key=lambda note: note.code):
        _print_notes(code, list(found))


def _print_notes(code: NoteCode, notes: list[Note]) -> None:
    word = "Skipped" if notes[0].is_skip else "Noted"
    click.echo(f"{word}, {len(notes)}: {_WHY[code]}.")
    if notes[0].is_skip:
        for note in notes:
            click.echo(f"  {note.subject}: {note.detail}".rstrip(": "))
        return
    subjects = [" ".join(filter(None, (n.subject, n.detail))) for n in notes[:_MOST_SUBJECTS]]
    more = f" and {len(notes) - _MOST_SUBJECTS} more" if len(notes) > _MOST_SUBJECTS else ""
    click.echo(f"  {', '.join(subjects)}{more}")
