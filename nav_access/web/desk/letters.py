"""Letters to print for people whom nothing else reaches: the list, one letter, «printed»."""

from flask import Response, abort, request

from nav_access.core.i18n.locales import DEFAULT, by_tag
from nav_access.intake import letters as room
from nav_access.intake.errors import CaseNotFound
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.forms import PlainForm
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.letter_words import write_letter


def letters() -> Response:
    """List the letters of the reader's offices that wait to be printed, oldest first."""
    with read_session() as session:
        found = room.list_letters(session, who())
    return show_desk("letters.html", letters=found)


def letter(message_id: int) -> Response:
    """Show one letter as it is printed, or note that it was."""
    if request.method != "POST":
        return _show(message_id)
    form = PlainForm()
    if not form.validate():
        return _show(message_id, form=form, status=422)
    try:
        with unit_of_work() as session:
            room.mark_printed(session, who(), message_id, now=now())
    except CaseNotFound:
        abort(404)
    return see_other("/desk/letters")


def restore_letter(message_id: int, typed: Fields) -> Response:
    """Show the letter again to whoever had to sign in before saying that it was printed."""
    return _show(message_id, form=PlainForm(formdata=typed))


def _show(message_id: int, *, form: PlainForm | None = None, status: int = 200) -> Response:
    """Show a letter; opening it is logged in the same transaction."""
    try:
        with unit_of_work() as session:
            found = room.open_letter(session, who(), message_id, keyring=keyring(), now=now())
    except CaseNotFound:
        abort(404)
    return show_desk(
        "letter.html",
        status=status,
        form=form or PlainForm(formdata=None),
        letter=found,
        # Browsers print a page's title: it must not say who sent the letter.
        service_name=found.recipient.number,
        written_in=by_tag(found.recipient.language) or DEFAULT,
        words=write_letter(found.recipient, found.kind, now()),
    )
