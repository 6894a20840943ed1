"""Dillo: a very small browser that knows no script at all."""

from tests.journeys.clients.packages import package
from tests.journeys.clients.screen import Area, Place
from tests.journeys.clients.windowed import HEIGHT, WIDTH, Windowed


class Dillo(Windowed):
    """Dillo without its bars; it refuses cookies unless told otherwise."""

    program = package("dillo")

    def command(self, url: str) -> list[str]:
        """Return what starts it on an address."""
        (self.home / ".dillo").mkdir(exist_ok=True)
        return ["dillo", "-f", "-g", f"{WIDTH}x{HEIGHT}+0+0", url]

    def aim(self, area: Area) -> Place:
        """Aim at the middle of the painted box."""
        return area.middle
