"""GitHub: OAuth 2 without OpenID Connect. Who somebody is, is asked for with the token."""

from __future__ import annotations

from pydantic import BaseModel, TypeAdapter

from infrastructure.providers.asking import Asking, Attempt, Identity
from infrastructure.settings import Settings
from schemas.people import OAuthProvider


class _User(BaseModel):
    id: int
    """Never given to anybody else; the login may be."""


class _Email(BaseModel):
    email: str
    primary: bool
    verified: bool


_EMAILS = TypeAdapter(list[_Email])


class GitHub:
    """Signs in by GitHub."""

    name = OAuthProvider.GITHUB

    def __init__(self, settings: Settings) -> None:
        """Take what GitHub knows this installation by."""
        self._site = str(settings.github_url).rstrip("/")
        self._api = str(settings.github_api_url).rstrip("/")
        self._asking = Asking(self.name, settings.github_client_id, settings.github_client_secret, "user:email")

    async def address(self, attempt: Attempt) -> str:
        """Say where to send a browser."""
        return self._asking.address(f"{self._site}/login/oauth/authorize", attempt)

    async def identity(self, attempt: Attempt, code: str, issuer: str | None) -> Identity:  # noqa: ARG002
        """Exchange a code for who somebody is. GitHub does not say who it is when it sends a browser back.

        Raises:
            DependencyDown: GitHub does not answer, or nothing that can be used.
            SignInRefused: It does not confirm the code.
        """
        async with self._asking.session(attempt) as client:
            await self._asking.token(client, f"{self._site}/login/oauth/access_token", attempt, code)
            user = _User.model_validate(await self._asking.read(client, f"{self._api}/user", known=True))
            emails = _EMAILS.validate_python(await self._asking.read(client, f"{self._api}/user/emails", known=True))
        vouched = (one.email for one in emails if one.primary and one.verified)
        return Identity(str(user.id), next(vouched, None))
