"""The statements of `Credits`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Date, Integer, Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.selectable import TextualSelect

from infrastructure.db.direct import Direct

_TYPES: dict[str, Any] = {
    **dict.fromkeys(("user_id", "job_id", "transaction_id", "purchase_id"), Uuid),
    **dict.fromkeys(("credits", "monthly", "reserved", "owed", "rev", "limit"), Integer),
    **dict.fromkeys(("type", "request_key", "description", "name"), Text),
    **dict.fromkeys(("types", "accounts", "tiers"), ARRAY(Text)),
    **dict.fromkeys(("amounts", "allowances"), ARRAY(Integer)),
    **dict.fromkeys(("month", "following"), Date),
    "before": BigInteger,
}


def _typed(statement: str) -> TextClause:
    clause = text(statement)
    return clause.bindparams(*(bindparam(name, type_=_TYPES[name]) for name in clause.compile().params))


_BALANCE = """
    SELECT credits, credits_monthly AS monthly, credits_reserved AS reserved, credits_owed AS owed,
           credit_reset_date AS resets_on
    FROM users WHERE user_id = :user_id
"""
BALANCE = _typed(_BALANCE)
LOCK = _typed(_BALANCE + " FOR NO KEY UPDATE")

# The row is locked where it is read, and the condition judged on what it is by then: whoever waited sees what the
# others left. All that is written comes from there, too: `users` itself is still the row of the snapshot, from before
# the wait, and a sum of both is refused by the row's checks. A condition on other tables is judged on the snapshot as
# well; there the unique key decides.
_RESERVE = """
    WITH found AS (
        SELECT user_id, credits, credits_monthly, credits_reserved, ledger_entries,
               least(credits_monthly, :credits) AS monthly
        FROM users
        WHERE user_id = :user_id AND credits >= :credits AND credits_owed = 0
          AND NOT EXISTS (
              SELECT 1 FROM credit_transactions WHERE job_id = :job_id AND rev = :rev AND type = 'reserve'
          )
        FOR NO KEY UPDATE OF users
    ), moved AS (
        UPDATE users SET
            credits = found.credits - :credits,
            credits_monthly = found.credits_monthly - found.monthly,
            credits_reserved = found.credits_reserved + :credits,
            ledger_entries = found.ledger_entries + 1
        FROM found WHERE users.user_id = found.user_id
        RETURNING users.credits, users.ledger_entries, found.monthly
    ), entry AS (
        INSERT INTO credit_transactions
            (transaction_id, user_id, seq, type, amount, balance_after, description, job_id, rev)
        SELECT :transaction_id, :user_id, ledger_entries, 'reserve', -:credits, credits, :description, :job_id, :rev
        FROM moved
        ON CONFLICT (job_id, rev, type) DO NOTHING
        RETURNING transaction_id
    ), postings AS (
        INSERT INTO credit_postings (transaction_id, account, amount)
        SELECT transaction_id, account, posting.amount FROM entry, moved, LATERAL (
            VALUES ('monthly', -moved.monthly), ('lasting', moved.monthly - :credits), ('reserved', :credits)
        ) AS posting (account, amount)
        WHERE posting.amount <> 0
    )
    SELECT (SELECT monthly FROM moved) AS monthly, EXISTS (SELECT 1 FROM entry) AS entered
"""
RESERVE = Direct(_typed(_RESERVE))

UNDO_RESERVE = _typed("""
    UPDATE users SET
        credits = credits + :credits,
        credits_monthly = credits_monthly + :monthly,
        credits_reserved = credits_reserved - :credits,
        ledger_entries = ledger_entries - 1
    WHERE user_id = :user_id
""")

# The row is locked. The entry comes first, and the row moves by what was entered: where the entry was there before, or
# another transaction that is waited for has it by then, nothing moves.
_POST = """
    WITH entry AS (
        INSERT INTO credit_transactions
            (transaction_id, user_id, seq, type, amount, balance_after, description, job_id, rev, request_key,
             purchase_id)
        SELECT :transaction_id, user_id, ledger_entries + 1, :type, :credits, credits + :credits, :description,
               :job_id, :rev, :request_key, :purchase_id
        FROM users WHERE user_id = :user_id
        ON CONFLICT {once} DO NOTHING
        RETURNING transaction_id, user_id, seq, balance_after
    ), moved AS (
        UPDATE users SET
            credits = entry.balance_after,
            credits_monthly = credits_monthly + :monthly,
            credits_reserved = credits_reserved + :reserved,
            credits_owed = credits_owed + :owed,
            ledger_entries = entry.seq
        FROM entry WHERE users.user_id = entry.user_id
    ), postings AS (
        INSERT INTO credit_postings (transaction_id, account, amount)
        SELECT transaction_id, account, amount FROM entry, unnest(:accounts, :amounts) AS posting (account, amount)
    )
    SELECT count(*) FROM entry
"""
POST = _typed(_POST.format(once="(type, request_key)"))
END = _typed(_POST.format(once="(job_id, rev) WHERE type IN ('capture', 'release')"))

# As above: all from the row where it was locked.
_RESET = """
    WITH due AS (
        SELECT user_id, credits, credits_owed, ledger_entries, credits_monthly AS lapsed, allowance,
               least(allowance, credits_owed) AS paid
        FROM users JOIN unnest(:tiers, :allowances) AS plan (tier, allowance) ON plan.tier = users.tier
        WHERE credit_reset_date <= :month
        ORDER BY user_id LIMIT :limit
        FOR NO KEY UPDATE OF users {busy}
    ), moved AS (
        UPDATE users SET
            credits = due.credits - lapsed + allowance - paid,
            credits_monthly = allowance - paid,
            credits_owed = due.credits_owed - paid,
            ledger_entries = due.ledger_entries + 1,
            credit_reset_date = :following
        FROM due WHERE users.user_id = due.user_id
        RETURNING users.user_id, users.credits, users.ledger_entries, lapsed, allowance, paid
    ), entries AS (
        INSERT INTO credit_transactions
            (transaction_id, user_id, seq, type, amount, balance_after, description, request_key)
        SELECT gen_random_uuid(), user_id, ledger_entries, 'allowance', allowance - paid - lapsed, credits,
               :description, user_id || ':' || :name
        FROM moved
        RETURNING transaction_id, user_id
    ), postings AS (
        INSERT INTO credit_postings (transaction_id, account, amount)
        SELECT transaction_id, account, amount
        FROM entries JOIN moved USING (user_id), LATERAL (
            VALUES ('monthly', allowance - paid - lapsed), ('debt', paid), ('lapsed', lapsed),
                   ('allowances', -allowance)
        ) AS posting (account, amount)
        WHERE amount <> 0
    )
    SELECT count(*) FROM entries
"""
RESET = _typed(_RESET.format(busy=""))
RESET_IDLE = _typed(_RESET.format(busy="SKIP LOCKED"))

_ENTRIES = """
    SELECT entry.*, (
        SELECT jsonb_object_agg(account, posting.amount) FROM credit_postings posting
        WHERE posting.transaction_id = entry.transaction_id
    ) AS postings
    FROM credit_transactions entry
"""


def _entries(rest: str) -> TextualSelect:
    ids = dict.fromkeys(("transaction_id", "user_id", "job_id", "purchase_id"), Uuid)
    return _typed(_ENTRIES + rest).columns(postings=JSONB, **ids)


HISTORY = _entries("""
    WHERE user_id = :user_id AND seq < coalesce(:before, 9223372036854775807) ORDER BY seq DESC LIMIT :limit
""")
OF_FILM = _entries("WHERE job_id = :job_id AND rev = :rev AND type = ANY(:types)")
BY_KEY = _entries("WHERE type = :type AND request_key = :request_key")
REFUNDED = _typed("""
    SELECT coalesce(sum(posting.amount) FILTER (WHERE account = 'sales'), 0) AS credits,
           coalesce(-sum(posting.amount) FILTER (WHERE account = 'monthly'), 0) AS monthly,
           count(DISTINCT transaction_id) AS entries
    FROM credit_transactions JOIN credit_postings posting USING (transaction_id)
    WHERE purchase_id = :purchase_id
""")
