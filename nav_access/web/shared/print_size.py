"""Large print: asked for in a page's address, so that it works in any browser."""

from flask import request

LARGE = "large"


def is_large_print() -> bool:
    """Say whether the reader asked for the page in large print."""
    return request.args.get("size") == LARGE
