"""Terminals: a code is good once and for an hour; a secret for its own office, until ended."""

from datetime import timedelta
from functools import partial

import pytest

from nav_access.kiosk import terminals
from nav_access.kiosk.errors import BadCode, NameTaken
from nav_access.kiosk.models import Terminal
from tests.rooms.kiosk.test_tickets import together


def test_a_registered_terminal_is_known_at_its_own_office_alone(reception):
    done = reception.register(reception.add_terminal().lower())
    assert reception.find(done.secret).office_id == reception.desk.office_id
    assert reception.find(done.secret, "nav-granvik") is None
    assert reception.find("another") is None


def test_a_code_is_good_once_however_many_type_it(reception):
    code = reception.add_terminal()

    def register(_):
        try:
            return reception.register(code)
        except BadCode:
            return None

    assert len([one for one in together(6, register) if one]) == 1


def test_a_code_is_good_for_an_hour(reception):
    code = reception.add_terminal()
    with pytest.raises(BadCode):
        reception.register(code, reception.now + timedelta(hours=1))


def test_a_code_out_of_time_leaves_no_terminal_and_its_name_free(reception):
    code = reception.add_terminal()
    after = reception.now + timedelta(hours=1)
    with reception.database.unit_of_work() as session:
        listed = partial(terminals.list_terminals, session, reception.desk.office_id)
        assert (len(listed(reception.now)), listed(after)) == (1, ())
        add = partial(terminals.add_terminal, session, reception.desk.office_id, "Ved døra")
        assert add(actor="cli", now=after) != code
        assert [one.name for one in listed(after)] == ["Ved døra"]


def test_neither_code_nor_secret_is_stored(reception):
    code = reception.add_terminal()
    secret = reception.register(code).secret
    with reception.database.read_session() as session:
        stored = repr(vars(session.query(Terminal).one()))
    assert code not in stored
    assert secret not in stored


def test_an_ended_terminal_is_unknown_and_its_name_free(reception):
    secret = reception.register(reception.add_terminal()).secret
    terminal = reception.find(secret).id
    with pytest.raises(NameTaken):
        reception.add_terminal()
    with reception.database.unit_of_work() as session:
        for office_id in (reception.desk.other_id, reception.desk.office_id):
            assert reception.find(secret)
            terminals.revoke(session, office_id, terminal, actor="staff:1", now=reception.now)
            session.flush()
    assert reception.find(secret) is None
    assert reception.add_terminal()


def test_an_ended_visit_keeps_nothing(reception):
    secret = reception.register(reception.add_terminal()).secret
    first = reception.find(secret)
    with reception.database.unit_of_work() as session:
        terminals.keep(session, first, "sealed")
        terminals.end_visit(session, first)
        terminals.keep(session, first, "too late")
    after = reception.find(secret)
    assert (after.kept_token, after.visit == first.visit) == (None, False)
