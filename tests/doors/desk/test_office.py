"""A manager's own office: seen as people will see it, then saved; nobody is overwritten."""

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import ENTRIES
from nav_access.offices.models import Office
from nav_access.staff.codes import StaffRole
from nav_access.staff.queries import get_member_by_email
from tests.doors.desk.office import TUESDAY, WEDNESDAY, ManagedOffice, judged

WALK_IN = {"kind1": "walk_in", "opens1": "10", "closes1": "14"}
PAGES = (
    *("", "hours", "dates", "reasons", "lines", "ladder", "measures", "members", "agreements"),
)


@pytest.fixture
def managed(desk):
    return ManagedOffice(desk)


def week(managed, browser=None, **typed):
    form = managed.form("hours", "week", browser)
    return form.fill(**({"weekdays": [TUESDAY]} | WALK_IN | typed))


def test_every_page_is_there_for_a_manager_alone(managed, desk):
    kari = desk.at_work("Kari")
    for path in PAGES:
        assert managed.browser.get(f"/desk/office/{path}").status_code == 200, path
        assert kari.get(f"/desk/office/{path}").status_code == 404, path
        stranger = managed.browser.get(f"/desk/office/{path}?office=nav-granvik")
        assert stranger.status_code == 404, path


def test_hours_are_seen_before_they_are_saved(managed):
    looked = managed.look(week(managed))
    assert looked.heading == "This is how it will look"
    assert "10:00 to 14:00" in looked.text
    assert "10:00 to 14:00" not in managed.public()
    assert managed.save(looked).location.endswith("saved=yes")
    assert "10:00 to 14:00" in managed.public()
    assert "Saved." in managed.page("hours?saved=yes").text


def test_looking_changes_nothing_at_all(managed):
    before = managed.office().edition
    managed.look(week(managed))
    assert managed.office().edition == before
    with managed.database.read_session() as session:
        found = select(ENTRIES.c.action).where(ENTRIES.c.action.like("office.%"))
        assert session.scalars(found).all() == []


def test_going_back_keeps_what_was_typed(managed):
    looked = managed.look(week(managed, weekdays=[TUESDAY, WEDNESDAY], comment1="Ring på"))
    form = looked.form('form:has(input[name="step"])')
    back = judged(form.submit(managed.browser, "back"))
    kept = managed.form_on(back, "week").values
    assert (kept["weekdays"], kept["comment1"]) == ([TUESDAY, WEDNESDAY], ["Ring på"])
    assert (kept["opens1"], kept["kind1"]) == (["10"], ["walk_in"])


def test_a_second_manager_sees_the_first_ones_change(managed):
    other = managed.manager("Odd")
    first, second = (
        managed.look(week(managed, browser, closes1=end), browser)
        for browser, end in ((managed.browser, "14"), (other, "16"))
    )
    assert managed.save(first).status_code == 303
    again = judged(managed.save(second, other))
    assert "Somebody changed this office after you opened the page." in again.text
    assert "10:00 to 16:00" in again.text
    assert "10:00 to 14:00" in again.text
    assert managed.save(again, other).status_code == 303
    assert "10:00 to 16:00" in managed.public()


def test_an_import_while_it_was_typed_is_shown(managed):
    form = week(managed)
    managed.register([{"dag": "Tirsdag", "fra": "08:00", "til": "12:00"}])
    looked = managed.look(form)
    assert "As it is now, without your change" in looked.text
    assert "08:00 to 12:00" in looked.text


def test_saving_twice_is_one_change(managed):
    looked = managed.look(week(managed))
    edition = managed.office().edition
    assert {managed.save(looked).status_code for _ in range(2)} == {303}
    assert managed.office().edition == edition + 1


def test_the_register_says_otherwise_and_is_taken_again(managed):
    managed.save(managed.look(week(managed)))
    managed.register([{"dag": "Tirsdag", "fra": "08:00", "til": "12:00"}])
    shown = managed.page("hours")
    assert "The register says otherwise: 08:00 to 12:00" in shown.text
    looked = managed.look(managed.form_on(shown, "register"))
    assert managed.save(looked).status_code == 303
    assert "08:00 to 12:00" in managed.public()
    assert "The register says otherwise" not in managed.page("hours").text


def test_a_link_fills_in_what_the_day_has(managed):
    shown = managed.page("hours")
    form = managed.form_on(judged(shown.follow(managed.browser, "Change Tuesday")), "week")
    kept = [form.values[name] for name in ("weekdays", "opens1", "closes1", "kind1", "kind2")]
    assert kept == [[TUESDAY], ["09:00"], ["15:00"], ["walk_in"], [""]]


ODD_HOURS = [
    ({"weekdays": []}, "weekdays"),
    ({"closes1": "9"}, "closes1"),
    ({"closes1": ""}, "closes1"),
    ({"opens1": "x"}, "opens1"),
    ({"kind1": ""}, "kind1"),
    ({"kind1": "closed"}, "kind1"),
    ({"kind2": "closed"}, "kind1"),
    ({"kind1": "appointment_only", "closes1": ""}, "closes1"),
    ({"comment3": "Bare onsdag"}, "kind3"),
    ({"comment1": "x" * 301}, "comment1"),
]


def test_hours_that_make_no_sense_are_asked_again(managed):
    cases = [({"weekdays": [TUESDAY]} | WALK_IN | typed, field) for typed, field in ODD_HOURS]
    assert managed.asked("hours", "week", cases) == []


def test_dates_are_written_for_several_days_and_taken_away(managed):
    form = managed.form("dates", "date").fill(first_day="23.12", last_day="24.12", kind1="closed")
    looked = managed.look(form.fill(comment1="Julestengt"))
    assert "Julestengt" in looked.text
    managed.save(looked)
    assert managed.public().count("Julestengt") == 2
    gone = managed.look(managed.form("dates", "gone"))
    managed.save(gone)
    assert managed.public().count("Julestengt") == 1


ODD_DATES = [
    ({"first_day": "1.1.2020", "kind1": "closed"}, "first_day"),
    ({"first_day": "24.12", "last_day": "1.12", "kind1": "closed"}, "last_day"),
    ({"first_day": "24.12", "last_day": "1.6.2027", "kind1": "closed"}, "last_day"),
    ({"first_day": "24.12"}, "kind1"),
    ({"kind1": "closed"}, "first_day"),
]


def test_dates_that_make_no_sense_are_asked_again(managed):
    assert managed.asked("dates", "date", ODD_DATES) == []


def test_the_reason_and_the_other_way_in_are_read_by_people(managed):
    form = managed.form("reasons", "reasons")
    looked = managed.look(form.fill(reason="Vi er få.", other_way="Ring oss <hele> uka."))
    assert "Why the office is seldom open" in looked.text
    managed.save(looked)
    assert "Ring oss <hele> uka." in managed.public()


def test_a_line_for_agencies_is_never_shown_to_people(managed):
    form = managed.form("lines", "line").fill(phone="22 11 11 11", audience="agencies")
    looked = managed.look(form)
    assert "What people read about the office stays as it is." in looked.text
    managed.save(looked)
    assert "22 11 11 11" not in managed.public()
    assert "22 11 11 11" in managed.page("lines").text


def test_a_line_for_everybody_is_shown_changed_and_taken_away(managed):
    typed = {"phone": "22 11 11 11", "audience": "public", "topic": "Akutt hjelp"}
    managed.save(managed.look(managed.form("lines", "line").fill(**typed)))
    assert "Akutt hjelp" in managed.public()
    again = managed.look(managed.form("lines", "line").fill(**typed | {"topic": "Annet"}))
    assert "phone" in again.errors
    managed.save(managed.look(managed.form("lines", "gone")))
    assert "22 11 11 11" not in managed.public()


def test_the_ladder_says_what_will_happen(managed):
    form = managed.form("ladder", "ladder").fill(attempts="5", days="3", fallback="visit")
    looked = managed.look(form)
    assert "is rung 5 times, on 3 different days" in looked.text
    managed.save(looked)
    assert "is rung 5 times" in managed.page("ladder").text


def test_of_two_ladders_the_second_is_looked_at_again(managed):
    forms = [managed.form("ladder", "ladder").fill(attempts=n, days="2") for n in ("4", "7")]
    looks = [managed.look(form) for form in forms]
    assert managed.save(looks[0]).status_code == 303
    again = judged(managed.save(looks[1]))
    assert "Somebody changed this office" in again.text
    assert managed.save(again).status_code == 303
    assert "is rung 7 times" in managed.page("ladder").text


def test_a_ladder_that_gives_up_too_soon_is_asked_again(managed):
    form = managed.form("ladder", "ladder").fill(attempts="1", days="2")
    assert "attempts" in judged(form.submit(managed.browser)).errors


def test_a_measure_is_read_by_people_until_it_is_over(managed):
    typed = {"measure_kind": "calls_back", "words": "Vi ringer samme dag.", "from_day": "23.11"}
    looked = managed.look(managed.form("measures", "measure").fill(**typed))
    assert "Vi ringer samme dag." in looked.text
    managed.save(looked)
    assert "Vi ringer samme dag." in managed.public()
    managed.desk.clock.advance(days=1)
    managed.desk.now = managed.desk.clock()
    managed.browser = managed.manager("Odd")
    managed.save(managed.look(managed.form("measures", "end")))
    assert "Vi ringer samme dag." not in managed.public()
    assert "It is over." in managed.page("measures").text


def test_a_measure_that_begins_later_is_shown_as_people_will_read_it_then(managed):
    typed = {"measure_kind": "visits", "words": "Vi kommer hjem.", "from_day": "26.11"}
    looked = managed.look(managed.form("measures", "measure").fill(**typed))
    assert "From Thursday 26 November people will read:" in looked.text
    assert "Vi kommer hjem." in looked.text
    assert "stays as it is" not in looked.text
    managed.save(looked)
    assert "Vi kommer hjem." not in managed.public()
    gone = managed.look(managed.form("measures", "end"))
    assert "From Thursday 26 November people will read:" in gone.text
    assert "Vi kommer hjem." not in gone.text


def test_a_date_far_ahead_is_shown_on_the_first_day_people_read_of_it(managed):
    typed = {"first_day": "1.6.2027", "kind1": "closed", "comment1": "Flytting"}
    looked = managed.look(managed.form("dates", "date").fill(**typed))
    assert "From Friday 2 April people will read:" in looked.text
    assert "Flytting" in looked.text


def test_every_change_is_audited_with_who(managed):
    managed.save(managed.look(week(managed)))
    with managed.database.read_session() as session:
        found = select(ENTRIES.c.actor, ENTRIES.c.subject)
        rows = session.execute(found.where(ENTRIES.c.action == "office.hours_written")).all()
    office = f"office:{managed.desk.office_id}"
    assert rows == [(f"staff:{managed.browser.who.staff_id}", office)]


ANOTHERS = [
    ("hours", "week", {"do": "register", "reception": "999", "day": TUESDAY}),
    ("dates", "date", {"do": "gone", "reception": "999", "day": "2026-12-24"}),
    ("lines", "line", {"do": "line", "line": "999", "phone": "22111111", "audience": "public"}),
]


def test_anothers_door_or_line_is_nobodys(managed):
    before = managed.office().edition
    for path, act, fields in ANOTHERS:
        token = managed.form(path, act).values["token"][0]
        sent = fields | {"token": token, "office": "nav-eikevik"}
        for step in ("", "save"):
            answer = managed.browser.post(f"/desk/office/{path}", data=sent | {"step": step})
            assert answer.status_code == 404, path
    assert managed.office().edition == before


def test_what_was_typed_comes_back_at_the_office_it_was_written_for(managed, desk):
    email = desk.employ("Grete", desk.office_id, desk.other_id)
    with desk.database.unit_of_work() as session:
        for membership in get_member_by_email(session, email).memberships:
            membership.role = StaffRole.MANAGER
    grete = desk.sign_in(email)
    form = managed.form("reasons?office=nav-granvik", "reasons", grete).fill(reason="Vi er få.")
    desk.clock.advance(minutes=31)
    locked = judged(form.submit(grete))
    back = judged(desk.send_sign_in(grete, locked, email))
    kept = managed.form_on(back, "reasons").values
    assert (kept["reason"], kept["office"]) == (["Vi er få."], ["nav-granvik"])


def test_an_unknown_act_is_no_act(managed):
    token = managed.form("hours", "week").values["token"][0]
    sent = {"do": "nonsense", "token": token, "office": "nav-eikevik"}
    assert managed.browser.post("/desk/office/hours", data=sent).status_code == 400


def test_an_office_without_a_door_says_so(desk):
    managed = ManagedOffice(desk)
    with desk.database.unit_of_work() as session:
        for door in session.get_one(Office, desk.office_id).receptions:
            session.delete(door)
    for path in ("hours", "dates"):
        assert "The office has no reception" in managed.page(path).text
