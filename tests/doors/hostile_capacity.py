"""Hostile inputs for what an office publishes to be booked, and for its letters."""

from dataclasses import replace
from urllib.parse import quote_plus

from sqlalchemy import select

from nav_access.appointments.publishing import get_version
from nav_access.intake import handling
from nav_access.intake.codes import ContactOutcome
from nav_access.messaging.models import OutboxMessage
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from nav_access.web.messages.send import send_due
from tests.desk_factory import FOOD
from tests.doors.hostile_attack import Attack
from tests.doors.hostile_inputs import MARK, PRODUCT

SEATS = ("public_seats", "internal_seats", "private_rooms")
CAPACITY_ACTS = {
    "rule": ("weekday", "starts", "ends", *SEATS, "valid_from", "valid_to", "purpose", "token"),
    "change": (
        *("day", "change", "every_kind", "change_starts", "change_ends", "change_public"),
        *("change_internal", "change_rooms", "office"),
    ),
    "terms": (
        *("slot_minutes", "length_minutes", "phone_minutes", "interpreter_minutes"),
        *("lead_minutes", "horizon_days", "cool_down_minutes"),
    ),
    "rule_gone": ("which", "do", "seen", "step"),
    "change_gone": ("which",),
}
CAPACITY_GOOD = {
    "starts": "9",
    "ends": "10",
    "public_seats": "1",
    "day": "24.12",
    "change": "closed",
    "slot_minutes": "30",
    "length_minutes": "30",
    "interpreter_minutes": "0",
    "lead_minutes": "0",
    "horizon_days": "7",
    "cool_down_minutes": "0",
}


def send_capacity(attack: Attack, inputs: list[str]) -> None:
    staff, desk = attack.staff, attack.desk
    with desk.database.unit_of_work() as session:
        who, manager = desk.anne.staff_id, StaffRole.MANAGER
        service.join_office(session, who, desk.office_id, manager, actor="system", now=desk.now)
    scope = attack.scope("desk", attack.session)
    for act, names in CAPACITY_ACTS.items():
        for name, value in attack.pairs(names, inputs):
            good = {**CAPACITY_GOOD, "office": desk.slug, "token": staff.token(scope), "do": act}
            good |= {"seen": version(attack), "step": "save"}
            staff.post("/desk/capacity", {**good, name: value})
    for name, value in attack.pairs(("office", "purpose"), inputs):
        staff.get("/desk/capacity", {name: value})


def version(attack: Attack) -> str:
    """Return the version of what is published that a page would show now."""
    with attack.desk.database.read_session() as session:
        return get_version(session, attack.desk.office_id)


def send_letters(attack: Attack, inputs: list[str]) -> None:
    desk, staff = attack.desk, attack.staff
    scope = attack.scope("desk", attack.session)
    named = replace(FOOD.wishes, may_say_who=True, name=f"<{MARK}>{PRODUCT[:-1]}")
    number = desk.receive(wishes=named).number
    desk.do(handling.log_contact, desk.turn(number), ContactOutcome.WRONG_NUMBER, None)
    with attack.app.app_context():
        send_due(attack.site, desk.now)
    with desk.database.read_session() as session:
        letter = session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id.desc())).first()
    for name, value in attack.pairs(("token", "do", "office"), inputs):
        where = f"/desk/letters/{quote_plus(value[:99], errors='replace')}"
        good = {"token": staff.token(scope), name: value}
        staff.judge(where, staff.client.get(where), "")
        staff.post(where, good)
        staff.post(f"/desk/letters/{letter}", good)
        staff.get("/desk/letters", {name: value})
    staff.judge("letter", staff.client.get(f"/desk/letters/{letter}"), "")
