"""Addresses' builders made when first used: each test has an app of its own, the same rules."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


def remember_addresses() -> None:
    """Let every rule made from now on share the code that builds its addresses."""
    known: dict[Any, Builder] = {}
    make = Rule._compile_builder

    def make_late(_: Rule, append_unknown: bool = True) -> Builder:
        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            key = tuple(rule._trace), repr(rule.defaults), append_unknown
            if key not in known:
                known[key] = make(rule, append_unknown)
            return known[key](rule, **values)

        return build

    Rule._compile_builder = make_late
