"""One office: open now, exceptions, holidays, appointments, doors; real data; who has no page."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from nav_access.core.clock import OSLO
from nav_access.offices.codes import OfficeStatus, OpeningKind
from nav_access.offices.models import Office, OpeningInterval, Reception
from tests.doors.citizen.conftest import Citizen
from tests.page import page
from tests.rooms.offices_data import UNITS, bring_in

EIKEVIK = "/en/offices/nav-eikevik"
WALK_IN = [
    OpeningInterval(weekday=day, kind=OpeningKind.WALK_IN, opens_minute=600, closes_minute=840)
    for day in range(5)
]


@pytest.fixture
def change(citizen: Citizen):
    """Changes Eikevik: its columns, and its doors with their hours."""

    def change(*doors: list[OpeningInterval], **columns: object) -> None:
        with citizen.database.unit_of_work() as session:
            office = session.scalars(select(Office).where(Office.slug == "nav-eikevik")).one()
            for name, value in columns.items():
                setattr(office, name, value)
            for position, openings in enumerate(doors):
                copies = [_copy(opening) for opening in openings]
                door = Reception(position=position, label=f"Dør {position}", openings=copies)
                office.receptions.append(door)

    return change


def _copy(opening: OpeningInterval) -> OpeningInterval:
    columns = ("weekday", "on_date", "kind", "opens_minute", "closes_minute", "comment")
    return OpeningInterval(**{name: getattr(opening, name) for name in columns})


def at(clock, hour: int, minute: int = 0, day: int = 23, month: int = 11) -> None:
    clock.set(datetime(2026, month, day, hour, minute, tzinfo=OSLO))


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (9, 59, "Closed now. Opens at 10:00 today."),
        (10, 0, "Open now, until 14:00."),
        (13, 59, "Open now, until 14:00."),
        (14, 0, "Closed now. Opens at 10:00 tomorrow, Tuesday 24 November."),
    ],
)
def test_open_now_ends_on_the_minute(citizen, change, clock, hour, minute, words):
    change(WALK_IN)
    at(clock, hour, minute)
    assert words in citizen.page(EIKEVIK).text


def test_today_stands_first_in_the_table(citizen, change, clock):
    change(WALK_IN)
    at(clock, 12, day=25)
    days = [cell.get_text() for cell in citizen.page(EIKEVIK).all("th")]
    assert days[0] == "Today, Wednesday"
    assert days[-1] == "Tuesday"


def test_an_unusual_day_shows_its_date_and_that_it_is_unusual(citizen, change):
    closed = OpeningInterval(on_date=date(2026, 11, 24), kind=OpeningKind.CLOSED, comment="Kurs")
    change([*WALK_IN, closed])
    row = citizen.page(EIKEVIK).all("tr")[1].get_text(" ")
    assert "Tuesday 24 November" in row
    assert "Closed" in row
    assert "Not the usual hours" in row
    assert "Kurs" in row


def test_a_public_holiday_is_closed_and_named(citizen, change, clock):
    change(WALK_IN)
    at(clock, 11, day=25, month=12)
    found = citizen.page(EIKEVIK)
    assert "Closed now. Opens at 10:00 on Monday 28 December." in found.text
    assert "Public holiday" in found.all("tr")[0].get_text()
    assert found.all("tr")[0].select_one("[lang=nb]").get_text() == "1. juledag"


def test_an_appointment_is_no_open_door(citizen, change):
    only = OpeningInterval(weekday=0, kind=OpeningKind.APPOINTMENT_ONLY, comment="Timeavtale 9-15")
    change([only])
    found = citizen.page(EIKEVIK)
    assert "Only with an appointment" in found.all(".big")[0].get_text()
    assert found.one("[lang=nb][dir=ltr]:-soup-contains('Timeavtale 9-15')")


def test_without_hours_nothing_is_claimed(citizen):
    found = citizen.page(EIKEVIK)
    assert "We do not know the opening hours. Ring before you go." in found.text
    assert not found.all("table")


def test_each_door_has_its_own_hours(citizen, change):
    change(WALK_IN, [OpeningInterval(weekday=0, kind=OpeningKind.CLOSED)])
    found = citizen.page(EIKEVIK)
    assert [door.get_text() for door in found.all("h3")] == ["Dør 0", "Dør 1"]
    assert len(found.all("table")) == 2


def test_restricted_hours_give_the_reason_and_the_other_way_in(citizen, change):
    change(WALK_IN, restricted_reason="Vi bygger om.", other_way_in="Ring på.\nNoen svarer.")
    found = citizen.page(EIKEVIK)
    said = {title.get_text(): title.find_next("p").get_text(" ") for title in found.all(".box h2")}
    assert said["Why the office is seldom open"] == "Vi bygger om."
    assert said["Other ways to get help"] == "Ring på. Noen svarer."


def test_free_text_is_shown_and_never_run(citizen, change):
    change(information="<b>Hei</b> {NAV: https://www.nav.no/} {x: javascript:alert(1)}")
    found = citizen.page(EIKEVIK)
    assert found.links["NAV"] == "https://www.nav.no/"
    assert "<b>Hei</b>" in found.text
    assert "{x: javascript:alert(1)}" in found.text


def test_known_services_are_words_and_unknown_ones_are_softened(citizen, change):
    change(services=("KOMMUNAL_BOLIG", "NOE_HELT_NYTT"), languages=("ar", "xx"))
    text = citizen.page(EIKEVIK).text
    assert "Municipal housing" in text
    assert "Noe helt nytt" in text
    assert "Arabic" in text


def test_asking_here_goes_to_this_office(citizen):
    form = page(citizen.page(EIKEVIK).follow(citizen.client, "Ask for help here"))
    assert form.one("input[name=office]")["value"] == "nav-eikevik"


def test_a_made_up_office_says_so(citizen, change):
    change(is_sample=True)
    assert "This is a sample." in citizen.page(EIKEVIK).text


def test_what_we_have_not_heard_of_lately_is_not_trusted(citizen, change):
    change(missing_since=date(2026, 11, 2))
    assert "no news of this office since Monday 2 November" in citizen.page(EIKEVIK).text


def test_an_office_that_is_closed_for_good_has_no_page(citizen, change):
    change(status=OfficeStatus.CLOSED)
    assert citizen.client.get(EIKEVIK).status_code == 404


@pytest.mark.parametrize(
    "slug", ["nope", "contact-centre", "NAV-Eikevik", "a" * 121, "%00", "a%2Fb"]
)
def test_an_unknown_office_has_no_page(citizen, slug):
    answer = citizen.client.get(f"/nb/offices/{slug}")
    assert answer.status_code == 404
    assert page(answer).phone_numbers


def test_wrong_method(citizen):
    answer = citizen.client.post(EIKEVIK)
    assert answer.status_code == 405
    assert page(answer).links


def test_in_arabic(citizen, change):
    change(WALK_IN, information="Velkommen")
    found = citizen.page("/ar/offices/nav-eikevik")
    assert found.root["dir"] == "rtl"
    assert found.one("p:-soup-contains('Velkommen')")["dir"] == "ltr"


@pytest.mark.parametrize("lang", ["nb", "ar"])
def test_every_real_office_has_a_page_without_internal_text(citizen, lang):
    bring_in(citizen.database, UNITS)
    with citizen.database.read_session() as session:
        slugs = list(session.scalars(select(Office.slug).where(Office.source == "norg2")))
    assert len(slugs) == 37
    answers = [citizen.client.get(f"/{lang}/offices/{slug}") for slug in slugs]
    public = [page(answer) for answer in answers if answer.status_code == 200]
    assert len(public) == 30
    assert {answer.status_code for answer in answers} == {200, 404}
    assert not any("SKAL-IKKE-VISES" in answer.text for answer in answers)
