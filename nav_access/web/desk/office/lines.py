"""The office's duty lines: number, for whom, about what; who answers when is the roster's."""

from typing import Any

from flask import Response, request

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.codes import DutyAudience
from nav_access.offices.keeping import lines as keeping
from nav_access.offices.keeping.errors import NumberTaken
from nav_access.offices.keeping.lines import LineDetails, details_of
from nav_access.offices.models import Office
from nav_access.web.desk.capacity_forms import NumberField
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.changing import answer, restore
from nav_access.web.desk.office.subjects import Act, OfficeForm, Subject, Turn
from nav_access.web.shared.fields import CodeField, PhoneField, TextField, TickField
from nav_access.web.shared.installation import now

AUDIENCES: dict[DutyAudience | None, str] = {
    DutyAudience.CONTACT_CENTRE: N_("Only the contact centre"),
    DutyAudience.AGENCIES: N_("Partner agencies and the contact centre"),
    DutyAudience.PUBLIC: N_("Everybody"),
}
WRITE_PHONE = N_("Write the number of the line.")
OTHER_NUMBER = N_("The office has a line with this number already. Change that one instead.")
WRITE_LATE_PHONE = N_("Write the number to ring when nobody answers, or take the words away.")


class LineForm(OfficeForm):
    """A duty line; `line` is empty for a new one."""

    line = NumberField(least=1, most_number=999_999)
    phone = PhoneField(most=40)
    audience = CodeField(DutyAudience, words=AUDIENCES, safest=DutyAudience.CONTACT_CENTRE)
    topic = TextField(most=200)
    split = TextField(most=200)
    late_phone = PhoneField(most=40)
    late_note = TextField(most=300)
    on_holidays = TickField()

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the number, and for one that goes with words about it."""
        super().validate(extra_validators)
        if not self.phone.data and not self.phone.errors:
            self.ask(self.phone, WRITE_PHONE)
        if self.late_note.data and not self.late_phone.data:
            self.ask(self.late_phone, WRITE_LATE_PHONE)
        return not self.has_errors

    def to_details(self) -> LineDetails:
        """Return the line; the form is valid."""
        return LineDetails(
            phone=self.phone.number or "",
            audience=self.audience.data or DutyAudience.CONTACT_CENTRE,
            topic=self.topic.data or None,
            split=self.split.data or None,
            after_hours_phone=self.late_phone.number,
            after_hours_note=self.late_note.data or None,
            covers_holidays=self.on_holidays.data,
        )


class LineGoneForm(OfficeForm):
    """A line is taken away."""

    line = NumberField(least=1, most_number=999_999)


class RegisterLineForm(OfficeForm):
    """A number of the register is taken as the register has it."""

    number = TextField(most=40)


def lines() -> Response:
    """Show the duty lines, or change one."""
    return answer(SUBJECT)


def restore_lines(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(SUBJECT, typed)


def _describe(session: Session, office: Office, form: OfficeForm | None) -> dict[str, Any]:
    return {
        "lines": [(line.id, details_of(line)) for line in office.duty_lines],
        "audiences": AUDIENCES,
        "told": keeping.list_kept_lines(session, office.id),
        "one": form if isinstance(form, LineForm) else _asked_for(office),
    }


def _asked_for(office: Office) -> LineForm:
    """Return the form for the line a link names, or for a new one."""
    asked = request.args.get("line", "")
    found = next((line for line in office.duty_lines if str(line.id) == asked), None)
    if found is None:
        return LineForm(formdata=None)
    values = {
        "line": str(found.id),
        "phone": found.phone,
        "audience": found.audience,
        "topic": found.topic,
        "split": found.split,
        "late_phone": found.after_hours_phone,
        "late_note": found.after_hours_note,
        "on_holidays": found.covers_holidays,
    }
    return LineForm(formdata=None, data=values)


def _save(session: Session, turn: Turn, form: LineForm) -> None:
    line, details = form.line.number, form.to_details()
    keeping.save_line(session, turn.editor, line, details, now=now())


def _take_away(session: Session, turn: Turn, form: LineGoneForm) -> None:
    keeping.remove_line(session, turn.editor, form.line.whole, now=now())


def _take_register(session: Session, turn: Turn, form: RegisterLineForm) -> None:
    keeping.take_register_line(session, turn.editor, form.number.data, now=now())


SUBJECT = Subject(
    name="lines",
    acts={
        "line": Act(LineForm, _save),
        "gone": Act(LineGoneForm, _take_away),
        "register": Act(RegisterLineForm, _take_register),
    },
    describe=_describe,
    asks={NumberTaken: ("phone", OTHER_NUMBER)},
)
