"""What the office does to make up for few opening hours, written down by its manager."""

from datetime import datetime
from typing import Any

from flask import Response

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.keeping import measures as keeping
from nav_access.offices.keeping.codes import MeasureKind
from nav_access.offices.keeping.measures import NewMeasure
from nav_access.offices.models import Office
from nav_access.web.desk.capacity_forms import NumberField
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.changing import answer, restore
from nav_access.web.desk.office.day_forms import OptionalDayField
from nav_access.web.desk.office.seeing import morning_of
from nav_access.web.desk.office.subjects import Act, OfficeForm, Subject, Turn
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.fields import CodeField, TextField
from nav_access.web.shared.installation import now
from nav_access.web.shared.signed_in.day_fields import DayField
from nav_access.web.shared.templating import current_locale

MOST = 500
KINDS: dict[MeasureKind | None, str] = {
    None: N_("Not chosen yet"),
    MeasureKind.ACUTE_TIMES: N_("Times kept free for those who have nothing for today"),
    MeasureKind.DUTY_LINE: N_("A duty line that is answered when the door is closed"),
    MeasureKind.DIRECT_NUMBER: N_("People get a direct number"),
    MeasureKind.CALLS_BACK: N_("We ring back the same day"),
    MeasureKind.OTHER_DOOR: N_("We meet people somewhere else"),
    MeasureKind.VISITS: N_("We visit people"),
    MeasureKind.INTERPRETER: N_("An interpreter is there at set times"),
    MeasureKind.OTHER: N_("Something other than these"),
}
CHOOSE_KIND = N_("Choose what kind of measure it is.")
WRITE_WORDS = N_("Write it so that people understand what they can do.")
ENDS_AFTER = N_("Write a last day that is not before the first.")


class MeasureForm(OfficeForm):
    """A measure: what kind, in the office's own words, from when to when."""

    measure_kind = CodeField(MeasureKind, words=KINDS)
    words = TextField(most=MOST, is_long=True)
    from_day = DayField(most=40)
    until_day = OptionalDayField(most=40)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for all but the last day."""
        super().validate(extra_validators)
        if self.measure_kind.data is None:
            self.ask(self.measure_kind, CHOOSE_KIND)
        if not self.words.data and not self.words.errors:
            self.ask(self.words, WRITE_WORDS)
        first, last = self.from_day.read, self.until_day.read
        if first and last and last < first:
            self.ask(self.until_day, ENDS_AFTER)
        return not self.has_errors

    def to_measure(self) -> NewMeasure:
        """Return the measure; the form is valid."""
        kind, first = self.measure_kind.data, self.from_day.read
        if kind is None or first is None:
            raise LookupError("the form is not valid")
        return NewMeasure(kind, self.words.data, first, self.until_day.read)


class EndForm(OfficeForm):
    """A measure is over."""

    measure = NumberField(least=1, most_number=999_999)


def measures() -> Response:
    """Show the measures, or write one down, or end one."""
    return answer(SUBJECT)


def restore_measures(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(SUBJECT, typed)


def _describe(session: Session, office: Office, form: OfficeForm | None) -> dict[str, Any]:
    today, locale = to_oslo(now()).date(), current_locale()
    return {
        "measures": [
            {
                "id": row.id,
                "kind": KINDS[row.kind],
                "words": row.words,
                "first": say_date(row.from_date, locale, today),
                "last": say_date(row.until_date, locale, today) if row.until_date else None,
                "is_over": row.until_date is not None and row.until_date < today,
            }
            for row in keeping.list_measures(session, office.id)
        ],
        "one": form if isinstance(form, MeasureForm) else MeasureForm(formdata=None),
        "language": office.language,
    }


def _write(session: Session, turn: Turn, form: MeasureForm) -> None:
    keeping.add_measure(session, turn.editor, form.to_measure(), now=now())


def _end(session: Session, turn: Turn, form: EndForm) -> None:
    today = to_oslo(now()).date()
    keeping.end_measure(session, turn.editor, form.measure.whole, today=today, now=now())


def _written_from(_session: Session, _turn: Turn, form: MeasureForm) -> list[datetime]:
    return [morning_of(form.to_measure().from_date)]


def _over_from(session: Session, turn: Turn, form: EndForm) -> list[datetime]:
    """What began today is read all day; what has not begun is never read."""
    rows = keeping.list_measures(session, turn.office_id)
    begun = [row.from_date for row in rows if row.id == form.measure.number]
    tomorrow = to_oslo(now()).date() + keeping.A_DAY
    return [morning_of(max(day, tomorrow)) for day in begun]


SUBJECT = Subject(
    name="measures",
    acts={
        "measure": Act(MeasureForm, _write, _written_from),
        "end": Act(EndForm, _end, _over_from),
    },
    describe=_describe,
)
