"""What people wrote about the pages: what waits for an answer, and one of them to be answered."""

from functools import partial

from flask import Response, abort

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.feedback import queries, rules, service
from nav_access.feedback.codes import AnswerWay, FeedbackState
from nav_access.feedback.errors import AlreadySettled, FeedbackNotFound, NoWayToAnswer
from nav_access.feedback.queries import OpenedFeedback
from nav_access.messaging.codes import MessageState
from nav_access.staff.queries import find_names
from nav_access.web.admin.acting import Act, answer, forms_of, restore
from nav_access.web.admin.forms import AnswerForm
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm, PlainForm
from nav_access.web.shared.signed_in.pages import show_at_door
from nav_access.web.shared.signed_in.session import who
from nav_access.web.shared.templating import current_locale

STATES: dict[FeedbackState, str] = {
    FeedbackState.WAITING: N_("Waits for an answer"),
    FeedbackState.ANSWERED: N_("Answered"),
    FeedbackState.PHONED: N_("Answered by phone"),
    FeedbackState.NOTED: N_("Read, no answer was needed"),
}
ARRIVALS: dict[MessageState, str] = {
    MessageState.WAITING: N_("The answer waits to be sent."),
    MessageState.SENDING: N_("The answer is being sent."),
    MessageState.SENT: N_("The answer was sent."),
    MessageState.DELIVERED: N_("The answer has arrived."),
    MessageState.FAILED: N_("The answer did not arrive."),
    MessageState.WITHHELD: N_("The answer was not sent: this phone wants no texts from us."),
}
QUICKER = N_("Somebody has answered this already.")
NO_WAY = N_("This person left no such address. Choose the other way.")


def written() -> Response:
    """Show what waits, the oldest first, and what was answered lately."""
    with read_session() as session:
        waiting = queries.list_waiting(session, now())
        settled = queries.list_settled(session, now())
    return show_at_door("admin/written.html", waiting=waiting, settled=settled, states=STATES)


def one_written(feedback_id: int) -> Response:
    """Show what somebody wrote, and take the answer."""
    opened = _open(feedback_id)
    return answer(_acts(feedback_id), partial(_show, opened))


def restore_written(feedback_id: int, typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    opened = _open(feedback_id)
    return restore(_acts(feedback_id), partial(_show, opened), typed)


def _open(feedback_id: int) -> OpenedFeedback:
    """Return one with its words; that it was read is written down."""
    try:
        with unit_of_work() as session:
            service.note(session, feedback_id, "read", staff_id=who().staff_id, now=now())
            return queries.get_feedback(session, feedback_id, keyring=keyring(), now=now())
    except FeedbackNotFound:
        abort(404)


def _show(opened: OpenedFeedback, form: DoorForm | None, status: int) -> Response:
    with read_session() as session:
        # Once more: somebody may have been quicker than the form that was just sent.
        feedback_id = opened.line.id
        opened = queries.get_feedback(session, feedback_id, keyring=keyring(), now=now())
        names = find_names(session, [opened.settled_by or 0])
    received = opened.line.received_utc
    return show_at_door(
        "admin/written_one.html",
        status=status,
        opened=opened,
        line=opened.line,
        said=opened.said,
        state=STATES[opened.line.state],
        arrival=ARRIVALS[opened.arrival] if opened.arrival else None,
        by=names.get(opened.settled_by or 0, ""),
        promised=say_date(rules.promise_answer(received), current_locale(), to_oslo(now()).date()),
        form=form or PlainForm(formdata=None),
        forms=_fill_in(opened, forms_of(_acts(feedback_id), form), form),
    )


def _fill_in(
    opened: OpenedFeedback, forms: dict[str, DoorForm], handed_in: DoorForm | None
) -> dict[str, DoorForm]:
    """Put a lost answer's words where they can be sent again."""
    lost = forms["answer"]
    if opened.line.is_lost and lost is not handed_in and isinstance(lost, AnswerForm):
        lost.answer.data = opened.answer or ""
    return forms


def _acts(feedback_id: int) -> dict[str, Act]:
    def send(session: Session, form: AnswerForm) -> str:
        way = AnswerWay.SMS if form.way.data is AnswerWay.SMS else AnswerWay.EMAIL
        service.answer(
            session,
            feedback_id,
            form.answer.data,
            way,
            staff_id=who().staff_id,
            keyring=keyring(),
            now=now(),
        )
        return "/admin/written"

    def settle(state: FeedbackState, session: Session, _form: DoorForm) -> str:
        service.settle(session, feedback_id, state, staff_id=who().staff_id, now=now())
        return "/admin/written"

    asks: dict[type[Exception], tuple[str | None, str]] = {AlreadySettled: (None, QUICKER)}
    return {
        "answer": Act(AnswerForm, send, asks | {NoWayToAnswer: (None, NO_WAY)}),
        "phoned": Act(PlainForm, partial(settle, FeedbackState.PHONED), asks),
        "noted": Act(PlainForm, partial(settle, FeedbackState.NOTED), asks),
    }
