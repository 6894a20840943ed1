"""What administrators may type: offices, people, agencies, agreements; each with what to do."""

import re
from collections.abc import Sequence
from enum import StrEnum

from wtforms import Field

from nav_access.core.i18n.wording import N_
from nav_access.core.references import digits_of
from nav_access.feedback.codes import AnswerWay
from nav_access.intake.codes import Need
from nav_access.offices.keeping.own import NewOffice
from nav_access.partners.codes import AgencyRole
from nav_access.partners.rules import Terms
from nav_access.partners.service import NewAgency
from nav_access.staff.codes import StaffRole
from nav_access.staff.service import NewStaff
from nav_access.web.shared.fields import CodeField, CodesField, EmailField, PhoneField, TextField
from nav_access.web.shared.signed_in.day_fields import DayField
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.signed_in.wording import NEEDS

WRITE_NUMBER = N_("Write a number of digits and letters that no other unit has.")
WRITE_NAME = N_("Write the name.")
WRITE_MUNICIPALITIES = N_("Write the four digits of each municipality, with a space between.")
WRITE_POSTCODE = N_("Write the postcode with 4 digits.")
WRITE_EMAIL = N_("Write the person's e-mail address at work.")
WRITE_ORGANISATION = N_("Write the nine digits of the organisation number, or nothing.")
CHOOSE_ROLE = N_("Choose what the person does.")
CHOOSE_NEEDS = N_("Choose at least one kind of need.")
ENDS_AFTER = N_("Write a last day that is not before the first.")

_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
_MUNICIPALITY = re.compile(r"[0-9]{4}", re.ASCII)
MOST_MUNICIPALITIES = 400
MOST_DIGITS = 10
ORGANISATION_DIGITS = 9


class AdminForm(DoorForm):
    """A form of an administrator; asks for the fields that must not be empty."""

    needed: tuple[tuple[str, str], ...] = ()

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for what is empty."""
        super().validate(extra_validators)
        for name, what_to_do in self.needed:
            field: Field = self[name]
            if not field.data and not field.errors:
                self.ask(field, what_to_do)
        return not self.has_errors


class WholeField(TextField):
    """What one of our own pages numbers; `whole` is 0 for nothing of the kind."""

    whole = 0

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        is_number = self.data.isascii() and self.data.isdigit()
        self.whole = int(self.data) if is_number and len(self.data) < MOST_DIGITS else 0


class WhichForm(DoorForm):
    """One of a list, and nothing to type."""

    which = WholeField(most=12)


class MunicipalitiesField(TextField):
    """Municipality numbers; `numbers` once they were understood."""

    numbers: tuple[str, ...] = ()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        parts = self.data.replace(",", " ").split()
        self.numbers = tuple(dict.fromkeys(parts))
        is_good = all(_MUNICIPALITY.fullmatch(part) for part in parts)
        if not is_good or len(self.numbers) > MOST_MUNICIPALITIES:
            raise ValueError(WRITE_MUNICIPALITIES)


class OptionalDay(DayField):
    """A day, or nothing."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if not "".join(valuelist[:1]).strip():
            self.data, self.read = "", None
            return
        super().process_formdata(valuelist)


class OfficeForm(AdminForm):
    """An office that no register has."""

    needed = (
        ("number", WRITE_NUMBER),
        ("name", WRITE_NAME),
        ("municipalities", WRITE_MUNICIPALITIES),
    )

    number = TextField(most=40)
    name = TextField(most=200)
    municipalities = MunicipalitiesField(most=100)
    phone = PhoneField(most=40)
    street = TextField(most=200)
    postcode = TextField(most=10)
    place = TextField(most=100)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a number and a postcode that can be ones."""
        super().validate(extra_validators)
        if self.number.data and not _NUMBER.fullmatch(self.number.data):
            self.ask(self.number, WRITE_NUMBER)
        if self.postcode.data and not _MUNICIPALITY.fullmatch(self.postcode.data):
            self.ask(self.postcode, WRITE_POSTCODE)
        return not self.has_errors

    def to_office(self) -> NewOffice:
        """Return the office; the form is valid."""
        return NewOffice(
            number=self.number.data,
            name=self.name.data,
            municipalities=self.municipalities.numbers,
            phone=self.phone.number,
            street=self.street.data or None,
            postcode=self.postcode.data or None,
            place=self.place.data or None,
        )


class PersonForm(AdminForm):
    """Somebody's e-mail and name."""

    needed: tuple[tuple[str, str], ...] = (("email", WRITE_EMAIL), ("name", WRITE_NAME))

    email = EmailField(most=254)
    name = TextField(most=120)

    def to_person(self) -> NewStaff:
        """Return the person, without any role; the form is valid."""
        return NewStaff(self.email.data, self.name.data)


class SiteRole(StrEnum):
    """What somebody can do for the whole site."""

    OPERATOR = StaffRole.OPERATOR.value
    SUPERVISOR = StaffRole.SUPERVISOR.value
    ADMINISTRATOR = StaffRole.ADMINISTRATOR.value


SITE_ROLES: dict[SiteRole | None, str] = {
    None: N_("Not chosen yet"),
    SiteRole.OPERATOR: N_("Operator at the contact centre"),
    SiteRole.SUPERVISOR: N_("Reads indicators, and never cases"),
    SiteRole.ADMINISTRATOR: N_("Runs the site, and never reads cases"),
}


class SitePersonForm(PersonForm):
    """Somebody who works for the whole site."""

    needed = (*PersonForm.needed, ("role", CHOOSE_ROLE))

    role = CodeField(SiteRole, words=SITE_ROLES)

    def to_person(self) -> NewStaff:
        """Return the person with the role; the form is valid."""
        role = StaffRole(self.role.data or SiteRole.SUPERVISOR)
        return NewStaff(self.email.data, self.name.data, frozenset({role}))


AGENCY_ROLES: dict[AgencyRole | None, str] = {
    AgencyRole.MEMBER: N_("Member"),
    AgencyRole.LEADER: N_("Leader: also sees who the members are"),
}


class AgencyPersonForm(PersonForm):
    """Somebody who works for an agency."""

    role = CodeField(AgencyRole, words=AGENCY_ROLES, safest=AgencyRole.MEMBER)


class AgencyForm(AdminForm):
    """An agency."""

    needed = (("name", WRITE_NAME),)

    name = TextField(most=120)
    phone = PhoneField(most=40)
    email = EmailField(most=254)

    def to_agency(self) -> NewAgency:
        """Return the agency; the form is valid."""
        return NewAgency(self.name.data, self.phone.number, self.email.data or None)


class SeenForm(AdminForm):
    """A correction of something; `seen` is the edition of it that the page showed."""

    seen = WholeField(most=12)


class ReachedForm(SeenForm):
    """How an agency that is there is named and reached."""

    needed = (("agency_name", WRITE_NAME),)

    agency_name = TextField(most=120)
    agency_phone = PhoneField(most=40)
    agency_email = EmailField(most=254)


class OrganisationForm(SeenForm):
    """By what number a provider of work accounts names an agency; empty: by none."""

    organisation = TextField(most=20)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for nine digits, or nothing."""
        super().validate(extra_validators)
        if self.organisation.data and self.number is None:
            self.ask(self.organisation, WRITE_ORGANISATION)
        return not self.has_errors

    @property
    def number(self) -> str | None:
        """The number that was typed, in any script's digits."""
        typed = digits_of(self.organisation.data)
        return typed if len(typed) == ORGANISATION_DIGITS else None


WRITE_ANSWER = N_("Write the answer.")
WRITE_SHORTER = N_("A text message is short. Write at most 300 letters.")
MOST_IN_TEXT = 300
WAYS: dict[AnswerWay | None, str] = {
    AnswerWay.EMAIL: N_("By e-mail"),
    AnswerWay.SMS: N_("By text message"),
}


class AnswerForm(AdminForm):
    """An answer to what somebody wrote about the pages."""

    needed = (("answer", WRITE_ANSWER),)

    answer = TextField(most=3000, is_long=True)
    way = CodeField(AnswerWay, words=WAYS, safest=AnswerWay.EMAIL)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for fewer words where they go by text message."""
        super().validate(extra_validators)
        is_long = len(self.answer.data) > MOST_IN_TEXT
        if self.way.data is AnswerWay.SMS and is_long and not self.answer.errors:
            self.ask(self.answer, WRITE_SHORTER)
        return not self.has_errors


class AgreementForm(AdminForm):
    """What is agreed with an agency."""

    needed = (("municipalities", WRITE_MUNICIPALITIES), ("needs", CHOOSE_NEEDS))

    municipalities = MunicipalitiesField(most=2000)
    needs = CodesField(Need, words={need: NEEDS[need] for need in Need})
    first_day = DayField(most=40)
    last_day = OptionalDay(most=40)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for days in order."""
        super().validate(extra_validators)
        first, last = self.first_day.read, self.last_day.read
        if first and last and last < first:
            self.ask(self.last_day, ENDS_AFTER)
        return not self.has_errors

    def to_terms(self) -> Terms:
        """Return what is agreed; the form is valid."""
        if self.first_day.read is None:
            raise LookupError("the form is not valid")
        return Terms(
            municipalities=frozenset(self.municipalities.numbers),
            needs=frozenset(need.value for need in self.needs.data),
            valid_from=self.first_day.read,
            valid_until=self.last_day.read,
        )
