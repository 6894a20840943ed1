"""The administrators' addresses, and the lock before them."""

from nav_access.core.i18n.wording import N_
from nav_access.feedback.codes import AnswerWay
from nav_access.intake.codes import Need
from nav_access.partners.codes import AgencyRole
from nav_access.web.admin import (
    account,
    agencies,
    agency,
    confirm,
    home,
    keys,
    office,
    offices,
    people,
    written,
)
from nav_access.web.admin.access import admit
from nav_access.web.admin.forms import SiteRole
from nav_access.web.admin.restores import RESTORES
from nav_access.web.shared.signed_in.door import Door
from nav_access.web.shared.signed_in.doorway import FORM, GET, open_door

DOOR = Door(
    name="admin",
    prefix="/admin",
    title=N_("Administration"),
    sign_in_title=N_("Sign in to the administration"),
    admit=admit,
    layout="admin/layout.html",
    refused=N_("This part is for those who run the site. They do not read cases."),
    restores=RESTORES,
    chosen=frozenset({*Need, *AgencyRole, *SiteRole, *AnswerWay}),
)

blueprint = open_door(DOOR)

blueprint.add_url_rule("/", "home", home.home, methods=GET)
blueprint.add_url_rule("/offices", "offices", offices.offices, methods=FORM)
blueprint.add_url_rule(
    "/offices/<int(max=999999999):office_id>", "office", office.office, methods=FORM
)
blueprint.add_url_rule("/people", "people", people.people, methods=FORM)
blueprint.add_url_rule(
    "/people/<int(max=999999999):staff_id>", "account", account.account, methods=FORM
)
blueprint.add_url_rule("/agencies", "agencies", agencies.agencies, methods=FORM)
blueprint.add_url_rule(
    "/agencies/<int(max=999999999):agency_id>", "agency", agency.agency, methods=FORM
)
blueprint.add_url_rule("/confirm", "confirm", confirm.confirm, methods=FORM)
blueprint.add_url_rule("/written", "written", written.written, methods=GET)
blueprint.add_url_rule(
    "/written/<int(max=999999999):feedback_id>",
    "one_written",
    written.one_written,
    methods=FORM,
)
blueprint.add_url_rule("/keys", "keys", keys.keys, methods=FORM)
