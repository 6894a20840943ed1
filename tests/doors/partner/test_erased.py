"""An erased case is gone from the agency that sent it: from its page and from the list."""

import pytest

from nav_access.erasing.cases import erase_asked
from tests.page import without_token


@pytest.mark.postgres_in_audit
def test_neither_page_nor_list_shows_it(agencies, browser):
    number = agencies.send().number
    assert number[:4] in browser.get("/partner/").text
    with agencies.database.unit_of_work() as session:
        assert erase_asked(session, number, actor="cli", now=agencies.now)
    gone, unknown = (browser.get(f"/partner/cases/{n}") for n in (number, "00000000"))
    assert (gone.status_code, without_token(gone)) == (404, without_token(unknown))
    assert number[:4] not in browser.get("/partner/").text
