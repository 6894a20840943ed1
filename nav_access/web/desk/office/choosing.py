"""Which of the offices they manage a manager's page is about, and who the manager is."""

from flask import abort

from nav_access.core.db import Session
from nav_access.web.desk.offices import Chosen, read_office
from nav_access.web.desk.session import who


def choose(session: Session) -> Chosen:
    """Return the office the page is about; 404 for whoever does not manage it, or any."""
    managed = who().managed_office_ids
    chosen = read_office(session, managed) if managed else None
    return chosen or abort(404)


def actor() -> str:
    """Return the signed-in manager as the audit names them."""
    return f"staff:{who().staff_id}"
