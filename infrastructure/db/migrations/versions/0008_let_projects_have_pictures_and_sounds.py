"""Let projects have pictures and sounds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('project_references',
    sa.Column('reference_id', sa.Uuid(), nullable=False),
    sa.Column('project_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=50), nullable=False),
    sa.Column('state', sa.String(length=50), server_default='awaited', nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('samples', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('upload_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('character', 'style', 'music', 'voice')", name=op.f('ck_project_references_kind')),
    sa.CheckConstraint("state IN ('awaited', 'ready', 'gone')", name=op.f('ck_project_references_state')),
    sa.CheckConstraint('bytes > 0', name=op.f('ck_project_references_bytes')),
    sa.CheckConstraint(
        "state <> 'ready' OR completed_at IS NOT NULL", name=op.f('ck_project_references_ready_is_complete')
    ),
    sa.CheckConstraint("state = 'ready' OR upload_until IS NOT NULL", name=op.f('ck_project_references_is_swept')),
    sa.ForeignKeyConstraint(
        ['project_id'], ['projects.project_id'], name=op.f('fk_project_references_project_id'), ondelete='CASCADE'
    ),
    sa.PrimaryKeyConstraint('reference_id', name=op.f('pk_project_references'))
    )
    op.create_index(
        'uq_project_references_file', 'project_references', ['project_id', 'kind', 'sha256'], unique=True,
        postgresql_where=sa.text("state <> 'gone'")
    )
    op.create_index(
        'ix_project_references_project_id_created_at', 'project_references', ['project_id', 'created_at', 'reference_id']
    )
    op.create_index(
        'ix_project_references_upload_until', 'project_references', ['upload_until'],
        postgresql_where=sa.text('upload_until IS NOT NULL')
    )


def downgrade() -> None:
    op.drop_table('project_references')
