"""What is to be done now: planned calls, tasks left to a named person, promises that ran out."""

from flask import Response

from nav_access.callbacks.codes import EscalationStep
from nav_access.core.clock import to_oslo
from nav_access.core.i18n.wording import N_
from nav_access.intake.acting.agreeing import count_to_confirm
from nav_access.intake.calling.escalations import list_escalated
from nav_access.intake.centre import lists as centre_messages
from nav_access.intake.protected.queries import (
    count_doubles,
    count_unread,
    count_without_keeper,
)
from nav_access.intake.protected.waiting import count_late
from nav_access.intake.sides.queries import list_given_away, list_unanswered_for
from nav_access.offices.roster.covers import count_unanswered
from nav_access.staff.notices import list_notices
from nav_access.web.desk.call_words import FALLBACKS
from nav_access.web.desk.pages import show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.notices import say_notices
from nav_access.worklist.tasks import list_due_calls, list_fallbacks, list_late

STEPS: dict[EscalationStep, str] = {
    EscalationStep.DESK: N_("The promise has run out. The desk was told."),
    EscalationStep.MANAGER: N_("The promise has run out. The manager was told."),
    EscalationStep.CONTACT_CENTRE: N_("The promise has run out. The contact centre was told."),
}


def tasks() -> Response:
    """Show the reader's tasks at all their offices."""
    with read_session() as session:
        calls = list_due_calls(session, who(), now())
        fallbacks = list_fallbacks(session, who())
        late = list_late(session, who())
        told = list_escalated(session, who())
        unread = centre_messages.count_unread(session, who())
        glass = count_unread(session, who())
        unanswered = list_unanswered_for(session, who())
        given_away = list_given_away(session, who())
        doubles = count_doubles(session, who())
        hidden_late = count_late(session, who())
        without_keeper = count_without_keeper(session, who())
        managed, today = who().managed_office_ids, to_oslo(now()).date()
        told_about = say_notices(session, list_notices(session, who(), now()))
        cover_asked = count_unanswered(session, managed, today)
        to_confirm = count_to_confirm(session, managed, f"staff:{who().staff_id}", now())
    return show_desk(
        "tasks.html",
        calls=calls,
        cover_asked=cover_asked,
        to_confirm=to_confirm,
        fallbacks=fallbacks,
        late=late,
        told=told,
        notices=told_about,
        glass=glass,
        unanswered=unanswered,
        given_away=given_away,
        doubles=doubles,
        hidden_late=hidden_late,
        without_keeper=without_keeper,
        unread=unread,
        me=who().staff_id,
        ways=FALLBACKS,
        steps=STEPS,
    )
