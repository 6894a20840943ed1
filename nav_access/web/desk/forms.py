"""What may be typed at the desk; every form's token is bound to the signed-in session."""

from nav_access.web.shared.signed_in.forms import DoorForm as DeskForm
from nav_access.web.shared.signed_in.forms import PlainForm

__all__ = ["DeskForm", "PlainForm"]
