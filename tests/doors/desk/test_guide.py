"""The guide at the desk: found as one types, whole when few were found."""

import pytest

from nav_access.guide.reading import load_guide
from tests.page import page

HERE = "/desk/guide"


def test_before_a_question_every_service_stands_by_its_desk(browser):
    links = page(browser.get(HERE)).links.values()
    assert {f"{HERE}/{key}" for key in load_guide().services} <= set(links)


def test_what_was_found_is_shown_whole(browser):
    form = page(browser.get(HERE)).form(f'form[action="{HERE}"]').fill(q="inkaso")
    found = page(form.submit(browser), lang="en")
    assert ("Debt and budget advice" in found.text, len(found.all("dl"))) == (True, 1)
    assert "Sosialtjenesteloven § 17" in found.text


def test_of_many_only_the_names(browser):
    found = page(browser.get(f"{HERE}?q=nav"))
    assert (found.all("dl"), len(found.all("main li")) > 4) == ([], True)


def test_nothing_found_shows_all_and_what_was_typed(browser):
    found = page(browser.get(f"{HERE}?q=%3Cb%3Exyzzy"))
    assert "<b>xyzzy" in found.text
    assert len(found.all("main li")) == len(load_guide().services)


@pytest.mark.parametrize(("lang", "name"), [("nb", "Startlån"), ("en", "Start loan")])
def test_in_the_readers_language(desk, lang, name):
    browser = desk.at_work("Eli", lang=lang)
    assert page(browser.get(f"{HERE}/start-loan")).heading == name


def test_an_unknown_service_is_no_page(browser):
    assert browser.get(f"{HERE}/no-such").status_code == 404
