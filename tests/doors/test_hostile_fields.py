"""Every field of every form is sent what its author did not think of: no answer is a fault."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.desk_factory import Desk
from tests.doors.hostile_agency import send_agency
from tests.doors.hostile_attack import Attack, begin, look_at_what_was_stored
from tests.doors.hostile_capacity import send_capacity, send_letters
from tests.doors.hostile_centre import send_centre
from tests.doors.hostile_citizen import (
    HELP,
    send_answers,
    send_bookings,
    send_case_acts,
    send_codes,
    send_feedback,
    send_help,
    send_names,
    send_searches,
    send_time_acts,
)
from tests.doors.hostile_desk import (
    send_desk_acts,
    send_desk_times,
    send_sheets,
    send_sides,
    send_sign_ins,
)
from tests.doors.hostile_first import send_corrections, send_first
from tests.doors.hostile_inputs import ALL, MARK, PRODUCT, QUICK
from tests.doors.hostile_kiosk import send_kiosk, send_line
from tests.doors.hostile_offices import send_admin, send_office
from tests.doors.hostile_protected import send_protected
from tests.doors.hostile_reports import send_reports
from tests.doors.hostile_roster import send_roster

ONE_IN = 23
"""Of the pairs of field and input, how many the quick run sends; no divisor of the inputs."""

SENDERS: dict[str, Callable[[Attack, list[str]], None]] = {
    "help": send_help,
    "codes": send_codes,
    "acts on a case": send_case_acts,
    "bookings": send_bookings,
    "acts on a time": send_time_acts,
    "searches": send_searches,
    "about the pages": send_feedback,
    "answers about the pages": send_answers,
    "sign-ins": send_sign_ins,
    "first sign-ins": send_first,
    "work accounts": send_corrections,
    "acts at the desk": send_desk_acts,
    "times at the desk": send_desk_times,
    "sheets of paper": send_sheets,
    "the contact centre": send_centre,
    "two sides": send_sides,
    "partner agencies": send_agency,
    "capacity": send_capacity,
    "the duty roster": send_roster,
    "a manager's office": send_office,
    "running the site": send_admin,
    "letters": send_letters,
    "figures": send_reports,
    "a terminal": send_kiosk,
    "the line": send_line,
    "protected persons": send_protected,
    "names of fields": send_names,
}


@pytest.fixture
def attack(app: Flask, client: FlaskClient, database, keyring, now) -> Attack:
    """Somebody who means no good, at a fresh site."""
    return begin(app, client, Desk(database, keyring, now))


@pytest.mark.parametrize("kind", SENDERS)
def test_some_hostile_inputs(attack: Attack, kind: str):
    attack.step = attack.staff.step = ONE_IN
    SENDERS[kind](attack, QUICK)
    look_at_what_was_stored(attack)
    assert attack.faults + attack.staff.faults == []


@pytest.mark.audit
@pytest.mark.parametrize("kind", SENDERS)
def test_five_hundred_hostile_inputs(attack: Attack, kind: str):
    SENDERS[kind](attack, ALL)
    look_at_what_was_stored(attack)
    print(f"{kind}: {attack.sent + attack.staff.sent} requests")
    assert attack.faults + attack.staff.faults == []


def test_there_are_five_hundred():
    assert len(ALL) == 500
    assert len(set(ALL)) > 490


@pytest.mark.parametrize("body", [f"<p><{MARK}></p>", f"<p>{PRODUCT}</p>", "<SCRIPT>x</SCRIPT>"])
def test_the_attack_notices_what_was_not_escaped(attack: Attack, body: str):
    answer = TestResponse([body.encode()], "200 OK", {}, request=None)
    attack.judge("/", answer, "")
    assert attack.faults


def test_the_attack_notices_a_fault(attack: Attack, monkeypatch):
    monkeypatch.setattr("nav_access.web.citizen.help.HelpForm.validate", lambda _: 1 / 0)
    attack.post("/en/help", HELP)
    assert attack.faults
