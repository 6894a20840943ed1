"""What a manager does with what can be booked, and when people begin to read of it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from nav_access.appointments import publishing
from nav_access.appointments.codes import Purpose
from nav_access.appointments.published import has_change, has_rule
from nav_access.appointments.publishing import (
    USUAL_TERMS,
    Published,
    Publisher,
    get_published,
)
from nav_access.appointments.rules import DatedChange, WeeklyCapacity
from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.web.desk.capacity_forms import (
    WEEKDAYS,
    ChangeForm,
    ChangeGoneForm,
    GoneForm,
    RuleForm,
    TermsForm,
    Weekday,
)
from nav_access.web.desk.office.seeing import morning_of
from nav_access.web.desk.office.subjects import Act, Turn
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.hours import say_minutes
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale, translate

LOOKED_AHEAD = 21
"""Days in which a day of the week comes round that is no public holiday."""

GONE = N_("%(when)s is taken away.")


def _publisher(turn: Turn) -> Publisher:
    return Publisher(turn.office_id, turn.actor, turn.seen)


def _there(session: Session, turn: Turn) -> Published:
    return get_published(session, turn.office_id, since=to_oslo(now()).date())


def _set_terms(session: Session, turn: Turn, form: TermsForm) -> None:
    if _there(session, turn).terms.get(form.about) != form.to_terms():
        publishing.set_terms(session, _publisher(turn), form.about, form.to_terms(), now=now())


def _add_rule(session: Session, turn: Turn, form: RuleForm) -> None:
    if not has_rule(_there(session, turn), form.about, form.to_capacity()):
        publishing.add_rule(session, _publisher(turn), form.about, form.to_capacity(), now=now())


def _add_change(session: Session, turn: Turn, form: ChangeForm) -> None:
    purpose, change = form.for_purpose, form.to_change()
    if not has_change(_there(session, turn), purpose, change):
        publishing.add_change(session, _publisher(turn), purpose, change, now=now())


def _remove_rule(session: Session, turn: Turn, form: GoneForm) -> None:
    # What somebody took away before is gone, which is what was asked for.
    if _list_rules(session, turn, form):
        publishing.remove_rule(session, _publisher(turn), form.which.whole, now=now())


def _remove_change(session: Session, turn: Turn, form: ChangeGoneForm) -> None:
    if _list_changes(session, turn, form):
        publishing.remove_change(session, _publisher(turn), form.which.whole, now=now())


def _list_rules(session: Session, turn: Turn, form: GoneForm) -> list[WeeklyCapacity]:
    """Return the rule a form names, if the office has it."""
    rules = _there(session, turn).rules
    return [one.capacity for one in rules if one.id == form.which.number]


def _list_changes(session: Session, turn: Turn, form: ChangeGoneForm) -> list[DatedChange]:
    changes = _there(session, turn).changes
    return [one.change for one in changes if one.id == form.which.number]


def _rule_begins(session: Session, turn: Turn, form: RuleForm) -> list[datetime]:
    return _chosen_from(session, turn, form.about, _first_days([form.to_capacity()]))


def _rule_gone_begins(session: Session, turn: Turn, form: GoneForm) -> list[datetime]:
    days = _first_days(_list_rules(session, turn, form))
    return _chosen_from(session, turn, form.about, days)


def _change_begins(session: Session, turn: Turn, form: ChangeForm) -> list[datetime]:
    return _chosen_from(session, turn, form.about, [form.to_change().on_date])


def _change_gone_begins(session: Session, turn: Turn, form: ChangeGoneForm) -> list[datetime]:
    days = [one.on_date for one in _list_changes(session, turn, form)]
    return _chosen_from(session, turn, form.about, days)


def _first_days(rules: Iterable[WeeklyCapacity]) -> list[date]:
    """Return the day each rule holds on first; none for one that is over."""
    today = to_oslo(now()).date()
    starts = [(one, max(one.valid_from or today, today)) for one in rules]
    days = ((one, first + timedelta(days=n)) for one, first in starts for n in range(LOOKED_AHEAD))
    return [day for one, day in days if one.is_on(day)]


def _chosen_from(
    session: Session, turn: Turn, purpose: Purpose, days: Iterable[date]
) -> list[datetime]:
    """Return when the first of these days can be chosen: so many days ahead as terms say."""
    terms = _there(session, turn).terms.get(purpose, USUAL_TERMS[purpose])
    ahead = timedelta(days=terms.horizon_days)
    return [morning_of(day - ahead) for day in sorted(days)]


def _say_rule_gone(session: Session, turn: Turn, form: GoneForm) -> list[str]:
    locale = current_locale()
    return [
        _say_gone(translate(locale, WEEKDAYS[Weekday(str(one.weekday))]), one)
        for one in _list_rules(session, turn, form)
    ]


def _say_change_gone(session: Session, turn: Turn, form: ChangeGoneForm) -> list[str]:
    locale, today = current_locale(), to_oslo(now()).date()
    return [
        _say_gone(say_date(one.on_date, locale, today), one)
        for one in _list_changes(session, turn, form)
    ]


def _say_gone(day: str, one: WeeklyCapacity | DatedChange) -> str:
    locale = current_locale()
    return translate(locale, GONE, when=f"{day} {say_minutes(one.interval, locale)}")


ACTS = {
    "terms": Act(TermsForm, _set_terms),
    "rule": Act(RuleForm, _add_rule, _rule_begins),
    "rule_gone": Act(GoneForm, _remove_rule, _rule_gone_begins, _say_rule_gone),
    "change": Act(ChangeForm, _add_change, _change_begins),
    "change_gone": Act(ChangeGoneForm, _remove_change, _change_gone_begins, _say_change_gone),
}
