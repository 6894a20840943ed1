"""Whatever language a journey goes in, through whichever door, what is stored of it is the same."""

from pathlib import Path

import pytest

from nav_access.core.i18n.locales import DEFAULT, OFFERED, Locale
from nav_access.intake.codes import AcuteStatement, Channel, Need, Reach, TimeOfDay
from tests.i18n.same_cases import JOURNEYS, STORED, dump, new_world

OTHERS = [locale for locale in OFFERED if locale != DEFAULT]

Stored = dict[str, list[dict[str, object]]]


def go(locale: Locale, folder: Path, journeys=tuple(JOURNEYS)) -> Stored:
    """Go these journeys in one language, at a site of its own; return what is stored."""
    folder.mkdir(exist_ok=True)
    with new_world(locale, folder) as person:
        for journey in journeys:
            JOURNEYS[journey](person)
        return dump(person)


@pytest.fixture(scope="module")
def norwegian(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """What is stored of every journey in Bokmål."""
    return go(DEFAULT, tmp_path_factory.mktemp("nb"))


@pytest.mark.audit
def test_every_code_is_chosen_on_the_way(norwegian: Stored) -> None:
    cases, reaching = norwegian["cases"], norwegian["case_reaching"]
    assert {one for case in cases for one in case["needs"]} == set(Need)
    assert {one for case in cases for one in case["acute"]} == set(AcuteStatement)
    assert {case["channel"] for case in cases} == {Channel.WEB, Channel.SMS, Channel.KIOSK}
    assert {row["reach"] for row in reaching} == set(Reach)
    assert {row["best_time"] for row in reaching} == set(TimeOfDay)
    assert {row["spoken_language"] for row in reaching} == {None, "am", "the reader's"}
    assert {table for table, rows in norwegian.items() if rows} == {*STORED, "words"}


@pytest.mark.audit
@pytest.mark.parametrize("locale", OTHERS, ids=lambda locale: locale.tag)
def test_what_is_stored_is_the_same(norwegian: Stored, tmp_path: Path, locale: Locale) -> None:
    stored = go(locale, tmp_path)
    assert stored["cases"][0]["language"] == "the reader's"
    for table, rows in norwegian.items():
        assert stored[table] == rows, table


def test_a_case_in_tigrinya_is_a_case_in_bokmal(tmp_path: Path) -> None:
    tigrinya = next(locale for locale in OFFERED if locale.tag == "ti")
    stored = [go(each, tmp_path / each.tag, ["texts", "case"]) for each in (DEFAULT, tigrinya)]
    assert stored[0] == stored[1]
