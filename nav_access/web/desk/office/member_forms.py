"""What may be typed about somebody who works at an office."""

import re
from enum import StrEnum

from wtforms import Field

from nav_access.core.i18n.wording import N_
from nav_access.staff.codes import Side, StaffRole
from nav_access.staff.members import OfficeMember, Standing
from nav_access.web.desk.capacity_forms import NumberField
from nav_access.web.desk.forms import DeskForm
from nav_access.web.shared.fields import CodeField, EmailField, TextField, TickField

WRITE_EMAIL = N_("Write the person's e-mail address at work.")
WRITE_NAME = N_("Write the person's name.")
CHOOSE_PERSON = N_("Choose somebody from the list.")


class OfficeRole(StrEnum):
    """What somebody can be made at an office, and nothing beyond it."""

    CASEWORKER = StaffRole.CASEWORKER.value
    MANAGER = StaffRole.MANAGER.value


ROLES: dict[OfficeRole | None, str] = {
    OfficeRole.CASEWORKER: N_("Caseworker"),
    OfficeRole.MANAGER: N_("Manager: also looks after the office here"),
}

SIDES: dict[Side | None, str] = {
    Side.BOTH: N_("Both sides"),
    Side.MUNICIPAL: N_("The municipal side"),
    Side.STATE: N_("The state side"),
}


class MemberForm(DeskForm):
    """Something about one member; `seen` is what they were when the page was made."""

    member = NumberField(least=1, most_number=999_999)
    seen = TextField(most=80)
    role = CodeField(OfficeRole, words=ROLES, safest=OfficeRole.CASEWORKER)
    side = CodeField(Side, words=SIDES, safest=Side.BOTH)
    protected = TickField()

    @property
    def staff_id(self) -> int:
        """Who it is about; 0 for nobody."""
        return self.member.whole

    @property
    def is_manager(self) -> bool:
        """Whether the person is to manage the office."""
        return self.role.data is OfficeRole.MANAGER

    @property
    def asked(self) -> Field:
        """The field at which a fact about the member is told."""
        return self.role

    def to_standing(self) -> Standing:
        """Return what the person is to be; the form is valid."""
        role = StaffRole(self.role.data or OfficeRole.CASEWORKER)
        return Standing(role, self.side.data or Side.BOTH, self.protected.data)

    def to_seen(self) -> Standing:
        """Return what the page showed; what was never shown fits nobody."""
        read = _SEEN.fullmatch(self.seen.data)
        if read is None or read[1] not in set(OfficeRole) or read[2] not in set(Side):
            return Standing(StaffRole.OPERATOR)
        return Standing(StaffRole(read[1]), Side(read[2]), read[3] == "1")


_SEEN = re.compile(r"([a-z]{1,20}) ([a-z]{1,20}) ([01])", re.ASCII)


def key_of(standing: Standing) -> str:
    """Return a standing as a form carries it."""
    return f"{standing.role} {standing.side} {int(standing.sees_protected)}"


class StandingForm(MemberForm):
    """Somebody gets another role, side or sight."""

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for whom."""
        super().validate(extra_validators)
        if not self.staff_id and not self.member.errors:
            self.ask(self.member, CHOOSE_PERSON)
        return not self.has_errors

    @classmethod
    def of(cls, member: OfficeMember | None) -> "StandingForm":
        """Return the form filled in with what somebody is now."""
        if member is None:
            return cls(formdata=None)
        standing = member.standing
        values = {
            "member": str(member.staff_id),
            "seen": key_of(standing),
            "role": OfficeRole(standing.role),
            "side": standing.side,
            "protected": standing.sees_protected,
        }
        return cls(formdata=None, data=values)


class PressedForm(StandingForm):
    """Something done with somebody by a button: nothing is typed that could be mended."""

    @property
    def asked(self) -> Field:
        """The page as a whole."""
        whole: Field = self["token"]
        return whole


class EndForm(PressedForm):
    """Somebody's work at the office ends."""


class RenewForm(PressedForm):
    """Somebody gets new credentials."""


class AddForm(MemberForm):
    """Somebody new, or somebody who works elsewhere already."""

    email = EmailField(most=254)
    name = TextField(most=120)

    @property
    def asked(self) -> Field:
        """The field at which a fact about the member is told."""
        return self.email

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for e-mail and name."""
        super().validate(extra_validators)
        for field, what_to_do in ((self.email, WRITE_EMAIL), (self.name, WRITE_NAME)):
            if not field.data and not field.errors:
                self.ask(field, what_to_do)
        return not self.has_errors
