"""Who has yet to choose credentials of their own, and the page on which they do."""

from urllib.parse import urlencode

from flask import Response, g

from nav_access.staff import first_sign_in
from nav_access.staff.first_sign_in import Choosing
from nav_access.web.shared.installation import keyring, now, read_session
from nav_access.web.shared.signed_in.door import current_door
from nav_access.web.shared.signed_in.forms import ChoosingForm
from nav_access.web.shared.signed_in.pages import see_other, show_at_door
from nav_access.web.shared.signed_in.session import read_cookie

GROUP = 4
"""Letters of a key that are typed from a screen in one go."""


def find_choosing() -> Choosing | None:
    """Return who chooses credentials in this browser, or None."""
    token = read_cookie().token
    if not token:
        return None
    with read_session() as session:
        return first_sign_in.find_choosing(session, token, keyring=keyring(), now=now())


def first_address(wanted: str) -> str:
    """Return the page's address; `wanted` is where to go on to from there."""
    return f"{current_door().sign_in}/first?{urlencode({'next': wanted})}"


def show_choosing(wanted: str, draft: str = "") -> Response:
    """Show the page, with nothing chosen yet."""
    form = ChoosingForm(formdata=None)
    form.next.data, form.draft.data = wanted, draft
    return show_form(form, 200)


def show_form(form: ChoosingForm, status: int) -> Response:
    """Show the page with a form; who does not choose here signs in first."""
    found = find_choosing()
    if found is None:
        return see_other(current_door().sign_in)
    g.who = None
    starts = range(0, len(found.secret), GROUP)
    return show_at_door(
        "signed_in/first.html",
        status=status,
        choosing=found,
        key=" ".join(found.secret[start : start + GROUP] for start in starts),
        form=form,
    )
