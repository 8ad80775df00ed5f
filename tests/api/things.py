"""Things that people of the tests have: made straight in the database and the store, as many as a test needs."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from uuid import UUID

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select, text
from sqlmodel import col
from temporalio.client import Client

from accounts.sealing import WEBHOOKS, Sealer
from accounts.sharing import ShareLinks
from accounts.tokens import Access, Refresh, Signer, digest, new_secret
from film.direction import direct
from film.direction.castlist import add_person, pin_picture
from film.script import read
from infrastructure.db.belongings import ReferenceRow
from infrastructure.db.engine import Database
from infrastructure.db.hooks import DeliveryRow
from infrastructure.db.oversight import ModerationRow
from infrastructure.db.payments import CheckoutRow
from infrastructure.db.repositories.api_keys import ApiKeys
from infrastructure.db.repositories.casts import Casts
from infrastructure.db.repositories.checkouts import Checkouts
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.links import Links
from infrastructure.db.repositories.moderation import Moderation
from infrastructure.db.repositories.projects import Projects
from infrastructure.db.repositories.references import References
from infrastructure.db.repositories.scripts import Scripts
from infrastructure.db.repositories.sessions import Sessions
from infrastructure.db.repositories.shares import Shares
from infrastructure.db.repositories.users import Users
from infrastructure.db.repositories.webhooks import Webhooks
from infrastructure.db.tables import ScriptRow
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.artifact import version_key
from schemas.cast import Person
from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from schemas.hooks import HookEvent
from schemas.jobs import FilmInput, FilmOptions, FilmState, film_workflow_id
from schemas.people import LinkPurpose, Scope
from schemas.references import Examined, ReferenceKind
from schemas.stages import stage_versions
from tests.api.matrix import EVENT
from tests.api.people import PASSWORD
from tests.api.waiting import QUEUE, STATE, WaitingFilm
from tests.stripe_server import signature_of

HOUR = timedelta(hours=1)
SCRIPT = b"INT. KITCHEN - DAY\n\nAnna opens the window.\n"


@dataclass(frozen=True)
class Stage:
    """What things are made with."""

    settings: Settings
    db: Database
    store: ObjectStore
    temporal: Client

    @cached_property
    def signer(self) -> Signer:
        return Signer(self.settings)

    @cached_property
    def password_hash(self) -> str:
        return PasswordHash((Argon2Hasher(),)).hash(PASSWORD)


@dataclass
class Somebody:
    """A user, and what is theirs; each thing is made when it is first asked for."""

    stage: Stage
    user_id: UUID
    email: str
    made: dict[str, str] = field(default_factory=dict)

    async def thing(self, name: str) -> str:
        """What stands for a name in braces."""
        if name not in self.made:
            self.made[name] = await (THINGS.get(name) or WORDS[name])(self)
        return self.made[name]

    async def token(self, *, expired: bool = False) -> str:
        """An access token of a session of theirs."""
        session_id = UUID(await _session(self))
        begins = datetime.now(UTC) - (25 * HOUR if expired else timedelta())
        return self.stage.signer.access(Access(self.user_id, session_id), begins)

    async def key(self, *scopes: Scope) -> str:
        """An API key of theirs."""
        key = new_secret("afs_")
        async with self.stage.db.begin() as session:
            await ApiKeys(session).add(self.user_id, digest(key), "test", key[:12], scopes, None)
        return key


async def somebody(stage: Stage, *, role: str = "user") -> Somebody:
    """Make a user whose address is theirs, with a password."""
    email = f"{uuid.uuid4().hex}@example.org"
    async with stage.db.begin() as session:
        user = await Users(session).create(email)
        assert user is not None
        await session.execute(
            text(
                "UPDATE users SET role = :role, tier = 'studio', email_verified_at = clock_timestamp(), "
                "password_hash = :hash WHERE user_id = :user_id"
            ),
            {"role": role, "hash": stage.password_hash, "user_id": user.user_id},
        )
    return Somebody(stage, user.user_id, email)


async def _user(who: Somebody) -> str:
    return str(who.user_id)


async def _session(who: Somebody) -> str:
    async with who.stage.db.begin() as session:
        return str(await Sessions(session).begin(who.user_id, "test", 24 * HOUR))


async def _key(who: Somebody) -> str:
    async with who.stage.db.begin() as session:
        row = await ApiKeys(session).add(who.user_id, digest(new_secret()), "test", "afs_", {Scope.READ}, None)
    return str(row.key_id)


async def _project(who: Somebody) -> str:
    async with who.stage.db.begin() as session:
        project = await Projects(session).create(who.user_id, f"Secret of {who.user_id}")
    sha256 = hashlib.sha256(SCRIPT).hexdigest()
    key = f"artifacts/{project.project_id}/source/{sha256}.txt"
    await who.stage.store.put_bytes(key, SCRIPT, "text/plain")
    row = ScriptRow(
        project_id=project.project_id,
        number=0,
        file_name="secret.fountain",
        key=key,
        original_key=key,
        sha256=sha256,
        format="fountain",
        characters=len(SCRIPT),
    )
    async with who.stage.db.begin() as session:
        assert await Scripts(session).add(who.user_id, row, who.stage.store.uri(key), None)
    return str(project.project_id)


async def _job(who: Somebody) -> str:
    # In a project of its own: one whose film is being made cannot be deleted.
    async with who.stage.db.begin() as session:
        project = await Projects(session).create(who.user_id, f"Secret of {who.user_id}")
    return await _job_of(who, str(project.project_id))


async def _directed_job(who: Somebody) -> str:
    """A film of a script that can be directed: of it, the shots can be told."""
    project_id = UUID(await who.thing("project_id"))
    script = await who.stage.store.put_bytes(f"projects/{project_id}/script.txt", SCRIPT, "text/plain")
    return await _job_of(who, str(project_id), script=script.model_dump(mode="json"))


async def _job_of(who: Somebody, project_id: str, **more: object) -> str:
    async with who.stage.db.begin() as session:
        film = FilmInput.model_validate(
            {
                "job_id": uuid.uuid4(),
                "project_id": project_id,
                "user_id": who.user_id,
                "title": f"Secret of {who.user_id}",
                "script": {"key": "k", "sha256": "0" * 64, "bytes": 1, "media_type": "text/plain"},
                "file_name": "secret.fountain",
                "options": FilmOptions(),
                "versions": stage_versions(),
                **more,
            }
        )
        assert await Jobs(session).create(film)
        await Events(session).record(NewEvent(job_id=film.job_id, key="queued", kind=EventKind.QUEUED))
    return str(film.job_id)


async def _finished_job(who: Somebody) -> str:
    job_id = UUID(await _job_of(who, await who.thing("project_id")))
    key = version_key(job_id, "output", 0, "final.mp4")
    output = await who.stage.store.put_bytes(key, b"a film", "video/mp4")
    event = NewEvent(
        job_id=job_id,
        key="completed",
        kind=EventKind.COMPLETED,
        status=JobStatus.COMPLETED,
        data={"output": output.model_dump(mode="json")},
    )
    async with who.stage.db.begin() as session:
        await Events(session).record(event)
    return str(job_id)


async def _waiting_job(who: Somebody) -> str:
    job_id = await _job(who)
    await _wait(who, UUID(job_id), STATE)
    return job_id


async def _reviewed_job(who: Somebody) -> str:
    """A film whose breakdown waits to be approved, and can be changed any number of times."""
    job_id = UUID(await _directed_job(who))
    film = direct(read(SCRIPT.decode(), "secret.fountain")).model_dump_json().encode()
    breakdown = await who.stage.store.put_bytes(f"jobs/{job_id}/breakdown.json", film, "application/json")
    event = NewEvent(
        job_id=job_id, key="review", kind=EventKind.AWAITING_REVIEW, status=JobStatus.AWAITING_REVIEW, progress=5
    )
    async with who.stage.db.begin() as session:
        await Events(session).record(event)
    told = {"status": "awaiting_review", "script_breakdown": breakdown, "breakdown": breakdown}
    await _wait(who, job_id, STATE.model_copy(update=told))
    return str(job_id)


async def _wait(who: Somebody, job_id: UUID, state: FilmState) -> None:
    await who.stage.temporal.start_workflow(WaitingFilm.run, state, id=film_workflow_id(job_id), task_queue=QUEUE)


async def _held(who: Somebody) -> str:
    job_id = UUID(await _waiting_job(who))
    async with who.stage.db.begin() as session:
        job = await Jobs(session).get(job_id)
        assert job is not None
        moderation = Moderation(session)
        await moderation.hold(job.film_input.model_copy(update={"review_reason": "Moderation found a test."}), ())
        found = await session.scalars(select(col(ModerationRow.item_id)).where(col(ModerationRow.job_id) == job_id))
        return str(found.one())


async def _webhook(who: Somebody) -> str:
    sealer = Sealer(who.stage.settings, WEBHOOKS)
    async with who.stage.db.begin() as session:
        hook = await Webhooks(session).add(
            who.user_id, f"https://8.8.8.8/{who.user_id}", HookEvent, sealer.seal("whsec_c2VjcmV0"), 10**6
        )
    assert hook is not None
    return str(hook.webhook_id)


async def _told_webhook(who: Somebody) -> str:
    """The one that all deliveries are of."""
    if "told_webhook" not in who.made:
        who.made["told_webhook"] = await _webhook(who)
    return who.made["told_webhook"]


async def _delivery(who: Somebody) -> str:
    webhook_id = UUID(await _told_webhook(who))
    row = DeliveryRow(
        webhook_id=webhook_id, event_id=f"evt_{uuid.uuid4().hex}", event="film.failed", job_id=uuid.uuid4(), body="{}"
    )
    async with who.stage.db.begin() as session:
        session.add(row)
        await session.flush()
        return str(row.delivery_id)


async def _reference(who: Somebody) -> str:
    project_id = UUID(await who.thing("project_id"))
    row = ReferenceRow(
        project_id=project_id,
        kind=ReferenceKind.CHARACTER,
        name=f"Secret of {who.user_id}",
        media_type="image/png",
        bytes=9,
        sha256=hashlib.sha256(uuid.uuid4().bytes).hexdigest(),
    )
    async with who.stage.db.begin() as session:
        return str((await References(session).announce(row)).reference_id)


async def _member(who: Somebody) -> str:
    return await _keep(who, "Mara", "MOTHER")


async def _other_member(who: Somebody) -> str:
    return await _keep(who, "Secret of the other")


async def _keep(who: Somebody, name: str, *aliases: str) -> str:
    project_id = UUID(await who.thing("project_id"))
    person = Person(person_id=uuid.uuid4(), film_id="", name=name, aliases=aliases)
    async with who.stage.db.begin() as session:
        kept = await Casts(session).of(who.user_id, project_id, hold=True)
        assert kept is not None
        await Casts(session).write(project_id, add_person(kept.cast, person))
    return str(person.person_id)


async def _ready_picture(who: Somebody) -> str:
    reference_id = await _reference(who)
    async with who.stage.db.begin() as session:
        assert await References(session).complete(UUID(reference_id), Examined(width=8, height=8))
    return reference_id


async def _pinned_picture(who: Somebody) -> str:
    reference_id = await _ready_picture(who)
    project_id, person_id = UUID(await who.thing("project_id")), UUID(await who.thing("member_id"))
    async with who.stage.db.begin() as session:
        kept = await Casts(session).of(who.user_id, project_id, hold=True)
        assert kept is not None
        await Casts(session).write(project_id, pin_picture(kept.cast, person_id, UUID(reference_id)))
    return reference_id


async def _checkout(who: Somebody) -> str:
    row = CheckoutRow(
        checkout_id=uuid.uuid4(), user_id=who.user_id, package_id="reel", credits=20, price=900, currency="eur"
    )
    async with who.stage.db.begin() as session:
        await Checkouts(session).open(row)
    return str(row.checkout_id)


async def _share(who: Somebody) -> str:
    job_id = UUID(await who.thing("finished_job"))
    async with who.stage.db.begin() as session:
        share = await Shares(session).add(job_id, HOUR, 10**6)
    assert share is not None
    return str(share.share_id)


THINGS: dict[str, Callable[[Somebody], Awaitable[str]]] = {
    "user_id": _user,
    "session_id": _session,
    "key_id": _key,
    "project_id": _project,
    "job_id": _job,
    "finished_job": _finished_job,
    "directed_job": _directed_job,
    "waiting_job": _waiting_job,
    "reviewed_job": _reviewed_job,
    "item_id": _held,
    "webhook_id": _webhook,
    "told_webhook": _told_webhook,
    "delivery_id": _delivery,
    "reference_id": _reference,
    "member_id": _member,
    "other_member": _other_member,
    "ready_picture": _ready_picture,
    "pinned_picture": _pinned_picture,
    "checkout_id": _checkout,
    "share_id": _share,
}
"""What belongs to somebody, each by its id, a UUID."""


async def _email(who: Somebody) -> str:
    return who.email


async def _refresh_token(who: Somebody) -> str:
    return who.stage.signer.refresh(Refresh(UUID(await _session(who)), 0))


async def _fresh(_who: Somebody) -> str:
    return uuid.uuid4().hex


async def _message(_who: Somebody) -> str:
    return str(uuid.uuid4())


async def _fresh_sha256(_who: Somebody) -> str:
    return hashlib.sha256(uuid.uuid4().bytes).hexdigest()


async def _new_email(_who: Somebody) -> str:
    return f"{uuid.uuid4().hex}@example.org"


async def _password(_who: Somebody) -> str:
    return PASSWORD


async def _parting_password(who: Somebody) -> str:
    await somebody(who.stage, role="admin")  # the last administrator cannot go
    return PASSWORD


async def _shot(_who: Somebody) -> str:
    return "s001-001"


async def _number(_who: Somebody) -> str:
    return "0"


async def _first_number(_who: Somebody) -> str:
    return "1"


async def _provider(_who: Somebody) -> str:
    return "google"


async def _stripe_signature(_who: Somebody) -> str:
    return signature_of(EVENT.encode())


async def _share_link(who: Somebody) -> str:
    url = ShareLinks(who.stage.settings).url(UUID(await who.thing("share_id")))
    return url.partition("#")[2]


def _link(purpose: LinkPurpose) -> Callable[[Somebody], Awaitable[str]]:
    async def make(who: Somebody) -> str:
        secret = new_secret()
        async with who.stage.db.begin() as session:
            await Links(session).add(digest(secret), who.user_id, purpose, HOUR, who.stage.password_hash)
        return secret

    return make


WORDS: dict[str, Callable[[Somebody], Awaitable[str]]] = {
    "email": _email,
    "new_email": _new_email,
    "password": _password,
    "parting_password": _parting_password,
    "refresh_token": _refresh_token,
    "verify_link": _link(LinkPurpose.VERIFY),
    "reset_link": _link(LinkPurpose.RESET),
    "share_link": _share_link,
    "fresh": _fresh,
    "message_id": _message,
    "fresh_sha256": _fresh_sha256,
    "shot": _shot,
    "number": _number,
    "first_number": _first_number,
    "provider": _provider,
    "stripe_signature": _stripe_signature,
}
"""What else a request may hold."""
