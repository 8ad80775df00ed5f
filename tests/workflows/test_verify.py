"""Each invariant is broken, in a database, a store or a Temporal of its own, and is named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from pydantic import SecretStr
from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from api.usecases.verify_installation import INVARIANTS, Findings, verify_installation
from film.edit.verify import check_film
from infrastructure.aws import client as aws_client
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Events, Jobs, Projects
from infrastructure.db.repositories.mails import Mails
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput, FilmOptions
from tests import servers
from tests.accounts.users import new_user, purchase, refund, reserve, settle
from tests.conftest import film_input
from tests.studio import studio_at
from workers.replaying import failure_of

pytestmark = pytest.mark.lab

AT_ONCE = timedelta(minutes=-5)
"""As if all that was just written had been for long."""


@dataclass(frozen=True)
class Right:
    """An installation in which everything is right: a finished film, one that failed, and somebody who paid."""

    postgres: str
    settings: Settings
    client: Client
    store: ObjectStore
    user: UUID
    film: FilmInput
    """Is finished."""
    failed: FilmInput
    """Failed, and nothing was ever set aside for it."""


@dataclass
class Broken:
    """A copy of its database; store and Temporal are the same."""

    right: Right
    dsn: str
    db: Database

    async def forge(self, *statements: str) -> None:
        """Do what the database refuses, as only its owner can."""
        owner = await asyncpg.connect(self.dsn)
        await owner.execute("SET session_replication_role = replica")
        for statement in statements:
            await owner.execute(statement)
        await owner.close()

    async def verify(self, age: timedelta = AT_ONCE) -> Findings:
        """Look at all of it."""
        return await verify_installation(
            db=self.db,
            store=self.right.store,
            client=self.right.client,
            play=_play,
            replay=failure_of,
            orphan_age=age,
        )

    async def breaks(self, name: str, said: str) -> None:
        """See that one invariant does not hold, and all others do."""
        findings = await self.verify()
        assert findings.broken == [name], findings.faults
        assert any(said in fault for fault in findings[name].checked.faults), findings.faults


def _play(path: Path, options: FilmOptions, frames: int) -> None:
    check_film(path, frames=frames, fps=options.fps, width=options.width, height=options.height)


@pytest.fixture(scope="module")
async def right(postgres: str, weed: servers.S3, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Right]:
    dsn = await servers.migrated(postgres, "verified")
    with servers.sqs() as sqs:
        settings = servers.settings_for(dsn, weed, sqs, tmp_path_factory.mktemp("verified"))
        async with servers.temporal() as environment:
            async with studio_at(settings, environment.client) as studio:
                async with studio.working():
                    submitted, _ = await studio.make("INT. KITCHEN - NIGHT\n\nA letter lies on the table.\n")
                user, failed = await _money(studio.deps.db)
            async with ObjectStore(settings) as store:
                yield Right(postgres, settings, environment.client, store, user, submitted.film, failed)


async def _money(db: Database) -> tuple[UUID, FilmInput]:
    """Somebody who bought, was paid back in part, and whose film failed."""
    user, key = await new_user(db, 3), str(new_id())
    await purchase(db, user, 9, key)
    await refund(db, key, 2)
    async with db.begin() as session:
        project = await Projects(session).ensure(user, "failing", "The Lighthouse")
        paid, unpaid = (film_input(user, project.project_id) for _ in range(2))
        for film in (paid, unpaid):
            assert await Jobs(session).create(film)
    await reserve(db, user, 4, paid.job_id)
    for film in (paid, unpaid):
        event = NewEvent(job_id=film.job_id, key="end", kind=EventKind.FAILED, status=JobStatus.FAILED)
        async with db.begin() as session:
            await Events(session).record(event)
    await settle(db, paid.job_id, 0)
    return user, unpaid


@pytest.fixture
async def broken(right: Right) -> AsyncIterator[Broken]:
    name = f"t{new_id().hex}"
    admin = await asyncpg.connect(right.postgres)
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE verified STRATEGY file_copy")
    dsn = right.postgres.removesuffix("postgres") + name
    db = Database(SecretStr(dsn), pool_size=4)
    yield Broken(right, dsn, db)
    await db.close()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@asynccontextmanager
async def put(store: ObjectStore, key: str, data: bytes) -> AsyncIterator[None]:
    """Let an object be something else for a while."""
    before = await store.get_bytes(key) if await store.exists(key) else None
    await store.put_bytes(key, data, "application/octet-stream")
    yield
    await (store.delete(key) if before is None else store.put_bytes(key, before, "application/octet-stream"))


@asynccontextmanager
async def without(store: ObjectStore, key: str) -> AsyncIterator[None]:
    """Let an object be gone for a while."""
    before = await store.get_bytes(key)
    await store.delete(key)
    yield
    await store.put_bytes(key, before, "application/octet-stream")


async def test_where_everything_is_right_each_invariant_is_named_and_says_what_was_looked_at(broken: Broken) -> None:
    findings = await broken.verify()
    assert findings.faults == []
    assert [one.name for one in findings.all] == [one.name for one in INVARIANTS]
    assert len({one.name for one in findings.all}) == 10
    counts = {one.name: one.checked.count for one in findings.all}
    assert (counts["purchases"], counts["reservations"], counts["films"], counts["refunds"]) == (1, 1, 1, 1)
    assert (counts["ledger"], counts["workflows"], counts["histories"]) == (6, 0, 0)
    assert min(counts["objects"], counts["tenants"], counts["deliveries"]) >= 1
    assert all(one.promise.endswith(".") and one.checked.looked_at for one in findings.all)


FORGED = [
    ("ledger", "the ledger says", "UPDATE users SET credits = credits + 1 WHERE credits = 10"),
    ("ledger", "sum to 1", "UPDATE credit_postings SET amount = amount + 1 WHERE account = 'allowances' AND amount = -3"
     " AND transaction_id = (SELECT transaction_id FROM credit_transactions WHERE type = 'opening' LIMIT 1)"),
    ("tenants", "in a project of user", "UPDATE projects SET user_id = (SELECT user_id FROM users WHERE user_id <> "
     "projects.user_id LIMIT 1) WHERE locator = 'failing'"),
    ("tenants", "was asked for by somebody else", "UPDATE job_versions SET input = jsonb_set(input, '{user_id}', "
     "'\"00000000-0000-4000-8000-000000000000\"') WHERE status = 'failed'"),
    ("tenants", "is made of what belongs to 00000000-", "UPDATE job_versions SET input = jsonb_set(input, "
     "'{script,key}', '\"artifacts/00000000-0000-4000-8000-000000000000/source/a.txt\"') WHERE status = 'failed'"),
    ("tenants", "that lies elsewhere", "INSERT INTO artifacts (project_id, stage, spec_hash, key, sha256, bytes, "
     "media_type) SELECT (SELECT project_id FROM projects WHERE locator = 'failing'), stage, spec_hash, key, sha256, "
     "bytes, media_type FROM artifacts LIMIT 1"),
    ("workflows", "is running, but its workflow does not run", "UPDATE jobs SET status = 'running' WHERE job_id = "
     "(SELECT job_id FROM jobs WHERE status = 'failed' LIMIT 1)"),
    ("deliveries", "Temporal has not heard of", "UPDATE workflow_commands SET sent_at = NULL, created_at = now() - "
     "interval '16 min'"),
    ("deliveries", "is tried no more: nobody is there", "INSERT INTO mails (mail_id, recipient, subject, body, "
     "attempts, last_error) VALUES (gen_random_uuid(), 'a@b.c', 's', 'b', 12, 'nobody is there')"),
    ("deliveries", "see that a relay runs", "INSERT INTO mails (mail_id, recipient, subject, body, created_at) VALUES "
     "(gen_random_uuid(), 'a@b.c', 's', 'b', now() - interval '4 h')"),
    ("deliveries", "that a webhook should have been told", "WITH hook AS (INSERT INTO webhooks (webhook_id, user_id, "
     "url, events, secret) SELECT gen_random_uuid(), user_id, 'https://example.org', '{}', 'x' FROM users LIMIT 1 "
     "RETURNING webhook_id) INSERT INTO webhook_deliveries (delivery_id, webhook_id, event_id, event, job_id, body, "
     "next_try_at) SELECT gen_random_uuid(), webhook_id, 'evt_1', 'film.failed', gen_random_uuid(), '{}', now() - "
     "interval '20 min' FROM hook"),
    ("deliveries", "objects of a deleted project that are still there", "INSERT INTO removals (removal_id, project_id, "
     "prefix, created_at) VALUES (gen_random_uuid(), gen_random_uuid(), 'projects/x/', now() - interval '2 days')"),
    ("purchases", "was paid and is not in the ledger", "INSERT INTO checkouts (checkout_id, user_id, package_id, "
     "credits, price, currency, status, payment_intent) SELECT gen_random_uuid(), user_id, 'reel', 20, 900, 'eur', "
     "'paid', 'pi_1' FROM users LIMIT 1"),
    ("purchases", "in the ledger, although its page is", "INSERT INTO checkouts (checkout_id, user_id, package_id, "
     "credits, price, currency) SELECT request_key::uuid, user_id, 'reel', 9, 900, 'eur' FROM credit_transactions "
     "WHERE type = 'purchase'"),
    ("objects", "but there is no such object", "UPDATE artifacts SET key = key || '.png' WHERE spec_hash = "
     "(SELECT spec_hash FROM artifacts WHERE stage = 'keyframes' LIMIT 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said", "statement"), FORGED, ids=[f"{one[0]}-{one[1][:20]}" for one in FORGED])
async def test_what_a_forger_leaves_in_the_database_is_named(
    broken: Broken, name: str, said: str, statement: str
) -> None:
    await broken.forge(statement)
    await broken.breaks(name, said)


async def test_a_purchase_that_was_entered_twice_is_named(broken: Broken) -> None:
    await broken.forge("ALTER TABLE credit_transactions DROP CONSTRAINT uq_credit_transactions_type_request_key")
    async with broken.db.begin() as session:
        connection = await session.connection()
        [(key,)] = await connection.exec_driver_sql(
            "SELECT request_key FROM credit_transactions WHERE type = 'purchase'"
        )
    # As the ledger itself would write it, were there no such key.
    await broken.forge(
        "WITH moved AS (UPDATE users SET credits = credits + 9, ledger_entries = ledger_entries + 1 "
        f"WHERE user_id = '{broken.right.user}' RETURNING *), entry AS (INSERT INTO credit_transactions "
        "(transaction_id, user_id, seq, type, amount, balance_after, description, request_key) SELECT "
        f"gen_random_uuid(), user_id, ledger_entries, 'purchase', 9, credits, '', '{key}' FROM moved RETURNING *) "
        "INSERT INTO credit_postings SELECT transaction_id, account, moved FROM entry, "
        "(VALUES ('lasting', 9), ('sales', -9)) AS posting (account, moved)"
    )
    await broken.breaks("purchases", "in the ledger 2 times")


async def test_what_is_still_set_aside_for_a_film_that_ended_is_named(broken: Broken) -> None:
    await reserve(broken.db, broken.right.user, 2, broken.right.failed.job_id)
    await broken.forge("UPDATE job_versions SET completed_at = completed_at - interval '61 s'")
    await broken.breaks("reservations", f"{broken.right.failed.job_id}: film whose revision 0 is failed")


async def test_a_film_that_failed_and_cost_something_is_named(broken: Broken) -> None:
    await reserve(broken.db, broken.right.user, 2, broken.right.failed.job_id)
    await settle(broken.db, broken.right.failed.job_id, 1)
    await broken.breaks("refunds", "is failed, and cost 1 credits all the same")


async def test_a_film_that_is_another_or_does_not_play_is_named(broken: Broken) -> None:
    async with broken.db.begin() as session:
        job = await Jobs(session).get(broken.right.film.job_id)
    assert job is not None
    assert job.output_key is not None
    async with put(broken.right.store, job.output_key, b"another film"):
        await broken.breaks("films", "digest differs")
        ref = await broken.right.store.head(job.output_key)
        assert ref is not None
        await broken.forge(f"UPDATE jobs SET output_sha256 = '{ref.sha256}' WHERE status = 'completed'")
        await broken.breaks("films", "is completed, but its film is not well")
    findings = await broken.verify()
    assert findings.broken == ["films"]
    async with without(broken.right.store, job.output_key):
        assert (await broken.verify()).broken == ["films", "objects"]


async def test_what_has_no_row_is_named_when_it_is_old_enough_and_not_deleted(broken: Broken) -> None:
    store = broken.right.store
    for key in (
        f"artifacts/{broken.right.film.project_id}/keyframes/{new_id().hex}.png",
        f"jobs/{new_id()}/output/final.mp4",
        f"projects/{new_id()}/script.txt",
        "artifacts/what is this.txt",
    ):
        async with put(store, key, b"orphan"):
            young = await broken.verify(timedelta(hours=24))
            assert young.broken == []
            assert "in the making" in young["objects"].checked.looked_at
            await broken.breaks("objects", f"object {key} has no row")
            assert await store.exists(key)


async def test_an_upload_that_nobody_finishes_is_named(broken: Broken) -> None:
    store, key = broken.right.store, f"jobs/{broken.right.film.job_id}/output/final.mp4"
    async with aws_client("s3", broken.right.settings, broken.right.settings.s3_endpoint_url) as raw:
        await raw.create_multipart_upload(Bucket=store.bucket, Key=key)
    await broken.breaks("objects", f"an upload of {key} was begun")
    for upload in await store.open_uploads():
        await store.end_upload(upload)


async def test_a_workflow_without_an_open_job_is_named(broken: Broken) -> None:
    handle = await broken.right.client.start_workflow(
        "FilmWorkflow", broken.right.failed, id=f"film-{new_id()}-r0", task_queue="nobody-works-here"
    )
    try:
        while [one async for one in broken.right.client.list_workflows(f"WorkflowId = '{handle.id}'")] == []:
            pass  # lists lag behind
        await broken.breaks("workflows", f"workflow {handle.id} runs, but its job is not open")
    finally:
        await handle.terminate()


@workflow.defn(name="FilmWorkflow")
class Otherwise:
    """A film as other code would have made it."""

    @workflow.run
    async def run(self, film: FilmInput) -> None:
        await workflow.sleep(timedelta(days=1))


async def test_a_film_that_other_code_has_begun_is_named(broken: Broken) -> None:
    film, client = broken.right.failed, broken.right.client
    await broken.forge(f"UPDATE jobs SET status = 'running' WHERE job_id = '{film.job_id}'")
    worker = Worker(client, task_queue="other", workflows=[Otherwise], workflow_runner=UnsandboxedWorkflowRunner())
    async with worker:
        handle = await client.start_workflow("FilmWorkflow", film, id=film.workflow_id, task_queue="other")
        try:
            while len((await handle.fetch_history()).events) < 5:
                pass
            while [one async for one in client.list_workflows(f"WorkflowId = '{handle.id}'")] == []:
                pass  # lists lag behind
            await broken.breaks("histories", f"workflow {film.workflow_id} does not replay")
        finally:
            await handle.terminate()


async def test_letters_that_are_under_way_are_no_fault(broken: Broken) -> None:
    async with broken.db.begin() as session:
        await Mails(session).add("anna@example.org", "Hello", "there")
    assert (await broken.verify()).broken == []
