"""OpenID Connect by Authlib: authorisation code with PKCE, and every claim looked at.

Loaded by the factory alone, and only where a provider is configured: Authlib and joserfc cost a
quarter of a second at the start and some megabytes, which sites without a provider never pay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode

from authlib.common.security import generate_token
from authlib.oauth2 import OAuth2Client, OAuth2Error
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwk import KeySet

from nav_access.core.oidc_settings import OidcSettings
from nav_access.staff.provider.documents import Documents
from nav_access.staff.provider.errors import IdentityRefused, ProviderDown, Why
from nav_access.staff.provider.fetching import ask, get
from nav_access.staff.provider.rules import Begun, Identity, read_organisation

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "Ed25519"]
"""Signed with a key only the provider has: never `none`, never one made of our own secret."""
LEEWAY_S = 60
_MOST_SUBJECT = 255
_WHY = {"iss": Why.ISSUER, "aud": Why.AUDIENCE, "azp": Why.AUDIENCE, "nonce": Why.NONCE}


class OpenIdProvider:
    """The provider of the settings."""

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._documents = Documents(settings.issuer)

    def begin(self, return_to: str, language: str, *, is_anew: bool = False) -> tuple[Begun, str]:
        """Return what to remember, and the address to send the browser to."""
        begun = Begun(generate_token(40), generate_token(40), generate_token(64))
        address, _ = self._client(return_to).create_authorization_url(
            self._documents.metadata()["authorization_endpoint"],
            state=begun.state,
            nonce=begun.nonce,
            code_verifier=begun.verifier,
            acr_values=" ".join(self._settings.acr),
            ui_locales=language,
            # A session that lives on at the provider would give the same answer for ever.
            **({"prompt": "login"} if is_anew else {}),
        )
        return begun, address

    def finish(
        self, answer: Mapping[str, str], begun: Begun, return_to: str, *, now: datetime
    ) -> Identity:
        """Return whom the answer vouches for, when all of it holds."""
        token = self._exchange(self._read_code(answer, begun), begun, return_to)
        claims = self._read_claims(token, begun, now)
        if claims.get("acr") not in self._settings.acr:
            raise IdentityRefused(Why.LEVEL)
        said = self._complete(claims, token)
        return Identity(
            issuer=self._settings.issuer,
            subject=_read_subject(claims),
            email=_read_email(said),
            organisation=read_organisation(said.get(self._settings.organisation_claim)),
        )

    def find_sign_out(self, return_to: str) -> str | None:
        """Return the provider's own address for signing out, coming back here; None without."""
        try:
            address = self._documents.metadata().get("end_session_endpoint")
        except ProviderDown:
            return None
        if not isinstance(address, str):
            return None
        asked = {"client_id": self._settings.client_id, "post_logout_redirect_uri": return_to}
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    def _client(self, return_to: str) -> Any:
        methods = self._documents.metadata().get("token_endpoint_auth_methods_supported")
        is_basic = not methods or "client_secret_basic" in methods
        return OAuth2Client(
            _Session(),
            self._settings.client_id,
            self._settings.client_secret,
            token_endpoint_auth_method="client_secret_basic" if is_basic else "client_secret_post",
            scope=self._settings.scope,
            redirect_uri=return_to,
            code_challenge_method="S256",
        )

    def _read_code(self, answer: Mapping[str, str], begun: Begun) -> str:
        """Return the code in the answer, which must be to what this browser asked."""
        if not compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise IdentityRefused(Why.STATE)
        if answer.get("iss", self._settings.issuer) != self._settings.issuer:
            raise IdentityRefused(Why.ISSUER)
        if "error" in answer or not answer.get("code"):
            raise IdentityRefused(Why.CANCELLED)
        return answer["code"]

    def _exchange(self, code: str, begun: Begun, return_to: str) -> Mapping[str, Any]:
        """Return the tokens the code is good for; it is good once."""
        try:
            token: Mapping[str, Any] = self._client(return_to).fetch_token(
                self._documents.metadata()["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=begun.verifier,
                redirect_uri=return_to,
            )
        except OAuth2Error as error:
            raise IdentityRefused(Why.CODE) from error
        except ValueError as error:
            raise ProviderDown from error
        return token

    def _read_claims(
        self, token: Mapping[str, Any], begun: Begun, now: datetime
    ) -> Mapping[str, Any]:
        """Return what the ID token says, once its signature and every claim hold."""
        signed = self._verify(str(token.get("id_token", "")))
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            options={
                "iss": {"essential": True, "value": self._settings.issuer},
                "aud": {"essential": True, "value": self._settings.client_id},
            },
            params={
                "nonce": begun.nonce,
                "client_id": self._settings.client_id,
                "access_token": token.get("access_token"),
            },
        )
        try:
            claims.validate(int(now.timestamp()), LEEWAY_S)
        except (InvalidClaimError, MissingClaimError) as fact:
            raise IdentityRefused(_WHY.get(fact.claim, Why.TOKEN)) from fact
        except JoseError as fact:
            raise IdentityRefused(Why.TOKEN) from fact
        return dict(claims)

    def _verify(self, text: str) -> Any:
        """Check the signature; a key we do not know may be a new one."""
        for is_unknown in (False, True):
            keys = KeySet.import_key_set(self._documents.keys(is_unknown=is_unknown))  # type: ignore[arg-type]  # as published
            try:
                return jwt.decode(text, keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError) as error:
                found = error
        raise IdentityRefused(Why.TOKEN) from found

    def _complete(self, claims: Mapping[str, Any], token: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the claims, with what the provider tells only when it is asked once more."""
        address = self._documents.metadata().get("userinfo_endpoint")
        has_all = "email" in claims and self._settings.organisation_claim in claims
        if has_all or not address or not token.get("access_token"):
            return claims
        told = get(str(address), {"Authorization": f"Bearer {token['access_token']}"})
        if told.get("sub") != claims.get("sub"):
            raise IdentityRefused(Why.TOKEN)
        return {**told, **claims}


@dataclass(frozen=True)
class _Answer:
    """An answer as Authlib reads it."""

    status_code: int
    found: Mapping[str, Any]

    def json(self) -> Mapping[str, Any]:
        return self.found

    def raise_for_status(self) -> None:
        raise ProviderDown


class _Session:
    """Authlib's way out, by the one way we ask."""

    def post(
        self, url: str, *, data: Mapping[str, str], headers: Mapping[str, str], auth: Any
    ) -> _Answer:
        address, signed, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return _Answer(*ask(address, body=body.encode(), headers=signed))


def _read_subject(claims: Mapping[str, Any]) -> str:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _MOST_SUBJECT:
        raise IdentityRefused(Why.TOKEN)
    return subject


def _read_email(said: Mapping[str, Any]) -> str | None:
    """Return the e-mail address, when the provider says that it is the person's own."""
    email = said.get("email")
    is_verified = said.get("email_verified") in (True, "true")
    return email if isinstance(email, str) and is_verified else None
