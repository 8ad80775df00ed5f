"""Keep a ledger of credits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

TABLES = ('credit_transactions', 'credit_postings')

# What everybody has from before is the allowance of the month, since nothing could be bought; the next is due with
# the next month, in UTC.
OPENINGS = (
    """
    UPDATE users SET
        credits_monthly = credits,
        ledger_entries = (credits > 0)::int,
        credit_reset_date = coalesce(
            credit_reset_date, (date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + interval '1 month')::date
        )
    """,
    """
    INSERT INTO credit_transactions (transaction_id, user_id, seq, type, amount, balance_after, description)
    SELECT gen_random_uuid(), user_id, 1, 'opening', credits, credits, 'What the account began with'
    FROM users WHERE credits > 0
    """,
    """
    INSERT INTO credit_postings (transaction_id, account, amount)
    SELECT transaction_id, account, CASE account WHEN 'monthly' THEN amount ELSE -amount END
    FROM credit_transactions CROSS JOIN (VALUES ('monthly'), ('allowances')) AS both_sides (account)
    """,
)

# Triggers and not the repositories: code from before inserts users, too, and people type SQL.
FUNCTIONS = (
    """
    CREATE FUNCTION refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE FUNCTION prepare_account() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.credits_monthly := NEW.credits;
        NEW.credits_reserved := 0;
        NEW.credits_owed := 0;
        NEW.ledger_entries := (NEW.credits > 0)::int;
        NEW.credit_reset_date := coalesce(
            NEW.credit_reset_date, (date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + interval '1 month')::date
        );
        RETURN NEW;
    END
    $$
    """,
    """
    CREATE FUNCTION open_account() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        entry uuid := gen_random_uuid();
    BEGIN
        INSERT INTO credit_transactions (transaction_id, user_id, seq, type, amount, balance_after, description)
        VALUES (entry, NEW.user_id, 1, 'opening', NEW.credits, NEW.credits, 'What the account began with');
        INSERT INTO credit_postings (transaction_id, account, amount)
        VALUES (entry, 'monthly', NEW.credits), (entry, 'allowances', -NEW.credits);
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE FUNCTION close_account() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        entry uuid := gen_random_uuid();
    BEGIN
        INSERT INTO credit_transactions (transaction_id, user_id, seq, type, amount, balance_after, description)
        VALUES (entry, OLD.user_id, OLD.ledger_entries + 1, 'closing', -OLD.credits, 0, 'The account was deleted');
        INSERT INTO credit_postings (transaction_id, account, amount)
        SELECT entry, account, moved FROM (VALUES
            ('monthly', -OLD.credits_monthly), ('lasting', OLD.credits_monthly - OLD.credits),
            ('reserved', -OLD.credits_reserved), ('debt', OLD.credits_owed),
            ('lapsed', OLD.credits + OLD.credits_reserved - OLD.credits_owed)
        ) AS closing (account, moved) WHERE moved <> 0;
        RETURN OLD;
    END
    $$
    """,
    # The row as it is at commit, not as the update left it that fired the trigger: another may have followed.
    """
    CREATE FUNCTION refuse_unledgered() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        has int;
        entries bigint;
        said int;
    BEGIN
        SELECT credits, ledger_entries INTO has, entries FROM users WHERE user_id = NEW.user_id;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
        SELECT balance_after INTO said FROM credit_transactions WHERE user_id = NEW.user_id AND seq = entries;
        IF has <> coalesce(said, 0) OR (said IS NULL) <> (entries = 0) THEN
            RAISE EXCEPTION 'user % has % credits, and entry % of the ledger says %', NEW.user_id, has, entries, said
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END
    $$
    """,
    # Once a statement, since it is asked for every film: all postings of an entry are written by one.
    """
    CREATE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        wrong uuid;
    BEGIN
        SELECT transaction_id INTO wrong FROM posted GROUP BY transaction_id
        HAVING sum(amount) <> 0 OR (
            SELECT coalesce(sum(own.amount), 0) FROM credit_postings own
            WHERE own.transaction_id = posted.transaction_id AND own.account IN ('monthly', 'lasting')
        ) <> (SELECT amount FROM credit_transactions entry WHERE entry.transaction_id = posted.transaction_id)
        LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'credit transaction % does not balance', wrong USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE FUNCTION refuse_unconnected() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        before int;
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM credit_postings WHERE transaction_id = NEW.transaction_id) THEN
            RAISE EXCEPTION 'credit transaction % has no postings', NEW.transaction_id
                USING ERRCODE = 'check_violation';
        END IF;
        SELECT balance_after INTO before FROM credit_transactions WHERE user_id = NEW.user_id AND seq = NEW.seq - 1;
        IF coalesce(before, 0) + NEW.amount <> NEW.balance_after OR (before IS NULL) <> (NEW.seq = 1) THEN
            RAISE EXCEPTION 'credit transaction % does not follow the one before', NEW.transaction_id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END
    $$
    """,
)

MONEY_OF_USERS = 'credits, credits_monthly, credits_reserved, credits_owed, ledger_entries'

TRIGGERS = (
    *(
        f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} '
        'FOR EACH STATEMENT EXECUTE FUNCTION refuse_delete()'
        for table in TABLES
    ),
    'CREATE TRIGGER prepare_account BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION prepare_account()',
    'CREATE TRIGGER open_account AFTER INSERT ON users FOR EACH ROW WHEN (NEW.credits > 0) '
    'EXECUTE FUNCTION open_account()',
    'CREATE TRIGGER close_account BEFORE DELETE ON users FOR EACH ROW '
    'WHEN (OLD.credits > 0 OR OLD.credits_reserved > 0 OR OLD.credits_owed > 0) EXECUTE FUNCTION close_account()',
    f'CREATE CONSTRAINT TRIGGER ledgered AFTER INSERT OR UPDATE OF {MONEY_OF_USERS} ON users '
    'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unledgered()',
    'CREATE TRIGGER balanced AFTER INSERT ON credit_postings REFERENCING NEW TABLE AS posted '
    'FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced()',
    'CREATE CONSTRAINT TRIGGER connected AFTER INSERT ON credit_transactions '
    'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unconnected()',
)


def upgrade() -> None:
    op.create_table('credit_transactions',
    sa.Column('transaction_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('type', sa.String(length=50), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('balance_after', sa.Integer(), nullable=False),
    sa.Column('description', sa.Text(), server_default='', nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('rev', sa.Integer(), nullable=True),
    sa.Column('request_key', sa.String(length=255), nullable=True),
    sa.Column('purchase_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint("type IN ('opening', 'allowance', 'grant', 'purchase', 'refund', 'reserve', 'capture', 'release', 'closing')", name=op.f('ck_credit_transactions_type')),
    sa.CheckConstraint('seq >= 1', name=op.f('ck_credit_transactions_seq')),
    sa.CheckConstraint('balance_after >= 0', name=op.f('ck_credit_transactions_balance_after')),
    sa.CheckConstraint("CASE WHEN type = 'reserve' THEN amount < 0 WHEN type IN ('refund', 'closing') THEN amount <= 0 WHEN type = 'allowance' THEN true ELSE amount >= 0 END", name=op.f('ck_credit_transactions_direction')),
    sa.CheckConstraint("num_nonnulls(job_id, rev) = CASE WHEN type IN ('reserve', 'capture', 'release') THEN 2 ELSE 0 END", name=op.f('ck_credit_transactions_film')),
    sa.CheckConstraint("(request_key IS NOT NULL) = (type IN ('allowance', 'grant', 'purchase', 'refund'))", name=op.f('ck_credit_transactions_request_key')),
    sa.CheckConstraint("(purchase_id IS NOT NULL) = (type = 'refund')", name=op.f('ck_credit_transactions_purchase')),
    sa.ForeignKeyConstraint(['purchase_id'], ['credit_transactions.transaction_id'], name=op.f('fk_credit_transactions_purchase_id')),
    sa.PrimaryKeyConstraint('transaction_id', name=op.f('pk_credit_transactions')),
    sa.UniqueConstraint('user_id', 'seq', name=op.f('uq_credit_transactions_user_id_seq')),
    sa.UniqueConstraint('job_id', 'rev', 'type', name=op.f('uq_credit_transactions_job_id_rev_type')),
    sa.UniqueConstraint('type', 'request_key', name=op.f('uq_credit_transactions_type_request_key'))
    )
    # A reservation ends once, in either way.
    op.create_index('uq_credit_transactions_ending', 'credit_transactions', ['job_id', 'rev'], unique=True, postgresql_where=sa.text("type IN ('capture', 'release')"))
    op.create_index('ix_credit_transactions_purchase_id', 'credit_transactions', ['purchase_id'], unique=False, postgresql_where=sa.text('purchase_id IS NOT NULL'))
    op.create_table('credit_postings',
    sa.Column('transaction_id', sa.Uuid(), nullable=False),
    sa.Column('account', sa.String(length=50), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.CheckConstraint("account IN ('monthly', 'lasting', 'reserved', 'debt', 'allowances', 'grants', 'sales', 'earned', 'lapsed')", name=op.f('ck_credit_postings_account')),
    sa.CheckConstraint('amount <> 0', name=op.f('ck_credit_postings_amount')),
    sa.ForeignKeyConstraint(['transaction_id'], ['credit_transactions.transaction_id'], name=op.f('fk_credit_postings_transaction_id')),
    sa.PrimaryKeyConstraint('transaction_id', 'account', name=op.f('pk_credit_postings'))
    )
    op.add_column('users', sa.Column('credits_monthly', sa.Integer(), server_default='0', nullable=False))
    op.add_column('users', sa.Column('credits_reserved', sa.Integer(), server_default='0', nullable=False))
    op.add_column('users', sa.Column('credits_owed', sa.Integer(), server_default='0', nullable=False))
    op.add_column('users', sa.Column('ledger_entries', sa.BigInteger(), server_default='0', nullable=False))
    for statement in OPENINGS:
        op.execute(statement)
    op.alter_column('users', 'credit_reset_date', existing_type=sa.Date(), nullable=False)
    op.create_check_constraint(op.f('ck_users_credits_monthly'), 'users', 'credits_monthly BETWEEN 0 AND credits')
    op.create_check_constraint(op.f('ck_users_credits_reserved'), 'users', 'credits_reserved >= 0')
    op.create_check_constraint(op.f('ck_users_credits_owed'), 'users', 'credits_owed >= 0')
    op.create_check_constraint(op.f('ck_users_owes_or_has'), 'users', 'credits = 0 OR credits_owed = 0')
    op.create_index('ix_users_credit_reset_date', 'users', ['credit_reset_date'], unique=False)
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    for trigger in ('prepare_account', 'open_account', 'close_account', 'ledgered'):
        op.execute(f'DROP TRIGGER {trigger} ON users')
    op.drop_table('credit_postings')
    op.drop_table('credit_transactions')
    op.drop_index('ix_users_credit_reset_date', table_name='users')
    op.alter_column('users', 'credit_reset_date', existing_type=sa.Date(), nullable=True)
    for column in ('ledger_entries', 'credits_owed', 'credits_reserved', 'credits_monthly'):
        op.drop_column('users', column)  # its checks go with it
    for function in (
        'refuse_delete', 'prepare_account', 'open_account', 'close_account', 'refuse_unledgered', 'refuse_unbalanced',
        'refuse_unconnected',
    ):
        op.execute(f'DROP FUNCTION {function}()')
