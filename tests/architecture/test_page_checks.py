"""The page checks themselves: a good page passes, and each fault is seen."""

import pytest
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Request, Response

from tests.page import Page, page
from tests.page_checks import problems_of

GOOD = """<!doctype html><html lang="nb" dir="ltr"><head><meta charset="utf-8">
<title>Få hjelp – NAV</title><style>p{color:#000}</style></head><body><h1>Få hjelp</h1>
<p><a href="tel:+4755553333">55 55 33 33</a></p><form method="post" action="/nb/help">
<p><label for="name">Navn</label><input type="text" id="name" name="name" value="Kari"></p>
<fieldset><legend>Ring</legend><label>
<input type="radio" name="call" value="no" checked> Nei</label>
<label><input type="radio" name="call" value="yes"> Ja</label></fieldset>
<input type="hidden" name="token" value="a"><button>Send</button>
<button name="do" value="leave">Gå</button></form></body></html>"""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def fetch(html: str, path: str = "/nb/help", **headers: str) -> TestResponse:
    answer = Response(html, content_type="text/html; charset=utf-8", headers=HEADERS | headers)
    return Client(Request.application(lambda _: answer)).get(path)


def test_a_good_page_passes() -> None:
    assert page(fetch(GOOD)).heading == "Få hjelp"


FAULTS = [
    ("<h1>Få hjelp</h1>", "<h2>Få hjelp</h2>", "one h1"),
    ("Få hjelp – NAV", "NAV – Få hjelp", "does not start"),
    ("</h1>", "</h1></i>", "end-tag"),
    ("</h1>", '</h1><p id="name">', "2 elements have the id name"),
    ("</h1>", "</h1><script>1</script>", "script"),
    ("<h1>", '<h1 onclick="a()">', "onclick"),
    ("<h1>", '<h1 style="color:red">', "style"),
    ('<label for="name">Navn</label>', "", "name has no label"),
    ('type="text" ', "", "does not say its type"),
    ("<legend>Ring</legend>", "", "legend"),
    ('id="name"', 'id="name" aria-invalid="true"', "not tied"),
    ('id="name"', 'id="name" aria-describedby="gone"', "not there"),
    ('href="tel:+4755553333"', 'href="#gone"', "leads nowhere"),
    ('href="tel:+4755553333"', 'href="/"', "no phone number"),
    ('lang="nb"', 'lang="en"', "not «nb»"),
    ('dir="ltr"', 'dir="rtl"', "does not run ltr"),
    ("</button>\n<button", "</button><button", "no space between «Send» and «Gå»"),
    ("</h1>", '</h1><img src="a.png" alt="">', "more than one request"),
    ("</h1>", f"</h1><p>{' '.join(map(hex, range(9000, 12000)))}</p>", "bytes gzipped"),
]


@pytest.mark.parametrize(("old", "new", "complaint"), FAULTS)
def test_each_fault_is_seen(old: str, new: str, complaint: str) -> None:
    found = problems_of(Page.read(fetch(GOOD.replace(old, new, 1))))
    assert any(complaint in one for one in found), found


@pytest.mark.parametrize(
    ("headers", "complaint"),
    [
        ({"Cache-Control": "public, max-age=60"}, "Cache-Control"),
        ({"Set-Cookie": "a=b"}, "cookie"),
        ({"Referrer-Policy": "origin"}, "Referrer-Policy"),
        ({"Content-Security-Policy": "default-src 'none'"}, "frame-ancestors"),
        ({"X-Long": "a" * 450}, "bytes of headers"),
    ],
)
def test_wrong_headers_are_seen(headers: dict[str, str], complaint: str) -> None:
    found = problems_of(Page.read(fetch(GOOD, **headers)))
    assert any(complaint in one for one in found), found


def test_a_form_sends_what_a_browser_would() -> None:
    form = page(fetch(GOOD)).form().fill(name="Åse")
    echo = Client(Request.application(lambda request: Response(repr(request.form.to_dict()))))
    assert form.submit(echo).text == "{'name': 'Åse', 'call': 'no', 'token': 'a'}"
    assert form.submit(echo, "leave").text.endswith("'do': 'leave'}")


def test_only_what_is_offered_can_be_chosen() -> None:
    form = page(fetch(GOOD)).form()
    with pytest.raises(AssertionError, match="not in"):
        form.fill(call="perhaps")
    with pytest.raises(AssertionError, match="no field"):
        form.fill(phone="40000000")


SELECTORS = [
    *("a", "h1", "[id]", "[role=alert]", "label", "input[name]", "[value]", "p[id]"),
    *('a[href^="tel:"]', "a[href^='t']", 'label[for="name"]', '[name="call"]', "input[type=radio]"),
    *("form[method=post]", '[href=""]', '[href^=""]', "button[name=do]", "fieldset label"),
]


@pytest.mark.parametrize("selector", SELECTORS)
def test_elements_are_found_as_css_finds_them(selector: str) -> None:
    read = Page.read(fetch(GOOD))
    assert read.all(selector) == list(read.soup.select(selector))
