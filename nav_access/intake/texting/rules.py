"""A conversation by SMS as a state machine: at most four texts from us, and always a next step.

Three questions at most and then the promise. Answers are understood by what they say; a digit is
an answer to the question that stood when it was sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nav_access.intake.codes import CaseStatus
from nav_access.intake.rules import PRESSING_NEEDS
from nav_access.intake.texting.answers import ASKS_ACUTE, ASKS_PLACE, answer, keep
from nav_access.intake.texting.codes import LANGUAGES_ON_A_PAGE, MORE, Command, Say
from nav_access.intake.texting.reading import Reading
from nav_access.intake.texting.talk import Asked, Talk

ABANDONED_AFTER = timedelta(minutes=30)
"""After so long without an answer, what a person has told becomes a request as it is."""

ABANDONED_ACUTE_AFTER = timedelta(minutes=10)

FORGOTTEN_AFTER = timedelta(days=1)
"""A conversation in which nothing was told leaves nothing behind."""

LAPSED_AFTER = timedelta(hours=1)
"""How long after the last event an answered case is still in somebody's hands."""

SAME_MOMENT = timedelta(seconds=5)
"""Clocks give whole seconds, and the gateway's is not ours."""

UNREAD_WITHIN = timedelta(seconds=20)
"""A text that tells nothing new so soon after a question was no answer to it: a second press."""

_FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from a text: a question, or the request (`is_finished`), or only keeping it."""

    talk: Talk
    question: Say | None = None
    page: int = 0
    is_finished: bool = False


def advance(
    talk: Talk,
    reading: Reading,
    menu: Sequence[str],
    *,
    sent: datetime | None,
    now: datetime,
    may_ask: bool = True,
) -> Step:
    """Take in one text. `menu` are the tags of the languages offered, `sent` its own time stamp.

    The question it leads to counts as asked. Without `may_ask` the request is made at once of
    what is known.
    """
    before = _learn_lag(talk, sent, now)
    answered = _find_question(before, sent)
    is_late = answered != _last(before)
    talk = keep(answer(before, reading, menu, answered, is_late=is_late), reading)
    if is_late or (answered and talk == before and now - answered.at_utc < UNREAD_WITHIN):
        # The question that stands now is still to be answered.
        return Step(talk)
    if not may_ask:
        return Step(talk, is_finished=talk.is_told)
    if _wants_more_languages(reading, menu, answered) and talk.questions_left > 1:
        return _ask(talk, Say.LANGUAGE, now, page=(answered.page if answered else 0) + 1)
    talk = _settle_language(talk, menu)
    if reading.command is Command.HELP and answered and talk.questions_left > 1:
        return _ask(talk, answered.say, now, page=answered.page)
    question = decide_question(talk)
    if question is None:
        return Step(talk, is_finished=True)
    return _ask(talk, question, now)


def decide_question(talk: Talk) -> Say | None:
    """Return what to ask next; None when nothing is missing, or no question is left."""
    left = talk.questions_left
    if left <= 0:
        return None
    if talk.language is None:
        return Say.LANGUAGE
    asked = {each.say for each in talk.asked}
    lacks_place = talk.place is None and not asked & ASKS_PLACE
    if not talk.needs and Say.NEED not in asked:
        return Say.NEED if left > 1 or not lacks_place else Say.EVERYTHING
    if not talk.is_told:
        return Say.EVERYTHING if Say.EVERYTHING not in asked else None
    lacks_acute = _is_acute_open(talk) and not asked & ASKS_ACUTE
    if lacks_acute and lacks_place:
        return Say.ACUTE if left > 1 else Say.PLACE_AND_ACUTE
    if lacks_acute:
        return Say.ACUTE
    return Say.PLACE if lacks_place else None


def decide_language(talk: Talk, menu: Sequence[str]) -> str:
    """Return the offered language that serves best: chosen, else guessed from words and script."""
    likely = (talk.language, *talk.hints, _FALLBACK_LANGUAGE)
    return next((tag for tag in likely if tag and tag in menu), menu[0])


def decide_patience(talk: Talk) -> timedelta:
    """Return how long after the last text a conversation counts as abandoned."""
    if not talk.is_told:
        return FORGOTTEN_AFTER
    return ABANDONED_ACUTE_AFTER if talk.find_acute() else ABANDONED_AFTER


def has_lapsed(
    status: CaseStatus, last_event_utc: datetime, now: datetime, *, is_acute: bool = False
) -> bool:
    """Say whether a case has lapsed: nobody owes the person anything, so nobody would look.

    It is closed; or it is answered, and an hour has gone since anything happened, or the text
    says that it is acute. A case that waits has a deadline, and one taken back stays so.
    """
    if status is CaseStatus.ANSWERED:
        return is_acute or now - last_event_utc >= LAPSED_AFTER
    return status is CaseStatus.CLOSED


def _last(talk: Talk) -> Asked | None:
    return talk.asked[-1] if talk.asked else None


def _learn_lag(talk: Talk, sent: datetime | None, now: datetime) -> Talk:
    if sent is None:
        return talk
    lag = now - sent
    return replace(talk, lag=lag if talk.lag is None else min(talk.lag, lag))


def _find_question(talk: Talk, sent: datetime | None) -> Asked | None:
    """Return the question that stood when a text was sent; None before the first."""
    if sent is None or talk.lag is None:
        return _last(talk)
    written = sent + talk.lag + SAME_MOMENT
    return next((asked for asked in reversed(talk.asked) if asked.at_utc <= written), None)


def _wants_more_languages(reading: Reading, menu: Sequence[str], answered: Asked | None) -> bool:
    if answered is None or answered.say is not Say.LANGUAGE or reading.named_language:
        return False
    is_last = (answered.page + 1) * LANGUAGES_ON_A_PAGE >= len(menu)
    return reading.numbers[:1] == (MORE,) and not is_last


def _settle_language(talk: Talk, menu: Sequence[str]) -> Talk:
    """Take no other language than one offered; once asked, do not ask again."""
    known = talk.language if talk.language in menu else None
    if known is None and any(asked.say is Say.LANGUAGE for asked in talk.asked):
        known = decide_language(talk, menu)
    return replace(talk, language=known)


def _is_acute_open(talk: Talk) -> bool:
    """Say whether it may be acute and nobody has said: a pressing need, or words we cannot read."""
    if talk.is_acute_told or talk.find_acute():
        return False
    return bool(talk.needs & PRESSING_NEEDS) or not talk.needs


def _ask(talk: Talk, question: Say, now: datetime, *, page: int = 0) -> Step:
    asked = (*talk.asked, Asked(question, now, page))
    return Step(replace(talk, asked=asked), question, page)
