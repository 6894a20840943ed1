"""Why the office is seldom open, and how else people get help there."""

from typing import Any

from flask import Response

from nav_access.core.db import Session
from nav_access.offices.keeping import reasons as keeping
from nav_access.offices.keeping.editing import has_register
from nav_access.offices.models import Office
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.changing import answer, restore
from nav_access.web.desk.office.subjects import Act, OfficeForm, Subject, Turn
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.installation import now

MOST = 1000


class ReasonsForm(OfficeForm):
    """The reason, and the other way in; either may be empty."""

    reason = TextField(most=MOST, is_long=True)
    other_way = TextField(most=MOST, is_long=True)


def reasons() -> Response:
    """Show the reason and the other way in, or change them."""
    return answer(SUBJECT)


def restore_reasons(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(SUBJECT, typed)


def _describe(session: Session, office: Office, form: OfficeForm | None) -> dict[str, Any]:
    stored = {"reason": office.restricted_reason, "other_way": office.other_way_in}
    kept = keeping.find_kept_reasons(session, office.id) if has_register(office) else None
    return {
        "reasons": form
        if isinstance(form, ReasonsForm)
        else ReasonsForm(formdata=None, data=stored),
        "told": (kept.told_reason, kept.told_way) if kept else None,
    }


def _write(session: Session, turn: Turn, form: ReasonsForm) -> None:
    keeping.set_reasons(session, turn.editor, form.reason.data, form.other_way.data, now=now())


def _take_register(session: Session, turn: Turn, _form: OfficeForm) -> None:
    keeping.take_register_reasons(session, turn.editor, now=now())


SUBJECT = Subject(
    name="reasons",
    acts={"reasons": Act(ReasonsForm, _write), "register": Act(OfficeForm, _take_register)},
    describe=_describe,
)
