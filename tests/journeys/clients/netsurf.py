"""NetSurf: a small browser with an engine of its own, quick on very old machines."""

from tests.journeys.clients.packages import package
from tests.journeys.clients.screen import Area, Place
from tests.journeys.clients.windowed import HEIGHT, WIDTH, Windowed

BOX = 20, 12
"""How far the middle of a box is from the corner of its label."""


class NetSurf(Windowed):
    """NetSurf in a window as high as its screen, script off."""

    program = package("netsurf-gtk")

    def command(self, url: str) -> list[str]:
        """Return what starts it on an address."""
        window = {"width": WIDTH, "height": HEIGHT, "x": 0, "y": 0}
        size = [f"--window_{name}={value}" for name, value in window.items()]
        return ["netsurf-gtk", *size, "--enable_javascript=0", url]

    def aim(self, area: Area) -> Place:
        """Aim at the box at the left of the painted label, in every script."""
        return area.left + BOX[0], area.top + BOX[1]
