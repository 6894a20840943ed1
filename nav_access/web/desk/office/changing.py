"""How a manager changes the office: it is typed, seen as people will see it, and then saved.

Looking is a rehearsal: the change is made in a transaction that is undone, and what people would
read is read from it; of what begins later, as it will be then. Saving names the version that was
looked at; when somebody, or an import, was quicker, the change is looked at once more, with what
is there now.
"""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, request

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.keeping.editing import read_office
from nav_access.offices.keeping.errors import OfficeChanged
from nav_access.offices.models import Office
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.choosing import actor, choose
from nav_access.web.desk.office.subjects import Act, OfficeForm, Subject, Turn
from nav_access.web.desk.offices import Chosen
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now, read_session, rehearsal, unit_of_work
from nav_access.web.shared.templating import current_locale

SAVE, BACK = "save", "back"
CHANGED_MEANWHILE = N_("Somebody else changed this meanwhile. Look at the list and try again.")
NOT_CARRIED = frozenset({"token", "seen", "step", "office"})


def answer(subject: Subject) -> Response:
    """Show a subject's page, or take a change of it one step further."""
    if request.method != "POST":
        return show(subject)
    if not who().managed_office_ids:
        abort(404)
    act = subject.acts.get(request.form.get("do", ""))
    if act is None:
        abort(400)
    form = act.form()
    if not form.validate():
        return show(subject, form, 422)
    if BACK in request.form.getlist("do"):
        return show(subject, form)
    return _act(subject, act, form)


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
    if subject.draw is not None:
        return subject.draw(form, status, asked)
    with read_session() as session:
        chosen = choose(session, asked)
        office = read_office(session, chosen.office.id)
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


def _act(subject: Subject, act: Act, form: OfficeForm) -> Response:
    """Save it when it was looked at, else look; or say what is in the way."""
    is_looked_at = request.form.get("step") == SAVE
    try:
        return _save(subject, act, form) if is_looked_at else _look(subject, act, form)
    except subject.gone:
        if not _is_stale(subject, form):
            abort(404)
        return _show_stale(subject, form)
    except (*subject.changed, *subject.done):
        # Somebody changes it in the very moment in which it is looked at.
        return _show_stale(subject, form)
    except tuple(subject.asks) as fact:
        name, what_to_do = subject.asks[type(fact)]
        form.ask(form[name], what_to_do)
        return show(subject, form, 422)


def _show_stale(subject: Subject, form: OfficeForm) -> Response:
    form.ask(form["token"], CHANGED_MEANWHILE)
    return show(subject, form, 422)


def _is_stale(subject: Subject, form: OfficeForm) -> bool:
    """Say whether a colleague may have taken away what the page still showed."""
    if not form.seen.data:
        return False
    with read_session() as session:
        return form.seen.data != _version(session, subject, choose(session).office.id)


def _save(subject: Subject, act: Act, form: OfficeForm) -> Response:
    try:
        with unit_of_work() as session:
            chosen = choose(session)
            turn = _turn(chosen.office.id, form.seen.data, form)
            act.run(session, turn, form)
            _check_edition(session, subject, turn)
    except subject.changed:
        return _look(subject, act, form, is_changed=True)
    except subject.done:
        pass
    asked = {**subject.keeps(form), "office": chosen.office.slug, "saved": "yes"}
    return see_other(f"{subject.address}?{urlencode(asked)}")


def _check_edition(session: Session, subject: Subject, turn: Turn) -> None:
    """Raise OfficeChanged when people would read it beside lines nobody looked at."""
    if OfficeChanged not in subject.changed or turn.edition is None:
        return
    if turn.edition != session.get_one(Office, turn.office_id).edition:
        raise OfficeChanged


def _look(subject: Subject, act: Act, form: OfficeForm, *, is_changed: bool = False) -> Response:
    with rehearsal() as session:
        chosen = choose(session)
        office_id = chosen.office.id
        version = _version(session, subject, office_id)
        told = _rehearse(session, subject, act, form, _turn(office_id, version, form))
    is_news = is_changed or form.seen.data != version
    return _show_look(subject, chosen, version=version, is_news=is_news, **told)


def _rehearse(
    session: Session, subject: Subject, act: Act, form: OfficeForm, turn: Turn
) -> dict[str, Any]:
    """Do it, and return what people read before and after: now, or when it begins."""
    look, office_id, instant = subject.look, act.about(session, turn, form), now()
    moments = [instant, *(at for at in act.begins(session, turn, form) if at > instant)]
    said = act.says(session, turn, form)
    before = [look.see(session, office_id, at, form) for at in moments]
    act.run(session, turn, form)
    session.flush()
    session.expire_all()
    after = [look.see(session, office_id, at, form) for at in moments]
    differs = [n for n in range(len(moments)) if before[n] != after[n]]
    n = differs[0] if differs else 0
    effects = subject.effects(session, session.get_one(Office, turn.office_id))
    return {
        "after": look.tell(before[n], after[n]),
        "before": look.tell(after[n], before[n]),
        "is_same": not differs,
        "begins": say_date(to_oslo(moments[n]).date(), current_locale(), _today()) if n else None,
        "effects": [*said, *effects],
        "beside": look.beside(session, turn.office_id, moments[n], form),
    }


def _version(session: Session, subject: Subject, office_id: int) -> str:
    # The row alone: an office with all it has is read where it is shown.
    return subject.version(session, session.get_one(Office, office_id))


def _show_look(subject: Subject, chosen: Chosen, **context: Any) -> Response:
    carried = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NOT_CARRIED and (name, value) != ("do", BACK)
    ]
    return show_desk(
        "office/look.html",
        chosen=chosen,
        subject=subject.name,
        address=subject.address,
        look=subject.look.name,
        carried=carried,
        **context,
    )


def _turn(office_id: int, seen: str, form: OfficeForm) -> Turn:
    return Turn(office_id, actor(), seen, form.to_submission().once)


def _today() -> date:
    return to_oslo(now()).date()
