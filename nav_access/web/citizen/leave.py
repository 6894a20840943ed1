"""Leave quickly: an empty page at once, then away; and what the browser remembers all the same."""

from urllib.parse import urlsplit

from flask import Response

from nav_access.core.facts import load_facts
from nav_access.web.shared.pages import LONG, show


def leave() -> Response:
    """Take the words off the screen, with a page that goes on by itself.

    Going elsewhere at once would leave them there until the other site answers, and browsers
    keep the page that was left as it was, to show it again by Back. They are told to forget it
    by the answer to the next step, when it is no longer the page they are leaving.
    """
    where = urlsplit(load_facts().leave_address).netloc.removeprefix("www.")
    return show("citizen/leave.html", where=where)


def away() -> Response:
    """Send the browser elsewhere, and have it forget the pages it kept."""
    headers = {
        "Location": load_facts().leave_address,
        "Cache-Control": "no-store",
        "Clear-Site-Data": '"cache"',
    }
    return Response(status=303, headers=headers)


def leaving() -> Response:
    """Say what leaving does, what the browser remembers, and how to erase that."""
    return show("citizen/leaving.html", keep=LONG)
