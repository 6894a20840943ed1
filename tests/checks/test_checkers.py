"""The checkers themselves: each passes a good page and sees a fault."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Request, Response

from tests.checks import axe, htmlcs, layout, nu
from tests.checks.browser import Window
from tests.checks.telling import choose_telling
from tests.page import Page

GOOD = (
    '<!doctype html><html lang="nb" dir="ltr"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Hjelp</title>'
    "<style>body{color:#1b1b1f;background:#fff;margin:0}input,button{width:90%;height:50px}</style>"
    '</head><body><main><h1>Hjelp</h1><form action="/a" method="post"><p>'
    '<label for="n">Navn</label><input type="text" id="n" name="n" autocomplete="name"></p><p>'
    "<button>Send</button></p></form><script>document.body.textContent = ''</script>"
    "</main></body></html>"
)


def answer(html: str) -> TestResponse:
    sent = Response(html, content_type="text/html; charset=utf-8")
    return Client(Request.application(lambda _: sent)).get("/")


def test_axe_sees_a_fault_and_passes_a_good_page(phone: Window) -> None:
    phone.show(answer(GOOD))
    assert axe.complaints(phone) == []
    phone.show(answer(GOOD.replace("#1b1b1f", "#777").replace('for="n"', "")))
    found = " ".join(axe.complaints(phone))
    assert "color-contrast-enhanced" in found
    assert "label: " in found


def test_htmlcs_sees_a_fault_and_passes_a_good_page(phone: Window) -> None:
    phone.show(answer(GOOD))
    assert htmlcs.complaints(phone) == []
    phone.show(answer(GOOD.replace("#1b1b1f", "#777").replace('lang="nb"', "")))
    found = " ".join(htmlcs.complaints(phone))
    assert "1_4_6" in found
    assert "3_1_1" in found


def test_layout_sees_a_fault_and_passes_a_good_page(phone: Window) -> None:
    phone.show(answer(GOOD))
    assert layout.complaints(phone) == []
    phone.show(answer(GOOD.replace("width:90%;height:50px", "width:900px;height:20px")))
    found = " ".join(layout.complaints(phone))
    assert "900×20 pixels" in found
    assert "sideways" in found


def test_layout_spaces_text_out_whatever_the_page_allows(phone: Window) -> None:
    response = answer(GOOD.replace("Hjelp</h1>", "Abcdefghijklm</h1>"))
    style = response.text.partition("<style>")[2].partition("</style>")[0]
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    response.headers["Content-Security-Policy"] = f"style-src 'sha256-{allowed}'"
    phone.show(response)
    (found,) = layout.complaints(phone)
    assert "sideways when text is spaced out" in found


def test_nu_sees_faults_in_html_and_css_and_passes_a_good_page(tmp_path: Path) -> None:
    pages = {
        "good": GOOD.encode(),
        "bad html": GOOD.replace("<main>", "<main><p><table></p>").encode(),
        "bad css": GOOD.replace("color:#1b1b1f", "colour:#1b1b1f").encode(),
        "warned": GOOD.replace('type="text" id', 'type="text" role="textbox" id').encode(),
    }
    found = nu.complaints(pages, tmp_path)
    assert {one.partition(": ")[0] for one in found} == set(pages) - {"good"}


def test_what_only_one_page_has_is_looked_at() -> None:
    more, wrong = "<em>One more.</em><button>", '<input aria-invalid="true" type="text"'
    changes = [("", ""), ("<button>", more), ('<input type="text"', wrong), ('"ltr"', '"rtl"')]
    pages = [Page.read(answer(GOOD.replace(*change))) for change in changes]
    assert choose_telling([*pages, *pages]) == [1, 2, 3]
