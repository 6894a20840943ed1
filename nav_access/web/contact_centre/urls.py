"""The contact centre's addresses, and the lock before them."""

from nav_access.core.i18n.wording import N_
from nav_access.intake.centre.codes import LookUpReason, TransferOutcome
from nav_access.web.contact_centre import (
    case,
    home,
    lines,
    message,
    new_case,
    thread,
    transfer,
)
from nav_access.web.contact_centre.access import admit
from nav_access.web.contact_centre.restores import RESTORES
from nav_access.web.shared.signed_in.door import Door
from nav_access.web.shared.signed_in.doorway import FORM, GET, open_door
from nav_access.web.shared.signed_in.guide_page import add_guide
from nav_access.web.shared.signed_in.organisations import is_an_offices
from nav_access.web.shared.signed_in.request_form import CHOSEN

DOOR = Door(
    name="contact_centre",
    prefix="/contact-centre",
    title=N_("The contact centre"),
    sign_in_title=N_("Sign in to the contact centre"),
    admit=admit,
    layout="contact_centre/layout.html",
    refused=N_("This part is for the operators of the contact centre. Ask your manager."),
    restores=RESTORES,
    chosen=frozenset({*LookUpReason, *TransferOutcome, *CHOSEN}),
    is_organisations=is_an_offices,
)

blueprint = open_door(DOOR)

blueprint.add_url_rule("/", "home", home.home, methods=FORM)
blueprint.add_url_rule("/cases/<number>", "case", case.case, methods=GET)
blueprint.add_url_rule("/cases/<number>/message", "message", message.message, methods=FORM)
blueprint.add_url_rule(
    "/cases/<number>/transfer/<int(max=999999999):line_id>",
    "case_transfer",
    transfer.transfer,
    methods=FORM,
)
blueprint.add_url_rule("/lines", "lines", lines.lines, methods=GET)
blueprint.add_url_rule(
    "/messages/<int(max=999999999):message_id>", "thread", thread.thread, methods=FORM
)
blueprint.add_url_rule("/new-case", "new_case", new_case.new_case, methods=FORM)
blueprint.add_url_rule(
    "/transfer/<int(max=999999999):line_id>", "transfer", transfer.transfer, methods=FORM
)
add_guide(blueprint)
