"""A request for a person: what they said yes to, a draft until they do, and their code, once."""

from flask import Response, request

from nav_access.core.i18n.wording import N_
from nav_access.intake.acting import drafts, service
from nav_access.intake.acting.codes import Outside
from nav_access.intake.acting.errors import OutsideAgreement
from nav_access.intake.applications import Application, Receipt
from nav_access.intake.codes import Need
from nav_access.intake.errors import DistrictNeeded, FormUsed
from nav_access.offices.cards import find_public_card
from nav_access.offices.queries import OfficeChoice
from nav_access.partners.queries import get_agency
from nav_access.web.partner import wording
from nav_access.web.partner.access import membership
from nav_access.web.partner.forms import ForPersonForm
from nav_access.web.partner.receipt import show_receipt
from nav_access.web.shared.fields import clean
from nav_access.web.shared.forms import NOT_TYPED
from nav_access.web.shared.help_form import submission_of
from nav_access.web.shared.helping_words import say_told
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.pages import see_other, show_at_door
from nav_access.web.shared.templating import current_locale

FORM_USED = N_("You have sent one request from this page. Is this a new one? Press Send once more.")


def new() -> Response:
    """Show the questions, keep what was typed as a draft, or send it for the person."""
    if request.method != "POST":
        return show_form(_begin())
    form = ForPersonForm()
    asked = request.form.get("do")
    if asked == "language":
        form.read_token()
        return show_form(form)
    if asked == "keep":
        return _keep(form)
    if not form.validate():
        return show_form(form, status=422)
    return _send(form)


def restore_new(typed: Fields) -> Response:
    """Show the questions with what somebody typed before they had to sign in again."""
    return show_form(ForPersonForm(formdata=typed), is_restored=True)


def show_form(
    form: ForPersonForm,
    *,
    status: int = 200,
    choices: tuple[OfficeChoice, ...] = (),
    outside: Outside | None = None,
    notice: str | None = None,
    is_restored: bool = False,
) -> Response:
    """Return the form as it was left."""
    member, locale = membership(), form.person_locale
    with read_session() as session:
        agency = get_agency(session, member.agency_id)
        office = find_public_card(session, form.office.data)
    return show_at_door(
        "partner/new.html",
        status=status,
        form=form,
        membership=member,
        agency=agency,
        words=wording,
        person=locale,
        told=say_told(member.agency_name, locale),
        choices=choices,
        office=office,
        outside=outside and wording.OUTSIDE[outside],
        notice=notice,
        is_restored=is_restored,
        token=form.token_to_show(),
    )


def _begin() -> ForPersonForm:
    """Return a blank form, with the need a link asks for and the reader's own language."""
    asked = {clean(value) for value in request.args.getlist("need")}
    needs = frozenset(need for need in Need if need in asked)
    path = current_locale().path
    return ForPersonForm(formdata=None, data={"need": needs, "person_language": path})


def _keep(form: ForPersonForm) -> Response:
    """Keep what was typed, unjudged, until the person has said yes."""
    form.read_token()
    if form.handed_in is None:
        form.validate()
        return show_form(form, status=422)
    typed = {name: values for name, values in request.form.lists() if name not in NOT_TYPED}
    member, name, keys = membership(), form.kept.data, keyring()
    with unit_of_work() as session:
        if name:
            drafts.save_over(session, member, typed, name, keyring=keys, now=now())
        else:
            drafts.save(session, member, typed, keyring=keys, now=now())
    return see_other("/partner/#drafts")


def _send(form: ForPersonForm) -> Response:
    application = form.to_application(form.person_locale)
    try:
        receipt = _submit(form, application)
    except DistrictNeeded as needed:
        return show_form(form, status=422, choices=needed.offices)
    except FormUsed:
        form.renew_token()
        return show_form(form, status=422, notice=FORM_USED)
    except OutsideAgreement as fact:
        return show_form(form, status=422, outside=fact.what)
    return show_receipt(receipt, form.person_locale, application.wishes.name)


def _submit(form: ForPersonForm, application: Application) -> Receipt:
    """Send it, count the help, and erase the draft it came from, in one act."""
    member, consent = membership(), form.to_consent()
    with unit_of_work() as session:
        receipt = service.submit(
            session,
            member,
            application,
            consent,
            submission_of(form),
            keyring=keyring(),
            now=now(),
        )
        if not receipt.is_repeat and (form.help_kind.data or form.spent):
            service.note_help(
                session, member, receipt.number, form.help_kind.data, form.spent, now=now()
            )
        if form.kept.data:
            drafts.forget(session, member, form.kept.data, now=now())
    return receipt
