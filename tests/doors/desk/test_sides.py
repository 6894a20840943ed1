"""The two sides of a case as a page: handing over, answering, a colleague who acts too."""

import pytest

from nav_access.intake import handling
from nav_access.intake.clocks import run_clocks
from nav_access.intake.codes import EventKind, Need
from nav_access.intake.sides import service
from nav_access.intake.sides.codes import OfferReason, OfferState
from nav_access.staff.codes import Side, StaffRole
from nav_access.staff.models import Membership
from nav_access.web.desk.sides import ACTS
from nav_access.web.desk.sides_forms import StatusForm
from tests.page import page
from tests.sides_desk import SidesDesk

NEEDS = frozenset({Need.FOOD, Need.MONEY})


@pytest.fixture
def number(desk):
    return desk.receive(needs=NEEDS).number


@pytest.fixture
def address(number):
    return f"/desk/cases/{number}/sides"


@pytest.fixture
def sides(desk, number):
    """The room's own acts on the case of the page."""
    acts = SidesDesk.__new__(SidesDesk)
    acts.__dict__.update(
        desk.__dict__, number=number, lise=desk.anne, mona=desk.anne, other_slug="nav-granvik"
    )
    return acts


@pytest.fixture
def on_side(desk):
    """Makes browsers of people who work on one side of the office."""

    def sign_in(name, side):
        browser = desk.at_work(name)
        with desk.database.unit_of_work() as session:
            found = session.query(Membership).filter_by(staff_id=browser.who.staff_id)
            found.update({"side": side})
        return browser

    return sign_in


def form(shown, act):
    return shown.form(f'form:has(input[name="do"][value="{act}"])')


def offer_food(browser, address, to="state", **typed):
    filled = form(page(browser.get(address)), "offer")
    wanted = {"needs": "food", "to_side": to, "offer_reason": "together"} | typed
    return filled.fill(**wanted).submit(browser)


def test_the_page_says_who_has_what(browser, address):
    shown = page(browser.get(address), lang="en")
    assert "Food : The municipal side. Nobody works on it yet." in shown.text
    assert "Other money : Both sides." in shown.text


def test_a_need_goes_to_the_other_side_when_it_is_taken_over(on_side, sides, address):
    mona, stein = on_side("Mona", Side.MUNICIPAL), on_side("Stein", Side.STATE)
    assert offer_food(mona, address, offer_text="Haster.").status_code == 303
    shown = page(mona.get(address))
    assert "Haster." in shown.text
    assert not shown.all('[value="accept"]')
    assert form(page(stein.get(address)), "accept").submit(stein).status_code == 303
    assert "Food : The state side." in page(mona.get(address)).text
    assert sides.offers(OfferState.ACCEPTED)


def test_giving_back_asks_why_and_leads_to_what_is_left(on_side, address):
    mona, stein = on_side("Mona", Side.MUNICIPAL), on_side("Stein", Side.STATE)
    offer_food(mona, address)
    link = page(stein.get(address)).all('a[href*="?offer="]')[0]["href"]
    asked = form(page(stein.get(link)), "give-back")
    assert set(page(asked.submit(stein), lang="en").errors) == {"return_reason"}
    sent = asked.fill(return_reason="not_our_service", return_text="Ikke vår.").submit(stein)
    assert (sent.status_code, sent.location) == (303, "/desk/offers")
    shown = page(mona.get(address)).text
    assert "We do not decide about this" in shown
    assert "Ikke vår." in shown


def test_what_is_offered_stands_on_the_others_list_until_answered(on_side, number, address):
    mona, stein = on_side("Mona", Side.MUNICIPAL), on_side("Stein", Side.STATE)
    offer_food(mona, address)
    assert number in page(stein.get("/desk/offers"), lang="en").text
    assert number not in page(mona.get("/desk/offers")).text
    form(page(mona.get(address)), "take-back").submit(mona)
    assert "Nothing is offered to you now." in page(stein.get("/desk/offers")).text


def test_the_timeline_tells_of_it_in_words(on_side, number, address):
    mona = on_side("Mona", Side.MUNICIPAL)
    offer_food(mona, address)
    shown = page(mona.get(f"/desk/cases/{number}"))
    newest = shown.one(".timeline li:first-child").get_text()
    assert "Mona offered this to the state side: Food." in newest
    assert "Both are needed to help" in newest


def test_how_far_the_work_is(browser, address):
    asked = form(page(browser.get(address)), "status")
    assert asked.fill(status_food="working").submit(browser).status_code == 303
    assert "Food : The municipal side. Somebody works on it." in page(browser.get(address)).text


def test_every_need_has_a_field(app):
    with app.test_request_context("/desk/"):
        app.preprocess_request()
        assert {f"status_{need}" for need in Need} <= set(StatusForm(formdata=None)._fields)


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("offer", {"needs", "to_side", "offer_reason"}),
        ("offer-office", {"place", "office_reason"}),
    ],
)
def test_what_is_missing_is_asked_for(browser, sides, address, act, fields):
    sent = form(page(browser.get(address)), act).submit(browser)
    assert sent.status_code == 422
    assert set(page(sent, lang="en").errors) == fields
    assert sides.kinds() == ["received"]


def test_another_office_is_found_by_name_and_then_chosen(desk, browser, sides, address):
    asked = form(page(browser.get(address)), "offer-office")
    filled = asked.fill(place="granvik", office_reason="known_there", office_text="Kjent der.")
    shown = page(filled.submit(browser), lang="en")
    assert set(shown.errors) == {"office"}
    chosen = form(shown, "offer-office").fill(office="nav-granvik")
    assert chosen.submit(browser).status_code == 303
    assert [one.to_office_id for one in sides.offers(OfferState.OPEN)] == [desk.other_id]


def test_no_other_office_is_no_dead_end(browser, address):
    asked = form(page(browser.get(address)), "offer-office")
    sent = asked.fill(place="qqqq", office_reason="known_there").submit(browser)
    assert set(page(sent, lang="en").errors) == {"place"}


def test_the_receiving_office_reads_and_takes_over(desk, sides, number, address):
    siv = desk.at_work("Siri", desk.other_id)
    assert siv.get(address).status_code == 404
    reason = OfferReason.LIVES_ELSEWHERE
    sides.act(service.offer_case, desk.anne, "nav-granvik", reason, "Har flyttet.")
    read = page(siv.get(f"/desk/cases/{number}"), lang="en")
    assert "91 23 45 67" not in read.text
    assert not read.all('button:not([class="second small"])')
    form(page(siv.get(address)), "accept").submit(siv)
    assert "91 23 45 67" in page(siv.get(f"/desk/cases/{number}")).text


def test_who_only_decides_on_it_gets_no_other_page_of_it(desk, sides, number):
    siv = desk.at_work("Siri", desk.other_id)
    reason = OfferReason.LIVES_ELSEWHERE
    sides.act(service.offer_case, desk.anne, "nav-granvik", reason, None)
    for path in ("call", "booking", "plan"):
        assert siv.get(f"/desk/cases/{number}/{path}").status_code == 404


def test_after_giving_back_the_case_is_not_there_any_more(desk, sides, number, address):
    siv = desk.at_work("Siri", desk.other_id)
    sides.act(service.offer_case, desk.anne, "nav-granvik", OfferReason.CONFLICT, None)
    link = page(siv.get(address)).all('a[href*="?offer="]')[0]["href"]
    filled = form(page(siv.get(link)), "give-back").fill(return_reason="stays_elsewhere")
    assert filled.submit(siv).location == "/desk/offers"
    assert siv.get(address).status_code == siv.get(f"/desk/cases/{number}").status_code == 404


PLAN_ACTS = ("add", "change", "done", "open", "remove")


def test_to_a_stranger_no_act_on_a_case_exists_and_none_is_done(desk, sides, number):
    siv, offer = desk.at_work("Siri", desk.other_id), sides.offer()
    plan, before = f"/desk/cases/{number}/plan", sides.kinds()
    own = desk.receive(office="nav-granvik").number
    token = form(page(siv.get(f"/desk/cases/{own}/sides")), "offer").values["token"][0]
    typed = {"needs": "food", "to_side": "state", "offer_reason": "together", "place": "eikevik"}
    typed |= {"office": "nav-granvik", "office_reason": "conflict", "side": "both", "words": "x"}
    typed |= {"return_reason": "not_our_service", "offer": str(offer), "step": "1", "seen": "2"}
    for path, act in [(plan[:-4] + "sides", act) for act in ACTS] + [(plan, a) for a in PLAN_ACTS]:
        sent = siv.post(path, data={**typed, "do": act, "token": token})
        assert sent.status_code == 404, (path, act)
    assert sides.kinds() == before


def test_a_colleague_who_was_faster_is_shown(on_side, sides, address):
    mona, stein = on_side("Mona", Side.MUNICIPAL), on_side("Stein", Side.STATE)
    offer_food(mona, address)
    accept = form(page(stein.get(address)), "accept")
    form(page(mona.get(address)), "take-back").submit(mona)
    sent = accept.submit(stein)
    assert sent.status_code == 409
    assert "Mona took an offer back." in page(sent, lang="en").text
    assert EventKind.HANDOVER_ACCEPTED not in sides.kinds()


def test_what_is_typed_stays_when_somebody_acted_meanwhile(desk, browser, sides, address):
    filled = form(page(browser.get(address)), "offer").fill(
        needs="food", to_side="state", offer_reason="together", offer_text="Haster veldig."
    )
    sides.act(handling.claim, desk.anne)
    shown = page(filled.submit(browser), lang="en")
    assert "Haster veldig." in shown.text
    assert form(shown, "offer").submit(browser).status_code == 303


def test_managers_see_what_nobody_has_answered(desk, on_side, number, address, clock):
    offer_food(on_side("Mona", Side.MUNICIPAL), address)
    clock.advance(hours=5)
    run_clocks(desk.database, desk.keyring, now=clock())
    lise = desk.at_work("Lise")
    assert not page(lise.get("/desk/tasks")).all("#unanswered")
    with desk.database.unit_of_work() as session:
        found = session.query(Membership).filter_by(staff_id=lise.who.staff_id)
        found.update({"role": StaffRole.MANAGER})
    assert number in page(lise.get("/desk/tasks"), lang="en").one("#unanswered + ul").get_text()
