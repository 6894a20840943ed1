"""The language of a request: what the door says, else what the browser asks for."""

from collections.abc import Callable

from flask import Flask
from flask_babel import get_locale, gettext

from nav_access.core.i18n.catalogs import compile_catalog
from nav_access.web.shared.templating import current_locale, use_locale
from tests.i18n.conftest import WriteWords, locale_of

Site = Callable[..., Flask]


def test_the_browser_s_language_counts_until_the_door_says(site: Site) -> None:
    with site().test_request_context("/", headers={"Accept-Language": "uk"}):
        assert current_locale().tag == "uk"
        use_locale(locale_of("ar"))
        assert current_locale().tag == "ar"


def test_without_a_request_the_language_is_norwegian(site: Site) -> None:
    with site().app_context():
        assert current_locale().tag == "nb"


def test_flask_babel_follows_and_reads_the_same_words(site: Site, write_words: WriteWords) -> None:
    compile_catalog(write_words("fa-AF", {"Food": "نان"}))
    with site().test_request_context("/"):
        use_locale(locale_of("fa-AF"))
        assert str(get_locale()) == "fa_AF"
        assert gettext("Food") == "نان"
