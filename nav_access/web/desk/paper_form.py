"""What may be typed when a request on paper is entered: about the sheet, then its questions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from wtforms import Field

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.locales import OFFERED
from nav_access.core.i18n.wording import N_
from nav_access.intake.applications import Application
from nav_access.intake.paper import OLDEST, was_handed_in
from nav_access.web.shared.choice_field import ChoiceField
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.installation import now
from nav_access.web.shared.signed_in.day_fields import DayField, TimeField
from nav_access.web.shared.signed_in.request_form import RequestForm
from nav_access.web.shared.signed_in.typed_times import parse_day, to_instant

BY_PLACE = "by-place"
"""The office of the place on the sheet, and not one of the reader's own."""

ON_THE_PAGE = (
    *("reads", "day", "time", "goes", "need", "acute", "children", "place", "reach", "phone"),
    *("email", "when", "voicemail", "say_who", "speak", "interpreter", "name", "message"),
)
"""The order in which what is wrong is told."""

WHICH_LANGUAGE = N_("Choose the language the form is in.")
WHICH_PLACE = N_("Write the place on the form, or give it to your own office.")
NOT_THEN = N_("Write when the form was handed in: not later than now, within the last four weeks.")


class PastDayField(DayField):
    """A day that has been: without a year, the last one of that date."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        today = to_oslo(now()).date()
        if self.read and self.read > today and any(sign.isdigit() for sign in self.data):
            self.read = parse_day(self.data, today - OLDEST)


class PaperForm(RequestForm):
    """The citizen's questions, the sheet's language, when the office got it, who has it now."""

    reads = ChoiceField(words={one.tag: one.endonym for one in OFFERED})
    day = PastDayField(most=40)
    time = TimeField(most=20)
    goes = TextField(most=120)
    goes_to: Mapping[str, str] = {}
    """The offices it may go to, in the reader's words; the first is taken for any other answer."""

    def __iter__(self) -> Iterator[Field]:
        """Go through the fields as they stand on the page."""
        first = [self._fields[name] for name in ON_THE_PAGE]
        return iter([*first, *(one for one in self._fields.values() if one not in first)])

    def offer(self, offices: Mapping[str, str]) -> None:
        """Let the sheet go to one of these offices."""
        self.goes_to = offices
        if self.goes.data not in offices:
            self.goes.data = next(iter(offices))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask what the citizen's form asks, and about the sheet."""
        if not self.is_by_place:
            self.office.data = self.goes.data
        super().validate(extra_validators)
        if self.reads.data is None:
            self.ask(self.reads, WHICH_LANGUAGE)
        if self.is_by_place and self.acute.data and not (self.place.data or self.office.data):
            self.ask(self.place, WHICH_PLACE)
        if self.day.read and self.time.read and self.find_handed_in() is None:
            self.ask(self.day, NOT_THEN)
        return not self.has_errors

    @property
    def is_by_place(self) -> bool:
        """Whether the place on the sheet says which office has the request."""
        return self.goes.data == BY_PLACE

    def find_handed_in(self) -> datetime | None:
        """Return when the office got the sheet; None while no such time is written."""
        day, at = self.day.read, self.time.read
        if day is None or at is None or not _is_near(day):
            return None
        instant = to_instant(day, at)
        return instant if was_handed_in(instant, now()) else None

    def to_sheet(self) -> tuple[Application, datetime]:
        """Return the request and when the office got it; the form is valid."""
        handed_in = self.find_handed_in()
        if handed_in is None:
            raise LookupError("the form is not valid")
        return self.to_application(self.language), handed_in


def _is_near(day: date) -> bool:
    """Say whether clocks can count from then to now."""
    return abs(to_oslo(now()).date() - day) <= OLDEST
