"""Facts this room may state instead of an answer."""


class OfficeNotFound(Exception):
    """No such office, or one that is not public."""


class ImportRefused(Exception):
    """The file is not one we can read; the message is one sentence saying why."""
