"""The commands of `flask i18n`."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from nav_access.cli import i18n
from nav_access.core.i18n.findings import Fault, Finding
from nav_access.core.i18n.locales import LOCALES

FINDING = Finding("nb/public.po", "Food", Fault.MISSING)


def run(*words: str) -> Result:
    return Flask("site").test_cli_runner().invoke(i18n.i18n_group, words)


def test_check_fails_and_names_file_and_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "check_all", lambda *, is_all: [FINDING])
    result = run("check")
    assert result.exit_code == 1
    assert "nb/public.po: missing: «Food»" in result.output


def test_check_passes_when_there_is_nothing_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "check_all", lambda *, is_all: [])
    assert run("check").exit_code == 0


def test_status_has_a_line_for_every_catalogue() -> None:
    lines = run("status").output.splitlines()
    assert len(lines) == 1 + (len(LOCALES) - 1) + 2 + 1
    assert "LIX" in lines[-1]


def test_extract_and_update_write_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "template_path", lambda domain: tmp_path / f"{domain}.pot")
    monkeypatch.setattr(i18n, "po_path", lambda locale, domain: tmp_path / locale.tag / "x.po")
    assert run("extract").exit_code == 0
    assert 'msgid "Ask for help"' in (tmp_path / "public.pot").read_text("utf-8")
    assert run("update", "uk").exit_code == 0
    assert run("compile").output == f"{tmp_path.name}/x.po is compiled.\n"
    assert (tmp_path / "uk/x.mo").exists()
