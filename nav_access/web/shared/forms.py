"""Forms without cookies: a signed token guards each one and names its only submission."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict
from wtforms import Field, ValidationError
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.form import BaseForm
from wtforms.utils import unset_value

from nav_access.core.i18n.wording import N_
from nav_access.core.security.tokens import BadToken, FormToken
from nav_access.web.shared.installation import installation, now
from nav_access.web.shared.page_cache import HOLE

TOKEN = "token"  # noqa: S105 - the name of a field
_NOTHING: ImmutableMultiDict[str, str] = ImmutableMultiDict()
NOT_TYPED = frozenset({TOKEN, "case", "do", "to", "view"})


class FormTokenCheck(CSRF):
    """WTForms' guard, kept by our signed token instead of a session; it remembers nothing."""

    def generate_csrf_token(self, csrf_token_field: Field) -> str:
        """Leave the hole that the page cache, or `PublicForm.token_to_show`, fills."""
        return HOLE

    def validate_csrf_token(self, form: Any, field: Field) -> None:
        """Read the token; a page that lay open too long asks for one more press, no more."""
        try:
            token = installation().form_tokens.read(field.data or "", now(), form.scope)
        except BadToken as error:
            raise ValidationError(ASK_AGAIN) from error
        form.handed_in = token
        if token.is_expired:
            raise ValidationError(ASK_AGAIN)

    def setup_form(self, form: Any) -> list[tuple[str, Any]]:
        """Return the one field every form has besides its own."""
        return [(TOKEN, _TOKEN_FIELD)]


ASK_AGAIN = N_("This page was open for a long time. Nothing is lost. Press the button once more.")


_TOKEN_CHECK = FormTokenCheck()
_TOKEN_FIELD = CSRFTokenField(csrf_impl=_TOKEN_CHECK)


class PublicForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form of a public page. `scope` names it; `handed_in` is its token once read."""

    scope = ""
    handed_in: FormToken | None = None

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        csrf = True
        csrf_field_name = TOKEN
        csrf_context = None
        locales = False

        def build_csrf(self, form: Any) -> CSRF:
            """Return the guard, which all forms share."""
            return _TOKEN_CHECK

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read the fields alone: a file sent in a field's place is no answer."""
            wrapped = super().wrap_formdata(form, formdata)
            return request.form if isinstance(wrapped, CombinedMultiDict) else wrapped

    def __init__(self, formdata: Any = _Auto, **values: Any) -> None:
        """Copy the form as it was made the first time: to make twenty fields anew costs a page.

        The first is kept blank and never takes in anything, so nothing that one person typed
        can be found in another's form.
        """
        blank = self._blank()
        fields = {name: _copy(field, self) for name, field in blank["_fields"].items()}
        self.__dict__.update(blank, **fields, _fields=fields, form_errors=[])
        self.process(formdata, **values)

    @classmethod
    def _blank(cls) -> dict[str, Any]:
        """Return what a form of this kind holds that is handed in with nothing typed in it."""
        if cls not in _blank_forms:
            form = object.__new__(cls)
            BaseForm.__init__(form, cls._unbound_fields, meta=cls._wtforms_meta())
            for field in BaseForm.__iter__(form):
                field.process(_NOTHING)
            _blank_forms[cls] = form.__dict__
        return _blank_forms[cls]

    def process(
        self,
        formdata: Any = None,
        obj: Any = None,
        data: Mapping[str, Any] | None = None,
        extra_filters: Mapping[str, Sequence[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        """Give each field what was typed, or its value in `data`: there are no filters to ask.

        A field that a handed-in form says nothing about stays as `_blank` left it.
        """
        typed = self.meta.wrap_formdata(self, formdata)
        values = {**(data or {}), **kwargs}
        for name, field in self._fields.items():
            if typed is None or name in typed or name in values:
                field.process(typed, values.get(name, unset_value))

    def validate(self, extra_validators: object = None) -> bool:
        """Ask every field; what they ask of each other, the forms that have it add."""
        judged = [field.validate(self) for field in self]
        return all(judged)

    def read_token(self) -> None:
        """Read the token without judging the rest of the form."""
        with suppress(ValidationError):
            _TOKEN_CHECK.validate_csrf_token(self, self[TOKEN])

    def token_to_show(self) -> str:
        """Return the token for this form drawn again: the same while it is good, else a new one."""
        if self.handed_in is not None and not self.handed_in.is_expired:
            return str(self[TOKEN].data)
        return installation().form_tokens.issue(now(), self.scope)

    def renew_token(self) -> None:
        """Give the form a new token when it is drawn again: it is another form now."""
        self.handed_in = None

    @property
    def has_errors(self) -> bool:
        """True when something must be put right before the form can be taken."""
        return any(field.errors for field in self)


_blank_forms: dict[type[PublicForm], dict[str, Any]] = {}


def _copy(blank: Field, form: PublicForm) -> Field:
    # WTForms makes an unbound field of what is made without a form, `copy.copy` included.
    field = object.__new__(type(blank))
    field.__dict__.update(blank.__dict__, _form=form)
    return field


def digest_typed() -> bytes:
    """Return a digest of what was typed in this request, apart from tokens and buttons."""
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_TYPED]
    return sha256(repr(sorted(typed)).encode()).digest()
