"""Root keys by name and age, and asking that an old one be retired; no key is shown."""

import re

from flask import Response

from nav_access.core.confirming import AlreadyAsked
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake import dangers
from nav_access.web.admin.acting import Act, actor, answer, restore
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.installation import keyring, now
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.signed_in.pages import show_at_door

NOT_TO_RETIRE = N_("Choose a key that is not the one in use.")
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,40}", re.ASCII)


class KeyForm(DoorForm):
    """Which key."""

    key = TextField(most=40)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a key that is there and not in use."""
        super().validate(extra_validators)
        keys, asked = keyring(), self.key.data
        is_known = bool(_KEY.fullmatch(asked)) and asked in keys.ids and asked != keys.active_id
        if not is_known and not self.has_errors:
            self.ask(self[TOKEN], NOT_TO_RETIRE)
        return not self.has_errors


TOKEN = "token"  # noqa: S105 - the name of a field


def keys() -> Response:
    """Show the keys, or ask that one be retired."""
    return answer(ACTS, _show)


def restore_keys(typed: Fields) -> Response:
    """Show the page again; there is nothing to type on it."""
    return restore(ACTS, _show, typed)


def _show(form: DoorForm | None, status: int) -> Response:
    held = keyring()
    rows = [(one, held.age(one).days, one == held.active_id) for one in held.ids]
    return show_at_door(
        "admin/keys.html", status=status, keys=rows, form=form or KeyForm(formdata=None)
    )


def _retire(session: Session, form: KeyForm) -> str:
    dangers.ask_to_retire_key(session, form.key.data, actor=actor(), now=now())
    return "/admin/confirm"


ASKED = N_("Somebody has asked for this already. It waits for a second person.")
ACTS = {"retire": Act(KeyForm, _retire, {AlreadyAsked: (None, ASKED)})}
