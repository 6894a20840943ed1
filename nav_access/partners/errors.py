"""Facts about agencies that stop an action."""


class AgencyNotFound(Exception):
    """There is no such agency."""


class AgencyNameTaken(Exception):
    """An agency of this name is there already."""


class AgreementNotFound(Exception):
    """There is no such agreement, or it was ended before."""


class AgreementChanged(Exception):
    """Somebody else changed what is agreed since it was read."""


class NothingCovered(Exception):
    """An agreement without a municipality or without a kind of need covers nothing."""


class EndsBeforeItBegins(Exception):
    """The last day of the agreement comes before its first."""


class MemberElsewhere(Exception):
    """The person works for an agency already; nobody acts for two."""


class MemberNotFound(Exception):
    """The person does not work for this agency, or no longer."""


class OrganisationTaken(Exception):
    """Another agency has this organisation number."""


class AgencyChanged(Exception):
    """Somebody else corrected the agency since it was read."""
