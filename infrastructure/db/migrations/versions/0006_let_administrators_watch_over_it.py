"""Let administrators watch over it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

NOW = sa.text('clock_timestamp()')
JSON = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())

# Films that moderation held before there was a queue are found in it, with what was found in their scripts.
HELD_BEFORE = """
    INSERT INTO moderation_items (item_id, job_id, rev, held_for, flags, created_at)
    SELECT gen_random_uuid(), job_id, rev, input->>'review_reason', coalesce((
               SELECT data->'flags' FROM job_events
               WHERE job_events.job_id = jobs.job_id AND job_events.rev = jobs.rev AND kind = 'flagged'
               ORDER BY seq DESC LIMIT 1
           ), '[]'::jsonb), created_at
    FROM jobs
    WHERE coalesce(input->>'review_reason', '') <> '' AND status IN ('queued', 'running', 'awaiting_review')
      AND NOT EXISTS (
          SELECT 1 FROM job_events
          WHERE job_events.job_id = jobs.job_id AND job_events.rev = jobs.rev AND kind = 'approved'
      )
"""


def upgrade() -> None:
    op.create_index('ix_users_created_at', 'users', ['created_at', 'user_id'])
    op.create_table('audit_log',
    sa.Column('audit_id', sa.Uuid(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('role', sa.String(length=50), nullable=False),
    sa.Column('act', sa.String(length=50), nullable=False),
    sa.Column('target_kind', sa.String(length=50), nullable=False),
    sa.Column('target_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('request_id', sa.String(length=64), server_default='', nullable=False),
    sa.Column('before', JSON, nullable=False),
    sa.Column('after', JSON, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.PrimaryKeyConstraint('audit_id', name=op.f('pk_audit_log'))
    )
    op.create_index('ix_audit_log_at', 'audit_log', ['at', 'audit_id'])
    op.create_index('ix_audit_log_actor_id_at', 'audit_log', ['actor_id', 'at'])
    op.create_index('ix_audit_log_target_id_at', 'audit_log', ['target_id', 'at'])
    # Unlike other rows that never change, these do not go with what they are about either.
    op.execute(
        'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_update()'
    )
    op.execute(
        'CREATE TRIGGER kept BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_update()'
    )
    op.create_table('moderation_items',
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=50), server_default='open', nullable=False),
    sa.Column('held_for', sa.Text(), nullable=False),
    sa.Column('flags', JSON, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.CheckConstraint("state IN ('open', 'approved', 'refused')", name=op.f('ck_moderation_items_state')),
    sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f('ck_moderation_items_decided')),
    sa.ForeignKeyConstraint(['job_id'], ['jobs.job_id'], name=op.f('fk_moderation_items_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('item_id', name=op.f('pk_moderation_items')),
    sa.UniqueConstraint('job_id', 'rev', name=op.f('uq_moderation_items_job_id_rev'))
    )
    op.create_index('ix_moderation_items_state_created_at', 'moderation_items', ['state', 'created_at', 'item_id'])
    op.execute(HELD_BEFORE)


def downgrade() -> None:
    op.drop_table('moderation_items')
    op.drop_table('audit_log')
    op.drop_index('ix_users_created_at', 'users')
