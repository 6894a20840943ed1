"""What a message says, in its reader's language, made at the moment it is sent.

It never names the need and never carries the key. The service, its number and its address are
there only where the person said that we may say who we are.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from nav_access.core.clock import to_oslo
from nav_access.core.facts import load_facts
from nav_access.core.i18n.locales import DEFAULT, Direction, Locale, by_tag
from nav_access.core.settings import Settings
from nav_access.intake.messages import Recipient
from nav_access.messaging.codes import WITHOUT_CASE, MessageChannel, MessageKind
from nav_access.web.shared.dates import say_date, say_interval, say_time, say_weekday
from nav_access.web.shared.dialogue_words import say_dialogue
from nav_access.web.shared.phones import say_phone
from nav_access.web.shared.templating import render

WEEK = timedelta(days=7)

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Keeps groups of digits in order between right-to-left words; a plain space would turn them."""

_FOLDER = {
    MessageChannel.SMS: "sms",
    MessageChannel.EMAIL: "email",
    MessageChannel.LETTER: "letter",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A message ready to leave; a text has no subject."""

    text: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in words."""

    day: str
    time: str
    interval: str | None


def write(recipient: Recipient, kind: MessageKind, settings: Settings, *, now: datetime) -> Wording:
    """Return what is said to this recipient now. Needs the site's app context."""
    locale = by_tag(recipient.language) or DEFAULT
    if kind is MessageKind.DIALOGUE:
        number = recipient.number or recipient.detail.get("number")
        return Wording(say_dialogue(recipient.detail, number, locale, now))
    if kind in WITHOUT_CASE:
        return _write_about_pages(recipient, kind, settings, locale)
    folder = _FOLDER[recipient.channel]
    said = render(
        f"messages/{folder}.txt",
        locale,
        # What one channel has no words of its own for is said as in a text.
        sources=[f"messages/{folder}/{kind}.txt", f"messages/sms/{kind}.txt"],
        **_facts(recipient, locale, now),
        **_sender(recipient, settings, locale),
    )
    return _shape(said, recipient.channel)


def _write_about_pages(
    recipient: Recipient, kind: MessageKind, settings: Settings, locale: Locale
) -> Wording:
    """Return what somebody is answered who wrote about the pages, or what staff is told of it."""
    is_answer = kind is MessageKind.FEEDBACK_ANSWER
    said = render(
        f"messages/{recipient.channel}/{kind}.txt" if is_answer else f"admin/{kind}.txt",
        locale,
        text=recipient.text,
        detail=recipient.detail,
        address=settings.messages.public_url,
    )
    return _shape(said, recipient.channel)


def _facts(recipient: Recipient, locale: Locale, now: datetime) -> dict[str, object]:
    """Return what the sentences may tell: codes, the case number, times that have not passed."""
    detail = recipient.detail
    return {
        "detail": detail,
        "kind": detail.get("kind"),
        "is_helper": recipient.is_helper,
        "number": _say_number(recipient.number, locale),
        "deadline": _window(detail.get("deadline"), None, locale, now),
        "window": _window(detail.get("starts"), detail.get("ends"), locale, now),
    }


def _sender(recipient: Recipient, settings: Settings, locale: Locale) -> dict[str, object]:
    """Return who writes, for those who may be told; nothing of it for everybody else."""
    if not recipient.may_name_sender:
        return {"office": None, "phone": None, "link": None}
    address = settings.messages.public_url
    number = recipient.phone or load_facts().service_phone.number
    return {
        "office": recipient.office or settings.service_name,
        "phone": _keep_together(say_phone(number), locale),
        "link": f"{address}/{locale.path}/case" if address and not recipient.is_helper else None,
    }


def _window(first: object, last: object, locale: Locale, now: datetime) -> Window | None:
    starts, ends = _instant(first), _instant(last)
    if starts is None or (ends or starts) <= now:
        return None
    interval = say_interval(starts, ends, locale) if ends else None
    return Window(_say_day(starts, locale, now), say_time(starts), interval)


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _say_day(instant: datetime, locale: Locale, now: datetime) -> str:
    """Say the day shortly, and so that it is still right when the message is read tomorrow."""
    day, today = to_oslo(instant).date(), to_oslo(now).date()
    return say_weekday(day, locale) if day - today < WEEK else say_date(day, locale, today)


def _say_number(number: str | None, locale: Locale) -> str | None:
    return number and _keep_together(f"{number[:4]} {number[4:]}", locale)


def _keep_together(digits: str, locale: Locale) -> str:
    is_turned = locale.direction is Direction.RIGHT_TO_LEFT
    return digits.replace(" ", NO_BREAK) if is_turned else digits.replace(NO_BREAK, " ")


def _shape(said: str, channel: MessageChannel) -> Wording:
    """Cut a rendered message as its channel wants it: no empty lines in a text, mail's subject."""
    if channel is MessageChannel.EMAIL:
        subject, _, text = said.partition("\n")
        return Wording(_tidy(text), subject.strip())
    is_text = channel is MessageChannel.SMS
    return Wording(re.sub(r"\n+", "\n", _tidy(said)) if is_text else _tidy(said))


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
