"""The words of a conversation by SMS, made when a text is sent: whole sentences, few characters."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from nav_access.core.i18n.locales import Direction, Locale, list_offered
from nav_access.core.i18n.wording import N_, words_in
from nav_access.intake.texting.codes import LANGUAGES_ON_A_PAGE, MORE, Say
from nav_access.web.shared.dates import MomentWords, say_moment
from nav_access.web.shared.phones import say_phone

# The digits are read by intake.texting.codes: translations keep them, and a test looks.
QUESTIONS = {
    Say.NEED: N_(
        "What do you need? Send a number. Today: 1 food, 2 power, 3 a place to sleep."
        " Later: 4 food, 5 power, 6 a home, 7 money, 8 a letter, 9 other."
    ),
    Say.ACUTE: N_(
        "Is any of this true now? 1: no money for food today. 2: power off, or soon off."
        " 3: nowhere to sleep tonight. 0: none of these."
    ),
    Say.PLACE: N_("Where are you staying? Send the postcode or the name of the place."),
    Say.PLACE_AND_ACUTE: N_(
        "Where are you staying? Send the postcode. Is it acute today?"
        " Add 1 for food, 2 for power, 3 for a place to sleep."
    ),
    Say.EVERYTHING: N_(
        "Write what you need, and the postcode where you are staying. Is it for today?"
        " Write that too."
    ),
}

# START and NEW are words we understand in every language: translations keep them.
NOTED = N_(
    "Your text is with case %(number)s. For a new request, send NEW."
    " If it is urgent, ring %(phone)s."
)
STOPPED = N_(
    "You will get no more texts from us. To get them again, send START. You can ring %(phone)s."
)

_ON_A_DAY = N_(
    "Case %(number)s. Somebody will contact you before %(time)s on %(day)s."
    " If not, ring %(phone)s and say the case number."
)
RECEIVED = MomentWords(
    today=N_(
        "Case %(number)s. Somebody will contact you before %(time)s today."
        " If not, ring %(phone)s and say the case number."
    ),
    # A text is read again tomorrow: the day's name is still right then.
    tomorrow=_ON_A_DAY,
    later=_ON_A_DAY,
)


def say_dialogue(
    detail: Mapping[str, Any], number: str | None, locale: Locale, now: datetime
) -> str:
    """Return the text of a DIALOGUE message; `number` is the case's, when there is one."""
    say, phone = Say(detail["say"]), str(detail.get("phone", ""))
    if say is Say.LANGUAGE:
        return "\n".join([*_list_languages(int(detail["page"])), *_ring(phone)])
    words = words_in(locale)
    if say in QUESTIONS:
        return "\n".join([words.text(QUESTIONS[say]), *_ring(phone)])
    values = {
        "number": _kept_together(f"{number[:4]} {number[4:]}" if number else "", locale),
        "phone": _kept_together(say_phone(phone), locale),
    }
    deadline = datetime.fromisoformat(detail["deadline"]) if "deadline" in detail else now
    if say is Say.RECEIVED and deadline > now:
        return say_moment(deadline, locale, now, RECEIVED, **values)
    # A promise that is over by the time the text leaves is not made any more.
    return words.text(STOPPED if say is Say.STOPPED else NOTED, **values)


def _list_languages(page: int) -> list[str]:
    """List a page of languages by their own names; it is in no language, so it has no words."""
    first = page * LANGUAGES_ON_A_PAGE
    offered = list_offered()
    shown = offered[first : first + LANGUAGES_ON_A_PAGE]
    lines = [f"{number} {locale.endonym}" for number, locale in enumerate(shown, first + 1)]
    more = [f"{MORE} …"] if len(offered) > first + LANGUAGES_ON_A_PAGE else []
    return [*lines, *more]


def _ring(phone: str) -> list[str]:
    """Return a number to ring under a question, short enough to fit with it."""
    return [f"Tel. {say_phone(phone).replace(' ', '')}"] if phone else []


def _kept_together(digits: str, locale: Locale) -> str:
    """Return digits that stay in order between right-to-left words.

    A plain space would turn the groups round there; a no-break space counts as part of the
    number. Elsewhere it would cost a plain text its 160 characters.
    """
    is_turned = locale.direction is Direction.RIGHT_TO_LEFT
    return digits.replace(" ", "\u00a0") if is_turned else digits
