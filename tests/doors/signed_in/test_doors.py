"""What every signed-in door does alike."""

import pytest

from nav_access.partners import service as partners
from tests.doors.signed_in.conftest import DOORS, NOBODYS
from tests.page import page

EACH = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
NOT_TYPED = {"sign_in", "first", "sign_out", "provider"}


@EACH
def test_its_people_come_in_and_go_out(people, new_browser, door):
    browser = new_browser()
    assert browser.get(door.home).location.startswith(f"{door.sign_in}?next=")
    sent = people.sign_in(browser, door, door.name)
    assert (sent.status_code, sent.location) == (303, door.home)
    cookie = sent.headers["Set-Cookie"]
    assert cookie.startswith(f"{door.name}=en.")
    assert f"Path={door.prefix}" in cookie
    out = page(browser.get(door.home), lang="en").form(f'form[action="{door.sign_out}"]')
    assert out.submit(browser).location == f"{door.sign_in}?done=yes"
    assert browser.get(door.home).status_code == 303


@EACH
def test_others_are_told_and_may_sign_in_as_somebody_else(people, new_browser, door):
    browser = new_browser()
    assert people.sign_in(browser, door, NOBODYS).status_code == 303
    refused = browser.get(door.home)
    assert (refused.status_code, refused.headers["Cache-Control"]) == (403, "no-store")
    shown = page(refused, lang="en")
    assert f"You are signed in as {NOBODYS}" in shown.text
    assert shown.form(f'form[action="{door.sign_out}"]').submit(browser).status_code == 303
    assert people.sign_in(browser, door, door.name).location == door.home
    assert browser.get(door.home).status_code == 200


@EACH
def test_every_form_of_a_door_can_be_filled_in_again(app, door):
    posts = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{door.name}.") and "POST" in rule.methods
    }
    assert posts - set(map(door.endpoint, NOT_TYPED)) == set(door.restores)


@EACH
def test_a_link_changes_the_language(new_browser, door):
    browser = new_browser()
    there = browser.get(f"{door.sign_in}?lang=nn")
    assert (there.status_code, there.location) == (303, door.sign_in)
    assert page(browser.get(there.location), lang="nn")


def test_who_leaves_an_agency_is_out_at_once(people, database, new_browser, clock):
    browser = new_browser()
    door = next(door for door in DOORS if door.name == "partner")
    people.sign_in(browser, door, door.name)
    assert browser.get(door.home).status_code == 200
    with database.unit_of_work() as session:
        staff_id = people.add("partner").staff_id
        partners.end_member(session, people.agency_id, staff_id, actor="system", now=clock())
    assert browser.get(door.home).status_code == 403
