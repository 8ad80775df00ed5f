"""Google: OpenID Connect. Who somebody is stands in a token that Google signs for one attempt."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel

from infrastructure.providers.asking import Asking, Attempt, Identity, Kept, refused
from infrastructure.settings import Settings
from schemas.people import OAuthProvider, SignInRefusal

LEEWAY_S = 60
"""How far Google's clock may differ from ours."""
_LONGEST_SUBJECT = 255


class _Metadata(BaseModel):
    """What Google says of itself, as OpenID Connect Discovery has it."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    authorization_response_iss_parameter_supported: bool = False


class Google:
    """Signs in by Google, or by another provider of OpenID Connect at its address."""

    name = OAuthProvider.GOOGLE

    def __init__(self, settings: Settings) -> None:
        """Take what Google knows this installation by."""
        self._issuer = str(settings.google_issuer).rstrip("/")
        self._asking = Asking(self.name, settings.google_client_id, settings.google_client_secret, "openid email")
        self._metadata = Kept(self._read_metadata)
        self._keys = Kept(self._read_keys)

    async def address(self, attempt: Attempt) -> str:
        """Say where to send a browser.

        Raises:
            DependencyDown: Google does not answer.
        """
        async with self._asking.session(attempt) as client:
            metadata = await self._metadata.get(client)
        return self._asking.address(metadata.authorization_endpoint, attempt, nonce=attempt.nonce)

    async def identity(self, attempt: Attempt, code: str, issuer: str | None) -> Identity:
        """Exchange a code for who somebody is.

        Raises:
            DependencyDown: Google does not answer, or nothing that can be used.
            SignInRefused: It does not confirm the code, or what it says is not for this attempt.
        """
        async with self._asking.session(attempt) as client:
            metadata = await self._metadata.get(client)
            # RFC 9207: an answer that another provider has sent is not exchanged here.
            if issuer != self._issuer and (issuer or metadata.authorization_response_iss_parameter_supported):
                raise refused(SignInRefusal.REFUSED)
            token = await self._asking.token(client, metadata.token_endpoint, attempt, code)
            keys = await self._keys.get(client)
            claims = self._claims(token, keys, attempt)
            if claims is None:
                claims = self._claims(token, await self._keys.get(client, other_than=keys), attempt)
        if claims is None:
            raise refused(SignInRefusal.REFUSED)
        email = claims.get("email")
        vouched = claims.get("email_verified") is True and isinstance(email, str)
        return Identity(claims["sub"], email if vouched else None)

    def _claims(self, token: dict[str, Any], keys: KeySet, attempt: Attempt) -> dict[str, Any] | None:
        """Read an id_token; None where it is signed with a key that is newer than those we know."""
        try:
            return self._checked(token, keys, attempt)
        except InvalidKeyIdError:
            return None
        except (JoseError, ValueError, TypeError, RecursionError) as error:
            raise refused(SignInRefusal.REFUSED) from error

    def _checked(self, token: dict[str, Any], keys: KeySet, attempt: Attempt) -> dict[str, Any]:
        """See that an id_token is signed by Google, for us, for this attempt, and not too old."""
        written = token["id_token"] if isinstance(token.get("id_token"), str) else ""
        read = jwt.decode(written, keys, algorithms=["RS256"])
        claims = CodeIDToken(
            read.claims,
            read.header,
            # Google may leave out the scheme of its own name.
            options={
                "iss": {"essential": True, "values": [self._issuer, self._issuer.removeprefix("https://")]},
                "aud": {"essential": True, "values": [self._asking.client_id]},
            },
            params={
                "nonce": attempt.nonce,
                "client_id": self._asking.client_id,
                "access_token": token["access_token"],
            },
        )
        claims.validate(leeway=LEEWAY_S)
        if claims["aud"] not in (self._asking.client_id, [self._asking.client_id]):
            raise ValueError("signed for others, too")
        if not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT or "\x00" in claims["sub"]:
            raise ValueError("not a name that can be kept")
        return dict(claims)

    async def _read_metadata(self, client: AsyncOAuth2Client) -> _Metadata:
        url = f"{self._issuer}/.well-known/openid-configuration"
        metadata = _Metadata.model_validate(await self._asking.read(client, url))
        scheme = urlsplit(self._issuer).scheme
        for address in (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri):
            if urlsplit(address).scheme not in {"https", scheme}:
                raise ValueError("an address there is not safe")
        if metadata.issuer != self._issuer:
            raise ValueError("it calls itself by another name")
        return metadata

    async def _read_keys(self, client: AsyncOAuth2Client) -> KeySet:
        metadata = await self._metadata.get(client)
        document = await self._asking.read(client, metadata.jwks_uri)
        try:
            return KeySet.import_key_set(document)
        except (JoseError, TypeError, KeyError, AttributeError) as error:
            raise ValueError("no keys") from error
