"""Keep every version of a film."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

# Jobs from before have one version: their first. What it asked for is what the job asked for.
FIRST_VERSIONS = """
    INSERT INTO job_versions (job_id, rev, status, asked, input, output, summary, message, created_at, completed_at)
    SELECT job_id, rev, status, '{"shots": [], "removed": [], "order": [], "tier": null}'::jsonb, input,
           CASE WHEN output_key IS NOT NULL THEN jsonb_build_object(
               'key', output_key, 'sha256', output_sha256, 'bytes', output_bytes, 'media_type', output_media_type
           ) END,
           summary, coalesce(error_message, ''), created_at, completed_at
    FROM jobs
"""


def upgrade() -> None:
    op.create_table('job_versions',
    sa.Column('job_id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('base', sa.Integer(), nullable=True),
    sa.Column('request_key', sa.String(length=255), nullable=True),
    sa.Column('status', sa.String(length=50), server_default='queued', nullable=False),
    sa.Column('asked', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
    sa.Column('input', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
    sa.Column('output', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    sa.Column('summary', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    sa.Column('message', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("status IN ('queued', 'running', 'awaiting_review', 'needs_attention', 'completed', 'failed', 'cancelled')", name=op.f('ck_job_versions_status')),
    sa.CheckConstraint("status <> 'completed' OR output IS NOT NULL", name=op.f('ck_job_versions_completed_has_output')),
    sa.CheckConstraint('rev >= 0', name=op.f('ck_job_versions_rev')),
    sa.ForeignKeyConstraint(['job_id'], ['jobs.job_id'], name=op.f('fk_job_versions_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('job_id', 'rev', name=op.f('pk_job_versions')),
    sa.UniqueConstraint('job_id', 'request_key', name=op.f('uq_job_versions_job_id_request_key'))
    )
    op.add_column('jobs', sa.Column('version', sa.Integer(), nullable=True))
    op.execute(FIRST_VERSIONS)
    op.execute("UPDATE jobs SET version = rev WHERE output_key IS NOT NULL")


def downgrade() -> None:
    op.drop_column('jobs', 'version')
    op.drop_table('job_versions')
