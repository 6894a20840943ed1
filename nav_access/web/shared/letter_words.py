"""The way from a page to a letter, which the door outward writes and the factory hands in."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app

from nav_access.intake.messages import Recipient
from nav_access.messaging.codes import MessageKind

LetterWriter = Callable[[Recipient, MessageKind, datetime], str]

_EXTENSION = "nav_access.letter_words"


def init_letter_words(app: Flask, write: LetterWriter) -> None:
    """Tell the app who writes its letters."""
    app.extensions[_EXTENSION] = write


def write_letter(recipient: Recipient, kind: MessageKind, now: datetime) -> str:
    """Return what a letter says, in the recipient's language."""
    write: LetterWriter = current_app.extensions[_EXTENSION]
    return write(recipient, kind, now)
