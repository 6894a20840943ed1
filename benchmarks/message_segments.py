"""How many parts each text message takes, in every language, without and with who it is from."""

from datetime import timedelta

from benchmarks.sample_site import sample_site
from nav_access.core.i18n.locales import list_offered
from nav_access.core.settings import Settings
from nav_access.intake.messages import Recipient
from nav_access.messaging.codes import MessageChannel, MessageKind
from nav_access.messaging.segments import Segments, count_segments
from nav_access.web.messages.words import write
from tests.conftest import MONDAY_MORNING

KINDS = [kind for kind in MessageKind if kind is not MessageKind.DIALOGUE]
STARTS = MONDAY_MORNING + timedelta(days=1, hours=3)
DETAIL = {
    "kind": "callback",
    "starts": STARTS.isoformat(),
    "ends": (STARTS + timedelta(hours=2)).isoformat(),
    "deadline": STARTS.isoformat(),
}


def main() -> None:
    """Print one line a kind: places taken and parts, for each language."""
    with sample_site() as app, app.app_context():
        settings: Settings = app.extensions["nav_access"].settings
        tags = [locale.tag for locale in list_offered()]
        print(f"{'places/parts of a text':<34}" + "".join(f"{tag:>9}" for tag in tags))
        for kind in KINDS:
            for is_named in (False, True):
                found = [_count(settings, tag, kind, is_named=is_named) for tag in tags]
                title = f"{kind}{', says who' if is_named else ''}"
                shown = "".join(f"{f'{each.places}/{each.parts}':>9}" for each in found)
                print(f"{title:<34}{shown}")


def _count(settings: Settings, tag: str, kind: MessageKind, *, is_named: bool) -> Segments:
    recipient = Recipient(
        channel=MessageChannel.SMS,
        address="",
        language=tag,
        may_name_sender=is_named,
        number="12345674",
        detail=DETAIL,
        office="NAV St. Hanshaugen",
        phone="+4755553333",
    )
    return count_segments(write(recipient, kind, settings, now=MONDAY_MORNING).text)


if __name__ == "__main__":
    main()
