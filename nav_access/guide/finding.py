"""Finding services by what people type: part of a word, any accents, one slip of the finger."""

from collections.abc import Iterable, Mapping
from functools import cache

from nav_access.core.spelling import fold_name, is_one_slip
from nav_access.guide.codes import LINES
from nav_access.guide.reading import Service, load_guide

Words = frozenset[str]
LEAST_WITHIN = 4
"""Letters from which a text is looked for inside words, too: «hjelp» in «sosialhjelp»."""


def find_services(typed: str, language: str) -> tuple[Service, ...]:
    """Return the services a text may mean, names first; all of them for nothing typed.

    Every word that was typed must be found. Names and words count in every language of the
    guide, its lines in the reader's own.
    """
    services = load_guide().services
    asked = fold_name(typed).split()
    if not asked:
        return () if typed.strip() else tuple(services.values())
    ranks = {key: _rank(words, asked) for key, words in _words_in(language).items()}
    found = sorted((rank, place) for place, rank in enumerate(ranks.values()) if rank is not None)
    in_order = tuple(services.values())
    return tuple(in_order[place] for _, place in found)


def _rank(words: tuple[Words, ...], asked: Iterable[str]) -> tuple[int, int] | None:
    """Return how well a service fits: how its worst word was found, and where; None: it does not.

    A slip is worse than any place.
    """
    ranks = [min(_list_ranks(words, word), default=None) for word in asked]
    fits = [rank for rank in ranks if rank is not None]
    return max(fits) if len(fits) == len(ranks) else None


def _list_ranks(words: tuple[Words, ...], word: str) -> Iterable[tuple[int, int]]:
    for where, known in enumerate(words):
        if any(one.startswith(word) for one in known):
            yield 0, where
        elif len(word) >= LEAST_WITHIN and any(word in one for one in known):
            yield 1, where
        elif any(is_one_slip(word, one) for one in known):
            yield 2, where


@cache
def _words_in(language: str) -> Mapping[str, tuple[Words, ...]]:
    """Return the folded words of each service: of its names, its other words, its lines."""
    return {key: _words_of(service, language) for key, service in load_guide().services.items()}


def _words_of(service: Service, language: str) -> tuple[Words, ...]:
    texts = service.texts.values()
    names = [text.name for text in texts]
    others = [word for text in texts for word in text.words]
    lines = [getattr(service.texts[language], line) for line in LINES]
    return _split(names), _split(others), _split(lines)


def _split(texts: Iterable[str]) -> Words:
    return frozenset(word for text in texts for word in fold_name(text).split())
