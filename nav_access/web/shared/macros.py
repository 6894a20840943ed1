"""The macros a page can call: read from their templates once, and which can be put in a page."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from nav_access.web.shared.trees import names_in, parameters, stored_in

Load = Callable[[str], nodes.Template]
"""Gives a template's own tree, squeezed and folded, by name."""

_SETS_NAMES = (nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.FromImport, nodes.Block)
_NOT_SIMPLE = (*_SETS_NAMES, nodes.CallBlock, nodes.Macro, nodes.Scope)


@dataclass(frozen=True)
class Known:
    """A macro, and the macros its own template can call."""

    macro: nodes.Macro
    callable_there: Mapping[str, "Known"]


class Macros:
    """Reads the macros of templates, each template once."""

    def __init__(self, load: Load, globals_: Container[str]) -> None:
        self._load = load
        self._globals = globals_
        self._seen: dict[str, dict[str, Known]] = {}

    def imported(self, template: nodes.Template) -> dict[str, Known]:
        """Return the macros a template imports, by the names they have there."""
        found: dict[str, Known] = {}
        for statement in template.find_all(nodes.FromImport):
            if not isinstance(statement.template, nodes.Const) or statement.with_context:
                continue
            there = self._macros_of(statement.template.value)
            for name in statement.names:
                own, alias = (name, name) if isinstance(name, str) else name
                if own in there:
                    found[alias] = there[own]
        return found

    def _macros_of(self, name: str) -> dict[str, Known]:
        if name not in self._seen:
            template = self._load(name)
            reachable = self.imported(template)
            own: dict[str, Known] = {}
            for macro in template.body:
                if isinstance(macro, nodes.Macro) and self._is_simple(macro, {*reachable}):
                    own[macro.name] = Known(macro, reachable)
                    # A macro may call those above it in its file.
                    reachable = {**reachable, macro.name: own[macro.name]}
            self._seen[name] = own
        return self._seen[name]

    def _is_simple(self, macro: nodes.Macro, callable_there: set[str]) -> bool:
        """Say whether a macro's body means the same wherever it stands."""
        given, stored = {*parameters(macro)}, stored_in(macro.body)
        if given & stored or any(True for _ in macro.find_all(_NOT_SIMPLE)):
            return False
        parts = [*macro.body, *macro.defaults]
        used = {name.name for name in names_in(parts) if name.ctx == "load"}
        known = {*given, *stored, *callable_there, "loop"}
        return all(name in known or name in self._globals for name in used)
