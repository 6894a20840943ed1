"""The paper form: the questions of the help form, to be filled in by hand and entered by staff.

Whoever enters it may not read the language it is in: so the questions are numbered, stand in
the form's own order, and have their Norwegian beside them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response

from nav_access.core.i18n.wording import N_, words_in
from nav_access.web.shared.help_words import ACUTE, NEEDS, REACHES, TIMES
from nav_access.web.shared.pages import BOKMAL, LONG, NORWEGIAN, show
from nav_access.web.shared.print_size import is_large_print
from nav_access.web.shared.templating import current_locale

NO, YES = N_("No"), N_("Yes")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it stands on paper: squares to tick, or lines to write on."""

    label: str
    hint: str = ""
    options: tuple[str, ...] = ()
    lines: int = 0


def _choose(label: str, words: Mapping[Any, str] | Iterable[str], hint: str = "") -> Question:
    options = words.values() if isinstance(words, Mapping) else words
    return Question(label, hint, tuple(options))


QUESTIONS = (
    _choose(N_("What do you need help with?"), NEEDS),
    _choose(N_("Is any of this true for you?"), ACUTE, N_("Then your request goes first.")),
    _choose("", (N_("Children live with me"),)),
    Question(N_("Where are you staying now?"), N_("Postcode, place or municipality"), lines=1),
    _choose(N_("How can we reach you?"), REACHES),
    Question(N_("Phone number"), lines=1),
    Question(N_("E-mail"), lines=1),
    _choose(N_("When can we ring?"), TIMES),
    _choose(N_("May we leave a voice message?"), (NO, N_("Yes, nobody else hears it"))),
    _choose(N_("If somebody else answers, may we say who is ringing?"), (NO, YES)),
    Question(N_("Which language do you speak best?"), lines=1),
    _choose("", (N_("I need an interpreter (free)"),)),
    Question(N_("Your name, if you want to say it"), lines=1),
    Question(N_("Anything else we should know?"), lines=3),
    _choose("", (N_("I want to talk in a private room"),)),
)
"""In the order of the fields of the form on the screen."""


def paper() -> Response:
    """Show the form for paper, in large print when asked."""
    locale = current_locale()
    return show(
        "citizen/paper.html",
        keep=LONG,
        questions=QUESTIONS,
        norwegian=None if locale.path in NORWEGIAN else words_in(BOKMAL),
        is_large=is_large_print(),
    )
