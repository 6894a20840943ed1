"""Macros become part of the page that uses them: their bodies are put where they are called.

A page of questions calls a macro for each label, hint, error and option. A call costs more than
what it writes, so when a page compiles, the macro's body takes the call's place: an argument that
is a constant or a plain name stands wherever the parameter stood, any other is worked out once,
before the body. What can be decided then is decided then. A call that this cannot do justice to
(one inside an expression, or of a macro that sets names) stays as it is, and works as it did.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, cast

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

from nav_access.web.shared.certainty import Certainty
from nav_access.web.shared.trees import (
    as_list,
    copied,
    forget_unused,
    joined,
    names_in,
    output,
    parameters,
    stored_in,
)

WHOLE = "whole"
"""The filter that returns what it gets."""

Load = Callable[[str], nodes.Template]
"""Gives a template's own tree, squeezed and folded, by name."""

_SETS_NAMES = (nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.FromImport, nodes.Block)
_NOT_SIMPLE = (*_SETS_NAMES, nodes.CallBlock, nodes.Macro, nodes.Scope)


class _CannotInline(Exception):
    """The call is left to the running template."""


@dataclass(frozen=True)
class _Known:
    """A macro, and the macros its own template can call."""

    macro: nodes.Macro
    callable_there: Mapping[str, "_Known"]


class Inlining:
    """Puts macros into the templates of one environment; reads each macro's template once."""

    def __init__(
        self, environment: Environment, load: Load, constants: Mapping[str, object]
    ) -> None:
        """Read macros with `load`; `constants` are the globals that never change."""
        self._load = load
        self._globals = environment.globals
        self.certainty = Certainty(environment, constants)
        self._seen: dict[str, dict[str, _Known]] = {}
        self._names = count()

    def inline(self, page: nodes.Template) -> None:
        """Replace the calls in a page, and forget the imports it needs no longer."""
        _Expander(self, self._imported(page)).visit(page)
        forget_unused(page)

    def name_anew(self, parameter: str) -> str:
        """Return a name for a parameter that nothing else in a page has."""
        return f"inlined_{next(self._names)}_{parameter}"

    def _imported(self, template: nodes.Template) -> dict[str, _Known]:
        found: dict[str, _Known] = {}
        for statement in template.find_all(nodes.FromImport):
            if not isinstance(statement.template, nodes.Const) or statement.with_context:
                continue
            there = self._macros_of(statement.template.value)
            for name in statement.names:
                own, alias = (name, name) if isinstance(name, str) else name
                if own in there:
                    found[alias] = there[own]
        return found

    def _macros_of(self, name: str) -> dict[str, _Known]:
        if name not in self._seen:
            template = self._load(name)
            reachable = self._imported(template)
            own: dict[str, _Known] = {}
            for macro in template.body:
                if isinstance(macro, nodes.Macro) and self._is_simple(macro, {*reachable}):
                    own[macro.name] = _Known(macro, reachable)
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
        return used <= {*given, *stored, *callable_there, *self._globals, "loop"}


class _Expander(NodeTransformer):
    """Replaces calls in one stretch of template by the bodies of the macros called."""

    def __init__(self, inlining: Inlining, known: Mapping[str, _Known]) -> None:
        self._inlining = inlining
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
        certain = self._inlining.certainty.find_constant(choice.test)
        if certain is None:
            return choice
        return choice.body if certain.value else choice.else_

    def visit_For(self, loop: nodes.For) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - as above
        """Write a loop over constants out, when nothing of it is left to the page."""
        items = self._inlining.certainty.find_items(loop.iter)
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
        return self._inlining.certainty.find_known(path) or path

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
        inner = _Strict(self._inlining, known.callable_there)
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
                direct[parameter] = nodes.Name(self._inlining.name_anew(parameter), "load")
                before[parameter] = value
        return direct, before

    def _is_plain(self, value: nodes.Expr) -> bool:
        """Say whether a value costs nothing to look up again: a constant, `name`, `name.part`."""
        root: nodes.Node = value
        while isinstance(root, nodes.Getattr):
            root = root.node
        return (
            isinstance(root, nodes.Name)
            or self._inlining.certainty.find_constant(value) is not None
        )

    def _has_macro(self, value: nodes.Expr) -> bool:
        return any(name.name in self._known for name in names_in([value]))


class _Strict(_Expander):
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
