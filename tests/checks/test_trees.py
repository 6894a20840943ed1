"""What a screen reader is told of the main pages is what somebody has read and found good."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.checks.trees import FOLDER, trees
from tests.conftest import open_sample_site


@pytest.mark.audit
def test_each_main_page_tells_a_screen_reader_what_it_told_before(
    browser: Browser, tmp_path: Path
) -> None:
    # A site of its own: on one that others look at, too, times are taken.
    with open_sample_site(tmp_path) as app:
        now = dict(trees(app, browser))
    changed = [file.name for file, tree in now.items() if tree != file.read_text(encoding="utf-8")]
    assert not changed, "read them, then write them anew with `make trees`"
    assert set(FOLDER.glob("*.txt")) == set(now)
