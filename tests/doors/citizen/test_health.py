"""For machines: alive, ready, counted."""

import pytest
from sqlalchemy import text

from tests.doors.citizen.conftest import ACUTE
from tests.page import page


def test_alive(client):
    assert client.get("/healthz").text == "ok"


def test_ready_with_the_newest_schema_and_offices(citizen):
    assert citizen.client.get("/readyz").status_code == 200


def test_readiness_tells_how_old_the_outbox_is(citizen, clock):
    citizen.ask({**ACUTE, "reach": "sms"})
    clock.advance(minutes=5)
    assert "has waited 300 s" in citizen.client.get("/readyz").text
    assert "nav_outbox_oldest_seconds 300\n" in citizen.client.get("/metrics").text


def test_not_ready_before_any_office_is_there(client):
    assert client.get("/readyz").status_code == 503
    assert page(client.get("/nb/")).phone_numbers


def test_not_ready_with_an_older_schema(client, app):
    with app.extensions["nav_access"].database.unit_of_work() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert client.get("/readyz").status_code == 503


def test_not_ready_without_its_tables(client, app):
    with app.extensions["nav_access"].database.unit_of_work() as session:
        session.execute(text("DROP TABLE alembic_version"))
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize(("hours", "overdue"), [(0, "0"), (5, "1")])
def test_metrics_count_cases_and_name_nobody(citizen, clock, hours, overdue):
    citizen.ask({**ACUTE, "name": "Leyla"})
    clock.advance(hours=hours)
    found = citizen.client.get("/metrics").text
    assert "nav_cases_waiting 1\n" in found
    assert f"nav_cases_overdue {overdue}\n" in found
    assert "Leyla" not in found


def test_metrics_are_not_for_everybody(client):
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 404
