"""What somebody is told about others at an office: who got a role, and who gave it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.keeping import own
from nav_access.staff.codes import NoticeKind
from nav_access.staff.notices import Notice
from nav_access.web.shared.templating import current_locale, translate

KEEPER = N_("%(giver)s gave %(name)s the role for protected persons at %(office)s.")
BY_THEMSELF = N_("%(name)s took the role for protected persons at %(office)s alone.")
WORDS = {
    NoticeKind.KEEPER: KEEPER,
    NoticeKind.KEEPER_RENEWED: N_(
        "%(giver)s made new credentials for %(name)s, who has the role for protected persons at "
        "%(office)s."
    ),
    NoticeKind.MANAGER: N_("Those who run the site made %(name)s a manager of %(office)s."),
    NoticeKind.OPERATOR: N_("%(giver)s made %(name)s an operator at the contact centre."),
    NoticeKind.OPERATOR_RENEWED: N_(
        "%(giver)s made new credentials for %(name)s, an operator at the contact centre."
    ),
}
SOMEBODY = N_("Somebody")


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words, and since when it stands."""

    words: str
    at_utc: datetime


def say_notices(session: Session, notices: Iterable[Notice]) -> list[Said]:
    """Return notices in the reader's language, each with the office's name."""
    return [Said(_say(session, notice), notice.at_utc) for notice in notices]


def _say(session: Session, notice: Notice) -> str:
    sentence = BY_THEMSELF if notice.is_own else WORDS[notice.kind]
    return translate(
        current_locale(),
        sentence,
        name=notice.name,
        giver=notice.given_by or translate(current_locale(), SOMEBODY),
        office=own.get_known_office(session, notice.office_id).name,
    )
