"""Facts about what an office keeps that stop a change."""


class OfficeChanged(Exception):
    """Somebody, or an import, changed this office since it was read."""


class NotOfThisOffice(Exception):
    """This office has no such reception, line, measure or day: unknown and another's alike."""


class DayMakesNoSense(Exception):
    """A day that is closed and open at once, or a line without a usable time."""


class NumberTaken(Exception):
    """The office has a line with this number already."""


class MeasureMakesNoSense(Exception):
    """A measure without words, or one that ends before it begins."""


class StillInRegister(Exception):
    """The register has this office as open: it would be back at the next import."""


class NumberInUse(Exception):
    """Some unit has this number already."""


class NoSuchMunicipality(Exception):
    """There is no municipality with this number."""


class NotToRemove(Exception):
    """The office is closed already, or is the contact centre, which requests rely on."""
