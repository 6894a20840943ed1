"""Each sentence is in the language it is offered in, as programs made to tell languages see it."""

import pytest

from nav_access.core.i18n.locales import LOCALES, Locale
from nav_access.core.i18n.upkeep import REPOSITORY
from tests.i18n.conftest import locale_of
from tests.i18n.identifying import (
    LEAST_SHARE,
    agrees,
    is_long_enough,
    judge,
    names_of,
    plain,
    read_listed,
    sentences,
)

pytestmark = pytest.mark.audit

NEIGHBOURS = ["nb nn", "nn nb", "uk ru", "ru uk", "fa ps", "ps fa", "ckb fa", "ur fa", "ku tr"]
FAR_APART = ["en nb", "ar fa", "so sw", "rw sw", "se nb", "ro es", "fr en", "lt pl", "vi en"]


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.tag)
def test_sentences_agree_or_are_listed_with_a_reason(locale: Locale) -> None:
    judged = judge(locale)
    assert judged.agreeing / judged.total >= LEAST_SHARE
    assert judged.not_agreeing.keys() == read_listed()[locale.tag].keys()


@pytest.mark.parametrize(
    ("pair", "most"),
    [(pair, 0.2) for pair in NEIGHBOURS] + [(pair, 0.02) for pair in FAR_APART],
)
def test_another_language_s_sentences_are_found(pair: str, most: float) -> None:
    theirs, ours = pair.split()
    texts = [text for text in sentences(locale_of(theirs)).values() if is_long_enough(text, ours)]
    taken = sum(agrees(names_of(text, ours), ours) for text in texts)
    assert taken / len(texts) <= most


def test_the_reviewers_are_told_what_does_not_agree() -> None:
    told = (REPOSITORY / "docs/languages.md").read_text("utf-8")
    listed = [(one, why) for rows in read_listed().values() for one, why in rows.items()]
    assert listed
    assert [one for one, why in listed if f"«{one}»: {why}" not in told] == []


def test_only_a_language_s_own_words_are_judged() -> None:
    text = 'Ring <bdi dir="ltr">NAV Frogner</bdi> <span lang="nb">nå</span> %(name)s eller a@b.no.'
    assert plain(text) == "Ring eller"
