"""Calls of macros replaced by the macros' bodies, in one stretch of template."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from nav_access.web.shared.certainty import Certainty
from nav_access.web.shared.macros import Known
from nav_access.web.shared.trees import (
    as_list,
    copied,
    joined,
    names_in,
    output,
    parameters,
    stored_in,
)

WHOLE = "whole"
"""The filter that returns what it gets."""

Names = Iterator[int]
"""Numbers that tell the names of parameters apart; each is used once in an environment."""


class _CannotInline(Exception):
    """The call is left to the running template."""


class Expander(NodeTransformer):
    """Replaces calls in one stretch of template by the bodies of the macros called."""

    def __init__(self, certainty: Certainty, names: Names, known: Mapping[str, Known]) -> None:
        """Expand the calls of `known` macros; `names` gives names nothing else in a page has."""
        self._certainty = certainty
        self._names = names
        self._known = known

    def generic_visit(self, node: nodes.Node, *args: Any, **more: Any) -> nodes.Node:
        """Visit what is inside; the text on both sides of what was decided becomes one."""
        super().generic_visit(node, *args, **more)
        for part in node.fields:
            statements = getattr(node, part)
            if part in ("body", "else_") and isinstance(statements, list):
                setattr(node, part, joined(statements))
        return node

    def visit_Output(self, printed: nodes.Output) -> list[nodes.Node]:  # noqa: N802 - Jinja's visitor
        """Print what stands around a call as before, and the macro's body in its place."""
        pieces: list[nodes.Node] = []
        for child in printed.nodes:
            call = self._as_call(child)
            pieces += self._body(call) if call else [output(self.visit(child))]
        return joined(pieces)

    def visit_If(self, choice: nodes.If) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - as above
        """Decide what is already certain."""
        if choice.elif_:
            first, *rest = choice.elif_
            other = nodes.If(first.test, first.body, rest, choice.else_, lineno=first.lineno)
            choice.elif_, choice.else_ = [], [other]
        self.generic_visit(choice)
        certain = self._certainty.find_constant(choice.test)
        if certain is None:
            return choice
        return choice.body if certain.value else choice.else_

    def visit_For(self, loop: nodes.For) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - as above
        """Write a loop over constants out, when nothing of it is left to the page."""
        items = self._certainty.find_items(loop.iter)
        if items is None or not isinstance(loop.target, nodes.Name) or loop.else_:
            return self.generic_visit(loop)
        body = [nodes.If(loop.test, loop.body, [], [])] if loop.test else loop.body
        written = [
            part
            for item in items
            for statement in body
            for part in as_list(self.visit(copied(statement, {loop.target.name: item})))
        ]
        left = {name.name for name in names_in(written)}
        return self.generic_visit(loop) if left & _not_told(items) else written

    def visit_Block(self, block: nodes.Block) -> nodes.Block:  # noqa: N802 - as above
        """Hand a block on whole: each piece alone would pass through every template above it."""
        self.generic_visit(block)
        if len(block.body) > 1:
            whole = nodes.Filter(None, WHOLE, [], [], None, None)
            block.body = [nodes.FilterBlock(block.body, whole, lineno=block.lineno)]
        return block

    def visit_Macro(self, macro: nodes.Macro) -> nodes.Macro:  # noqa: N802 - as above
        """Leave a page's own macros to be called: their parameters may hide imported names."""
        return macro

    def visit_CallBlock(self, block: nodes.CallBlock) -> nodes.CallBlock:  # noqa: N802 - as above
        """Leave a call that hands over a body."""
        return block

    def visit_Getattr(self, path: nodes.Getattr) -> nodes.Expr:  # noqa: N802 - as above
        """Know a field's name: a page's `form` has no prefix, so `form.place` is named «place»."""
        self.generic_visit(path)
        match path.node:
            case nodes.Getattr(attr=str(field), node=nodes.Name(name="form")) if (
                path.attr == "name"
            ):
                return nodes.Const(field)
        return self._certainty.find_known(path) or path

    def _as_call(self, child: nodes.Node) -> nodes.Call | None:
        is_known = (
            isinstance(child, nodes.Call)
            and isinstance(child.node, nodes.Name)
            and child.node.name in self._known
        )
        return cast(nodes.Call, child) if is_known else None

    def _body(self, call: nodes.Call) -> list[nodes.Node]:
        try:
            return self._inlined(call)
        except _CannotInline:
            return [output(call)]

    def _inlined(self, call: nodes.Call) -> list[nodes.Node]:
        known = self._known[cast(nodes.Name, call.node).name]
        given = {
            parameter: self.visit(copied(value, {}))
            for parameter, value in _arguments(known.macro, call).items()
        }
        if any(self._has_macro(value) for value in given.values()):
            raise _CannotInline
        direct, before = self._shared_out(known.macro, given)
        statements = [copied(statement, direct) for statement in known.macro.body]
        inner = Strict(self._certainty, self._names, known.callable_there)
        body = joined([part for one in statements for part in as_list(inner.visit(one))])
        if not before:
            return body
        targets = [nodes.Name(cast(nodes.Name, direct[name]).name, "store") for name in before]
        return [nodes.With(targets, list(before.values()), body, lineno=call.lineno)]

    def _shared_out(
        self, macro: nodes.Macro, given: Mapping[str, nodes.Expr]
    ) -> tuple[dict[str, nodes.Expr], dict[str, nodes.Expr]]:
        """Return what stands for each parameter, and the arguments worked out before the body."""
        hidden = stored_in(macro.body) | {"loop"}
        once = _used_once(macro)
        direct, before = {}, {}
        for parameter, value in given.items():
            is_free = not hidden & {name.name for name in names_in([value])}
            if parameter in once or (is_free and self._is_plain(value)):
                direct[parameter] = value
            else:
                direct[parameter] = nodes.Name(f"inlined_{next(self._names)}_{parameter}", "load")
                before[parameter] = value
        return direct, before

    def _is_plain(self, value: nodes.Expr) -> bool:
        """Say whether a value costs nothing to look up again: a constant, `name`, `name.part`."""
        root: nodes.Node = value
        while isinstance(root, nodes.Getattr):
            root = root.node
        return isinstance(root, nodes.Name) or self._certainty.find_constant(value) is not None

    def _has_macro(self, value: nodes.Expr) -> bool:
        return any(name.name in self._known for name in names_in([value]))


class Strict(Expander):
    """The same inside a macro's body, where the names of its own file mean nothing to the page."""

    def visit_Name(self, name: nodes.Name) -> nodes.Name:  # noqa: N802 - Jinja's visitor
        """Give up on a macro that is not simply called."""
        if name.name in self._known:
            raise _CannotInline
        return name

    def _body(self, call: nodes.Call) -> list[nodes.Node]:
        return self._inlined(call)


def _not_told(items: Sequence[nodes.Name]) -> set[str]:
    """Return the names that must be gone when a loop has been written out."""
    return {"loop", *(item.name for item in items)}


def _arguments(macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Expr]:
    """Return the expression each parameter gets."""
    names = parameters(macro)
    defaults = dict(zip(reversed(names), reversed(macro.defaults), strict=False))
    given = dict(zip(names, call.args, strict=False))
    named = {pair.key: pair.value for pair in call.kwargs}
    values = {**defaults, **given, **named}
    is_odd = call.dyn_args or call.dyn_kwargs or len(call.args) > len(names)
    if is_odd or set(values) != set(names):
        raise _CannotInline
    return {name: values[name] for name in names}


def _used_once(macro: nodes.Macro) -> set[str]:
    """Return the parameters a body looks at once; none of a body that goes round in loops."""
    if macro.find(nodes.For):
        return set()
    seen = Counter(name.name for name in names_in(macro.body))
    return {name for name, times in seen.items() if times == 1}
