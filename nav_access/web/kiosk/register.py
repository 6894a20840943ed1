"""Making a browser the office's terminal, with the code staff were given."""

from flask import Response

from nav_access.kiosk import terminals
from nav_access.kiosk.errors import BadCode
from nav_access.web.kiosk.terminal import RegisterForm, go, remember, show_not_set_up
from nav_access.web.shared.addresses import client_address
from nav_access.web.shared.installation import keyring, now, unit_of_work


def register() -> Response:
    """Take the code."""
    form = RegisterForm()
    if form.validate() and _may_try():
        try:
            with unit_of_work() as session:
                done = terminals.register(session, form.code.data, now=now())
                terminals.give_back(session, client_address(), keyring=keyring(), now=now())
            return remember(go(f"/kiosk/{done.slug}/"), done.slug, done.secret)
        except BadCode:
            pass
    if not form.has_errors:
        form.refuse()
    return show_not_set_up(form, 422)


def ask_for_code() -> Response:
    """Show the field for the code."""
    return show_not_set_up(status=200)


def _may_try() -> bool:
    with unit_of_work() as session:
        return terminals.may_try(session, client_address(), keyring=keyring(), now=now())
