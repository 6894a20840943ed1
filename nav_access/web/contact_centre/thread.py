"""One message and what was written below it, as its operator sees it."""

from flask import Response, abort, request

from nav_access.intake.centre import messages, reading
from nav_access.intake.centre.errors import MessageNotFound
from nav_access.intake.errors import AlreadyDone
from nav_access.web.contact_centre import wording
from nav_access.web.contact_centre.access import operator
from nav_access.web.shared.installation import keyring, now, unit_of_work
from nav_access.web.shared.signed_in.answer_form import AnswerForm
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.pages import see_other, show_at_door


def thread(message_id: int) -> Response:
    """Show a message, or add words below it."""
    if request.method != "POST":
        return _show(message_id)
    form = AnswerForm()
    if not form.validate():
        return _show(message_id, form, status=422)
    try:
        _add(message_id, form)
    except AlreadyDone:
        pass
    except MessageNotFound:
        abort(404)
    return see_other(f"/contact-centre/messages/{message_id}")


def _add(message_id: int, form: AnswerForm) -> None:
    words, once = form.answer.data, form.to_submission()
    with unit_of_work() as session:
        messages.add_words(
            session, operator(), message_id, words, once, keyring=keyring(), now=now()
        )


def restore_thread(message_id: int, typed: Fields) -> Response:
    """Show the message with words typed before the operator had to sign in again."""
    return _show(message_id, AnswerForm(formdata=typed), is_restored=True)


def _show(
    message_id: int,
    form: AnswerForm | None = None,
    *,
    status: int = 200,
    is_restored: bool = False,
) -> Response:
    """Show it; opening it is logged in the same transaction."""
    try:
        with unit_of_work() as session:
            found = reading.open_message_at_centre(
                session, operator(), message_id, keyring=keyring(), now=now()
            )
    except MessageNotFound:
        abort(404)
    return show_at_door(
        "contact_centre/thread.html",
        status=status,
        message=found,
        form=form or AnswerForm(formdata=None),
        is_restored=is_restored,
        steps=wording.STEPS,
    )
