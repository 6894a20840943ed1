"""The accessibility statement: what was tested, what is not good enough, whom to tell."""

from dataclasses import replace
from datetime import date

import pytest

from nav_access.core.facts import load_facts
from nav_access.core.tested import CheckedWith, Record, UsedWith
from nav_access.web.citizen.accessibility import FAULTS, list_faults

RECORD = Record(
    tested=date(2026, 11, 23),
    review=date(2027, 5, 23),
    fingerprint="",
    tools=(CheckedWith("axe-core", "4.11", ("nb", "ar"), 1312, 0),),
    clients=(UsedWith("Lynx", "2.9.0", ("nb", "ti"), 8, 8),),
)


@pytest.fixture
def show(citizen, monkeypatch):
    """Shows the statement for a record."""

    def read(record=RECORD, lang="en"):
        monkeypatch.setattr("nav_access.web.citizen.accessibility.load_record", lambda: record)
        return citizen.page(f"/{lang}/accessibility")

    return read


def test_it_says_when_and_with_what(show):
    text = show().text
    assert "Last tested on Monday 23 November. We test again before Sunday 23 May 2027." in text
    assert "axe-core 4.11 . Pages: 1,312. Faults: 0. Languages: 2." in text
    assert "Lynx 2.9.0 . Tried: 8. Finished: 8. Languages: 2." in text


def test_it_says_what_is_not_good_enough(citizen):
    text = citizen.page("/en/accessibility").text
    assert "People with disabilities have not tested the pages yet." in text
    assert "A machine wrote these words." in text


@pytest.mark.parametrize(
    ("record", "is_told"),
    [
        (RECORD, False),
        (replace(RECORD, tools=(replace(RECORD.tools[0], findings=1),)), True),
        (replace(RECORD, clients=(replace(RECORD.clients[0], finished=7),)), True),
    ],
)
def test_what_did_not_work_is_told(show, record, is_told):
    assert ("found" in list_faults(record)) is is_told
    assert (FAULTS["found"] in show(record).text) is is_told


@pytest.mark.parametrize("lang", ["uk", "ti"])
def test_a_long_record_is_within_its_bytes(show, lang):
    names = [f"HTML_CodeSniffer {chr(code) * 3}" for code in range(65, 77)]
    tools = tuple(replace(RECORD.tools[0], name=name, pages=9000 + len(name)) for name in names)
    clients = tuple(replace(RECORD.clients[0], name=name) for name in names)
    show(replace(RECORD, tools=tools, clients=clients), lang)


def test_every_known_fault_has_words():
    assert {*load_facts().accessibility.faults, "found"} == set(FAULTS)


def test_a_record_of_nothing_claims_nothing(show):
    text = show(replace(RECORD, tools=(), clients=())).text
    assert "With these" not in text


def test_it_says_the_law_and_who_sees_to_it(citizen):
    found = citizen.page("/en/accessibility")
    assert load_facts().accessibility.reference in found.text
    address = found.links["Tilsynet for universell utforming av ikt"]
    assert address == load_facts().accessibility.authority


def test_there_is_a_form_and_a_number_to_tell_us_at(citizen):
    found = citizen.page("/en/accessibility")
    assert "+4755553333" in found.phone_numbers
    assert found.follow(citizen.client, "Write to us").request.path == "/en/feedback"
    assert "we answer within 14 days" in found.text


def test_in_arabic_and_wrong_method(citizen):
    assert citizen.page("/ar/accessibility").root["dir"] == "rtl"
    assert citizen.client.post("/ar/accessibility").status_code == 405
