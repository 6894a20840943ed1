"""Pages in one language: an environment per language whose templates hold that language's words.

`render("citizen/help.html", locale, form=form)` gives the page. In templates:
`_("Whole sentence with %(name)s.", name=value)`, `ngettext("%(num)s day", "%(num)s days", n)`,
`{% trans %}`; `locale`, `facts` and `languages` are always there. Everything is escaped but the
sentences written in the template. Templates see only what they are handed, the app's globals and
`url_for`, never the session or the request. A name that ends in `.txt` (SMS, e-mail) is plain text.
"""

from pathlib import Path
from threading import Lock
from typing import Any, cast

from flask import Flask, current_app, g, has_request_context, request
from flask.templating import Environment
from flask_babel import Babel
from jinja2 import BaseLoader, StrictUndefined, nodes
from markupsafe import Markup, escape

from nav_access.core.facts import load_facts
from nav_access.core.i18n.catalogs import plural_index
from nav_access.core.i18n.locales import LOCALES, TRANSLATIONS, Locale, list_offered, negotiate
from nav_access.core.i18n.wording import N_, N_n, Words, fill, words_in
from nav_access.web.shared import help_words
from nav_access.web.shared.direct import DirectGenerator
from nav_access.web.shared.folding import PLURAL_INDEX, WORDS, Folding
from nav_access.web.shared.inlining import WHOLE, Inlining
from nav_access.web.shared.options import list_options
from nav_access.web.shared.squeezing import squeeze

__all__ = [
    "N_",
    "N_n",
    "Words",
    "current_locale",
    "environment_for",
    "init_templating",
    "render",
    "say",
    "translate",
    "use_locale",
    "words_in",
]

_EXTENSION = "nav_access.templating"
_NOT_FOR_TEMPLATES = ("request", "session", "g", "config", "get_flashed_messages")
_TEMPLATES_PER_LANGUAGE = 150
_QUESTIONS = {
    "all_needs": list_options(help_words.NEEDS),
    "all_acute": list_options(help_words.ACUTE),
    "all_reaches": list_options(help_words.REACHES),
    "all_times": list_options(help_words.TIMES),
}
"""The options of what everybody is asked."""


class LanguageEnvironment(Environment):
    """A Jinja environment for one language; its words are folded in when a template compiles."""

    code_generator_class = DirectGenerator

    def __init__(self, app: Flask, words: Words) -> None:
        super().__init__(
            app,
            autoescape=is_escaped,
            auto_reload=app.debug,
            cache_size=_TEMPLATES_PER_LANGUAGE,
            extensions=["jinja2.ext.i18n"],
            loader=app.jinja_env.loader,
            lstrip_blocks=True,
            trim_blocks=True,
            undefined=StrictUndefined,
        )
        self.words = words
        self.policies["ext.i18n.trimmed"] = True
        _share(self, app)
        _install_gettext(self, words)
        constants = {
            "locale": words.locale,
            "facts": load_facts(),
            "languages": list_offered(),
            **_QUESTIONS,
        }
        self.globals.update(constants)
        self._inlining = Inlining(self, self._read, constants)

    def _read(self, name: str) -> nodes.Template:
        """Return the tree of a template whose macros another one uses."""
        source, filename, _ = cast(BaseLoader, self.loader).get_source(self, name)
        return self._prepare(self._parse(source, name, filename), name)

    def _prepare(self, source: nodes.Template, name: str | None) -> nodes.Template:
        has_markup = is_escaped(name)
        if has_markup:
            squeeze(source)
        Folding(self.words, is_escaped=has_markup, name=name).visit(source)
        return source

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        *rest: Any,
        **more: Any,
    ) -> str:
        self._prepare(source, name)
        # While templates are being written, a page must see its macros change.
        if is_escaped(name) and not self.auto_reload:
            self._inlining.inline(source)
        return super()._generate(source, name, filename, *rest, **more)


class _Environments:
    """The environments of one app."""

    def __init__(self, app: Flask, translations: Path) -> None:
        self._app = app
        self._translations = translations
        self._made: dict[str, LanguageEnvironment] = {}
        self._lock = Lock()

    def get(self, locale: Locale) -> LanguageEnvironment:
        """Return the one for a language; two threads asking at once get the same."""
        with self._lock:
            if locale.tag not in self._made:
                words = words_in(locale, self._translations)
                self._made[locale.tag] = LanguageEnvironment(self._app, words)
            return self._made[locale.tag]


def is_escaped(name: str | None) -> bool:
    """Return whether a template is markup: all are but plain text messages."""
    return name is None or not name.endswith(".txt")


def init_templating(app: Flask, translations: Path = TRANSLATIONS) -> None:
    """Give the app its environments, and Flask-Babel the reader's language."""
    app.extensions[_EXTENSION] = _Environments(app, translations)
    Babel(
        app,
        configure_jinja=False,
        default_domain="public",
        default_locale="en",
        default_timezone="Europe/Oslo",
        default_translation_directories=str(translations),
        locale_selector=lambda: current_locale().folder,
    )


def environment_for(locale: Locale) -> LanguageEnvironment:
    """Return the current app's environment for a language, made when first asked for."""
    return cast(_Environments, current_app.extensions[_EXTENSION]).get(locale)


def render(template_name: str, locale: Locale, **context: object) -> str:
    """Return a template's text in a language."""
    return environment_for(locale).get_template(template_name).render(context)


def translate(locale: Locale, message: str, **values: object) -> str:
    """Return a sentence in a language as plain text; a template escapes it when it is shown."""
    return words_in(locale).text(message, **values)


def say(locale: Locale, message: str, **values: object) -> Markup:
    """Return a sentence in a language as markup, with its values escaped."""
    sentence = words_in(locale).find(message)
    escaped = {name: escape(value) for name, value in values.items()}
    return Markup(fill(sentence, escaped))  # noqa: S704 - the sentence is ours, values are escaped


def use_locale(locale: Locale) -> None:
    """Set the language of this request; doors call it when they know the reader's."""
    g.locale = locale


def current_locale() -> Locale:
    """Return this request's language: what the door set, else what the browser asks for."""
    chosen = g.get("locale")
    if isinstance(chosen, Locale):
        return chosen
    return negotiate(request.headers.get("Accept-Language", "") if has_request_context() else "")


def _share(environment: LanguageEnvironment, app: Flask) -> None:
    environment.filters.update(app.jinja_env.filters)
    environment.tests.update(app.jinja_env.tests)
    own = app.jinja_env.globals.items()
    environment.globals.update({k: v for k, v in own if k not in _NOT_FOR_TEMPLATES})
    indexes = {each.tag: plural_index(each.plural) for each in LOCALES}
    environment.extend(**{PLURAL_INDEX: lambda tag, number: indexes[tag](number)})


def _install_gettext(environment: LanguageEnvironment, words: Words) -> None:
    """Serve the few sentences that are not constants, such as the words of a code.

    They are plain text and are escaped when shown: what is not written in a template could
    have come from anywhere.
    """
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # the i18n extension's
    environment.globals.update(
        _=words.text, gettext=words.text, ngettext=words.count, pgettext=words.text_in
    )
    environment.filters.update(
        {WORDS: words.text, WHOLE: lambda text: text, "options": list_options}
    )
