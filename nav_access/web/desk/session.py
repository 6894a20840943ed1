"""Who is at the desk."""

from nav_access.web.shared.signed_in.session import who

__all__ = ["who"]
