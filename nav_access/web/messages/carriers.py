"""The ways out of this installation: what is set up, and a file for what is not."""

from collections.abc import Mapping

from nav_access.core.settings import Settings
from nav_access.messaging.codes import MessageChannel
from nav_access.web.messages.carrying import Carrier
from nav_access.web.messages.gateway import Gateway
from nav_access.web.messages.mail import MailServer
from nav_access.web.messages.written import FILE, WrittenOutbox

Carriers = Mapping[MessageChannel, Carrier]

_SETTINGS = {
    MessageChannel.SMS: ("Text messages", "NAV_SMS_URL"),
    MessageChannel.EMAIL: ("E-mails", "NAV_SMTP_URL"),
}


def make_carriers(settings: Settings) -> Carriers:
    """Return the way out for each channel. Letters have none: offices print them."""
    chosen = settings.messages
    texts: Carrier = WrittenOutbox(settings.instance, MessageChannel.SMS)
    mails: Carrier = WrittenOutbox(settings.instance, MessageChannel.EMAIL)
    if chosen.sms:
        texts = Gateway.from_settings(chosen, chosen.sms)
    if chosen.smtp and chosen.mail_from:
        mails = MailServer(chosen.smtp, chosen.mail_from)
    return {MessageChannel.SMS: texts, MessageChannel.EMAIL: mails}


def say_what_is_not_sent(settings: Settings) -> tuple[str, ...]:
    """Return a sentence for each kind of message that is only written down."""
    return tuple(
        f"{what} are not sent but written to {settings.instance / FILE}: {name} is not set."
        for channel, (what, name) in _SETTINGS.items()
        if not make_carriers(settings)[channel].is_real
    )
