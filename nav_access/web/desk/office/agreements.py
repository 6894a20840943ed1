"""The agreements with agencies about the municipalities of the office, for its manager to read."""

from flask import Response

from nav_access.core.clock import to_oslo
from nav_access.offices.keeping.own import list_served
from nav_access.partners.queries import list_agencies, list_agreements
from nav_access.web.desk.office.choosing import choose
from nav_access.web.desk.pages import show_desk
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.templating import current_locale


def agreements() -> Response:
    """Show which agencies may send requests here, about what, from when to when."""
    instant, locale = now(), current_locale()
    today = to_oslo(instant).date()
    with read_session() as session:
        chosen = choose(session)
        served = list_served(session, chosen.office.id)
        rows = [
            {
                "agency": agency.name,
                "phone": agency.phone,
                "needs": tuple(sorted(one.terms.needs)),
                "places": [name for number, name in served if number in one.terms.municipalities],
                "first": say_date(one.terms.valid_from, locale, today),
                "last": say_date(one.terms.valid_until, locale, today)
                if one.terms.valid_until
                else None,
                "is_valid": one.terms.is_valid(instant),
            }
            for agency in list_agencies(session)
            for one in list_agreements(session, agency.id)
            if one.terms.municipalities & {number for number, _ in served}
        ]
    return show_desk("office/agreements.html", chosen=chosen, agreements=rows)
