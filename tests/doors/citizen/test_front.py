"""The front page: the number, the three needs, the offices, one's own case; closed; in Arabic."""

from datetime import datetime

import pytest

from nav_access.core.clock import OSLO
from tests.page import page


def test_the_number_the_needs_the_case_and_the_offices_are_there(citizen):
    found = citizen.page("/en/")
    assert found.links["Food"] == "/en/help?need=food"
    assert found.links["Electricity"] == "/en/help?need=electricity"
    assert found.links["Somewhere to live or sleep"] == "/en/help?need=housing"
    assert found.links["Follow your case"] == "/en/case"
    assert found.links["All numbers to ring"] == "/en/duty"
    assert found.phone_numbers[0] == "+4755553333"


def test_it_says_whether_somebody_answers(citizen, clock):
    assert "Somebody answers now." in citizen.page("/en/").text
    clock.set(datetime(2026, 11, 28, 20, 0, tzinfo=OSLO))
    found = citizen.page("/en/")
    assert "Nobody answers now. Ring from 09:00 on Monday 30 November." in found.text
    assert {"112", "113", "116117"} <= {*found.phone_numbers}


def test_an_office_can_be_searched_from_it(citizen):
    form = citizen.page("/en/").form("main form")
    assert "Nav Eikevik" in page(form.fill(q="0150").submit(citizen.client)).links


@pytest.mark.parametrize(("asked", "lang"), [("ar,en;q=0.5", "ar"), ("", "nb"), ("zz", "en")])
def test_without_a_language_it_is_in_the_browsers(citizen, asked, lang):
    found = page(citizen.client.get("/", headers={"Accept-Language": asked}), lang=lang)
    assert found.lang == lang


def test_wrong_method(citizen):
    answer = citizen.client.post("/ar/")
    assert answer.status_code == 405
    assert page(answer).root["dir"] == "rtl"
