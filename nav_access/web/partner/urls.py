"""The partners' addresses, and the lock before them."""

from nav_access.core.i18n.wording import N_
from nav_access.intake.acting.codes import ConsentWay, HelpKind, Lasting, Relation, Scope
from nav_access.web.partner import case, home, kept, new
from nav_access.web.partner.access import admit, is_organisations
from nav_access.web.partner.restores import RESTORES
from nav_access.web.partner.wording import Spent
from nav_access.web.shared.signed_in.door import Door
from nav_access.web.shared.signed_in.doorway import FORM, GET, open_door
from nav_access.web.shared.signed_in.guide_page import add_guide
from nav_access.web.shared.signed_in.request_form import CHOSEN

DOOR = Door(
    name="partner",
    prefix="/partner",
    title=N_("Partner agencies"),
    sign_in_title=N_("Sign in for partner agencies"),
    admit=admit,
    layout="partner/layout.html",
    refused=N_("This part is for agencies with an agreement. Ask whoever leads your agency."),
    restores=RESTORES,
    is_organisations=is_organisations,
    chosen=frozenset(CHOSEN.union(Relation, ConsentWay, Scope, Lasting, HelpKind, Spent)),
)

blueprint = open_door(DOOR)

blueprint.add_url_rule("/", "home", home.home, methods=GET)
blueprint.add_url_rule("/new", "new", new.new, methods=FORM)
blueprint.add_url_rule("/drafts/<name>", "kept", kept.kept, methods=FORM)
blueprint.add_url_rule("/cases/<number>", "case", case.case, methods=FORM)
add_guide(blueprint)
