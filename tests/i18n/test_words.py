"""The site's own words: current, complete and fit in every language that is offered."""

import pytest

from nav_access.core.i18n.catalogs import Domain
from nav_access.core.i18n.check import check_catalog, check_template
from nav_access.core.i18n.findings import Pair
from nav_access.core.i18n.glossary import check_glossary, load_glossary
from nav_access.core.i18n.locales import LOCALES, Locale
from nav_access.core.i18n.upkeep import list_catalogs

OFFERED = [pair for pair in list_catalogs() if pair[0].is_offered]


@pytest.mark.parametrize("domain", Domain)
def test_the_sentences_are_those_of_the_code_and_plain(domain: Domain) -> None:
    assert [str(finding) for finding in check_template(domain)] == []


@pytest.mark.parametrize(("locale", "domain"), OFFERED, ids=lambda part: getattr(part, "tag", part))
def test_an_offered_language_is_complete_and_fit(locale: Locale, domain: Domain) -> None:
    assert [str(finding) for finding in check_catalog(locale, domain)] == []


def test_the_glossary_has_a_word_for_each_idea_in_each_language() -> None:
    tags = {locale.tag for locale in LOCALES}
    for term in load_glossary().terms:
        assert set(term.words) == tags, term.name
        assert all(all(words) for words in term.words.values()), term.name


@pytest.mark.parametrize(
    ("english", "count"), [("The office answers.", 1), ("%(office)s answers.", 0)]
)
def test_a_term_is_a_word_people_read(english: str, count: int) -> None:
    pair = Pair(english, None, ("De svarer.",), is_fuzzy=False)
    assert len(list(check_glossary(pair, "nb", load_glossary()))) == count
