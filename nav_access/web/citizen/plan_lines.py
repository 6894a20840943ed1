"""The plan on the person's own page: common steps in their language, others as written."""

from dataclasses import dataclass

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.locales import Locale, by_tag
from nav_access.core.i18n.wording import N_, words_in
from nav_access.intake.sides.plan import Step
from nav_access.intake.sides.queries import get_person_plan
from nav_access.staff.codes import Side
from nav_access.web.shared.dates import say_day
from nav_access.web.shared.installation import keyring, now
from nav_access.web.shared.plan_words import STEPS

IN_CHARGE = {
    Side.MUNICIPAL: N_("In charge: the municipality"),
    Side.STATE: N_("In charge: the state"),
}
"""Who is asked about a step; of what both have, the office is."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One step in words. `written_in` only for words that are not in the page's own language."""

    what: str
    written_in: Locale | None
    in_charge: str | None
    when: str | None
    is_done: bool


def list_plan(session: Session, number: str, locale: Locale) -> tuple[PlanLine, ...]:
    """Return the plan of a case, for its holder."""
    steps = get_person_plan(session, number, keyring=keyring())
    return tuple(_line(step, locale) for step in steps)


def _line(step: Step, locale: Locale) -> PlanLine:
    words = words_in(locale)
    charge = IN_CHARGE.get(step.side)
    is_past = step.done_utc is not None
    return PlanLine(
        what=words.text(STEPS[step.common]) if step.common else step.words or "",
        written_in=None if step.common else by_tag(step.language or ""),
        in_charge=words.text(charge) if charge else None,
        when=None if is_past else _say_when(step, locale),
        is_done=is_past,
    )


def _say_when(step: Step, locale: Locale) -> str | None:
    today = to_oslo(now()).date()
    return say_day(step.on_date, locale, today) if step.on_date else None
