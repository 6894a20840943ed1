"""The checkers themselves: each passes a good page and sees a fault."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Request, Response

from tests.checks import axe, bare, english, forced, htmlcs, keyboard, larger, layout, nu
from tests.checks.browser import Window
from tests.checks.telling import choose_telling
from tests.checks.test_kiosk_pages import BELOW, LETTERS, SMALL_LINKS, WIDER
from tests.checks.test_print import SHOWN, SIZES, count_sheets
from tests.checks.trees import read_tree
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
RINGED = GOOD.replace("<style>", "<style>:focus{outline:3px solid #1b1b1f}")


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


def test_keys_find_what_is_not_reached_not_seen_or_out_of_order(phone: Window) -> None:
    phone.show(answer(RINGED))
    assert keyboard.complaints(phone) == []
    phone.show(answer(RINGED.replace("<button>", '<button tabindex="1">')))
    assert "Tab begins at" in " ".join(keyboard.complaints(phone))
    phone.show(answer(GOOD.replace("<style>", "<style>:focus{outline:none}")))
    assert "nothing shows the focus" in " ".join(keyboard.complaints(phone))
    phone.show(answer(RINGED.replace("<style>", "<style>button{position:absolute;top:0}")))
    assert "stands before it" in " ".join(keyboard.complaints(phone))
    phone.show(answer(RINGED.replace("<button>", "<p inert><button>")))
    assert "Tab never reaches <button" in " ".join(keyboard.complaints(phone))
    over = '<b style="position:fixed;inset:0;background:#fff"></b></main>'
    phone.show(answer(RINGED.replace("</main>", over)))
    assert "out of sight" in " ".join(keyboard.complaints(phone))


def test_the_first_key_must_lead_out_or_to_what_is_left_to_do(phone: Window) -> None:
    way_out = GOOD.replace("<main>", '<p><a href="/nb/leave">Ut</a></p><main>')
    to_do = '<div role="alert"><ul><li><a href="#n">Navn</a></li></ul></div><h1>'
    phone.show(answer(GOOD))
    assert keyboard.first_stops(phone) != []
    phone.show(answer(way_out))
    assert keyboard.first_stops(phone) == []
    phone.show(answer(way_out.replace("<h1>", to_do)))
    assert keyboard.first_stops(phone) != []
    focused = to_do.replace("<div", '<div tabindex="-1" autofocus')
    phone.show(answer(way_out.replace("<h1>", focused)))
    assert keyboard.first_stops(phone) == []


def test_forced_colours_find_what_has_no_edge(phone: Window) -> None:
    phone.show(answer(RINGED))
    assert forced.complaints(phone) == []
    phone.show(answer(RINGED.replace("<style>", "<style>button{border:0}")))
    assert "no edge" in " ".join(forced.complaints(phone))
    phone.show(answer(GOOD.replace("<style>", "<style>:focus{outline:none}")))
    assert "no focus ring" in " ".join(forced.complaints(phone))
    drawn = '<svg><path d="M0 0h9v9z" style="forced-color-adjust:none;fill:Canvas;stroke:Canvas"/>'
    phone.show(answer(RINGED.replace("</main>", f"{drawn}</svg></main>")))
    assert "cannot be seen" in " ".join(forced.complaints(phone))


def test_without_style_nothing_may_be_lost(phone: Window) -> None:
    phone.show(answer(GOOD))
    assert bare.complaints(phone) == []
    phone.show(answer(GOOD.replace("Send<", "<svg></svg><")))
    assert "says nothing without its picture" in " ".join(bare.complaints(phone))
    phone.show(answer(GOOD.replace('for="n"', "")))
    assert "no words stand beside" in " ".join(bare.complaints(phone))
    phone.show(
        answer(
            GOOD.replace("<style>", "<style>b{display:none}").replace("<h1>", "<h1><b>Ikke </b>")
        )
    )
    assert "becomes «ikke hjelp»" in " ".join(bare.complaints(phone))


def test_large_letters_find_what_is_cut_off(phone: Window) -> None:
    phone.show(answer(GOOD))
    assert larger.complaints(phone) == []
    phone.show(answer(GOOD.replace("<style>", "<style>h1{height:20px;overflow:hidden}")))
    assert "cut off" in " ".join(larger.complaints(phone))
    phone.show(answer(GOOD.replace("Hjelp</h1>", "Hjelpetelefon</h1>")))
    assert "sideways in large letters" in " ".join(larger.complaints(phone))
    phone.show(answer(GOOD.replace("<h1>", '<h1 style="position:relative;left:-9px">')))
    assert "reaches out of the window" in " ".join(larger.complaints(phone))


def test_english_that_is_left_over_is_found() -> None:
    said = "<h1>Hjelp</h1><p>Ask for help</p>"
    left = Page.read(answer(GOOD.replace("<h1>Hjelp</h1>", said)))
    assert "all of it" in " ".join(english.complaints(left))
    own = Page.read(answer(GOOD.replace("<h1>Hjelp</h1>", said.replace("<p>", '<p lang="en">'))))
    assert english.complaints(own) == []
    word = Page.read(answer(GOOD.replace("Navn<", "Navn eller electricity<")))
    assert english.complaints(word) == ["«Navn eller electricity» has electricity"]


def test_what_a_screen_reader_is_told_changes_with_the_page(phone: Window) -> None:
    phone.show(answer(GOOD))
    told = read_tree(phone)
    assert "heading «Hjelp» level 1\n" in told
    assert "textbox «Navn»" in told
    phone.show(answer(GOOD.replace('for="n"', "")))
    assert "textbox «Navn»" not in read_tree(phone)


def test_paper_and_what_does_not_belong_on_it_are_seen(phone: Window) -> None:
    phone.show(answer(GOOD.replace("<style>", "<style>@media print{form{display:none}}")))
    phone.tab.emulate_media(media="print")
    assert (count_sheets(phone), phone.run(SHOWN), phone.run(SIZES, "h1")) == (1, [], [32])
    phone.show(answer(GOOD.replace("<h1>", '<h1 style="height:40cm">')))
    assert count_sheets(phone) == 2
    assert len(phone.run(SHOWN)) == 2


def test_what_is_small_or_beside_a_terminals_screen_is_seen(phone: Window) -> None:
    links = '<a href="/a">A</a><p class="called"><strong style="font-size:90px">7</strong></p>'
    phone.show(answer(GOOD.replace("<form", f"{links}<form")))
    assert len(phone.run(SMALL_LINKS, 64)) == 1
    assert (phone.run(LETTERS), phone.run(WIDER)) == ([90], 0)
    assert phone.run(BELOW) > 0
    phone.show(answer(GOOD.replace("width:90%", "width:900px")))
    assert phone.run(WIDER) > 0
