"""Ask for help: it works, wrong method, wrong input, twice, late, in trouble, in Arabic."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from nav_access.core.db import DatabaseUnavailable
from nav_access.intake import service
from nav_access.intake.codes import Flag, Reach
from nav_access.intake.models import Case
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyInterval, DutyLine, Office
from tests.doors.citizen.conftest import ACUTE, QUIET, code_on
from tests.page import page

EVERYTHING = {
    **ACUTE,
    "children": "yes",
    "reach": "sms",
    "email": "leyla@example.org",
    "when": "afternoon",
    "voicemail": "yes",
    "say_who": "yes",
    "speak": "ti",
    "interpreter": "yes",
    "name": "Leyla",
    "message": "Kjøleskapet er tomt.",
    "private_room": "yes",
}


@pytest.mark.parametrize("lang", ["nb", "nn", "en", "uk", "ar"])
def test_three_requests_from_front_page_to_receipt(citizen, lang, office_of):
    front = citizen.page(f"/{lang}/")
    form = citizen.page(next(url for url in front.links.values() if url.endswith("need=food")))
    filled = form.form().fill(acute="no_food_today", place="0150", phone="40000000")
    receipt = page(filled.submit(citizen.client))
    assert len(code_on(receipt).replace(" ", "")) == 20
    assert office_of(citizen.cases()[0]) == "nav-eikevik"


def test_the_receipt_promises_a_time_and_a_number(citizen):
    receipt = page(citizen.ask(ACUTE, "en"))
    assert "Somebody will contact you before 11:30 today." in receipt.text
    assert receipt.phone_numbers


def test_every_answer_is_stored_as_its_code(citizen):
    citizen.ask(EVERYTHING)
    case, reaching = citizen.cases()[0], citizen.reaching()
    assert (case.needs, case.acute) == (("food",), ("no_food_today",))
    assert case.has_children
    assert (reaching.reach, reaching.best_time) == ("sms", "afternoon")
    assert reaching.may_leave_voicemail
    assert reaching.may_say_who
    assert reaching.spoken_language == "ti"


def test_unanswered_means_safest(citizen):
    citizen.ask(QUIET)
    reaching = citizen.reaching()
    assert not reaching.may_leave_voicemail
    assert not reaching.may_say_who
    assert reaching.reach is Reach.CALL


def test_the_first_radio_of_each_group_is_the_safe_one_and_chosen(citizen):
    form = citizen.page("/nb/help").form()
    safe = {"reach": [""], "when": ["any"], "voicemail": ["no"], "say_who": ["no"]}
    assert {name: form.values[name] for name in safe} == safe


def test_the_same_form_twice_is_one_case_and_one_receipt(citizen):
    values = {**ACUTE, "token": citizen.token()}
    first, second = page(citizen.ask(values)), page(citizen.ask(values))
    assert code_on(first) == code_on(second)
    assert len(citizen.cases()) == 1


def test_the_same_page_with_other_words_is_another_request(citizen):
    values = {**ACUTE, "token": citizen.token()}
    first = code_on(page(citizen.ask(values)))
    asked = citizen.ask({**values, "acute": "no_shelter_tonight", "message": "Nå ute"})
    assert asked.status_code == 422
    assert first not in asked.text
    again = page(asked).form()
    assert again.values["message"] == ["Nå ute"]
    assert code_on(page(again.submit(citizen.client))) != first
    assert len(citizen.cases()) == 2


def test_asking_again_after_taking_it_back_is_a_new_request(citizen):
    values = {**ACUTE, "token": citizen.token()}
    citizen.ask(values)
    with citizen.database.unit_of_work() as session:
        session.execute(update(Case).values(status="withdrawn"))
    asked = citizen.ask(values)
    assert asked.status_code == 422
    assert page(page(asked).form().submit(citizen.client)).all("#code")
    assert len(citizen.cases()) == 2


def test_a_receipt_of_an_answered_request_promises_nothing(citizen):
    values = {**ACUTE, "token": citizen.token("en")}
    citizen.ask(values, "en")
    with citizen.database.unit_of_work() as session:
        session.execute(update(Case).values(status="answered"))
    assert "Somebody will contact you" not in page(citizen.ask(values, "en")).text


def test_the_form_on_a_shared_computer_does_not_show_the_last_receipt(citizen):
    values = {**ACUTE, "token": citizen.token()}
    code = code_on(page(citizen.ask(values)))
    assert code not in citizen.ask({**values, "do": "language", "to": "en"}).text


def test_late_in_the_day_the_numbers_for_the_night_are_there(citizen, clock):
    clock.advance(hours=5, minutes=10)
    receipt = page(citizen.ask(ACUTE, "en"))
    assert "tomorrow" in receipt.text
    assert "when the office is closed" in receipt.text


def test_a_line_for_agencies_is_not_somebody_who_answers_people(citizen, clock):
    with citizen.database.unit_of_work() as session:
        office = session.scalars(select(Office).where(Office.slug == "nav-eikevik")).one()
        for audience, ends in ((DutyAudience.PUBLIC, 15 * 60), (DutyAudience.AGENCIES, 17 * 60)):
            week = [
                DutyInterval(weekday=day, opens_minute=540, closes_minute=ends) for day in range(5)
            ]
            line = DutyLine(position=0, phone="+4722000001", audience=audience, intervals=week)
            office.duty_lines.append(line)
    clock.advance(hours=6)
    receipt = page(citizen.ask(ACUTE, "en"))
    assert "Nobody answers at the office now" in receipt.text
    assert "before 17:00 today" in receipt.text


def test_the_district_is_asked_for_until_it_is_known(citizen, office_of):
    values = {**ACUTE, "place": "Oslo", "token": citizen.token()}
    citizen.ask(values)
    again = page(citizen.ask(values))
    opened = page(citizen.open(code_on(again)))
    form = opened.form("form.box").fill(office="nav-granvik")
    assert page(form.submit(citizen.client)).response.status_code == 200
    assert office_of(citizen.cases()[0]) == "nav-granvik"


def languages_of(receipt, citizen):
    """Ask for the list of languages, which a receipt carries only then."""
    asked = receipt.form("form[action$='/help']").submit(citizen.client, "languages")
    return page(asked).form("form[action$='/help']")


def test_a_receipt_that_lists_the_languages_is_the_same_receipt(citizen):
    receipt = page(citizen.ask(ACUTE))
    before = citizen.cases()[0]
    listed = page(receipt.form("form[action$='/help']").submit(citizen.client, "languages"))
    assert code_on(listed) == code_on(receipt)
    assert citizen.cases()[0].version == before.version


def test_the_language_of_the_receipt_is_the_one_we_write_in(citizen):
    receipt = page(citizen.ask(ACUTE))
    form = languages_of(receipt, citizen).fill(to="uk")
    form.submit(citizen.client, "language")
    assert citizen.cases()[0].language == "uk"


def test_a_receipt_left_open_too_long_leads_to_a_form_that_can_be_sent(citizen, clock):
    receipt = languages_of(page(citizen.ask(ACUTE)), citizen).fill(to="en")
    clock.advance(hours=25)
    blank = page(receipt.submit(citizen.client, "language"), lang="en").form()
    assert len(blank.values["token"][0]) == 56


def test_a_trap_filled_in_by_a_browser_is_no_dead_end(citizen):
    asked = page(citizen.ask({**QUIET, "website": "http://x"}))
    assert page(asked.form().submit(citizen.client)).response.status_code == 200


def test_a_long_address_of_the_form_still_gives_it_a_token(citizen):
    form = citizen.page("/nb/help?" + "need=food&" * 12).form()
    assert len(form.values["token"][0]) == 56


def test_five_at_once_are_one_case(citizen, app):
    values = {**ACUTE, "token": citizen.token()}

    def press(_):
        return app.test_client(use_cookies=False).post("/nb/help", data=values)

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(press, range(5)))
    assert [answer.status_code for answer in answers] == [200] * 5
    assert len({code_on(page(answer)) for answer in answers}) == 1
    assert len(citizen.cases()) == 1


def test_after_fifteen_minutes_the_receipt_keeps_the_key_to_itself(citizen, clock):
    values = {**ACUTE, "token": citizen.token()}
    citizen.ask(values)
    clock.advance(minutes=16)
    again = page(citizen.ask(values))
    assert not again.all("#code")
    assert citizen.cases()[0].number[:4] in again.text


def test_a_form_left_open_for_a_day_loses_nothing(citizen, clock):
    token = citizen.token()
    clock.advance(hours=25)
    answer = citizen.ask({**EVERYTHING, "token": token})
    assert answer.status_code == 422
    kept = page(answer).form()
    assert kept.values["message"] == ["\nKjøleskapet er tomt."[1:]]
    assert code_on(page(kept.submit(citizen.client)))


def test_a_form_taken_long_ago_shows_its_receipt(citizen, clock):
    values = {**ACUTE, "token": citizen.token()}
    citizen.ask(values)
    clock.advance(hours=30)
    assert citizen.ask(values).status_code == 200
    assert len(citizen.cases()) == 1


def test_a_key_rotated_while_the_form_lies_open_changes_nothing(citizen, keyring, keys_file):
    values = {**ACUTE, "token": citizen.token()}
    keyring.rotate(keys_file)
    assert code_on(page(citizen.ask(values)))


@pytest.mark.parametrize("token", ["", "x", "A" * 56, "é", "0" * 5000])
def test_a_form_without_a_good_token_is_drawn_again(citizen, token):
    answer = citizen.client.post("/nb/help", data={**EVERYTHING, "token": token})
    assert answer.status_code == 422
    assert code_on(page(page_form(answer).submit(citizen.client)))


def page_form(answer):
    return page(answer).form()


def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(citizen):
    answer = page(citizen.ask({"message": "", "name": "Leyla"}, "en"))
    assert set(answer.errors) == {"need", "place"}
    assert answer.form().values["name"] == ["Leyla"]


@pytest.mark.parametrize("phone", ["12", "abc", "4" * 30, "+", "00"])
def test_a_number_nobody_can_ring_is_asked_for_again(citizen, phone):
    answer = page(citizen.ask({**ACUTE, "phone": phone}))
    assert "phone" in answer.errors
    assert answer.form().values["phone"] == [phone]


@pytest.mark.parametrize(
    "phone", ["40000000", "+47 400 00 000", "0047 40000000", "٤٠٠٠٠٠٠٠", "+46 70 123 45 67"]
)
def test_numbers_are_taken_however_they_are_written(citizen, phone):
    assert citizen.ask({**ACUTE, "phone": phone}).status_code == 200


def test_ring_me_without_a_number_asks_for_one(citizen):
    assert "phone" in page(citizen.ask({**QUIET, "phone": "", "reach": "call"})).errors


def test_no_phone_is_fine(citizen):
    receipt = page(citizen.ask({**ACUTE, "phone": "", "reach": "visit"}, "en"))
    assert "come to the office" in receipt.text


def test_an_acute_request_needs_no_place(citizen, office_of):
    assert citizen.ask({**ACUTE, "place": ""}).status_code == 200
    assert office_of(citizen.cases()[0]) == "contact-centre"


@pytest.mark.parametrize("place", ["Langtvekkistan", "9999", "<b>", "🙂"])
def test_an_unknown_place_goes_to_people(citizen, office_of, place):
    assert citizen.ask({**QUIET, "place": place}).status_code == 200
    case = citizen.cases()[0]
    assert office_of(case) == "contact-centre"
    assert Flag.PLACE_UNKNOWN in case.flags


def test_a_slip_of_the_pen_finds_the_place_and_staff_are_told(citizen):
    citizen.ask({**ACUTE, "place": "Olso"})
    assert Flag.PLACE_GUESSED in citizen.cases()[0].flags


def test_a_place_with_several_offices_asks_for_the_district(citizen, office_of):
    asked = page(citizen.ask({**QUIET, "place": "0550"}))
    assert asked.response.status_code == 422
    form = asked.form().fill(office="nav-granvik")
    assert page(form.submit(citizen.client)).response.status_code == 200
    assert office_of(citizen.cases()[0]) == "nav-granvik"


def test_not_knowing_the_district_is_an_answer(citizen, office_of):
    asked = page(citizen.ask({**QUIET, "place": "Oslo"}))
    assert page(asked.form().submit(citizen.client)).response.status_code == 200
    assert office_of(citizen.cases()[0]) == "contact-centre"


def test_an_acute_request_is_taken_first_and_asked_afterwards(citizen, office_of):
    receipt = page(citizen.ask({**ACUTE, "place": "0550"}))
    form = receipt.form("form[action$='/case']").fill(office="nav-granvik")
    assert page(form.submit(citizen.client)).response.status_code == 200
    assert office_of(citizen.cases()[0]) == "nav-granvik"


def test_a_chosen_office_is_kept_and_used(citizen, office_of):
    form = citizen.page("/nb/help?office=nav-granvik&need=food").form()
    form.fill(phone="40000000").submit(citizen.client)
    assert office_of(citizen.cases()[0]) == "nav-granvik"


@pytest.mark.parametrize(("values", "status"), [(QUIET, 422), (ACUTE, 200)])
def test_the_trap_asks_a_calm_request_and_flags_an_acute_one(citizen, values, status):
    assert citizen.ask({**values, "website": "http://x"}).status_code == status
    assert [case.flags for case in citizen.cases()] == ([("honeypot",)] if status == 200 else [])


def test_many_requests_stop_calm_ones_and_never_acute_ones(citizen):
    for _ in range(10):
        assert citizen.ask(QUIET).status_code == 200
    refused = citizen.ask({**QUIET, "message": "Hei"})
    assert refused.status_code == 429
    assert page(refused).form().values["message"] == ["Hei"]
    assert citizen.ask(ACUTE).status_code == 200
    assert Flag.MANY_FROM_ADDRESS in citizen.cases()[-1].flags
    assert len(citizen.cases()) == 11


def test_the_language_changes_and_what_was_typed_stays(citizen):
    form = citizen.page("/nb/help").form().fill(message="Hei", need=["food", "letter"], to="ar")
    arabic = page(form.submit(citizen.client, "language"), lang="ar")
    assert arabic.form().values["message"] == ["Hei"]
    assert set(arabic.form().values["need"]) == {"food", "letter"}
    assert citizen.cases() == []


def test_a_receipt_can_be_read_in_another_language(citizen):
    receipt = page(citizen.ask(ACUTE))
    form = languages_of(receipt, citizen).fill(to="ar")
    assert code_on(page(form.submit(citizen.client, "language"), lang="ar")) == code_on(receipt)


def test_each_answer_is_a_line_of_its_own_in_terminals(citizen):
    shown = citizen.page("/en/help")
    assert {one.parent.name for one in shown.all("label.choice")} == {"div"}
    assert {one.parent.name for one in shown.all("form label.field")} == {"div"}


def test_after_hours_the_numbers_stand_before_the_form(citizen, clock):
    clock.advance(hours=10)
    found = citizen.page("/en/help")
    assert found.text.index("116 117") < found.text.index("What do you need help with?")


def test_a_database_in_trouble_says_so_and_keeps_the_text(citizen, monkeypatch):
    values = {**EVERYTHING, "token": citizen.token()}

    def fail(*_, **__):
        raise DatabaseUnavailable("OperationalError")

    with monkeypatch.context() as trouble:
        trouble.setattr(service, "receive", fail)
        answer = citizen.ask(values)
    assert answer.status_code == 503
    assert page(answer).phone_numbers
    assert page(answer).form().values["message"] == ["Kjøleskapet er tomt."]
    assert code_on(page(page(answer).form().submit(citizen.client)))


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_get_a_page_too(citizen, method):
    answer = getattr(citizen.client, method)("/nb/help")
    assert answer.status_code == 405
    assert page(answer).phone_numbers


def test_another_site_cannot_send_the_form(citizen):
    headers = {"Sec-Fetch-Site": "cross-site"}
    values = {**ACUTE, "token": citizen.token()}
    assert citizen.client.post("/nb/help", data=values, headers=headers).status_code == 403
    assert citizen.cases() == []
