"""What may be typed when a time is booked: which time, who it is for, and how it happens."""

from nav_access.appointments.codes import BookingKind
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_
from nav_access.intake.applications import Application, ContactWishes
from nav_access.intake.codes import Need, Reach, TimeOfDay
from nav_access.web.citizen.time_fields import MeetingFields, TimeFields
from nav_access.web.shared.fields import MOST_CODE_WORD, TextField
from nav_access.web.shared.help_form import ContactFields
from nav_access.web.shared.spoken import match_spoken_language

RUNG = frozenset({Reach.CALL, Reach.SMS, Reach.EMAIL})
"""Who wants to be reached like this may be rung at the time they book, too."""

WRITE_PHONE = N_("Write the phone number with 8 digits, or with + and the country code.")


class BookingForm(TimeFields, ContactFields):
    """A time and a person, from somebody of whom nothing is known yet."""

    office = TextField(most=120)
    place = TextField(most=100)
    speak = TextField(most=60)
    name = TextField(most=100)
    code_word = TextField(most=MOST_CODE_WORD)
    message = TextField(most=2000, is_long=True)
    website = TextField(most=200)

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields, then what they ask of each other."""
        super().validate(extra_validators)
        self.check_contact()
        if self.website.data:
            self._ask(self.website, N_("Leave this field empty, and press the button once more."))
        return not self.has_errors

    def check_contact(self) -> None:
        """Ask for the number to ring."""
        if not self.phone.data:
            self._ask(self.phone, WRITE_PHONE)

    def to_application(self, locale: Locale, office: str) -> Application:
        """Return the request as the intake room takes it; what for is told when we talk."""
        return Application(
            needs=frozenset({Need.OTHER}),
            acute=frozenset(),
            has_children=False,
            place=self.place.data,
            office=office,
            message=self.message.data,
            language=locale.tag,
            wishes=self.to_wishes(locale),
        )

    def to_wishes(self, locale: Locale) -> ContactWishes:
        """Return how to reach the person."""
        spoken = match_spoken_language(self.speak.data, locale)
        return ContactWishes(
            reach=self.way_to_reach,
            phone=self.phone.number,
            email=self.email.data or None,
            name=self.name.data or None,
            best_time=self.when.data or TimeOfDay.ANY,
            may_leave_voicemail=self.voicemail.data,
            may_say_who=self.say_who.data,
            spoken_language=spoken,
            spoken_other=None if spoken else self.speak.data or None,
            needs_interpreter=self.interpreter.data,
            wants_private_room=self.is_private,
            code_word=self.code_word.data or None,
        )

    @property
    def way_to_reach(self) -> Reach | None:
        """How to reach the person: who books a call wants to be rung."""
        return self.reach.data if self.reach.data in RUNG else Reach.CALL


class CallbackForm(BookingForm):
    """A call at a time the person chose."""

    scope = "callback"


class AppointmentForm(MeetingFields, BookingForm):
    """A meeting at a time the person chose."""

    scope = "appointment"

    def check_contact(self) -> None:
        """Ask for what the chosen way needs; who comes to the office needs no phone."""
        if self.kind is BookingKind.PHONE:
            super().check_contact()
        else:
            self.check_reach()

    @property
    def way_to_reach(self) -> Reach | None:
        return super().way_to_reach if self.kind is BookingKind.PHONE else self.reach.data
