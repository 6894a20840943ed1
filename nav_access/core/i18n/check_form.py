"""Checks of form: what a page needs in order not to break, whatever the words are."""

import re
from collections import Counter
from collections.abc import Iterator

from nav_access.core.i18n.catalogs import plural_index
from nav_access.core.i18n.findings import Fault, Pair
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import PLACEHOLDER, placeholders

Problem = tuple[Fault, str]

_TAG = re.compile(r"<[^<>]*>|&(?:\w+|#\d+);")
_NUMBER = frozenset({"num"})
_SAMPLE = (*range(201), 1000, 1_000_000)


def check_form(pair: Pair, locale: Locale) -> Iterator[Problem]:
    """Yield what would break or mangle a page."""
    yield from _plurals(pair, locale)
    yield from _placeholders(pair, locale)
    for form in filter(None, pair.forms):
        yield from _tags(pair, form)
        if '"' in _TAG.sub("", form) and '"' not in _TAG.sub("", pair.one):
            yield Fault.QUOTES, "write the language's own quotation marks"


def _plurals(pair: Pair, locale: Locale) -> Iterator[Problem]:
    wanted = locale.plurals if pair.many is not None else 1
    if len(pair.forms) != wanted or not all(pair.forms):
        yield Fault.PLURALS, f"{sum(map(bool, pair.forms))} of {wanted}"


def _placeholders(pair: Pair, locale: Locale) -> Iterator[Problem]:
    asked = frozenset[str]().union(*map(placeholders, pair.sources))
    for number, form in enumerate(pair.forms):
        used = placeholders(form)
        may_omit = _NUMBER if pair.many is not None and _is_exact(locale, number) else frozenset()
        if form and (used - asked or asked - used - may_omit):
            yield Fault.PLACEHOLDERS, ", ".join(sorted(used ^ asked))
        rest = PLACEHOLDER.sub("", form).replace("%%", "")
        if "%" in rest and "%" not in PLACEHOLDER.sub("", pair.one).replace("%%", ""):
            yield Fault.PLACEHOLDERS, "a broken placeholder or a single per cent sign"


def _is_exact(locale: Locale, form: int) -> bool:
    """Return whether at most two numbers take a form, which may then say them in words."""
    index = plural_index(locale.plural)
    return sum(1 for number in _SAMPLE if index(number) == form) <= 2


def _tags(pair: Pair, form: str) -> Iterator[Problem]:
    ours = Counter(_TAG.findall(form))
    theirs = [Counter(_TAG.findall(source)) for source in pair.sources]
    if ours not in theirs:
        difference = (ours - theirs[0]) + (theirs[0] - ours)
        yield Fault.TAGS, " ".join(sorted(difference))
    elif not _is_nested(form):
        yield Fault.TAGS, "closed in the wrong order"


def _is_nested(form: str) -> bool:
    is_open: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)", form):
        if not closing:
            is_open.append(name)
        elif not is_open or is_open.pop() != name:
            return False
    return not [name for name in is_open if name not in {"br", "wbr"}]
