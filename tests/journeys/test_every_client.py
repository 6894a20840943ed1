"""Every promised client goes every promised way in every promised language, to its end."""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.clients.base import Client
from tests.journeys.clients.every import EVERY
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.windowed import Windowed
from tests.journeys.promised import Cell, cells
from tests.journeys.ways import go
from tests.tested import PORTRAITS, Tested

pytestmark = pytest.mark.audit

MOST_BYTES = 40_000
"""A portrait is kept in the repository."""


def _param(cell: Cell) -> Any:
    # What is clicked on in a window has to be drawn in time.
    is_looked_at = issubclass(EVERY[cell.client], Windowed)
    return pytest.param(cell, id="-".join(cell), marks=[pytest.mark.alone] if is_looked_at else [])


@pytest.mark.parametrize("cell", [_param(cell) for cell in cells()])
def test_the_way_is_gone_to_its_end(
    cell: Cell, recorder: Recorder, tmp_path: Path, tested: Tested
) -> None:
    kind = EVERY[cell.client]
    tested.journey(client=cell.client, version=kind.version(), journey=cell.journey, lang=cell.lang)
    client: Client = kind(recorder, tmp_path)
    try:
        go(client, cell.journey, cell.lang)
    finally:
        client.close()


@pytest.mark.usefixtures("tested")
@pytest.mark.parametrize("lang", ["nb", "ar"])
@pytest.mark.parametrize("name", EVERY)
def test_a_portrait_is_small(name: str, lang: str, recorder: Recorder, tmp_path: Path) -> None:
    client = EVERY[name](recorder, tmp_path)
    try:
        portrait = client.portrait(f"/{lang}/offices/nav-eksempel-bjorvika")
    finally:
        client.close()
    assert 0 < len(portrait) <= MOST_BYTES
    PORTRAITS.mkdir(parents=True, exist_ok=True)
    (PORTRAITS / f"{name.lower()}-{lang}.{client.portrait_kind}").write_bytes(portrait)
