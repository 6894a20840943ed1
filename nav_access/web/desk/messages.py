"""Messages from the contact centre: the inbox, one message, acknowledging and answering it."""

from flask import Response, abort, request

from nav_access.callbacks.codes import EscalationStep
from nav_access.core.i18n.wording import N_
from nav_access.intake.centre import lists, reading
from nav_access.intake.centre import messages as room
from nav_access.intake.centre.errors import AlreadyAcknowledged, MessageNotFound
from nav_access.intake.errors import AlreadyDone
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.forms import DeskForm, PlainForm
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.answer_form import AnswerForm

STEPS: dict[EscalationStep, str] = {
    EscalationStep.DESK: N_("Not acknowledged in time. The desk was told."),
    EscalationStep.MANAGER: N_("Still not acknowledged. The manager was told."),
    EscalationStep.CONTACT_CENTRE: N_("Still not acknowledged. The contact centre was told."),
}


def messages() -> Response:
    """List what waits to be acknowledged, oldest deadline first; then what was, lately."""
    with read_session() as session:
        unread = lists.list_unread(session, who(), now())
        read = lists.list_acknowledged(session, who(), now())
    return show_desk("messages.html", unread=unread, read=read, steps=STEPS)


def message(message_id: int) -> Response:
    """Show a message, acknowledge it, or answer it."""
    if request.method != "POST":
        return _show(message_id)
    is_answer = request.form.get("do") == "answer"
    form = AnswerForm() if is_answer else PlainForm()
    if not form.validate():
        return _show(message_id, form, status=422)
    try:
        _act(message_id, form)
    except AlreadyDone:
        pass
    except MessageNotFound:
        abort(404)
    except AlreadyAcknowledged as first:
        return _show(message_id, first=first, status=409)
    return see_other(f"/desk/messages/{message_id}")


def restore_message(message_id: int, typed: Fields) -> Response:
    """Show the message with an answer typed before its writer had to sign in again."""
    return _show(message_id, AnswerForm(formdata=typed), is_restored="answer" in typed)


def _act(message_id: int, form: DeskForm) -> None:
    keys, instant = keyring(), now()
    with unit_of_work() as session:
        if isinstance(form, AnswerForm):
            words, once = form.answer.data, form.to_submission()
            room.answer(session, who(), message_id, words, once, keyring=keys, now=instant)
        else:
            room.acknowledge(session, who(), message_id, keyring=keys, now=instant)


def _show(
    message_id: int,
    form: DeskForm | None = None,
    *,
    status: int = 200,
    first: AlreadyAcknowledged | None = None,
    is_restored: bool = False,
) -> Response:
    """Show it; opening it is logged in the same transaction."""
    try:
        with unit_of_work() as session:
            found = reading.open_message_at_office(
                session, who(), message_id, keyring=keyring(), now=now()
            )
    except MessageNotFound:
        abort(404)
    return show_desk(
        "message.html",
        status=status,
        message=found,
        form=form or AnswerForm(formdata=None),
        answer=form if isinstance(form, AnswerForm) else AnswerForm(formdata=None),
        first=first,
        is_restored=is_restored,
        steps=STEPS,
    )
