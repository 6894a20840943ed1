"""Serves the site: many slow phones at once, each allowed its time, by one process or several."""

import gc
import resource
import socket
from functools import partial

if __name__ == "__main__":
    # Nearly all that is imported stays; to look for garbage meanwhile is a tenth of the start.
    gc.disable()

from flask import Flask

from nav_access.factory import create_app
from nav_access.serving.beside import running_beside
from nav_access.serving.server import CONNECTIONS, make_server, open_sockets
from nav_access.serving.warming import warm
from nav_access.serving.workers import run_workers, stop_at_sigterm, use_one_heap
from nav_access.web.messages.carriers import say_what_is_not_sent
from nav_access.web.shared.installation import installation
from nav_access.web.shared.metrics import count_as_worker


def serve() -> None:
    """Serve until told to stop, on NAV_BIND or the PORT of this machine alone."""
    use_one_heap()
    _allow_many_connections()
    stop_at_sigterm()
    app = create_app()
    with app.app_context():
        settings = installation().settings
    sockets = open_sockets(settings.bind)
    if settings.workers > 1:
        warm(app)
    _settle()
    print(f"The site answers at http://{settings.bind.split()[0]}/")
    print(*say_what_is_not_sent(settings), sep="\n", flush=True)
    if settings.workers > 1:
        run_workers(settings.workers, partial(_work, app, sockets))
    else:
        _work(app, sockets, 0)


def _work(app: Flask, sockets: list[socket.socket], number: int) -> None:
    """Serve as one of the workers; the first also does what runs beside."""
    count_as_worker(number)
    server = make_server(app.wsgi_app, sockets)
    if number > 0:
        server.run()
        return
    with running_beside(app):
        server.run()


def _settle() -> None:
    """Never look for garbage in what was loaded: looking would unshare the workers' memory.

    What is garbage already stays: the holes that freeing it would leave would be filled by
    each worker for itself.
    """
    gc.freeze()
    gc.enable()


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 200
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    serve()
