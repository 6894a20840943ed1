"""From a municipality of another year to today's: by number, otherwise by a name only one has."""

import re
from collections import defaultdict
from collections.abc import Iterable

from nav_access.offices.models import Municipality
from nav_access.offices.names import fold_name

_BETWEEN = re.compile(r"\s+[-–/]\s+|/")


def name_parts(name: str) -> tuple[str, ...]:
    """Return the names in «Kárášjohka - Karasjok», one for each language."""
    return tuple(part.strip() for part in _BETWEEN.split(name) if part.strip())


class MunicipalityFinder:
    """Today's municipalities, to look older ones up in."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        self._numbers: set[str] = set()
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_word: dict[str, set[str]] = defaultdict(set)
        for row in municipalities:
            self._numbers.add(row.number)
            self._by_name[row.search_name].add(row.number)
            self._by_name[fold_name(row.name.partition("(")[0])].add(row.number)
            for word in row.search_name.split():
                self._by_word[word].add(row.number)

    def find(self, number: str, name: str) -> str | None:
        """Return today's number, or None when neither number nor name settles it."""
        if number in self._numbers:
            return number
        parts = [fold_name(part) for part in name_parts(name)]
        return _only(self._by_name, [fold_name(name), *parts]) or _only(self._by_word, parts)


def _only(known: dict[str, set[str]], names: Iterable[str]) -> str | None:
    found = {number for name in names for number in known.get(name, ())}
    return found.pop() if len(found) == 1 else None
