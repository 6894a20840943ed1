"""Every claim of an ID token is looked at, and who signed it."""

from datetime import UTC, datetime

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from nav_access.core.oidc_settings import OidcSettings
from nav_access.staff.provider.errors import IdentityRefused, Why
from nav_access.staff.provider.openid import OpenIdProvider
from nav_access.staff.provider.rules import Begun, read_organisation

ISSUER = "https://id.example"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
BEGUN = Begun("state", "nonce", "verifier")
SECRET = "a-secret-of-the-tests-alone-123456"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "one"})
SETTINGS = OidcSettings(
    issuer=ISSUER,
    client_id="site",
    client_secret=SECRET,
    acr=("high",),
    organisation_claim="organisation_number",
    scope="openid",
    doors=frozenset({"partner"}),
    organisations=frozenset(),
    public_url="https://access.example",
)


class Published:
    """What the provider publishes, without asking it."""

    asked_again = 0

    def metadata(self):
        return {}

    def keys(self, *, is_unknown=False):
        self.asked_again += is_unknown
        return {"keys": [KEY.as_dict(private=False)]}


def read(key=KEY, header=None, **changes):
    """Return the claims of a token with these changes, as the provider's answer brings it."""
    at = int(NOW.timestamp())
    claims = {
        "iss": ISSUER,
        "sub": "petra",
        "aud": "site",
        "iat": at,
        "exp": at + 60,
        "nonce": "nonce",
    }
    kept = {name: value for name, value in (claims | changes).items() if value is not None}
    chosen = header or {"alg": "RS256", "kid": "one"}
    provider = OpenIdProvider(SETTINGS)
    provider._documents = Published()
    token = jwt.encode(chosen, kept, key, algorithms=["RS256", "HS256"])
    return provider._read_claims({"id_token": token, "access_token": "x"}, BEGUN, NOW)


def test_a_good_token_is_read():
    assert read()["sub"] == "petra"
    assert read(aud=["site"])["sub"] == "petra"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"iss": "https://evil.example"}, Why.ISSUER),
        ({"iss": None}, Why.ISSUER),
        ({"aud": "another"}, Why.AUDIENCE),
        ({"aud": None}, Why.AUDIENCE),
        ({"aud": ["site", "another"], "azp": "another"}, Why.AUDIENCE),
        ({"nonce": "another"}, Why.NONCE),
        ({"nonce": None}, Why.NONCE),
        ({"exp": int(NOW.timestamp()) - 61}, Why.TOKEN),
        ({"exp": None}, Why.TOKEN),
        ({"sub": None}, Why.TOKEN),
        ({"iat": int(NOW.timestamp()) + 3600}, Why.TOKEN),
        ({"at_hash": "another"}, Why.TOKEN),
    ],
)
def test_a_claim_that_is_wrong_or_missing(changes, why):
    with pytest.raises(IdentityRefused) as fact:
        read(**changes)
    assert fact.value.why is why


@pytest.mark.parametrize(
    ("key", "header"),
    [(OTHER, {"alg": "RS256", "kid": "one"}), (OctKey.import_key(SECRET), {"alg": "HS256"})],
)
def test_only_the_providers_own_signature_counts(key, header):
    with pytest.raises(IdentityRefused):
        read(key, header)


def test_a_key_need_not_be_named():
    assert read(KEY, {"alg": "RS256"})["sub"] == "petra"


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])
def test_what_is_no_token_is_refused(text):
    provider = OpenIdProvider(SETTINGS)
    provider._documents = Published()
    with pytest.raises(IdentityRefused):
        provider._read_claims({"id_token": text}, BEGUN, NOW)
    assert provider._documents.asked_again == 1


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("912345678", "912345678"),
        ("0192:912345678", "912345678"),
        ("912 345 678", "912345678"),
        (912345678, "912345678"),
        ("91234567", None),
        ("NO912345678", None),
        (None, None),
        ({"a": 1}, None),
    ],
)
def test_an_organisation_number_is_read(said, number):
    assert read_organisation(said) == number
