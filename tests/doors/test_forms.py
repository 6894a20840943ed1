"""Fields are copied from blanks: nothing one person typed is in another's form."""

from concurrent.futures import ThreadPoolExecutor

import phonenumbers
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from wtforms import Field

from nav_access.web.citizen.case_forms import InformationForm
from nav_access.web.shared import forms
from nav_access.web.shared.fields import parse_phone
from nav_access.web.shared.forms import PublicForm
from nav_access.web.shared.help_form import HelpForm

TYPED = {
    "need": ["food", "money"],
    "place": "Storgata 1",
    "phone": "40000001",
    "email": "not one",
    "message": "My secret",
    "children": "yes",
    "reach": "sms",
}
STATE = ("data", "errors", "process_errors", "number")


def state_of(form: HelpForm) -> dict[str, list[object]]:
    """Return all that a form's fields hold."""
    return {field.name: [getattr(field, part, None) for part in STATE] for field in form}


def handed_in(app: Flask, **typed: object) -> HelpForm:
    """Return a form as a request with these words makes it, judged."""
    with app.test_request_context("/nb/help", method="POST", data={**TYPED, **typed}):
        form = HelpForm()
        form.validate()
        return form


def blank(app: Flask) -> HelpForm:
    with app.test_request_context("/nb/help"):
        return HelpForm()


def blank_fields() -> list[Field]:
    return [*forms._blank_forms[HelpForm]["_fields"].values()]


def test_a_blank_form_holds_nothing_of_the_one_before(app: Flask) -> None:
    before = state_of(blank(app))
    assert handed_in(app).message.data == "My secret"
    assert state_of(blank(app)) == before
    assert "My secret" not in str([vars(field) for field in blank_fields()])


def test_two_forms_share_no_field(app: Flask) -> None:
    one, other = handed_in(app), handed_in(app)
    assert not {id(field) for field in one} & {id(field) for field in other}
    one._ask(one.place, "Only here")
    assert "Only here" not in other.place.errors


def test_a_blank_field_belongs_to_no_form_that_was_handed_in(app: Flask) -> None:
    form = handed_in(app)
    assert all(vars(field)["_form"] is form for field in form)
    assert all(vars(field)["_form"] is not form for field in blank_fields())


def test_many_at_once_each_read_their_own(app: Flask) -> None:
    def words(n: int) -> tuple[object, ...]:
        form = handed_in(app, message=f"word {n}", phone=f"4000{n:04d}")
        return form.message.data, form.phone.number, form.place.errors

    with ThreadPoolExecutor(8) as people:
        read = list(people.map(words, range(400)))
    assert [one[:2] for one in read] == [(f"word {n}", f"+474000{n:04d}") for n in range(400)]


@pytest.mark.parametrize("form_class", [HelpForm, InformationForm])
def test_a_form_without_prefix_names_its_fields_as_it_reaches_them(
    app: Flask, form_class: type[PublicForm]
) -> None:
    """What templates are compiled with: `form.place` is named «place»."""
    with app.test_request_context("/nb/help"):
        form = form_class()
    assert all(getattr(form, field.name) is field for field in form)


@given(st.from_regex(r"(?!00)[0-9]{8}", fullmatch=True))
def test_eight_digits_are_what_the_library_says_of_them(digits: str) -> None:
    parsed = phonenumbers.parse(digits, "NO")
    assert phonenumbers.is_possible_number(parsed)
    form = phonenumbers.PhoneNumberFormat.E164
    assert parse_phone(digits) == phonenumbers.format_number(parsed, form)
