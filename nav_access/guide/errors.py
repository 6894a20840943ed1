"""Facts about the guide's files that stop the start."""


class GuideBroken(Exception):
    """A file of the guide lacks something, or has something that nobody asked for."""
