"""Taking an answer into a conversation by SMS: digits by the question, words by what they say."""

from collections.abc import Sequence
from dataclasses import replace

from nav_access.intake.rules import NEED_OF_STATEMENT
from nav_access.intake.texting.codes import ACUTE_DIGITS, LATER_DIGITS, MORE, Command, Say
from nav_access.intake.texting.reading import Reading
from nav_access.intake.texting.talk import Asked, Talk

ASKS_PLACE = frozenset({Say.PLACE, Say.PLACE_AND_ACUTE, Say.EVERYTHING})
ASKS_ACUTE = frozenset({Say.ACUTE, Say.PLACE_AND_ACUTE, Say.EVERYTHING})


def answer(
    talk: Talk, reading: Reading, menu: Sequence[str], answered: Asked | None, *, is_late: bool
) -> Talk:
    """Read digits and place names by the question they answer; a late one only fills gaps."""
    say = answered.say if answered else None
    if say is Say.LANGUAGE and (talk.language is None or not is_late):
        talk = _choose_language(talk, reading, menu)
    if say is Say.NEED and not (is_late and talk.needs):
        talk = _choose_needs(talk, reading)
    if say in ASKS_ACUTE and not (is_late and talk.is_acute_told):
        talk = _choose_acute(talk, reading, is_alone=say is Say.ACUTE)
    if say in ASKS_PLACE and not (is_late and talk.place):
        talk = replace(talk, place=reading.postcode or reading.place or talk.place)
    return talk


def keep(talk: Talk, reading: Reading) -> Talk:
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
