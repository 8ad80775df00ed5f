"""Dossiers: what the tables hold of somebody, who may read all of it and take it along.

**A new table is one line here**: a `Section` of `SECTIONS`, or inside that of what it belongs to, if it holds anything
of users'; an entry of `LEFT_OUT`, with its reason, if it does not. `tests/accounts/test_dossier.py` fails while it is
neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, Uuid, bindparam, cast, column, func, select, text, true, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db.metadata import METADATA

AT_ONCE = 200
"""Rows that are read at a time."""
HOLDERS = 100
"""Likewise, of a section with others inside, whose first rows are read with them."""
FIRST = 50
"""Rows that are read with the row that holds them; whoever holds more has the others read alone."""

Row = tuple[tuple[Any, ...], dict[str, Any]]
"""What names a row, and all its columns, secrets among them."""


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

    @property
    def at_once(self) -> int:
        """Rows of it that are read at a time."""
        return HOLDERS if self.inside else AT_ONCE

    @property
    def rows(self) -> Table:
        """Its table."""
        return METADATA.tables[self.table]

    @property
    def order(self) -> list[ColumnElement[Any]]:
        """What names a row, and in which order they are read."""
        return list(self.rows.primary_key.columns)


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
            Section("links", "shares", by="job_id"),
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

    async def page(self, section: Section, of: UUID, after: tuple[Any, ...] | None) -> list[Row]:
        """Read on in a section.

        Args:
            section: The section.
            of: Whose rows: the user, or the row they belong to.
            after: What names the last row that is known; None begins.

        Returns:
            At most `section.at_once` rows.
        """
        table = section.rows
        whose = text(f"({section.where or f'{table.name}.{section.by} = :of'})").bindparams(
            bindparam("of", of, type_=Uuid)
        )
        statement = select(table).where(whose).order_by(*section.order).limit(section.at_once)
        if after is not None:
            statement = statement.where(tuple_(*section.order) > after)
        found = (await self._session.execute(statement)).mappings()
        return [_named(section, dict(row)) for row in found]

    async def first(self, section: Section, of: Sequence[UUID]) -> dict[UUID, list[Row]]:
        """Read how a section begins of many rows that hold it, at once.

        Args:
            section: Inside another one, where a column says whose a row is.
            of: The ids of the rows that hold it.

        Returns:
            For each of them its first rows, `FIRST` at most; those that have none are left out.
        """
        table = section.rows
        holders = func.unnest(cast(list(of), ARRAY(Uuid))).table_valued(column("holder", Uuid), name="holders")
        holders = holders.render_derived()
        theirs = select(table).where(table.c[section.by] == holders.c.holder).order_by(*section.order).limit(FIRST)
        rows = theirs.lateral("theirs")
        in_order = [rows.c[section.by], *(rows.c[one.name] for one in section.rows.primary_key.columns)]
        statement = select(rows).select_from(holders.join(rows, true())).order_by(*in_order)
        found: dict[UUID, list[Row]] = {}
        for row in (await self._session.execute(statement)).mappings():
            found.setdefault(row[section.by], []).append(_named(section, dict(row)))
        return found


def _named(section: Section, row: dict[str, Any]) -> Row:
    return tuple(row[one.name] for one in section.rows.primary_key.columns), row
