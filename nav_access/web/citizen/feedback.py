"""Tell us when something does not work: a form about the pages, and what comes of it."""

from flask import Response, request

from nav_access.core.db import DatabaseUnavailable
from nav_access.core.i18n.locales import by_path
from nav_access.core.i18n.wording import N_
from nav_access.feedback import rules, service
from nav_access.feedback.errors import TooMuchFeedback
from nav_access.feedback.sealing import Said
from nav_access.web.shared.addresses import client_address, is_shared_network
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.fields import EmailField, PhoneField, TextField, clean
from nav_access.web.shared.forms import PublicForm
from nav_access.web.shared.help_form import act_of
from nav_access.web.shared.installation import keyring, now, unit_of_work
from nav_access.web.shared.page_cache import HOLE
from nav_access.web.shared.pages import LONG, show
from nav_access.web.shared.templating import current_locale, use_locale

MOST_PAGE = 200
TOO_MANY = N_("Many requests came from your network. Ring us, or try again in an hour.")
NOT_STORED = N_("We could not store your request. Ring us now. What you wrote is still below.")


class FeedbackForm(PublicForm):
    """What did not work, on which page, and where an answer can go."""

    scope = "feedback"

    what = TextField(most=2000, is_long=True)
    page = TextField(most=MOST_PAGE)
    email = EmailField(most=254)
    phone = PhoneField(most=40)
    website = TextField(most=200)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for words, and for none in the field that people do not see."""
        super().validate(extra_validators)
        for field, is_wrong, what_to_do in (
            (self.what, not self.what.data, N_("Write what did not work.")),
            (
                self.website,
                bool(self.website.data),
                N_("Leave this field empty, and press the button once more."),
            ),
        ):
            if is_wrong and not field.errors:
                field.errors = [what_to_do]
        return not self.has_errors

    def to_said(self) -> Said:
        """Return what was written; the form is valid."""
        return Said(
            text=self.what.data,
            page=self.page.data,
            email=self.email.data or None,
            phone=self.phone.number,
        )


def feedback() -> Response:
    """Show the form, or take it."""
    if request.method != "POST":
        page = clean(request.args.get("page", ""))[:MOST_PAGE]
        return _show(FeedbackForm(data={"page": page}), 200, is_blank=not page)
    form = FeedbackForm()
    if request.form.get("do") == "language":
        use_locale(by_path(request.form.get("to", "")) or current_locale())
        form.read_token()
        return _show(form, 200)
    if not form.validate():
        return _show(form, 422)
    try:
        return _take(form)
    except TooMuchFeedback:
        return _show(form, 429, notice=TOO_MANY)
    except DatabaseUnavailable:
        return _show(form, 503, notice=NOT_STORED)


def _take(form: FeedbackForm) -> Response:
    said, act, address = form.to_said(), act_of(form), client_address()
    with unit_of_work() as session:
        service.receive(
            session,
            said,
            once=service.name_form(keyring(), act.key_id, act.once),
            language=current_locale().tag,
            address=address,
            is_shared_network=is_shared_network(address),
            keyring=keyring(),
            now=now(),
        )
    locale, last = current_locale(), rules.promise_answer(now())
    day = say_date(last, locale, last) if said.wants_answer else None
    return show("citizen/feedback_taken.html", day=day)


def _show(
    form: FeedbackForm, status: int, *, notice: str | None = None, is_blank: bool = False
) -> Response:
    return show(
        "citizen/feedback.html",
        status=status,
        keep=LONG if is_blank else None,
        hole=form.scope,
        form=form,
        token=HOLE if is_blank else form.token_to_show(),
        notice=notice,
        is_error=status != 200,
    )
