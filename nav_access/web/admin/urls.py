"""The administrators' addresses, and the lock before them."""

from nav_access.core.i18n.wording import N_
from nav_access.web.admin import home
from nav_access.web.admin.access import admit
from nav_access.web.admin.restores import RESTORES
from nav_access.web.shared.signed_in.door import Door
from nav_access.web.shared.signed_in.doorway import GET, open_door

DOOR = Door(
    name="admin",
    prefix="/admin",
    title=N_("Administration"),
    sign_in_title=N_("Sign in to the administration"),
    admit=admit,
    layout="admin/layout.html",
    refused=N_("This part is for those who run the site. They do not read cases."),
    restores=RESTORES,
)

blueprint = open_door(DOOR)

blueprint.add_url_rule("/", "home", home.home, methods=GET)
