"""Facts about staff that stop an action."""


class SignInRefused(Exception):
    """Unknown e-mail, wrong password, wrong or used code, or disabled: nobody is told which."""


class CredentialsExpired(SignInRefused):
    """Everything is right, but what was handed out was not used in time."""


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
    """The office has a manager who can sign in, and adds its other people."""


class NothingToChoose(Exception):
    """Nobody is choosing credentials here: it is done, or the session is over."""


class ChosenSince(Exception):
    """The person has chosen credentials of their own since the form was sent before."""


class PasswordTooShort(Exception):
    """The password has fewer characters than it must."""


class PasswordTooPlain(Exception):
    """The password is a few characters over and over, or a row of neighbours."""


class PasswordHandedOut(Exception):
    """The password is the one that somebody else has seen."""


class CodeNotOfKey(Exception):
    """The code is not one that the new key makes now."""


class NotForOneself(Exception):
    """What somebody must not do for themself alone."""


class WorksElsewhere(Exception):
    """The person works somewhere else too, where this office's managers have no say."""
