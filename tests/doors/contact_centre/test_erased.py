"""An erased case is as unknown at the contact centre as one that never was; also in its lists."""

import pytest

from nav_access.erasing.cases import erase_asked
from tests.page import without_token

PAGES = ("/cases/{}", "/cases/{}/message")
LISTS = ("/", "/lines", "/new-case")


@pytest.mark.postgres_in_audit
def test_neither_page_nor_list_shows_it(centre, browser):
    number = centre.known()
    message_id = centre.send(number)
    with centre.database.unit_of_work() as session:
        assert erase_asked(session, number, actor="cli", now=centre.now)
    for page in PAGES:
        gone = browser.get("/contact-centre" + page.format(number))
        unknown = browser.get("/contact-centre" + page.format("00000000"))
        assert (gone.status_code, without_token(gone)) == (404, without_token(unknown))
    assert browser.get(f"/contact-centre/messages/{message_id}").status_code == 404
    for page in LISTS:
        shown = browser.get(f"/contact-centre{page}")
        assert (shown.status_code, number in shown.text) == (200, False)
