"""Pages that can be filled in again with what was typed before somebody had to sign in anew."""

from collections.abc import Callable, Mapping

from flask import Response

from nav_access.web.partner.case import restore_case
from nav_access.web.partner.kept import restore_kept
from nav_access.web.partner.new import restore_new

RESTORES: Mapping[str, Callable[..., Response]] = {
    "partner.case": restore_case,
    "partner.kept": restore_kept,
    "partner.new": restore_new,
}
"""By endpoint: takes the values of the address and `typed`; shows the page and does nothing."""
