"""The addresses of those who follow up, and the lock before them."""

from nav_access.core.i18n.wording import N_
from nav_access.web.reports.access import admit
from nav_access.web.reports.home import home
from nav_access.web.reports.subjects import SUBJECTS
from nav_access.web.shared.signed_in.door import Door
from nav_access.web.shared.signed_in.doorway import GET, open_door

DOOR = Door(
    name="reports",
    prefix="/reports",
    title=N_("Figures"),
    sign_in_title=N_("Sign in to the figures"),
    admit=admit,
    layout="reports/layout.html",
    refused=N_("This part is for supervisors, and for managers of offices."),
)

blueprint = open_door(DOOR)

blueprint.add_url_rule("/", "home", home, methods=GET)
for subject in SUBJECTS:
    blueprint.add_url_rule(f"/{subject.name}", subject.name, subject.page, methods=GET)
    blueprint.add_url_rule(
        f"/{subject.name}/<table>.csv", f"{subject.name}_file", subject.file, methods=GET
    )
