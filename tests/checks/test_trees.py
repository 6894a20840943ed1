"""What a screen reader is told of the main pages is what somebody has read and found good."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.checks.trees import FOLDER, trees


@pytest.mark.audit
def test_each_main_page_tells_a_screen_reader_what_it_told_before(
    sample_app: Flask, browser: Browser
) -> None:
    now = dict(trees(sample_app, browser))
    changed = [file.name for file, tree in now.items() if tree != file.read_text(encoding="utf-8")]
    assert not changed, "read them, then write them anew with `make trees`"
    assert set(FOLDER.glob("*.txt")) == set(now)
