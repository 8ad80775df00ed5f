"""How a provider is asked: within bounds of time, of size, and of how many ask at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from pydantic import SecretStr

from schemas.errors import DependencyDown, SignInRefused
from schemas.people import OAuthProvider, SignInRefusal

DEADLINE_S = 2.5
"""How long everything may take that a provider is asked for one request of ours: users get an answer within 3 s."""
LARGEST = 256 * 1024
"""Bytes of the longest answer that is read."""
MOST_AT_ONCE = 32
"""Of those who sign in by one provider: one that hangs holds no more of them, and nobody else."""
KEPT_S = 3600.0
"""How long is believed what a provider says of itself."""
_NOT_THEIRS = {"invalid_grant", "bad_verification_code"}
"""What providers answer to a code that was used before, is too old or was given to somebody else."""

T = TypeVar("T")


class Attempt(NamedTuple):
    """One attempt to sign in: chance by which its answer is known, but for the address."""

    redirect_uri: str
    """Where the browser comes back to."""
    state: str
    """Comes back with it: it is the answer to this attempt."""
    nonce: str
    """Stands in what the provider signs: it was signed for this attempt."""
    verifier: str
    """Shown with the code, after its hash was shown before: whoever else has the code cannot use it."""


class Identity(NamedTuple):
    """Who somebody is, as a provider says."""

    subject: str
    """The provider's own name for them, never given to anybody else."""
    email: str | None
    """Their address, if the provider has verified it."""


class Provider(Protocol):
    """A provider of identities."""

    @property
    def name(self) -> OAuthProvider:
        """Which one."""

    async def address(self, attempt: Attempt) -> str:
        """Say where to send a browser, so that somebody agrees to be known.

        Raises:
            DependencyDown: The provider does not answer.
        """

    async def identity(self, attempt: Attempt, code: str, issuer: str | None) -> Identity:
        """Exchange what the browser came back with for who they are.

        Args:
            attempt: That with which the browser was sent.
            code: What it came back with.
            issuer: Who it says has sent it back; None where it does not say.

        Raises:
            DependencyDown: The provider does not answer, or nothing that can be used.
            SignInRefused: It does not confirm the code, or what it says is not for this attempt.
        """


class Asking:
    """Asks one provider."""

    def __init__(self, name: OAuthProvider, client_id: str, secret: SecretStr | None, scope: str) -> None:
        """Take what the provider knows this installation by.

        Args:
            name: Of the provider.
            client_id: Our name there.
            secret: Our password there.
            scope: What somebody is asked to let us know.
        """
        self.client_id = client_id
        self._name = name
        self._secret = secret.get_secret_value() if secret is not None else ""
        self._scope = scope
        self._tls = httpx2.create_ssl_context()
        self._at_once = 0

    def address(self, endpoint: str, attempt: Attempt, **more: str) -> str:
        """Write the address at which somebody agrees, with the hash of the verifier in it."""
        url, _ = self._client(attempt).create_authorization_url(
            endpoint, state=attempt.state, code_verifier=attempt.verifier, **more
        )
        return str(url)

    @asynccontextmanager
    async def session(self, attempt: Attempt) -> AsyncIterator[AsyncOAuth2Client]:
        """Ask within the bounds: whatever goes wrong with the provider's answers ends as one of two errors.

        Raises:
            DependencyDown: It does not answer, in time and with something that can be used.
            SignInRefused: It does not confirm the code.
        """
        if self._at_once >= MOST_AT_ONCE:
            raise DependencyDown(f"{MOST_AT_ONCE} wait for {self._name} already.")
        self._at_once += 1
        try:
            async with asyncio.timeout(DEADLINE_S), self._client(attempt) as client:
                yield client
        except OAuthError as error:
            if error.error in _NOT_THEIRS:
                raise refused(SignInRefusal.REFUSED) from error
            raise DependencyDown(f"{self._name} refuses us: {str(error)[:200]}") from error
        except (TimeoutError, httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as error:
            raise DependencyDown(f"{self._name} gave no answer that can be used: {type(error).__name__}") from error
        finally:
            self._at_once -= 1

    async def token(self, client: AsyncOAuth2Client, endpoint: str, attempt: Attempt, code: str) -> dict[str, Any]:
        """Exchange a code, with the verifier, for a token that `read` sends from then on."""
        token = await client.fetch_token(
            endpoint, grant_type="authorization_code", code=code, code_verifier=attempt.verifier
        )
        if not isinstance(token.get("access_token"), str):
            raise ValueError("no access token")
        return dict(token)

    async def read(self, client: AsyncOAuth2Client, url: str, *, known: bool = False) -> Any:
        """Read a JSON document of the provider.

        Args:
            client: Of this session.
            url: Where it is.
            known: Whether to send the token.
        """
        response = await client.request("GET", url, withhold_token=not known)
        response.raise_for_status()
        return response.json()

    def _client(self, attempt: Attempt) -> AsyncOAuth2Client:
        # Each its own: it holds a token. What is dear to make, certificates of authorities, is made once.
        return AsyncOAuth2Client(
            self.client_id,
            self._secret,
            token_endpoint_auth_method="client_secret_post",
            scope=self._scope,
            redirect_uri=attempt.redirect_uri,
            code_challenge_method="S256",
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "ai-film-studio"},
            verify=self._tls,
            timeout=DEADLINE_S,
            follow_redirects=False,
            event_hooks={"response": [_bound]},
        )


class Kept(Generic[T]):
    """Something that a provider says of itself, asked for once an hour."""

    def __init__(self, fetch: Callable[[AsyncOAuth2Client], Awaitable[T]]) -> None:
        self._fetch = fetch
        self._lock = asyncio.Lock()
        self._found: tuple[float, T] | None = None

    async def get(self, client: AsyncOAuth2Client, *, other_than: T | None = None) -> T:
        """Say it, or ask.

        Args:
            client: Of this session.
            other_than: What was said and is out of date.
        """
        async with self._lock:
            if self._found is None or time.monotonic() - self._found[0] > KEPT_S or self._found[1] is other_than:
                self._found = time.monotonic(), await self._fetch(client)
            return self._found[1]


class _Counted(httpx2.AsyncByteStream):
    """The body of an answer, up to where it is too long."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = LARGEST
        async for part in self._stream:
            left -= len(part)
            if left < 0:
                raise ValueError("the answer is too long")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _bound(response: httpx2.Response) -> None:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ValueError("the answer is compressed, though that was not asked for")
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = _Counted(response.stream)


def refused(why: SignInRefusal) -> SignInRefused:
    """Say that nobody is signed in, and why."""
    return SignInRefused(f"Nobody was signed in: {why}.", reason=why.value)
