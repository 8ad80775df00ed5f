"""What webhooks are told: an outbox that is written with the events themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Float, Integer, Text, Uuid, bindparam, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.hooks import DeliveryRow

LEASE_S = 30
"""Whoever has claimed a webhook and says nothing for so many seconds is taken for dead; longer than an answer takes."""
SPAN_S = 72 * 3600
"""How long something is tried, at most: a webhook that was told nothing for so long is failing."""

# An event is told if the film comes to have its status by it: not one of an older revision or after the end, which
# moves nothing, and not the second shot that waits where the first has let the film wait. A webhook that is being
# deleted is waited for, and left out.
_TELL = text("""
    WITH told AS (
        INSERT INTO webhook_deliveries (delivery_id, webhook_id, event_id, event, job_id, body)
        SELECT gen_random_uuid(), hook.webhook_id, 'evt_' || replace(now.job_id::text, '-', '') || '_' || now.seq,
               'film.' || now.status, now.job_id,
               json_build_object(
                   'type', 'film.' || now.status,
                   'timestamp', to_char(now.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                   'data', json_build_object(
                       'job_id', now.job_id, 'project_id', jobs.project_id, 'title', jobs.input->>'title',
                       'revision', now.rev, 'event', now.seq, 'status', now.status, 'message', now.message,
                       'error', CASE WHEN now.status = 'failed' THEN jobs.error_type END
                   )
               )::text
        FROM job_events now
        JOIN jobs ON jobs.job_id = now.job_id AND jobs.rev = now.rev
        JOIN users ON users.user_id = jobs.user_id AND users.disabled_at IS NULL
        JOIN webhooks hook ON hook.user_id = jobs.user_id AND hook.disabled_at IS NULL
        WHERE now.job_id = :job_id AND now.seq = :seq AND 'film.' || now.status = ANY (hook.events)
          AND now.status IS DISTINCT FROM (
              SELECT status FROM job_events before
              WHERE before.job_id = now.job_id AND before.rev = now.rev AND before.seq < now.seq
              ORDER BY before.seq DESC LIMIT 1
          )
        FOR KEY SHARE OF hook
        RETURNING 1
    )
    SELECT pg_notify('webhooks', '') FROM (SELECT count(*) AS all FROM told) AS counted WHERE counted.all > 0
""").bindparams(bindparam("job_id", type_=Uuid), bindparam("seq", type_=BigInteger))

# A webhook is told one thing at a time, and those that were spoken with longest ago come first: neither one that is
# slow nor somebody with many holds up the others.
_CLAIM = text("""
    WITH free AS (
        SELECT webhook_id FROM webhooks
        WHERE disabled_at IS NULL AND busy_until <= statement_timestamp()
          AND webhook_id IN (SELECT webhook_id FROM webhook_deliveries WHERE next_try_at <= statement_timestamp())
        ORDER BY busy_until LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED
    ), busy AS (
        UPDATE webhooks SET busy_until = clock_timestamp() + make_interval(secs => :lease)
        FROM free WHERE webhooks.webhook_id = free.webhook_id
        RETURNING webhooks.*
    ), due AS (
        SELECT DISTINCT ON (webhook_id) delivery_id FROM webhook_deliveries JOIN free USING (webhook_id)
        WHERE next_try_at <= statement_timestamp() ORDER BY webhook_id, next_try_at
    )
    UPDATE webhook_deliveries SET attempts = attempts + 1, tried_at = clock_timestamp()
    FROM busy, due
    WHERE webhook_deliveries.delivery_id = due.delivery_id AND busy.webhook_id = webhook_deliveries.webhook_id
      AND next_try_at <= clock_timestamp()
    RETURNING webhook_deliveries.delivery_id, busy.webhook_id, busy.url, event_id, body, attempts, busy_until, secret,
              CASE WHEN secret_before_until > clock_timestamp() THEN secret_before END AS secret_before
""").bindparams(bindparam("limit", type_=Integer), bindparam("lease", type_=Integer))

_RELEASE = text("""
    UPDATE webhooks SET busy_until = clock_timestamp() WHERE webhook_id = :webhook_id AND busy_until = :busy_until
""").bindparams(bindparam("webhook_id", type_=Uuid), bindparam("busy_until", type_=DateTime(timezone=True)))

_DELIVERED = text("""
    UPDATE webhook_deliveries SET
        delivered_at = clock_timestamp(), next_try_at = NULL, last_status = :status, last_error = NULL
    WHERE delivery_id = :delivery_id
""").bindparams(bindparam("delivery_id", type_=Uuid), bindparam("status", type_=Integer))

_FAILED = text("""
    UPDATE webhook_deliveries SET
        last_status = :status, last_error = :error, next_try_at = clock_timestamp() + make_interval(secs => :pause)
    WHERE delivery_id = :delivery_id AND delivered_at IS NULL
""").bindparams(
    bindparam("delivery_id", type_=Uuid),
    bindparam("status", type_=Integer),
    bindparam("error", type_=Text),
    bindparam("pause", type_=Float),
)

_ANY_LATELY = text("""
    SELECT EXISTS (
        SELECT 1 FROM webhook_deliveries
        WHERE webhook_id = :webhook_id AND delivered_at > clock_timestamp() - make_interval(secs => :span)
    )
""").bindparams(bindparam("webhook_id", type_=Uuid), bindparam("span", type_=Integer))

_AGAIN = text("""
    UPDATE webhook_deliveries SET attempts = 0, next_try_at = clock_timestamp(), delivered_at = NULL
    FROM webhooks
    WHERE delivery_id = :delivery_id AND webhook_deliveries.webhook_id = :webhook_id
      AND webhooks.webhook_id = webhook_deliveries.webhook_id AND webhooks.user_id = :user_id
    RETURNING webhook_deliveries.*, pg_notify('webhooks', '')
""").bindparams(*(bindparam(name, type_=Uuid) for name in ("delivery_id", "webhook_id", "user_id")))


class Claimed(NamedTuple):
    """Something that is to be told now."""

    delivery_id: UUID
    webhook_id: UUID
    url: str
    event_id: str
    body: str
    attempts: int
    """With this one."""
    busy_until: datetime
    secret: bytes
    secret_before: bytes | None
    """Where it is still signed with, too."""


class Deliveries:
    """What webhooks are told."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def tell(self, job_id: UUID, seq: int) -> None:
        """Write down for its owner's webhooks what has just happened to a film, in the transaction of the event.

        Args:
            job_id: The film's job, whose row is locked.
            seq: Number of the event.
        """
        await self._session.execute(_TELL, {"job_id": job_id, "seq": seq})

    async def claim(self, limit: int) -> Sequence[Claimed]:
        """Take what is due, one thing for each webhook; nobody else gets it, or speaks with them, for `LEASE_S`."""
        claimed = await self._session.execute(_CLAIM, {"limit": limit, "lease": LEASE_S})
        return [Claimed(**row) for row in claimed.mappings()]

    async def delivered(self, claimed: Claimed, status: int) -> None:
        """Write down that a webhook has taken something."""
        await self._release(claimed)
        await self._session.execute(_DELIVERED, {"delivery_id": claimed.delivery_id, "status": status})

    async def failed(self, claimed: Claimed, status: int | None, error: str, pause_s: float | None) -> None:
        """Write down that a webhook has not taken something.

        Args:
            claimed: What.
            status: HTTP's, where there was an answer.
            error: Why, in words.
            pause_s: After how many seconds it is tried again; None gives it up.
        """
        await self._release(claimed)
        values = {"delivery_id": claimed.delivery_id, "status": status, "error": error[:500], "pause": pause_s}
        await self._session.execute(_FAILED, values)

    async def _release(self, claimed: Claimed) -> None:
        values = {"webhook_id": claimed.webhook_id, "busy_until": claimed.busy_until}
        await self._session.execute(_RELEASE, values)

    async def any_lately(self, webhook_id: UUID) -> bool:
        """Whether a webhook has taken anything within `SPAN_S`."""
        found: bool = (
            await self._session.execute(_ANY_LATELY, {"webhook_id": webhook_id, "span": SPAN_S})
        ).scalar_one()
        return found

    async def page(self, webhook_id: UUID, limit: int, after: tuple[datetime, UUID] | None) -> Sequence[DeliveryRow]:
        """What a webhook was told and is to be told, the newest first.

        Args:
            webhook_id: The webhook, which is known to be the asker's.
            limit: How many at most.
            after: The last one that is known, by when it was written and its id.
        """
        place = tuple_(col(DeliveryRow.created_at), col(DeliveryRow.delivery_id))
        wanted = select(DeliveryRow).where(col(DeliveryRow.webhook_id) == webhook_id)
        if after is not None:
            wanted = wanted.where(place < after)
        ordered = wanted.order_by(col(DeliveryRow.created_at).desc(), col(DeliveryRow.delivery_id).desc())
        return (await self._session.scalars(ordered.limit(limit))).all()

    async def again(self, user_id: UUID, webhook_id: UUID, delivery_id: UUID) -> DeliveryRow | None:
        """Tell a webhook of a user something once more, at once and with all tries anew."""
        values = {"user_id": user_id, "webhook_id": webhook_id, "delivery_id": delivery_id}
        found = (await self._session.execute(_AGAIN, values)).mappings().one_or_none()
        if found is None:
            return None
        return DeliveryRow.model_validate({name: found[name] for name in DeliveryRow.model_fields})
