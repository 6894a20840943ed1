"""What may be typed at a door; every form's token is bound to the signed-in session."""

from hashlib import sha256

from flask import request
from wtforms import Field

from nav_access.core.i18n.wording import N_
from nav_access.intake.applications import Submission
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.forms import PublicForm
from nav_access.web.shared.signed_in.session import form_scope

ONCE_BYTES = 16


class DoorForm(PublicForm):
    """A form that only the browser it was made for can hand in."""

    @property
    def scope(self) -> str:  # type: ignore[override]  # a value of the request, not of the class
        """The scope of this browser's tokens."""
        return form_scope()

    def to_submission(self) -> Submission:
        """Return the name of this form with these words: the same twice is one act.

        A page carries one token for several forms, so what was typed is part of the name.
        """
        if self.handed_in is None:
            raise LookupError("the form has no token")
        typed = repr(sorted(request.form.items(multi=True))).encode()
        once = sha256(self.handed_in.once + typed).digest()[:ONCE_BYTES]
        return Submission(once, self.handed_in.key_id)

    def ask(self, field: Field, what_to_do: str) -> None:
        """Put a sentence at a field that has to be filled in differently."""
        field.errors = [*field.errors, what_to_do]

    def ask_for_empty(self, *needed: tuple[Field, str]) -> None:
        """Put its sentence at each of these fields that is empty and has no other fault."""
        for field, what_to_do in needed:
            if not field.data and not field.errors:
                self.ask(field, what_to_do)


class SignInForm(DoorForm):
    """E-mail, password and the code of the moment."""

    email = TextField(most=254)
    password = TextField(most=200)
    code = TextField(most=20)
    next = TextField(most=300)
    draft = TextField(most=64 * 1024)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for what is empty; whether it is right is not this form's to know."""
        super().validate(extra_validators)
        self.ask_for_empty(
            (self.email, N_("Write your e-mail address.")),
            (self.password, N_("Write your password.")),
            (self.code, N_("Write the 6 digits your authenticator app shows now.")),
        )
        return not self.has_errors


class ChoosingForm(DoorForm):
    """A password of one's own, twice, and a code of the new key."""

    password = TextField(most=200)
    again = TextField(most=200)
    code = TextField(most=20)
    next = TextField(most=300)
    draft = TextField(most=64 * 1024)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for what is empty, and for the same password twice."""
        super().validate(extra_validators)
        self.ask_for_empty(
            (self.password, N_("Write a password.")),
            (self.code, N_("Write the 6 digits your authenticator app shows now.")),
        )
        if self.chosen != request.form.get("again", "") and not self.has_errors:
            self.ask(self.again, N_("These two are not the same. Write the password in both."))
        return not self.has_errors

    @property
    def chosen(self) -> str:
        """The password as typed: it is nobody's to tidy."""
        return request.form.get("password", "")


class PlainForm(DoorForm):
    """A button and nothing to type."""
