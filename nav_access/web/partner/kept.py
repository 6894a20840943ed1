"""A draft: opened in the form again, or erased."""

import re

from flask import Response, abort, request

from nav_access.intake.acting import drafts
from nav_access.intake.acting.errors import DraftNotFound
from nav_access.web.partner.access import membership
from nav_access.web.partner.forms import ForPersonForm
from nav_access.web.partner.new import show_form
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import PlainForm
from nav_access.web.shared.signed_in.pages import see_other

_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)


def kept(name: str) -> Response:
    """Show a draft in the form, or erase it; 404 for another's and for one whose time is over."""
    if request.method != "POST":
        return show_form(_read(name))
    if not PlainForm().validate():
        return show_form(_read(name), status=422)
    _read(name)
    with unit_of_work() as session:
        drafts.forget(session, membership(), name, now=now())
    return see_other("/partner/#drafts")


def restore_kept(name: str, typed: Fields) -> Response:
    """Show the draft again; a press on «erase» has nothing typed to keep."""
    return show_form(_read(name), is_restored=bool(typed))


def _read(name: str) -> ForPersonForm:
    if not _NAME.fullmatch(name):
        abort(404)
    try:
        with read_session() as session:
            typed = drafts.read(session, membership(), name, keyring=keyring(), now=now())
    except DraftNotFound:
        abort(404)
    # Whether the person has heard it is asked anew: it may be another day.
    asked_anew = {**typed, "told": [], "kept": [name]}
    fields = Fields([(field, value) for field in asked_anew for value in asked_anew[field]])
    return ForPersonForm(formdata=fields)
