"""Where a page of the queue ended, as a value that fits in an address."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# Seventeen digits of microseconds end in the year 5138, eighteen of an id below 2 to the 63rd.
_TEXT = re.compile(r"([0-9])\.([0-9]{1,17})\.([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The sort key of a page's last row; the next page begins after it."""

    urgency: int
    deadline_utc: datetime
    case_id: int

    def __str__(self) -> str:
        since = (self.deadline_utc - EPOCH) // _MICROSECOND
        return f"{self.urgency}.{since}.{self.case_id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Return the cursor written as `text`; None when it is none, so the queue starts over."""
        match = _TEXT.fullmatch(text)
        if match is None:
            return None
        urgency, since, case_id = (int(part) for part in match.groups())
        return cls(urgency, EPOCH + since * _MICROSECOND, case_id)
