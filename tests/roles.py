"""Who may do what: every address of the site, each method on it, each kind of person.

One table, read by the test of the whole matrix. An address that is not here fails that test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOBODY = "nobody"
CASEWORKER = "caseworker"
MANAGER = "manager"
STRANGER = "caseworker of another office"
CENTRE = "contact-centre caseworker"
ADMINISTRATOR = "administrator"
DISABLED = "disabled account"
ENDED = "ended session"
ROLES = (NOBODY, CASEWORKER, MANAGER, STRANGER, CENTRE, ADMINISTRATOR, DISABLED, ENDED)
SIGNED_IN = frozenset({CASEWORKER, MANAGER, STRANGER, CENTRE, ADMINISTRATOR})
AT_THE_OFFICE = frozenset({CASEWORKER, MANAGER})

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
    """What a post sends, beside a token made for the person's own browser."""

    def outcome(self, method: str, role: str) -> str:
        """Return what must happen."""
        found = self.methods.get(method)
        return found[role] if found else WRONG_METHOD


def everybody(outcome: str) -> Outcomes:
    """The same for all."""
    return dict.fromkeys(ROLES, outcome)


def signed_in(outcome: str) -> Outcomes:
    """For whoever is signed in; others sign in first."""
    return {role: outcome if role in SIGNED_IN else SIGN_IN for role in ROLES}


def at_the_office(outcome: str) -> Outcomes:
    """For those whose office has the case; to others who are signed in it does not exist."""
    return signed_in(NOT_FOUND) | dict.fromkeys(AT_THE_OFFICE, outcome)


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


BEHIND_THE_LOCK = signed_in(OK)

ROUTES: Mapping[str, Route] = {
    "/": page("/"),
    "/<lang>/": page("/en/"),
    "/<lang>/about": page("/en/about"),
    "/<lang>/accessibility": page("/en/accessibility"),
    "/<lang>/appointment": form("/en/appointment", {"slot": "1"}),
    "/<lang>/callback": form("/en/callback", {"slot": "any_today"}),
    "/<lang>/case": form("/en/case", {"code": "1234"}),
    "/<lang>/duty": page("/en/duty"),
    "/<lang>/help": form("/en/help", {"message": "Hei"}),
    "/<lang>/leave": Route("/en/leave", reading(everybody(DONE))),
    "/<lang>/offices": page("/en/offices?q=eikevik"),
    "/<lang>/offices/<slug:slug>": page("/en/offices/nav-eikevik"),
    "/<lang>/privacy": page("/en/privacy"),
    "/<lang>/rights": page("/en/rights"),
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
    "/desk/sign-in": Route(
        "/desk/sign-in",
        {
            **reading({role: DONE if role in SIGNED_IN else OK for role in ROLES}),
            "POST": everybody(ASKED_AGAIN),
        },
    ),
    "/desk/sign-out": Route(
        "/desk/sign-out", {"POST": everybody(SIGN_IN), "OPTIONS": BEHIND_THE_LOCK}
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
    "/desk/cases/<number>/booking": Route(
        "/desk/cases/{case}/booking",
        {**reading(at_the_office(OK), BEHIND_THE_LOCK), "POST": at_the_office(ASKED_AGAIN)},
        {"do": "book", "seen": "{version}"},
    ),
    "/desk/cases/<number>/protection": Route(
        "/desk/cases/{case}/protection",
        {**reading(signed_in(NOT_FOUND), BEHIND_THE_LOCK), "POST": signed_in(NOT_FOUND)},
        {"do": "protect", "protect_reason": "threatened", "seen": "{version}"},
    ),
    "/desk/protected": Route(
        "/desk/protected",
        {**reading(signed_in(OK), BEHIND_THE_LOCK), "POST": signed_in(ASKED_AGAIN)},
        {"number": "1"},
    ),
    "/desk/letters": Route("/desk/letters", reading(signed_in(OK), BEHIND_THE_LOCK)),
    "/desk/letters/<int:message_id>": Route(
        "/desk/letters/1",
        {**reading(signed_in(NOT_FOUND), BEHIND_THE_LOCK), "POST": signed_in(NOT_FOUND)},
    ),
    "/desk/capacity": Route(
        "/desk/capacity",
        {**reading(managing(OK), BEHIND_THE_LOCK), "POST": managing(ASKED_AGAIN)},
        {"do": "rule", "starts": "9"},
    ),
    "/desk/tasks": Route("/desk/tasks", reading(signed_in(OK), BEHIND_THE_LOCK)),
    "/desk/outbox": Route("/desk/outbox", reading(signed_in(OK), BEHIND_THE_LOCK)),
    "/desk/diary": Route("/desk/diary", reading(signed_in(OK), BEHIND_THE_LOCK)),
}
