"""The codes a request for help is described in; words are made at the doors."""

from enum import IntEnum, StrEnum

from nav_access.callbacks.codes import TimeOfDay

__all__ = [
    "ActorKind",
    "AcuteStatement",
    "CaseStatus",
    "Channel",
    "CloseReason",
    "ContactOutcome",
    "DeadlineReason",
    "EventKind",
    "Flag",
    "Need",
    "Reach",
    "TimeOfDay",
    "Urgency",
]


class Need(StrEnum):
    """What the person needs help with."""

    FOOD = "food"
    ELECTRICITY = "electricity"
    HOUSING = "housing"
    MONEY = "money"
    LETTER = "letter"
    OTHER = "other"


class AcuteStatement(StrEnum):
    """What the person says is true today; each one makes the request acute."""

    NO_FOOD_TODAY = "no_food_today"
    POWER_CUT = "power_cut"
    NO_SHELTER_TONIGHT = "no_shelter_tonight"


class Urgency(IntEnum):
    """How soon a person must be answered; lower comes first in every queue."""

    ACUTE = 0
    URGENT = 1
    ORDINARY = 2


class Reach(StrEnum):
    """How the person wants to be reached."""

    CALL = "call"
    SMS = "sms"
    EMAIL = "email"
    VISIT = "visit"
    HELPER = "helper"


class Channel(StrEnum):
    """Which door the request came through."""

    WEB = "web"
    PARTNER = "partner"
    CONTACT_CENTRE = "contact_centre"
    KIOSK = "kiosk"
    SMS = "sms"
    PAPER = "paper"
    """Filled in by hand and entered by staff of an office."""


class CaseStatus(StrEnum):
    """Where a case stands, derived from its events."""

    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class EventKind(StrEnum):
    """What can happen to a case."""

    RECEIVED = "received"
    INFORMATION_ADDED = "information_added"
    CONTACT_CHANGED = "contact_changed"
    LANGUAGE_CHANGED = "language_changed"
    OFFICE_CHOSEN = "office_chosen"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL_UNDONE = "withdrawal_undone"
    CLAIMED = "claimed"
    RELEASED = "released"
    CONTACT_LOGGED = "contact_logged"
    NOTE_WRITTEN = "note_written"
    DEADLINE_CHANGED = "deadline_changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    CALL_PLANNED = "call_planned"
    FALLBACK_CHOSEN = "fallback_chosen"
    ESCALATED = "escalated"
    DIRECT_NUMBER_GIVEN = "direct_number_given"
    BOOKED = "booked"
    BOOKING_MOVED = "booking_moved"
    BOOKING_CANCELLED = "booking_cancelled"
    NO_SHOW = "no_show"
    MEETING_KEPT = "meeting_kept"
    TEXTED = "texted"
    CONSENT_GIVEN = "consent_given"
    CONSENT_ENDED = "consent_ended"
    ACTING_TAKEN_OVER = "acting_taken_over"
    """Somebody at the same agency acts for the person in a colleague's place."""
    CENTRE_WROTE = "centre_wrote"
    CENTRE_READ = "centre_read"
    CENTRE_ANSWERED = "centre_answered"
    CENTRE_ESCALATED = "centre_escalated"
    TRANSFER_TRIED = "transfer_tried"
    HANDOVER_OFFERED = "handover_offered"
    """A need, or the whole case, is offered to another side or office; the sender has it."""
    HANDOVER_ACCEPTED = "handover_accepted"
    OFFICE_ACCEPTED = "office_accepted"
    """Another office has taken the whole case over."""
    HANDOVER_RETURNED = "handover_returned"
    HANDOVER_TAKEN_BACK = "handover_taken_back"
    HANDOVER_ENDED = "handover_ended"
    """Offers ended by themselves: the case was closed, withdrawn or went elsewhere."""
    HANDOVER_LATE = "handover_late"
    """Nobody answered an offer in time; the receiver's manager was told."""
    NEED_CHANGED = "need_changed"
    PLAN_CHANGED = "plan_changed"
    PROTECTED = "protected"
    PROTECTION_ENDED = "protection_ended"
    GLASS_BROKEN = "glass_broken"
    CODE_GIVEN = "code_given"
    """The office gave the person a new case code; the one before opens nothing any more."""
    PAPER_ENTERED = "paper_entered"
    """Staff entered the request, which came on paper."""


class ContactOutcome(StrEnum):
    """How an attempt to reach the person went; only ANSWERED stops the clock."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"


class CloseReason(StrEnum):
    """Why an office closed a case. «Not reachable» is not among them, on purpose."""

    HELPED = "helped"
    DECISION_SENT = "decision_sent"
    HANDED_OVER = "handed_over"
    PERSON_DECLINED = "person_declined"
    DUPLICATE = "duplicate"


class DeadlineReason(StrEnum):
    """Why an office changed a deadline."""

    AGREED_WITH_PERSON = "agreed_with_person"
    MORE_URGENT = "more_urgent"
    LESS_URGENT = "less_urgent"
    WRONG_OFFICE_HOURS = "wrong_office_hours"


class Flag(StrEnum):
    """What staff should know about how a request arrived."""

    MANY_FROM_ADDRESS = "many_from_address"
    HONEYPOT = "honeypot"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_GUESSED = "place_guessed"
    DISTRICT_UNKNOWN = "district_unknown"
    UNVERIFIED_SENDER = "unverified_sender"
    TEXTS_STOPPED = "texts_stopped"
    PROTECTED_PHONE = "protected_phone"
    """Its phone is that of a protected person; see `doubles`."""


class ActorKind(StrEnum):
    """Who made something happen."""

    PERSON = "person"
    STAFF = "staff"
    PARTNER = "partner"
    """Somebody at an agency, by the person's consent."""
    SYSTEM = "system"
