"""Offices' own texts: lines kept, links only where they lead somewhere, nothing else is markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.offices.texts import Segment, split_text


def test_lines_are_kept_and_a_link_is_cut_out() -> None:
    lines = split_text(
        "Søk her:\n{Sjøfart: https://www.nav.no/sjofart+hjelp} først.\n\nEllers ring."
    )
    assert lines == (
        (Segment("Søk her:"),),
        (Segment("Sjøfart", "https://www.nav.no/sjofart+hjelp"), Segment(" først.")),
        (),
        (Segment("Ellers ring."),),
    )


@pytest.mark.parametrize(
    "text",
    [
        "{Klikk: javascript:alert(1)}",
        "{Klikk: data:text/html,x}",
        "{Klikk: //nav.no}",
        "{Klikk: https://}",
        "{Klikk: http://[}",
        '{Klikk: https://nav.no"onclick=x}',
        "{: }",
        "<a href='https://nav.no'>x</a>",
    ],
)
def test_anything_else_stays_text(text: str) -> None:
    assert split_text(text) == ((Segment(text),),)


@given(st.text(st.sampled_from("{}: hts/p.no\n<"), max_size=80))
def test_no_text_is_lost_outside_links(text: str) -> None:
    pieces = [segment for line in split_text(text) for segment in line]
    if not any(piece.url for piece in pieces):
        assert "".join(p.text for p in pieces) == "".join(text.splitlines())


def test_nothing_is_nothing() -> None:
    assert split_text(None) == ()
    assert split_text("") == ()
