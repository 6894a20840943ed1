"""The two sides, hand-overs, kept notes and plans, as the desk and the person see them."""

from dataclasses import replace
from datetime import date
from itertools import count

from werkzeug.test import TestResponse

from nav_access.intake import handling
from nav_access.intake.sides import plan, service
from nav_access.intake.sides.codes import (
    CommonStep,
    KeepReason,
    KeptFor,
    OfferReason,
    ReturnReason,
)
from nav_access.intake.sides.plan import StepWish
from nav_access.staff.codes import Side
from nav_access.web.shared.installation import installation
from tests.page import Page
from tests.pages import Visit, page_state
from tests.sides_desk import SidesDesk
from tests.states.desk import DESK, AtDesk

_counter = count(1)


def begin(visit: Visit) -> tuple[AtDesk, SidesDesk]:
    """Sign somebody in who works on both sides of an office of two sides with a case."""
    at = AtDesk.begin(visit)
    desk = SidesDesk.__new__(SidesDesk)
    desk.__dict__.update(at.desk.__dict__)
    desk.number = at.number
    desk.mona, desk.stein = (
        replace(who, sides={desk.office_id: side})
        for who, side in ((at.desk.anne, Side.MUNICIPAL), (at.desk.bo, Side.STATE))
    )
    desk.lise = replace(at.who, managed_office_ids=frozenset({desk.office_id}))
    desk.other_slug = desk.slug.replace("eikevik", "granvik")
    return at, desk


def fill_plan(desk: SidesDesk) -> None:
    """Put one step of each kind in the plan."""
    own = "Vi snakker med utleieren din, og du ringer oss når brevet er kommet."
    for wish in (
        StepWish(Side.MUNICIPAL, CommonStep.SHELTER, on_date=date(2026, 11, 27)),
        StepWish(Side.STATE, words=own, language="nb"),
        StepWish(Side.BOTH, CommonStep.RING),
    ):
        desk.act(plan.add_step, desk.mona, wish)


@page_state("desk, two sides", **DESK)
def sides(visit: Visit) -> TestResponse:
    at, _ = begin(visit)
    return at.get(f"cases/{at.number}/sides")


@page_state("desk, two sides, offers and their answers", **DESK)
def sides_with_offers(visit: Visit) -> TestResponse:
    at, desk = begin(visit)
    offer = desk.offer()
    desk.act(service.give_back, desk.stein, offer, ReturnReason.TOO_LITTLE_KNOWN, "Hvilket bygg?")
    offer = desk.offer()
    desk.offer_whole()
    return at.get(f"cases/{at.number}/sides?offer={offer}")


@page_state("desk, two sides, sent empty", **DESK)
def sides_empty(visit: Visit) -> TestResponse:
    at, _ = begin(visit)
    shown = Page.read(at.get(f"cases/{at.number}/sides"))
    return shown.form('form:has([value="offer"])').submit(visit.client)


@page_state("desk, two sides, which office", **DESK)
def sides_office(visit: Visit) -> TestResponse:
    at, desk = begin(visit)
    shown = Page.read(at.get(f"cases/{at.number}/sides"))
    filled = shown.form('form:has([value="offer-office"])').fill(
        place=desk.other_slug.replace("-", " "), office_reason="known_there"
    )
    return filled.submit(visit.client)


@page_state("desk, two sides, somebody answered first", **DESK)
def sides_collision(visit: Visit) -> TestResponse:
    at, desk = begin(visit)
    offer = desk.offer()
    shown = Page.read(at.get(f"cases/{at.number}/sides"))
    desk.act(service.accept, desk.stein, offer)
    return shown.form('form:has([value="accept"])').submit(visit.client)


@page_state("desk, offers", **DESK)
def offers(visit: Visit) -> TestResponse:
    at, desk = begin(visit)
    desk.offer()
    return at.get("offers")


@page_state("desk, offers, none", **DESK)
def offers_none(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("offers")


@page_state("desk, a case offered to another office", **DESK)
def offered_case(visit: Visit) -> TestResponse:
    at, desk = begin(visit)
    other = AtDesk.begin(visit)
    reason = OfferReason.LIVES_ELSEWHERE
    desk.act(service.offer_case, desk.mona, other.desk.slug, reason, "Har flyttet.")
    return other.get(f"cases/{at.number}")


@page_state("desk, a note kept from the reader", **DESK)
def kept_note(visit: Visit) -> TestResponse:
    at, desk = begin(visit)
    keep = (KeptFor.MANAGERS, KeepReason.HEALTH)
    desk.act(handling.write_note, desk.mona, "Innlagt.", keep=keep)
    return at.case()


@page_state("desk, a note kept without a reason", **DESK)
def kept_without_reason(visit: Visit) -> TestResponse:
    at, _ = begin(visit)
    return at.form("note").fill(note="Innlagt.", keep="managers").submit(visit.client)


@page_state("desk, plan", **DESK)
def plan_page(visit: Visit) -> TestResponse:
    at, desk = begin(visit)
    fill_plan(desk)
    return at.get(f"cases/{at.number}/plan")


@page_state("desk, plan, nothing in it and sent empty", **DESK)
def plan_empty(visit: Visit) -> TestResponse:
    at, _ = begin(visit)
    shown = Page.read(at.get(f"cases/{at.number}/plan"))
    return shown.form('form:has([value="add"])').submit(visit.client)


@page_state("desk, plan, a day after the promise", **DESK)
def plan_after_promise(visit: Visit) -> TestResponse:
    at, _ = begin(visit)
    shown = Page.read(at.get(f"cases/{at.number}/plan"))
    asked = shown.form('form:has([value="add"])')
    typed = {"common": "ring", "side": "both", "day": "15.12.2027"}
    return asked.fill(**typed).submit(visit.client)


@page_state("desk, plan, a step to change", **DESK)
def plan_change(visit: Visit) -> TestResponse:
    at, desk = begin(visit)
    fill_plan(desk)
    shown = Page.read(at.get(f"cases/{at.number}/plan"))
    return visit.client.get(shown.all('a[href*="?step="]')[0]["href"])


@page_state("case, with a plan")
def case_with_plan(visit: Visit) -> TestResponse:
    with visit.app.app_context():
        site = installation()
    suffix = f"-planned-{next(_counter)}"
    desk = SidesDesk(site.database, site.keyring, site.clock(), suffix=suffix)
    receipt = desk.receive()
    desk.number = receipt.number
    fill_plan(desk)
    form = visit.page("case").form()
    return form.fill(code=f"{receipt.number}{receipt.key}").submit(visit.client)


@page_state("desk, sent to a case that went elsewhere", **DESK)
def sent_too_late(visit: Visit) -> TestResponse:
    at, desk = begin(visit)
    note = Page.read(at.get(f"cases/{at.number}")).form('form:has([name="do"][value="note"])')
    desk.offer_whole()
    desk.act(service.accept, desk.stranger, desk.offers()[-1].id)
    return note.fill(note="Familien flyttet i går.").submit(visit.client)
