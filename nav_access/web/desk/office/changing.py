"""How a manager changes the office: it is typed, seen as people will see it, and then saved.

Looking is a rehearsal: the change is made in a transaction that is undone, and what the public
page would say is read from it. Saving names the version that was looked at; when somebody, or an
import, was quicker, the change is looked at once more, with what is there now.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, request

from nav_access.callbacks.policies import PolicyChanged
from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.offices import queries
from nav_access.offices.keeping.editing import Editor
from nav_access.offices.keeping.editing import read_office as read_stored
from nav_access.offices.keeping.errors import NotOfThisOffice, OfficeChanged
from nav_access.offices.keeping.measures import list_measures_on
from nav_access.offices.models import Office
from nav_access.offices.queries import AfterHoursNumber
from nav_access.offices.rules import is_public
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.forms import DeskForm
from nav_access.web.desk.office.choosing import actor, choose
from nav_access.web.desk.offices import Chosen
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.installation import now, read_session, rehearsal, unit_of_work
from nav_access.web.shared.office_words import OfficeWords, say_office
from nav_access.web.shared.templating import current_locale

SAVE, BACK = "save", "back"
MOST_DIGITS = 9
NOT_CARRIED = frozenset({"token", "seen", "step", "office"})


class OfficeForm(DeskForm):
    """A change of the office; `seen` is the version of it that the page showed."""

    seen = TextField(most=80)


@dataclass(frozen=True, slots=True)
class Turn:
    """A manager's turn: at which office, who, having seen which version."""

    office_id: int
    actor: str
    seen: str

    @property
    def editor(self) -> Editor:
        """What the offices' room asks for; no edition there is when none was understood."""
        is_number = self.seen.isascii() and self.seen.isdigit() and len(self.seen) <= MOST_DIGITS
        return Editor(self.office_id, self.actor, int(self.seen) if is_number else 0)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: what is typed for it, and the verb."""

    form: type[OfficeForm]
    run: Callable[[Session, Turn, Any], object]


def _edition(_session: Session, office: Office) -> str:
    return str(office.edition)


def _nothing(_session: Session, _office: Office) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of the office: its acts, what its page shows, what facts ask to be mended."""

    name: str
    acts: Mapping[str, Act]
    describe: Callable[[Session, Office, OfficeForm | None], dict[str, Any]]
    asks: Mapping[type[Exception], tuple[str, str]] = field(default_factory=dict)
    """By fact: the field, and what to write there."""
    version: Callable[[Session, Office], str] = _edition
    effects: Callable[[Session, Office], list[str]] = _nothing
    """What a change leads to that no public page shows, in sentences."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An office as people would see it, if they see it at all."""

    words: OfficeWords
    numbers: tuple[AfterHoursNumber, ...]


def answer(subject: Subject) -> Response:
    """Show a subject's page, or take a change of it one step further."""
    if request.method != "POST":
        return show(subject)
    act = subject.acts.get(request.form.get("do", ""))
    if act is None:
        abort(400)
    form = act.form()
    if not form.validate():
        return show(subject, form, 422)
    if BACK in request.form.getlist("do"):
        return show(subject, form)
    try:
        return (
            _save(subject, act, form)
            if request.form.get("step") == SAVE
            else _look(subject, act, form)
        )
    except NotOfThisOffice:
        abort(404)
    except tuple(subject.asks) as fact:
        name, what_to_do = subject.asks[type(fact)]
        form.ask(form[name], what_to_do)
        return show(subject, form, 422)


def restore(subject: Subject, typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again; do nothing."""
    act = subject.acts.get(typed.get("do", ""))
    form = act.form(formdata=typed) if act else None
    return show(subject, form, asked=typed.get("office", ""))


def show(
    subject: Subject,
    form: OfficeForm | None = None,
    status: int = 200,
    *,
    asked: str | None = None,
) -> Response:
    """Show a subject's page: as it is stored, and one form as it was typed."""
    with read_session() as session:
        chosen = choose(session, asked)
        office = read_stored(session, chosen.office.id)
        context = subject.describe(session, office, form)
        version = subject.version(session, office)
    return show_desk(
        f"office/{subject.name}.html",
        status=status,
        **{
            "chosen": chosen,
            "form": form or OfficeForm(formdata=None),
            "is_saved": form is None and "saved" in request.args,
            "subject": subject.name,
            # What was typed was typed about what was seen then.
            "version": form.seen.data if form and form.seen.data else version,
            **context,
        },
    )


def _save(subject: Subject, act: Act, form: OfficeForm) -> Response:
    try:
        with unit_of_work() as session:
            chosen = choose(session)
            act.run(session, Turn(chosen.office.id, actor(), form.seen.data), form)
    except (OfficeChanged, PolicyChanged):
        return _look(subject, act, form, is_changed=True)
    asked = urlencode({"office": chosen.office.slug, "saved": "yes"})
    return see_other(f"/desk/office/{subject.name}?{asked}")


def _look(subject: Subject, act: Act, form: OfficeForm, *, is_changed: bool = False) -> Response:
    with rehearsal() as session:
        chosen = choose(session)
        office = read_stored(session, chosen.office.id)
        version = subject.version(session, office)
        before = _see(session, office)
        act.run(session, Turn(office.id, actor(), version), form)
        office = read_stored(session, office.id)
        after = _see(session, office)
        effects = subject.effects(session, office)
        is_seen = _is_public(office)
    return _show_look(
        subject,
        chosen,
        after=after,
        before=before if is_changed or form.seen.data != version else None,
        is_same=after == before,
        is_public=is_seen,
        effects=effects,
        version=version,
    )


def _show_look(subject: Subject, chosen: Chosen, **context: Any) -> Response:
    carried = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NOT_CARRIED and (name, value) != ("do", BACK)
    ]
    return show_desk(
        "office/look.html", chosen=chosen, subject=subject.name, carried=carried, **context
    )


def _see(session: Session, office: Office) -> Shown:
    instant = now()
    today = to_oslo(instant).date()
    measures = [one.words for one in list_measures_on(session, today, [office.id])]
    is_staffed = queries.get_staffed_hours(session, office.id).is_staffed(instant)
    numbers = queries.find_after_hours_numbers(session, office.id, today=today)
    words = say_office(office, instant, current_locale(), measures)
    return Shown(words, () if is_staffed else tuple(numbers))


def _is_public(office: Office) -> bool:
    return is_public(office.kind, office.status, office.closes_on, to_oslo(now()).date())
