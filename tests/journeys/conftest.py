"""A served site, and people with real browsers in front of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.clients.base import Client
from tests.journeys.clients.chrome import Chrome
from tests.journeys.clients.edbrowse import Edbrowse
from tests.journeys.clients.lynx import Lynx
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.w3m import W3m
from tests.live import LiveSite, live_site

Start = Callable[[Recorder, Path], Client]
TEXT_BROWSERS: dict[str, Start] = {"lynx": Lynx, "w3m": W3m, "edbrowse": Edbrowse}


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The sample, served; shared by the journeys of a run."""
    # A recorder is a proxy the site trusts: it says which person a request comes from.
    with live_site(tmp_path_factory.mktemp("live"), NAV_TRUSTED_PROXY="127.0.0.1") as site:
        yield site


@pytest.fixture
def recorder(live: LiveSite) -> Iterator[Recorder]:
    """What stands between one browser and the site."""
    with Recorder(live.url) as recorder:
        yield recorder


@pytest.fixture(params=TEXT_BROWSERS)
def text_browser(
    request: pytest.FixtureRequest, recorder: Recorder, tmp_path: Path
) -> Iterator[Client]:
    """A person with each text browser in turn, cookies refused."""
    client = TEXT_BROWSERS[request.param](recorder, tmp_path)
    yield client
    client.close()


@pytest.fixture
def small_screen(recorder: Recorder, tmp_path: Path) -> Iterator[Client]:
    """A person with Chromium without script on 240 by 320 pixels, cookies refused."""
    client = Chrome(recorder, tmp_path)
    yield client
    client.close()
