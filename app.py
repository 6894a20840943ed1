"""The site, for `flask` and for any WSGI server."""

from nav_access.factory import create_app

app = create_app()
