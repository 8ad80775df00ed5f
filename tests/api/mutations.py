"""Every guard of what is somebody's, each of which the suite must miss when it is taken away.

`python -m tests.api.mutations` is `pytest tests/api/test_mutations.py`. A new guard is one entry here.
"""

from __future__ import annotations

import sys

from tests.api.unguarded import Mutation

_REPOSITORIES = "infrastructure.db.repositories"

MUTATIONS = (
    Mutation(f"{_REPOSITORIES}.jobs", ", col(JobRow.user_id) == user_id", within="def owned", rows="/jobs"),
    Mutation(f"{_REPOSITORIES}.jobs", ".where(col(JobRow.user_id) == user_id)", within="def page", rows="GET /jobs"),
    Mutation(f"{_REPOSITORIES}.glances", "AND user_id = asked.owner", rows="GET /jobs/{job_id}"),
    Mutation(f"{_REPOSITORIES}.projects", ", col(ProjectRow.user_id) == user_id", within="def owned", rows="/projects"),
    Mutation(
        f"{_REPOSITORIES}.projects", ".where(col(ProjectRow.user_id) == user_id)", within="def page", rows="/projects"
    ),
    Mutation(f"{_REPOSITORIES}.projects", ", col(ProjectRow.user_id) == user_id", within="def rename", rows="PATCH"),
    Mutation(
        f"{_REPOSITORIES}.projects",
        "user_id = :user_id AND NOT",
        "(user_id = :user_id OR true) AND NOT",
        rows="DELETE /projects",
    ),
    Mutation(f"{_REPOSITORIES}.scripts", ", col(ProjectRow.user_id) == user_id", within="def _of", rows="/script"),
    Mutation(
        f"{_REPOSITORIES}.scripts", "user_id = :user_id AND", "(user_id = :user_id OR true) AND", rows="PUT /projects"
    ),
    Mutation(
        f"{_REPOSITORIES}.references",
        ", col(ProjectRow.user_id) == user_id",
        within="def taken",
        rows="POST /projects/{project_id}/references",
    ),
    Mutation(
        f"{_REPOSITORIES}.references", "col(ProjectRow.user_id) == user_id,", within="def _of", rows="/references/"
    ),
    Mutation(
        f"{_REPOSITORIES}.references",
        ", col(ProjectRow.user_id) == user_id",
        within="def remove",
        rows="DELETE /projects/{project_id}/references",
    ),
    Mutation(f"{_REPOSITORIES}.casts", ", col(ProjectRow.user_id) == user_id", within="def _mine", rows="/cast"),
    Mutation(
        f"{_REPOSITORIES}.sessions",
        "WHERE user_id = :user_id AND",
        "WHERE (user_id = :user_id OR true) AND",
        rows="DELETE /auth/sessions",
    ),
    Mutation(
        f"{_REPOSITORIES}.sessions", "col(SessionRow.user_id) == user_id, ", within="def open_ones", rows="/sessions"
    ),
    Mutation(f"{_REPOSITORIES}.sessions", ", col(UserRow.disabled_at).is_(None)", within="def owner", rows="/auth/me"),
    Mutation(
        f"{_REPOSITORIES}.api_keys",
        "col(ApiKeyRow.user_id) == user_id, ",
        within="def revoke",
        rows="DELETE /auth/api-keys",
    ),
    Mutation(
        f"{_REPOSITORIES}.api_keys", "col(ApiKeyRow.user_id) == user_id, ", within="def valid_ones", rows="/api-keys"
    ),
    Mutation(f"{_REPOSITORIES}.api_keys", "col(UserRow.disabled_at).is_(None),", within="def owner", rows="/auth/me"),
    *(
        Mutation(
            "api.routers.jobs",
            "    await owned_job(uses, principal, job_id)\n",
            within=f"async def {name}(",
            rows=f"/{name}",
        )
        for name in ("cancel", "approve", "retry", "skip")
    ),
    *(
        Mutation(
            f"api.routers.{module}",
            "    await owned_job(uses, principal, job_id)\n",
            within=f"async def {name}(",
            rows=rows,
        )
        for module, name, rows in (
            ("breakdowns", "read", "/breakdown"),
            ("revisions", "change", "POST /jobs/{job_id}/revisions"),
            ("revisions", "quote_change", "/revisions/quote"),
            ("revisions", "versions", "/versions"),
            ("revisions", "restore", "/restore"),
        )
    ),
    Mutation(
        f"{_REPOSITORIES}.dossiers",
        "{table.name}.{section.by} = :of",
        # Of some others: of all, a document would be as long as the database.
        "{table.name}.{section.by} = :of OR {table.name}.{section.by} IN "
        "(SELECT user_id FROM users ORDER BY user_id DESC LIMIT 20)",
        rows="GET /auth/me/export",
    ),
    *(
        Mutation(f"{_REPOSITORIES}.webhooks", guard, within=within, rows=rows)
        for guard, within, rows in (
            (".where(col(WebhookRow.user_id) == user_id)", "def all_of", "GET /webhooks"),
            (", col(WebhookRow.user_id) == user_id", "def owned", "GET /webhooks/{webhook_id}"),
            (", col(WebhookRow.user_id) == user_id", "def delete", "DELETE /webhooks"),
            (", col(WebhookRow.user_id) == user_id", "def switch", "/disable"),
        )
    ),
    Mutation(
        f"{_REPOSITORIES}.webhooks",
        "AND user_id = :user_id",
        "AND (user_id = :user_id OR true)",
        within="_ROTATE",
        rows="/rotate",
    ),
    # The door in front of it asks, too: it is missed at the repository.
    Mutation(
        f"{_REPOSITORIES}.deliveries",
        "AND webhooks.user_id = :user_id",
        "AND (webhooks.user_id = :user_id OR true)",
        within="_AGAIN",
        rows="/redeliver",
    ),
    Mutation(
        f"{_REPOSITORIES}.shares",
        "                col(JobRow.user_id) == user_id,\n",
        within="def revoke",
        rows="DELETE /jobs/{job_id}/shares",
    ),
    # The repository asks, too, and would list nothing: that somebody is answered at all is missed at the use case.
    Mutation(
        "api.usecases.share_film",
        "if await Jobs(session).owned(user_id, job_id) is None:",
        "if False:",
        within="async def shares_of(",
        rows="GET /jobs/{job_id}/shares",
    ),
    Mutation(
        f"{_REPOSITORIES}.checkouts",
        ", col(CheckoutRow.user_id) == user_id",
        within="def owned",
        rows="/credits/checkouts",
    ),
    Mutation("api.deps", "not principal.may(scope)", "False", rows="/projects"),
    Mutation("api.deps", "principal.session_id is None", "False", rows="/auth"),
    Mutation("accounts.tokens", "leeway=LEEWAY", "leeway=timedelta(days=365)", rows="/auth/me"),
)

if __name__ == "__main__":
    import pytest

    sys.exit(pytest.main(["-q", "tests/api/test_mutations.py"]))
