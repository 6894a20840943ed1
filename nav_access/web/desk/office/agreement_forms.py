"""What a manager may type of an agreement: with whom, where, about what, from when to when."""

import re
from collections.abc import Sequence
from typing import Any

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.wording import N_
from nav_access.intake.codes import Need
from nav_access.partners.rules import Terms
from nav_access.web.desk.capacity_forms import NumberField
from nav_access.web.desk.direct_forms import NEEDS
from nav_access.web.desk.office.day_forms import NOT_BEFORE_TODAY
from nav_access.web.desk.office.measures import ENDS_AFTER
from nav_access.web.desk.office.subjects import OfficeForm
from nav_access.web.shared.fields import CodesField, TypedField
from nav_access.web.shared.installation import now
from nav_access.web.shared.signed_in.day_fields import DayField, MaybeDayField

MOST_ID = 999_999
MOST_PLACES = 400

CHOOSE_AGENCY = N_("Choose the agency.")
CHOOSE_PLACES = N_("Choose at least one municipality.")
CHOOSE_NEEDS = N_("Choose at least one kind of need.")

_NUMBER = re.compile(r"[0-9]{4}", re.ASCII)


class PlacesField(TypedField):
    """Numbers of municipalities, as our own pages send them."""

    data: frozenset[str]

    def process_data(self, value: Any) -> None:
        self.data = frozenset(value or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[:MOST_PLACES]
        self.data = frozenset(number for number in typed if _NUMBER.fullmatch(number))


class PartForm(OfficeForm):
    """Some of the office's municipalities in an agreement."""

    agreement = NumberField(least=1, most_number=MOST_ID)
    places = PlacesField()

    def validate(self, extra_validators: object = None) -> bool:
        """Ask where it is."""
        super().validate(extra_validators)
        if not self.places.data:
            self.ask(self.places, CHOOSE_PLACES)
        return not self.has_errors


class TermsForm(PartForm):
    """What it is about, and until when."""

    needs = CodesField(Need, words=NEEDS)
    last_day = MaybeDayField(most=40)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask what it is about, and for a last day that is not over."""
        super().validate(extra_validators)
        if not self.needs.data:
            self.ask(self.needs, CHOOSE_NEEDS)
        if self.last_day.read and self.last_day.read < to_oslo(now()).date():
            self.ask(self.last_day, NOT_BEFORE_TODAY)
        return not self.has_errors

    @property
    def codes(self) -> frozenset[str]:
        """The kinds of need, as they are stored."""
        return frozenset(str(need) for need in self.needs.data)


class OpenForm(TermsForm):
    """A new agreement."""

    agency = NumberField(least=1, most_number=MOST_ID)
    first_day = DayField(most=40)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask with whom it is, and for days that are not over, in order."""
        super().validate(extra_validators)
        first, last = self.first_day.read, self.last_day.read
        if self.agency.number is None:
            self.agency.errors = [CHOOSE_AGENCY]
        if first and first < to_oslo(now()).date():
            self.ask(self.first_day, NOT_BEFORE_TODAY)
        elif first and last and last < first:
            self.ask(self.last_day, ENDS_AFTER)
        return not self.has_errors

    def to_terms(self) -> Terms:
        """Return what is agreed; the form is valid."""
        if self.first_day.read is None:
            raise LookupError("the form is not valid")
        return Terms(self.places.data, self.codes, self.first_day.read, self.last_day.read)


class WaitingForm(OfficeForm):
    """One of the changes that wait for a second person."""

    change = NumberField(least=1, most_number=MOST_ID)
