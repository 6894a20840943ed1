"""Writing to the office that has a case: structured, confidential, acknowledged by a name."""

from collections.abc import Mapping
from datetime import datetime

from flask import Response, abort, request

from nav_access.core.i18n.wording import N_, words_in
from nav_access.intake.centre import messages, rules
from nav_access.intake.centre.queries import OperatorCase
from nav_access.intake.codes import CaseStatus
from nav_access.intake.errors import AlreadyDone, CaseNotFound, DeadlinePassed
from nav_access.offices.cards import get_card
from nav_access.web.contact_centre import wording
from nav_access.web.contact_centre.access import operator
from nav_access.web.contact_centre.case import open_case
from nav_access.web.contact_centre.forms import OTHER, MessageForm
from nav_access.web.shared.dates import BEFORE, say_moment
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.pages import see_other, show_at_door
from nav_access.web.shared.templating import current_locale

PASSED = N_("Write a time that is still to come, within 60 days.")
NOT_CHOSEN = N_("Not chosen yet")
ANOTHER = N_("Another time. Write it below")


def message(number: str) -> Response:
    """Show the form for a message, or send it."""
    if request.method != "POST":
        return _show(open_case(number))
    form = MessageForm()
    if not form.validate():
        return _show(open_case(number), form, status=422)
    try:
        _send(number, form)
    except AlreadyDone:
        pass
    except DeadlinePassed:
        form.ask(form.day if form.deadline.data == OTHER else form.deadline, PASSED)
        return _show(open_case(number), form, status=422)
    except CaseNotFound:
        abort(404)
    return see_other(f"/contact-centre/cases/{number}#messages")


def _send(number: str, form: MessageForm) -> None:
    message, once = form.to_message(), form.to_submission()
    with unit_of_work() as session:
        messages.send_message(
            session, operator(), number, message, once, keyring=keyring(), now=now()
        )


def restore_message(number: str, typed: Fields) -> Response:
    """Show the form with what was typed before the operator had to sign in again; send nothing."""
    return _show(open_case(number), MessageForm(formdata=typed), is_restored=True)


def _show(
    case: OperatorCase,
    form: MessageForm | None = None,
    *,
    status: int = 200,
    is_restored: bool = False,
) -> Response:
    drawn = form or _blank(case)
    with read_session() as session:
        hours = get_card(session, case.office_id).hours
    promise = case.deadline_utc if case.status is CaseStatus.WAITING else None
    offered = rules.list_deadlines(promise, hours, now())
    drawn.deadline.words = _say_deadlines(offered, drawn.deadline.instant)
    return show_at_door(
        "contact_centre/message.html",
        status=status,
        case=case,
        form=drawn,
        is_restored=is_restored,
        is_staffed=hours.is_staffed(now()),
        opens_utc=hours.next_staffed(now()),
        steps=wording.STEPS,
    )


def _blank(case: OperatorCase) -> MessageForm:
    """Return the form with what is known of the person already."""
    return MessageForm(
        formdata=None,
        urgency=int(case.urgency),
        reach=case.reach,
        when=case.best_time,
        interpreter=case.needs_interpreter,
    )


def _say_deadlines(offered: list[datetime], chosen: datetime | None) -> Mapping[str | None, str]:
    """Return the deadlines to choose among, in words; one that was chosen stays among them."""
    text = words_in(current_locale()).text
    shown = sorted({*offered, *([chosen] if chosen else [])})
    said: dict[str | None, str] = {
        one.isoformat(): say_moment(one, current_locale(), now(), BEFORE) for one in shown
    }
    return {None: text(NOT_CHOSEN), **said, OTHER: text(ANOTHER)}
