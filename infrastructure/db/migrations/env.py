"""Alembic's environment: it is handed an open connection and never opens one itself."""

from __future__ import annotations

from alembic import context

from infrastructure.db.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, compare_server_default=True
)
with context.begin_transaction():
    context.run_migrations()
