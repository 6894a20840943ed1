"""Pages that can be filled in again with what was typed before somebody had to sign in anew."""

from collections.abc import Callable, Mapping

from flask import Response

from nav_access.web.admin.account import restore_account
from nav_access.web.admin.agencies import restore_agencies
from nav_access.web.admin.agency import restore_agency
from nav_access.web.admin.confirm import restore_confirm
from nav_access.web.admin.keys import restore_keys
from nav_access.web.admin.office import restore_office
from nav_access.web.admin.offices import restore_offices
from nav_access.web.admin.people import restore_people
from nav_access.web.admin.written import restore_written

RESTORES: Mapping[str, Callable[..., Response]] = {
    "admin.account": restore_account,
    "admin.agencies": restore_agencies,
    "admin.agency": restore_agency,
    "admin.confirm": restore_confirm,
    "admin.keys": restore_keys,
    "admin.one_written": restore_written,
    "admin.office": restore_office,
    "admin.offices": restore_offices,
    "admin.people": restore_people,
}
"""By endpoint: takes the values of the address and `typed`; shows the page and does nothing."""
