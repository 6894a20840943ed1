"""What somebody wrote when their session was over: sealed into the sign-in page, for them alone.

Nothing is stored and nothing is done. The sealed text is opened on the page it was written for,
by the person whose session it was; whoever else signs in does not see that it was there.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from flask import request
from werkzeug.datastructures import MultiDict

from nav_access.core.security.tokens import BadToken, ExpiredToken
from nav_access.staff import sessions
from nav_access.web.shared.fields import clean
from nav_access.web.shared.installation import installation, now, read_session
from nav_access.web.shared.signed_in.door import current_door
from nav_access.web.shared.signed_in.session import read_cookie

LIFETIME = timedelta(hours=12)
"""Over the night: who was called away in the afternoon finds the text in the morning."""

MOST = 30_000
"""Signs that are carried along; the form that carries them may have 64 kB in all."""

NOT_TYPED = frozenset({"token", "do", "seen"})

NOT_WORDS = NOT_TYPED | {"goes", "kept", "office", "person_language", "reads", "shown_in", "speak"}
"""Fields whose value is a name of ours, or is chosen from a list with many."""

Fields = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that came without a session: `sealed` for their writer, or `shown` to be copied."""

    sealed: str = ""
    shown: tuple[str, ...] = ()


def keep_typed(*, may_come_back: bool) -> Draft | None:
    """Return what was typed in this request, kept; None when nothing was.

    Whose session it was decides who sees it again. When that cannot be known, or the page cannot
    be filled in again, it is shown to whoever sent it just now, and kept nowhere.
    """
    if not any(_list_given(NOT_TYPED)):
        return None
    shown = list_typed()
    owner = _find_owner() if may_come_back else None
    typed = json.dumps(list(request.form.items(multi=True)), ensure_ascii=False)
    if owner is None or len(typed.encode()) > MOST:
        return Draft(shown=shown) if shown else None
    scope = _scope(request.path, owner)
    sealed = installation().sealed_tokens.seal({"typed": typed}, now(), LIFETIME, scope)
    return Draft(sealed=sealed)


def list_typed() -> tuple[str, ...]:
    """Return the words typed in this request, to be shown to whoever sent it and kept nowhere.

    What was chosen from a list is chosen again in a moment; words are not written so soon.
    """
    chosen = current_door().chosen
    return tuple(text for text in _list_given(NOT_WORDS) if text not in chosen)


def _list_given(besides: frozenset[str]) -> list[str]:
    """Return what was given in this request's fields, but for those named."""
    given = request.form.items(multi=True)
    return [text for name, value in given if name not in besides and (text := clean(value))]


def open_draft(sealed: str, path: str, staff_id: int) -> Fields | None:
    """Return what this person wrote for this page; None when it is not theirs, or too old."""
    try:
        opened = installation().sealed_tokens.open(sealed, now(), _scope(path, staff_id))
    except (BadToken, ExpiredToken):
        return None
    return MultiDict(json.loads(opened["typed"]))


def _find_owner() -> int | None:
    with read_session() as session:
        return sessions.find_whose(session, read_cookie().token)


def _scope(path: str, staff_id: int) -> str:
    return f"{current_door().name}-draft:{staff_id}:{path}"
