"""Telling a postcode in a text from years, times of day, money and numbers of cases."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from nav_access.core.references import digits_of, is_case_number
from nav_access.offices.names import western_digits

DIGITS = 4

_TOKEN = re.compile(r"\w+")
_YEAR = re.compile(r"(19|20)\d\d")
_DATE = re.compile(r"\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{4}|\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
_RANGE = re.compile(r"(?<!\d)\d{4}\s*[-/\u2013]\s*\d{2,4}(?!\d)", re.ASCII)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONEY = frozenset({"kr", "kroner", "nok", "euro"})
_NEVER_AFTER = _MONEY | _words(
    "kl klokka klokken før etter innen året år årstallet "
    "at before after until year "
    "о після рік року час после год года "
    "قبل بعد الساعة سنة عام "
    "o przed po rok roku "
    "ሰዓት ዓመት saacadda sanadka"
)
"""What stands before a time of day, a year or money, and never before a place."""

_NO_YEAR_AFTER = _words(
    "i in siden fra sidan frå av since from of "
    "у в з із від с от "
    "في منذ من "
    "w od z "
    "ኣብ ካብ ab ilaa "
    "januar februar mars april mai juni juli august september oktober november desember "
    "january february march may june july october december "
    "jan feb mar apr jun jul aug sep sept okt oct nov des dec "
    "høsten våren sommeren vinteren hausten sommaren jula autumn spring summer winter"
)
"""What may stand before a place, but before four digits that can be a year rather means one."""

_NO_YEAR_BEFORE = _words("року рік році год года году г roku rok r")


def find_postcode(text: str, is_known: Callable[[str], bool]) -> str | None:
    """Return the first four digits of a folded text that can be a postcode, and are a known one."""
    tokens = _TOKEN.findall(text)
    # A case's number is often written as twice four digits.
    if any(is_case_number(digits_of(first + second)) for first, second in pairwise(tokens)):
        return None
    return next(filter(is_known, _list_possible(text)), None)


def _list_possible(text: str) -> Iterator[str]:
    tokens = _TOKEN.findall(_RANGE.sub(" ", _DATE.sub(" ", western_digits(text))))
    for before, token, after in zip(("", *tokens), tokens, (*tokens[1:], ""), strict=False):
        if len(token) == DIGITS and token.isascii() and token.isdecimal():
            is_free = before not in _NEVER_AFTER and after not in _MONEY
            is_dated = before in _NO_YEAR_AFTER or after in _NO_YEAR_BEFORE
            if is_free and not (is_dated and _YEAR.fullmatch(token)):
                yield token
