"""The first sign-in: whoever was handed credentials chooses their own before anything else."""

from flask import Response, request

from nav_access.core.i18n.wording import N_
from nav_access.staff import first_sign_in
from nav_access.staff.errors import (
    CodeNotOfKey,
    NothingToChoose,
    PasswordHandedOut,
    PasswordTooPlain,
    PasswordTooShort,
)
from nav_access.web.shared.installation import installation, keyring, now
from nav_access.web.shared.signed_in.choosing import find_choosing, show_choosing, show_form
from nav_access.web.shared.signed_in.door import current_door
from nav_access.web.shared.signed_in.forms import ChoosingForm
from nav_access.web.shared.signed_in.pages import see_other
from nav_access.web.shared.signed_in.returning import safe_next
from nav_access.web.shared.signed_in.session import read_cookie
from nav_access.web.shared.signed_in.sign_in import go_on

ASKS: dict[type[Exception], tuple[str, str]] = {
    PasswordTooShort: (
        "password",
        N_("Write at least 12 characters. Four words with spaces between are enough."),
    ),
    PasswordTooPlain: (
        "password",
        N_("That is too easy to guess. Take four words that do not belong together."),
    ),
    PasswordHandedOut: (
        "password",
        N_("This is the password you were given. Choose one that nobody else has seen."),
    ),
    CodeNotOfKey: (
        "code",
        N_(
            "That code is not of the new key. Write the one that the app shows for it now, and the "
            "password once more."
        ),
    ),
}


def first() -> Response:
    """Show the page, or sign somebody in who has chosen."""
    if request.method != "POST":
        return show_choosing(safe_next(current_door(), request.args.get("next", "")))
    form = ChoosingForm()
    if find_choosing() is None or not form.validate():
        return show_form(form, 422)
    try:
        chosen = first_sign_in.choose(
            installation().database,
            read_cookie().token,
            form.chosen,
            form.code.data,
            keyring=keyring(),
            now=now(),
        )
    except NothingToChoose:
        return see_other(current_door().sign_in)
    except tuple(ASKS) as fact:
        name, what_to_do = ASKS[type(fact)]
        form.ask(form[name], what_to_do)
        return show_form(form, 422)
    return go_on(chosen, form.next.data, form.draft.data)
