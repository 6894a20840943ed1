"""What a manager does with agreements, and what it comes to in sentences before it is saved."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake.acting import agreeing
from nav_access.offices.keeping.errors import NotOfThisOffice
from nav_access.offices.keeping.own import list_served
from nav_access.offices.keeping.sharing import list_sharing
from nav_access.partners.errors import AgreementChanged
from nav_access.partners.parting import Part, get_live, is_agreed, is_over, list_live
from nav_access.partners.queries import AgreementRow, get_agency
from nav_access.partners.rules import Terms
from nav_access.web.desk.office.agreement_forms import OpenForm, PartForm, TermsForm, WaitingForm
from nav_access.web.desk.office.subjects import Act, Turn
from nav_access.web.desk.pages import sayings
from nav_access.web.shared.dates import say_date, say_list
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale, translate

VERSION_DIGITS = 32

MAY_SEND = N_("%(agency)s may send requests about people in %(places)s. About: %(needs)s.")
FROM = N_("From %(first)s")
FROM_TO = N_("From %(first)s to %(last)s")
ENDS = N_("%(agency)s may not send requests about people in %(places)s any more.")
SEES_NOTHING = N_("It sees no case there any more.")
TWO_PEOPLE = N_(
    "Open cases there in which the agency acts: %(count)s. So somebody else confirms the end "
    "first: another manager, or those who run the site."
)
SHARED = N_("These offices serve people there, too, and it holds for them as well: %(offices)s.")
STAYS = N_("The agreement stays as it is.")


def name_version(session: Session, office_id: int) -> str:
    """Return a name of all that is agreed about an office's municipalities."""
    rows = list_live(session, dict(list_served(session, office_id)))
    said = [
        (one.id, sorted(one.terms.municipalities), sorted(one.terms.needs), one.terms.valid_until)
        for one in rows
    ]
    return sha256(repr(said).encode()).hexdigest()[:VERSION_DIGITS]


def _open(session: Session, turn: Turn, form: OpenForm) -> None:
    _check_places(session, turn, form.places.data)
    terms = form.to_terms()
    if not is_agreed(session, form.agency.whole, terms):
        _check_seen(session, turn)
        agreeing.open_agreement(session, form.agency.whole, terms, actor=turn.actor, now=now())


def _change(session: Session, turn: Turn, form: TermsForm) -> None:
    part, row = _part(session, turn, form)
    wanted = Terms(form.places.data, form.codes, date.max, form.last_day.read)
    if is_agreed(session, row.agency_id, wanted):
        return
    _check_seen(session, turn)
    agreeing.change_agreement(
        session, part, form.codes, form.last_day.read, actor=turn.actor, now=now()
    )


def _end(session: Session, turn: Turn, form: PartForm) -> None:
    _check_places(session, turn, form.places.data)
    # What was ended before is over, which is what was asked for.
    if not is_over(session, form.agreement.whole, form.places.data):
        _check_seen(session, turn)
        part, _ = _part(session, turn, form)
        agreeing.end_agreement(session, part, actor=turn.actor, now=now())


def _confirm(session: Session, turn: Turn, form: WaitingForm) -> None:
    served = dict(list_served(session, turn.office_id))
    agreeing.confirm_end(session, form.change.whole, served, actor=turn.actor, now=now())


def _take_back(session: Session, turn: Turn, form: WaitingForm) -> None:
    served = dict(list_served(session, turn.office_id))
    agreeing.take_back_end(session, form.change.whole, served, actor=turn.actor, now=now())


def _part(session: Session, turn: Turn, form: PartForm) -> tuple[Part, AgreementRow]:
    """Return the part a form is about; raises NotOfThisOffice for another office's places."""
    _check_places(session, turn, form.places.data)
    row = get_live(session, form.agreement.whole)
    return Part(row.id, form.places.data, row.terms), row


def _check_places(session: Session, turn: Turn, places: Collection[str]) -> None:
    if not set(places) <= {number for number, _ in list_served(session, turn.office_id)}:
        raise NotOfThisOffice


def _check_seen(session: Session, turn: Turn) -> None:
    if turn.seen != name_version(session, turn.office_id):
        raise AgreementChanged


def _say_open(session: Session, turn: Turn, form: OpenForm) -> list[str]:
    _check_places(session, turn, form.places.data)
    return _say_terms(session, turn, form.agency.whole, form.to_terms())


def _say_change(session: Session, turn: Turn, form: TermsForm) -> list[str]:
    part, row = _part(session, turn, form)
    wanted = replace(
        row.terms,
        municipalities=part.municipalities & row.terms.municipalities,
        needs=form.codes,
        valid_until=form.last_day.read,
    )
    return _say_terms(session, turn, row.agency_id, wanted)


def _say_terms(session: Session, turn: Turn, agency_id: int, terms: Terms) -> list[str]:
    locale, today = current_locale(), to_oslo(now()).date()
    agency, places = get_agency(session, agency_id).name, _name(session, turn, terms)
    needs = sayings().needs_line(tuple(sorted(terms.needs)))
    first, last = (day and say_date(day, locale, today) for day in _days(terms))
    when = FROM_TO if last else FROM
    return [
        translate(locale, MAY_SEND, agency=agency, places=places, needs=needs),
        translate(locale, when, first=first, last=last),
        *_say_shared(session, turn, terms.municipalities),
    ]


def _days(terms: Terms) -> Sequence[date | None]:
    return terms.valid_from, terms.valid_until


def _say_end(session: Session, turn: Turn, form: PartForm) -> list[str]:
    part, row = _part(session, turn, form)
    mine = replace(row.terms, municipalities=part.municipalities & row.terms.municipalities)
    acted = agreeing.list_acted_needs(session, row.agency_id, mine.municipalities, now())
    return _say_over(session, turn, row.agency_id, mine, len(acted))


def _say_confirmed(session: Session, turn: Turn, form: WaitingForm) -> list[str]:
    row = _waiting(session, turn, form)
    return _say_over(session, turn, row.agency_id, row.terms, 0)


def _say_stays(session: Session, turn: Turn, form: WaitingForm) -> list[str]:
    _waiting(session, turn, form)
    return [translate(current_locale(), STAYS)]


def _waiting(session: Session, turn: Turn, form: WaitingForm) -> AgreementRow:
    served = dict(list_served(session, turn.office_id))
    return agreeing.get_waiting(session, form.change.whole, served, now()).agreement


def _say_over(session: Session, turn: Turn, agency_id: int, terms: Terms, cases: int) -> list[str]:
    locale, agency = current_locale(), get_agency(session, agency_id).name
    over = translate(locale, ENDS, agency=agency, places=_name(session, turn, terms))
    two = [translate(locale, TWO_PEOPLE, count=str(cases))] if cases else []
    shared = _say_shared(session, turn, terms.municipalities)
    return [over, translate(locale, SEES_NOTHING), *two, *shared]


def _say_shared(session: Session, turn: Turn, municipalities: Collection[str]) -> list[str]:
    today, locale = to_oslo(now()).date(), current_locale()
    names = list_sharing(session, turn.office_id, municipalities, today)
    return [translate(locale, SHARED, offices=say_list(names, locale))] if names else []


def _name(session: Session, turn: Turn, terms: Terms) -> str:
    served = list_served(session, turn.office_id)
    names = [name for number, name in served if number in terms.municipalities]
    return say_list(names, current_locale())


ACTS = {
    "open": Act(OpenForm, _open, says=_say_open),
    "change": Act(TermsForm, _change, says=_say_change),
    "end": Act(PartForm, _end, says=_say_end),
    "confirm": Act(WaitingForm, _confirm, says=_say_confirmed),
    "take_back": Act(WaitingForm, _take_back, says=_say_stays),
}
