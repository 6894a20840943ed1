"""A page carries the parts of its stylesheet that it uses, and is allowed exactly those."""

import base64
import hashlib
import re

import pytest

from nav_access.web.shared.styles import PARTS, STATIC, dress, load_stylesheet

PAGE = "<style>@@css@@</style>{}"
STANDS_IN = {
    "legend": "fieldset",
    "th": "table",
    "td": "table",
    "dt": "dl",
    "dd": "dl",
    # Both are there whenever the form on paper is.
    "large": "paper",
    "row": "paper",
}
SIGNS = [(part, sign) for part, signs in PARTS["citizen"].items() for sign in signs]


@pytest.mark.parametrize(("part", "sign"), SIGNS)
def test_a_page_with_the_sign_of_a_part_carries_it(part, sign):
    dressed, _ = dress(PAGE.format(sign), "citizen")
    assert load_stylesheet("citizen", (part,)).css in dressed


def test_a_page_without_any_carries_what_every_page_has():
    dressed, _ = dress(PAGE.format("<p>"), "citizen")
    assert dressed == PAGE.format("<p>").replace("@@css@@", load_stylesheet("citizen").css)


@pytest.mark.parametrize("sign", [sign for _, sign in SIGNS])
def test_the_policy_allows_what_the_page_carries(sign):
    dressed, stylesheet = dress(PAGE.format(sign), "citizen")
    css = re.search("<style>(.*?)</style>", dressed)[1].encode()
    assert base64.b64encode(hashlib.sha256(css).digest()).decode() in stylesheet.policy


@pytest.mark.parametrize("part", sorted({*PARTS["citizen"]} - {"sheet"}))
def test_whatever_a_part_is_about_is_a_sign_of_it(part):
    css, _, _ = (STATIC / f"citizen-{part}.css").read_text().partition("@media")
    about = {each.split()[0] for each in re.findall(r"^([.a-z][^{@,:]*)", css, re.MULTILINE)}
    signs = {re.sub(r"<|class=|\"", "", sign) for sign in PARTS["citizen"][part]}
    names = {each.removeprefix(".").strip(",") for each in about}
    assert {STANDS_IN.get(name, name) for name in names} == signs


def test_the_part_for_sheets_of_paper_is_about_nothing_on_a_screen():
    shown, _, printed = (STATIC / "citizen-sheet.css").read_text().partition("@media print")
    assert "{" not in shown
    assert ".sheet " in printed
