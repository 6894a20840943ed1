"""The languages a person can ask to speak."""

import pytest

from nav_access.core.i18n.interpreters import (
    find_spoken_language,
    list_spoken_languages,
    name_for,
)
from nav_access.core.i18n.locales import LOCALES, OFFERED, Locale
from nav_access.web.shared.services import say_languages
from tests.i18n.conftest import locale_of


def test_every_page_language_can_be_spoken() -> None:
    codes = {each.code for each in list_spoken_languages()}
    assert {locale.tag for locale in LOCALES} - {"nb", "nn"} <= codes
    assert "no" in codes


def test_codes_and_names_are_told_apart() -> None:
    languages = list_spoken_languages()
    assert len({each.code for each in languages}) == len(languages) >= 100
    assert len({each.english for each in languages}) == len(languages)


def test_norwegian_sign_language_stands_first() -> None:
    first = list_spoken_languages()[0]
    assert (first.code, first.is_signed) == ("nsl", True)
    assert name_for(first, locale_of("nn")) == "norsk tegnspråk"


@pytest.mark.parametrize(
    ("code", "reader", "said"),
    [
        ("fa-AF", "nb", "dari"),
        ("uk", "ar", "الأوكرانية"),
        ("ar", "ar", "العربية"),
        ("cnh", "uk", "Lai holh (Hakha Chin)"),
        ("mnk", "en", "Mandinka"),
        ("fkv", "nb", "kvensk"),
    ],
)
def test_a_language_is_named_in_the_reader_s_words(code: str, reader: str, said: str) -> None:
    language = find_spoken_language(code)
    assert language is not None
    assert name_for(language, locale_of(reader)) == said


def test_an_unknown_code_is_not_found() -> None:
    assert find_spoken_language("xx") is None


@pytest.mark.parametrize("locale", OFFERED, ids=lambda locale: locale.tag)
def test_no_office_speaks_a_code(locale: Locale) -> None:
    codes = tuple(one.tag for one in OFFERED)
    assert not set(say_languages(codes, locale)) & set(codes)
