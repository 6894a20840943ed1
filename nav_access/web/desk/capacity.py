"""What an office offers to be booked, as its manager sees and changes it."""

from contextlib import suppress
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Response, abort, request

from nav_access.appointments import publishing
from nav_access.appointments.codes import Purpose
from nav_access.appointments.errors import NotPublished
from nav_access.appointments.published import count_seats, has_change, has_rule
from nav_access.appointments.publishing import (
    USUAL_TERMS,
    Published,
    PublishedChange,
    PublishedRule,
    Publisher,
    get_published,
)
from nav_access.appointments.rules import WHOLE_DAY, Terms
from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.web.desk.capacity_forms import (
    PURPOSES,
    WEEKDAYS,
    CapacityForm,
    ChangeForm,
    GoneForm,
    RuleForm,
    TermsForm,
    Weekday,
)
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.offices import Chosen, read_office
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now, read_session, unit_of_work
from nav_access.web.shared.templating import current_locale

SHOWN_AHEAD = timedelta(days=14)

FORMS: dict[str, type[CapacityForm]] = {
    "terms": TermsForm,
    "rule": RuleForm,
    "rule_gone": GoneForm,
    "change": ChangeForm,
    "change_gone": GoneForm,
}


def capacity() -> Response:
    """Show what is offered, or change it; to whoever manages no office it does not exist."""
    if not who().managed_office_ids:
        abort(404)
    if request.method != "POST":
        return _show(_read_purpose(request.args.get("purpose", "")))
    act = request.form.get("do", "")
    if act not in FORMS:
        abort(400)
    form = FORMS[act]()
    if not form.validate():
        return _show(form.about, form=form, status=422)
    with unit_of_work() as session:
        chosen = _choose(session)
        _change(session, chosen.office.id, act, form)
    asked = {"purpose": str(form.about), "office": chosen.office.slug}
    return see_other(f"/desk/capacity?{urlencode(asked)}")


def restore_capacity(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again; do nothing."""
    if not who().managed_office_ids:
        abort(404)
    kind = FORMS.get(typed.get("do", ""))
    form = kind(formdata=typed) if kind else None
    return _show(form.about if form else Purpose.CALLBACK, form=form)


def _change(session: Session, office_id: int, act: str, form: CapacityForm) -> None:
    publisher, instant = Publisher(office_id, f"staff:{who().staff_id}"), now()
    there = get_published(session, office_id, since=to_oslo(instant).date())
    if isinstance(form, TermsForm):
        publishing.set_terms(session, publisher, form.about, form.to_terms(), now=instant)
    elif isinstance(form, RuleForm) and not has_rule(there, form.about, form.to_capacity()):
        publishing.add_rule(session, publisher, form.about, form.to_capacity(), now=instant)
    elif isinstance(form, ChangeForm):
        purpose, change = form.for_purpose, form.to_change()
        if not has_change(there, purpose, change):
            publishing.add_change(session, publisher, purpose, change, now=instant)
    elif isinstance(form, GoneForm):
        remove = publishing.remove_rule if act == "rule_gone" else publishing.remove_change
        # What somebody took away before is gone, which is what was asked for.
        with suppress(NotPublished):
            remove(session, publisher, form.which.whole, now=instant)


def _show(purpose: Purpose, *, form: CapacityForm | None = None, status: int = 200) -> Response:
    instant = now()
    with read_session() as session:
        chosen = _choose(session)
        office_id, today = chosen.office.id, to_oslo(instant).date()
        published = get_published(session, office_id, since=today)
        seats = count_seats(session, office_id, purpose, instant, instant + SHOWN_AHEAD)
    return show_desk(
        "capacity.html",
        status=status,
        chosen=chosen,
        purpose=purpose,
        purposes=PURPOSES,
        has_terms=purpose in published.terms,
        rules=_say_rules(published, purpose, today),
        changes=_say_changes(published, purpose, today),
        whole_day=WHOLE_DAY,
        seats=seats,
        form=form or GoneForm(formdata=None),
        forms=_forms(form, published.terms.get(purpose, USUAL_TERMS[purpose])),
    )


def _say_rules(
    published: Published, purpose: Purpose, today: date
) -> list[tuple[PublishedRule, str, str | None, str | None]]:
    """Return the weekly rules of a purpose, each with its weekday, first and last day in words."""
    return [
        (
            one,
            WEEKDAYS[Weekday(str(one.capacity.weekday))],
            _say_maybe(one.capacity.valid_from, today),
            _say_maybe(one.capacity.valid_to, today),
        )
        for one in published.rules
        if one.purpose is purpose
    ]


def _say_maybe(day: date | None, today: date) -> str | None:
    return say_date(day, current_locale(), today) if day else None


def _say_changes(
    published: Published, purpose: Purpose, today: date
) -> list[tuple[PublishedChange, str]]:
    """Return the dates that differ for a purpose, each with its day in words."""
    mine = (one for one in published.changes if one.purpose in (None, purpose))
    return [(one, say_date(one.change.on_date, current_locale(), today)) for one in mine]


def _forms(handed_in: CapacityForm | None, terms: Terms) -> dict[str, CapacityForm]:
    """Return every form of the page: the one handed in as it was, the others as things are."""
    shown = {name: "" if value is None else str(value) for name, value in _numbers(terms).items()}
    forms: dict[str, CapacityForm] = {
        "terms": TermsForm(formdata=None, data=shown),
        "rule": RuleForm(formdata=None),
        "change": ChangeForm(formdata=None),
    }
    return forms | {
        name: handed_in
        for name, form in forms.items()
        if handed_in is not None and type(form) is type(handed_in)
    }


def _numbers(terms: Terms) -> dict[str, int | None]:
    return {name: getattr(terms, name) for name in Terms.__slots__}


def _choose(session: Session) -> Chosen:
    chosen = read_office(session, who().managed_office_ids)
    return chosen or abort(404)


def _read_purpose(asked: str) -> Purpose:
    return Purpose(asked) if asked in _PURPOSES else Purpose.CALLBACK


_PURPOSES = frozenset(Purpose)
