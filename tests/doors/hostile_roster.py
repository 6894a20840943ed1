"""Hostile inputs for the duty roster and its direct numbers, and for the day of birth at a case."""

from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.policy import set_policy
from nav_access.intake.direct_number.rules import PolicyLine
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyLine
from nav_access.offices.roster.queries import get_version
from nav_access.offices.roster.service import Editor
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from tests.doors.hostile_attack import Attack

ACTS = {
    "shift": (
        *("shift_line", "weekdays", "shift_starts", "shift_ends", "shift_first", "shift_last"),
        *("on_holidays", "on_duty", "which", "seen", "week", "office", "token"),
    ),
    "date": ("date_line", "kind", "date_first", "date_last", "date_starts", "date_ends", "do"),
    "cover": ("cover_line", "by_office", "cover_first", "cover_last"),
    "gone": ("which",),
    "cover_yes": ("which", "by_line"),
    "cover_no": ("which",),
    "cover_end": ("which",),
}
POLICY = ("split", "others", "line_1", "needs_1", "first_1", "last_1", "seen", "office")


def send_roster(attack: Attack, inputs: list[str]) -> None:
    staff, desk = attack.staff, attack.desk
    line = str(begin(attack))
    scope = attack.scope("desk", attack.session)
    good = {
        "shift_line": line,
        "weekdays": "1",
        "shift_starts": "9",
        "shift_ends": "10",
        "date_line": line,
        "date_first": "24.12",
        "cover_line": line,
        "by_office": "Nav Granvik",
        "cover_first": "24.12",
        "which": "1",
        "by_line": line,
        "step": "save",
    }
    for act, names in ACTS.items():
        for name, value in attack.pairs(names, inputs):
            seen = {"seen": version(attack), "token": staff.token(scope), "do": act}
            staff.post("/desk/roster", {**good, **seen, "office": desk.slug, name: value})
    for name, value in attack.pairs(POLICY, inputs):
        policy = {"split": "birth_day", "others": line, "line_1": line, "seen": "1"}
        policy |= {"do": "policy", "step": "save", "office": desk.slug}
        staff.post("/desk/roster/direct", {**policy, "token": staff.token(scope), name: value})
    for value in inputs[:: attack.step]:
        staff.get("/desk/roster", {"office": value, "week": value, "shift": value})
        staff.get("/desk/roster", {"week": value, "shift": value})
        token = {"do": "birth_day", "token": staff.token(scope), "birth_day": value}
        staff.post(f"/desk/cases/{attack.number}", {**token, "seen": attack.version()})


def begin(attack: Attack) -> int:
    """Let the desk's office have a line and a policy, and its reader manage it."""
    desk = attack.desk
    with desk.database.unit_of_work() as session:
        who, manager = desk.anne.staff_id, StaffRole.MANAGER
        service.join_office(session, who, desk.office_id, manager, actor="system", now=desk.now)
        public = DutyAudience.PUBLIC
        line = DutyLine(office_id=desk.office_id, position=0, phone="+4722000001", audience=public)
        session.add(line)
        session.flush()
        editor = Editor(desk.office_id, "system", 0, b"1")
        set_policy(session, editor, Split.BIRTH_DAY, [PolicyLine(line.id)], now=desk.now)
        return line.id


def version(attack: Attack) -> str:
    """Return the version of the roster that a page would show now."""
    with attack.desk.database.read_session() as session:
        return str(get_version(session, attack.desk.office_id))
