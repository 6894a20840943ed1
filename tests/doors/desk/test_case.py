"""A case as a page: reading it, acting on it, and meeting a colleague who acts too."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import ENTRIES
from nav_access.intake import handling, person
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import AcuteStatement, ContactOutcome, Need
from nav_access.intake.models import Case, CaseEvent
from nav_access.web.desk.acts import ACTS
from tests.desk_factory import submission
from tests.page import page, text_of, without_token

ACUTE = frozenset({AcuteStatement.NO_FOOD_TODAY})


@pytest.fixture
def number(desk):
    return desk.receive().number


@pytest.fixture
def address(number):
    return f"/desk/cases/{number}"


def form(shown, act):
    return shown.form(f'form:has(input[name="do"][value="{act}"])')


def events(desk):
    with desk.database.read_session() as session:
        found = select(CaseEvent.kind).order_by(CaseEvent.seq)
        return [str(kind) for kind in session.scalars(found)]


def test_the_case_says_what_by_when_and_how(browser, address):
    shown = page(browser.get(address), lang="en")
    for words in ("Urgent", "before 15:00 tomorrow", "Kari Ås", "91 23 45 67", "kari@example.org"):
        assert words in shown.text
    assert "Kjøleskapet er tomt <b>nå</b>." in shown.text


def test_safety_stands_before_the_number(browser, address):
    text = page(browser.get(address)).text
    order = [
        text.index(words)
        for words in ("Do not leave a voice message", "do not say who is ringing", "91 23 45 67")
    ]
    assert order == sorted(order)


def test_what_the_person_allows_is_not_forbidden(desk, browser):
    wishes = ContactWishes(phone="+4791234567", may_leave_voicemail=True, may_say_who=True)
    number = desk.receive(wishes=wishes).number
    assert "Do not leave" not in page(browser.get(f"/desk/cases/{number}")).text


def test_reading_is_logged_with_who(desk, browser, number, address):
    browser.get(address)
    staff_id = browser.who.staff_id
    with desk.database.read_session() as session:
        found = select(ENTRIES.c.actor, ENTRIES.c.subject).where(ENTRIES.c.action == "case.read")
        assert session.execute(found).all() == [(f"staff:{staff_id}", f"case:{number}")]


def test_claiming_and_letting_go(browser, address):
    taken = form(page(browser.get(address)), "claim").submit(browser)
    assert (taken.status_code, taken.location) == (303, address)
    shown = page(browser.get(address))
    assert "You have taken this case." in shown.text
    form(shown, "release").submit(browser)
    assert "Nobody has taken this case." in page(browser.get(address)).text


def test_logging_an_answer_stops_the_clock(browser, address):
    filled = form(page(browser.get(address)), "contact").fill(outcome="answered")
    assert filled.fill(contact_text="Nødhjelp i dag.").submit(browser).status_code == 303
    shown = page(browser.get(address))
    assert "Answered, not closed" in shown.text
    assert "Eli spoke with the person." in shown.text
    assert "Nødhjelp i dag." in shown.text


@pytest.mark.parametrize("outcome", ["no_answer", "busy", "wrong_number"])
def test_an_attempt_leaves_the_case_waiting(browser, address, outcome):
    form(page(browser.get(address)), "contact").fill(outcome=outcome).submit(browser)
    shown = page(browser.get(address))
    assert "before 15:00 tomorrow" in shown.text
    assert "Tried 1 time" in shown.text


def test_a_note_is_kept_as_it_was_written(browser, address):
    written = "Ring etter 12.\n<script>alert(1)</script> ‹æøå›"
    form(page(browser.get(address)), "note").fill(note=written).submit(browser)
    shown = page(browser.get(address))
    assert written in [tag.get_text() for tag in shown.all(".timeline .words")]


def test_the_deadline_moves_and_says_why(browser, address):
    filled = form(page(browser.get(address)), "deadline").fill(
        day="tomorrow", time="kl 9.30", deadline_reason="agreed_with_person"
    )
    assert filled.submit(browser).status_code == 303
    shown = page(browser.get(address))
    assert "before 09:30 tomorrow" in shown.text
    assert "Agreed with the person" in shown.one(".timeline li:first-child").get_text()


def test_closing_needs_an_answer_first(desk, browser, address):
    shown = page(browser.get(address))
    assert form(shown, "close").choices("close_reason") == {"", "handed_over", "duplicate"}
    bold = form(shown, "close")
    bold.values["close_reason"] = ["helped"]
    assert "close_reason" in page(bold.submit(browser)).errors
    assert events(desk) == ["received"]


def test_closing_and_putting_back(browser, address):
    form(page(browser.get(address)), "contact").fill(outcome="answered").submit(browser)
    form(page(browser.get(address)), "close").fill(close_reason="helped").submit(browser)
    shown = page(browser.get(address))
    assert "The person has got help" in shown.text
    form(shown, "reopen").fill(reopen_text="Ringte igjen.").submit(browser)
    assert "Eli put the case back in the queue." in page(browser.get(address)).text


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("contact", {"outcome"}),
        ("note", {"note"}),
        ("deadline", {"deadline_reason"}),
        ("close", {"close_reason"}),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(desk, browser, address, act, fields):
    sent = form(page(browser.get(address)), act).submit(browser)
    assert sent.status_code == 422
    assert set(page(sent, lang="en").errors) == fields
    assert events(desk) == ["received"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"day": "30.2"}, "day"), ({"time": "25:00"}, "time"), ({"day": "1.1.2020"}, "day")],
)
def test_a_deadline_that_cannot_be_is_asked_for_again(browser, address, typed, field):
    given = {"deadline_reason": "more_urgent", "deadline_text": "Fordi."} | typed
    sent = page(form(page(browser.get(address)), "deadline").fill(**given).submit(browser))
    assert list(sent.errors) == [field]
    assert sent.one("[name=deadline_text]").get_text().strip() == "Fordi."
    assert sent.one("details[open]")


def test_too_long_a_note_is_kept_on_the_page(browser, address):
    long = "å" * 2001
    sent = page(form(page(browser.get(address)), "note").fill(note=long).submit(browser))
    assert list(sent.errors) == ["note"]
    assert long in sent.one("[name=note]").get_text()


def test_a_colleague_who_acted_first_is_seen_and_nothing_is_lost(desk, browser, number, address):
    shown = page(browser.get(address))
    desk.do(handling.write_note, desk.turn(number, who=desk.bo), "Ringte søsteren.")
    desk.do(handling.claim, desk.turn(number, 2, who=desk.bo))
    sent = form(shown, "contact").fill(outcome="busy", contact_text="Prøver 14.").submit(browser)
    assert sent.status_code == 409
    met = page(sent)
    told = text_of(met.one("[role=status]"))
    assert told.index("Bo wrote a note.") < told.index("Bo took the case.")
    assert "Ringte søsteren." in told
    assert events(desk) == ["received", "note_written", "claimed"]
    again = form(met, "contact")
    assert again.values["contact_text"][0].strip() == "Prøver 14."
    assert again.submit(browser).status_code == 303
    assert events(desk)[-2:] == ["contact_logged", "call_planned"]


def test_words_for_an_act_no_longer_possible_are_kept_too(desk, browser, number, address):
    shown = page(browser.get(address))
    with desk.database.unit_of_work() as session:
        person.withdraw(session, number, keyring=desk.keyring, now=desk.now)
    filled = form(shown, "contact").fill(outcome="answered", contact_text="Vil ha mat.")
    sent = filled.submit(browser)
    assert sent.status_code == 409
    met = page(sent)
    assert "Vil ha mat." in met.text
    assert "The person took the request back." in text_of(met.all("[role=status]")[0])


def test_pressing_twice_is_once(desk, browser, address):
    filled = form(page(browser.get(address)), "note").fill(note="En gang.")
    assert [filled.submit(browser).status_code for _ in range(3)] == [303, 303, 303]
    assert events(desk) == ["received", "note_written"]


def test_other_words_from_an_old_page_are_not_taken_for_the_same(browser, address):
    shown = page(browser.get(address))
    assert form(shown, "note").fill(note="Første.").submit(browser).status_code == 303
    assert form(shown, "note").fill(note="Andre.").submit(browser).status_code == 409


def test_two_at_the_same_moment_one_wins_and_the_other_sees_it(desk, address):
    browsers = [desk.at_work(name) for name in ("Eli", "Ola")]
    forms = [form(page(one.get(address)), "claim") for one in browsers]
    start = Barrier(2)

    def press(which):
        start.wait()
        return forms[which].submit(browsers[which])

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, range(2)), key=lambda one: one.status_code)
    assert [one.status_code for one in answers] == [303, 409]
    assert "took the case." in text_of(page(answers[1]).all("[role=status]")[0])


def test_a_withdrawn_case_takes_notes_only(desk, browser, number, address):
    with desk.database.unit_of_work() as session:
        person.withdraw(session, number, keyring=desk.keyring, now=desk.now)
    shown = page(browser.get(address))
    assert {one["value"] for one in shown.all("input[name=do]")} == {"note"}
    assert "Withdrawn by the person" in shown.text
    assert "91 23 45 67" not in shown.text


def test_words_the_person_added_are_among_what_they_need(desk, browser, number, address):
    once = submission(desk.keyring)
    given = {"keyring": desk.keyring, "now": desk.now}
    with desk.database.unit_of_work() as session:
        person.add_information(session, number, "Nå er strømmen borte.", ACUTE, once, **given)
    shown = page(browser.get(address))
    assert "Nå er strømmen borte." in shown.text
    assert "Acute" in shown.text


def elsewhere(desk):
    """Return the number of a case of the other office."""
    return desk.receive(office="nav-granvik").number


def test_another_offices_case_is_as_unknown_as_one_that_is_not(desk, browser, number):
    with desk.database.unit_of_work() as session:
        session.scalars(select(Case)).one().wrapped_key = None
    unknown = browser.get("/desk/cases/00000000")
    assert unknown.status_code == 404
    for hidden in (elsewhere(desk), number, "12345678", "1", "x" * 90, "%00", "1234567٨"):
        answer = browser.get(f"/desk/cases/{hidden}")
        assert (answer.status_code, without_token(answer)) == (404, without_token(unknown)), hidden
        assert without_date(answer) == without_date(unknown)


@pytest.mark.parametrize("act", ACTS)
def test_no_act_reaches_another_offices_case(desk, browser, address, act):
    other = elsewhere(desk)
    mine = page(browser.get(address))
    token = mine.form("#write").values["token"][0]
    typed = {"do": act, "seen": "1", "token": token, "note": "x", "outcome": "busy"}
    typed |= {"day": "1.1.2030", "time": "9", "deadline_reason": "more_urgent"}
    typed |= {"close_reason": "duplicate"}
    answer = browser.post(f"/desk/cases/{other}", data=typed)
    unknown = browser.post("/desk/cases/00000000", data=typed)
    assert (answer.status_code, without_token(answer)) == (404, without_token(unknown))
    assert set(events(desk)) == {"received"}


def without_date(answer):
    return sorted(pair for pair in answer.headers if pair[0] != "Date")


def test_a_case_is_for_those_signed_in(client, address):
    for ask in (client.get, client.post):
        answer = ask(address)
        assert (answer.status_code, answer.location) == (
            303,
            f"/desk/sign-in?next={address.replace('/', '%2F')}",
        )


def test_a_token_of_another_session_is_not_taken(desk, browser, address):
    other = desk.at_work("Ola")
    shown = page(browser.get(address))
    filled = form(shown, "note").fill(note="Andres skjema.")
    assert filled.submit(other).status_code == 422
    assert events(desk) == ["received"]


@pytest.mark.parametrize("seen", ["", "x", "-1", "0", "9" * 12, "٣"])
def test_a_form_that_does_not_say_what_was_seen_is_shown_again(desk, browser, address, seen):
    filled = form(page(browser.get(address)), "note").fill(note="Hei.")
    filled.values["seen"] = [seen]
    assert filled.submit(browser).status_code == 409
    assert events(desk) == ["received"]


@pytest.mark.parametrize("act", ["", "nonsense", "case.read"])
def test_an_unknown_act_is_no_act(browser, address, act):
    assert browser.post(address, data={"do": act}).status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_another_method_is_refused(browser, address, method):
    assert getattr(browser, method)(address).status_code == 405


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_the_case_in_norwegian(desk, address, lang):
    browser = desk.at_work("Eli", lang=lang)
    shown = page(browser.get(address), lang=lang)
    for english in ("Do not leave", "before 15", "Log contact", "The request came in", "Somebody"):
        assert english not in shown.text
    assert page(form(shown, "contact").submit(browser), lang=lang).errors


def test_nothing_of_a_case_is_kept_by_the_browser(browser, address):
    assert browser.get(address).headers["Cache-Control"] == "no-store"


def test_an_attempt_of_an_acute_case_with_everything_is_a_good_page(desk, browser):
    number = desk.receive(
        acute=ACUTE, needs=frozenset(Need), has_children=True, place="0150"
    ).number
    desk.do(handling.log_contact, desk.turn(number), ContactOutcome.WRONG_NUMBER, "Feil.")
    assert page(browser.get(f"/desk/cases/{number}"))


def add_notes(desk, number, count):
    for seen in range(1, count + 1):
        desk.do(handling.write_note, desk.turn(number, seen), f"Notat {seen}.")


def test_a_long_story_is_read_in_parts_and_each_reading_is_logged(desk, browser, number, address):
    add_notes(desk, number, 60)
    newest = page(browser.get(address))
    assert len(newest.all(".timeline li")) == 50
    assert "Notat 60." in newest.text
    assert "Notat 10." not in newest.text
    older = page(newest.follow(browser, "Show what happened before that"))
    assert [tag.get_text() for tag in older.all(".timeline .words")][:2] == [
        "Notat 10.",
        "Notat 9.",
    ]
    assert len(older.all(".timeline li")) == 11
    assert "Notat 60." in page(older.follow(browser, "Show the newest again")).text
    with desk.database.read_session() as session:
        found = select(ENTRIES.c.detail).where(ENTRIES.c.action == "case.read")
        assert session.scalars(found).all()[1] == '{"before":12,"seq":61}'


def test_the_request_itself_is_always_among_what_the_person_needs(desk, browser, number, address):
    add_notes(desk, number, 55)
    for query in ("", "?before=20"):
        assert "Kjøleskapet er tomt" in page(browser.get(address + query)).text


def test_a_short_story_has_no_older_part(desk, browser, number, address):
    add_notes(desk, number, 49)
    shown = page(browser.get(address))
    assert len(shown.all(".timeline li")) == 50
    assert "before that" not in shown.text


@pytest.mark.parametrize("before", ["x", "0", "-1", "1'", "9" * 30, "٣", ""])
def test_nonsense_for_a_part_of_the_story_is_its_newest(browser, address, before):
    shown = page(browser.get(address, query_string={"before": before}))
    assert "The request came in." in shown.text
