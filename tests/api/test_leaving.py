"""Taking along what is known of oneself, and leaving: over HTTP, with a database, a store and a Temporal."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from temporalio.client import Client, WorkflowExecutionStatus

from accounts import ledger
from accounts.acting import Acting
from accounts.administration import Wanted, change_account
from accounts.limits import EXPORTS
from infrastructure.db.repositories.audit import AuditLog
from infrastructure.db.repositories.dossiers import LEFT_OUT
from infrastructure.db.repositories.mails import Mails
from infrastructure.db.repositories.money import Money
from infrastructure.mail import Mail
from schemas.audit import Act, AuditAct, TargetKind
from schemas.enums import Tier
from schemas.jobs import film_workflow_id
from schemas.people import Role, Scope
from tests.api.governing import arrive, give_role, user_id_of
from tests.api.leaving import objects, prefixes, sweep, traces
from tests.api.people import PASSWORD, Studio, problem
from tests.api.things import SCRIPT, Somebody, Stage, somebody
from tests.mailbox import Mailbox
from workers.postman import deliver_once

pytestmark = pytest.mark.lab

THINGS = (
    "project_id",
    "finished_job",
    "waiting_job",
    "item_id",
    "session_id",
    "key_id",
    "verify_link",
    "reset_link",
    "share_id",
)


async def settled(stage: Stage, admin: Somebody) -> Somebody:
    """Somebody of whom every table holds something, whom an administrator has had to do with."""
    who = await somebody(stage)
    for name in THINGS:
        await who.thing(name)
    await change_account(who.user_id, Wanted(tier=Tier.PRO), Acting(admin.user_id, "Paid by transfer."), db=stage.db)
    async with stage.db.begin() as session:
        await ledger.grant(session, user_id=who.user_id, credits=9, reason="A gift", key=f"gift-{who.user_id}")
        job = UUID(who.made["waiting_job"])
        assert await ledger.reserve(session, user_id=who.user_id, job_id=job, rev=0, price=4)
        await Mails(session).add(who.email, "A letter", "A body that may hold a secret")
        act = Act(
            actor_id=admin.user_id,
            role="admin",
            act=AuditAct.FILM_APPROVED,
            target_kind=TargetKind.JOB,
            target_id=UUID(who.made["finished_job"]),
            reason="It is all right.",
        )
        await AuditLog(session).add(act)
        linked = (
            "INSERT INTO oauth_accounts (provider, subject, user_id, email) VALUES ('github', :subject, :who, :email)"
        )
        await session.execute(text(linked), {"subject": uuid.uuid4().hex, "who": who.user_id, "email": who.email})
        tried = "INSERT INTO tallies (who, count, ends_at) VALUES (:who, 1, clock_timestamp())"
        for one in (f"sign-in:{who.email}", f"exports:{who.user_id}"):
            await session.execute(text(tried), {"who": one})
    return who


@pytest.fixture
async def client(whole_address: str) -> Any:
    async with httpx.AsyncClient(base_url=f"{whole_address}/api/v1", timeout=60) as opened:
        yield opened


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def leave(client: httpx.AsyncClient, token: str, password: str | None = PASSWORD) -> httpx.Response:
    body = {} if password is None else {"password": password}
    return await client.request("DELETE", "/auth/me", json=body, headers=bearer(token))


async def test_everything_of_somebody_is_handed_over_and_nothing_of_anybody_else(
    stage: Stage, client: httpx.AsyncClient
) -> None:
    admin = await somebody(stage, role="admin")
    anna, ben = await settled(stage, admin), await settled(stage, admin)
    answer = await client.get("/auth/me/export", headers=bearer(await anna.token()))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    (account,) = told["account"]
    assert (account["email"], account["tier"]) == (anna.email, "pro")
    assert {one["reason"] for one in told["administration"]} == {"Paid by transfer.", "It is all right."}
    assert [one["subject"] for one in told["letters"]] == ["A letter"]
    assert [one["provider"] for one in told["providers"]] == ["github"]
    assert {one["purpose"] for one in told["mailed_links"]} == {"verify", "reset"}
    assert anna.made["key_id"] in {one["key_id"] for one in told["api_keys"]}
    assert anna.made["session_id"] in {one["session_id"] for one in told["sessions"]}
    projects = {one["project_id"]: one for one in told["projects"]}
    (script,) = projects[anna.made["project_id"]]["scripts"]
    assert script["text"].encode() == SCRIPT
    films = {one["job_id"]: one for one in told["films"]}
    assert {anna.made["finished_job"], anna.made["waiting_job"]} < set(films)
    finished = films[anna.made["finished_job"]]
    assert [one["kind"] for one in finished["events"]] == ["queued", "completed"]
    (version,) = finished["versions"]
    (file,) = version["files"]
    assert httpx.get(file["link"]).content == b"a film"
    assert any(one["moderation"] for one in films.values())
    entries = told["credits"]
    assert {one["type"] for one in entries} == {"opening", "grant", "reserve"}
    assert all(sum(part["amount"] for part in one["postings"]) == 0 for one in entries)
    others = [ben.email, str(ben.user_id), admin.email, str(admin.user_id)]
    others += [thing for name, thing in ben.made.items() if name in THINGS]
    assert [other for other in others if other in answer.text] == []
    for secret in (stage.password_hash, "body that may hold", "password_hash", "digest", "decided_by", "actor_id"):
        assert secret not in answer.text
    assert set(told) & set(LEFT_OUT) == set()


async def test_it_is_whole_however_much_there_is(stage: Stage, client: httpx.AsyncClient) -> None:
    """More rows than are read at a time, in the section and inside another."""
    anna = await somebody(stage)
    project_id = await anna.thing("project_id")
    rows = """
        INSERT INTO scripts (project_id, number, file_name, key, original_key, sha256, format, characters)
        SELECT project_id, n.n, file_name, key, original_key, sha256, format, characters
        FROM scripts, generate_series(2, 450) AS n(n) WHERE project_id = :project_id
    """
    async with stage.db.begin() as session:
        await session.execute(text(rows), {"project_id": UUID(project_id)})
    for _ in range(220):
        await anna.key(Scope.READ)
    told = (await client.get("/auth/me/export", headers=bearer(await anna.token()))).json()
    assert [one["number"] for one in told["projects"][0]["scripts"]] == list(range(1, 451))
    assert len(told["api_keys"]) == 220


async def test_a_script_that_the_store_lacks_is_said_to_be_missing(stage: Stage, client: httpx.AsyncClient) -> None:
    anna = await somebody(stage)
    for key in await objects(stage.store, [f"artifacts/{await anna.thing('project_id')}/"]):
        await stage.store.delete(key)
    told = (await client.get("/auth/me/export", headers=bearer(await anna.token()))).json()
    (script,) = told["projects"][0]["scripts"]
    assert "text" not in script
    assert script["missing"]


async def test_nobody_reads_it_all_day_long(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    for _ in range(EXPORTS.most):
        assert (await anna.get("/auth/me/export")).status_code == 200
    problem(await anna.get("/auth/me/export"), 429)


async def test_whoever_leaves_is_gone_with_all_that_was_theirs(
    stage: Stage, client: httpx.AsyncClient, box: Mailbox, temporal: Client
) -> None:
    admin = await somebody(stage, role="admin")
    anna, ben = await settled(stage, admin), await settled(stage, admin)
    token, other, key = await anna.token(), await anna.token(), await anna.key(*Scope)
    refresh = await anna.thing("refresh_token")
    assert (await client.get("/auth/me", headers=bearer(other))).status_code == 200  # known to the process from here on
    for wrong in (None, "not her password at all"):
        problem(await leave(client, token, wrong), 403)
    assert (await client.get("/auth/me", headers=bearer(token))).status_code == 200
    below, others = await prefixes(stage.db, anna.user_id), await prefixes(stage.db, ben.user_id)
    assert await objects(stage.store, below)
    kept = await objects(stage.store, others)
    left = await leave(client, token)
    assert left.status_code == 204, left.text
    for old in (token, other, key):
        problem(await client.get("/auth/me", headers=bearer(old)), 401)
        problem(await leave(client, old), 401)
    problem(await client.post("/auth/refresh", json={"refresh_token": refresh}), 401)
    await sweep(stage.db, stage.store, temporal)
    assert await objects(stage.store, below) == set()
    assert await objects(stage.store, others) == kept
    workflow = temporal.get_workflow_handle(film_workflow_id(UUID(anna.made["waiting_job"])))
    assert (await workflow.describe()).status is WorkflowExecutionStatus.CANCELED
    mail = Mail(stage.settings)
    while await deliver_once(stage.db, mail):
        pass
    assert "deleted" in str(box.to(anna.email)[-1]["Subject"])
    # What was removed is remembered for half an hour, to be looked for once more.
    async with stage.db.begin() as session:
        await session.execute(text("UPDATE removals SET next_try_at = clock_timestamp()"))
    await sweep(stage.db, stage.store, temporal)
    assert await traces(stage.db, anna.user_id, anna.email, anna.made["finished_job"]) == set()
    async with stage.db.begin() as session:
        assert await Money(session).faults(10) == []
    problem(await client.post("/auth/login", json={"email": anna.email, "password": PASSWORD}), 401)
    history = "SELECT type FROM credit_transactions WHERE user_id = :who ORDER BY seq"
    async with stage.db.begin() as session:
        told = (await session.scalars(text(history), {"who": anna.user_id})).all()
        assert told == ["opening", "grant", "reserve", "closing"]
    again = await client.post("/auth/register", json={"email": anna.email, "password": PASSWORD})
    assert again.status_code == 202
    while await deliver_once(stage.db, mail):
        pass
    body = {"token": box.secret(anna.email), "password": PASSWORD, "transport": "token"}
    new = (await client.post("/auth/verify", json=body)).json()
    assert new["account"]["user_id"] != str(anna.user_id)
    told = (await client.get("/projects", headers=bearer(new["access_token"]))).json()
    assert told["items"] == []
    problem(await client.get("/auth/me", headers=bearer(token)), 401)


async def test_leaving_twice_at_once_is_leaving_once(stage: Stage, client: httpx.AsyncClient) -> None:
    anna = await somebody(stage)
    token = await anna.token()
    answers = await asyncio.gather(*(leave(client, token) for _ in range(5)))
    assert {answer.status_code for answer in answers} <= {204, 401}
    assert 204 in {answer.status_code for answer in answers}
    async with stage.db.begin() as session:
        letters = text("SELECT count(*) FROM mails WHERE recipient = :email")
        assert await session.scalar(letters, {"email": anna.email}) == 1


async def test_the_last_administrator_cannot_leave(studio: Studio) -> None:
    root = await arrive(studio, "root@example.org", Role.ADMIN)
    told = problem(await root.request("DELETE", "/auth/me", json={}), 409)
    assert "last administrator" in told["detail"]
    await arrive(studio, "other@example.org")
    await give_role(studio, "other@example.org", Role.ADMIN)
    assert (await root.request("DELETE", "/auth/me", json={})).status_code == 204
    problem(await root.get("/auth/me"), 401)


async def test_who_has_no_password_signs_in_anew_first(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    user_id = await user_id_of(studio, "anna@example.org")
    older = text("UPDATE sessions SET created_at = created_at - CAST(:by AS interval) WHERE user_id = :who")
    async with studio.db.begin() as session:
        await session.execute(older, {"by": timedelta(minutes=10), "who": UUID(user_id)})
    told = problem(await anna.request("DELETE", "/auth/me", json={}), 403)
    assert "Sign in again" in told["detail"]
    async with studio.db.begin() as session:
        await session.execute(older, {"by": timedelta(minutes=-1), "who": UUID(user_id)})
    assert (await anna.request("DELETE", "/auth/me", json={})).status_code == 204
    assert await traces(studio.db, user_id) == set()


async def test_a_project_that_is_deleted_leaves_nothing_in_the_store(
    stage: Stage, client: httpx.AsyncClient, temporal: Client
) -> None:
    anna = await somebody(stage)
    project_id, _ = await anna.thing("project_id"), await anna.thing("finished_job")
    below = await prefixes(stage.db, anna.user_id)
    assert {key.partition("/")[0] for key in await objects(stage.store, below)} == {"artifacts", "jobs"}
    deleted = await client.delete(f"/projects/{project_id}", headers=bearer(await anna.token()))
    assert deleted.status_code == 204, json.dumps(deleted.text)
    await sweep(stage.db, stage.store, temporal)
    assert await objects(stage.store, below) == set()


async def test_the_operator_does_it_for_somebody(
    stage: Stage, whole: dict[str, str], temporal: Client, tmp_path: Path
) -> None:
    anna = await somebody(stage)
    await anna.thing("finished_job")
    file = tmp_path / "anna.json"
    for words in (["export", anna.email, "--out", str(file)], ["delete", anna.email, "--yes"]):
        command = [sys.executable, "-m", "cli.main", "user", *words]
        done = await asyncio.to_thread(
            subprocess.run, command, env={**os.environ, **whole}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    told = json.loads(file.read_text("utf-8"))
    assert [one["email"] for one in told["account"]] == [anna.email]
    assert len(told["films"]) == 1
    assert await traces(stage.db, anna.made["finished_job"]) == {f"removals: {anna.made['finished_job']}"}
    async with stage.db.begin() as session:
        (act,) = await AuditLog(session).page(5, target_id=anna.user_id)
    assert (act.row.act, act.row.actor_id, act.row.role) == (AuditAct.USER_DELETED, None, "operator")
    await sweep(stage.db, stage.store, temporal)
