"""Texts people send us: a request told in a few answers, or a note on the case there is already."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from nav_access.core import limits
from nav_access.core.facts import load_facts
from nav_access.core.i18n.locales import list_offered
from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import Flag
from nav_access.intake.models import Case
from nav_access.intake.texting import rules, stops
from nav_access.intake.texting.codes import Command, Heard, Say
from nav_access.intake.texting.deliveries import Incoming, take_name
from nav_access.intake.texting.filing import (
    answer_case,
    file_request,
    flag_stopped,
    may_show_number,
)
from nav_access.intake.texting.models import TextDialogue
from nav_access.intake.texting.notes import add_note, find_known_case
from nav_access.intake.texting.reading import Reading, read
from nav_access.intake.texting.rules import Step
from nav_access.intake.texting.store import (
    begin_dialogue,
    end_dialogue,
    find_dialogue,
    read_talk,
    write_talk,
)
from nav_access.intake.texting.talk import Talk
from nav_access.messaging.codes import MessageKind
from nav_access.messaging.service import queue
from nav_access.offices.places import is_postcode

DAY = timedelta(days=1)

TEXTS_FROM_US_A_DAY = 20
"""To one phone. Two machines that answer each other stop here at the latest."""

NOTES_ANSWERED_A_DAY = 2

NOTES_A_DAY = 60
"""From one phone, on the case it has; more are not kept, unless one says that it is acute."""

REQUESTS_A_DAY = 5
"""From one phone, with NEW; more are notes on the case there is."""

_FAR_OFF = timedelta(days=1)


def hear(session: Session, incoming: Incoming, *, keyring: Keyring, now: datetime) -> Heard:
    """Take in a text and queue the answer, in this transaction; one delivered twice is one.

    Raises OfficeNotFound before any import of offices.
    """
    name = take_name(session, incoming, keyring=keyring, now=now)
    if name is None:
        return Heard.DUPLICATE
    reading = read(incoming.text, partial(is_postcode, session))
    return _Hearing(session, incoming, reading, name.hex(), keyring, now).hear()


@dataclass(frozen=True, slots=True)
class _Hearing:
    """One new text on its way through this transaction."""

    session: Session
    incoming: Incoming
    reading: Reading
    name: str
    keyring: Keyring
    now: datetime

    def hear(self) -> Heard:
        if self.reading.command is Command.STOP:
            return self._stop()
        if self.reading.command is Command.START:
            stops.start(self.session, self.incoming.sender, keyring=self.keyring)
        row = self._find()
        if row is None:
            case = find_known_case(self.session, self.incoming.sender, keyring=self.keyring)
            if case is not None and not self._wants_another():
                return self._note(case)
            row = self._begin(case.language if case else None)
        return self._go_on(row)

    def _stop(self) -> Heard:
        """Send no more texts but the one that says so; what was told already is not lost.

        It has our number in it, so who may not be told who we are gets none.
        """
        phone = self.incoming.sender
        is_new = stops.stop(self.session, phone, keyring=self.keyring, now=self.now)
        row, language = self._find(), None
        if row is not None:
            talk = read_talk(row, keyring=self.keyring)
            language = talk.language
            if talk.is_told:
                file_request(self.session, row, talk, keyring=self.keyring, now=self.now)
            else:
                end_dialogue(self.session, row)
        case = find_known_case(self.session, phone, keyring=self.keyring)
        if case is not None:
            flag_stopped(case)
            self._add_note(case)
            language = language or case.language
        if is_new and (case is None or may_show_number(self.session, case, self.now)):
            self._say(Say.STOPPED, language or self._guess_language(), phone=_service_phone())
        return Heard.STOPPED

    def _note(self, case: Case) -> Heard:
        """Keep a text with the case this number has: but for a flood, which never is a request."""
        if not self._take("text-kept", NOTES_A_DAY) and not self.reading.is_today:
            return Heard.TOO_MANY
        if self.reading.command is Command.START:
            case.flags = tuple(flag for flag in case.flags if flag != Flag.TEXTS_STOPPED)
        was_lapsed = self._add_note(case)
        if not self.reading.is_thanks and self._take("text-noted", NOTES_ANSWERED_A_DAY):
            say = Say.RECEIVED if was_lapsed else Say.NOTED
            answer_case(self.session, case, say, once=self.name, now=self.now)
        return Heard.REOPENED if was_lapsed else Heard.NOTED

    def _add_note(self, case: Case) -> bool:
        return add_note(
            self.session,
            case,
            self.incoming.text,
            self.reading,
            keyring=self.keyring,
            now=self.now,
        )

    def _go_on(self, row: TextDialogue) -> Heard:
        may_ask = self._may_ask()
        step = rules.advance(
            read_talk(row, keyring=self.keyring),
            self.reading,
            menu_of_languages(),
            sent=self._sent(),
            now=self.now,
            may_ask=may_ask,
        )
        if may_ask and step.question is None:
            limits.give_back(self.session, self._bucket("text-out"), now=self.now)
        if step.is_finished:
            file_request(self.session, row, step.talk, keyring=self.keyring, now=self.now)
            return Heard.RECEIVED
        write_talk(row, step.talk, keyring=self.keyring, now=self.now)
        if step.question is None:
            return Heard.KEPT
        self._ask(step, step.question)
        return Heard.ASKED

    def _ask(self, step: Step, question: Say) -> None:
        is_first = len(step.talk.asked) == 1
        phone = "" if self.reading.is_clear and not is_first else _service_phone()
        language = rules.decide_language(step.talk, menu_of_languages())
        self._say(question, language, phone=phone, page=step.page)

    def _say(self, say: Say, language: str, *, phone: str, page: int = 0) -> None:
        queue(
            self.session,
            MessageKind.DIALOGUE,
            case_id=None,
            once=f"text-{self.name}",
            due_utc=self.now,
            now=self.now,
            detail={"say": str(say), "phone": phone, "page": page},
            recipient=self.incoming.sender,
            language=language,
            keyring=self.keyring,
        )

    def _find(self) -> TextDialogue | None:
        return find_dialogue(self.session, self.incoming.sender, keyring=self.keyring)

    def _begin(self, language: str | None) -> TextDialogue:
        """Begin a conversation, or join the one another text of theirs began this moment."""
        talk = Talk(language=language)
        begun = begin_dialogue(
            self.session, self.incoming.sender, talk, keyring=self.keyring, now=self.now
        )
        row = begun or self._find()
        if row is None:
            raise RuntimeError("a conversation is neither there nor can it begin")
        return row

    def _wants_another(self) -> bool:
        is_new = self.reading.command is Command.NEW
        return is_new and self._take("text-new", REQUESTS_A_DAY)

    def _may_ask(self) -> bool:
        """Say whether this phone may get one more text today: it wants them, and is no machine."""
        if stops.is_stopped(self.session, self.incoming.sender, keyring=self.keyring):
            return False
        return self._take("text-out", TEXTS_FROM_US_A_DAY)

    def _take(self, kind: str, cap: int) -> bool:
        bucket = self._bucket(kind)
        return limits.take_try(self.session, bucket, cap=cap, window=DAY, now=self.now)

    def _bucket(self, kind: str) -> str:
        return limits.private_bucket(self.keyring, kind, self.incoming.sender)

    def _sent(self) -> datetime | None:
        """Return the text's own time stamp, unless it is so far off that it says nothing."""
        sent = self.incoming.sent_utc
        return sent if sent is not None and abs(self.now - sent) < _FAR_OFF else None

    def _guess_language(self) -> str:
        return rules.decide_language(Talk(hints=self.reading.hints), menu_of_languages())


def menu_of_languages() -> tuple[str, ...]:
    """Return the tags of the languages to choose among, in the order of their digits."""
    return tuple(locale.tag for locale in list_offered())


def _service_phone() -> str:
    return load_facts().service_phone.number
