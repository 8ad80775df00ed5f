"""Registering, signing in and out, over HTTP."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from accounts.people import REMEMBERED_S
from tests.api.people import PASSWORD, Studio, insist, problem

pytestmark = pytest.mark.lab
ANNA = "anna@example.org"


async def test_somebody_registers_confirms_and_is_signed_in(studio: Studio) -> None:
    stranger = studio.client()
    asked = await stranger.post("/auth/register", json={"email": " Anna@Example.org ", "password": PASSWORD})
    assert asked.status_code == 202
    early = await stranger.post("/auth/login", json={"email": ANNA, "password": PASSWORD})
    problem(early, 401)  # until the link is opened there is no password
    await studio.deliver()
    body = {"token": studio.box.secret(ANNA), "password": PASSWORD, "transport": "token"}
    answer = (await stranger.post("/auth/verify", json=body)).json()
    assert answer["account"]["email"] == ANNA
    assert answer["account"]["tier"] == "free"
    anna = studio.client(answer["access_token"])
    assert (await anna.get("/auth/me")).json()["user_id"] == answer["account"]["user_id"]
    problem(await stranger.post("/auth/verify", json=body), 422)  # a link does one thing once


async def test_nobody_learns_whether_an_address_has_an_account(studio: Studio) -> None:
    await studio.register(ANNA)
    stranger = studio.client()
    for path in ("/auth/register", "/auth/password/forgot"):
        answers = []
        for email in (ANNA, "nobody@example.org"):
            body = {"email": email} | ({"password": PASSWORD} if path.endswith("register") else {})
            answers.append(await stranger.post(path, json=body))
        assert [(one.status_code, one.content) for one in answers] == [(202, b"null")] * 2
    wrong = [
        problem(await stranger.post("/auth/login", json={"email": email, "password": "wrong password"}), 401)["detail"]
        for email in (ANNA, "nobody@example.org")
    ]
    assert len(set(wrong)) == 1
    await studio.deliver()
    assert [letter["Subject"] for letter in studio.box.to(ANNA)[1:]] == [
        "You have an account already",
        "Set another password",
    ]
    assert [letter["Subject"] for letter in studio.box.to("nobody@example.org")] == ["Confirm your address"]


async def test_an_address_cannot_be_taken_by_registering_before_its_owner(studio: Studio) -> None:
    """Whoever opens the letter must know the password that it was asked for with."""
    thief, anna = studio.client(), studio.client()
    await thief.post("/auth/register", json={"email": ANNA, "password": "the thief's password"})
    await studio.deliver()
    body = {"token": studio.box.secret(ANNA), "password": PASSWORD}
    problem(await anna.post("/auth/verify", json=body), 401)
    await anna.post("/auth/register", json={"email": ANNA, "password": PASSWORD})
    await studio.deliver()
    assert (await anna.post("/auth/verify", json={**body, "token": studio.box.secret(ANNA)})).status_code == 200
    problem(await thief.post("/auth/login", json={"email": ANNA, "password": "the thief's password"}), 401)


async def test_a_browser_holds_cookies_that_no_script_reads(studio: Studio) -> None:
    await studio.register(ANNA)
    browser = studio.client()
    answer = await browser.post("/auth/login", json={"email": ANNA, "password": PASSWORD})
    assert answer.json()["access_token"] is answer.json()["refresh_token"] is None
    for cookie in answer.headers.get_list("set-cookie"):
        assert cookie.startswith("__Host-studio")
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))


async def test_another_site_can_do_nothing_with_a_cookie(studio: Studio) -> None:
    cookies = await _cookies(studio)
    headers = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {},
    ]
    browser = studio.client()
    for header in headers:
        problem(await browser.post("/auth/logout", headers={"Cookie": cookies, **header}), 403)
    assert (await browser.get("/auth/me", headers={"Cookie": cookies})).status_code == 200
    own = {"Cookie": cookies, "Origin": "http://studio.test"}
    assert (await browser.post("/auth/logout", headers=own)).status_code == 204
    problem(await browser.get("/auth/me", headers={"Cookie": cookies}), 401)


async def _cookies(studio: Studio) -> str:
    await studio.register(ANNA)
    answer = await studio.client().post("/auth/login", json={"email": ANNA, "password": PASSWORD})
    return "; ".join(cookie.partition(";")[0] for cookie in answer.headers.get_list("set-cookie"))


async def test_a_refresh_token_is_exchanged_once_and_a_stolen_one_ends_the_session(studio: Studio) -> None:
    signed_in = await studio.register(ANNA)
    client = studio.client()
    first = signed_in["refresh_token"]
    both = await asyncio.gather(*(client.post("/auth/refresh", json={"refresh_token": first}) for _ in range(2)))
    second = {one.json()["refresh_token"] for one in both}
    assert len(second) == 1  # two tabs at once are nobody's theft
    third = (await client.post("/auth/refresh", json={"refresh_token": second.pop()})).json()
    anna = studio.client(third["access_token"])
    assert (await anna.get("/auth/me")).status_code == 200
    problem(await client.post("/auth/refresh", json={"refresh_token": first}), 401)
    problem(await client.post("/auth/refresh", json={"refresh_token": third["refresh_token"]}), 401)
    problem(await anna.get("/auth/me"), 401)


async def test_a_hundred_at_once_with_one_token_lock_nobody_out(studio: Studio) -> None:
    token = (await studio.register(ANNA))["refresh_token"]
    client = studio.client()
    body = {"refresh_token": token}
    answers = await asyncio.gather(*(insist(lambda: client.post("/auth/refresh", json=body)) for _ in range(100)))
    assert {one.status_code for one in answers} == {200}
    assert len({one.json()["refresh_token"] for one in answers}) == 1


async def test_sessions_are_listed_and_ended(studio: Studio) -> None:
    phone = await studio.person(ANNA)
    answer = await studio.client().post(
        "/auth/login", json={"email": ANNA, "password": PASSWORD, "transport": "token"}, headers={"User-Agent": "desk"}
    )
    desk = studio.client(answer.json()["access_token"])
    listed = (await phone.get("/auth/sessions")).json()
    assert [(one["device"], one["current"]) for one in listed][0] == ("desk", False)
    assert (await phone.delete(f"/auth/sessions/{listed[0]['session_id']}")).status_code == 204
    problem(await desk.get("/auth/me"), 401)
    problem(await phone.delete(f"/auth/sessions/{listed[0]['session_id']}"), 404)
    bert = await studio.person("bert@example.org")
    other, missing = (await bert.get("/auth/sessions")).json()[0]["session_id"], uuid.uuid4()
    details = [problem(await phone.delete(f"/auth/sessions/{one}"), 404)["detail"] for one in (other, missing)]
    assert len(set(details)) == 1
    assert (await phone.post("/auth/logout")).status_code == 204
    problem(await phone.get("/auth/me"), 401)


async def test_another_password_signs_everybody_out(studio: Studio) -> None:
    anna = await studio.person(ANNA)
    await studio.client().post("/auth/password/forgot", json={"email": ANNA})
    await studio.deliver()
    body = {"token": studio.box.secret(ANNA), "password": "another long password"}
    stranger = studio.client()
    problem(await stranger.post("/auth/password/reset", json={**body, "password": "short"}), 422)
    assert (await stranger.post("/auth/password/reset", json=body)).status_code == 204
    problem(await stranger.post("/auth/password/reset", json=body), 422)
    problem(await anna.get("/auth/me"), 401)
    problem(await stranger.post("/auth/login", json={"email": ANNA, "password": PASSWORD}), 401)
    again = await stranger.post("/auth/login", json={"email": ANNA, "password": "another long password"})
    assert again.status_code == 200
    await studio.deliver()
    assert studio.box.to(ANNA)[-1]["Subject"] == "Your password was changed"


async def test_a_disabled_user_is_out_within_five_seconds_and_stays_out(studio: Studio) -> None:
    signed_in = await studio.register(ANNA)
    anna = studio.client(signed_in["access_token"])
    assert (await anna.get("/auth/me")).status_code == 200
    await _execute(studio, "UPDATE users SET disabled_at = clock_timestamp()")
    assert REMEMBERED_S < 5
    async with asyncio.timeout(120):  # of a machine that is busy
        while (await anna.get("/auth/me")).status_code == 200:
            await asyncio.sleep(0.1)
    problem(await anna.post("/auth/refresh", json={"refresh_token": signed_in["refresh_token"]}), 401)
    problem(await studio.client().post("/auth/login", json={"email": ANNA, "password": PASSWORD}), 401)


async def test_keys_act_within_their_scopes_and_make_no_keys(studio: Studio) -> None:
    anna = await studio.person(ANNA)
    made = (await anna.post("/auth/api-keys", json={"name": "build", "scopes": ["read"]})).json()
    assert made["key"].startswith("afs_")
    program = studio.client(made["key"])
    assert (await program.get("/auth/me")).json()["email"] == ANNA
    for answer in (
        await program.post("/auth/api-keys", json={"name": "more"}),
        await program.get("/auth/sessions"),
        await program.post("/auth/logout"),
    ):
        problem(answer, 403)
    (listed,) = (await anna.get("/auth/api-keys")).json()
    assert "key" not in listed
    assert listed["used_at"]
    assert (await anna.delete(f"/auth/api-keys/{made['key_id']}")).status_code == 204
    problem(await program.get("/auth/me"), 401)


async def test_guessing_passwords_ends(studio: Studio) -> None:
    await studio.register(ANNA)
    told = []
    for _ in range(12):  # each from another place
        answer = await studio.client().post("/auth/login", json={"email": ANNA, "password": "guess guess guess"})
        told.append(answer.status_code)
    assert told == [401] * 10 + [429] * 2
    right = await studio.client().post("/auth/login", json={"email": ANNA, "password": PASSWORD})
    assert int(right.headers["retry-after"]) > 0
    problem(right, 429)


async def test_a_lying_forwarded_for_is_not_believed(studio: Studio) -> None:
    """Only what our own proxy added counts: the last entry."""
    client = studio.client()
    place = client.headers["X-Forwarded-For"]
    codes = []
    for number in range(62):
        headers = {"X-Forwarded-For": f"1.2.3.{number}, {place}"}
        body = {"email": f"n{number}@example.org", "password": "x"}
        codes.append((await client.post("/auth/login", json=body, headers=headers)).status_code)
    assert codes[-1] == 429


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"email": "anna", "password": PASSWORD}, ""),
        ({"email": ANNA}, "/password"),
        ({"email": ANNA, "password": PASSWORD, "role": "admin"}, "/role"),
        ({"email": ANNA, "password": "short"}, ""),
        ({"email": ANNA, "password": 12}, "/password"),
        ({"email": "a\x00b@example.org", "password": PASSWORD}, ""),
        ([], ""),
    ],
)
async def test_bad_bodies_are_named(studio: Studio, body: object, pointer: str) -> None:
    told = problem(await studio.client().post("/auth/register", json=body), 422)
    assert PASSWORD not in str(told)
    if pointer:
        assert [fault["pointer"] for fault in told["errors"]] == [pointer]


async def test_what_is_no_json_too_long_compressed_or_nowhere_is_a_problem(studio: Studio) -> None:
    client = studio.client()
    json = {"Content-Type": "application/json"}
    problem(await client.post("/auth/login", content=b"{", headers=json), 400)
    problem(await client.post("/auth/login", content=b'{"email": "\\ud800", "password": "x"}', headers=json), 422)
    problem(await client.post("/auth/login", content=b"[" * 60_000, headers=json), 400)
    problem(await client.post("/auth/login", content=b"x" * 70_000, headers=json), 413)
    problem(await client.post("/auth/login", content=_pieces(), headers=json), 413)
    problem(await client.post("/auth/login", content=b"x", headers={**json, "Content-Encoding": "gzip"}), 413)
    problem(await client.post("/auth/login", content=b"a=b", headers={"Content-Type": "text/plain"}), 422)
    problem(await client.get("/nowhere"), 404)
    problem(await client.put("/auth/login"), 405)
    problem(await client.get("/auth/me", headers={"Authorization": "Basic eDp5"}), 401)


async def _pieces() -> AsyncIterator[bytes]:
    for _ in range(20):
        yield b"x" * 5_000


async def test_every_answer_carries_the_headers_that_keep_browsers_safe(studio: Studio) -> None:
    async with httpx.AsyncClient(base_url=studio.address) as client:
        for path in ("/healthz", "/readyz", "/version", "/api/v1/auth/me", "/nowhere", "/api/v1/openapi.json"):
            headers = (await client.get(path)).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
            assert headers["cache-control"] == "no-store"
            assert "server" not in headers
        assert (await client.get("/readyz")).status_code in {200, 503}


async def test_letters_wait_until_they_are_taken(studio: Studio) -> None:
    studio.box.refuses = True
    await studio.client().post("/auth/register", json={"email": ANNA, "password": PASSWORD})
    await studio.deliver()
    assert not studio.box.letters
    studio.box.refuses = False
    await _execute(studio, "UPDATE mails SET next_try_at = clock_timestamp()")
    await studio.deliver()
    assert len(studio.box.to(ANNA)) == 1
    kept = await _fetch(studio, "SELECT body, attempts FROM mails")
    assert [(row["body"], row["attempts"]) for row in kept] == [("", 2)]  # what was sent may hold a secret


async def _execute(studio: Studio, statement: str) -> None:
    connection = await asyncpg.connect(studio.settings.database_url.get_secret_value())
    await connection.execute(statement)
    await connection.close()


async def _fetch(studio: Studio, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(studio.settings.database_url.get_secret_value())
    found: list[asyncpg.Record] = await connection.fetch(statement)
    await connection.close()
    return found
