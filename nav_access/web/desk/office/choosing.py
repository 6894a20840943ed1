"""Which of the offices they manage a manager's page is about, and who the manager is."""

from flask import abort, request

from nav_access.core.db import Session
from nav_access.web.desk.offices import Chosen
from nav_access.web.desk.session import who
from nav_access.worklist.desk_offices import OfficeNotTheirs, find_desk_office, list_desk_offices


def choose(session: Session, asked: str | None = None) -> Chosen:
    """Return the office the page is about; 404 for whoever does not manage it, or any.

    `asked` is its slug where the request itself does not say it: what is filled in again after
    somebody had to sign in is about the office it was written for.
    """
    slug = request.values.get("office", "") if asked is None else asked
    managed = who().managed_office_ids
    every = list_desk_offices(session.connection(), who()) if managed else ()
    offices = tuple(office for office in every if office.id in managed)
    try:
        return Chosen(find_desk_office(offices, slug), offices)
    except OfficeNotTheirs:
        abort(404)


def actor() -> str:
    """Return the signed-in manager as the audit names them."""
    return f"staff:{who().staff_id}"
