"""Signing in by Google and GitHub, over HTTP, with a provider of our own that can be wicked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from accounts.oauth_state import LASTS, Seal
from infrastructure.settings import Settings
from schemas.people import OAuthProvider
from tests.api.conftest import SECRET, serving
from tests.api.people import PASSWORD, Studio, problem
from tests.idp import IdentityProvider, Misdeeds, Person, identity_provider

pytestmark = pytest.mark.lab
ANNA = "anna@example.org"
BOTH = pytest.mark.parametrize("provider", ["google", "github"])
SITE = "http://studio.test"
HELD = "__Host-studio-leaving"


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[IdentityProvider]:
    async with identity_provider() as opened:
        yield opened


@pytest.fixture(scope="module")
def environment(environment: dict[str, str], server: IdentityProvider) -> dict[str, str]:
    return environment | server.settings()


@pytest.fixture(scope="module")
def address(environment: dict[str, str], log: Path) -> Iterator[str]:
    with serving(environment, log) as url:
        yield url


@pytest.fixture
def idp(server: IdentityProvider) -> IdentityProvider:
    server.reset()
    return server


class Browser:
    """A browser: it keeps cookies, and shows where it is sent."""

    def __init__(self, studio: Studio) -> None:
        self.client = studio.client()
        self.cookies: dict[str, str] = {}

    async def get(self, path: str, **more: Any) -> httpx.Response:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = await self.client.get(path, headers={"Cookie": cookie} if cookie else {}, **more)
        for line in answer.headers.get_list("set-cookie"):
            assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(line.split("; "))
            ((name, morsel),) = SimpleCookie(line).items()
            self.cookies[name] = morsel.value
            if morsel["max-age"] == "0":
                del self.cookies[name]
        return answer

    async def leave(self, provider: str, path: str | None = None) -> str:
        """Go to a provider and agree; return where it sends the browser back to."""
        answer = await self.get(f"/auth/oauth/{provider}/start", params={} if path is None else {"next": path})
        assert answer.status_code == 303, answer.text
        async with httpx.AsyncClient() as client:
            agreed = await client.get(answer.headers["location"])
        back = agreed.headers["location"]
        assert back.startswith(f"{SITE}/api/v1/auth/oauth/{provider}/callback?")
        return str(back)

    async def come_back(self, back: str) -> str:
        """Follow a provider's answer; return where the studio sends the browser."""
        parts = urlsplit(back)
        answer = await self.get(f"{parts.path.removeprefix('/api/v1')}?{parts.query}")
        assert answer.status_code == 303, answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        return str(answer.headers["location"])

    async def sign_in(self, provider: str, path: str | None = None) -> str:
        return await self.come_back(await self.leave(provider, path))

    async def me(self) -> httpx.Response:
        return await self.get("/auth/me")


def refused(where: str, reason: str) -> None:
    assert where == f"{SITE}/login#error={reason}"


def replaced(back: str, **values: str) -> str:
    """Change parameters of an address."""
    parts = urlsplit(back)
    query = {name: found[0] for name, found in parse_qs(parts.query).items()} | values
    return parts._replace(query=urlencode({name: value for name, value in query.items() if value})).geturl()


async def _fetch(studio: Studio, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(studio.settings.database_url.get_secret_value())
    found: list[asyncpg.Record] = await connection.fetch(statement)
    await connection.close()
    return found


@BOTH
async def test_somebody_new_signs_in_and_again(studio: Studio, idp: IdentityProvider, provider: str) -> None:
    browser = Browser(studio)
    assert await browser.sign_in(provider, "/projects/1?tab=shots") == f"{SITE}/projects/1?tab=shots"
    account = (await browser.me()).json()
    assert (account["email"], account["tier"]) == (ANNA, "free")
    assert HELD not in browser.cookies
    idp.person.email = "other@example.org"  # the subject is who somebody is; an address may change
    again = Browser(studio)
    assert await again.sign_in(provider) == f"{SITE}/"
    assert (await again.me()).json() == account
    (linked,) = (await again.get("/auth/oauth")).json()
    assert (linked["provider"], linked["email"]) == (provider, "other@example.org")


async def test_only_providers_that_know_the_studio_are_offered(
    studio: Studio, environment: dict[str, str], tmp_path: Path
) -> None:
    told = (await studio.client().get("/auth/providers")).json()
    assert told == [{"provider": name, "start": f"/api/v1/auth/oauth/{name}/start"} for name in ("google", "github")]
    problem(await studio.client().get("/auth/oauth/myspace/start"), 404)
    problem(await studio.client().get("/auth/oauth/myspace/callback?state=a&code=b"), 404)
    nowhere = {"STUDIO_GITHUB_CLIENT_ID": "", "STUDIO_GOOGLE_ISSUER": "http://127.0.0.1:9"}
    with serving(environment | nowhere, tmp_path / "log") as url:
        async with httpx.AsyncClient(base_url=f"{url}/api/v1") as client:
            assert [one["provider"] for one in (await client.get("/auth/providers")).json()] == ["google"]
            problem(await client.get("/auth/oauth/github/start"), 404)
            problem(await client.get("/auth/oauth/github/callback"), 404)
            # What is known, but cannot be reached, is away.
            refused((await client.get("/auth/oauth/google/start")).headers["location"], "away")


@BOTH
async def test_a_confirmed_account_is_linked_and_its_owner_told(
    studio: Studio, idp: IdentityProvider, provider: str
) -> None:
    account = (await studio.register(ANNA))["account"]
    browser = Browser(studio)
    await browser.sign_in(provider)
    assert (await browser.me()).json() == account
    await studio.deliver()
    assert "opens your account now" in studio.box.to(ANNA)[-1]["Subject"]
    with_password = await studio.client().post("/auth/login", json={"email": ANNA, "password": PASSWORD})
    assert with_password.status_code == 200


@BOTH
async def test_registering_before_the_owner_gives_a_thief_nothing(
    studio: Studio, idp: IdentityProvider, provider: str
) -> None:
    """An account that nobody confirmed is its owner's as soon as a provider says who that is."""
    thief = studio.client()
    body = {"email": ANNA, "password": "the thief's password"}
    await thief.post("/auth/register", json=body)
    await studio.deliver()
    link = studio.box.secret(ANNA)
    browser = Browser(studio)
    await browser.sign_in(provider)
    assert (await browser.me()).json()["email"] == ANNA
    problem(await thief.post("/auth/login", json=body), 401)
    # Not even with the letter: its link has ended.
    problem(await thief.post("/auth/verify", json={"token": link, "password": body["password"]}), 422)
    problem(await thief.post("/auth/login", json=body), 401)
    (user,) = await _fetch(studio, "SELECT password_hash, email_verified_at FROM users")
    assert user["password_hash"] is None
    assert user["email_verified_at"] is not None


@BOTH
async def test_an_address_that_is_not_verified_signs_nobody_in(
    studio: Studio, idp: IdentityProvider, provider: str
) -> None:
    await studio.register(ANNA)
    idp.person.verified = False
    browser = Browser(studio)
    refused(await browser.sign_in(provider), "unverified")
    problem(await browser.me(), 401)
    assert not await _fetch(studio, "SELECT 1 FROM oauth_accounts")


@pytest.mark.parametrize(
    "email", ["local@localhost", "", "no address", "a\x00@example.org", "x" * 300 + "@example.org"]
)
async def test_an_address_that_is_none_signs_nobody_in(studio: Studio, idp: IdentityProvider, email: str) -> None:
    idp.person.email = email
    refused(await Browser(studio).sign_in("google"), "unverified")


async def test_email_verified_must_be_true_and_nothing_like_it(studio: Studio, idp: IdentityProvider) -> None:
    for value in ("true", 1, None, "false"):
        idp.misdeeds.claims = {"email_verified": value}
        refused(await Browser(studio).sign_in("google"), "unverified")


@BOTH
async def test_whoever_has_an_address_after_somebody_else_does_not_get_their_account(
    studio: Studio, idp: IdentityProvider, provider: str
) -> None:
    await Browser(studio).sign_in(provider)
    idp.person = Person(subject="2002")
    browser = Browser(studio)
    refused(await browser.sign_in(provider), "linked_otherwise")
    problem(await browser.me(), 401)


@BOTH
async def test_an_attempt_belongs_to_the_browser_that_began_it(
    studio: Studio, idp: IdentityProvider, provider: str
) -> None:
    """Otherwise somebody could be signed in to an account of somebody else, and fill it with what is theirs."""
    thief, anna = Browser(studio), Browser(studio)
    back = await thief.leave(provider)
    refused(await anna.come_back(back), "state")  # no attempt at all
    await anna.leave(provider)
    refused(await anna.come_back(back), "state")  # another attempt
    problem(await anna.me(), 401)
    mine = await anna.leave(provider)
    for wrong in ("", "x", "é", replaced(mine)[-43:-1]):
        refused(await anna.come_back(replaced(mine, state=wrong)), "state")
    assert await anna.come_back(mine) == f"{SITE}/"  # a forged answer does not end an attempt


@BOTH
async def test_an_answer_is_taken_once(studio: Studio, idp: IdentityProvider, provider: str) -> None:
    browser = Browser(studio)
    back = await browser.leave(provider)
    held = browser.cookies[HELD]
    both = await asyncio.gather(*(_again(studio, held, back) for _ in range(4)))
    assert sorted(both) == [f"{SITE}/"] + [f"{SITE}/login#error=state"] * 3
    refused(await _again(studio, held, back), "state")
    assert len([path for path in idp.asked if path in {"/token", "/login/oauth/access_token"}]) == 1


async def _again(studio: Studio, held: str, back: str) -> str:
    browser = Browser(studio)
    browser.cookies[HELD] = held
    return await browser.come_back(back)


@BOTH
async def test_a_code_is_exchanged_once_and_by_whom_it_was_given_to(
    studio: Studio, idp: IdentityProvider, provider: str
) -> None:
    browser, other = Browser(studio), Browser(studio)
    first = await browser.leave(provider)
    code = parse_qs(urlsplit(first).query)["code"][0]
    # Stolen before it was used: the verifier of another attempt does not fit.
    refused(await other.come_back(replaced(await other.leave(provider), code=code)), "refused")
    refused(await browser.come_back(first), "refused")  # and it is burnt
    fresh = await browser.leave(provider)
    assert await browser.come_back(fresh) == f"{SITE}/"
    used = parse_qs(urlsplit(fresh).query)["code"][0]
    refused(await other.come_back(replaced(await other.leave(provider), code=used)), "refused")


@BOTH
async def test_an_answer_without_a_code_says_why(studio: Studio, idp: IdentityProvider, provider: str) -> None:
    for error, reason in (("access_denied", "cancelled"), ("<script>", "refused"), ("", "refused")):
        browser = Browser(studio)
        back = replaced(await browser.leave(provider), code="", error=error)
        refused(await browser.come_back(back), reason)
    browser = Browser(studio)
    refused(await browser.come_back(replaced(await browser.leave(provider), code="c" * 5000)), "refused")


async def test_an_answer_of_one_provider_is_not_taken_for_anothers(studio: Studio, idp: IdentityProvider) -> None:
    """Mix-up: an attempt ends with the provider with which it began."""
    for one, other in (("google", "github"), ("github", "google")):
        browser = Browser(studio)
        back = await browser.leave(one)
        refused(await browser.come_back(back.replace(f"/{one}/", f"/{other}/")), "state")
    assert not {"/token", "/login/oauth/access_token"} & set(idp.asked)
    browser = Browser(studio)
    refused(await browser.come_back(replaced(await browser.leave("google"), iss="https://evil.test")), "refused")
    assert await browser.come_back(replaced(await browser.leave("google"), iss=idp.url)) == f"{SITE}/"


@pytest.mark.parametrize(
    "misdeeds",
    [
        Misdeeds(claims={"nonce": "another"}),
        Misdeeds(claims={"nonce": None}),
        Misdeeds(claims={"aud": "another-client"}),
        Misdeeds(claims={"aud": ["google-client", "another-client"]}),
        Misdeeds(claims={"aud": None}),
        Misdeeds(claims={"azp": "another-client"}),
        Misdeeds(claims={"iss": "https://evil.test"}),
        Misdeeds(claims={"iss": None}),
        Misdeeds(claims={"exp": 1_700_000_000}),
        Misdeeds(claims={"exp": None}),
        Misdeeds(claims={"exp": "soon"}),
        Misdeeds(claims={"sub": None}),
        Misdeeds(claims={"sub": ""}),
        Misdeeds(claims={"sub": "x" * 256}),
        Misdeeds(claims={"at_hash": "another"}),
        Misdeeds(signed_by="stranger"),
        Misdeeds(signed_by="none"),
        Misdeeds(signed_by="secret"),
    ],
    ids=lambda one: str(one.claims or one.signed_by),
)
async def test_what_google_signed_for_others_signs_nobody_in(
    studio: Studio, idp: IdentityProvider, misdeeds: Misdeeds
) -> None:
    idp.misdeeds = misdeeds
    browser = Browser(studio)
    refused(await browser.sign_in("google"), "refused")
    problem(await browser.me(), 401)
    assert not await _fetch(studio, "SELECT 1 FROM users")


async def test_a_new_key_of_google_is_asked_for(studio: Studio, idp: IdentityProvider) -> None:
    assert await Browser(studio).sign_in("google") == f"{SITE}/"
    idp.rotate()
    assert await Browser(studio).sign_in("google") == f"{SITE}/"


async def test_an_attempt_that_is_too_old_or_not_ours_is_refused(studio: Studio, idp: IdentityProvider) -> None:
    browser = Browser(studio)
    back = await browser.leave("google")
    settings = Settings(env="tests-api", auth_secret=SecretStr(SECRET))
    gone = Seal(settings).open(browser.cookies[HELD], OAuthProvider.GOOGLE, parse_qs(urlsplit(back).query)["state"][0])
    stranger = Seal(Settings(env="tests-api", auth_secret=SecretStr("x" * 40)))
    for sealed, reason in (
        (Seal(settings).seal(gone, datetime.now(UTC) - LASTS - timedelta(seconds=1)), "expired"),
        (stranger.seal(gone), "state"),
        ("a.b.c", "state"),
    ):
        browser.cookies[HELD] = sealed
        refused(await browser.come_back(back), reason)


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.test",
        "//evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "javascript:alert(1)",
        "projects",
        "",
        "/a\r\nSet-Cookie: x=y",
        "/\x00",
        "/" + "a" * 500,
        "/é",
    ],
)
async def test_nobody_is_sent_to_another_site(studio: Studio, idp: IdentityProvider, path: str) -> None:
    problem(await studio.client().get("/auth/oauth/google/start", params={"next": path}), 422)


async def test_a_host_that_a_request_claims_is_not_believed(studio: Studio, idp: IdentityProvider) -> None:
    answer = await studio.client().get("/auth/oauth/google/start", headers={"Host": "evil.test"})
    assert "evil.test" not in answer.headers["location"]


@pytest.mark.parametrize("misdeed", ["hangs", "fails", "floods", "bombs", "babbles"])
@pytest.mark.parametrize(
    ("provider", "path"),
    [
        ("google", "/token"),
        ("github", "/login/oauth/access_token"),
        ("github", "/api/user"),
        ("github", "/api/user/emails"),
    ],
)
async def test_a_provider_that_is_broken_holds_nobody_up(
    studio: Studio, idp: IdentityProvider, misdeed: str, provider: str, path: str
) -> None:
    browser = Browser(studio)
    back = await browser.leave(provider)
    setattr(idp.misdeeds, misdeed, path)
    refused(await browser.come_back(back), "away")
    problem(await browser.me(), 401)


async def test_who_signs_in_otherwise_does_not_wait_for_a_provider_that_hangs(
    studio: Studio, idp: IdentityProvider
) -> None:
    await studio.register(ANNA)
    idp.misdeeds.hangs = "/token"
    browsers = [Browser(studio) for _ in range(12)]  # more than there are connections to the database
    backs = [await browser.leave("google") for browser in browsers]
    waiting = [asyncio.create_task(browser.come_back(back)) for browser, back in zip(browsers, backs, strict=True)]
    while "/token" not in idp.asked:
        await asyncio.sleep(0.01)  # until the first has reached it
    answer = await studio.client().post("/auth/login", json={"email": ANNA, "password": PASSWORD})
    assert answer.status_code == 200
    assert await Browser(studio).sign_in("github") == f"{SITE}/"
    assert set(await asyncio.gather(*waiting)) == {f"{SITE}/login#error=away"}


async def test_a_shut_account_stays_shut(studio: Studio, idp: IdentityProvider) -> None:
    await Browser(studio).sign_in("google")
    await _fetch(studio, "UPDATE users SET disabled_at = clock_timestamp()")
    for provider in ("google", "github"):  # linked, and not linked
        browser = Browser(studio)
        refused(await browser.sign_in(provider), "shut")
        problem(await browser.me(), 401)


async def test_a_provider_is_unlinked_unless_it_is_the_only_way_in(studio: Studio, idp: IdentityProvider) -> None:
    google, github = Browser(studio), Browser(studio)
    await google.sign_in("google")
    own = {"Cookie": f"__Host-studio={google.cookies['__Host-studio']}", "Origin": SITE}
    client = google.client
    problem(await client.delete("/auth/oauth/github", headers=own), 404)
    problem(await client.delete("/auth/oauth/myspace", headers=own), 404)
    problem(await client.delete("/auth/oauth/google", headers=own), 409)
    await github.sign_in("github")
    both = await asyncio.gather(*(client.delete(f"/auth/oauth/{one}", headers=own) for one in ("google", "github")))
    assert sorted(one.status_code for one in both) == [204, 409]  # one is left, whichever
    (left,) = (await google.get("/auth/oauth")).json()
    await studio.client().post("/auth/password/forgot", json={"email": ANNA})
    await studio.deliver()
    body = {"token": studio.box.secret(ANNA), "password": PASSWORD}
    assert (await studio.client().post("/auth/password/reset", json=body)).status_code == 204
    signed_in = await studio.client().post(
        "/auth/login", json={"email": ANNA, "password": PASSWORD, "transport": "token"}
    )
    anna = studio.client(signed_in.json()["access_token"])
    assert (await anna.delete(f"/auth/oauth/{left['provider']}")).status_code == 204
    assert (await anna.get("/auth/oauth")).json() == []
    await studio.deliver()
    assert "no longer" in studio.box.to(ANNA)[-1]["Subject"]
    await Browser(studio).sign_in(left["provider"])  # and may be linked again
    assert len((await anna.get("/auth/oauth")).json()) == 1


async def test_a_key_neither_sees_nor_unlinks(studio: Studio, idp: IdentityProvider) -> None:
    anna = await studio.person(ANNA)
    key = (await anna.post("/auth/api-keys", json={"name": "build", "scopes": ["read", "write"]})).json()["key"]
    program = studio.client(key)
    problem(await program.get("/auth/oauth"), 403)
    problem(await program.delete("/auth/oauth/google"), 403)
    problem(await studio.client().get("/auth/oauth"), 401)


async def test_secrets_are_in_no_log(studio: Studio, idp: IdentityProvider, log: Path) -> None:
    browser = Browser(studio)
    back = await browser.leave("google")
    await browser.come_back(back)
    await browser.come_back(back)
    written = log.read_text()
    found = re.findall(r"(?:code|state)=([\w-]+)", back)
    assert len(found) == 2
    assert not [one for one in [*found, "google secret"] if one in written]
