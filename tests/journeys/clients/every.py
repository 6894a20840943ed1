"""Every client we have got hold of, by the name people know it by."""

from tests.journeys.clients.base import Client
from tests.journeys.clients.edbrowse import Edbrowse
from tests.journeys.clients.elinks import Elinks
from tests.journeys.clients.links import Links
from tests.journeys.clients.lynx import Lynx
from tests.journeys.clients.w3m import W3m

EVERY: dict[str, type[Client]] = {
    "Lynx": Lynx,
    "w3m": W3m,
    "Links": Links,
    "ELinks": Elinks,
    "edbrowse": Edbrowse,
}
