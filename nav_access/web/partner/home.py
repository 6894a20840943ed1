"""The partners' first page: whom the agency helps, what is begun, and whom to ring."""

import re

from flask import Response, request

from nav_access.core.db import Session
from nav_access.intake.acting import drafts
from nav_access.intake.acting.queries import list_cases, list_closed
from nav_access.offices.codes import DutyAudience
from nav_access.offices.roster.queries import list_lines
from nav_access.partners.codes import AgencyRole
from nav_access.partners.queries import list_members
from nav_access.partners.rules import Membership
from nav_access.staff.queries import find_names
from nav_access.web.partner import wording
from nav_access.web.partner.access import membership
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.acting_words import say_until
from nav_access.web.shared.signed_in.pages import show_at_door

_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
MOST_LINES = 12


def home() -> Response:
    """Show whom the reader's agency helps."""
    member, asked = membership(), request.args.get("before", "")
    before = int(asked) if _ID.fullmatch(asked) else None
    with read_session() as session:
        page = list_cases(session, member, before=before, now=now())
        closed = list_closed(session, member, now=now()) if before is None else ()
        begun = drafts.list_own(session, member, now())
        lines = list_lines(session, DutyAudience.AGENCIES, now())
        members = _list_members(session, member)
    return show_at_door(
        "partner/home.html",
        membership=member,
        page=page,
        is_older=before is not None,
        begun=begun,
        closed=closed,
        say_until=say_until,
        said=wording.DONE.get(request.args.get("done", "")),
        lines=lines[:MOST_LINES],
        members=members,
    )


def _list_members(session: Session, member: Membership) -> list[str]:
    """Return who works for the agency, for its leader alone; nothing for others."""
    if member.role is not AgencyRole.LEADER:
        return []
    rows = list_members(session, member.agency_id, now())
    names = find_names(session, [row.staff_id for row in rows])
    return [names[row.staff_id] for row in rows]
