"""Making a desk page: the layout's facts, the desk's stylesheet, the sentences for moments."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, request

from nav_access.web.desk import moments, wording
from nav_access.web.desk.languages import say_language
from nav_access.web.desk.said import acute_in, needs_in, say_needs, urgencies_in
from nav_access.web.desk.session import STAFF_LOCALES, form_scope
from nav_access.web.shared.installation import installation, now
from nav_access.web.shared.pages import show
from nav_access.web.shared.templating import current_locale


class Sayings:
    """What a template asks for times: words in the reader's language, as of one instant."""

    def __init__(self) -> None:
        self.locale, self.now = current_locale(), now()
        self.needs = needs_in(self.locale)
        self.acute = acute_in(self.locale)
        self.urgencies = urgencies_in(self.locale)

    def deadline(self, instant: datetime) -> str:
        """Say by when the person was promised an answer."""
        return moments.say_deadline(instant, self.locale, self.now)

    def at(self, instant: datetime) -> str:
        """Say when something happened."""
        return moments.say_at(instant, self.locale, self.now)

    def language(self, code: str) -> str:
        """Say the name of a language to speak or read."""
        return say_language(code, self.locale)

    def needs_line(self, needs: tuple[str, ...]) -> str:
        """Say several needs on one line."""
        return say_needs(needs, self.locale)

    def wait(self, instant: datetime) -> str:
        """Say how long ago something was."""
        return moments.say_wait(instant, self.locale, self.now)


def show_desk(template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a desk page."""
    return show(
        f"desk/{template}",
        status=status,
        stylesheet="desk",
        desk_languages=STAFF_LOCALES,
        is_error=status == 422,
        query=_query_before_language(),
        say=Sayings(),
        signed_in=g.get("who"),
        token=installation().form_tokens.issue(now(), form_scope()),
        wording=wording,
        **context,
    )


def see_other(address: str) -> Response:
    """Send the browser on after a post, so that reloading repeats nothing."""
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def _query_before_language() -> str:
    """Return this page's query without the language, ready for a language to follow."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
    return urlencode([*kept, ("lang", "")])
