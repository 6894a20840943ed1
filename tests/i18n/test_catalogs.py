"""Catalogues: compiled once, compiled again when changed, by any number of processes at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nav_access.core.i18n import catalogs
from nav_access.core.i18n.catalogs import Domain, compile_catalog, load_catalog
from nav_access.core.i18n.wording import Words
from tests.i18n.conftest import WriteWords, locale_of

REPOSITORY = Path(__file__).resolve().parents[2]
MANY = {f"Sentence {number}.": f"Setning {number}." for number in range(500)}
LOADING = """
import sys
from pathlib import Path
from nav_access.core.i18n.catalogs import Domain, load_catalog
from nav_access.core.i18n.locales import by_tag
for _ in range(20):
    load_catalog.cache_clear()
    for mo in Path(sys.argv[1]).rglob("*.mo"):
        mo.touch()
    assert load_catalog(by_tag("nb"), Domain.PUBLIC, Path(sys.argv[1])).find("Sentence 499.")
"""


def words(tag: str, root: Path) -> Words:
    load_catalog.cache_clear()
    catalogs.load_chain.cache_clear()
    return Words(locale_of(tag), root)


def test_words_come_from_the_file(write_words: WriteWords, tmp_path: Path) -> None:
    write_words("nb", {"Food": "Mat", "Ring %(phone)s.": "Ring %(phone)s nå."})
    assert words("nb", tmp_path).text("Ring %(phone)s.", phone="22") == "Ring 22 nå."


def test_a_change_is_seen(write_words: WriteWords, tmp_path: Path) -> None:
    write_words("nb", {"Food": "Mat"})
    assert words("nb", tmp_path).text("Food") == "Mat"
    write_words("nb", {"Food": "Brød"})
    assert words("nb", tmp_path).text("Food") == "Brød"


def test_an_older_file_that_replaces_a_newer_is_seen(
    write_words: WriteWords, tmp_path: Path
) -> None:
    write_words("nb", {"Food": "Mat"})
    assert words("nb", tmp_path).text("Food") == "Mat"
    os.utime(write_words("nb", {"Food": "Brød"}), (1, 1))
    assert words("nb", tmp_path).text("Food") == "Brød"


def test_a_compiled_file_is_not_compiled_again(
    write_words: WriteWords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_catalog(write_words("nb", {"Food": "Mat"}))
    monkeypatch.setattr(catalogs, "read_po", None)
    assert words("nb", tmp_path).text("Food") == "Mat"


def test_a_folder_that_cannot_be_written_is_no_hindrance(
    write_words: WriteWords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> Path:
        raise PermissionError

    write_words("nb", {"Food": "Mat"})
    monkeypatch.setattr(catalogs, "compile_catalog", refuse)
    assert words("nb", tmp_path).text("Food") == "Mat"


def test_processes_compile_at_the_same_time(write_words: WriteWords, tmp_path: Path) -> None:
    write_words("nb", MANY)
    command = [sys.executable, "-c", LOADING, str(tmp_path)]
    running = [subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE) for _ in range(4)]
    assert [process.communicate()[1].decode() for process in running] == [""] * 4
    assert not list(tmp_path.rglob(".*"))


def test_fuzzy_words_are_not_shown(write_words: WriteWords, tmp_path: Path) -> None:
    path = write_words("nb", {"Food": "Mot"})
    path.write_text(path.read_text("utf-8").replace('msgid "Food"', '#, fuzzy\nmsgid "Food"'))
    assert words("nb", tmp_path).text("Food") == "Food"


def test_missing_words_come_from_the_fallback_then_from_english(
    write_words: WriteWords, tmp_path: Path
) -> None:
    write_words("nb", {"Queue": "Kø"}, Domain.STAFF)
    assert words("nn", tmp_path).text("Queue") == "Kø"
    assert words("uk", tmp_path).text("Queue") == "Queue"


def test_a_translation_that_asks_for_an_unknown_value_is_not_used(
    write_words: WriteWords, tmp_path: Path
) -> None:
    write_words("nb", {"Ring %(phone)s.": "Ring %(telefon)s."})
    assert words("nb", tmp_path).text("Ring %(phone)s.", phone="22") == "Ring 22."


@pytest.mark.parametrize(("number", "said"), [(0, "o"), (1, "i"), (2, "ii"), (5, "f"), (11, "m")])
def test_a_number_takes_its_form(
    number: int, said: str, write_words: WriteWords, tmp_path: Path
) -> None:
    write_words("ar", {("%(num)s day", "%(num)s days"): ("o", "i", "ii", "f", "m", "x")})
    assert words("ar", tmp_path).count("%(num)s day", "%(num)s days", number) == said


@pytest.mark.parametrize("sentence", ["100 % sure", "100 %% sure", "50 % d %s %"])
def test_per_cent_signs_break_nothing(sentence: str, tmp_path: Path) -> None:
    assert "%%" not in words("en", tmp_path).text(sentence)
