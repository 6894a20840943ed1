"""Pages that can be filled in again with what was typed before somebody had to sign in anew."""

from collections.abc import Callable, Mapping

from flask import Response

RESTORES: Mapping[str, Callable[..., Response]] = {}
"""By endpoint: takes the values of the address and `typed`; shows the page and does nothing."""
