"""Let people buy credits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

NOW = sa.text('clock_timestamp()')

# A refund may be undone, by an entry of its own that goes the other way: a dispute was won.
DIRECTION = """
    CASE WHEN type = 'reserve' THEN amount < 0 WHEN type = 'closing' THEN amount <= 0
         WHEN type IN ('allowance', 'refund') THEN true ELSE amount >= 0 END
"""
DIRECTION_BEFORE = """
    CASE WHEN type = 'reserve' THEN amount < 0 WHEN type IN ('refund', 'closing') THEN amount <= 0
         WHEN type = 'allowance' THEN true ELSE amount >= 0 END
"""


def upgrade() -> None:
    # Weaker than before, so that what is there need not be looked at.
    op.execute('ALTER TABLE credit_transactions DROP CONSTRAINT ck_credit_transactions_direction')
    op.execute(f'ALTER TABLE credit_transactions ADD CONSTRAINT ck_credit_transactions_direction CHECK ({DIRECTION}) NOT VALID')
    op.execute('ALTER TABLE credit_transactions VALIDATE CONSTRAINT ck_credit_transactions_direction')
    op.create_table('checkouts',
    sa.Column('checkout_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('package_id', sa.String(length=40), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.Column('price', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('status', sa.String(length=50), server_default='open', nullable=False),
    sa.Column('session_id', sa.String(length=255), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('payment_intent', sa.String(length=255), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("status IN ('open', 'processing', 'expired', 'failed', 'paid')", name=op.f('ck_checkouts_status')),
    sa.CheckConstraint('credits > 0 AND price > 0', name=op.f('ck_checkouts_amounts')),
    sa.CheckConstraint("(status = 'paid') = (payment_intent IS NOT NULL)", name=op.f('ck_checkouts_payment')),
    sa.PrimaryKeyConstraint('checkout_id', name=op.f('pk_checkouts')),
    sa.UniqueConstraint('session_id', name=op.f('uq_checkouts_session_id')),
    sa.UniqueConstraint('payment_intent', name=op.f('uq_checkouts_payment_intent'))
    )
    op.create_index('ix_checkouts_user_id_created_at', 'checkouts', ['user_id', 'created_at'])
    op.create_index(
        'ix_checkouts_waiting', 'checkouts', ['created_at'],
        postgresql_where=sa.text("status IN ('open', 'processing')"),
    )
    op.create_table('payment_claims',
    sa.Column('claim_id', sa.String(length=255), nullable=False),
    sa.Column('payment_intent', sa.String(length=255), nullable=False),
    sa.Column('state', sa.String(length=50), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('charged', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.CheckConstraint(
        "state IN ('inquiry', 'refunded', 'disputed', 'lost', 'won')", name=op.f('ck_payment_claims_state')
    ),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_payment_claims_amount')),
    sa.PrimaryKeyConstraint('claim_id', name=op.f('pk_payment_claims'))
    )
    op.create_index('ix_payment_claims_payment_intent', 'payment_claims', ['payment_intent'])
    op.create_table('stripe_events',
    sa.Column('event_id', sa.String(length=255), nullable=False),
    sa.Column('type', sa.String(length=255), nullable=False),
    sa.Column('object_id', sa.String(length=255), server_default='', nullable=False),
    sa.Column('livemode', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), server_default=NOW, nullable=False),
    sa.Column('outcome', sa.String(length=50), server_default='ignored', nullable=False),
    sa.Column('checkout_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint(
        "outcome IN ('handled', 'held', 'ignored', 'refused', 'orphaned', 'repeated')",
        name=op.f('ck_stripe_events_outcome'),
    ),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_stripe_events'))
    )
    op.create_index(
        'ix_stripe_events_checkout_id', 'stripe_events', ['checkout_id'],
        postgresql_where=sa.text('checkout_id IS NOT NULL'),
    )


def downgrade() -> None:
    op.drop_table('stripe_events')
    op.drop_table('payment_claims')
    op.drop_table('checkouts')
    # The ledger keeps the refunds that were undone; new ones are refused again.
    op.execute('ALTER TABLE credit_transactions DROP CONSTRAINT ck_credit_transactions_direction')
    op.execute(
        'ALTER TABLE credit_transactions ADD CONSTRAINT ck_credit_transactions_direction '
        f'CHECK ({DIRECTION_BEFORE}) NOT VALID'
    )
