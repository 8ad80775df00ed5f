"""Tell webhooks what happens to films."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0008'
branch_labels = None
depends_on = None

NOW = sa.text('clock_timestamp()')


def upgrade() -> None:
    op.create_table('webhooks',
    sa.Column('webhook_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('events', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=False),
    sa.Column('secret_before', sa.LargeBinary(), nullable=True),
    sa.Column('secret_before_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('disabled_why', sa.String(length=50), nullable=True),
    sa.Column('busy_until', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.CheckConstraint("disabled_why IN ('owner', 'gone', 'failing')", name=op.f('ck_webhooks_disabled_why')),
    sa.CheckConstraint('(disabled_at IS NULL) = (disabled_why IS NULL)', name=op.f('ck_webhooks_disabled')),
    sa.CheckConstraint(
        '(secret_before IS NULL) = (secret_before_until IS NULL)', name=op.f('ck_webhooks_secret_before')
    ),
    sa.ForeignKeyConstraint(['user_id'], ['users.user_id'], name=op.f('fk_webhooks_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('webhook_id', name=op.f('pk_webhooks'))
    )
    op.create_index('ix_webhooks_user_id_created_at', 'webhooks', ['user_id', 'created_at'])
    op.create_table('webhook_deliveries',
    sa.Column('delivery_id', sa.Uuid(), nullable=False),
    sa.Column('webhook_id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.String(length=100), nullable=False),
    sa.Column('event', sa.String(length=50), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), server_default=NOW, nullable=True),
    sa.Column('tried_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_status', sa.SmallInteger(), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint(
        'delivered_at IS NULL OR next_try_at IS NULL', name=op.f('ck_webhook_deliveries_delivered_waits_not')
    ),
    sa.ForeignKeyConstraint(
        ['webhook_id'], ['webhooks.webhook_id'], name=op.f('fk_webhook_deliveries_webhook_id'), ondelete='CASCADE'
    ),
    sa.PrimaryKeyConstraint('delivery_id', name=op.f('pk_webhook_deliveries')),
    sa.UniqueConstraint('webhook_id', 'event_id', name=op.f('uq_webhook_deliveries_webhook_id_event_id'))
    )
    op.create_index(
        'ix_webhook_deliveries_webhook_id_created_at', 'webhook_deliveries',
        ['webhook_id', 'created_at', 'delivery_id']
    )
    op.create_index(
        'ix_webhook_deliveries_due', 'webhook_deliveries', ['next_try_at'],
        postgresql_where=sa.text('next_try_at IS NOT NULL')
    )


def downgrade() -> None:
    op.drop_table('webhook_deliveries')
    op.drop_table('webhooks')
