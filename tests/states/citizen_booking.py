"""The citizens' pages about times: to choose one, to have booked it, to move or give it up."""

from itertools import count

from werkzeug.test import TestResponse

from tests.page import Form, Page, attribute
from tests.pages import Visit, page_state

OFFICE = "nav-eksempel-grunerhaven"

_people, _looks = count(1), count(1)


def times(visit: Visit, path: str) -> Page:
    """Read the list of times of an office that publishes them, as it is now."""
    return visit.page(f"{path}?office={OFFICE}&look={next(_looks)}")


def fill(visit: Visit, path: str) -> Form:
    """Choose a time for somebody who comes from an address of their own."""
    person = next(_people)
    visit.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{person % 250 + 1}"
    shown = times(visit, path)
    offered = [attribute(one, "value") for one in shown.all("input[name=slot]")]
    slot = next((one for one in offered if one.isdecimal()), offered[0])
    return shown.form().fill(slot=slot, phone=f"90 00 {person:04}")


def send(visit: Visit, form: Form) -> TestResponse:
    """Press the main button."""
    button = form.tag.select_one("button:not([name])")
    assert button is not None
    return form.submit(visit.client, " ".join(button.get_text(" ").split()))


def booked(visit: Visit, path: str) -> Page:
    """Book a time and read the receipt."""
    return Page.read(send(visit, fill(visit, path)))


def own_case(visit: Visit, path: str) -> Page:
    """Go from the receipt to the case."""
    form = booked(visit, path).form('form[action$="/case"]')
    return Page.read(form.submit(visit.client, "show"))


@page_state("callback, where")
def callback_where(visit: Visit) -> TestResponse:
    return visit.get("callback")


@page_state("callback, several offices")
def callback_several(visit: Visit) -> TestResponse:
    return visit.get("callback?place=Oslo")


@page_state("callback, place unknown")
def callback_unknown(visit: Visit) -> TestResponse:
    return visit.get("callback?place=Ingensteds")


@page_state("callback, times")
def callback_times(visit: Visit) -> TestResponse:
    return visit.get(f"callback?office={OFFICE}")


@page_state("callback, sent empty")
def callback_empty(visit: Visit) -> TestResponse:
    return send(visit, times(visit, "callback").form())


@page_state("callback, booked")
def callback_booked(visit: Visit) -> TestResponse:
    return booked(visit, "callback").response


@page_state("appointment, times")
def appointment_times(visit: Visit) -> TestResponse:
    return visit.get(f"appointment?office={OFFICE}")


@page_state("appointment, sent empty")
def appointment_empty(visit: Visit) -> TestResponse:
    return send(visit, times(visit, "appointment").form())


@page_state("appointment, office without times")
def appointment_none(visit: Visit) -> TestResponse:
    return visit.get("appointment?office=nav-eksempel-modalsfossen")


@page_state("appointment, booked")
def appointment_booked(visit: Visit) -> TestResponse:
    return booked(visit, "appointment").response


@page_state("case, with a time")
def case_with_time(visit: Visit) -> TestResponse:
    return own_case(visit, "appointment").response


@page_state("case, move the time")
def case_move(visit: Visit) -> TestResponse:
    return own_case(visit, "callback").form("form.box").submit(visit.client, "move")


@page_state("case, cannot make it")
def case_cannot(visit: Visit) -> TestResponse:
    return own_case(visit, "appointment").form("form.box").submit(visit.client, "cannot")


@page_state("case, time cancelled")
def case_cancelled(visit: Visit) -> TestResponse:
    asked = Page.read(case_cannot(visit))
    return asked.form().submit(visit.client, "prevented")
