"""Alembic's environment: it is handed an open connection and never opens one itself."""

from __future__ import annotations

from alembic import context

from infrastructure.db.tables import Row

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Row.metadata, compare_server_default=True
)
with context.begin_transaction():
    context.run_migrations()
