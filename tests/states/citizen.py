"""The citizens' pages, in every state one can come to."""

from werkzeug.test import TestResponse

from tests.page import Form, Page, text_of
from tests.pages import Visit, page_state

PHONE = "+47 900 00 000"


def fill_help(visit: Visit) -> Form:
    """Fill in what someone without food today would."""
    form = visit.page("help").form()
    return form.fill(acute="no_food_today", need="food", place="0150", phone=PHONE, reach="call")


def receipt(visit: Visit) -> Page:
    """Send such a request and read the receipt."""
    return Page.read(fill_help(visit).submit(visit.client))


def case_code(shown: Page) -> str:
    """Return the case code a receipt shows."""
    return text_of(shown.one("#code"))


def open_case(visit: Visit) -> TestResponse:
    """Send a request and go to its case with the code."""
    code = case_code(receipt(visit))
    return visit.page("case").form().fill(code=code).submit(visit.client)


@page_state("front")
def front(visit: Visit) -> TestResponse:
    return visit.get()


@page_state("help, blank")
def help_blank(visit: Visit) -> TestResponse:
    return visit.get("help")


@page_state("paper form")
def paper_form(visit: Visit) -> TestResponse:
    return visit.get("print")


@page_state("paper form, large")
def paper_form_large(visit: Visit) -> TestResponse:
    return visit.get("print?size=large")


@page_state("help, need chosen")
def help_chosen(visit: Visit) -> TestResponse:
    return visit.get("help?need=food")


@page_state("help, sent empty")
def help_empty(visit: Visit) -> TestResponse:
    return visit.page("help").form().submit(visit.client)


@page_state("help, phone cannot be read")
def help_bad_phone(visit: Visit) -> TestResponse:
    return fill_help(visit).fill(phone="12").submit(visit.client)


@page_state("help, receipt")
def help_receipt(visit: Visit) -> TestResponse:
    return fill_help(visit).submit(visit.client)


@page_state("help, place unknown")
def help_unknown_place(visit: Visit) -> TestResponse:
    return fill_help(visit).fill(place="Ingensteds").submit(visit.client)


@page_state("feedback, blank")
def feedback_blank(visit: Visit) -> TestResponse:
    return visit.get("feedback")


@page_state("feedback, sent empty")
def feedback_empty(visit: Visit) -> TestResponse:
    return visit.page("feedback?page=/nb/help").form().submit(visit.client)


@page_state("feedback, sent")
def feedback_sent(visit: Visit) -> TestResponse:
    said = {"what": "Knappen er borte.", "page": "/nb/help", "email": "kari@example.org"}
    return visit.page("feedback").form().fill(**said).submit(visit.client)


@page_state("leaving quickly, what it does")
def leaving(visit: Visit) -> TestResponse:
    return visit.get("leave/about")


@page_state("case, code asked for")
def case_entry(visit: Visit) -> TestResponse:
    return visit.get("case")


@page_state("case, code wrong")
def case_wrong(visit: Visit) -> TestResponse:
    return visit.page("case").form().fill(code="1234 5678").submit(visit.client)


@page_state("case, just sent")
def case_shown(visit: Visit) -> TestResponse:
    return open_case(visit)


@page_state("not found")
def not_found(visit: Visit) -> TestResponse:
    return visit.get("nowhere")
