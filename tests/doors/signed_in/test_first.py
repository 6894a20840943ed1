"""The first sign-in at a door: nothing opens before one's own password and key are there."""

from datetime import timedelta

import pytest

from nav_access.core.audit_tables import ENTRIES
from nav_access.staff import service
from nav_access.staff.rules import HANDED_OUT, code_at
from nav_access.web.desk.urls import DOOR as DESK
from tests.doors.signed_in.conftest import DOORS
from tests.page import page

OWN = "tog kaffe elv ost"
EACH = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)


def judged(response):
    return page(response, lang="en")


class Newcomer:
    """Somebody with credentials that were handed out, and a browser."""

    def __init__(self, people, browser, door):
        self.people, self.browser, self.door = people, browser, door
        self.hand_out()

    def hand_out(self):
        people = self.people
        staff_id = people.add(self.door.name).staff_id
        how = {"actor": "system", "keyring": people.keyring, "now": people.clock()}
        with people.database.unit_of_work() as session:
            people.credentials[self.door.name] = service.reset(session, staff_id, **how)

    def come_in(self):
        sent = self.people.sign_in(self.browser, self.door, self.door.name)
        assert sent.location.startswith(f"{self.door.sign_in}/first?next=")
        return judged(self.browser.get(sent.location))

    def secret(self, shown):
        return shown.one("form p.big").get_text().replace(" ", "")

    def fill(self, shown, **other):
        code = code_at(self.secret(shown), self.people.clock())
        form = shown.form(f'form[action="{self.door.sign_in}/first"]')
        return form.fill(**({"password": OWN, "again": OWN, "code": code} | other))


@pytest.fixture
def come(people, new_browser):
    return lambda door: Newcomer(people, new_browser(), door)


@EACH
def test_who_was_handed_credentials_chooses_and_comes_in(come, door):
    new = come(door)
    shown = new.come_in()
    assert new.browser.get(door.home).status_code == 303
    sent = new.fill(shown).submit(new.browser)
    assert (sent.status_code, sent.location) == (303, door.home)
    assert new.browser.get(door.home).status_code == 200
    assert new.browser.get(f"{door.sign_in}/first").location == door.sign_in


def test_it_leads_to_the_page_that_was_wanted(come):
    new = come(DESK)
    locked = new.browser.get("/desk/tasks", follow_redirects=True)
    form = page(locked).form(f'form[action="{DESK.sign_in}"]')
    sent = form.fill(**new.people.typed("desk")).submit(new.browser)
    shown = page(new.browser.get(sent.location))
    assert new.fill(shown).submit(new.browser).location == "/desk/tasks"


def test_every_page_leads_back_to_the_choice(come):
    new = come(DESK)
    new.come_in()
    led = new.browser.get("/desk/tasks", follow_redirects=True)
    assert judged(led).title.startswith("Choose a password of your own")
    assert led.request.args["next"] == "/desk/tasks"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"password": "kort", "again": "kort"}, "password", "at least 12 characters"),
        ({"password": "a" * 20, "again": "a" * 20}, "password", "too easy to guess"),
        ({"again": "tog kaffe elv os"}, "again", "not the same"),
        ({"password": "", "again": ""}, "password", "Write a password"),
        ({"code": ""}, "code", "6 digits"),
        ({"code": "000000"}, "code", "not of the new key"),
        ({"password": "å" * 300, "again": "å" * 300}, "password", ""),
    ],
)
def test_what_does_not_do_is_asked_again(come, typed, field, words):
    new = come(DESK)
    before = new.come_in()
    shown = judged(new.fill(before, **typed).submit(new.browser))
    assert shown.response.status_code == 422
    assert words in shown.errors[field]
    assert not shown.one("#password").get("value")
    assert new.secret(shown) == new.secret(before)


def test_what_was_handed_out_is_not_ones_own(come):
    new = come(DESK)
    given = new.people.credentials["desk"].password
    sent = new.fill(new.come_in(), password=given, again=given).submit(new.browser)
    assert "the password you were given" in judged(sent).errors["password"]


def test_credentials_that_waited_too_long_say_so(come, clock):
    new = come(DESK)
    clock.advance(seconds=HANDED_OUT / timedelta(seconds=1))
    sent = judged(new.people.sign_in(new.browser, DESK, "desk"))
    assert "could be used for 7 days" in sent.text


def test_somebody_can_leave_and_choose_another_day(come, clock):
    new = come(DESK)
    shown = new.come_in()
    out = shown.form(f'form[action="{DESK.sign_out}"]').submit(new.browser)
    assert out.location == f"{DESK.sign_in}?done=yes"
    assert new.browser.get(f"{DESK.sign_in}/first").location == DESK.sign_in
    assert new.fill(shown).submit(new.browser).location == DESK.sign_in
    clock.advance(minutes=1)
    assert new.come_in()


def test_what_was_typed_before_new_credentials_comes_back(come, clock):
    new = come(DESK)
    new.fill(new.come_in()).submit(new.browser)
    path = f"/desk/cases/{new.people.desk.receive().number}"
    note = page(new.browser.get(path)).form('form:has(input[name="do"][value="note"])')
    new.hand_out()
    locked = page(note.fill(note="Ring søsteren.").submit(new.browser))
    form = locked.form(f'form[action="{DESK.sign_in}"]')
    clock.advance(minutes=1)
    shown = page(form.fill(**new.people.typed("desk")).submit(new.browser))
    back = page(new.fill(shown).submit(new.browser))
    assert "Ring søsteren." in back.one("textarea#note").get_text()


def test_no_password_is_in_the_audit(come, database):
    new = come(DESK)
    new.fill(new.come_in()).submit(new.browser)
    with database.read_session() as session:
        assert OWN not in str(session.execute(ENTRIES.select()).all())
