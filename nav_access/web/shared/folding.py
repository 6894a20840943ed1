"""Words become part of the compiled template: one pass over its tree before code is generated.

`_("…")`, `pgettext`, `ngettext` and `{% trans %}` with constant sentences are replaced by the
sentence in the template's language, cut at its placeholders. What is left for a page is joining
constants and escaped values; only the choice of a plural form waits for its number. A sentence is
ours and may hold simple markup; a value put into it is always escaped.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, cast

from jinja2 import TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from nav_access.core.i18n.catalogs import PluralForms
from nav_access.core.i18n.wording import Words, split

PLURAL_INDEX = "plural_index"

WORDS = "in_words"
"""The filter that says a code's sentence."""


class _Message(NamedTuple):
    """A call of a gettext function whose sentences are constants."""

    one: str
    many: str | None
    number: nodes.Expr | None
    context: str | None
    values: Mapping[str, nodes.Expr]
    lineno: int


class Folding(NodeTransformer):
    """Replaces gettext calls in one template by its language's words."""

    def __init__(self, words: Words, *, is_escaped: bool, name: str | None) -> None:
        self._words = words
        self._mark: Callable[[str], str] = Markup if is_escaped else str
        self._name = name

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja's visitor
        """Let the pieces of a printed sentence join the text around it."""
        pieces: list[nodes.Expr] = []
        for child in node.nodes:
            message = _message_of(child)
            if message and message.many is None:
                pieces += self._pieces(message)
            else:
                pieces.append(cast(nodes.Expr, self.visit(child)))
        node.nodes = pieces
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's visitor
        """Fold a sentence that is an argument, an attribute's value or counted."""
        message = _message_of(node)
        if message is None:
            self.generic_visit(node)
            return _as_filter(node) if _is_lookup(node) else node
        if message.many is not None:
            return self._counted(message)
        pieces = self._pieces(message)
        if all(isinstance(piece, nodes.TemplateData) for piece in pieces):
            text = "".join(cast(nodes.TemplateData, piece).data for piece in pieces)
            return nodes.Const(self._mark(text), lineno=node.lineno)
        return nodes.Concat([self._as_constant(piece) for piece in pieces], lineno=node.lineno)

    def _as_constant(self, piece: nodes.Expr) -> nodes.Expr:
        if isinstance(piece, nodes.TemplateData):
            return nodes.Const(self._mark(piece.data), lineno=piece.lineno)
        return piece

    def _pieces(self, message: _Message) -> list[nodes.Expr]:
        """Return the sentence as alternating text and values, without empty text."""
        pieces: list[nodes.Expr] = []
        for text, name in split(self._words.find(message.one, message.context)):
            if text:
                pieces.append(nodes.TemplateData(text, lineno=message.lineno))
            if name is not None:
                pieces.append(self._value(message, name))
        return pieces

    def _value(self, message: _Message, name: str) -> nodes.Expr:
        if name not in message.values:
            problem = f"the sentence «{message.one}» is not given the value {name!r}"
            raise TemplateAssertionError(problem, message.lineno, self._name)
        return cast(nodes.Expr, self.visit(message.values[name]))

    def _counted(self, message: _Message) -> nodes.Expr:
        """Return an expression that takes the form for the number and puts the values in."""
        number = cast(nodes.Expr, self.visit(cast(nodes.Expr, message.number)))
        found = self._words.find_forms(message.one, cast(str, message.many), message.context)
        forms = nodes.Tuple([self._form(form) for form in found.forms], "load")
        chosen = nodes.Getitem(forms, _index(found, number), "load")
        values = {"num": number, **message.values}
        pairs = [
            nodes.Pair(nodes.Const(name), cast(nodes.Expr, self.visit(value)))
            for name, value in values.items()
        ]
        return nodes.Mod(chosen, nodes.Dict(pairs), lineno=message.lineno)

    def _form(self, form: str) -> nodes.Const:
        """Return a form safe for the `%` operator: only named values and doubled signs."""
        pieces = ((text.replace("%", "%%"), name) for text, name in split(form))
        return nodes.Const(
            self._mark("".join(text + (f"%({name})s" if name else "") for text, name in pieces))
        )


def _is_lookup(node: nodes.Call) -> bool:
    """Say whether a call asks for one sentence that is not a constant, such as a code's words."""
    is_bare = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    return is_bare and isinstance(node.node, nodes.Name) and node.node.name in ("_", "gettext")


def _as_filter(node: nodes.Call) -> nodes.Filter:
    """Return the same lookup without the ceremony of a call, which a page of codes feels."""
    return nodes.Filter(node.args[0], WORDS, [], [], None, None, lineno=node.lineno)


def _index(found: PluralForms, number: nodes.Expr) -> nodes.Expr:
    if len(found.forms) == 1:
        return nodes.Const(0)
    index = nodes.EnvironmentAttribute(PLURAL_INDEX)
    return nodes.Call(index, [nodes.Const(found.tag), number], [], None, None)


def _message_of(node: nodes.Node) -> _Message | None:
    """Read a gettext call; None when it is another call or its sentence is not a constant."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    shape = _SHAPES.get(node.node.name)
    if shape is None or node.dyn_args or node.dyn_kwargs or len(node.args) != len(shape):
        return None
    given = dict(zip(shape, node.args, strict=True))
    number = given.pop("number", None)
    texts = {
        part: expression.value
        for part, expression in given.items()
        if isinstance(expression, nodes.Const) and isinstance(expression.value, str)
    }
    if len(texts) != len(given):
        return None
    values = {keyword.key: keyword.value for keyword in node.kwargs}
    return _Message(
        texts["one"], texts.get("many"), number, texts.get("context"), values, node.lineno
    )


_SHAPES = {
    "_": ("one",),
    "gettext": ("one",),
    "ngettext": ("one", "many", "number"),
    "pgettext": ("context", "one"),
    "npgettext": ("context", "one", "many", "number"),
}
