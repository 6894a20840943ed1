"""Who may do what: every address of the site, each method on it, each kind of person.

One table, read by the test of the whole matrix. An address that is not here fails that test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOBODY = "citizen without a code"
PERSON = "citizen with a code"
CASEWORKER = "caseworker"
PROTECTED = "caseworker for protected persons"
MANAGER = "manager"
STRANGER = "caseworker of another office"
CENTRE = "contact-centre caseworker"
OPERATOR = "operator"
AGENCY_A = "member of agency A"
AGENCY_B = "member of agency B"
SUPERVISOR = "supervisor"
ADMINISTRATOR = "administrator"
DISABLED = "disabled account"
ENDED = "ended session"
CHOOSING = "signed in for the first time"
"""Has yet to choose credentials of their own: to every page but that one they are nobody."""
AT_THE_OFFICE = frozenset({CASEWORKER, PROTECTED, MANAGER})
AT_A_DESK = AT_THE_OFFICE | {STRANGER, CENTRE}
AT_THE_CENTRE = frozenset({CENTRE, OPERATOR})
IN_AN_AGENCY = frozenset({AGENCY_A, AGENCY_B})
SIGNED_IN = AT_A_DESK | AT_THE_CENTRE | IN_AN_AGENCY | {SUPERVISOR, ADMINISTRATOR}
NOT_SIGNED_IN = (NOBODY, PERSON, DISABLED, ENDED, CHOOSING)
ROLES = (*NOT_SIGNED_IN, *sorted(SIGNED_IN))

DESK = "/desk"
PARTNER = "/partner"
CONTACT_CENTRE = "/contact-centre"
REPORTS = "/reports"
ADMIN = "/admin"
COOKIES = {
    DESK: "desk",
    PARTNER: "partner",
    CONTACT_CENTRE: "contact_centre",
    REPORTS: "reports",
    ADMIN: "admin",
}
"""The signed-in doors, and the cookie of each; it is the scope of its form tokens too."""
PEOPLE = {
    DESK: AT_A_DESK,
    PARTNER: IN_AN_AGENCY,
    CONTACT_CENTRE: AT_THE_CENTRE,
    REPORTS: frozenset({SUPERVISOR, MANAGER}),
    ADMIN: frozenset({ADMINISTRATOR}),
}
"""Who comes in at which door; others who are signed in are refused in plain words."""

OK = "200"
DONE = "done, and on to a page"
SIGN_IN = "sent to sign in"
ASKED_AGAIN = "422"
NOT_READ = "400"
REFUSED = "403"
NOT_FOUND = "404"
WRONG_METHOD = "405"

Outcomes = Mapping[str, str]


@dataclass(frozen=True)
class Route:
    """One address: how to ask for it, and what each method leads to for each role."""

    path: str
    methods: Mapping[str, Outcomes]
    fields: Mapping[str, str] = field(default_factory=dict)
    """What a post sends, beside a token made for the person's own browser.

    `{version}` is the case's, `{code}` the case's code for the person whose case it is.
    """

    def outcome(self, method: str, role: str) -> str:
        """Return what must happen."""
        found = self.methods.get(method)
        return found[role] if found else WRONG_METHOD


def everybody(outcome: str) -> Outcomes:
    """The same for all."""
    return dict.fromkeys(ROLES, outcome)


def at(door: str, outcome: str) -> Outcomes:
    """For the door's people; others who are signed in are refused, the rest sign in first."""
    others = {role: REFUSED if role in SIGNED_IN else SIGN_IN for role in ROLES}
    return others | dict.fromkeys(PEOPLE[door], outcome)


def signed_in(outcome: str) -> Outcomes:
    """For whoever comes in at the desk."""
    return at(DESK, outcome)


def at_the_office(outcome: str) -> Outcomes:
    """For those whose office has the case; to others at a desk it does not exist."""
    return signed_in(NOT_FOUND) | dict.fromkeys(AT_THE_OFFICE, outcome)


def acting(outcome: str) -> Outcomes:
    """For the agency the person has said yes to; to another agency the case does not exist."""
    return at(PARTNER, NOT_FOUND) | {AGENCY_A: outcome}


def at_door(door: str, path: str, **methods: Outcomes) -> Route:
    """A page all the door's people may read; `methods` are those it has besides."""
    return Route(f"{door}{path}", {**reading(at(door, OK), at(door, OK)), **methods})


def providing(door: str) -> dict[str, Route]:
    """The way to a provider of identities, which this installation has none of."""
    to, back = f"{door}/sign-in/provider", f"{door}/sign-in/answer"
    return {
        to: Route(to, {"POST": everybody(NOT_FOUND), "OPTIONS": everybody(OK)}),
        back: Route(back, reading(everybody(NOT_FOUND))),
    }


def reading_the_guide(door: str) -> dict[str, Route]:
    """Who does what, for all the door's people."""
    return {
        f"{door}/guide": at_door(door, "/guide?q=gjeld"),
        f"{door}/guide/<key>": at_door(door, "/guide/advice"),
    }


def reading_figures(subject: str, table: str) -> dict[str, Route]:
    """A subject's page and one of its files."""
    return {
        f"{REPORTS}/{subject}": at_door(REPORTS, f"/{subject}"),
        f"{REPORTS}/{subject}/<table>.csv": at_door(REPORTS, f"/{subject}/{table}.csv"),
    }


def signing_in(door: str) -> dict[str, Route]:
    """The pages each door has: somebody signed in is sent on, and anybody may sign out."""
    is_on = {role: DONE if role in SIGNED_IN else OK for role in ROLES} | {CHOOSING: DONE}
    leaving = {role: OK if role in SIGNED_IN else SIGN_IN for role in ROLES} | {CHOOSING: OK}
    choosing = everybody(SIGN_IN) | {CHOOSING: OK}
    return {
        f"{door}/sign-in": Route(
            f"{door}/sign-in", {**reading(is_on), "POST": everybody(ASKED_AGAIN)}
        ),
        f"{door}/sign-in/first": Route(
            f"{door}/sign-in/first",
            {**reading(choosing), "POST": everybody(SIGN_IN) | {CHOOSING: ASKED_AGAIN}},
        ),
        f"{door}/sign-out": Route(
            f"{door}/sign-out", {"POST": everybody(SIGN_IN), "OPTIONS": leaving}
        ),
    }


def page(path: str) -> Route:
    """A page anybody may read."""
    return Route(path, reading(everybody(OK)))


def form(path: str, fields: Mapping[str, str] | None = None, sent: str = ASKED_AGAIN) -> Route:
    """A page anybody may read and send."""
    return Route(path, {**reading(everybody(OK)), "POST": everybody(sent)}, fields or {})


def reading(outcomes: Outcomes, options: Outcomes | None = None) -> dict[str, Outcomes]:
    """GET and HEAD lead to the same; OPTIONS says what there is."""
    return {"GET": outcomes, "HEAD": outcomes, "OPTIONS": options or everybody(OK)}


def managing(outcome: str) -> Outcomes:
    """For whoever manages an office; to others who are signed in it does not exist."""
    return signed_in(NOT_FOUND) | {MANAGER: outcome}


def protecting(outcome: str) -> Outcomes:
    """For whoever looks after protected persons at the case's office; to others it is not there."""
    return signed_in(NOT_FOUND) | {PROTECTED: outcome}


def not_looked_up(rule: str, path: str, *, is_form: bool = False) -> dict[str, Route]:
    """A page of what the operator has not looked up: to the door's people it does not exist."""
    gone = at(CONTACT_CENTRE, NOT_FOUND)
    methods = reading(gone, at(CONTACT_CENTRE, OK)) | ({"POST": gone} if is_form else {})
    return {f"{CONTACT_CENTRE}{rule}": Route(f"{CONTACT_CENTRE}{path}", methods)}


BEHIND_THE_LOCK = signed_in(OK)


def at_a_terminal() -> dict[str, Route]:
    """The pages of a reception's terminal: no browser of any of these people is one."""
    refused = reading(everybody(REFUSED))
    root, here = "/kiosk/<slug:slug>/", "/kiosk/nav-eikevik/"
    pages = ("", "help", "case", "check-in", "office", "screen", "still")
    sent = ("help", "case", "check-in", "ticket", "still", "finish")
    return {
        "/kiosk/register": form("/kiosk/register", {"code": "ABCD"}),
        root: Route(here, refused),
        f"{root}<lang>/shown/<leaf>": Route(f"{here}en/shown/1f", refused),
        f"{root}<lang>/trouble/<int:status>": Route(
            f"{here}en/trouble/404", reading(everybody(NOT_FOUND))
        ),
        **{f"{root}<lang>/{one}": Route(f"{here}en/{one}", refused) for one in pages},
        **{
            f"{root}<lang>/{one}/<leaf>": Route(
                f"{here}en/{one}/1f", {**refused, "POST": everybody(REFUSED)}
            )
            for one in sent
        },
    }


ROUTES: Mapping[str, Route] = {
    "/": page("/"),
    **at_a_terminal(),
    "/<lang>/": page("/en/"),
    "/<lang>/about": page("/en/about"),
    "/<lang>/accessibility": page("/en/accessibility"),
    "/<lang>/appointment": form("/en/appointment", {"slot": "1"}),
    "/<lang>/callback": form("/en/callback", {"slot": "any_today"}),
    "/<lang>/case": Route(
        "/en/case",
        {**reading(everybody(OK)), "POST": everybody(ASKED_AGAIN) | {PERSON: OK}},
        {"code": "{code}"},
    ),
    "/<lang>/duty": page("/en/duty"),
    "/<lang>/feedback": form("/en/feedback", {"page": "/en/help"}),
    "/<lang>/help": form("/en/help", {"message": "Hei"}),
    "/<lang>/leave": page("/en/leave"),
    "/<lang>/leave/away": Route("/en/leave/away", reading(everybody(DONE))),
    "/<lang>/leave/about": page("/en/leave/about"),
    "/<lang>/offices": page("/en/offices?q=eikevik"),
    "/<lang>/offices/<slug:slug>": page("/en/offices/nav-eikevik"),
    "/<lang>/print": page("/en/print"),
    "/<lang>/privacy": page("/en/privacy"),
    "/<lang>/rights": page("/en/rights"),
    "/<lang>/services": page("/en/services"),
    "/<lang>/services/<slug:slug>": page("/en/services/advice"),
    "/healthz": page("/healthz"),
    "/readyz": page("/readyz"),
    "/metrics": page("/metrics"),
    "/sms/inbound": Route(
        "/sms/inbound",
        {"POST": everybody(REFUSED), "OPTIONS": everybody(OK)},
        {"from": "+4790000001", "to": "2000", "text": "MAT", "id": "1"},
    ),
    "/sms/report": Route("/sms/report?id=a&key=b&is=1", reading(everybody(NOT_FOUND))),
    "/desk/": Route("/desk/", reading(signed_in(OK), BEHIND_THE_LOCK)),
    "/desk/new": at_door(DESK, "/new", POST=signed_in(ASKED_AGAIN)),
    **signing_in(DESK),
    **signing_in(PARTNER),
    **signing_in(CONTACT_CENTRE),
    **signing_in(REPORTS),
    **signing_in(ADMIN),
    **providing(DESK),
    **providing(PARTNER),
    **providing(CONTACT_CENTRE),
    "/partner/": at_door(PARTNER, "/"),
    "/partner/new": at_door(PARTNER, "/new", POST=at(PARTNER, ASKED_AGAIN)),
    "/partner/drafts/<name>": Route(
        f"/partner/drafts/{'0' * 32}",
        {**reading(at(PARTNER, NOT_FOUND), at(PARTNER, OK)), "POST": at(PARTNER, NOT_FOUND)},
    ),
    "/partner/cases/<number>": Route(
        "/partner/cases/{case}",
        {**reading(acting(OK), at(PARTNER, OK)), "POST": acting(DONE)},
        {"do": "take-over"},
    ),
    "/contact-centre/": at_door(CONTACT_CENTRE, "/", POST=at(CONTACT_CENTRE, ASKED_AGAIN)),
    "/contact-centre/lines": at_door(CONTACT_CENTRE, "/lines"),
    "/contact-centre/new-case": at_door(
        CONTACT_CENTRE, "/new-case", POST=at(CONTACT_CENTRE, ASKED_AGAIN)
    ),
    **not_looked_up("/cases/<number>", "/cases/{case}"),
    **not_looked_up("/cases/<number>/message", "/cases/{case}/message", is_form=True),
    **not_looked_up(
        "/cases/<number>/transfer/<int(max=999999999):line_id>",
        "/cases/{case}/transfer/1",
        is_form=True,
    ),
    **not_looked_up("/messages/<int(max=999999999):message_id>", "/messages/1", is_form=True),
    **not_looked_up("/transfer/<int(max=999999999):line_id>", "/transfer/1", is_form=True),
    "/reports/": at_door(REPORTS, "/?period=2026-W47"),
    **reading_figures("gaps", "offices"),
    **reading_figures("transfers", "offices"),
    **reading_figures("messages", "offices"),
    **reading_figures("direct-numbers", "offices"),
    **reading_figures("agencies", "municipalities"),
    **reading_figures("measures", "kinds"),
    "/admin/": at_door(ADMIN, "/"),
    **{
        f"/admin/{page}": at_door(ADMIN, f"/{page}", POST=at(ADMIN, NOT_READ))
        for page in ("offices", "people", "agencies", "confirm", "keys")
    },
    "/admin/offices/<int(max=999999999):office_id>": Route(
        "/admin/offices/1",
        {**reading(at(ADMIN, OK), at(ADMIN, OK)), "POST": at(ADMIN, ASKED_AGAIN)},
        {"do": "remove"},
    ),
    "/admin/people/<int(max=999999999):staff_id>": Route(
        "/admin/people/1",
        {**reading(at(ADMIN, OK), at(ADMIN, OK)), "POST": at(ADMIN, NOT_READ)},
    ),
    "/admin/agencies/<int(max=999999999):agency_id>": Route(
        "/admin/agencies/1",
        {**reading(at(ADMIN, OK), at(ADMIN, OK)), "POST": at(ADMIN, ASKED_AGAIN)},
        {"do": "agree"},
    ),
    "/admin/written": at_door(ADMIN, "/written"),
    "/admin/written/<int(max=999999999):feedback_id>": Route(
        "/admin/written/1",
        {**reading(at(ADMIN, OK), at(ADMIN, OK)), "POST": at(ADMIN, ASKED_AGAIN)},
        {"do": "answer"},
    ),
    "/desk/cases/<number>": Route(
        "/desk/cases/{case}",
        {**reading(at_the_office(OK), BEHIND_THE_LOCK), "POST": at_the_office(DONE)},
        {"do": "claim", "seen": "{version}"},
    ),
    "/desk/cases/<number>/call": Route(
        "/desk/cases/{case}/call",
        {**reading(at_the_office(OK), BEHIND_THE_LOCK), "POST": at_the_office(DONE)},
        {"do": "contact", "outcome": "no_answer", "seen": "{version}"},
    ),
    "/desk/cases/<number>/code": Route(
        "/desk/cases/{case}/code",
        {**reading(at_the_office(OK), BEHIND_THE_LOCK), "POST": at_the_office(OK)},
        {"how_sure": "They are here and showed a passport.", "seen": "{version}"},
    ),
    "/desk/cases/<number>/booking": Route(
        "/desk/cases/{case}/booking",
        {**reading(at_the_office(OK), BEHIND_THE_LOCK), "POST": at_the_office(ASKED_AGAIN)},
        {"do": "book", "seen": "{version}"},
    ),
    "/desk/cases/<number>/protection": Route(
        "/desk/cases/{case}/protection",
        {**reading(protecting(OK), BEHIND_THE_LOCK), "POST": protecting(DONE)},
        {"do": "protect", "protect_reason": "threatened", "seen": "{version}"},
    ),
    "/desk/cases/<number>/sides": Route(
        "/desk/cases/{case}/sides",
        {**reading(at_the_office(OK), BEHIND_THE_LOCK), "POST": at_the_office(DONE)},
        {"do": "status", "status_food": "working", "seen": "{version}"},
    ),
    "/desk/cases/<number>/acting": Route(
        "/desk/cases/{case}/acting",
        {**reading(at_the_office(OK), BEHIND_THE_LOCK), "POST": at_the_office(DONE)},
        {"helper": "999"},
    ),
    "/desk/cases/<number>/plan": Route(
        "/desk/cases/{case}/plan",
        {**reading(at_the_office(OK), BEHIND_THE_LOCK), "POST": at_the_office(DONE)},
        {"do": "add", "common": "ring", "side": "both", "seen": "{version}"},
    ),
    "/desk/offers": Route("/desk/offers", reading(signed_in(OK), BEHIND_THE_LOCK)),
    "/desk/protected": Route(
        "/desk/protected",
        {**reading(signed_in(OK), BEHIND_THE_LOCK), "POST": signed_in(ASKED_AGAIN)},
        {"number": "1"},
    ),
    **reading_the_guide(DESK),
    **reading_the_guide(PARTNER),
    **reading_the_guide(CONTACT_CENTRE),
    "/desk/letters": Route("/desk/letters", reading(signed_in(OK), BEHIND_THE_LOCK)),
    "/desk/letters/<int(max=999999999):message_id>": Route(
        "/desk/letters/1",
        {**reading(signed_in(NOT_FOUND), BEHIND_THE_LOCK), "POST": signed_in(NOT_FOUND)},
    ),
    "/desk/messages": Route("/desk/messages", reading(signed_in(OK), BEHIND_THE_LOCK)),
    "/desk/messages/<int(max=999999999):message_id>": Route(
        "/desk/messages/1",
        {**reading(signed_in(NOT_FOUND), BEHIND_THE_LOCK), "POST": signed_in(NOT_FOUND)},
    ),
    "/desk/capacity": Route(
        "/desk/capacity",
        {**reading(managing(OK), BEHIND_THE_LOCK), "POST": managing(ASKED_AGAIN)},
        {"do": "rule", "starts": "9"},
    ),
    "/desk/terminals": Route(
        "/desk/terminals",
        {**reading(managing(OK), BEHIND_THE_LOCK), "POST": managing(ASKED_AGAIN)},
        {"do": "add"},
    ),
    "/desk/tickets": Route(
        "/desk/tickets",
        {**reading(signed_in(OK), BEHIND_THE_LOCK), "POST": signed_in(ASKED_AGAIN)},
        {"do": "call"},
    ),
    "/desk/roster": Route(
        "/desk/roster",
        {**reading(signed_in(OK), BEHIND_THE_LOCK), "POST": managing(ASKED_AGAIN)},
        {"do": "shift", "shift_starts": "9"},
    ),
    "/desk/roster/direct": Route(
        "/desk/roster/direct",
        {**reading(managing(OK), BEHIND_THE_LOCK), "POST": managing(ASKED_AGAIN)},
        {"do": "policy", "split": "everybody"},
    ),
    "/desk/office/": Route("/desk/office/", reading(managing(OK), BEHIND_THE_LOCK)),
    **{
        f"/desk/office/{subject}": Route(
            f"/desk/office/{subject}",
            {**reading(managing(OK), BEHIND_THE_LOCK), "POST": managing(ASKED_AGAIN)},
            {"do": act},
        )
        for subject, act in (
            ("hours", "week"),
            ("dates", "date"),
            ("lines", "line"),
            ("ladder", "ladder"),
            ("measures", "measure"),
            ("members", "add"),
            ("agreements", "open"),
        )
    },
    "/desk/office/reasons": Route(
        "/desk/office/reasons",
        {**reading(managing(OK), BEHIND_THE_LOCK), "POST": managing(OK)},
        {"do": "reasons", "reason": "Få ansatte"},
    ),
    "/desk/tasks": Route("/desk/tasks", reading(signed_in(OK), BEHIND_THE_LOCK)),
    "/desk/outbox": Route("/desk/outbox", reading(signed_in(OK), BEHIND_THE_LOCK)),
    "/desk/diary": Route("/desk/diary", reading(signed_in(OK), BEHIND_THE_LOCK)),
}
