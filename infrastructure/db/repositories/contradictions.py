"""What rows must not say of each other: of films that cost something and were not delivered, of tenants, of outboxes.

The database and the use cases see to most of it; it is asked here without regard to that, and of all rows.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Float, Integer, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db.repositories.mails import TRIES

COMMAND_LATE_S = 900.0
"""After so many seconds a command that Temporal has not taken is a fault and no delay."""
LETTER_LATE_S = 3 * 3600.0
"""A letter is tried for two hours or so before it is given up."""
NEWS_LATE_S = 900.0
"""A webhook whose turn has come for so long is told by nobody: one that does not answer has a later turn."""
REMOVAL_LATE_S = 24 * 3600.0
"""What was deleted waits for a film that is called off, and for a store that is away, but not for days."""

_REFUNDS = """
    SELECT film.job_id::text AS id, format('film whose revision %s is %s, and cost %s credits all the same', film.rev,
           film.status, coalesce(earned.amount, 0)) AS fault
    FROM job_versions film JOIN credit_transactions ending USING (job_id, rev)
    LEFT JOIN credit_postings earned ON earned.transaction_id = ending.transaction_id AND earned.account = 'earned'
    WHERE film.status IN ('failed', 'cancelled') AND ending.type = 'capture'
"""
_UNDELIVERED = """
    SELECT count(*) FROM job_versions film JOIN credit_transactions USING (job_id, rev)
    WHERE film.status IN ('failed', 'cancelled') AND type = 'reserve'
"""

_PURCHASES = """
    SELECT checkout_id::text AS id, format('purchase of %s credits that was paid and is not in the ledger', credits)
           AS fault
    FROM checkouts WHERE status = 'paid' AND NOT EXISTS (
        SELECT 1 FROM credit_transactions
        WHERE type = 'purchase' AND request_key = checkout_id::text AND user_id = checkouts.user_id
    )
    UNION ALL
    SELECT checkout_id::text, 'purchase that is in the ledger, although its page is ' || status
    FROM checkouts JOIN credit_transactions entry ON type = 'purchase' AND request_key = checkout_id::text
    WHERE status <> 'paid'
"""
_CHECKOUTS = "SELECT count(*) FROM checkouts"

_OTHER_KEYS = r"""'"key": "(artifacts|projects)/([0-9a-f-]{36})/'"""
_TENANTS = f"""
    SELECT key AS id, 'artifact of project ' || project_id || ' that lies elsewhere' AS fault
    FROM artifacts WHERE NOT starts_with(key, 'artifacts/' || project_id || '/')
    UNION ALL
    SELECT project_id::text, 'project whose script ' || number || ' lies elsewhere: ' || name
    FROM scripts, LATERAL (VALUES (key), (original_key)) AS both_files (name)
    WHERE NOT starts_with(name, 'projects/' || project_id || '/')
          AND NOT starts_with(name, 'artifacts/' || project_id || '/')  -- as they lay before
    UNION ALL
    SELECT project_id::text, 'project whose script is another''s: ' || script
    FROM projects WHERE script ~ '/(artifacts|projects)/[0-9a-f-]{{36}}/' AND position(project_id::text IN script) = 0
    UNION ALL
    SELECT job_id::text, 'job whose film lies elsewhere: ' || output_key
    FROM jobs WHERE NOT starts_with(output_key, 'jobs/' || job_id || '/')
    UNION ALL
    SELECT job_id::text, 'job whose version ' || rev || ' lies elsewhere: ' || (output->>'key')
    FROM job_versions WHERE NOT starts_with(output->>'key', 'jobs/' || job_id || '/')
    UNION ALL
    SELECT job_id::text, 'job of user ' || jobs.user_id || ' in a project of user ' || projects.user_id
    FROM jobs JOIN projects USING (project_id) WHERE jobs.user_id <> projects.user_id
    UNION ALL
    SELECT job_id::text, 'job whose version ' || version.rev || ' was asked for by somebody else'
    FROM job_versions version JOIN jobs USING (job_id)
    WHERE (version.input->>'job_id', version.input->>'project_id', version.input->>'user_id')
          IS DISTINCT FROM (job_id::text, jobs.project_id::text, jobs.user_id::text)
    UNION ALL
    SELECT DISTINCT job_id::text, 'job whose version ' || version.rev || ' is made of what belongs to ' || found[2]
    FROM job_versions version JOIN jobs USING (job_id),
         regexp_matches(version.input::text, {_OTHER_KEYS}, 'g') AS found
    WHERE found[2] <> jobs.project_id::text
"""
_OWNED = """
    SELECT (SELECT count(*) FROM projects) + (SELECT count(*) FROM scripts) + (SELECT count(*) FROM artifacts)
           + (SELECT count(*) FROM jobs) + (SELECT count(*) FROM job_versions)
"""

_DELIVERIES = """
    SELECT job_id::text AS id, format('job whose %s (revision %s) Temporal has not heard of for %s s: %s', kind, rev,
           round(extract(epoch FROM clock_timestamp() - created_at)),
           coalesce(last_error, 'no relay has tried')) AS fault
    FROM workflow_commands
    WHERE sent_at IS NULL AND created_at < clock_timestamp() - make_interval(secs => :command_late)
    UNION ALL
    SELECT mail_id::text, format('letter that was tried %s times and is tried no more: %s', attempts,
           coalesce(last_error, 'no error is known'))
    FROM mails WHERE sent_at IS NULL AND attempts >= :tries
    UNION ALL
    SELECT mail_id::text, format('letter that waits since %s: see that a relay runs and STUDIO_SMTP_URL is set',
           created_at)
    FROM mails WHERE sent_at IS NULL AND attempts < :tries
                 AND created_at < clock_timestamp() - make_interval(secs => :letter_late)
    UNION ALL
    SELECT delivery_id::text, format('news of job %s that a webhook should have been told %s s ago: see that a relay '
           'runs and STUDIO_AUTH_SECRET is set', job_id, round(extract(epoch FROM clock_timestamp() - next_try_at)))
    FROM webhook_deliveries JOIN webhooks USING (webhook_id)
    WHERE disabled_at IS NULL AND next_try_at < clock_timestamp() - make_interval(secs => :news_late)
    UNION ALL
    SELECT removal_id::text, format('objects of a deleted project that are still there, below %s: %s', prefix,
           coalesce(last_error, 'no relay has tried'))
    FROM removals
    WHERE swept_at IS NULL AND created_at < clock_timestamp() - make_interval(secs => :removal_late)
"""
_OUTBOXES = """
    SELECT (SELECT count(*) FROM workflow_commands) + (SELECT count(*) FROM mails)
           + (SELECT count(*) FROM webhook_deliveries) + (SELECT count(*) FROM removals)
"""
_LATE: dict[str, Any] = {
    "command_late": COMMAND_LATE_S,
    "letter_late": LETTER_LATE_S,
    "tries": TRIES,
    "news_late": NEWS_LATE_S,
    "removal_late": REMOVAL_LATE_S,
}


class Contradicted(NamedTuple):
    """What was looked at, and what is wrong with it."""

    looked_at: int
    faults: list[str]
    """A sentence each, with the id of what it is about."""


class Contradictions:
    """What rows say of each other."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def refunds(self, limit: int) -> Contradicted:
        """Find films that failed or were called off and cost something, among all for which credits were set aside."""
        return await self._look(_UNDELIVERED, _REFUNDS, limit)

    async def purchases(self, limit: int) -> Contradicted:
        """Find what was paid and not handed over, or handed over and not paid, among all that anybody began to buy."""
        return await self._look(_CHECKOUTS, _PURCHASES, limit)

    async def tenants(self, limit: int) -> Contradicted:
        """Find what is somebody's and lies at, or is made of, what is somebody else's; among all that is anybody's."""
        return await self._look(_OWNED, _TENANTS, limit)

    async def deliveries(self, limit: int) -> Contradicted:
        """Find commands, letters, news and removals that do not arrive, among all that are kept."""
        return await self._look(_OUTBOXES, _DELIVERIES, limit, **_LATE)

    async def _look(self, count: str, faults: str, limit: int, **more: Any) -> Contradicted:
        statement = text(f"SELECT id, fault FROM ({faults}) faults ORDER BY id, fault LIMIT :limit").bindparams(
            bindparam("limit", limit, Integer),
            *(bindparam(name, value, Float if isinstance(value, float) else Integer) for name, value in more.items()),
        )
        rows = await self._session.execute(statement)
        looked_at = (await self._session.execute(text(count))).scalar_one()
        return Contradicted(int(looked_at), [f"{row.id}: {row.fault}" for row in rows])
