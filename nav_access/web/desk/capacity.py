"""What an office offers to be booked, as its manager sees and changes it."""

from datetime import date

from flask import Response, request

from nav_access.appointments.codes import Purpose
from nav_access.appointments.errors import CapacityChanged, NotPublished
from nav_access.appointments.published import count_seats
from nav_access.appointments.publishing import (
    USUAL_TERMS,
    Published,
    PublishedChange,
    PublishedRule,
    get_published,
    get_version,
)
from nav_access.appointments.rules import WHOLE_DAY, Terms
from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.offices.models import Office
from nav_access.web.desk.capacity_acts import ACTS
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
from nav_access.web.desk.capacity_look import SHOWN_AHEAD, TIMES
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.changing import answer, restore
from nav_access.web.desk.office.choosing import choose
from nav_access.web.desk.office.subjects import OfficeForm, Subject
from nav_access.web.desk.pages import show_desk
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.templating import current_locale


def capacity() -> Response:
    """Show what is offered, or change it; to whoever manages no office it does not exist."""
    return answer(SUBJECT)


def restore_capacity(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again; do nothing."""
    return restore(SUBJECT, typed)


def _draw(form: OfficeForm | None, status: int, asked: str | None) -> Response:
    typed = form if isinstance(form, CapacityForm) else None
    purpose = typed.about if typed else _read_purpose(request.args.get("purpose", ""))
    return _show(purpose, form=typed, status=status, asked=asked)


def _version(session: Session, office: Office) -> str:
    return get_version(session, office.id)


def _show(
    purpose: Purpose, *, form: CapacityForm | None, status: int, asked: str | None
) -> Response:
    instant = now()
    with read_session() as session:
        chosen = choose(session, asked)
        office_id, today = chosen.office.id, to_oslo(instant).date()
        published = get_published(session, office_id, since=today)
        version = get_version(session, office_id)
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
        version=version,
        is_saved=form is None and "saved" in request.args,
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


def _read_purpose(asked: str) -> Purpose:
    return Purpose(asked) if asked in _PURPOSES else Purpose.CALLBACK


_PURPOSES = frozenset(Purpose)

SUBJECT = Subject(
    name="capacity",
    acts=ACTS,
    version=_version,
    look=TIMES,
    where="/desk/capacity",
    draw=_draw,
    keeps=lambda form: {"purpose": str(form.about)},
    changed=(CapacityChanged,),
    gone=(NotPublished,),
)
