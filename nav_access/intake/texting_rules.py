"""A conversation by SMS as a state machine: at most four texts from us, and always a next step.

Three questions at most and then the promise. Answers are understood by what they say; a digit is
an answer to the question that stood when it was sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nav_access.intake.codes import AcuteStatement, CaseStatus, Need
from nav_access.intake.rules import NEED_OF_STATEMENT, PRESSING_NEEDS, complete_needs
from nav_access.intake.texting_codes import (
    ACUTE_DIGITS,
    LANGUAGES_ON_A_PAGE,
    LATER_DIGITS,
    MORE,
    Command,
    Say,
)
from nav_access.intake.texting_reading import Reading

MOST_QUESTIONS = 3
"""With the promise that makes four texts from us."""

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
_ASKS_PLACE = frozenset({Say.PLACE, Say.PLACE_AND_ACUTE, Say.EVERYTHING})
_ASKS_ACUTE = frozenset({Say.ACUTE, Say.PLACE_AND_ACUTE, Say.EVERYTHING})
_STATEMENT_OF_NEED = {need: statement for statement, need in NEED_OF_STATEMENT.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question we sent; `page` is which page of the languages."""

    say: Say
    at_utc: datetime
    page: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """What a conversation has told so far, and what was asked, oldest first.

    `lag` is the shortest time from a text's own time stamp to its arrival: with it, the
    gateway's clock is read as ours.
    """

    language: str | None = None
    needs: frozenset[Need] = frozenset()
    acute: frozenset[AcuteStatement] = frozenset()
    is_acute_told: bool = False
    says_today: bool = False
    cries_for_help: bool = False
    place: str | None = None
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    lag: timedelta | None = None

    @property
    def is_told(self) -> bool:
        """Say whether somebody has told that they need something: then it must not be lost."""
        return bool(self.needs or self.words or self.cries_for_help)

    @property
    def questions_left(self) -> int:
        """Return how many questions may still be sent."""
        return MOST_QUESTIONS - len(self.asked)

    def find_acute(self) -> frozenset[AcuteStatement]:
        """Return what is acute: what was chosen, and pressing needs said to be for today."""
        said = self.needs if self.says_today else frozenset()
        return self.acute | {_STATEMENT_OF_NEED[need] for need in said if need in PRESSING_NEEDS}

    def find_needs(self) -> frozenset[Need]:
        """Return the needs of the request this becomes; somebody in need of anything has one."""
        return complete_needs(self.needs, self.find_acute(), has_message=True)


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
    talk = _keep(_answer(before, reading, menu, answered, is_late=is_late), reading)
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
    lacks_place = talk.place is None and not asked & _ASKS_PLACE
    if not talk.needs and Say.NEED not in asked:
        return Say.NEED if left > 1 or not lacks_place else Say.EVERYTHING
    if not talk.is_told:
        return Say.EVERYTHING if Say.EVERYTHING not in asked else None
    lacks_acute = _is_acute_open(talk) and not asked & _ASKS_ACUTE
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


def _answer(
    talk: Talk, reading: Reading, menu: Sequence[str], answered: Asked | None, *, is_late: bool
) -> Talk:
    """Read digits and place names by the question they answer; a late one only fills gaps."""
    say = answered.say if answered else None
    if say is Say.LANGUAGE and (talk.language is None or not is_late):
        talk = _choose_language(talk, reading, menu)
    if say is Say.NEED and not (is_late and talk.needs):
        talk = _choose_needs(talk, reading)
    if say in _ASKS_ACUTE and not (is_late and talk.is_acute_told):
        talk = _choose_acute(talk, reading, is_alone=say is Say.ACUTE)
    if say in _ASKS_PLACE and not (is_late and talk.place):
        talk = replace(talk, place=reading.postcode or reading.place or talk.place)
    return talk


def _keep(talk: Talk, reading: Reading) -> Talk:
    """Keep what a text says whatever was asked: words, needs, a postcode, a language."""
    is_place = reading.words is not None and reading.words == talk.place
    return replace(
        talk,
        language=reading.named_language or talk.language or reading.language,
        needs=talk.needs | reading.needs,
        says_today=talk.says_today or reading.is_today,
        cries_for_help=talk.cries_for_help or reading.command is Command.HELP,
        place=talk.place or reading.postcode,
        words=(*talk.words, reading.words) if reading.words and not is_place else talk.words,
        hints=(*talk.hints, *(hint for hint in reading.hints if hint not in talk.hints)),
    )


def _choose_language(talk: Talk, reading: Reading, menu: Sequence[str]) -> Talk:
    number = next(iter(reading.numbers), 0)
    return replace(talk, language=menu[number - 1]) if 0 < number <= len(menu) else talk


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


def _choose_needs(talk: Talk, reading: Reading) -> Talk:
    chosen = _single_digits(reading.numbers)
    acute = frozenset(ACUTE_DIGITS[digit] for digit in chosen if digit in ACUTE_DIGITS)
    needs = frozenset(LATER_DIGITS[digit] for digit in chosen if digit in LATER_DIGITS)
    implied = frozenset(NEED_OF_STATEMENT[statement] for statement in acute)
    return replace(
        talk,
        needs=talk.needs | needs | implied,
        acute=talk.acute | acute,
        is_acute_told=talk.is_acute_told or bool(acute or needs),
    )


def _choose_acute(talk: Talk, reading: Reading, *, is_alone: bool) -> Talk:
    """Read the digits of the question whether it is acute; «yes» means what was told before."""
    chosen = _single_digits(reading.numbers)
    acute = frozenset(ACUTE_DIGITS[digit] for digit in chosen if digit in ACUTE_DIGITS)
    says_yes = reading.yes is True and not reading.needs
    says_no = (reading.yes is False and not reading.needs) or MORE in chosen
    return replace(
        talk,
        acute=talk.acute | acute,
        needs=talk.needs | frozenset(NEED_OF_STATEMENT[statement] for statement in acute),
        says_today=talk.says_today or says_yes,
        is_acute_told=talk.is_acute_told or bool(acute) or says_yes or (is_alone and says_no),
    )


def _single_digits(numbers: Sequence[int]) -> frozenset[int]:
    """Return the digits chosen; «12» where nothing has two digits is 1 and 2."""
    return frozenset(int(digit) for number in numbers for digit in str(number))


def _is_acute_open(talk: Talk) -> bool:
    """Say whether it may be acute and nobody has said: a pressing need, or words we cannot read."""
    if talk.is_acute_told or talk.find_acute():
        return False
    return bool(talk.needs & PRESSING_NEEDS) or not talk.needs


def _ask(talk: Talk, question: Say, now: datetime, *, page: int = 0) -> Step:
    asked = (*talk.asked, Asked(question, now, page))
    return Step(replace(talk, asked=asked), question, page)
