"""Logging in by a login service: OpenID Connect, code flow with PKCE, state and nonce.

Authlib knows the protocol, joserfc the signatures, httpx carries the requests. (Authlib's own
client for httpx announces its end, so only its pure parts are used.)
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
from authlib.oauth2.auth import ClientAuth  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped]
    prepare_grant_uri,
    prepare_token_request,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kpbot.desk.login_oidc_http import (
    NotConfirmed,
    ServiceAway,
    checked,
    get,
    new_client,
    send,
)

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
"""Signatures that are believed: none with a shared secret, and never none at all."""
_SCOPE = "openid email"
_LEEWAY_SECONDS = 60
"""How far the clocks of two machines may be apart."""
_KEPT = timedelta(hours=1)
"""How long what the service publishes about itself is believed."""
_KEYS_AT_MOST_EVERY = timedelta(minutes=1)
"""How often keys are fetched anew because a signature names one we do not know."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The login service and who we are to it."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    """Empty: a public client, proven by PKCE alone."""
    name: str = ""
    """What the button says: "Log in with …"."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the login service says it is."""

    subject: str
    """The service and its subject as one name, 64 characters."""
    email: str | None
    """The address, if the service has verified it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to log in: all that must not be guessed comes from one secret in a cookie.

    The browser that began is the only one that can finish, and nothing is kept here meanwhile.
    """

    secret: str

    @classmethod
    def new(cls) -> Attempt:
        """An attempt with 256 bits nobody knows."""
        return cls(secrets.token_urlsafe(32))

    @property
    def state(self) -> str:
        """What must come back in the address."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """What must come back in the signed token."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """What proves that who fetches the token is who began."""
        return self._derived("verifier")

    def _derived(self, purpose: str) -> str:
        made = hmac.digest(self.secret.encode(), purpose.encode(), hashlib.sha256)
        return urlsafe_b64encode(made).rstrip(b"=").decode()


class LoginService:
    """Talks to the login service; what it publishes about itself is fetched once an hour."""

    def __init__(
        self, settings: OidcSettings, callback: str, clock: Callable[[], datetime]
    ) -> None:
        """Nothing is fetched before the first login; `callback`: our address it sends people to."""
        self.name = settings.name
        self._settings = settings
        self._issuer = settings.issuer.rstrip("/")
        self._callback = callback
        self._clock = clock
        self._metadata: tuple[datetime, Mapping[str, Any]] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    async def address(self, attempt: Attempt) -> str:
        """Where the browser is sent. Raises ServiceAway."""
        async with new_client() as client:
            metadata = await self._published(client)
        address: str = prepare_grant_uri(
            metadata["authorization_endpoint"],
            client_id=self._settings.client_id,
            response_type="code",
            redirect_uri=self._callback,
            scope=_SCOPE,
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
        return address

    async def identify(self, attempt: Attempt, answer: Mapping[str, str]) -> Identity:
        """Who came back; `answer`: the query of our address. Raises ServiceAway, NotConfirmed."""
        if not hmac.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise NotConfirmed("state")
        if "error" in answer or not answer.get("code"):
            raise NotConfirmed("denied")
        async with new_client() as client:
            metadata = await self._published(client)
            if answer.get("iss", metadata["issuer"]) != metadata["issuer"]:
                raise NotConfirmed("mixed_up")
            token = await self._fetch_token(client, metadata, attempt, answer["code"])
            claims = await self._claims(client, metadata, attempt, token)
            told = claims
            if "email" not in claims:
                told = await self._userinfo(client, metadata, token, claims)
        email = told.get("email")
        is_verified = told.get("email_verified") is True and isinstance(email, str)
        name = f"{metadata['issuer']}\n{claims['sub']}"
        return Identity(hashlib.sha256(name.encode()).hexdigest(), email if is_verified else None)

    async def _published(self, client: httpx.AsyncClient) -> Mapping[str, Any]:
        now = self._clock()
        if self._metadata is not None and now - self._metadata[0] < _KEPT:
            return self._metadata[1]
        address = f"{self._issuer}/.well-known/openid-configuration"
        metadata = await get(client, checked(address))
        if str(metadata.get("issuer", "")).rstrip("/") != self._issuer:
            raise ServiceAway("wrong_issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            checked(metadata.get(name))
        self._metadata = (now, metadata)
        return metadata

    async def _fetch_token(
        self, client: httpx.AsyncClient, metadata: Mapping[str, Any], attempt: Attempt, code: str
    ) -> Mapping[str, Any]:
        body = prepare_token_request(
            "authorization_code",
            code=code,
            redirect_uri=self._callback,
            code_verifier=attempt.verifier,
        )
        kinds = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = "client_secret_basic" in kinds
        kind = "client_secret_basic" if basic else "client_secret_post"
        settings = self._settings
        auth = ClientAuth(
            settings.client_id, settings.client_secret, kind if settings.client_secret else "none"
        )
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "accept": "application/json",
        }
        address, headers, body = auth.prepare("POST", metadata["token_endpoint"], headers, body)
        request = client.build_request("POST", address, headers=headers, content=body)
        return await send(client, request)

    async def _claims(
        self,
        client: httpx.AsyncClient,
        metadata: Mapping[str, Any],
        attempt: Attempt,
        token: Mapping[str, Any],
    ) -> Mapping[str, Any]:
        """What the signed token says, when all of it holds. Raises NotConfirmed."""
        signed = token.get("id_token")
        if not isinstance(signed, str):
            raise NotConfirmed("no_id_token")
        try:
            decoded = await self._decoded(client, metadata, signed)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                {
                    "iss": {"essential": True, "value": metadata["issuer"]},
                    "aud": {"essential": True, "value": self._settings.client_id},
                },
                {
                    "nonce": attempt.nonce,
                    "client_id": self._settings.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(int(self._clock().timestamp()), _LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise NotConfirmed(type(error).__name__) from None
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise NotConfirmed("sub")
        return dict(claims)

    async def _decoded(
        self, client: httpx.AsyncClient, metadata: Mapping[str, Any], signed: str
    ) -> jwt.Token:
        """The token, its signature checked; keys are fetched anew where one is unknown."""
        keys = await self._current_keys(client, metadata, not_older_than=_KEPT)
        try:
            return jwt.decode(signed, keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            fresh = await self._current_keys(client, metadata, not_older_than=_KEYS_AT_MOST_EVERY)
            if fresh is keys:
                raise
            return jwt.decode(signed, fresh, algorithms=ALGORITHMS)

    async def _current_keys(
        self, client: httpx.AsyncClient, metadata: Mapping[str, Any], not_older_than: timedelta
    ) -> KeySet:
        now = self._clock()
        if self._keys is not None and now - self._keys[0] < not_older_than:
            return self._keys[1]
        published = await get(client, metadata["jwks_uri"])
        try:
            keys = KeySet.import_key_set(published)  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError):
            raise ServiceAway("keys") from None
        self._keys = (now, keys)
        return keys

    async def _userinfo(
        self,
        client: httpx.AsyncClient,
        metadata: Mapping[str, Any],
        token: Mapping[str, Any],
        claims: Mapping[str, Any],
    ) -> Mapping[str, Any]:
        """More about the same subject, where the signed token holds only that."""
        address, access = metadata.get("userinfo_endpoint"), token.get("access_token")
        if address is None or not isinstance(access, str):
            return {}
        headers = {"authorization": f"Bearer {access}"}
        request = client.build_request("GET", checked(address), headers=headers)
        more = await send(client, request)
        if more.get("sub") != claims["sub"]:
            raise NotConfirmed("userinfo")
        return more
