"""Every client we have got hold of, by the name people know it by."""

from tests.journeys.clients.base import Client
from tests.journeys.clients.chrome import Chrome
from tests.journeys.clients.dillo import Dillo
from tests.journeys.clients.edbrowse import Edbrowse
from tests.journeys.clients.elinks import Elinks
from tests.journeys.clients.firefox import Firefox
from tests.journeys.clients.links import Links
from tests.journeys.clients.lynx import Lynx
from tests.journeys.clients.netsurf import NetSurf
from tests.journeys.clients.w3m import W3m
from tests.journeys.clients.webkit import WebKit

EVERY: dict[str, type[Client]] = {
    "Lynx": Lynx,
    "w3m": W3m,
    "Links": Links,
    "ELinks": Elinks,
    "edbrowse": Edbrowse,
    "NetSurf": NetSurf,
    "Dillo": Dillo,
    "Firefox": Firefox,
    "WebKitGTK": WebKit,
    "Chromium": Chrome,
}
