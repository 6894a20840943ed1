"""Kannel as a gateway really runs it, with its own simulated phone (Debian's kannel-extras)."""

import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import unquote_to_bytes

from tests.live import free_port

PHONE_PROGRAM = Path("/usr/lib/kannel/test/fakesmsc")
PATIENCE_S = 30
STARTS, START_S = 3, 10
USER, PASSWORD = "nav", "a password"
SILENCE = ('text = ""', "max-messages = 0", "catch-all = true")
"""A service that answers nothing."""

_GOT = re.compile(r"Got message \d+: <(\S+) (\S+) (text|ucs-2|udh) (.*)>$", re.MULTILINE)
_PART = re.compile(r"(\S+) data (.*)", re.DOTALL)
_CONFIGURATION = """
group = core
admin-port = {admin}
admin-interface = "127.0.0.1"
admin-password = unused
status-password = status
smsbox-port = {box}
smsbox-interface = "127.0.0.1"
box-allow-ip = "127.0.0.1"
box-deny-ip = "*.*.*.*"
log-file = "{folder}/bearerbox.log"
store-type = spool
store-location = "{folder}/spool"
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = FAKE
port = {network}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {box}
sendsms-port = {sendsms}
sendsms-interface = "127.0.0.1"
mo-recode = true
log-file = "{folder}/smsbox.log"

group = sendsms-user
username = "{user}"
password = "{password}"
max-messages = 5
concatenation = true

group = sms-service
keyword = default
{service}
"""


class TooLong(Exception):
    """Kannel did not do in time what it does at once when it is well."""


@dataclass(frozen=True)
class Text:
    """A text as it came to a phone."""

    sender: str
    receiver: str
    words: str


class Kannel:
    """A running gateway: where it takes texts, and the phone at the other end of the air."""

    def __init__(self, folder: Path, service: Sequence[str]) -> None:
        self.folder = folder
        names = ("admin", "box", "network", "sendsms")
        self.ports = {name: free_port() for name in names}
        (folder / "spool").mkdir(parents=True)
        facts = {**self.ports, "folder": folder, "user": USER, "password": PASSWORD}
        self.configuration = folder / "kannel.conf"
        self.configuration.write_text(_CONFIGURATION.format(service="\n".join(service), **facts))

    @property
    def url(self) -> str:
        """What NAV_SMS_URL would be."""
        return f"http://nav:a%20password@127.0.0.1:{self.ports['sendsms']}/cgi-bin/sendsms"

    @contextmanager
    def phone(self, *texts: str, seconds_between: float = 0.1) -> Iterator["Phone"]:
        """Switch on a phone that sends these texts («+4790000001 2000 text HEI»), then listens."""
        # The program ends at once when it has nothing to send.
        said = texts or ("+4790000000 2000 text hei",)
        command = ["stdbuf", "-oL", str(PHONE_PROGRAM), "-r", str(self.ports["network"])]
        command += ["-i", str(seconds_between), "-m", str(len(said)), *said]
        log = self.folder / f"phone-{time.monotonic_ns()}.log"
        with running(command, log):
            phone = Phone(log)
            wait_until(lambda: f"sent message {len(said)}" in phone.log_text)
            wait_until(lambda: "online" in self._status())
            yield phone

    def _status(self) -> str:
        return answer_of(f"http://127.0.0.1:{self.ports['admin']}/status.txt?password=status")


class Phone:
    """Every phone of the simulated network."""

    def __init__(self, log: Path) -> None:
        self._log = log

    @property
    def log_text(self) -> str:
        """What the program has said so far."""
        return self._log.read_text(errors="replace")

    def wait_for(self, count: int) -> list[Text]:
        """Return the texts that came, once there are so many; parts are put together."""
        wait_until(lambda: len(self.texts()) >= count)
        return self.texts()

    def texts(self) -> list[Text]:
        """Return the texts that have come whole, in order."""
        found: dict[str, Text] = {}
        waiting: dict[str, list[bytes]] = {}
        for number, got in enumerate(_GOT.finditer(self.log_text)):
            sender, receiver, coding, body = got.groups()
            if coding != "udh":
                found[str(number)] = Text(sender, receiver, _decode(coding, body))
                continue
            parts, reference, is_last = _add_part(waiting, body)
            if is_last:
                words = b"".join(parts).decode("utf-16-be")
                found[f"{number}-{reference}"] = Text(sender, receiver, words)
        return list(found.values())


def _add_part(waiting: dict[str, list[bytes]], body: str) -> tuple[list[bytes], str, bool]:
    """Put away one part of a long text: its header ends in reference, number of parts, place."""
    match = _PART.fullmatch(body)
    assert match, body
    *_, reference, total, place = unquote_to_bytes(match[1].replace("+", " "))
    parts = waiting.setdefault(str(reference), [])
    parts.append(unquote_to_bytes(match[2].replace("+", " ")))
    return parts, str(reference), place == total


def _decode(coding: str, body: str) -> str:
    if coding == "text":
        return body
    return unquote_to_bytes(body.replace("+", " ")).decode("utf-16-be")


@contextmanager
def kannel(folder: Path, service: Sequence[str] = SILENCE) -> Iterator[Kannel]:
    """Run bearerbox and smsbox; `service` is what is done with texts from phones."""
    with ExitStack() as stack:
        yield _start(folder, service, stack)


def _start(folder: Path, service: Sequence[str], stack: ExitStack) -> Kannel:
    """Start both programs; anew when somebody else took a port that was free a moment ago."""
    for attempt in range(STARTS):
        gateway = Kannel(folder / f"kannel-{attempt}", service)
        with ExitStack() as starting:
            try:
                for name, port in (("bearerbox", "admin"), ("smsbox", "sendsms")):
                    command = [program(name), str(gateway.configuration)]
                    starting.enter_context(running(command))
                    wait_until(partial(answers, gateway.ports[port]), START_S)
            except TooLong:
                continue
            stack.push(starting.pop_all())
            return gateway
    raise TooLong(f"Kannel did not start {STARTS} times")


def program(name: str) -> str:
    """Return the path of one of Kannel's programs."""
    found = shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin")
    assert found, f"{name} is missing: apt-get install kannel kannel-extras"
    return found


@contextmanager
def running(command: list[str], log: Path | None = None) -> Iterator[None]:
    """Run a program as long as the block lasts."""
    with ExitStack() as stack:
        said = stack.enter_context(log.open("wb")) if log else subprocess.DEVNULL
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(PATIENCE_S)


def wait_until(is_true: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Return when something is true; raise TooLong when it is not soon."""
    until = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > until:
            raise TooLong("waited too long for Kannel")
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Say whether somebody answers HTTP there, whatever they say."""
    try:
        answer_of(f"http://127.0.0.1:{port}/")
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except (OSError, urllib.error.URLError):
        return False
    return True


def answer_of(url: str) -> str:
    """Return what is answered."""
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode(errors="replace"))
