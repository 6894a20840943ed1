"""What a visit left that nobody ended: a terminal that lost its power keeps nothing either."""

from datetime import datetime

from sqlalchemy import select, update

from nav_access.core.db import Database, Session
from nav_access.core.security.tokens import BadToken, ends_utc
from nav_access.kiosk.models import Terminal
from nav_access.kiosk.terminals import new_visit


def sweep_visits(database: Database, *, now: datetime) -> int:
    """End the visits whose page has had its time, and return how many; many may run it at once.

    Mostly there are none, and then nothing is written.
    """
    with database.read_session() as session:
        over = _list_over(session, now)
    if not over:
        return 0
    with database.unit_of_work() as session:
        return sum(_end(session, *one) for one in over)


def _list_over(session: Session, now: datetime) -> list[tuple[int, str]]:
    kept = select(Terminal.id, Terminal.kept_token).where(Terminal.kept_token.is_not(None))
    return [(one, token) for one, token in session.execute(kept) if token and _is_over(token, now)]


def _is_over(token: str, now: datetime) -> bool:
    try:
        return now >= ends_utc(token)
    except BadToken:
        return True


def _end(session: Session, terminal_id: int, token: str) -> int:
    """End one visit, unless its page is another one now."""
    ended = session.execute(
        update(Terminal)
        .where(Terminal.id == terminal_id, Terminal.kept_token == token)
        .values(kept_token=None, visit=new_visit())
        .returning(Terminal.id)
        .execution_options(synchronize_session=False)
    )
    return len(ended.all())
