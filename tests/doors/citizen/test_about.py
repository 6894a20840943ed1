"""Who runs this: the service's name, and in a sample that nobody reads it; in Arabic."""

from tests.page import page

NOBODY_READS = "Nobody reads what you write here."


def test_it_names_the_service(citizen, settings):
    found = citizen.page("/en/about")
    assert f"With {settings.service_name} you can ask a NAV office" in found.text
    assert NOBODY_READS not in found.text


def test_a_sample_says_that_nobody_reads_it(sample_app):
    found = page(sample_app.test_client(use_cookies=False).get("/en/about"))
    assert NOBODY_READS in found.text


def test_in_arabic_and_wrong_method(citizen):
    assert citizen.page("/ar/about").root["dir"] == "rtl"
    assert citizen.client.post("/ar/about").status_code == 405
