"""What is certain when a page compiles: globals that never change, and what follows from them."""

from collections.abc import Mapping
from functools import reduce
from types import NoneType
from typing import cast

from jinja2 import Environment, Undefined, nodes


class Certainty:
    """Tells what an expression of an environment's templates always is."""

    def __init__(self, environment: Environment, constants: Mapping[str, object]) -> None:
        """`constants` are the globals that never change; of a tuple, each thing in it, too."""
        self._environment = environment
        self._constants = {**constants, **_items_of(constants)}
        self._context = nodes.EvalContext(environment)

    def find_known(self, path: nodes.Getattr) -> nodes.Const | None:
        """Return the text or truth at `name.part.part` when the name is one of the constants."""
        parts: list[str] = []
        root: nodes.Node = path
        while isinstance(root, nodes.Getattr):
            parts.insert(0, root.attr)
            root = root.node
        if not isinstance(root, nodes.Name) or root.name not in self._constants:
            return None
        found = reduce(self._environment.getattr, parts, self._constants[root.name])
        if isinstance(found, str):
            # A code of an enumeration is written as its text.
            found = str(found)
        return nodes.Const(found) if isinstance(found, (str, bool, NoneType)) else None

    def find_items(self, collection: nodes.Node) -> list[nodes.Name] | None:
        """Return names for the things in a constant tuple, None when it is none."""
        if isinstance(collection, nodes.Or):
            # What stands in for a tuple that is there is never asked for.
            return self.find_items(collection.left) or None
        if not isinstance(collection, nodes.Name):
            return None
        found = self._constants.get(collection.name)
        if not isinstance(found, tuple):
            return None
        return [nodes.Name(_item(collection.name, n), "load") for n in range(len(found))]

    def find_constant(self, value: nodes.Node) -> nodes.Const | None:
        """Return what an expression always is, None when that depends on the page."""
        try:
            found = cast(nodes.Expr, value).as_const(self._context)
        except Exception:  # noqa: BLE001 - whatever goes wrong now, the running page will tell
            return None
        return None if isinstance(found, Undefined) else nodes.Const(found)


def _items_of(constants: Mapping[str, object]) -> dict[str, object]:
    return {
        _item(name, n): thing
        for name, value in constants.items()
        if isinstance(value, tuple)
        for n, thing in enumerate(value)
    }


def _item(name: str, number: int) -> str:
    # No name that a template could have.
    return f"{name}[{number}]"
