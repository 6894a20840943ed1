"""The closed sets of codes this room speaks in; doors turn them into words."""

from enum import StrEnum


class OfficeKind(StrEnum):
    """What sort of unit it is; only LOCAL ones are public offices."""

    LOCAL = "local"
    CONTACT_CENTRE = "contact_centre"
    OTHER = "other"


class OfficeStatus(StrEnum):
    """Where in its life the unit is; CLOSING is public until `closes_on`."""

    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"


class OpeningKind(StrEnum):
    """What a person may do in an interval; only WALK_IN counts as open."""

    WALK_IN = "walk_in"
    APPOINTMENT_ONLY = "appointment_only"
    CLOSED = "closed"


class DutyAudience(StrEnum):
    """Who may be shown a duty number."""

    PUBLIC = "public"
    AGENCIES = "agencies"
    CONTACT_CENTRE = "contact_centre"


class DayReason(StrEnum):
    """Why a day has the hours it has."""

    REGULAR = "regular"
    EXCEPTION = "exception"
    HOLIDAY = "holiday"


class Holiday(StrEnum):
    """Norway's public holidays; doors name them."""

    NEW_YEARS_DAY = "new_years_day"
    MAUNDY_THURSDAY = "maundy_thursday"
    GOOD_FRIDAY = "good_friday"
    EASTER_SUNDAY = "easter_sunday"
    EASTER_MONDAY = "easter_monday"
    LABOUR_DAY = "labour_day"
    CONSTITUTION_DAY = "constitution_day"
    ASCENSION_DAY = "ascension_day"
    PENTECOST = "pentecost"
    PENTECOST_MONDAY = "pentecost_monday"
    CHRISTMAS_DAY = "christmas_day"
    SECOND_CHRISTMAS_DAY = "second_christmas_day"
    OTHER = "other"


class PlaceKind(StrEnum):
    """What a postcode, place or municipality leads to."""

    ONE_OFFICE = "one_office"
    CHOOSE_OFFICE = "choose_office"
    SVALBARD = "svalbard"
    JAN_MAYEN = "jan_mayen"
    UNKNOWN = "unknown"


class HitReason(StrEnum):
    """Why an office is among the search hits, best first."""

    POSTCODE = "postcode"
    ADDRESS = "address"
    MUNICIPALITY = "municipality"
    NAME = "name"
    PLACE = "place"
    SIMILAR = "similar"


class Parity(StrEnum):
    """Which house numbers of a street a range covers."""

    ALL = "all"
    ODD = "odd"
    EVEN = "even"
