"""The languages: which, in what order, how many plural forms, and which one a browser gets."""

import pytest
from babel import Locale as BabelLocale

from nav_access.core.i18n.catalogs import plural_index
from nav_access.core.i18n.locales import (
    LOCALES,
    TRANSLATIONS,
    Direction,
    Locale,
    LocaleError,
    by_path,
    list_offered,
    negotiate,
    read_locales,
)

IN_ORDER = "nb nn se en uk ar ru pl ti so fa fa-AF ps ku ckb tr ur lt ro sw rw es fr vi"
PLURALS = "2 2 3 2 4 6 4 4 2 2 2 2 2 2 2 2 2 4 3 2 2 3 3 1"
TEXT = (TRANSLATIONS / "locales.toml").read_text("utf-8")


def test_there_are_24_in_the_agreed_order() -> None:
    assert " ".join(locale.tag for locale in LOCALES) == IN_ORDER
    assert " ".join(str(locale.plurals) for locale in LOCALES) == PLURALS


def test_right_to_left_ones_are_marked() -> None:
    marked = {each.tag for each in LOCALES if each.direction is Direction.RIGHT_TO_LEFT}
    assert marked == {"ar", "fa", "fa-AF", "ps", "ckb", "ur"}


@pytest.mark.parametrize("locale", [each for each in LOCALES if each.tag != "rw"], ids=str)
def test_plural_rules_agree_with_cldr_for_whole_numbers(locale: Locale) -> None:
    rule = BabelLocale.parse(locale.folder).plural_form
    tags = [tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in rule.tags]
    index = plural_index(locale.plural)
    for number in [*range(250), 1000, 1_000_000, 2_000_000]:
        expected = [str(tag) for tag in (*tags, "other")].index(rule(number))
        assert index(number) == expected, number


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("", "nb"),
        ("no", "nb"),
        ("nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en-US;q=0.6", "nb"),
        ("nn-NO, nb;q=0.9", "nn"),
        ("da", "nb"),
        ("en;q=0.5, uk-UA;q=0.9", "uk"),
        ("ar-SY", "ar"),
        ("de-DE,de;q=0.9", "en"),
        ("*", "nb"),
        ("ar;q=0", "nb"),
        ("de, *;q=0.1", "nb"),
        ("ar;q=9", "nb"),
        (";;;,,,\x00 q=1", "nb"),
        ("x" * 100_000, "nb"),
        ("uk;q=0.5;level=1, ar", "ar"),
    ],
)
def test_a_browser_gets_the_best_language_offered(header: str, tag: str) -> None:
    assert negotiate(header).tag == tag


@pytest.mark.parametrize(
    ("asked", "tag"),
    [("prs", "fa-AF"), ("kmr", "ku"), ("ku-Latn-TR", "ku"), ("ku-Arab", "ckb"), ("sme", "se")],
)
def test_other_names_of_a_language_lead_to_it(asked: str, tag: str) -> None:
    known = {also: each.tag for each in LOCALES for also in (each.path, *each.also)}
    parts = asked.lower().split("-")
    found = [known.get("-".join(parts[:length])) for length in range(len(parts), 0, -1)]
    assert next(each for each in found if each) == tag


def test_only_offered_languages_have_an_address() -> None:
    assert {each.path for each in LOCALES if by_path(each.path)} == {
        each.path for each in list_offered()
    }
    assert by_path("xx") is None


def test_reviewed_needs_a_name_and_a_date() -> None:
    with pytest.raises(LocaleError, match=r"nb: reviewed needs a named reviewer"):
        read_locales(TEXT.replace('status = "draft"', 'status = "reviewed"', 1))


def test_an_unknown_word_in_the_list_is_refused() -> None:
    with pytest.raises(LocaleError, match="nb"):
        read_locales(TEXT.replace("endonym", "endonim", 1))


def test_day_patterns_use_only_letters_that_stay_in_their_language() -> None:
    for locale in LOCALES:
        for pattern in (locale.day, locale.dated):
            bare = "".join(pattern.split("'")[::2])
            letters = {sign for sign in bare if sign.isascii() and sign.isalpha()}
            assert letters <= set("EdMy"), locale.tag
            assert "EEEE" in pattern
            assert "MMMM" in pattern
