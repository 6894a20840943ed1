"""The contact centre's addresses, and the lock before them."""

from nav_access.core.i18n.wording import N_
from nav_access.web.contact_centre import home
from nav_access.web.contact_centre.access import admit
from nav_access.web.contact_centre.restores import RESTORES
from nav_access.web.shared.signed_in.door import Door
from nav_access.web.shared.signed_in.doorway import GET, open_door

DOOR = Door(
    name="contact_centre",
    prefix="/contact-centre",
    title=N_("The contact centre"),
    sign_in_title=N_("Sign in to the contact centre"),
    admit=admit,
    layout="contact_centre/layout.html",
    refused=N_("This part is for the operators of the contact centre. Ask your manager."),
    restores=RESTORES,
)

blueprint = open_door(DOOR)

blueprint.add_url_rule("/", "home", home.home, methods=GET)
