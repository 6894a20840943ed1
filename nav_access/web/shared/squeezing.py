"""White space in a template's own text is shortened; what people typed is not touched."""

import re

from jinja2 import nodes

_RUN = re.compile(r"\s+")
_VERBATIM = re.compile(r"<(/?)(?:pre|textarea)\b", re.IGNORECASE)


def squeeze(template: nodes.Template) -> None:
    """Shorten the text of a template in place, except inside <pre> and <textarea>."""
    is_verbatim = False
    for piece in template.find_all(nodes.TemplateData):
        piece.data, is_verbatim = squeeze_text(piece.data, is_verbatim=is_verbatim)


def squeeze_text(text: str, *, is_verbatim: bool) -> tuple[str, bool]:
    """Shorten a stretch of text; say whether it ends inside <pre> or <textarea>."""
    squeezed: list[str] = []
    start = 0
    for tag in _VERBATIM.finditer(text):
        squeezed.append(_shorten(text[start : tag.start()], is_verbatim=is_verbatim))
        start = tag.start()
        is_verbatim = not tag[1]
    squeezed.append(_shorten(text[start:], is_verbatim=is_verbatim))
    return "".join(squeezed), is_verbatim


def _shorten(text: str, *, is_verbatim: bool) -> str:
    return text if is_verbatim else _RUN.sub(_one_sign, text)


def _one_sign(run: re.Match[str]) -> str:
    return "\n" if "\n" in run[0] else " "
