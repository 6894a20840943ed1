"""How long each kind of data is kept, why, and what is done with it then."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

YEAR = timedelta(days=365)


class AtEnd(StrEnum):
    """What is done when the time is over."""

    ERASE_KEY = "erase_key"
    """Destroy the case's key and everything a person can be reached by; the codes stay."""
    DELETE = "delete"
    LET_GO = "let_go"
    """Delete from the start of the chain, which stays whole."""


@dataclass(frozen=True, slots=True)
class End:
    """One way in which data's time runs out, counted from the instant `since` names."""

    since: str
    keep_for: timedelta
    then: AtEnd
    why: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data and where it lies. Without `ends` it is kept as long as the site stands."""

    name: str
    tables: frozenset[str]
    ends: tuple[End, ...]
    why_kept: str = ""


CASES = Kind(
    "cases",
    frozenset(
        {
            "booked_slots",
            "bookings",
            "call_plans",
            "case_consents",
            "case_events",
            "case_needs",
            "case_offers",
            "case_reaching",
            "cases",
            "centre_answers",
            "centre_messages",
            "centre_transfers",
            "direct_numbers",
            "escalations",
            "glass_breaks",
            "plan_steps",
        }
    ),
    (
        End(
            "closed",
            timedelta(days=183),
            AtEnd.ERASE_KEY,
            "A complaint has three weeks to come and months to be decided; after that the "
            "office's own journal is the archive.",
        ),
        End(
            "withdrawn",
            timedelta(0),
            AtEnd.ERASE_KEY,
            "Whoever withdraws has said that we need it no longer.",
        ),
        End(
            "last_event",
            2 * YEAR,
            AtEnd.ERASE_KEY,
            "Nothing is closed by the system, but what nobody touched for two years is no help.",
        ),
        End(
            "erased",
            5 * YEAR,
            AtEnd.DELETE,
            "Codes without a person: need, times, office. Supervision compares years.",
        ),
    ),
)

AUDIT = Kind(
    "audit",
    frozenset({"audit_entries", "audit_head"}),
    (
        End(
            "recorded",
            5 * YEAR,
            AtEnd.LET_GO,
            "Who read a case must be answerable as long as the case's own codes stand.",
        ),
    ),
)

STAFF_SESSIONS = Kind(
    "staff_sessions",
    frozenset({"staff_sessions"}),
    (
        End(
            "created",
            timedelta(days=30),
            AtEnd.DELETE,
            "A session lives ten hours; a month lets someone ask where they were signed in.",
        ),
    ),
)

COUNTED_TRIES = Kind(
    "counted_tries",
    frozenset({"limit_tries"}),
    (
        End(
            "window_over",
            timedelta(0),
            AtEnd.DELETE,
            "A counter past its window counts nothing.",
        ),
    ),
)

OUTBOX = Kind(
    "outbox",
    frozenset({"outbox_messages"}),
    (
        End(
            "sent_or_given_up",
            timedelta(days=30),
            AtEnd.DELETE,
            "Long enough to answer «did you send me anything?».",
        ),
    ),
)

TEXT_DIALOGUES = Kind(
    "text_dialogues",
    frozenset({"text_dialogues"}),
    (
        End(
            "last_heard",
            timedelta(days=1),
            AtEnd.DELETE,
            "What tells of a need became a case within the hour; the rest was a greeting.",
        ),
    ),
)

INCOMING_TEXTS = Kind(
    "incoming_texts",
    frozenset({"incoming_texts"}),
    (
        End(
            "heard",
            timedelta(days=30),
            AtEnd.DELETE,
            "Digests only: a gateway may deliver the same text again days later.",
        ),
    ),
)

TEXT_STOPS = Kind(
    "text_stops",
    frozenset({"text_stops"}),
    (),
    "Whoever asked for no more texts must not get one because we forgot; START ends it.",
)

LOOK_UPS = Kind(
    "look_ups",
    frozenset({"centre_look_ups", "centre_looked_up"}),
    (
        End(
            "looked",
            YEAR,
            AtEnd.DELETE,
            "Somebody who asks who looked for them is answered for a year; the audit has the rest.",
        ),
    ),
)

IMPORT_REPORTS = Kind(
    "import_reports",
    frozenset(),
    (
        End(
            "made",
            YEAR,
            AtEnd.DELETE,
            "Wrong opening hours are traced to the file they came from for one round of holidays.",
        ),
    ),
)

STAFF = Kind(
    "staff",
    frozenset({"staff_identities", "staff_members", "staff_memberships", "staff_notices"}),
    (),
    "Audit entries and cases name staff by id; whoever leaves is disabled.",
)

PARTNERS = Kind(
    "partners",
    frozenset({"agencies", "agency_agreements", "agency_members"}),
    (),
    "Who could act for whom, and on what footing, must be answerable as long as cases stand.",
)

AGENCY_DRAFTS = Kind(
    "agency_drafts",
    frozenset({"agency_drafts"}),
    (
        End(
            "begun",
            timedelta(days=14),
            AtEnd.DELETE,
            "Written before the person said yes: two weeks to meet them again, no longer.",
        ),
    ),
)

PUBLIC_REGISTERS = Kind(
    "public_registers",
    frozenset(
        {
            "municipalities",
            "municipality_names",
            "office_areas",
            "office_data_version",
            "office_duty_intervals",
            "office_duty_lines",
            "office_openings",
            "office_receptions",
            "office_street_areas",
            "offices",
            "postcodes",
        }
    ),
    (),
    "Public facts about offices and places; a closed office keeps its id for its old cases.",
)

CAPACITY = Kind(
    "capacity",
    frozenset(
        {
            "booking_terms",
            "call_policies",
            "capacity_exceptions",
            "capacity_rules",
            "direct_number_lines",
            "direct_number_policies",
            "office_rosters",
            "slots",
        }
    ),
    (),
    "An office's own plan of its time; says nothing of any person.",
)

ROSTERS = Kind(
    "rosters",
    frozenset({"office_duty_covers", "office_duty_shifts"}),
    (
        End(
            "last_date",
            2 * YEAR,
            AtEnd.DELETE,
            "Supervision asks when somebody answered; names of those on duty go with the shift.",
        ),
    ),
)

KEPT_BY_OFFICES = Kind(
    "kept_by_offices",
    frozenset({"office_kept_days", "office_kept_lines", "office_kept_reasons", "office_measures"}),
    (),
    "What an office wrote of itself, and what it did about few opening hours: supervision asks.",
)

PENDING_CHANGES = Kind(
    "pending_changes",
    frozenset({"pending_changes"}),
    (
        End(
            "asked",
            YEAR,
            AtEnd.DELETE,
            "Decided within a week; who asked and who confirmed stands in the audit.",
        ),
    ),
)

TERMINALS = Kind(
    "terminals",
    frozenset({"terminals"}),
    (),
    "Machines of offices, not persons; what a visit left goes when the next begins, or by itself.",
)

TICKETS = Kind(
    "tickets",
    frozenset({"check_ins", "ticket_days", "tickets"}),
    (
        End(
            "taken",
            timedelta(days=30),
            AtEnd.DELETE,
            "Numbers and times only: the last weeks tell how long a line takes.",
        ),
    ),
)

FEEDBACK = Kind(
    "feedback",
    frozenset({"feedback"}),
    (
        End(
            "settled",
            timedelta(days=91),
            AtEnd.DELETE,
            "Somebody may ask once more about the answer; what they wrote was about pages.",
        ),
        End(
            "received",
            YEAR,
            AtEnd.DELETE,
            "Told of every week and answered by nobody: after a year the pages are others.",
        ),
    ),
)

KINDS = (
    CASES,
    AUDIT,
    STAFF_SESSIONS,
    COUNTED_TRIES,
    OUTBOX,
    TEXT_DIALOGUES,
    INCOMING_TEXTS,
    TEXT_STOPS,
    LOOK_UPS,
    IMPORT_REPORTS,
    STAFF,
    PARTNERS,
    AGENCY_DRAFTS,
    PUBLIC_REGISTERS,
    CAPACITY,
    ROSTERS,
    KEPT_BY_OFFICES,
    PENDING_CHANGES,
    TERMINALS,
    TICKETS,
    FEEDBACK,
)
"""All of it. A table in none of these, or in two, fails a test."""
