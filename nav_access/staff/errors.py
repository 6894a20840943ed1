"""Facts about staff that stop an action."""


class SignInRefused(Exception):
    """Unknown e-mail, wrong password, wrong or used code, or disabled: nobody is told which."""


class SignInPaused(Exception):
    """Too many tries from this address, or for this person from this address."""


class StaffNotFound(Exception):
    """There is no such person."""


class EmailTaken(Exception):
    """Somebody is registered with this e-mail address already."""


class StaffDisabled(Exception):
    """The person's access has been ended."""


class AdministratorsHaveNoOffice(Exception):
    """A system administrator cannot read cases, and so belongs to no office."""


class AlreadyMember(Exception):
    """The person works at this office already."""


class MemberChanged(Exception):
    """Somebody else changed or ended this person's work at the office since it was read."""


class LastManager(Exception):
    """Nobody else manages the office: it must not be left without anyone who can."""


class LastAdministrator(Exception):
    """Nobody else runs the site: it must not be left without anyone who can."""


class WorksAtOffice(Exception):
    """Somebody at an office reads cases: who runs the site never holds their credentials."""


class HasManager(Exception):
    """The office has a manager, who adds its other people."""
