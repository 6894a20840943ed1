"""Direct numbers: how an office gives them, the same for everybody, and how many got one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, abort, request

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.errors import (
    LineNotForPeople,
    PolicyChanged,
    PolicyIncomplete,
)
from nav_access.intake.direct_number.policy import get_policy, set_policy
from nav_access.intake.direct_number.queries import count_direct_numbers
from nav_access.intake.direct_number.rules import PolicyLine, leaves_nobody_out
from nav_access.offices.codes import DutyAudience
from nav_access.offices.keeping.errors import OfficeChanged
from nav_access.offices.models import DutyLine, Office
from nav_access.offices.roster.errors import AlreadyDone
from nav_access.offices.roster.queries import list_office_lines
from nav_access.offices.roster.service import Editor
from nav_access.web.desk.direct_forms import (
    CHOOSE_OTHERS,
    DAY_TWICE,
    NEEDS,
    SLOTS,
    PolicyForm,
    fields_of,
)
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.changing import answer
from nav_access.web.desk.office.subjects import Act, Look, OfficeForm, Subject, Turn, beside_edition
from nav_access.web.desk.offices import read_office
from nav_access.web.desk.pages import show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.dates import say_list
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.templating import current_locale, translate

COUNTED = timedelta(days=30)
A_MOMENT = timedelta(seconds=1)
"""So that what happened just now is counted."""

EVERYBODY = N_("Everybody")
EVERYBODY_ELSE = N_("Everybody else")
KEPT = N_("Cases that have a number keep it.")
BORN = N_("Born on day %(first)s to %(last)s of a month")


@dataclass(frozen=True, slots=True)
class NumberShown:
    """Whose case pages show which number."""

    whose: str
    phone: str


def direct() -> Response:
    """Show the office's policy, or write it down; to whoever manages none it does not exist."""
    return answer(SUBJECT)


def restore_direct(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again; do nothing."""
    return _show(PolicyForm(formdata=typed), restored=typed.get("office", ""))


def _save(session: Session, turn: Turn, form: PolicyForm) -> None:
    editor = Editor(turn.office_id, turn.actor, turn.version, turn.once)
    set_policy(session, editor, form.chosen, form.to_lines(), now=now())


def _say_kept(_session: Session, _turn: Turn, _form: object) -> list[str]:
    return [translate(current_locale(), KEPT)]


def _version(session: Session, office: Office) -> str:
    return beside_edition(get_policy(session, office.id).version, office)


def _see(session: Session, office_id: int, _at: datetime, _form: object) -> tuple[NumberShown, ...]:
    """Return the numbers new cases get: those for some first, then everybody else's."""
    policy = get_policy(session, office_id)
    phones = {line.id: line.phone for line in list_office_lines(session, office_id)}
    known = [one for one in policy.lines if one.line_id in phones]
    ordered = sorted(known, key=lambda one: (one.is_for_others, one.days or (0, 0)))
    return tuple(NumberShown(_say_whose(policy.split, one), phones[one.line_id]) for one in ordered)


def _say_whose(split: Split, line: PolicyLine) -> str:
    locale = current_locale()
    if line.days:
        return translate(locale, BORN, first=str(line.days[0]), last=str(line.days[1]))
    if line.needs:
        words = [translate(locale, NEEDS[code]) for code in NEEDS if code in line.needs]
        return say_list(words, locale)
    return translate(locale, EVERYBODY if split is Split.EVERYBODY else EVERYBODY_ELSE)


def _draw(form: OfficeForm | None, status: int, _asked: str | None) -> Response:
    return _show(form if isinstance(form, PolicyForm) else None, status)


def _show(
    form: PolicyForm | None = None, status: int = 200, *, restored: str | None = None
) -> Response:
    instant, managed = now(), who().managed_office_ids
    with read_session() as session:
        chosen = read_office(session, managed, typed=restored) or abort(404)
        every = list_office_lines(session, chosen.office.id)
        policy = get_policy(session, chosen.office.id)
        version = _version(session, session.get_one(Office, chosen.office.id))
        until = instant + A_MOMENT
        counts = count_direct_numbers(session, chosen.office.id, until - COUNTED, until)
    lines = _list_public(every)
    shown = fields_of(policy, [line.id for line in lines])
    drawn = form or PolicyForm(formdata=None, data=shown)
    return show_desk(
        "roster/direct.html",
        status=status,
        chosen=chosen,
        lines=lines,
        version=version,
        counts=counts,
        form=drawn,
        is_whole=leaves_nobody_out(policy.split, policy.lines),
        is_restored=restored is not None,
        is_saved=form is None and "saved" in request.args,
    )


def _list_public(lines: tuple[DutyLine, ...]) -> list[DutyLine]:
    return [line for line in lines if line.audience is DutyAudience.PUBLIC][: len(SLOTS)]


SUBJECT = Subject(
    name="direct",
    acts={"policy": Act(PolicyForm, _save, says=_say_kept)},
    asks={LineNotForPeople: ("others", CHOOSE_OTHERS), PolicyIncomplete: ("split", DAY_TWICE)},
    version=_version,
    look=Look("direct", _see),
    where="/desk/roster/direct",
    draw=_draw,
    changed=(PolicyChanged, OfficeChanged),
    done=(AlreadyDone,),
)
