"""Let providers say who somebody is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

NOW = sa.text('clock_timestamp()')


def upgrade() -> None:
    op.create_table('oauth_accounts',
    sa.Column('provider', sa.String(length=50), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=255), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.CheckConstraint("provider IN ('google', 'github')", name=op.f('ck_oauth_accounts_provider')),
    sa.ForeignKeyConstraint(['user_id'], ['users.user_id'], name=op.f('fk_oauth_accounts_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('provider', 'subject', name=op.f('pk_oauth_accounts')),
    sa.UniqueConstraint('user_id', 'provider', name=op.f('uq_oauth_accounts_user_id_provider'))
    )


def downgrade() -> None:
    op.drop_table('oauth_accounts')
