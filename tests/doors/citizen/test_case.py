"""My case: the code opens it; add, correct, withdraw, undo; guessing is counted exactly."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from nav_access.core.clock import OSLO
from nav_access.core.references import is_case_number
from nav_access.erasing.cases import erase_asked
from nav_access.intake.access import TRIES_AT_ONE_CASE
from nav_access.intake.texting.stops import start, stop
from tests.doors.citizen.conftest import ACUTE
from tests.page import page


def wrong(code: str) -> str:
    """Return the code with another key."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def opened(citizen, code, lang="nb"):
    return page(citizen.open(code, lang))


@pytest.mark.parametrize("lang", ["nb", "nn", "en", "uk", "ar"])
def test_the_code_opens_the_case(citizen, lang):
    code = citizen.code()
    assert "11:30" in opened(citizen, code, lang).text


@pytest.mark.parametrize("write", [str, lambda c: c.replace(" ", ""), lambda c: f"  {c}-"])
def test_the_code_is_read_in_any_grouping(citizen, write):
    assert citizen.open(write(citizen.code())).status_code == 200


def test_the_code_is_read_in_arabic_digits(citizen):
    arabic = citizen.code().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert citizen.open(arabic, "ar").status_code == 200


def test_the_number_alone_is_told_what_is_missing(citizen):
    answer = page(citizen.open(citizen.code()[:9], "en"))
    assert "20 digits" in answer.errors["code"]


@pytest.mark.parametrize("code", ["", "1", "abc", "1" * 20, "9" * 500, "<b>"])
def test_what_is_no_code_is_asked_for_again(citizen, code):
    assert "code" in page(citizen.open(code)).errors


def refusals(citizen, site):
    """Return the answers to an unknown, a wrong, an erased and a withdrawn code."""
    codes = [citizen.code() for _ in range(3)]
    withdraw(citizen, codes[2])
    with site.database.unit_of_work() as session:
        number = codes[1][:9].replace(" ", "")
        assert erase_asked(session, number, actor="cli", now=site.clock())
    unknown = next(n for n in (f"{i:08d}" for i in range(100)) if is_case_number(n))
    tried = [unknown + "1" * 12, wrong(codes[0]), codes[1], codes[2]]
    return [(code, citizen.open(code)) for code in tried]


def test_unknown_wrong_erased_and_withdrawn_look_the_same(citizen, site):
    answers = refusals(citizen, site)
    assert {answer.status_code for _, answer in answers} == {422}
    shown = {answer.text.replace(code, "CODE") for code, answer in answers}
    assert len(shown) == 1


def test_an_address_gets_exactly_its_tries(citizen, app):
    code = citizen.code()

    def guess(_):
        return app.test_client(use_cookies=False).post("/nb/case", data={"code": wrong(code)})

    with ThreadPoolExecutor(8) as pool:
        found = [answer.status_code for answer in pool.map(guess, range(40))]
    assert found.count(422) == TRIES_AT_ONE_CASE
    assert found.count(429) == 40 - TRIES_AT_ONE_CASE


def test_the_holder_gets_in_from_elsewhere_whatever_others_tried(citizen, app):
    code = citizen.code()
    for _ in range(TRIES_AT_ONE_CASE + 1):
        citizen.open(wrong(code))
    assert citizen.open(code).status_code == 429
    elsewhere = app.test_client(use_cookies=False)
    headers = {"REMOTE_ADDR": "192.0.2.7"}
    answer = elsewhere.post("/nb/case", data={"code": code}, environ_base=headers)
    assert answer.status_code == 200


def test_right_codes_use_up_no_tries(citizen):
    code = citizen.code()
    for _ in range(TRIES_AT_ONE_CASE * 2):
        assert citizen.open(code).status_code == 200


def test_information_is_added_once_however_often_it_is_sent(citizen):
    form = opened(citizen, citizen.code()).form().fill(message="Jeg har fått time hos legen.")
    for _ in range(2):
        assert form.submit(citizen.client, "add").status_code == 200
    assert citizen.kinds() == ["received", "information_added"]


def test_other_words_from_the_same_page_are_added_too(citizen):
    form = opened(citizen, citizen.code()).form()
    for words in ("En", "To"):
        form.fill(message=words).submit(citizen.client, "add")
    assert citizen.kinds() == ["received", "information_added", "information_added"]


def test_what_is_being_written_survives_looking_at_something_else(citizen):
    form = opened(citizen, citizen.code()).form().fill(message="Hei", acute="no_food_today")
    contact = page(form.submit(citizen.client, "contact")).form().fill(to="uk")
    ukrainian = page(contact.submit(citizen.client, "language"), lang="uk")
    back = page(ukrainian.form().submit(citizen.client, "show")).form()
    assert (back.values["message"], back.values["acute"]) == (["Hei"], ["no_food_today"])


def test_leaving_the_way_open_keeps_ringing_a_number_we_have(citizen):
    asked = page(opened(citizen, citizen.code()).form().submit(citizen.client, "contact"))
    asked.form().fill(reach="").submit(citizen.client, "save-contact")
    assert citizen.reaching().reach == "call"


def test_a_case_that_stands_is_not_shown_as_taken_back(citizen):
    token = opened(citizen, citizen.code()).form().values["case"][0]
    data = {"case": token, "do": "language", "view": "withdrawn", "to": "en"}
    answer = citizen.client.post("/nb/case", data=data)
    assert page(answer, lang="en").heading == "Your case"


def test_nothing_written_is_asked_for(citizen):
    answer = page(opened(citizen, citizen.code()).form().submit(citizen.client, "add"))
    assert "message" in answer.errors


def test_a_case_becomes_acute_when_the_person_says_so(citizen):
    code = citizen.code({"need": "letter", "place": "0150"})
    before = citizen.cases()[0].deadline_utc
    form = opened(citizen, code).form().fill(acute="no_shelter_tonight")
    form.submit(citizen.client, "add")
    case = citizen.cases()[0]
    assert case.urgency == 0
    assert case.deadline_utc < before


def test_phone_and_times_are_corrected_and_never_shown_back(citizen):
    case_page = opened(citizen, citizen.code())
    asked = page(case_page.form().submit(citizen.client, "contact"))
    assert "40" not in asked.form().values["phone"][0]
    asked.form().fill(phone="41111111", when="morning").submit(citizen.client, "save-contact")
    assert citizen.reaching().best_time == "morning"
    assert citizen.kinds() == ["received", "contact_changed"]


def test_an_empty_number_keeps_the_old_one_and_the_other_wishes(citizen):
    code = citizen.code({**ACUTE, "interpreter": "yes", "private_room": "yes"})
    before = citizen.reaching().phone_sealed
    asked = page(opened(citizen, code).form().submit(citizen.client, "contact"))
    asked.form().submit(citizen.client, "save-contact")
    after = citizen.reaching()
    assert (after.phone_sealed, after.needs_interpreter) == (before, True)
    assert after.wants_private_room


def test_a_number_that_is_dangerous_can_be_taken_away(citizen):
    asked = page(opened(citizen, citizen.code()).form().submit(citizen.client, "contact"))
    asked.form().fill(reach="visit", forget_phone="yes").submit(citizen.client, "save-contact")
    assert (citizen.reaching().phone_sealed, citizen.reaching().phone_index) == (None, None)


def test_a_number_taken_away_can_be_replaced_at_once(citizen):
    asked = page(opened(citizen, citizen.code()).form().submit(citizen.client, "contact"))
    form = asked.form().fill(reach="call", forget_phone="yes")
    assert "phone" in page(form.submit(citizen.client, "save-contact")).errors
    form.fill(phone="41111111").submit(citizen.client, "save-contact")
    assert citizen.reaching().phone_sealed


def change(citizen, code, **typed):
    asked = page(opened(citizen, code, "en").form().submit(citizen.client, "contact"))
    return page(asked.form().fill(**typed).submit(citizen.client, "save-contact"))


def test_a_code_word_is_kept_never_shown_back_and_can_be_taken_away(citizen):
    code = citizen.code()
    change(citizen, code, code_word="  blåmeis ")
    sealed = citizen.reaching().code_word_sealed
    assert "blåmeis" not in change(citizen, code, when="morning").text
    assert citizen.reaching().code_word_sealed == sealed is not None
    change(citizen, code, forget_code_word="yes")
    assert citizen.reaching().code_word_sealed is None


def test_who_wants_texts_after_stop_is_told_how_to_get_them(citizen, site):
    code = citizen.code()
    with site.database.unit_of_work() as session:
        stop(session, "+4740000000", keyring=site.keyring, now=site.clock())
    assert "stopped" not in opened(citizen, code, "en").text
    assert "Send us the text START" in change(citizen, code, reach="sms").text
    with site.database.unit_of_work() as session:
        start(session, "+4740000000", keyring=site.keyring)
    assert "stopped" not in opened(citizen, code, "en").text


@pytest.mark.parametrize(("hour", "is_asked"), [(11, True), (22, False)])
def test_who_was_let_down_is_asked_to_ring_only_when_somebody_answers(
    citizen, clock, hour, is_asked
):
    code = citizen.code()
    clock.set(datetime(2026, 11, 24, hour, tzinfo=OSLO))
    text = opened(citizen, code, "en").text
    assert "We are sorry." in text
    assert ("Ring us now." in text) is is_asked


def test_a_wrong_new_number_is_asked_for_again(citizen):
    asked = page(opened(citizen, citizen.code()).form().submit(citizen.client, "contact"))
    answer = page(asked.form().fill(phone="12").submit(citizen.client, "save-contact"))
    assert "phone" in answer.errors


def test_the_language_of_the_case_changes_and_typed_words_stay(citizen):
    form = opened(citizen, citizen.code()).form().fill(message="Hei", to="uk")
    shown = page(form.submit(citizen.client, "language"), lang="uk")
    assert shown.form().values["message"] == ["Hei"]
    assert citizen.cases()[0].language == "uk"


def withdraw(citizen, code):
    asked = page(opened(citizen, code).form().submit(citizen.client, "withdraw"))
    return page(asked.form().submit(citizen.client, "withdraw-now"))


def test_a_request_is_taken_back_and_the_code_opens_nothing(citizen):
    code = citizen.code()
    withdraw(citizen, code)
    assert citizen.open(code).status_code == 422


def test_taking_back_can_be_undone_within_the_hour(citizen, clock):
    code = citizen.code()
    gone = withdraw(citizen, code)
    clock.advance(minutes=59)
    assert page(gone.form().submit(citizen.client, "undo")).response.status_code == 200
    assert citizen.open(code).status_code == 200


def test_after_the_hour_it_is_too_late(citizen, clock):
    code = citizen.code()
    gone = withdraw(citizen, code)
    clock.advance(minutes=61)
    assert gone.form().submit(citizen.client, "undo").status_code == 422
    assert citizen.cases()[0].status == "withdrawn"


def test_asking_first_and_saying_no_keeps_the_request(citizen):
    asked = page(opened(citizen, citizen.code()).form().submit(citizen.client, "withdraw"))
    assert page(asked.form().submit(citizen.client)).response.status_code == 200
    assert citizen.cases()[0].status == "waiting"


def test_a_page_left_open_asks_for_the_code_and_keeps_the_words(citizen, clock):
    code = citizen.code()
    form = opened(citizen, code).form().fill(message="Lang tekst")
    clock.advance(minutes=31)
    closed = page(form.submit(citizen.client, "add"))
    again = closed.form().fill(code=code)
    assert again.values["message"] == ["Lang tekst"]
    assert page(again.submit(citizen.client)).form().values["message"] == ["Lang tekst"]


def test_a_broken_promise_is_called_that(citizen, clock):
    code = citizen.code()
    clock.advance(hours=3)
    assert "We are sorry" in opened(citizen, code, "en").text


@pytest.mark.parametrize("token", ["", "x", "A" * 90])
def test_a_made_up_case_token_opens_nothing(citizen, token):
    answer = citizen.client.post("/nb/case", data={"case": token, "do": "withdraw-now"})
    assert answer.status_code == 422


def test_an_unknown_button_shows_the_case(citizen):
    token = opened(citizen, citizen.code()).form().values["case"][0]
    answer = citizen.client.post("/nb/case", data={"case": token, "do": "???"})
    assert answer.status_code == 200


def test_nothing_personal_is_on_the_case_page(citizen):
    code = citizen.code({**ACUTE, "name": "Leyla", "message": "Tomt kjøleskap"})
    text = opened(citizen, code).response.text
    assert not any(word in text for word in ("Leyla", "40000000", "Tomt", code[10:]))
