"""Let people share films."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

NOW = sa.text('clock_timestamp()')


def upgrade() -> None:
    op.create_table('shares',
    sa.Column('share_id', sa.Uuid(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('expires_at > created_at', name=op.f('ck_shares_lasts')),
    sa.ForeignKeyConstraint(['job_id'], ['jobs.job_id'], name=op.f('fk_shares_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('share_id', name=op.f('pk_shares'))
    )
    op.create_index('ix_shares_job_id_created_at', 'shares', ['job_id', 'created_at'], unique=False)


def downgrade() -> None:
    op.drop_table('shares')
