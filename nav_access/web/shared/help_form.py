"""What may be typed when help is asked for, by the person or by somebody for them."""

from dataclasses import replace
from hashlib import sha256

from wtforms import Field

from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_
from nav_access.core.security.tokens import ONCE_BYTES
from nav_access.intake.applications import Application, ContactWishes, Submission
from nav_access.intake.codes import AcuteStatement, Flag, Need, Reach, TimeOfDay
from nav_access.intake.rules import complete_needs
from nav_access.web.shared import help_words
from nav_access.web.shared.fields import (
    CodeField,
    CodesField,
    EmailField,
    PhoneField,
    TextField,
    TickField,
)
from nav_access.web.shared.forms import PublicForm, digest_typed
from nav_access.web.shared.spoken import match_spoken_language
from nav_access.web.shared.templating import current_locale


def submission_of(form: PublicForm) -> Submission:
    """Return the name of this form's only submission; the form's token has been read."""
    if form.handed_in is None:
        raise LookupError("the form has no token")
    return Submission(form.handed_in.once, form.handed_in.key_id, digest_typed())


def act_of(form: PublicForm) -> Submission:
    """Return the name of this form with these words: other words from it are another act."""
    one = submission_of(form)
    return replace(one, once=sha256(one.once + one.content).digest()[:ONCE_BYTES])


class ContactFields(PublicForm):
    """How, when and how safely the person can be reached."""

    reach = CodeField(Reach, words=help_words.REACHES)
    phone = PhoneField(most=40)
    email = EmailField(most=254)
    when = CodeField(TimeOfDay, words=help_words.TIMES, safest=TimeOfDay.ANY)
    voicemail = TickField()
    say_who = TickField()

    def check_reach(self, *, has_phone: bool = False, has_email: bool = False) -> None:
        """Ask for the number or address that the chosen way needs."""
        wants_phone = self.reach.data in (Reach.CALL, Reach.SMS)
        if wants_phone and not self.phone.data and not has_phone:
            self._ask(
                self.phone,
                N_("Write the phone number with 8 digits, or choose “I have no phone”."),
            )
        if self.reach.data is Reach.EMAIL and not self.email.data and not has_email:
            self._ask(self.email, N_("Write the e-mail address, or choose another way."))

    @staticmethod
    def _ask(field: Field, what_to_do: str) -> None:
        field.errors = [*field.errors, what_to_do]


class HelpForm(ContactFields):
    """The request for help, on one page."""

    scope = "help"

    need = CodesField(Need, words=help_words.NEEDS)
    acute = CodesField(AcuteStatement, words=help_words.ACUTE)
    children = TickField()
    place = TextField(most=100)
    office = TextField(most=120)
    speak = TextField(most=60)
    interpreter = TickField()
    name = TextField(most=100)
    message = TextField(most=2000, is_long=True)
    private_room = TickField()
    website = TextField(most=200)

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields, then what they ask of each other; an acute request asks least."""
        super().validate(extra_validators)
        needs = complete_needs(self.need.data, self.acute.data, has_message=bool(self.message.data))
        if not needs:
            self._ask(self.need, N_("Choose what you need help with."))
        if not (self.acute.data or self.place.data or self.office.data):
            self._ask(
                self.place,
                N_("Write the postcode or the name of the place where you are staying."),
            )
        if self.website.data and not self.acute.data:
            self._ask(self.website, N_("Leave this field empty, and press the button once more."))
        self.check_reach()
        return not self.has_errors

    @property
    def flags(self) -> frozenset[Flag]:
        """What staff should know about how this form was filled in."""
        return frozenset({Flag.HONEYPOT}) if self.website.data else frozenset()

    def to_application(self, locale: Locale) -> Application:
        """Return the request as the intake room takes it."""
        return Application(
            needs=complete_needs(
                self.need.data, self.acute.data, has_message=bool(self.message.data)
            ),
            acute=self.acute.data,
            has_children=self.children.data,
            place=self.place.data,
            office=self.office.data,
            message=self.message.data,
            language=locale.tag,
            wishes=self.to_wishes(),
            flags=self.flags,
        )

    def to_wishes(self) -> ContactWishes:
        """Return how to reach the person."""
        spoken = match_spoken_language(self.speak.data, current_locale())
        return ContactWishes(
            reach=self.reach.data,
            phone=self.phone.number,
            email=self.email.data or None,
            name=self.name.data or None,
            best_time=self.when.data or TimeOfDay.ANY,
            may_leave_voicemail=self.voicemail.data,
            may_say_who=self.say_who.data,
            spoken_language=spoken,
            spoken_other=None if spoken else self.speak.data or None,
            needs_interpreter=self.interpreter.data,
            wants_private_room=self.private_room.data,
        )
