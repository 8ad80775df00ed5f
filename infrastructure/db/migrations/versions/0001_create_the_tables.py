"""Create the tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

# A trigger and not the repositories: whoever inserts, the listeners hear of it, at commit and not before.
NOTIFYING = {'workflow_commands': 'workflow_commands', 'job_events': 'job_events'}

# What "nothing twice" is counted from. Rows go with their job, and never change before.
APPEND_ONLY = ('job_events', 'renders', 'render_outcomes')

FUNCTIONS = (
    """
    CREATE FUNCTION notify_job() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_notify(TG_ARGV[0], NEW.job_id::text);
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
)


def upgrade() -> None:
    op.create_table('users',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=255), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=True),
    sa.Column('tier', sa.String(length=50), server_default='free', nullable=False),
    sa.Column('credits', sa.Integer(), server_default='3', nullable=False),
    sa.Column('credit_reset_date', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('last_login_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("tier IN ('free', 'pro', 'studio')", name=op.f('ck_users_tier')),
    sa.CheckConstraint('credits >= 0', name=op.f('ck_users_credits')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email'))
    )
    op.create_table('projects',
    sa.Column('project_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('locator', sa.Text(), nullable=False),
    sa.Column('title', sa.String(length=255), nullable=False),
    sa.Column('script', sa.Text(), server_default='', nullable=False),
    sa.Column('status', sa.String(length=50), server_default='draft', nullable=False),
    sa.Column('thumbnail_url', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.user_id'], name=op.f('fk_projects_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('project_id', name=op.f('pk_projects')),
    sa.UniqueConstraint('user_id', 'locator', name=op.f('uq_projects_user_id_locator'))
    )
    op.create_table('artifacts',
    sa.Column('project_id', sa.Uuid(), nullable=False),
    sa.Column('stage', sa.String(length=100), nullable=False),
    sa.Column('spec_hash', sa.String(length=64), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint('bytes > 0', name=op.f('ck_artifacts_bytes')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.project_id'], name=op.f('fk_artifacts_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('project_id', 'stage', 'spec_hash', name=op.f('pk_artifacts'))
    )
    op.create_index('ix_artifacts_key', 'artifacts', ['key'], unique=False)
    op.create_table('jobs',
    sa.Column('job_id', sa.Uuid(), nullable=False),
    sa.Column('project_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), server_default='0', nullable=False),
    sa.Column('workflow_id', sa.String(length=255), nullable=False),
    sa.Column('status', sa.String(length=50), server_default='queued', nullable=False),
    sa.Column('progress', sa.Integer(), server_default='0', nullable=False),
    sa.Column('current_step', sa.String(length=100), nullable=True),
    sa.Column('last_seq', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('options', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
    sa.Column('input', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
    sa.Column('output_url', sa.Text(), nullable=True),
    sa.Column('output_key', sa.Text(), nullable=True),
    sa.Column('output_sha256', sa.String(length=64), nullable=True),
    sa.Column('output_bytes', sa.BigInteger(), nullable=True),
    sa.Column('output_media_type', sa.String(length=100), nullable=True),
    sa.Column('summary', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    sa.Column('error_type', sa.String(length=100), nullable=True),
    sa.Column('error_message', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(progress = 100) = (status = 'completed')", name=op.f('ck_jobs_done_is_completed')),
    sa.CheckConstraint("status <> 'completed' OR output_key IS NOT NULL", name=op.f('ck_jobs_completed_has_output')),
    sa.CheckConstraint("status IN ('queued', 'running', 'awaiting_review', 'needs_attention', 'completed', 'failed', 'cancelled')", name=op.f('ck_jobs_status')),
    sa.CheckConstraint('num_nonnulls(output_key, output_sha256, output_bytes, output_media_type) IN (0, 4)', name=op.f('ck_jobs_output_whole')),
    sa.CheckConstraint('output_bytes > 0', name=op.f('ck_jobs_output_bytes')),
    sa.CheckConstraint('progress BETWEEN 0 AND 100', name=op.f('ck_jobs_progress')),
    sa.CheckConstraint('rev >= 0', name=op.f('ck_jobs_rev')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.project_id'], name=op.f('fk_jobs_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.user_id'], name=op.f('fk_jobs_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('job_id', name=op.f('pk_jobs'))
    )
    op.create_index('ix_jobs_created_at', 'jobs', ['created_at'], unique=False)
    op.create_index('ix_jobs_project_id', 'jobs', ['project_id'], unique=False)
    op.create_index('ix_jobs_status', 'jobs', ['status'], unique=False)
    op.create_index('ix_jobs_user_id_created_at', 'jobs', ['user_id', 'created_at'], unique=False)
    op.create_table('job_events',
    sa.Column('job_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('event_key', sa.Text(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=50), nullable=False),
    sa.Column('stage', sa.String(length=100), nullable=True),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=50), nullable=False),
    sa.Column('message', sa.Text(), server_default='', nullable=False),
    sa.Column('data', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint("status IN ('queued', 'running', 'awaiting_review', 'needs_attention', 'completed', 'failed', 'cancelled')", name=op.f('ck_job_events_status')),
    sa.CheckConstraint('progress BETWEEN 0 AND 100', name=op.f('ck_job_events_progress')),
    sa.ForeignKeyConstraint(['job_id'], ['jobs.job_id'], name=op.f('fk_job_events_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('job_id', 'seq', name=op.f('pk_job_events')),
    sa.UniqueConstraint('job_id', 'event_key', name=op.f('uq_job_events_job_id_event_key'))
    )
    op.create_table('renders',
    sa.Column('render_id', sa.Uuid(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('stage', sa.String(length=100), nullable=False),
    sa.Column('spec_hash', sa.String(length=64), nullable=False),
    sa.Column('round', sa.SmallInteger(), nullable=False),
    sa.Column('attempt', sa.SmallInteger(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['job_id'], ['jobs.job_id'], name=op.f('fk_renders_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('render_id', name=op.f('pk_renders'))
    )
    op.create_index('ix_renders_job_id_spec_hash', 'renders', ['job_id', 'spec_hash'], unique=False)
    op.create_table('workflow_commands',
    sa.Column('command_id', sa.Uuid(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=50), nullable=False),
    sa.Column('payload', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.CheckConstraint("kind IN ('start', 'cancel')", name=op.f('ck_workflow_commands_kind')),
    sa.ForeignKeyConstraint(['job_id'], ['jobs.job_id'], name=op.f('fk_workflow_commands_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('command_id', name=op.f('pk_workflow_commands')),
    sa.UniqueConstraint('job_id', 'rev', 'kind', name=op.f('uq_workflow_commands_job_id_rev_kind'))
    )
    op.create_index('ix_workflow_commands_unsent', 'workflow_commands', ['created_at'], unique=False, postgresql_where=sa.text('sent_at IS NULL'))
    op.create_table('render_outcomes',
    sa.Column('render_id', sa.Uuid(), nullable=False),
    sa.Column('outcome', sa.String(length=50), nullable=False),
    sa.Column('message', sa.Text(), server_default='', nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint("outcome IN ('made', 'failed', 'drained')", name=op.f('ck_render_outcomes_outcome')),
    sa.ForeignKeyConstraint(['render_id'], ['renders.render_id'], name=op.f('fk_render_outcomes_render_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('render_id', name=op.f('pk_render_outcomes'))
    )
    for statement in FUNCTIONS:
        op.execute(statement)
    for table, channel in NOTIFYING.items():
        op.execute(
            f"CREATE TRIGGER notify AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION notify_job('{channel}')"
        )
    for table in APPEND_ONLY:
        op.execute(f"CREATE TRIGGER append_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_update()")


def downgrade() -> None:
    op.drop_table('render_outcomes')
    op.drop_index('ix_workflow_commands_unsent', table_name='workflow_commands', postgresql_where=sa.text('sent_at IS NULL'))
    op.drop_table('workflow_commands')
    op.drop_index('ix_renders_job_id_spec_hash', table_name='renders')
    op.drop_table('renders')
    op.drop_table('job_events')
    op.drop_index('ix_jobs_user_id_created_at', table_name='jobs')
    op.drop_index('ix_jobs_status', table_name='jobs')
    op.drop_index('ix_jobs_project_id', table_name='jobs')
    op.drop_index('ix_jobs_created_at', table_name='jobs')
    op.drop_table('jobs')
    op.drop_index('ix_artifacts_key', table_name='artifacts')
    op.drop_table('artifacts')
    op.drop_table('projects')
    op.drop_table('users')
    op.execute('DROP FUNCTION notify_job()')
    op.execute('DROP FUNCTION refuse_update()')
