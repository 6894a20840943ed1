"""Loads before the workers are forked what each of them would load for itself."""

from flask import Flask

from nav_access.core.i18n.locales import list_offered
from nav_access.web.shared.installation import installation

PAGES = ("/", "/help", "/case", "/duty", "/offices")


def warm(app: Flask) -> None:
    """Make some pages in every language, and leave no connection to the database open.

    What the pages say does not matter, nor whether the database is there: the templates,
    the words and the statements stay in memory, and workers share them.
    """
    client = app.test_client(use_cookies=False)
    with app.app_context():
        site = installation()
        address = f"http://{site.settings.trusted_hosts[0]}"
        for locale in list_offered():
            for page in PAGES:
                client.get(f"/{locale.path}{page}", base_url=address).close()
        # A connection that two processes used would mix up their answers.
        site.database.dispose()
