"""Entering a request that came on paper: its questions in their order, and the person's receipt."""

from collections.abc import Mapping

from flask import Response, request

from nav_access.core.i18n.locales import OFFERED
from nav_access.core.i18n.wording import N_, words_in
from nav_access.intake import paper
from nav_access.intake.applications import Receipt
from nav_access.intake.codes import Reach
from nav_access.intake.errors import DistrictNeeded, FormUsed, NotHandedInThen
from nav_access.intake.messages import WRITTEN_TO
from nav_access.offices.queries import OfficeChoice
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.pages import sayings, show_desk
from nav_access.web.desk.paper_form import BY_PLACE, NOT_THEN, PaperForm
from nav_access.web.desk.session import who
from nav_access.web.shared.for_person import say_for_person
from nav_access.web.shared.help_form import submission_of
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.typed_times import show_day
from nav_access.web.shared.templating import current_locale
from nav_access.worklist.desk_offices import list_desk_offices

FORM_USED = N_("You have sent one request from this page. Is this a new one? Press Send once more.")
OF_THE_PLACE = N_("The office of the place on the form")


def new() -> Response:
    """Show the questions of the paper form, or store what stands on a sheet."""
    if request.method != "POST":
        return _show(PaperForm(formdata=None, day=show_day(now())))
    form = PaperForm()
    form.offer(_list_offices())
    if not form.validate():
        return _show(form, status=422)
    try:
        return _enter(form)
    except DistrictNeeded as needed:
        return _show(form, status=422, choices=needed.offices)
    except NotHandedInThen:
        form.ask(form.day, NOT_THEN)
        return _show(form, status=422)
    except FormUsed:
        form.renew_token()
        return _show(form, status=422, notice=FORM_USED)


def restore_new(typed: Fields) -> Response:
    """Show the questions with what somebody typed before they had to sign in again."""
    return _show(PaperForm(formdata=typed), is_restored=True)


def _enter(form: PaperForm) -> Response:
    """Store it. The answer has no address of its own: nobody comes back to the code."""
    application, handed_in = form.to_sheet()
    with unit_of_work() as session:
        receipt = paper.enter(
            session,
            who(),
            application,
            submission_of(form),
            handed_in,
            keyring=keyring(),
            now=now(),
        )
    return _show_receipt(receipt, form)


def _show_receipt(receipt: Receipt, form: PaperForm) -> Response:
    return show_desk(
        "entered.html",
        receipt=receipt,
        number=f"{receipt.number[:4]} {receipt.number[4:]}",
        is_late=receipt.is_waiting and receipt.promise.deadline_utc <= now(),
        is_written_to=receipt.reach in WRITTEN_TO,
        may_post=receipt.may_say_who and receipt.reach is not Reach.HELPER,
        person=form.language,
        for_person=say_for_person(receipt, form.language),
    )


def _show(
    form: PaperForm,
    *,
    status: int = 200,
    choices: tuple[OfficeChoice, ...] = (),
    notice: str | None = None,
    is_restored: bool = False,
) -> Response:
    form.offer(_list_offices())
    return show_desk(
        "new.html",
        status=status,
        form=form,
        sheets=_name_languages(),
        choices=choices,
        notice=notice,
        is_restored=is_restored,
        is_blank=request.method == "GET",
        token=form.token_to_show(),
    )


def _list_offices() -> Mapping[str, str]:
    """Return the reader's own offices, by slug, and the way by the place on the sheet."""
    with read_session() as session:
        own = list_desk_offices(session.connection(), who())
    by_place = words_in(current_locale()).text(OF_THE_PLACE)
    return {**{office.slug: office.name for office in own}, BY_PLACE: by_place}


def _name_languages() -> list[tuple[str, str]]:
    """Return the languages of sheets, by their names at the desk: those are typed to find one."""
    name = sayings().language
    named = ((one.tag, name(one.tag), one.endonym) for one in OFFERED)
    said = ((tag, own if here == own else f"{here} ({own})") for tag, here, own in named)
    return sorted(said, key=lambda one: one[1].casefold())
