"""The partners' addresses, and the lock before them."""

from nav_access.core.i18n.wording import N_
from nav_access.web.partner import home
from nav_access.web.partner.access import admit
from nav_access.web.partner.restores import RESTORES
from nav_access.web.shared.signed_in.door import Door
from nav_access.web.shared.signed_in.doorway import GET, open_door

DOOR = Door(
    name="partner",
    prefix="/partner",
    title=N_("Partner agencies"),
    sign_in_title=N_("Sign in for partner agencies"),
    admit=admit,
    layout="partner/layout.html",
    refused=N_("This part is for agencies with an agreement. Ask whoever leads your agency."),
    restores=RESTORES,
)

blueprint = open_door(DOOR)

blueprint.add_url_rule("/", "home", home.home, methods=GET)
