"""The options of a question."""

from nav_access.web.shared import help_words
from nav_access.web.shared.options import list_options


def test_options_stand_in_the_order_of_their_words_and_the_first_is_led_to() -> None:
    options = list_options(help_words.REACHES)
    assert [each.word for each in options] == list(help_words.REACHES.values())
    assert [each.code for each in options][:2] == [None, "call"]
    assert [each.is_first for each in options] == [True, *[False] * (len(options) - 1)]
