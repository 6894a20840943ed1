"""Privacy: the times told are the times kept, whom to complain to, in Arabic."""

from nav_access.core.facts import load_facts
from nav_access.feedback.rules import KEPT_AFTER_ANSWER
from nav_access.web.citizen.privacy import A_MONTH, A_YEAR, _kept


def test_the_times_told_are_those_the_clean_up_keeps(citizen):
    text = citizen.page("/en/privacy").text
    assert f"{_kept('closed') // A_MONTH} months after the office closes your case" in text
    assert f"nobody touches for {_kept('last_event') // A_YEAR} years" in text
    assert f"erase {KEPT_AFTER_ANSWER // A_MONTH} months after we have answered" in text
    assert f"erase them after {_kept('erased') // A_YEAR} years." in text


def test_it_says_who_reads_and_that_reading_is_noted(citizen):
    text = citizen.page("/en/privacy").text
    assert "We note who has read it, and when." in text
    assert "We store no cookie on your phone" in text


def test_it_says_whom_to_complain_to(citizen):
    links = citizen.page("/en/privacy").links
    assert links["Datatilsynet"] == load_facts().data_protection_authority


def test_in_arabic_and_wrong_method(citizen):
    assert citizen.page("/ar/privacy").root["dir"] == "rtl"
    assert citizen.client.post("/ar/privacy").status_code == 405
