"""How the office rings people, and who is told when a promise runs out."""

import re
from dataclasses import astuple
from typing import Any

from flask import Response

from nav_access.callbacks.codes import USUAL_FALLBACKS, Fallback
from nav_access.callbacks.policies import PolicyTooWeak, get_policy, replace_policy
from nav_access.callbacks.rules import Policy
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.models import Office
from nav_access.web.desk.call_words import FALLBACKS
from nav_access.web.desk.capacity_forms import WRITE_NUMBER, NumberField
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.changing import answer, restore
from nav_access.web.desk.office.subjects import NOTHING, Act, OfficeForm, Subject, Turn
from nav_access.web.shared.fields import CodeField
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale, translate

WAYS: dict[Fallback | None, str] = {each: FALLBACKS[each] for each in USUAL_FALLBACKS}

MOST_ATTEMPTS = 20
MOST_MINUTES = 7 * 24 * 60

TRIED = N_("A person who does not answer is rung %(attempts)s times, on %(days)s different days.")
THEN = N_("What happens then: %(what)s")
MANAGER = N_("A promise runs out: the managers are told after %(minutes)s staffed minutes.")
CENTRE = N_("The contact centre is told after %(minutes)s staffed minutes.")
AS_MANY = N_("There must be at least as many attempts as days.")


class LadderForm(OfficeForm):
    """How often, on how many days, what then, and after how long others are told."""

    attempts = NumberField(least=1, most_number=MOST_ATTEMPTS)
    days = NumberField(least=1, most_number=MOST_ATTEMPTS)
    fallback = CodeField(Fallback, words=WAYS, safest=Fallback.LETTER)
    manager_minutes = NumberField(least=0, most_number=MOST_MINUTES)
    centre_minutes = NumberField(least=0, most_number=MOST_MINUTES)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for every number."""
        super().validate(extra_validators)
        for field in self:
            if isinstance(field, NumberField) and field.number is None and not field.errors:
                self.ask(field, WRITE_NUMBER)
        return not self.has_errors

    def to_policy(self) -> Policy:
        """Return the policy; the form is valid."""
        return Policy(
            attempts=self.attempts.whole,
            days=self.days.whole,
            fallback=self.fallback.data or Fallback.LETTER,
            manager_after_minutes=self.manager_minutes.whole,
            contact_centre_after_minutes=self.centre_minutes.whole,
        )


def ladder() -> Response:
    """Show how people are rung and who is told, or change it."""
    return answer(SUBJECT)


def restore_ladder(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(SUBJECT, typed)


def _describe(session: Session, office: Office, form: OfficeForm | None) -> dict[str, Any]:
    policy = get_policy(session, office.id)
    values = {
        "attempts": str(policy.attempts),
        "days": str(policy.days),
        "fallback": policy.fallback,
        "manager_minutes": str(policy.manager_after_minutes),
        "centre_minutes": str(policy.contact_centre_after_minutes),
    }
    return {
        "effects": _say(session, office),
        "ladder": form if isinstance(form, LadderForm) else LadderForm(formdata=None, data=values),
    }


def _say(session: Session, office: Office) -> list[str]:
    """Say what an office's policy leads to."""
    policy, locale = get_policy(session, office.id), current_locale()
    what = translate(locale, FALLBACKS[policy.fallback])
    return [
        translate(locale, TRIED, attempts=str(policy.attempts), days=str(policy.days)),
        translate(locale, THEN, what=what),
        translate(locale, MANAGER, minutes=str(policy.manager_after_minutes)),
        translate(locale, CENTRE, minutes=str(policy.contact_centre_after_minutes)),
    ]


def _write(session: Session, turn: Turn, form: LadderForm) -> None:
    seen = _read(turn.seen) or Policy()
    replace_policy(session, turn.office_id, seen, form.to_policy(), actor=turn.actor, now=now())


def _version(session: Session, office: Office) -> str:
    return " ".join(str(part) for part in astuple(get_policy(session, office.id)))


def _read(version: str) -> Policy | None:
    """Return the policy a version names; None for what is none."""
    read = _VERSION.fullmatch(version)
    if read is None or read[3] not in USUAL_FALLBACKS:
        return None
    attempts, days, manager, centre = (int(read[n]) for n in (1, 2, 4, 5))
    return Policy(attempts, days, Fallback(read[3]), manager, centre)


_VERSION = re.compile(r"(\d{1,6}) (\d{1,6}) ([a-z_]{1,30}) (\d{1,6}) (\d{1,6})", re.ASCII)


SUBJECT = Subject(
    name="ladder",
    acts={"ladder": Act(LadderForm, _write)},
    describe=_describe,
    asks={PolicyTooWeak: ("attempts", AS_MANY)},
    version=_version,
    effects=_say,
    look=NOTHING,
)
