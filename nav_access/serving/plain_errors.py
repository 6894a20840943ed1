"""The page for what was no request the site could read: in Norwegian and English, with a number.

Nothing is known of the reader here, neither language nor address, so both languages stand on
one page, made of the words of the site's own error pages.
"""

from functools import cache
from html import escape

from nav_access.core.facts import load_facts
from nav_access.core.i18n.locales import DEFAULT, SOURCE, Locale
from nav_access.core.i18n.wording import words_in
from nav_access.web.shared.errors import TROUBLES, Trouble
from nav_access.web.shared.headers import security_headers

Headers = list[tuple[str, str]]

_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"></head>
<body><main>
{here}
<p><a href="tel:{number}"><bdi dir="ltr">{shown}</bdi></a></p>
<div lang="{other}">
{there}
</div>
</main></body></html>
"""


@cache
def plain_error(code: int, reason: str) -> tuple[str, Headers, bytes]:
    """Return status line, headers and body for a status that the server itself gives."""
    trouble = TROUBLES.get(code, TROUBLES[500 if code >= 500 else 400])
    phone = load_facts().service_phone
    page = _PAGE.format(
        lang=DEFAULT.tag,
        other=SOURCE.tag,
        title=escape(words_in(DEFAULT).text(trouble.title)),
        here=_say(trouble, DEFAULT, "h1"),
        there=_say(trouble, SOURCE, "h2"),
        number=escape(phone.number),
        shown=escape(phone.shown),
    )
    kind = ("Content-Type", "text/html; charset=utf-8")
    headers = [kind, ("Cache-Control", "no-store"), *security_headers(None)]
    return f"{code} {reason}", headers, page.encode()


def _say(trouble: Trouble, locale: Locale, heading: str) -> str:
    words = words_in(locale)
    title, advice = escape(words.text(trouble.title)), escape(words.text(trouble.advice))
    return f"<{heading}>{title}</{heading}>\n<p>{advice}</p>"
