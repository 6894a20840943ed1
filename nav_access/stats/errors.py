"""Facts about statistics that are stated instead of showing them."""


class PlaceNotTheirs(Exception):
    """No such office or municipality for this reader: unknown and not theirs alike."""
