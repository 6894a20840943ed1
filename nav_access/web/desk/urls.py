"""The desk's addresses, and the lock before them."""

from nav_access.core.i18n.wording import N_
from nav_access.intake.codes import CloseReason, ContactOutcome, DeadlineReason
from nav_access.web.desk import (
    acting,
    booking,
    call,
    capacity,
    case,
    code,
    diary,
    letters,
    messages,
    new,
    offers,
    outbox,
    plan,
    protected,
    protection,
    queue,
    sides,
    sides_words,
    tasks,
    terminals,
    tickets,
)
from nav_access.web.desk.office import urls as office
from nav_access.web.desk.protected_words import PROTECTIONS
from nav_access.web.desk.restores import RESTORES
from nav_access.web.desk.roster import direct, week
from nav_access.web.shared.signed_in.door import Door
from nav_access.web.shared.signed_in.doorway import FORM, GET, open_door
from nav_access.web.shared.signed_in.guide_page import add_guide
from nav_access.web.shared.signed_in.organisations import is_an_offices
from nav_access.web.shared.signed_in.request_form import CHOSEN

DOOR = Door(
    name="desk",
    prefix="/desk",
    title=N_("The desk"),
    sign_in_title=N_("Sign in to the desk"),
    admit=lambda who: who if who.office_ids else None,
    layout="desk/layout.html",
    refused=N_("You do not belong to an office yet. Ask your manager."),
    restores=RESTORES,
    is_organisations=is_an_offices,
    locked_themselves=frozenset({"desk.queue"}),
    chosen=frozenset(
        {
            *ContactOutcome,
            *DeadlineReason,
            *CloseReason,
            *PROTECTIONS,
            *office.CHOSEN,
            *sides_words.CODES,
            *CHOSEN,
        }
    ),
)

blueprint = open_door(DOOR)

blueprint.add_url_rule("/", "queue", queue.queue, methods=GET)
blueprint.add_url_rule("/new", "new", new.new, methods=FORM)
blueprint.add_url_rule("/cases/<number>", "case", case.case, methods=FORM)
blueprint.add_url_rule("/cases/<number>/call", "call", call.call, methods=FORM)
blueprint.add_url_rule("/cases/<number>/code", "code", code.code, methods=FORM)
blueprint.add_url_rule("/cases/<number>/booking", "booking", booking.booking, methods=FORM)
blueprint.add_url_rule(
    "/cases/<number>/protection", "protection", protection.protection, methods=FORM
)
blueprint.add_url_rule("/cases/<number>/sides", "sides", sides.sides, methods=FORM)
blueprint.add_url_rule("/cases/<number>/plan", "plan", plan.plan, methods=FORM)
blueprint.add_url_rule("/cases/<number>/acting", "acting", acting.acting, methods=FORM)
blueprint.add_url_rule("/offers", "offers", offers.offers, methods=GET)
blueprint.add_url_rule("/protected", "protected", protected.protected, methods=FORM)
blueprint.add_url_rule("/diary", "diary", diary.diary, methods=GET)
blueprint.add_url_rule("/letters", "letters", letters.letters, methods=GET)
blueprint.add_url_rule(
    "/letters/<int(max=999999999):message_id>", "letter", letters.letter, methods=FORM
)
blueprint.add_url_rule("/messages", "messages", messages.messages, methods=GET)
blueprint.add_url_rule(
    "/messages/<int(max=999999999):message_id>", "message", messages.message, methods=FORM
)
blueprint.add_url_rule("/outbox", "outbox", outbox.outbox, methods=GET)
blueprint.add_url_rule("/tasks", "tasks", tasks.tasks, methods=GET)
blueprint.add_url_rule("/terminals", "terminals", terminals.terminals, methods=FORM)
blueprint.add_url_rule("/tickets", "tickets", tickets.tickets, methods=FORM)
blueprint.add_url_rule("/capacity", "capacity", capacity.capacity, methods=FORM)
blueprint.add_url_rule("/roster", "roster", week.roster, methods=FORM)
blueprint.add_url_rule("/roster/direct", "roster_direct", direct.direct, methods=FORM)
office.add_pages(blueprint)
add_guide(blueprint)
