"""Dossiers: what the tables hold of somebody, who may read all of it and take it along.

**A new table is one line here**: a `Section` of `SECTIONS`, or inside that of what it belongs to, if it holds anything
of users'; an entry of `LEFT_OUT`, with its reason, if it does not. `tests/accounts/test_dossier.py` fails while it is
neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, Uuid, bindparam, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db.metadata import METADATA

AT_ONCE = 200
"""Rows that are read at a time."""


@dataclass(frozen=True)
class Section:
    """A table, as somebody may read it who has its rows."""

    name: str
    """What it is called in the document."""
    table: str
    by: str = "user_id"
    """The column that says whose a row is: the user's id, or, inside another section, that of the row it belongs to."""
    without: frozenset[str] = frozenset()
    """Columns that nobody is shown: secrets, and whatever names somebody else."""
    where: str = ""
    """Which rows, in SQL, where no column says it; `:of` is the id."""
    key: str = ""
    """The column of the row's own id that sections inside it refer to."""
    inside: tuple[Section, ...] = ()
    text: str = ""
    """The column with the key of a text in the store, which is written into the document."""
    link: str = ""
    """The key of an object in the store, to which a link is given, with the row's columns in braces."""
    files: bool = False
    """Whether a row is a version of a film, with files that can be downloaded."""


SECTIONS = (
    Section("account", "users", without=frozenset({"password_hash"})),
    Section("sessions", "sessions"),
    Section("api_keys", "api_keys", without=frozenset({"digest"})),
    Section("providers", "oauth_accounts"),
    Section("mailed_links", "mailed_links", without=frozenset({"digest", "password_hash"})),
    Section(
        "webhooks",
        "webhooks",
        key="webhook_id",
        without=frozenset({"secret", "secret_before", "secret_before_until"}),
        inside=(Section("deliveries", "webhook_deliveries", by="webhook_id"),),
    ),
    Section("purchases", "checkouts"),
    Section(
        "letters",
        "mails",
        where="recipient = (SELECT email FROM users WHERE user_id = :of)",
        without=frozenset({"body", "last_error"}),
    ),
    Section(
        "projects",
        "projects",
        key="project_id",
        inside=(
            Section("scripts", "scripts", by="project_id", text="key", link="{original_key}"),
            Section(
                "references",
                "project_references",
                by="project_id",
                link="projects/{project_id}/references/{reference_id}",
            ),
            Section("cast", "project_casts", by="project_id"),
        ),
    ),
    Section(
        "films",
        "jobs",
        key="job_id",
        inside=(
            Section("versions", "job_versions", by="job_id", files=True),
            Section("events", "job_events", by="job_id"),
            Section("moderation", "moderation_items", by="job_id", without=frozenset({"decided_by"})),
        ),
    ),
    Section(
        "credits",
        "credit_transactions",
        key="transaction_id",
        inside=(Section("postings", "credit_postings", by="transaction_id"),),
    ),
    Section(
        "administration",
        "audit_log",
        where="target_id = :of OR target_id IN (SELECT job_id FROM jobs WHERE user_id = :of)",
        without=frozenset({"actor_id", "request_id"}),
    ),
)
"""All that is handed over."""

LEFT_OUT: Mapping[str, str] = {
    "artifacts": "where the makings of films lie, such as single pictures; what is made of them is among their files",
    "renders": "which worker tried when to make which picture: about machines",
    "render_outcomes": "as renders",
    "workflow_commands": "that a film was begun or called off, as its events say, too",
    "tallies": "how often something was tried within minutes or a day; it lapses then",
    "payment_claims": "what Stripe said of payments, by its own ids; what came of it is in the ledger",
    "stripe_events": "which of Stripe's messages were heard, by their ids",
    "removals": "what was deleted, by ids that mean nothing any more",
}
"""Tables that are not, and why."""

KEPT: Mapping[str, str] = {
    "credit_transactions": "the ledger balances over all users; it names nobody (ADR 19)",
    "checkouts": "what the ledger's purchases are of; it names nobody (ADR 21)",
    "audit_log": "what was done stays written down, by ids that mean nothing any more",
}
"""Tables whose rows stay when their user goes, and why."""


class Dossiers:
    """What the tables hold of somebody."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(
        self, section: Section, of: UUID, after: tuple[Any, ...] | None
    ) -> list[tuple[tuple[Any, ...], Any]]:
        """Read on in a section.

        Args:
            section: The section.
            of: Whose rows: the user, or the row they belong to.
            after: What names the last row that is known; None begins.

        Returns:
            At most `AT_ONCE` rows, each with what names it: all its columns, secrets among them.
        """
        table: Table = METADATA.tables[section.table]
        order = list(table.primary_key.columns)
        whose = text(f"({section.where or f'{table.name}.{section.by} = :of'})").bindparams(
            bindparam("of", of, type_=Uuid)
        )
        statement = select(table).where(whose).order_by(*order).limit(AT_ONCE)
        if after is not None:
            statement = statement.where(tuple_(*order) > after)
        rows = (await self._session.execute(statement)).mappings().all()
        return [(tuple(row[column.name] for column in order), dict(row)) for row in rows]
