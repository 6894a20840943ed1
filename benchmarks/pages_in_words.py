"""What folding words into templates is worth: a page of 60 sentences, folded and as Jinja has it.

Run `python -m benchmarks.pages_in_words`. Prints milliseconds a page, look-ups of words a page, and
what loading a language costs. Ratios are what to look at; milliseconds are this machine's.
"""

import gc
from collections.abc import Callable
from time import perf_counter

from flask import Flask
from flask_babel import Babel, gettext, ngettext
from jinja2 import DictLoader, Environment, StrictUndefined

from nav_access.core.i18n.catalogs import Domain, load_catalog
from nav_access.core.i18n.locales import DEFAULT
from nav_access.core.i18n.wording import Words
from nav_access.web.shared.templating import environment_for, init_templating

SENTENCES = "".join(
    f'<h2>{{{{ _("Title {n}") }}}}</h2>\n<p>{{{{ _("Sentence {n}, %(name)s.", name=name) }}}}</p>\n'
    for n in range(29)
)
PAGE = SENTENCES + '{{ ngettext("%(num)s day", "%(num)s days", number) }} {{ _("The end") }}'
VALUES = {"name": "<Ada>", "number": 3}
ROUNDS = 300


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the best of five runs, for one round."""
    gc.disable()
    times = []
    for _ in range(5):
        start = perf_counter()
        for _ in range(rounds):
            work()
        times.append(perf_counter() - start)
    gc.enable()
    return min(times) / rounds * 1000


def unfolded() -> Environment:
    """Return Jinja with Flask-Babel's look-ups at each rendering."""
    environment = Environment(
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        loader=DictLoader({"page.html": PAGE}),
        undefined=StrictUndefined,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension's
        gettext=gettext, ngettext=ngettext, newstyle=True
    )
    return environment


def main() -> None:
    """Print the figures."""
    plain = Flask("plain")
    Babel(plain, default_locale="nb")
    app = Flask("folded")
    app.jinja_env.loader = DictLoader({"page.html": PAGE})
    init_templating(app)
    with plain.test_request_context("/"):
        before = unfolded().get_template("page.html")
        slow = milliseconds(lambda: before.render(VALUES))
    with app.app_context():
        after = environment_for(DEFAULT).get_template("page.html")
        fast = milliseconds(lambda: after.render(VALUES))
        asked = _count_lookups(lambda: after.render(VALUES))
    print(f"look-ups of words a folded page      {asked}")
    print(f"unfolded, words looked up each time  {slow:.3f} ms")
    print(f"folded                               {fast:.3f} ms  ({slow / fast:.0f} times faster)")
    print(f"loading one language, compiled       {milliseconds(_load, 10):.2f} ms")


def _count_lookups(work: Callable[[], object]) -> int:
    asked = 0

    def count(*_: object, **__: object) -> str:
        nonlocal asked
        asked += 1
        return ""

    names = ("find", "find_forms", "text", "text_in", "count")
    kept = {name: getattr(Words, name) for name in names}
    for name in names:
        setattr(Words, name, count)
    work()
    for name, method in kept.items():
        setattr(Words, name, method)
    return asked


def _load() -> None:
    load_catalog.cache_clear()
    load_catalog(DEFAULT, Domain.PUBLIC)


if __name__ == "__main__":
    main()
