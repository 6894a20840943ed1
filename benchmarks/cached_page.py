"""The cached front page against a bare WSGI app with the same bytes, both served by waitress."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.live import LiveSite, free_port, live_site

REQUESTS, ROUNDS = 1500, 5
BARE = """
import sys
from nav_access.serving.server import make_server, open_sockets
body = open(sys.argv[2], "rb").read()
headers = [tuple(line.split(": ", 1)) for line in open(sys.argv[3]).read().splitlines()]
def application(environ, start_response):
    start_response("200 OK", headers)
    return [body]
make_server(application, open_sockets(f"127.0.0.1:{sys.argv[1]}")).run()
"""


def main() -> None:
    """Print requests per second of CPU for both, and the ratio."""
    with tempfile.TemporaryDirectory() as name, live_site(Path(name)) as site:
        folder = Path(name)
        port = free_port()
        bare = _serve_the_same_bytes(site, folder, port)
        bottom = _best(bare.pid, port)
        cached = _best(site.process.pid, int(site.url.rpartition(":")[2]))
        bare.terminate()
        bare.wait()
    print(f"bare WSGI {bottom:.0f} µs CPU a request, cached page {cached:.0f} µs")
    print(f"speed {bottom / cached:.2f} of bare WSGI (aim ≥ 0.9)")


def _serve_the_same_bytes(site: LiveSite, folder: Path, port: int) -> subprocess.Popen[bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", int(site.url.rpartition(":")[2]))
    connection.request("GET", "/nb/", headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    (folder / "body").write_bytes(answer.read())
    kept = [f"{k}: {v}" for k, v in answer.getheaders() if k != "Date"]
    (folder / "headers").write_text("\n".join(kept))
    connection.close()
    command = [sys.executable, "-c", BARE, str(port), folder / "body", folder / "headers"]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[1])
    _wait_until_it_answers(port)
    return process


def _wait_until_it_answers(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(ConnectionError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.1)


def _best(pid: int, port: int) -> float:
    return min(_cpu_of_requests(pid, port) for _ in range(ROUNDS))


def _cpu_of_requests(pid: int, port: int) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    before = _cpu_seconds(pid)
    for _ in range(REQUESTS):
        connection.request("GET", "/nb/", headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()
    connection.close()
    return (_cpu_seconds(pid) - before) / REQUESTS * 1e6


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
