"""Sending what is due: claim by lease, ask the person's wishes once more, hand over, then mark."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from nav_access.core.db import DatabaseUnavailable, Session
from nav_access.intake.messages import Recipient, prepare
from nav_access.intake.safe_contact import decide_moment
from nav_access.messaging import service
from nav_access.messaging.codes import MessageChannel
from nav_access.messaging.queries import is_work_due
from nav_access.messaging.service import Claim
from nav_access.web.messages.carriers import Carriers, make_carriers
from nav_access.web.messages.carrying import NotTaken, Parcel
from nav_access.web.messages.words import write
from nav_access.web.shared.installation import Installation

log = logging.getLogger(__name__)

MOST = 200
"""Messages in one run, so that whoever calls gets on with other things."""

GIVES_UP_A_RUN_AFTER = 2
"""Times in a row that a gateway is away before the rest of this run's messages wait."""

WAIT_WHILE_AWAY = timedelta(minutes=1)

LEAST_LEASE = timedelta(minutes=2)
"""What must be left of a lease when a message leaves: the slowest server is given up sooner."""

TRIES_TO_NOTE = 5


class Outcome(StrEnum):
    """What came of a message in one run."""

    SENT = "sent"
    WRITTEN = "written"
    FAILED = "failed"
    WITHHELD = "withheld"
    PUT_OFF = "put_off"
    TO_PRINT = "to_print"


SendReport = Counter[Outcome]
"""How many messages came to what."""


def send_due(
    installation: Installation, now: datetime, *, carriers: Carriers | None = None
) -> SendReport:
    """Send what is due, up to MOST messages. Safe in many processes; needs the app's context."""
    with installation.database.read_session() as session:
        if not is_work_due(session, now):
            return Counter()
    run = _Run(
        installation,
        carriers or make_carriers(installation.settings),
        ahead=now - installation.clock(),
    )
    run.note(lambda session: service.sweep(session, now=now))
    while run.report.total() < MOST:
        with installation.database.unit_of_work() as session:
            claims = service.claim_due(session, now=run.now)
        if not claims:
            break
        for claim in claims:
            run.handle(claim)
    return run.report


@dataclass(slots=True)
class _Run:
    """One run of the sender: who was away so far, and what came of it.

    `ahead` is by how much its own time differs from the clock's: a slow gateway makes a run long,
    and leases, waits and nights go by the time it is then, not by when the run began.
    """

    installation: Installation
    carriers: Carriers
    ahead: timedelta
    report: SendReport = field(default_factory=Counter)
    away: dict[MessageChannel, int] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """Return the present instant of this run."""
        return self.installation.clock() + self.ahead

    def handle(self, claim: Claim) -> None:
        """Do what is to be done with one claimed message, whatever happens to it."""
        try:
            self._handle(claim)
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one broken message must not hold up the rest
            # Its name alone: what it says could have a person's number in it.
            log.error("Message %s could not be made: %s", claim.id, type(error).__name__)
            self._fail(claim, NotTaken("fault"))

    def _handle(self, claim: Claim) -> None:
        if claim.lease_utc - self.now < LEAST_LEASE:
            # Somebody else could take it while it leaves.
            self.report[Outcome.PUT_OFF] += 1
            self.note(lambda session: service.put_off(session, claim, self.now))
            return
        if claim.give_up_utc <= self.now:
            self._fail(claim, NotTaken("too_late", is_final=True))
            return
        recipient = self._prepare(claim)
        if recipient is None:
            self.report[Outcome.WITHHELD] += 1
            self.note(lambda session: service.mark_withheld(session, claim, "wishes"))
            return
        moment = decide_moment(claim.kind, claim.created_utc, self.now)
        if moment > self.now:
            self.report[Outcome.PUT_OFF] += 1
            self.note(lambda session: service.keep_for_day(session, claim, moment))
        elif recipient.channel is MessageChannel.LETTER:
            self.report[Outcome.TO_PRINT] += 1
            self.note(lambda session: service.leave_to_print(session, claim))
        elif self.away.get(recipient.channel, 0) >= GIVES_UP_A_RUN_AFTER:
            self.report[Outcome.PUT_OFF] += 1
            later = self.now + WAIT_WHILE_AWAY
            self.note(lambda session: service.put_off(session, claim, later))
        else:
            self._send(claim, recipient)

    def _prepare(self, claim: Claim) -> Recipient | None:
        with self.installation.database.read_session() as session:
            return prepare(session, claim, keyring=self.installation.keyring, now=self.now)

    def _send(self, claim: Claim, recipient: Recipient) -> None:
        wording = write(recipient, claim.kind, self.installation.settings, now=self.now)
        carrier, channel = self.carriers[recipient.channel], recipient.channel
        try:
            carrier.carry(Parcel(recipient.address, wording, claim.once))
        except NotTaken as fact:
            self.away[channel] = self.away.get(channel, 0) + 1 if fact.is_away else 0
            self._fail(claim, fact)
            return
        self.away[channel] = 0
        if carrier.is_real:
            self.report[Outcome.SENT] += 1
            self.note(lambda session: service.mark_sent(session, claim, channel, now=self.now))
        else:
            self.report[Outcome.WRITTEN] += 1
            self.note(lambda session: service.mark_written(session, claim, channel, now=self.now))

    def _fail(self, claim: Claim, fact: NotTaken) -> None:
        self.report[Outcome.FAILED] += 1
        final = fact.is_final
        self.note(
            lambda session: service.mark_failed(
                session, claim, fact.trouble, is_final=final, now=self.now
            )
        )

    def note(self, verb: Callable[[Session], object]) -> None:
        """Store what became of a message, patiently: a message noted too late is sent twice."""
        for tries_left in reversed(range(TRIES_TO_NOTE)):
            try:
                with self.installation.database.unit_of_work() as session:
                    verb(session)
            except DatabaseUnavailable:
                if not tries_left:
                    raise
            else:
                return
