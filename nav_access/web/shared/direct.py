"""How templates read a form: as Python does, for a form is never a dictionary.

Jinja asks for an attribute, and for an item when there is none; a page of questions asks its
form two hundred times.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator

FORM = "form"
"""What every template calls its form."""


class DirectGenerator(CodeGenerator):
    """Jinja's compiler, to which `form.place.errors` is just that."""

    def visit_Getattr(self, path: nodes.Getattr, frame: Any) -> None:  # noqa: N802 - Jinja's visitor
        """Write an attribute of the form, or of one of its fields, as it stands."""
        if not _begins_with_form(path):
            super().visit_Getattr(path, frame)
            return
        self.visit(path.node, frame)
        self.write(f".{path.attr}")


def _begins_with_form(path: nodes.Getattr) -> bool:
    root: nodes.Node = path
    while isinstance(root, nodes.Getattr):
        root = root.node
    return isinstance(root, nodes.Name) and root.name == FORM
