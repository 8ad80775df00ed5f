"""What no longer does anything is forgotten, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from infrastructure.db.engine import Database
from infrastructure.db.repositories.bygones import BYGONES
from infrastructure.forgetting import forget
from infrastructure.ids import new_id

pytestmark = pytest.mark.lab

USER = new_id()
NOTHING = dict.fromkeys(BYGONES, 0)

# A user, and of everything one that is in use, one that has ended lately, and one that ended long ago.
_USER = "INSERT INTO users (user_id, email) VALUES (:user, :user || '@example.org')"
_ROWS = [
    """
    INSERT INTO sessions (session_id, user_id, expires_at, ended_at, device)
    SELECT gen_random_uuid(), :user, now() + expires, now() + ended, name
    FROM (VALUES ('in use', interval '1 day', null::interval), ('ended', '1 day', '-29 days'),
                 ('long ended', '1 day', '-31 days'), ('long expired', '-31 days', null)) AS row (name, expires, ended)
    """,
    """
    INSERT INTO mailed_links (digest, user_id, purpose, expires_at, used_at)
    SELECT sha256((name || :user)::bytea), :user, 'reset', now() + expires, now() + used
    FROM (VALUES ('good', interval '1 hour', null::interval), ('used', '1 hour', '-1 hour'),
                 ('long expired', '-31 days', null)) AS row (name, expires, used)
    """,
    """
    INSERT INTO mails (mail_id, recipient, subject, body, sent_at, attempts, next_try_at)
    SELECT gen_random_uuid(), 'a@example.org', name, '', now() + sent, attempts, now() + next
    FROM (VALUES ('waits', null::interval, 3, interval '-31 days'), ('sent', '-29 days', 1, '-29 days'),
                 ('long sent', '-31 days', 1, '-31 days'), ('given up', null, 12, '-29 days'),
                 ('long given up', null, 12, '-31 days')) AS row (name, sent, attempts, next)
    """,
    """
    INSERT INTO webhooks (webhook_id, user_id, url, events, secret)
    VALUES (:user, :user, 'https://example.org', '{}', '')
    """,
    """
    INSERT INTO webhook_deliveries
        (delivery_id, webhook_id, event_id, event, job_id, body, created_at, tried_at, next_try_at, delivered_at)
    SELECT gen_random_uuid(), :user, name, 'film.completed', :user, '', now() + tried, now() + tried, now() + next,
           now() + taken
    FROM (VALUES ('waits', interval '-40 days', interval '1 hour', null::interval),
                 ('taken', '-29 days', null, '-29 days'),
                 ('long taken', '-31 days', null, '-31 days'), ('asked for again', '-40 days', null, '-1 day'),
                 ('long given up', '-31 days', null, null)) AS row (name, tried, next, taken)
    """,
    "INSERT INTO projects (project_id, user_id, locator, title) VALUES (:user, :user, 'a film', 'a film')",
    """
    INSERT INTO jobs (job_id, project_id, user_id, workflow_id, options, input)
    VALUES (:user, :user, :user, 'a film', '{}', '{}')
    """,
    """
    INSERT INTO shares (share_id, job_id, created_at, expires_at, revoked_at)
    SELECT gen_random_uuid(), :user, now() - interval '60 days', now() + expires, now() + revoked
    FROM (VALUES ('good', interval '1 day', null::interval), ('revoked', '1 day', '-29 days'),
                 ('long revoked', '1 day', '-31 days'),
                 ('long expired', '-31 days', null)) AS row (name, expires, revoked)
    """,
]
_LEFT = {
    "sessions": ("device", {"in use", "ended"}),
    "mails": ("subject", {"waits", "sent", "given up"}),
    "webhook_deliveries": ("event_id", {"waits", "taken", "asked for again"}),
}


async def test_what_has_done_nothing_for_long_is_forgotten_once(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infrastructure.forgetting.AT_ONCE", 1)  # all is taken, however little at once
    assert await forget(db) == NOTHING
    async with db.begin() as session:
        for statement in (_USER, *_ROWS):
            await session.execute(text(statement.replace(":user", f"'{USER}'")))
    assert await forget(db) == {"sessions": 2, "mailed_links": 1, "mails": 2, "shares": 2, "webhook_deliveries": 2}
    assert await forget(db) == NOTHING
    async with db.begin() as session:
        for table, (name, left) in _LEFT.items():
            assert set(await session.scalars(text(f"SELECT {name} FROM {table}"))) == left
    assert await forget(db, older_than=timedelta(0)) == {
        "sessions": 1,
        "mailed_links": 1,
        "mails": 2,
        "shares": 1,
        "webhook_deliveries": 2,
    }
