"""Alembic's environment and its revisions; called through `infrastructure.db.migrate`."""
