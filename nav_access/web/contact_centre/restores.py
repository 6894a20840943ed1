"""Pages that can be filled in again with what was typed before somebody had to sign in anew."""

from collections.abc import Callable, Mapping

from flask import Response

from nav_access.web.contact_centre.home import restore_home
from nav_access.web.contact_centre.message import restore_message
from nav_access.web.contact_centre.new_case import restore_new_case
from nav_access.web.contact_centre.thread import restore_thread
from nav_access.web.contact_centre.transfer import restore_transfer

RESTORES: Mapping[str, Callable[..., Response]] = {
    "contact_centre.case_transfer": restore_transfer,
    "contact_centre.home": restore_home,
    "contact_centre.message": restore_message,
    "contact_centre.new_case": restore_new_case,
    "contact_centre.thread": restore_thread,
    "contact_centre.transfer": restore_transfer,
}
"""By endpoint: takes the values of the address and `typed`; shows the page and does nothing."""
