"""What the signed-in doors have in common, in every state one can come to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from werkzeug.test import TestResponse

from nav_access.core.oidc_settings import OidcSettings
from nav_access.staff import service, sessions
from nav_access.staff.models import StaffMember
from nav_access.staff.provider.errors import ProviderDown
from nav_access.staff.provider.rules import Begun
from nav_access.staff.rules import code_at
from nav_access.staff.service import NewStaff
from nav_access.web.shared.installation import installation
from tests.desk_factory import add_staff
from tests.page import Page
from tests.pages import Visit, page_state

DOOR = {"languages": ("nb", "nn", "en"), "keeps_cookies": True}
COOKIES = {
    "/partner": "partner",
    "/contact-centre": "contact_centre",
    "/reports": "reports",
    "/admin": "admin",
}
_counter = count(1)
OIDC = OidcSettings(
    issuer="https://id.example",
    client_id="site",
    client_secret="of-the-tests-alone",
    acr=("high",),
    organisation_claim="organisation_number",
    scope="openid",
    doors=frozenset({"partner"}),
    organisations=frozenset(),
    public_url="https://access.example",
)


class Elsewhere:
    """A provider nobody gets to."""

    def begin(self, _return_to: str, _language: str, **_: bool) -> tuple[Begun, str]:
        return Begun("state", "nonce", "verifier"), "https://id.example/authorize?state=state"


class Down:
    """A provider that does not answer."""

    def begin(self, _return_to: str, _language: str, **_: bool) -> tuple[Begun, str]:
        raise ProviderDown


@contextmanager
def offered(visit: Visit, provider: object) -> Iterator[None]:
    """Let the site offer a provider of identities for a while."""
    here = visit.app.extensions["nav_access"]
    settings = replace(here.settings, oidc=OIDC)
    visit.app.extensions["nav_access"] = replace(here, settings=settings, provider=provider)
    try:
        yield
    finally:
        visit.app.extensions["nav_access"] = here


def sign_in(visit: Visit, door: str) -> TestResponse:
    """Open the page to sign in on."""
    return visit.client.get(f"{door}/sign-in?lang={visit.lang}", follow_redirects=True)


def refused(visit: Visit, door: str) -> TestResponse:
    """Come as somebody signed in who has no business at the door."""
    with visit.app.app_context():
        site = installation()
    with site.database.unit_of_work() as session:
        who = add_staff(session, f"Pia-{next(_counter)}", now=site.clock())
        token = sessions.start(session, who.staff_id, now=site.clock())
    visit.client.set_cookie(COOKIES[door], f"{visit.lang}.{token}", path=door)
    return visit.client.get(f"{door}/")


def press_provider(visit: Visit) -> TestResponse:
    """Press the button that leads to the provider."""
    shown = Page.read(sign_in(visit, "/partner"))
    return shown.form('form[action="/partner/sign-in/provider"]').submit(visit.client)


@page_state("partner, sign in", **DOOR)
def partner_sign_in(visit: Visit) -> TestResponse:
    return sign_in(visit, "/partner")


@page_state("partner, sign in, with a provider", **DOOR)
def partner_sign_in_with_provider(visit: Visit) -> TestResponse:
    with offered(visit, Elsewhere()):
        return sign_in(visit, "/partner")


@page_state("partner, on the way to the provider", **DOOR)
def partner_onward(visit: Visit) -> TestResponse:
    with offered(visit, Elsewhere()):
        sent = press_provider(visit)
    # A checker stays and looks at it.
    del sent.headers["Refresh"]
    return sent


@page_state("partner, the provider is down", **DOOR)
def partner_provider_down(visit: Visit) -> TestResponse:
    with offered(visit, Down()):
        return press_provider(visit)


@page_state("partner, the provider's answer to nobody", **DOOR)
def partner_answer(visit: Visit) -> TestResponse:
    with offered(visit, Elsewhere()):
        return visit.client.get("/partner/sign-in/answer")


@page_state("partner, not theirs", **DOOR)
def partner_refused(visit: Visit) -> TestResponse:
    return refused(visit, "/partner")


@page_state("contact centre, sign in", **DOOR)
def contact_centre_sign_in(visit: Visit) -> TestResponse:
    return sign_in(visit, "/contact-centre")


@page_state("contact centre, not theirs", **DOOR)
def contact_centre_refused(visit: Visit) -> TestResponse:
    return refused(visit, "/contact-centre")


@page_state("admin, sign in", **DOOR)
def admin_sign_in(visit: Visit) -> TestResponse:
    return sign_in(visit, "/admin")


@page_state("admin, not theirs", **DOOR)
def admin_refused(visit: Visit) -> TestResponse:
    return refused(visit, "/admin")


class Newcomer:
    """Somebody with credentials that were handed out, at the partners' door."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        with visit.app.app_context():
            self.site = installation()
        new = NewStaff(f"ny-{next(_counter)}@nav.no", "Nina Nilsen")
        self.email, self.now = new.email, self.site.clock()
        with self.site.database.unit_of_work() as session:
            self.given = service.add(
                session, new, actor="cli", keyring=self.site.keyring, now=self.now
            )

    def sign_in(self) -> TestResponse:
        """Sign in with what was handed out."""
        shown = Page.read(sign_in(self.visit, "/partner"))
        typed = {"email": self.email, "password": self.given.password}
        code = code_at(self.given.totp_secret, self.now)
        form = shown.form('form[action="/partner/sign-in"]').fill(**typed, code=code)
        return form.submit(self.visit.client)

    def choose(self, **typed: str) -> TestResponse:
        """Send the choice."""
        shown = Page.read(self.visit.client.get(self.sign_in().headers["Location"]))
        form = shown.form('form[action="/partner/sign-in/first"]')
        return form.fill(**typed).submit(self.visit.client)


@page_state("partner, first sign-in", **DOOR)
def partner_first(visit: Visit) -> TestResponse:
    return visit.client.get(Newcomer(visit).sign_in().headers["Location"])


@page_state("partner, first sign-in, sent empty", **DOOR)
def partner_first_empty(visit: Visit) -> TestResponse:
    return Newcomer(visit).choose()


@page_state("partner, first sign-in, with a wrong code", **DOOR)
def partner_first_wrong_code(visit: Visit) -> TestResponse:
    own = "tog kaffe elv ost"
    return Newcomer(visit).choose(password=own, again=own, code="000000")


@page_state("partner, first sign-in, too late", **DOOR)
def partner_first_too_late(visit: Visit) -> TestResponse:
    newcomer = Newcomer(visit)
    with newcomer.site.database.unit_of_work() as session:
        member = session.get_one(StaffMember, newcomer.given.staff_id)
        member.handed_out_until_utc = newcomer.now
    return newcomer.sign_in()
