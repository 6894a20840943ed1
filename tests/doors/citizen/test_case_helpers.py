"""On their own page a person reads who helps them, and ends it with one press."""

import pytest
from sqlalchemy import update

from nav_access.intake.acting import queries
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case
from tests.page import page
from tests.partner_factory import Agencies


@pytest.fixture
def agencies(database, keyring, now):
    return Agencies(database, keyring, now)


@pytest.fixture
def receipt(agencies):
    return agencies.send()


def enter(client, receipt, lang="en"):
    code = f"{receipt.number}{receipt.key}"
    return page(client.post(f"/{lang}/case", data={"code": code}))


def test_who_helps_what_they_may_see_and_until_when(client, receipt):
    shown = enter(client, receipt).text
    assert "havn helps you with this case until Wednesday 23 December." in shown
    assert "havn can see how far your case has come." in shown
    assert "NAV rings havn instead of you." in shown
    assert "You let somebody help you with this case." in shown


@pytest.mark.parametrize("presses", [1, 2])
def test_one_press_ends_it_and_another_changes_nothing(agencies, client, receipt, presses):
    form = enter(client, receipt).form('form:has(button[value="end-help"])')
    for _ in range(presses):
        ended = page(form.submit(client))
    assert "They can no longer see your case." in ended.text
    assert not ended.all('button[value="end-help"]')
    with pytest.raises(CaseNotFound):
        agencies.act(queries.get_case, agencies.member(), receipt.number)


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_a_helper_who_may_see_nothing_is_not_said_to_help(agencies, client, receipt, lang):
    with agencies.database.unit_of_work() as session:
        session.execute(update(Case).values(is_protected=True))
    box = enter(client, receipt, lang).form('form:has(button[value="end-help"])')
    shown = enter(client, receipt, lang).one('form:has(button[value="end-help"])').text
    assert "havn" in shown
    assert "2026" not in shown
    assert "December" not in shown
    assert "desember" not in shown
    assert box.submit(client).status_code == 200


def test_a_made_up_helper_ends_nothing(agencies, client, receipt):
    other = agencies.send()
    mine = enter(client, receipt).form('form:has(button[value="end-help"])')
    for wrong in ("", "0", "x", "9" * 30, "2"):
        mine.values["helper"] = [wrong]
        assert mine.submit(client).status_code == 200
    assert agencies.act(queries.get_case, agencies.member(), other.number).followed


def test_without_a_helper_nothing_is_said_of_one(agencies, client):
    assert not enter(client, agencies.receive()).all('button[value="end-help"]')


def test_in_arabic(client, receipt):
    assert enter(client, receipt, "ar").all('button[value="end-help"]')


def test_who_ended_it_says_how_they_are_reached_before_anybody_rings(client, receipt):
    form = enter(client, receipt).form('form:has(button[value="end-help"])')
    ended = page(form.submit(client))
    assert "We are not allowed to ring you yet." in ended.text
    asked = page(ended.form('form:has(button[value="contact"])').submit(client, "contact"))
    saved = asked.form('form:has(button[value="save-contact"])').fill(phone="90 00 00 01")
    after = page(saved.submit(client, "save-contact"))
    assert "We are not allowed to ring you yet." not in after.text
    assert "We are not allowed to ring you yet." not in enter(client, receipt).text
