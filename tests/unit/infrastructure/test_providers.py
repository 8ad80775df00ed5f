"""Providers of identities, against a server of our own on 127.0.0.1."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from infrastructure.providers import asking, offered
from infrastructure.providers.asking import DEADLINE_S, Attempt, Identity, Provider
from infrastructure.settings import Settings
from schemas.errors import DependencyDown, SignInRefused
from tests.idp import IdentityProvider, Misdeeds, identity_provider

ATTEMPT = Attempt("http://studio.test/back", "s" * 43, "n" * 43, "v" * 43)


@pytest.fixture
async def idp() -> AsyncIterator[IdentityProvider]:
    async with identity_provider() as opened:
        yield opened


def _providers(idp: IdentityProvider, **more: Any) -> tuple[Provider, ...]:
    settings = {name.removeprefix("STUDIO_").lower(): value for name, value in idp.settings().items()}
    return tuple(offered(Settings(**settings | more)))


async def _code(provider: Provider, attempt: Attempt = ATTEMPT) -> str:
    async with (
        aiohttp.ClientSession() as client,
        client.get(await provider.address(attempt), allow_redirects=False) as answer,
    ):
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


def test_users_hear_within_three_seconds() -> None:
    assert DEADLINE_S < 3


async def test_both_say_who_somebody_is(idp: IdentityProvider) -> None:
    for provider in _providers(idp):
        assert await provider.identity(ATTEMPT, await _code(provider), None) == Identity("1001", "anna@example.org")
    idp.person.verified = False
    for provider in _providers(idp):
        assert await provider.identity(ATTEMPT, await _code(provider), None) == Identity("1001", None)


async def test_only_the_hash_of_the_verifier_and_no_secret_goes_through_the_browser(idp: IdentityProvider) -> None:
    for provider in _providers(idp):
        address = await provider.address(ATTEMPT)
        assert ATTEMPT.verifier not in address
        assert "secret" not in address
        asked = parse_qs(urlsplit(address).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert asked["state"] == [ATTEMPT.state]
        assert asked.get("nonce", [ATTEMPT.nonce]) == [ATTEMPT.nonce]


async def test_a_code_needs_its_own_verifier(idp: IdentityProvider) -> None:
    for provider in _providers(idp):
        code = await _code(provider)
        with pytest.raises(SignInRefused):
            await provider.identity(ATTEMPT._replace(verifier="w" * 43), code, None)


async def test_what_was_signed_for_another_attempt_is_refused(idp: IdentityProvider) -> None:
    google, _ = _providers(idp)
    code = await _code(google)
    with pytest.raises(SignInRefused):
        await google.identity(ATTEMPT._replace(nonce="m" * 43), code, None)


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.test"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": "ftp://keys.test"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": 7},
    ],
    ids=str,
)
async def test_what_a_provider_says_of_itself_must_be_so(idp: IdentityProvider, metadata: dict[str, Any]) -> None:
    idp.misdeeds = Misdeeds(metadata=metadata)
    google, _ = _providers(idp)
    with pytest.raises(DependencyDown):
        await google.address(ATTEMPT)


async def test_who_promises_to_say_who_it_is_must_say_so(idp: IdentityProvider) -> None:
    """RFC 9207."""
    idp.misdeeds = Misdeeds(metadata={"authorization_response_iss_parameter_supported": True})
    google, _ = _providers(idp)
    for issuer in (None, "", "https://evil.test"):
        with pytest.raises(SignInRefused):
            await google.identity(ATTEMPT, await _code(google), issuer)
    assert (await google.identity(ATTEMPT, await _code(google), idp.url)).subject == "1001"


@pytest.mark.parametrize("misdeed", ["hangs", "fails", "floods", "bombs", "babbles"])
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys"])
async def test_a_broken_provider_is_away_and_comes_back(
    idp: IdentityProvider, misdeed: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    google, _ = _providers(idp)
    if path == "/keys":
        code = await _code(google)
    setattr(idp.misdeeds, misdeed, path)
    with monkeypatch.context() as patched:
        if misdeed == "hangs":
            patched.setattr(asking, "DEADLINE_S", 0.5)
        with pytest.raises(DependencyDown):
            await (google.identity(ATTEMPT, code, None) if path == "/keys" else google.address(ATTEMPT))
    idp.misdeeds = Misdeeds()
    assert (await google.identity(ATTEMPT, await _code(google), None)).subject == "1001"


async def test_what_it_says_of_itself_is_asked_for_once(idp: IdentityProvider) -> None:
    google, _ = _providers(idp)
    await asyncio.gather(*(google.address(ATTEMPT) for _ in range(20)))
    for _ in range(3):
        await google.identity(ATTEMPT, await _code(google), None)
    assert idp.asked.count("/.well-known/openid-configuration") == idp.asked.count("/keys") == 1


async def test_no_more_than_so_many_ask_at_once(idp: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    google, github = _providers(idp)
    monkeypatch.setattr(asking, "MOST_AT_ONCE", 4)
    codes = [await _code(google) for _ in range(10)]
    idp.misdeeds.hangs = "/token"
    told = await asyncio.gather(*(google.identity(ATTEMPT, code, None) for code in codes), return_exceptions=True)
    assert {type(one) for one in told} == {DependencyDown}
    assert idp.asked.count("/token") == 4
    assert (await github.identity(ATTEMPT, await _code(github), None)).subject == "1001"
    idp.misdeeds.hangs = ""
    assert (await google.identity(ATTEMPT, await _code(google), None)).subject == "1001"
