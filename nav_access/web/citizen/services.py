"""Who does what: each service of the municipality and the state, in five lines."""

from flask import Response, abort

from nav_access.core.clock import to_oslo
from nav_access.guide.reading import load_guide
from nav_access.web.shared.guide import LAW_IN, guide_for
from nav_access.web.shared.installation import now
from nav_access.web.shared.pages import LONG, show
from nav_access.web.shared.templating import current_locale


def services() -> Response:
    """List the services by whose desk has them."""
    guide = guide_for(current_locale())
    return show("citizen/services.html", keep=LONG, guide=guide, groups=guide.groups())


def service(slug: str) -> Response:
    """Show one service."""
    found = load_guide().services.get(slug)
    if found is None:
        abort(404)
    guide = guide_for(current_locale())
    said = guide.say(found, to_oslo(now()).date())
    return show("citizen/service.html", keep=LONG, guide=guide, said=said, law_in=LAW_IN)
