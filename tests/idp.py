"""Providers of identities for tests: real HTTP, real signatures, and as wicked or broken as a test wants them.

One server is both Google (OpenID Connect with discovery) and GitHub (OAuth 2, `/user`, `/user/emails`). It checks
what the real ones check: client, secret, redirect address, PKCE, and that a code is used once.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLIENT = {"google": ("google-client", "google secret"), "github": ("github-client", "github secret")}


@dataclass
class Person:
    """Who is signed in at the provider."""

    subject: str = "1001"
    email: str = "anna@example.org"
    verified: bool = True


@dataclass
class Misdeeds:
    """What the provider does that it should not."""

    claims: dict[str, Any] = field(default_factory=dict)
    """Claims of the id_token that are other than they should be; None leaves one out."""
    metadata: dict[str, Any] = field(default_factory=dict)
    """What it says of itself that is not so."""
    signed_by: str = ""
    """`stranger`: with another key; `none`: not at all; `secret`: with the public key as an HMAC secret."""
    hangs: str = ""
    """The path that is never answered."""
    fails: str = ""
    """The path that is answered with 500."""
    floods: str = ""
    """The path that is answered without end."""
    bombs: str = ""
    """The path that is answered with what unpacks to ten megabytes."""
    babbles: str = ""
    """The path that is answered with something that is no JSON."""


@dataclass
class Agreed:
    """What a code stands for."""

    client_id: str
    redirect_uri: str
    challenge: str
    nonce: str | None
    used: bool = False


class IdentityProvider:
    """A running server."""

    def __init__(self) -> None:
        self.url = ""
        self.rotate()
        self.reset()

    def reset(self) -> None:
        self.person = Person()
        self.misdeeds = Misdeeds()
        self.codes: dict[str, Agreed] = {}
        self.tokens: set[str] = set()
        self.asked: list[str] = []
        """Paths, in order."""

    def rotate(self) -> None:
        """Sign with another key from now on."""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._kid = secrets.token_hex(4)

    def settings(self) -> dict[str, str]:
        """What the studio is told of it."""
        return {
            "STUDIO_GOOGLE_ISSUER": self.url,
            "STUDIO_GOOGLE_CLIENT_ID": CLIENT["google"][0],
            "STUDIO_GOOGLE_CLIENT_SECRET": CLIENT["google"][1],
            "STUDIO_GITHUB_URL": self.url,
            "STUDIO_GITHUB_API_URL": f"{self.url}/api",
            "STUDIO_GITHUB_CLIENT_ID": CLIENT["github"][0],
            "STUDIO_GITHUB_CLIENT_SECRET": CLIENT["github"][1],
        }

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._misbehave])
        app.router.add_get("/.well-known/openid-configuration", self._metadata)
        app.router.add_get("/keys", self._keys)
        for path in ("/authorize", "/login/oauth/authorize"):
            app.router.add_get(path, self._authorize)
        app.router.add_post("/token", self._google_token)
        app.router.add_post("/login/oauth/access_token", self._github_token)
        app.router.add_get("/api/user", self._user)
        app.router.add_get("/api/user/emails", self._emails)
        return app

    @web.middleware
    async def _misbehave(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.asked.append(request.path)
        misdeeds = self.misdeeds
        if request.path == misdeeds.hangs:
            await asyncio.Event().wait()
        if request.path == misdeeds.fails:
            return web.Response(status=500, text="out of order")
        if request.path == misdeeds.babbles:
            return web.Response(text="[" * 100_000)
        if request.path == misdeeds.bombs:
            return web.Response(body=gzip.compress(b" " * 10_000_000), headers={"Content-Encoding": "gzip"})
        if request.path == misdeeds.floods:
            return await self._flood(request)
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _flood(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" " * 65536)

    async def _metadata(self, request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "response_types_supported": ["code"],
                **self.misdeeds.metadata,
            }
        )

    async def _keys(self, request: web.Request) -> web.Response:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return web.json_response({"keys": [{**key, "kid": self._kid, "use": "sig", "alg": "RS256"}]})

    async def _authorize(self, request: web.Request) -> web.Response:
        """Whoever comes agrees at once."""
        asked = request.query
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = Agreed(
            asked["client_id"], asked["redirect_uri"], asked["code_challenge"], asked.get("nonce")
        )
        back = urlencode({"code": code, "state": asked["state"]})
        return web.Response(status=302, headers={"Location": f"{asked['redirect_uri']}?{back}"})

    async def _exchanged(self, request: web.Request, provider: str) -> Agreed | None:
        form = await request.post()
        assert (form["client_id"], form["client_secret"]) == CLIENT[provider]
        agreed = self.codes.get(str(form["code"]))
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if agreed is None or agreed.used or agreed.client_id != form["client_id"]:
            return None
        agreed.used = True
        return agreed if (agreed.redirect_uri, agreed.challenge) == (form["redirect_uri"], challenge) else None

    async def _google_token(self, request: web.Request) -> web.Response:
        agreed = await self._exchanged(request, "google")
        if agreed is None:
            return web.json_response({"error": "invalid_grant"}, status=400)
        token = secrets.token_urlsafe(16)
        return web.json_response(
            {
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": 3599,
                "id_token": self._id_token(agreed, token),
            }
        )

    def _id_token(self, agreed: Agreed, token: str) -> str:
        now = int(time.time())
        half = hashlib.sha256(token.encode()).digest()[:16]
        claims = {
            "iss": self.url,
            "aud": agreed.client_id,
            "azp": agreed.client_id,
            "sub": self.person.subject,
            "email": self.person.email,
            "email_verified": self.person.verified,
            "nonce": agreed.nonce,
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            "iat": now,
            "exp": now + 3600,
            **self.misdeeds.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        headers = {"kid": self._kid}
        match self.misdeeds.signed_by:
            case "none":
                return jwt.encode(claims, "", algorithm="none", headers=headers)
            case "secret":
                return self._confused(claims)
            case "stranger":
                key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
                return jwt.encode(claims, key, algorithm="RS256", headers=headers)
        return jwt.encode(claims, self._key, algorithm="RS256", headers=headers)

    def _confused(self, claims: dict[str, Any]) -> str:
        """Sign with what everybody knows, in the hope that it is taken for a secret."""
        known = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT", "kid": self._kid}, claims)]
        text = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
        mac = base64.urlsafe_b64encode(hmac.digest(known, text, "sha256")).rstrip(b"=")
        return (text + b"." + mac).decode()

    async def _github_token(self, request: web.Request) -> web.Response:
        if await self._exchanged(request, "github") is None:
            return web.json_response({"error": "bad_verification_code"})  # with 200, as GitHub does
        token = secrets.token_urlsafe(16)
        self.tokens.add(token)
        return web.json_response({"access_token": token, "token_type": "bearer", "scope": "user:email"})

    def _is_known(self, request: web.Request) -> bool:
        return request.headers.get("Authorization", "").removeprefix("Bearer ") in self.tokens

    async def _user(self, request: web.Request) -> web.Response:
        if not self._is_known(request):
            return web.json_response({"message": "Bad credentials"}, status=401)
        return web.json_response({"id": int(self.person.subject), "login": "anna", "email": "public@example.net"})

    async def _emails(self, request: web.Request) -> web.Response:
        if not self._is_known(request):
            return web.json_response({"message": "Bad credentials"}, status=401)
        return web.json_response(
            [
                {"email": "old@example.net", "primary": False, "verified": True, "visibility": None},
                {"email": self.person.email, "primary": True, "verified": self.person.verified, "visibility": None},
            ]
        )


@asynccontextmanager
async def identity_provider() -> AsyncIterator[IdentityProvider]:
    """Serve on 127.0.0.1 and a free port."""
    idp = IdentityProvider()
    runner = web.AppRunner(idp.app(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    idp.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield idp
    finally:
        await runner.cleanup()
