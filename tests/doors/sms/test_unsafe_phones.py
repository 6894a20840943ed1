"""A phone others may hold: whoever texts from it learns nothing of who we are."""

from dataclasses import replace

import pytest

from nav_access.core.facts import load_facts
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from tests.desk_factory import FOOD
from tests.doors.sms.conftest import PHONE, Phone


def ask_by_page(phone: Phone, *, may_say_who: bool) -> None:
    """Let the person ask for help on the site, to be texted at this phone."""
    wishes = ContactWishes(Reach.SMS, PHONE, may_say_who=may_say_who)
    phone.desk.receive(replace(FOOD, wishes=wishes))
    phone.answer()


@pytest.mark.parametrize("text", ["Hvem er dette?", "STOP", "HELP", "START"])
@pytest.mark.parametrize("may_say_who", [True, False])
def test_our_number_is_only_for_those_who_may_be_told(
    phone: Phone, text: str, may_say_who: bool
) -> None:
    ask_by_page(phone, may_say_who=may_say_who)
    said = phone.text(text)
    assert (load_facts().service_phone.shown.replace("\u00a0", " ") in said) == may_say_who


def test_who_may_not_be_told_gets_the_promise_all_the_same(phone: Phone) -> None:
    ask_by_page(phone, may_say_who=False)
    assert phone.text("Er det noen der?") == phone.texts[0] != ""


@pytest.mark.parametrize(
    "stamp", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9" * 5000, "²"]
)
def test_a_time_stamp_from_nowhere_costs_no_text(phone: Phone, stamp: str) -> None:
    assert phone.deliver("mat i dag", ts=stamp).status_code == 200
