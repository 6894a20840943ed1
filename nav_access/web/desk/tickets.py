"""The line in the reception: the desk calls the next number, and says what became of it."""

from collections.abc import Mapping

from flask import Response, abort, request

from nav_access.core.i18n.wording import N_
from nav_access.kiosk import arriving, queries
from nav_access.kiosk import tickets as room
from nav_access.kiosk.codes import TicketKind, TicketState
from nav_access.kiosk.errors import NobodyWaits, TicketChanged
from nav_access.kiosk.models import Ticket
from nav_access.web.desk.capacity_forms import NumberField
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.forms import DeskForm
from nav_access.web.desk.offices import Chosen, read_office
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.installation import now, read_session, unit_of_work

MOST_ID = 10**18 - 1
"""Every number every office has ever given has its own: a country gives millions a year."""
MOST_SEEN = 999_999
MOST_PLACE = 999

WHERE = N_("Write the number of your desk, or of the room.")
"""At whichever field is asked for."""
NOBODY = N_("Nobody waits now.")
CHANGED = N_("Somebody else did something with this number. Look at how it stands now.")

STATES: Mapping[TicketState, str] = {
    TicketState.WAITING: N_("Waits"),
    TicketState.CALLED: N_("Called"),
    TicketState.PARKED: N_("Parked"),
    TicketState.PRIVATE_ROOM: N_("In a private room"),
}
ACTS: Mapping[str, TicketState] = {
    "meet": TicketState.CALLED,
    "recall": TicketState.CALLED,
    "park": TicketState.PARKED,
    "room": TicketState.PRIVATE_ROOM,
    "done": TicketState.DONE,
    "gone": TicketState.GONE,
}


class TicketForm(DeskForm):
    """The desk that asks, the room somebody is sent to, and which ticket as it was seen."""

    place = NumberField(least=1, most_number=MOST_PLACE)
    room = NumberField(least=1, most_number=MOST_PLACE)
    ticket = NumberField(least=1, most_number=MOST_ID)
    seen = NumberField(least=1, most_number=MOST_SEEN)
    office = TextField(most=120)

    def check(self, act: str) -> bool:
        """Ask where to go when somebody is called, or moved to a room."""
        self.validate()
        asked = self.room if act == "room" else self.place
        may_be_empty = act in ACTS and act not in ("meet", "room")
        if not (may_be_empty or asked.number or asked.errors):
            self.ask(asked, WHERE)
        return not self.has_errors


def tickets() -> Response:
    """Show the line, call the next, or move one on."""
    if request.method != "POST":
        return _show()
    form, act = TicketForm(), request.form.get("do", "")
    if not form.check(act):
        return _show(form, 422)
    chosen = _choose()
    try:
        _act(form, act, chosen.office.id)
    except NobodyWaits:
        return _show(form, 409, said=NOBODY)
    except TicketChanged:
        return _show(form, 409, said=CHANGED)
    at_desk = f"&place={form.place.number}" if form.place.number else ""
    return see_other(f"/desk/tickets?office={chosen.office.slug}{at_desk}")


def restore_tickets(typed: Fields) -> Response:
    """Show the line with the desk typed before its reader had to sign in again."""
    return _show(TicketForm(formdata=typed), restored=typed.get("office", ""))


def _act(form: TicketForm, act: str, office_id: int) -> None:
    with unit_of_work() as session:
        if act not in ACTS:
            once = form.to_submission().once
            room.call_next(session, office_id, form.place.whole, once=once, now=now())
            return
        place = form.room.number if act == "room" else form.place.number
        step = room.Step(form.ticket.whole, form.seen.whole, ACTS[act], place)
        room.move(session, office_id, step, now=now())


def _choose(restored: str | None = None) -> Chosen:
    with read_session() as session:
        return read_office(session, typed=restored) or abort(404)


def _show(
    form: TicketForm | None = None,
    status: int = 200,
    *,
    said: str | None = None,
    restored: str | None = None,
) -> Response:
    chosen = _choose(restored)
    with read_session() as session:
        line = queries.list_line(session, chosen.office.id, now())
        begins = arriving.list_arrived(session, [one.id for one in line])
    asked = {"place": request.args.get("place", "")[:3]}
    return show_desk(
        "tickets.html",
        status=status,
        begins=begins,
        chosen=chosen,
        form=form or TicketForm(formdata=None, data=asked),
        is_restored=restored is not None,
        line=line,
        said=said,
        states=STATES,
        waiting=sum(_waits(one) for one in line),
    )


def _waits(one: Ticket) -> bool:
    """Say whether somebody waits for «call the next»."""
    return one.state is TicketState.WAITING and one.kind is TicketKind.WALK_IN
