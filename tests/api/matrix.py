"""Who may do what: a table, written by hand, that is held against the application's own routes.

**A new operation is one row here.**
`Row("POST /projects/{project_id}/share", WRITERS, 201, body={"with": "{email}"})` says: whoever may write gets 201 for
what is theirs, and 404 for what is another's or nowhere; everybody else gets 401 or 403, whatever it is about. Give
`anothers` and `missing` where those get something else, as with what administrators do:
`Row("POST /admin/users/{user_id}/disable", ADMINS, 204, anothers=204)`.

What stands in braces, in the path, the query, the body or a header, is a thing of somebody: the caller's own,
another's, or one that is nowhere. `tests/api/things.py` makes it; a new kind of thing is one function there. `uses`
names another maker than the one called like the parameter, such as a finished film where the path says `job_id`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Caller(StrEnum):
    """Who asks."""

    ANONYMOUS = "anonymous"
    EXPIRED = "expired"
    """Comes with a token of an open session that is too old."""
    DISABLED = "disabled"
    """Was signed in when their account was shut."""
    DISABLED_KEY = "key of a disabled user"
    OWNER = "owner"
    OTHER = "other tenant"
    MODERATOR = "moderator"
    ADMIN = "admin"
    KEY_READ = "key with read"
    KEY_WRITE = "key with write"


class Target(StrEnum):
    """About what."""

    OWN = "own"
    ANOTHERS = "another's"
    MISSING = "missing"


NOBODY = frozenset({Caller.ANONYMOUS, Caller.EXPIRED, Caller.DISABLED, Caller.DISABLED_KEY})
PUBLIC = frozenset(Caller)
PERSONS = frozenset({Caller.OWNER, Caller.OTHER, Caller.MODERATOR, Caller.ADMIN})
"""Whoever is signed in themselves."""
READERS = PERSONS | {Caller.KEY_READ}
WRITERS = PERSONS | {Caller.KEY_WRITE}
ANYONE = PERSONS | {Caller.KEY_READ, Caller.KEY_WRITE}
MODERATORS = frozenset({Caller.MODERATOR, Caller.ADMIN})
ADMINS = frozenset({Caller.ADMIN})


@dataclass(frozen=True)
class Row:
    """What is expected of an operation."""

    operation: str
    """Method and path, below `/api/v1`."""
    who: frozenset[Caller]
    """Who may."""
    own: int
    """What they get for what is theirs, or for what is nobody's."""
    anothers: int = 404
    missing: int = 404
    body: Mapping[str, Any] | str | None = None
    """JSON, or the text of a file."""
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    uses: Mapping[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return self.operation.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.operation.partition(" ")[2]

    def expected(self, caller: Caller, target: Target) -> int:
        """Say which status somebody gets."""
        if caller in NOBODY and self.who != PUBLIC:
            return 401
        if caller not in self.who:
            return 403
        return {Target.OWN: self.own, Target.ANOTHERS: self.anothers, Target.MISSING: self.missing}[target]


KEY = {"Idempotency-Key": "{fresh}"}
SCRIPT = "INT. KITCHEN - DAY\n\nAnna opens the window.\n"
REFERENCE = {"name": "Anna", "kind": "character", "media_type": "image/png", "bytes": 9, "sha256": "{fresh_sha256}"}
EVENT = (
    '{"object": "event", "id": "evt_of_the_matrix", "type": "customer.created", "created": 1796000000, '
    '"livemode": false, "data": {"object": {"id": "cus_1"}}}'
)

REASON = {"reason": "A row of the table."}
CHANGE = {"shots": [{"shot": "s001-001", "size": "CU"}]}

ROWS = (
    Row("GET /healthz", PUBLIC, 200),
    Row("GET /readyz", PUBLIC, 200),
    Row("GET /version", PUBLIC, 200),
    Row("GET /metrics", PUBLIC, 404),
    Row("POST /auth/register", PUBLIC, 202, body={"email": "{new_email}", "password": "{password}"}),
    Row("POST /auth/verify", PUBLIC, 200, body={"token": "{verify_link}", "password": "{password}"}),
    Row("POST /auth/login", PUBLIC, 200, body={"email": "{email}", "password": "{password}"}),
    Row("POST /auth/refresh", PUBLIC, 200, body={"refresh_token": "{refresh_token}"}),
    Row("POST /auth/password/forgot", PUBLIC, 202, body={"email": "{email}"}),
    Row("POST /auth/password/reset", PUBLIC, 204, body={"token": "{reset_link}", "password": "{password}"}),
    Row("POST /auth/logout", PERSONS, 204),
    Row("GET /auth/me", ANYONE, 200),
    Row("GET /auth/me/export", PERSONS, 200),
    Row("DELETE /auth/me", PERSONS, 204, body={"password": "{parting_password}"}),
    Row("GET /auth/sessions", PERSONS, 200),
    Row("DELETE /auth/sessions/{session_id}", PERSONS, 204),
    Row("GET /auth/api-keys", PERSONS, 200),
    Row("POST /auth/api-keys", PERSONS, 201, body={"name": "build server"}),
    Row("DELETE /auth/api-keys/{key_id}", PERSONS, 204),
    Row("GET /projects", READERS, 200),
    Row("POST /projects", WRITERS, 201, body={"title": "Rain"}),
    Row("GET /projects/{project_id}", READERS, 200),
    Row("PATCH /projects/{project_id}", WRITERS, 200, body={"title": "Sun"}),
    Row("DELETE /projects/{project_id}", WRITERS, 204),
    Row("PUT /projects/{project_id}/script", WRITERS, 201, body=SCRIPT),
    Row("GET /projects/{project_id}/script", READERS, 200),
    Row("GET /projects/{project_id}/scripts", READERS, 200),
    Row(
        "GET /projects/{project_id}/scripts/{number}/diff",
        READERS,
        200,
        query={"against": "1"},
        uses={"number": "first_number"},
    ),
    Row("GET /projects/{project_id}/references", READERS, 200),
    Row("POST /projects/{project_id}/references", WRITERS, 201, body=REFERENCE),
    Row("GET /projects/{project_id}/references/{reference_id}", READERS, 200),
    Row("DELETE /projects/{project_id}/references/{reference_id}", WRITERS, 204),
    # It was never uploaded: what lies behind the door says so, to whom the door is open.
    Row("POST /projects/{project_id}/references/{reference_id}/complete", WRITERS, 409),
    Row("GET /projects/{project_id}/cast", READERS, 200),
    Row("POST /projects/{project_id}/cast", WRITERS, 201, body={"name": "Somebody {fresh}"}),
    Row("GET /projects/{project_id}/cast-suggestions", READERS, 200),
    Row("POST /projects/{project_id}/cast-suggestions", WRITERS, 200, body={}),
    Row("GET /projects/{project_id}/cast/{member_id}", READERS, 200),
    Row("PATCH /projects/{project_id}/cast/{member_id}", WRITERS, 200, body={"description": "in a red coat"}),
    Row("DELETE /projects/{project_id}/cast/{member_id}", WRITERS, 204),
    Row("POST /projects/{project_id}/cast/{member_id}/merge", WRITERS, 200, body={"other": "{other_member}"}),
    Row("POST /projects/{project_id}/cast/{member_id}/split", WRITERS, 201, body={"aliases": ["MOTHER"]}),
    Row(
        "PUT /projects/{project_id}/cast/{member_id}/pictures/{reference_id}",
        WRITERS,
        200,
        uses={"reference_id": "ready_picture"},
    ),
    Row(
        "DELETE /projects/{project_id}/cast/{member_id}/pictures/{reference_id}",
        WRITERS,
        200,
        uses={"reference_id": "pinned_picture"},
    ),
    Row("GET /jobs", READERS, 200, 200, 200, query={"project_id": "{project_id}"}),
    Row("POST /jobs", WRITERS, 202, body={"project_id": "{project_id}"}, headers=KEY),
    Row("GET /jobs/{job_id}", READERS, 200),
    Row("POST /jobs/{job_id}/cancel", WRITERS, 202),
    Row("POST /jobs/{job_id}/approve", WRITERS, 200, headers=KEY, uses={"job_id": "waiting_job"}),
    Row("POST /jobs/{job_id}/shots/{shot}/retry", WRITERS, 200, body={}, headers=KEY, uses={"job_id": "waiting_job"}),
    Row("POST /jobs/{job_id}/shots/{shot}/skip", WRITERS, 200, headers=KEY, uses={"job_id": "waiting_job"}),
    Row("GET /jobs/{job_id}/shots", READERS, 200, uses={"job_id": "directed_job"}),
    Row("GET /jobs/{job_id}/preview", READERS, 200),
    Row("GET /jobs/{job_id}/time-left", READERS, 200),
    Row("GET /jobs/{job_id}/downloads", READERS, 200, uses={"job_id": "finished_job"}),
    Row("POST /jobs/{job_id}/shares", WRITERS, 201, body={"hours": 24}, uses={"job_id": "finished_job"}),
    Row("GET /jobs/{job_id}/shares", READERS, 200, uses={"job_id": "finished_job"}),
    Row("DELETE /jobs/{job_id}/shares/{share_id}", WRITERS, 204, uses={"job_id": "finished_job"}),
    # Whoever has the link: it is what is asked for.
    Row("POST /shared", PUBLIC, 200, body={"token": "{share_link}"}),
    Row("GET /jobs/{job_id}/events", READERS, 200, uses={"job_id": "finished_job"}),
    Row("POST /quotes", READERS, 200, body={"project_id": "{project_id}"}),
    Row("GET /loras", READERS, 200),
    Row("GET /jobs/{job_id}/breakdown", READERS, 200, uses={"job_id": "reviewed_job"}),
    Row("POST /jobs/{job_id}/revisions", WRITERS, 202, body=CHANGE, headers=KEY, uses={"job_id": "reviewed_job"}),
    Row("POST /jobs/{job_id}/revisions/quote", READERS, 200, body=CHANGE, uses={"job_id": "reviewed_job"}),
    Row("GET /jobs/{job_id}/versions", READERS, 200),
    Row("POST /jobs/{job_id}/versions/{number}/restore", WRITERS, 204, uses={"job_id": "finished_job"}),
    Row("GET /credits", READERS, 200),
    Row("GET /credits/history", READERS, 200),
    Row("GET /credits/prices", PUBLIC, 200),
    Row("GET /credits/packages", PUBLIC, 200),
    Row("POST /credits/checkout", WRITERS, 201, body={"package_id": "reel"}, headers=KEY),
    Row("GET /credits/checkouts/{checkout_id}", READERS, 200),
    # Whoever is signed in there: the signature is Stripe's.
    Row("POST /stripe/webhook", PUBLIC, 200, body=EVENT, headers={"Stripe-Signature": "{stripe_signature}"}),
    Row("GET /auth/providers", PUBLIC, 200),
    Row("GET /auth/oauth", PERSONS, 200),
    Row("DELETE /auth/oauth/{provider}", PERSONS, 404),
    # The studio of these tests offers no provider, and has no queues.
    Row("GET /auth/oauth/{provider}/start", PUBLIC, 404),
    Row("GET /auth/oauth/{provider}/callback", PUBLIC, 404),
    # A public address, which nobody is asked for and nothing is sent to.
    Row("POST /webhooks", WRITERS, 201, body={"url": "https://8.8.8.8/hooks"}),
    Row("GET /webhooks", READERS, 200),
    Row("GET /webhooks/{webhook_id}", READERS, 200),
    Row("DELETE /webhooks/{webhook_id}", WRITERS, 204),
    Row("POST /webhooks/{webhook_id}/enable", WRITERS, 200),
    Row("POST /webhooks/{webhook_id}/disable", WRITERS, 200),
    Row("POST /webhooks/{webhook_id}/rotate", WRITERS, 200),
    Row("GET /webhooks/{webhook_id}/deliveries", READERS, 200, uses={"webhook_id": "told_webhook"}),
    Row(
        "POST /webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver",
        WRITERS,
        202,
        uses={"webhook_id": "told_webhook"},
    ),
    Row("GET /admin/users", ADMINS, 200),
    Row("GET /admin/users/{user_id}", ADMINS, 200, anothers=200),
    Row("PATCH /admin/users/{user_id}", ADMINS, 200, anothers=200, body={"disabled": False, **REASON}),
    Row("POST /admin/users/{user_id}/ban", MODERATORS, 409, anothers=204, body=REASON),
    Row("POST /admin/users/{user_id}/credits", ADMINS, 200, anothers=200, body={"credits": 1, **REASON}, headers=KEY),
    Row("GET /admin/audit", ADMINS, 200),
    Row("GET /admin/dead-letters", ADMINS, 503),
    Row("POST /admin/dead-letters/{message_id}/redrive", ADMINS, 503, body=REASON),
    Row("POST /admin/dead-letters/{message_id}/discard", ADMINS, 503, body=REASON),
    Row("GET /admin/health", ADMINS, 200),
    Row("GET /admin/moderation", MODERATORS, 200),
    Row("GET /admin/moderation/{item_id}", MODERATORS, 200, anothers=200),
    Row("POST /admin/moderation/{item_id}/approve", MODERATORS, 200, anothers=200, body=REASON),
    Row("POST /admin/moderation/{item_id}/refuse", MODERATORS, 200, anothers=200, body=REASON),
)
AT_ROOT = frozenset({"/healthz", "/readyz", "/version", "/metrics"})
"""Paths that do not stand below `/api/v1`."""
