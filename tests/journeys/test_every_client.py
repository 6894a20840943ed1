"""Every promised client goes every promised way in every promised language, to its end."""

from pathlib import Path

import pytest

from tests.journeys.clients.base import Client
from tests.journeys.clients.every import EVERY
from tests.journeys.clients.recorder import Recorder
from tests.journeys.promised import Cell, cells
from tests.journeys.ways import go
from tests.tested import Tested

pytestmark = pytest.mark.audit


@pytest.mark.parametrize("cell", cells(), ids="-".join)
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
