"""Macros become part of the page that uses them: their bodies are put where they are called.

A page of questions calls a macro for each label, hint, error and option. A call costs more than
what it writes, so when a page compiles, the macro's body takes the call's place: an argument that
is a constant or a plain name stands wherever the parameter stood, any other is worked out once,
before the body. What can be decided then is decided then. A call that this cannot do justice to
(one inside an expression, or of a macro that sets names) stays as it is, and works as it did.
"""

from collections.abc import Mapping
from itertools import count

from jinja2 import Environment, nodes

from nav_access.web.shared.certainty import Certainty
from nav_access.web.shared.expanding import WHOLE, Expander
from nav_access.web.shared.macros import Load, Macros
from nav_access.web.shared.trees import forget_unused

__all__ = ["WHOLE", "Inlining"]


class Inlining:
    """Puts macros into the templates of one environment; reads each macro's template once."""

    def __init__(
        self, environment: Environment, load: Load, constants: Mapping[str, object]
    ) -> None:
        """Read macros with `load`; `constants` are the globals that never change."""
        self.certainty = Certainty(environment, constants)
        self._macros = Macros(load, environment.globals)
        self._names = count()

    def inline(self, page: nodes.Template) -> None:
        """Replace the calls in a page, and forget the imports it needs no longer."""
        Expander(self.certainty, self._names, self._macros.imported(page)).visit(page)
        forget_unused(page)
