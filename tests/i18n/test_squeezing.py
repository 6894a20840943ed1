"""White space of templates is shortened; what stands in text areas is left as it is."""

from collections.abc import Callable

import pytest
from flask import Flask

from nav_access.web.shared.squeezing import squeeze_text
from nav_access.web.shared.templating import render
from tests.i18n.conftest import locale_of

TEMPLATE = """<ul>
    {% for item in items %}
        <li>{{ item }}</li>
    {% endfor %}
</ul>   <textarea>
  a   {{ typed }}   b
</textarea>     <p>x</p>"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>  a  b </p>", "<p> a b </p>"),
        ("<a>\n    </a>\n\n\n<b>", "<a>\n</a>\n<b>"),
        ("<pre>  a\n\n b</pre>  <i>", "<pre>  a\n\n b</pre> <i>"),
        ("<TEXTAREA rows=4>  a</TEXTAREA>  b", "<TEXTAREA rows=4>  a</TEXTAREA> b"),
        ("<present>  a", "<present> a"),
    ],
)
def test_runs_become_one_sign(text: str, expected: str) -> None:
    assert squeeze_text(text, is_verbatim=False)[0] == expected


def test_a_page_keeps_what_was_typed(site: Callable[..., Flask]) -> None:
    with site(p_html=TEMPLATE).app_context():
        text = render("p.html", locale_of("en"), items=["a  b", "c"], typed="1   2")
    lists = "<ul>\n <li>a  b</li>\n <li>c</li>\n</ul> "
    assert text == lists + "<textarea>\n  a   1   2   b\n</textarea> <p>x</p>"
