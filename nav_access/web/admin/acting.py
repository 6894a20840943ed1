"""How an administrator's page acts: a form by its name, one verb, and a fact at its field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, abort, request

from nav_access.core.db import Session
from nav_access.web.shared.installation import unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.signed_in.pages import see_other
from nav_access.web.shared.signed_in.session import who

MOST_ASKED = 100

Show = Callable[[DoorForm | None, int], Response]
Asks = Mapping[type[Exception], tuple[str | None, str]]
"""By fact: the field to mend, None for the page as a whole, and what to do."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do. `run` returns where to go on to, or the page that follows at once."""

    form: type[DoorForm]
    run: Callable[[Session, Any], str | Response]
    asks: Asks = field(default_factory=dict)


def actor() -> str:
    """Return the administrator as the audit names them."""
    return f"staff:{who().staff_id}"


def read_asked() -> str:
    """Return what the page's list is searched for; a database takes no NUL."""
    return request.args.get("q", "")[:MOST_ASKED].replace("\x00", "")


def answer(acts: Mapping[str, Act], show: Show) -> Response:
    """Show a page, or do one of its acts."""
    if request.method != "POST":
        return show(None, 200)
    act = acts.get(request.form.get("do", ""))
    if act is None:
        abort(400)
    form = act.form()
    if not form.validate():
        return show(form, 422)
    try:
        with unit_of_work() as session:
            done = act.run(session, form)
    except tuple(act.asks) as fact:
        name, what_to_do = act.asks[type(fact)]
        form.ask(form[name or "token"], what_to_do)
        return show(form, 422)
    return see_other(done) if isinstance(done, str) else done


def restore(acts: Mapping[str, Act], show: Show, typed: Fields) -> Response:
    """Show a page with what was typed before somebody had to sign in again; do nothing."""
    act = acts.get(typed.get("do", ""))
    return show(act.form(formdata=typed) if act else None, 200)


def forms_of(acts: Mapping[str, Act], handed_in: DoorForm | None) -> dict[str, DoorForm]:
    """Return every form of a page: the one handed in as it was, the others empty."""
    return {
        name: handed_in if type(handed_in) is act.form else act.form(formdata=None)
        for name, act in acts.items()
    }
