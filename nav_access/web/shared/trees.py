"""Small acts on a template's tree: finding names, copying with values put in, joining text."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from jinja2 import nodes

AnyNode = TypeVar("AnyNode", bound=nodes.Node)


def parameters(macro: nodes.Macro) -> list[str]:
    """Return the names of a macro's parameters."""
    return [parameter.name for parameter in macro.args]


def names_in(parts: Sequence[nodes.Node]) -> list[nodes.Name]:
    """Return every name that is looked up or set."""
    return [*nodes.Template(list(parts)).find_all(nodes.Name)]


def stored_in(parts: Sequence[nodes.Node]) -> set[str]:
    """Return the names that are set, by loops and the like."""
    return {name.name for name in names_in(parts) if name.ctx != "load"}


def copied(node: AnyNode, values: Mapping[str, nodes.Expr]) -> AnyNode:
    """Return a tree of its own, with values in the place of names."""
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name in values:
        return cast(AnyNode, copied(values[node.name], {}))
    fields = [_copied_field(getattr(node, name), values) for name in node.fields]
    return type(node)(*fields, lineno=node.lineno, environment=node.environment)


def _copied_field(value: Any, values: Mapping[str, nodes.Expr]) -> Any:
    if isinstance(value, nodes.Node):
        return copied(value, values)
    return [_copied_field(each, values) for each in value] if isinstance(value, list) else value


def output(expression: nodes.Node) -> nodes.Output:
    """Return the statement that prints one expression."""
    return nodes.Output([cast(nodes.Expr, expression)], lineno=expression.lineno)


def joined(parts: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return statements with neighbouring outputs made one, so that their text becomes one."""
    kept: list[nodes.Node] = []
    for part in parts:
        last = kept[-1] if kept else None
        if isinstance(part, nodes.Output) and isinstance(last, nodes.Output):
            last.nodes.extend(part.nodes)
        else:
            kept.append(part)
    return kept


def as_list(visited: nodes.Node | list[nodes.Node]) -> list[nodes.Node]:
    """Return what a visitor gave back as statements."""
    return visited if isinstance(visited, list) else [visited]


def forget_unused(page: nodes.Template) -> None:
    """Drop imports that nothing in the page uses any more."""
    used = {name.name for name in page.find_all(nodes.Name)}
    for statement in page.find_all(nodes.FromImport):
        statement.names = [
            name for name in statement.names if (name if isinstance(name, str) else name[1]) in used
        ]
    page.body = [part for part in page.body if not isinstance(part, nodes.FromImport) or part.names]
