"""Days and times: 24 hours, Western digits, and no language in another language's words."""

import json
import random
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from nav_access.core.i18n.locales import LOCALES, Locale
from nav_access.core.i18n.wording import N_
from nav_access.web.shared.dates import (
    AT,
    MomentWords,
    say_date,
    say_day,
    say_interval,
    say_list,
    say_moment,
    say_number,
    say_percent,
    say_time,
    say_weekday,
)
from tests.i18n.conftest import locale_of

REPOSITORY = Path(__file__).resolve().parents[2]
ENGLISH = locale_of("en")
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SAYING = """
import json, sys
from datetime import date, timedelta
from babel.dates import format_date
from nav_access.core.i18n.catalogs import Domain, load_catalog
from nav_access.core.i18n.interpreters import list_spoken_languages, name_for
from nav_access.core.i18n.locales import by_tag
from nav_access.core.i18n.wording import words_in
from nav_access.web.shared.dates import (
    babel_locale, say_date, say_day, say_list, say_number, say_percent, say_weekday)

days = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
days += [date(2026, month, 1) for month in range(1, 13)]
NUMBERS = [*range(23), 100, 101, 1000, 1_000_000]

def plurals(locale):
    found = load_catalog(locale, Domain.PUBLIC).messages.items()
    counted = [one for one, forms in found if "(count)" in one and len(forms) == locale.plurals]
    return [[words_in(locale).find_forms(one, one).choose(n) for n in NUMBERS] for one in counted]

def said(locale):
    return [
        [say_date(day, locale, today) for day in days for today in (days[0], date(2020, 1, 1))],
        [say_day(day, locale, days[0]) for day in days],
        [say_weekday(day, locale) for day in days],
        [format_date(day, "MMMM y", locale=babel_locale(locale)) for day in days],
        [say_list("abcd"[:count], locale) for count in range(5)],
        [say_number(number, locale) for number in (1234567.5, 0, -1)],
        [say_percent(share, locale) for share in (0.25, 1)],
        [name_for(language, locale) for language in list_spoken_languages()],
        plurals(locale),
    ]

print(json.dumps({tag: said(by_tag(tag)) for tag in sys.argv[1:]}))
"""


def said_by_a_process(*tags: str) -> dict[str, list[list[object]]]:
    command = [sys.executable, "-c", SAYING, *tags]
    answer = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True)
    said: dict[str, list[list[object]]] = json.loads(answer.stdout)
    return said


def test_no_language_leaks_into_another() -> None:
    tags = [locale.tag for locale in LOCALES]
    fresh = {tag: said_by_a_process(tag)[tag] for tag in tags}
    assert len({str(said[0]) for said in fresh.values()}) > 20
    assert all(said[-1] for tag, said in fresh.items() if tag != "en")
    for seed in range(3):
        shuffled = random.Random(seed).sample(tags, len(tags))
        assert said_by_a_process(*shuffled) == fresh


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.tag)
def test_digits_are_western(locale: Locale) -> None:
    today = MONDAY.date()
    said = [
        say_date(today, locale, today),
        say_date(today, locale, date(2020, 1, 1)),
        say_number(1234567.5, locale),
        say_percent(0.25, locale),
        say_interval(time(9), time(15), locale),
    ]
    digits = [sign for text in said for sign in text if sign.isdigit()]
    assert digits
    assert all(sign.isascii() for sign in digits)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(0), "00:00"),
        (time(9, 5), "09:05"),
        (MONDAY, "09:30"),
        (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), "23:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "02:30"),
    ],
)
def test_times_are_24_hour_on_the_clock_in_norway(moment: datetime | time, said: str) -> None:
    assert say_time(moment) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "before 09:30 today"),
        (14, "before 23:30 today"),
        (15, "before 00:30 tomorrow, Tuesday 24 November"),
        (72, "before 09:30 on Thursday 26 November"),
        (24 * 250, "before 10:30 on Saturday 31 July 2027"),
        (-24, "before 09:30 on Sunday 22 November"),
    ],
)
def test_a_deadline_is_said_in_words(hours: int, said: str) -> None:
    assert say_moment(MONDAY + timedelta(hours=hours), ENGLISH, MONDAY) == said


def test_a_door_may_bring_its_own_sentences() -> None:
    words = MomentWords(N_("We ring %(who)s before %(time)s."), "", "")
    assert say_moment(MONDAY, ENGLISH, MONDAY, words, who="you") == "We ring you before 09:30."
    assert say_moment(MONDAY, ENGLISH, MONDAY, AT) == "09:30 today"


def test_near_days_have_names() -> None:
    today = date(2026, 12, 31)
    days = [say_day(today + timedelta(days=n), ENGLISH, today) for n in (-1, 0, 1, 2)]
    assert days == ["Wednesday 30 December", "today", "tomorrow", "Saturday 2 January"]


def test_what_cldr_lacks_or_few_people_say_is_ours() -> None:
    day, pashto, sorani = date(2026, 11, 27), locale_of("ps"), locale_of("ckb")
    assert say_date(day, sorani, day) == "هەینی، 27ی تشرینی دووەم"
    assert say_weekday(date(2026, 11, 24), pashto) == "سه\u200cشنبه"
    assert [say_list("abc"[:n], sorani) for n in range(4)] == ["", "a", "a و b", "a، b و c"]
    assert {len(each.weekdays) for each in LOCALES} == {0, 7}


def test_norwegian_is_norwegian() -> None:
    day = MONDAY.date()
    assert say_date(day, locale_of("nb"), day) == "mandag 23. november"
    assert say_weekday(day, locale_of("nn")) == "måndag"
    assert say_list(["brød", "strøm", "tak"], locale_of("nb")) == "brød, strøm og tak"
    assert say_interval(time(9), time(15, 30), ENGLISH) == "09:00 to 15:30"
