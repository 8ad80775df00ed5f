"""Administering accounts over HTTP, and the log of it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import uuid
from typing import Any

import asyncpg
import httpx
import pytest

from accounts.administration import make_admin
from schemas.errors import InvalidRequest
from schemas.people import Role
from tests.api.governing import ROOT, acts, administrator, arrive, give_role, moderator, sign_in, user_id_of
from tests.api.people import PASSWORD, Studio, problem
from tests.api.test_jobs import order, scripted

pytestmark = pytest.mark.lab
ANNA, BERT, WHY = "anna@example.org", "bert@example.org", "a good reason"
SOMEBODY = str(uuid.uuid4())

OF_ADMINISTRATORS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "/admin/users", None),
    ("GET", f"/admin/users/{SOMEBODY}", None),
    ("PATCH", f"/admin/users/{SOMEBODY}", {"tier": "pro", "reason": WHY}),
    ("GET", "/admin/audit", None),
    ("GET", "/admin/health", None),
    ("GET", "/admin/dead-letters", None),
]
OF_MODERATORS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("POST", f"/admin/users/{SOMEBODY}/ban", {"reason": WHY}),
    ("GET", "/admin/moderation", None),
    ("GET", f"/admin/moderation/{SOMEBODY}", None),
    ("POST", f"/admin/moderation/{SOMEBODY}/approve", {"reason": WHY}),
    ("POST", f"/admin/moderation/{SOMEBODY}/refuse", {"reason": WHY}),
]


async def key_of(person: httpx.AsyncClient) -> str:
    """A key with every scope."""
    made = await person.post("/auth/api-keys", json={"name": "robot", "scopes": ["read", "write"]})
    assert made.status_code == 201, made.text
    return str(made.json()["key"])


async def change(admin: httpx.AsyncClient, user_id: str, **what: Any) -> httpx.Response:
    """Change an account."""
    return await admin.patch(f"/admin/users/{user_id}", json={"reason": WHY, **what})


async def test_only_those_may_govern_who_govern(studio: Studio) -> None:
    root, mod, anna = await administrator(studio), await moderator(studio), await arrive(studio, ANNA)
    nobody, robot = studio.client(), studio.client(await key_of(root))
    for method, path, body in (*OF_ADMINISTRATORS, *OF_MODERATORS):
        for who, status in ((nobody, 401), (anna, 403), (robot, 403)):
            problem(await who.request(method, path, json=body), status)
    for method, path, body in OF_ADMINISTRATORS:
        problem(await mod.request(method, path, json=body), 403)
        status = 404 if SOMEBODY in path else 503 if path.endswith("dead-letters") else 200  # queues are away
        assert (await root.request(method, path, json=body)).status_code == status
    for method, path, body in OF_MODERATORS:
        status = 404 if SOMEBODY in path else 200
        for who in (root, mod):
            assert (await who.request(method, path, json=body)).status_code == status


async def test_users_are_searched_filtered_and_paged(studio: Studio) -> None:
    root = await administrator(studio)
    for name in ("anna", "a_na", "bert"):
        await arrive(studio, f"{name}@example.org")
    await change(root, await user_id_of(studio, BERT), tier="studio", disabled=True)

    async def found(**which: str) -> list[str]:
        answer = await root.get("/admin/users", params=which)
        assert answer.status_code == 200, answer.text
        return [user["email"].partition("@")[0] for user in answer.json()["items"]]

    assert await found() == ["bert", "a_na", "anna", "root"]
    assert await found(search="NNA@") == ["anna"]
    assert await found(search="a_na") == ["a_na"]  # no pattern
    assert await found(search="%") == []
    assert await found(role="admin") == ["root"]
    assert await found(tier="studio", disabled="true") == ["bert"]
    assert await found(tier="free", disabled="false", search="@example") == ["a_na", "anna", "root"]
    first = await root.get("/admin/users", params={"limit": 3})
    assert 'rel="next"' in first.headers["link"]
    assert await found(cursor=first.json()["next"]) == ["root"]
    problem(await root.get("/admin/users", params={"role": "king"}), 422)
    problem(await root.get("/admin/users", params={"search": "a\x00"}), 422)
    problem(await root.get("/admin/users", params={"cursor": "nonsense"}), 422)


async def test_a_user_is_shown_with_what_is_theirs_and_without_their_secrets(studio: Studio) -> None:
    root, anna = await administrator(studio), await arrive(studio, ANNA)
    await order(anna, await scripted(anna))
    await key_of(anna)
    shown = (await root.get(f"/admin/users/{await user_id_of(studio, ANNA)}")).json()
    assert (shown["email"], shown["role"], shown["disabled_at"]) == (ANNA, "user", None)
    assert (shown["projects"], shown["films"], shown["sessions"], shown["keys"]) == (1, {"queued": 1}, 1, 1)
    assert not {"password_hash", "password"} & set(shown)


async def test_a_change_holds_at_once_and_is_written_down(studio: Studio) -> None:
    root, anna = await administrator(studio), await arrive(studio, ANNA)
    user_id = await user_id_of(studio, ANNA)
    assert (await anna.get("/auth/me")).json()["tier"] == "free"
    changed = await change(root, user_id, role="moderator", tier="pro")
    assert (changed.json()["role"], changed.json()["tier"]) == ("moderator", "pro")
    me = (await anna.get("/auth/me")).json()
    assert (me["role"], me["tier"]) == ("moderator", "pro")
    assert (await anna.get("/admin/moderation")).status_code == 200
    (act,) = await acts(root, target_id=user_id)
    assert (act["actor"], act["role"], act["act"], act["reason"]) == (ROOT, "admin", "user_changed", WHY)
    assert act["before"] == {"role": "user", "tier": "free"}
    assert act["after"] == {"role": "moderator", "tier": "pro"}
    assert act["request_id"] == changed.headers["x-request-id"]
    assert (await change(root, user_id, tier="pro")).status_code == 200  # nothing is changed
    assert len(await acts(root, target_id=user_id)) == 1


async def test_a_change_that_cannot_be_changes_nothing(studio: Studio) -> None:
    root, _ = await administrator(studio), await arrive(studio, ANNA)
    user_id = await user_id_of(studio, ANNA)
    for body in (
        {"tier": "pro"},
        {"tier": "pro", "reason": " "},
        {"reason": WHY},
        {"tier": "gold", "reason": WHY},
        {"role": "king", "reason": WHY},
        {"email": "other@example.org", "reason": WHY},
        {"credits": 1000, "tier": "pro", "reason": WHY},
        {"tier": "pro", "reason": "x" * 1001},
        {"tier": "pro", "reason": "\x00"},
    ):
        problem(await root.patch(f"/admin/users/{user_id}", json=body), 422)
    assert (await root.get(f"/admin/users/{user_id}")).json()["tier"] == "free"
    assert await acts(root, target_id=user_id) == []


async def test_who_is_shut_out_is_out_everywhere(studio: Studio) -> None:
    root, anna = await administrator(studio), await studio.person(ANNA)
    user_id, robot = await user_id_of(studio, ANNA), studio.client(await key_of(anna))
    assert (await anna.get("/auth/me")).status_code == (await robot.get("/auth/me")).status_code == 200
    assert (await change(root, user_id, disabled=True)).json()["disabled_at"]
    for who in (anna, robot):
        problem(await who.get("/auth/me"), 401)
    signed_in = await studio.client().post("/auth/login", json={"email": ANNA, "password": PASSWORD})
    problem(signed_in, 401)
    assert (await change(root, user_id, disabled=False)).json()["disabled_at"] is None
    problem(await anna.get("/auth/me"), 401)  # the session has ended
    assert (await robot.get("/auth/me")).status_code == 200
    assert (await (await sign_in(studio, ANNA)).get("/auth/me")).status_code == 200


async def test_an_administrator_stays(studio: Studio) -> None:
    root = await administrator(studio)
    mine = await user_id_of(studio, ROOT)
    for what in ({"disabled": True}, {"role": "moderator"}, {"role": "user", "tier": "pro"}):
        problem(await change(root, mine, **what), 409)
    problem(await root.post(f"/admin/users/{mine}/ban", json={"reason": WHY}), 409)
    assert (await change(root, mine, tier="studio", role="admin", disabled=False)).json()["tier"] == "studio"
    assert (await root.get("/admin/users")).status_code == 200


@pytest.mark.parametrize("what", [{"role": "user"}, {"disabled": True}] * 3)
async def test_two_who_demote_each_other_at_once_do_not_both_fall(studio: Studio, what: dict[str, Any]) -> None:
    one, other = await administrator(studio), await administrator(studio, BERT)
    ids = [await user_id_of(studio, email) for email in (ROOT, BERT)]
    answers = await asyncio.gather(change(one, ids[1], **what), change(other, ids[0], **what))
    assert min(answer.status_code for answer in answers) == 200
    assert max(answer.status_code for answer in answers) in {401, 403}
    still = [(await who.get("/admin/users")).status_code for who in (one, other)]
    assert still.count(200) == 1


async def test_who_was_demoted_a_moment_ago_changes_nothing_more(studio: Studio) -> None:
    root, _ = await administrator(studio), await studio.register(ANNA)
    assert (await root.get("/admin/users")).status_code == 200  # the process remembers them
    await give_role(studio, ROOT, Role.USER)
    problem(await change(root, await user_id_of(studio, ANNA), role="admin"), 403)


async def test_a_moderator_bans_users_alone(studio: Studio) -> None:
    root, mod, anna = await administrator(studio), await moderator(studio), await arrive(studio, ANNA)
    await moderator(studio, BERT)
    hers = await user_id_of(studio, ANNA)
    assert (await mod.post(f"/admin/users/{hers}/ban", json={"reason": WHY})).status_code == 204
    problem(await anna.get("/auth/me"), 401)
    assert (await mod.post(f"/admin/users/{hers}/ban", json={"reason": WHY})).status_code == 204
    (act,) = await acts(root, target_id=hers)
    assert (act["act"], act["role"], act["after"]) == ("user_banned", "moderator", {"disabled": True})
    problem(await mod.post(f"/admin/users/{hers}/ban", json={}), 422)
    for email, status in ((ROOT, 403), (BERT, 403), ("mod@example.org", 409)):
        path = f"/admin/users/{await user_id_of(studio, email)}/ban"
        problem(await mod.post(path, json={"reason": WHY}), status)
    assert (
        await root.post(f"/admin/users/{await user_id_of(studio, BERT)}/ban", json={"reason": WHY})
    ).status_code == 204


async def test_the_log_is_filtered_and_paged(studio: Studio) -> None:
    root, other = await administrator(studio), await administrator(studio, BERT)
    await studio.register(ANNA)
    hers, mine, his = [await user_id_of(studio, email) for email in (ANNA, ROOT, BERT)]
    for tier in ("pro", "studio", "free"):
        await change(root, hers, tier=tier)
    await change(other, hers, role="moderator")
    assert [act["actor"] for act in await acts(root, target_id=hers)] == [BERT, ROOT, ROOT, ROOT]
    assert [act["after"]["tier"] for act in await acts(root, actor_id=mine)] == ["free", "studio", "pro"]
    first = await root.get("/admin/audit", params={"target_id": hers, "limit": 3})
    rest = await acts(root, target_id=hers, cursor=first.json()["next"])
    assert [act["after"] for act in rest] == [{"tier": "pro"}]
    (made,) = await acts(root, target_id=his)  # by the operator
    assert (made["actor_id"], made["role"], made["after"]) == (None, "operator", {"role": "admin"})


async def test_nobody_changes_the_log(studio: Studio) -> None:
    await administrator(studio)
    connection = await asyncpg.connect(studio.settings.database_url.get_secret_value())
    for statement in ("UPDATE audit_log SET reason = ''", "DELETE FROM audit_log", "TRUNCATE audit_log"):
        with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
            await connection.execute(statement)
    await connection.close()


async def test_the_command_makes_the_first_administrator(studio: Studio, environment: dict[str, str]) -> None:
    def command(email: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "cli.main", "user", "admin", email]
        return subprocess.run(program, env={**os.environ, **environment}, capture_output=True, text=True)

    await studio.register(ANNA)
    made = command(" Anna@Example.org")
    assert (made.returncode, "is an administrator now" in made.stdout) == (0, True), made.stderr
    assert (await (await sign_in(studio, ANNA)).get("/admin/users")).status_code == 200
    unknown = command("nobody@example.org")
    assert (unknown.returncode, "has no account here" in unknown.stderr) == (2, True)


async def test_nobody_becomes_an_administrator_with_an_address_that_is_not_theirs_yet(studio: Studio) -> None:
    await studio.client().post("/auth/register", json={"email": ANNA, "password": PASSWORD})
    with pytest.raises(InvalidRequest, match="not confirmed"):
        await make_admin(ANNA, db=studio.db)
    root, _ = await administrator(studio), await studio.register(BERT)
    await change(root, await user_id_of(studio, BERT), disabled=True)
    with pytest.raises(InvalidRequest, match="shut"):
        await make_admin(BERT, db=studio.db)
    assert not await make_admin(ROOT, db=studio.db)
