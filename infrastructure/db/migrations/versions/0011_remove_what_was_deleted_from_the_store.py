"""Remove what was deleted from the store, too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

NOW = sa.text('clock_timestamp()')

# Triggers, so that it holds whoever deletes, and whatever goes along with what was deleted: a user's projects, a
# project's films, one that was ordered just before as well.
FUNCTIONS = (
    """
    CREATE FUNCTION remove_project() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO removals (removal_id, project_id, prefix)
        SELECT gen_random_uuid(), OLD.project_id, prefix
        FROM (VALUES ('artifacts/' || OLD.project_id || '/'), ('projects/' || OLD.project_id || '/')) AS kept (prefix);
        PERFORM pg_notify('removals', '');
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE FUNCTION remove_job() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO removals (removal_id, project_id, workflow_id, prefix) VALUES (
            gen_random_uuid(), OLD.project_id,
            CASE WHEN OLD.status NOT IN ('completed', 'failed', 'cancelled') THEN OLD.workflow_id END,
            'jobs/' || OLD.job_id || '/'
        );
        PERFORM pg_notify('removals', '');
        RETURN NULL;
    END
    $$
    """,
)


def upgrade() -> None:
    op.create_table('removals',
    sa.Column('removal_id', sa.Uuid(), nullable=False),
    sa.Column('project_id', sa.Uuid(), nullable=False),
    sa.Column('workflow_id', sa.String(length=255), nullable=True),
    sa.Column('prefix', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.Column('swept_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('removal_id', name=op.f('pk_removals'))
    )
    op.create_index('ix_removals_project_id', 'removals', ['project_id'])
    op.create_index('ix_removals_next_try_at', 'removals', ['next_try_at'])
    for function in FUNCTIONS:
        op.execute(function)
    for table, name in (('projects', 'remove_project'), ('jobs', 'remove_job')):
        op.execute(f'CREATE TRIGGER removed AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()')


def downgrade() -> None:
    for table, name in (('projects', 'remove_project'), ('jobs', 'remove_job')):
        op.execute(f'DROP TRIGGER removed ON {table}')
        op.execute(f'DROP FUNCTION {name}()')
    op.drop_table('removals')
