"""The terminals of an office's reception: its manager adds them, and ends them."""

from flask import Response, abort, request

from nav_access.core.i18n.wording import N_
from nav_access.kiosk import terminals as room
from nav_access.kiosk.errors import NameTaken
from nav_access.web.desk.capacity_forms import NumberField
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.forms import DeskForm
from nav_access.web.desk.offices import Chosen, read_office
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.installation import now, read_session, unit_of_work

MOST_ID = 999_999
NAME_IT = N_("Write where the terminal stands, with 40 letters at most.")
TAKEN = N_("The office has a terminal of this name. Choose another.")


class TerminalForm(DeskForm):
    """Where a new terminal stands, or which one is ended."""

    name = TextField(most=40)
    terminal = NumberField(least=1, most_number=MOST_ID)

    def validate_new(self) -> bool:
        """Ask for the name."""
        if self.validate() and not self.name.data:
            self.ask(self.name, NAME_IT)
        return not self.has_errors


def terminals() -> Response:
    """Show them, add one or end one; to whoever manages no office they do not exist."""
    if request.method != "POST":
        return _show()
    form, chosen = TerminalForm(), _choose()
    if request.form.get("do") != "end":
        return _add(form, chosen)
    if not form.validate() or form.terminal.number is None:
        return _show(form, 422)
    with unit_of_work() as session:
        room.revoke(session, chosen.office.id, form.terminal.whole, actor=_actor(), now=now())
    return see_other(f"/desk/terminals?office={chosen.office.slug}")


def restore_terminals(typed: Fields) -> Response:
    """Show the page with what was typed before its reader had to sign in again."""
    return _show(TerminalForm(formdata=typed), restored=typed.get("office", ""))


def _add(form: TerminalForm, chosen: Chosen) -> Response:
    if not form.validate_new():
        return _show(form, 422)
    try:
        with unit_of_work() as session:
            code = room.add_terminal(
                session, chosen.office.id, form.name.data, actor=_actor(), now=now()
            )
    except NameTaken:
        form.ask(form.name, TAKEN)
        return _show(form, 422)
    return _show(code=code)


def _actor() -> str:
    return f"staff:{who().staff_id}"


def _choose(restored: str | None = None) -> Chosen:
    with read_session() as session:
        return read_office(session, who().managed_office_ids, typed=restored) or abort(404)


def _show(
    form: TerminalForm | None = None,
    status: int = 200,
    *,
    code: str | None = None,
    restored: str | None = None,
) -> Response:
    chosen = _choose(restored)
    with read_session() as session:
        found = room.list_terminals(session, chosen.office.id, now())
    return show_desk(
        "terminals.html",
        status=status,
        chosen=chosen,
        code=code and " ".join((code[:4], code[4:8], code[8:])),
        form=form or TerminalForm(formdata=None),
        is_restored=restored is not None,
        terminals=found,
    )
