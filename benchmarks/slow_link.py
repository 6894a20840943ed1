"""Asking for help over a real slow link: real TCP and TLS 1.3 between two network namespaces.

Two TUN devices, each in a namespace of its own, and this process carries the packets between them
as slowly as a 2G line does: rate, delay and a queue that ends. Handshakes, slow start and time-outs
are the kernel's own. TLS ends in a relay of Python's `ssl` before the real server, in the place of
a proxy. Not in it: asking for the name (a round trip more), and that a phone is slow itself.
Needs root, /dev/net/tun and the program `ip`.
"""

import ctypes
import fcntl
import gzip
import heapq
import os
import select
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.journey import FILLED, HOST, LINKS, is_whole, make_chain, request, seconds, send
from benchmarks.journey import walk as walk_modelled
from benchmarks.served_speed import TOKEN
from tests.live import live_site

LANGUAGES = ("nb", "ti")
SITE, PHONE = "10.99.7.1", "10.99.7.2"
PORT = 8443
PACKET_BYTES, QUEUE = 1400, 50
PATIENCE_S = 120
NEW_NETWORK = 0x40000000
TUN, MAKE_TUN = struct.pack("16sH22x", b"slow0", 0x0001 | 0x1000), 0x400454CA


def why_not() -> str:
    """Return what is missing on this machine; empty when the link can be made."""
    if os.geteuid() != 0:
        return "not root"
    if not Path("/dev/net/tun").exists():
        return "no /dev/net/tun"
    return "" if shutil.which("ip") else "no program «ip» (package iproute2)"


@dataclass(frozen=True)
class End:
    """One end of the link: its packets, and a socket that lives in its namespace."""

    packets: int
    line: socket.socket


def make_end(address: str, peer: str | None) -> End:
    """Make a namespace with one address, in a thread of its own; it ends with its sockets."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(_make_end, address, peer).result()


def _make_end(address: str, peer: str | None) -> End:
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "no network namespace could be made")
    packets = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(packets, MAKE_TUN, TUN)
    for command in (
        f"addr add {address}/24 dev slow0",
        f"link set slow0 mtu {PACKET_BYTES} txqueuelen 500 up",
        "link set lo up",
    ):
        subprocess.run(["ip", *command.split()], check=True)
    line = socket.socket()
    # As proxies and browsers do: what is small does not wait until what went before has arrived.
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if peer is None:
        line.bind((address, PORT))
        line.listen()
    return End(packets, line)


@dataclass
class Link:
    """What carries packets from end to end, and counts them."""

    ends: tuple[int, int]
    bits_a_second: float
    delay_s: float
    carried: list[int] = field(default_factory=lambda: [0, 0])
    packets: int = 0
    dropped: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)

    def carry(self) -> None:
        """Carry packets until told to stop; each waits for those before it and for the way."""
        under_way: list[tuple[float, int, int, bytes]] = []
        free, waiting = [0.0, 0.0], [0, 0]
        while not self.is_over.is_set():
            self._deliver(under_way, waiting)
            pause = min(0.1, under_way[0][0] - time.monotonic()) if under_way else 0.1
            for ready in select.select(self.ends, [], [], max(0, pause))[0]:
                way = self.ends.index(ready)
                self._take(way, os.read(ready, 65535), under_way, free, waiting)

    def _deliver(self, under_way: list[tuple[float, int, int, bytes]], waiting: list[int]) -> None:
        while under_way and under_way[0][0] <= time.monotonic():
            _, _, way, packet = heapq.heappop(under_way)
            waiting[way] -= 1
            with suppress(OSError):
                os.write(self.ends[1 - way], packet)

    def _take(
        self,
        way: int,
        packet: bytes,
        under_way: list[tuple[float, int, int, bytes]],
        free: list[float],
        waiting: list[int],
    ) -> None:
        if packet[0] >> 4 != 4:
            return
        if waiting[way] >= QUEUE:
            self.dropped += 1
            return
        self.packets += 1
        self.carried[way] += len(packet)
        free[way] = max(free[way], time.monotonic()) + len(packet) * 8 / self.bits_a_second
        waiting[way] += 1
        heapq.heappush(under_way, (free[way] + self.delay_s, self.packets, way, packet))


@contextmanager
def slow_link(bits_a_second: float, round_trip_s: float) -> Iterator[tuple[Link, End, End]]:
    """Make both ends and carry what passes between them."""
    site, phone = make_end(SITE, None), make_end(PHONE, SITE)
    link = Link((site.packets, phone.packets), bits_a_second, round_trip_s / 2)
    carrier = threading.Thread(target=link.carry)
    carrier.start()
    try:
        yield link, site, phone
    finally:
        link.is_over.set()
        carrier.join()
        for end in (site, phone):
            end.line.close()
            os.close(end.packets)


def relay(site: End, port: int, context: ssl.SSLContext) -> None:
    """End TLS for one visitor, and hand each request on to the real server."""
    line, _ = site.line.accept()
    line.settimeout(PATIENCE_S)
    with context.wrap_socket(line, server_side=True) as visitor:
        while asked := _read_whole(visitor):
            visitor.sendall(send(port, asked))


def _read_whole(line: ssl.SSLSocket) -> bytes:
    heard = b""
    while not is_whole(heard):
        more = line.recv(65536)
        if not more:
            return b""
        heard += more
    return heard


@dataclass
class Visit:
    """Seconds from the start until something was there."""

    connected: float = 0
    secured: float = 0
    answered: list[float] = field(default_factory=list)


def visit(phone: End, lang: str, folder: Path) -> Visit:
    """Go from the front page to the receipt on one connection, and look at the clock."""
    context = ssl.create_default_context(cafile=str(folder / "root.pem"))
    phone.line.settimeout(PATIENCE_S)
    found, begun = Visit(), time.monotonic()
    phone.line.connect((SITE, PORT))
    found.connected = time.monotonic() - begun
    with context.wrap_socket(phone.line, server_hostname=HOST) as line:
        found.secured = time.monotonic() - begun
        token = ""
        for method, path in (("GET", ""), ("GET", "help"), ("POST", "help")):
            body = urlencode({**FILLED, "token": token}) if method == "POST" else ""
            line.sendall(request(method, f"/{lang}/{path}", body))
            head, _, said = _read_whole(line).partition(b"\r\n\r\n")
            found.answered.append(time.monotonic() - begun)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.decode())
            token = (TOKEN.findall(gzip.decompress(said).decode()) or [""])[0]
    return found


def measure(lang: str, bits: int, trip: float, port: int, folder: Path) -> tuple[Visit, Link]:
    """Go through the journey once over such a link."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(make_chain(folder))
    with slow_link(bits, trip) as (link, site, phone), ThreadPoolExecutor(1) as apart:
        relayed = apart.submit(relay, site, port, context)
        found = visit(phone, lang, folder)
        relayed.result()
    return found, link


def main() -> None:
    """Print one line for each language and link."""
    if missing := why_not():
        print(f"not measured: {missing}. The model of it is `python -m benchmarks journey`.")
        return
    times = "".join(f"{one:>9}" for one in ("TCP", "TLS", "front", "form", "receipt", "model"))
    print(
        f"{'seconds until':<20}{times}{'aim':>9}{'KB down':>9}{'KB up':>7}{'packets':>9}{'lost':>6}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with live_site(folder, NAV_TRUSTED_HOSTS=f"{HOST} 127.0.0.1") as site:
            port = int(site.url.rpartition(":")[2])
            for lang, (bits, trip, most) in product(LANGUAGES, LINKS):
                # The model and the aim ask for the name as well.
                expected = seconds(walk_modelled(port, lang, folder), bits, trip) - trip
                found, link = measure(lang, bits, trip, port, folder)
                shown = found.connected, found.secured, *found.answered, expected
                times = "".join(f"{one:>9.1f}" for one in shown)
                where = f"{lang}, {bits // 1000} kbit/s, {trip:.1f} s"
                down, up = (one / 1000 for one in link.carried)
                print(
                    f"{where:<20}{times}{f'≤ {most - trip:.1f}':>9}{down:>9.1f}{up:>7.1f}", end=""
                )
                print(f"{link.packets:>9}{link.dropped:>6}", flush=True)
    print("Bytes with IP and TCP. Asking for the name is a round trip more.")


if __name__ == "__main__":
    main()
