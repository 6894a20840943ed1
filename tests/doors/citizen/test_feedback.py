"""Telling us that something does not work: taken once, sealed, answered for."""

import pytest
from sqlalchemy import select, text

from nav_access.core.db import DatabaseUnavailable
from nav_access.feedback import service
from nav_access.feedback.models import Feedback
from nav_access.feedback.sealing import open_said
from tests.page import page

SAID = {"what": "Knappen «Send» er borte.", "page": "/nb/help", "email": "kari@example.org"}


@pytest.fixture
def told(citizen, keyring):
    """What has been stored, opened."""

    def read():
        with citizen.database.read_session() as session:
            rows = session.scalars(select(Feedback).order_by(Feedback.id)).all()
            return [open_said(keyring, row.once, row.said_sealed) for row in rows]

    return read


def form(citizen, lang="nb", query=""):
    return citizen.page(f"/{lang}/feedback{query}").form()


def test_what_was_written_is_stored_and_answered_with_a_day(citizen, told):
    taken = page(form(citizen, "en").fill(**SAID).submit(citizen.client))
    assert "7 December" in taken.text
    assert [(one.text, one.page, one.email) for one in told()] == [tuple(SAID.values())]


def test_without_an_address_no_answer_is_promised(citizen, told):
    taken = page(form(citizen, "en").fill(what="Liten skrift").submit(citizen.client))
    assert "December" not in taken.text
    assert not told()[0].wants_answer


def test_nothing_of_it_can_be_read_in_the_database(citizen):
    form(citizen).fill(**SAID, phone="40 00 00 00").submit(citizen.client)
    with citizen.database.read_session() as session:
        stored = str(session.execute(text("SELECT * FROM feedback")).all())
    assert not [one for one in ("Send", "help", "kari", "4000") if one in stored]


def test_the_page_a_link_names_is_filled_in(citizen):
    found = form(citizen, query="?page=/nb/case%3Cx%3E")
    assert found.values["page"] == ["/nb/case<x>"]


def test_an_error_page_leads_here_with_its_own_address(citizen):
    lost = page(citizen.client.get("/nb/nothing here"))
    assert lost.links["Si fra når noe ikke virker"] == "/nb/feedback?page=/nb/nothing%20here"
    found = lost.follow(citizen.client, "Si fra når noe ikke virker")
    assert page(found).form().values["page"] == ["/nb/nothing here"]


@pytest.mark.parametrize("path", ["/desk/x", "/xx/nothing", "/sms/x"])
def test_error_pages_of_others_do_not_lead_here(citizen, path):
    assert "feedback" not in citizen.client.get(path).get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({}, "what"),
        ({"what": "x" * 2001}, "what"),
        ({"what": "x", "email": "kari"}, "email"),
        ({"what": "x", "phone": "12"}, "phone"),
        ({"what": "x", "page": "x" * 201}, "page"),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(citizen, told, typed, asked):
    answer = form(citizen).fill(**typed).submit(citizen.client)
    assert (answer.status_code, list(page(answer).errors), told()) == (422, [asked], [])
    kept = page(answer).form().values
    assert {name: kept[name] for name in typed} == {name: [value] for name, value in typed.items()}


def test_what_fills_in_the_hidden_field_is_not_taken(citizen, told):
    answer = form(citizen).fill(**SAID, website="http://x").submit(citizen.client)
    assert (answer.status_code, told()) == (422, [])


def test_the_same_form_sent_again_is_one_and_says_the_same(citizen, told):
    filled = form(citizen).fill(**SAID)
    answers = {filled.submit(citizen.client).get_data() for _ in range(3)}
    assert (len(answers), len(told())) == (1, 1)


def test_other_words_from_the_same_form_are_another(citizen, told):
    filled = form(citizen).fill(**SAID)
    filled.submit(citizen.client)
    filled.fill(what="Og tallene er små.").submit(citizen.client)
    assert len(told()) == 2


def test_a_flood_is_stopped_and_what_was_written_stays_on_the_page(citizen, told):
    for n in range(service.MOST_AN_HOUR):
        form(citizen).fill(what=f"Feil {n}").submit(citizen.client)
    answer = form(citizen).fill(what="En til").submit(citizen.client)
    assert (answer.status_code, len(told())) == (429, service.MOST_AN_HOUR)
    assert page(answer).form().values["what"] == ["En til"]


def test_what_cannot_be_stored_stays_on_the_page(citizen, monkeypatch):
    filled = form(citizen).fill(**SAID)

    def away(*_, **__):
        raise DatabaseUnavailable

    monkeypatch.setattr(service, "receive", away)
    answer = filled.submit(citizen.client)
    assert answer.status_code == 503
    assert page(answer).form().values["what"] == [SAID["what"]]


def test_the_language_changes_and_what_was_typed_stays(citizen, told):
    filled = form(citizen).fill(**SAID, to="ar")
    turned = page(filled.submit(citizen.client, "language"), lang="ar")
    assert turned.form().values["what"] == [SAID["what"]]
    turned.form().submit(citizen.client)
    assert len(told()) == 1


def test_a_form_without_a_token_is_not_taken(citizen, told):
    answer = citizen.client.post("/nb/feedback", data=SAID)
    assert (answer.status_code, told()) == (422, [])


def test_no_cookie_is_set_and_a_page_with_words_is_not_kept(citizen):
    answer = form(citizen).fill(**SAID).submit(citizen.client)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    asked = citizen.client.get("/nb/feedback?page=/nb/help")
    assert asked.headers["Cache-Control"] == "no-store"
