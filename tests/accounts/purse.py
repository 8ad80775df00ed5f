"""What the ledger ought to do, with credits as single tokens: slow, and too simple to be wrong in the same way."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from schemas.credits import Balance, CreditAccount, EntryType, LedgerEntry

Film = tuple[UUID, int]

MONTHLY, LASTING = "m", "l"


class Refused(Exception):
    """The model does not allow it; the argument says why, as the error's code."""


@dataclass
class Purse:
    """One user's credits."""

    tokens: list[str] = field(default_factory=list)
    held: dict[Film, list[str]] = field(default_factory=dict)
    ended: dict[Film, tuple[int, int]] = field(default_factory=dict)
    """Captured and released, by film."""
    bought: dict[str, int] = field(default_factory=dict)
    paid_back: dict[str, int] = field(default_factory=dict)
    of_month: dict[str, int] = field(default_factory=dict)
    """How many of those that were taken back were of a month, by purchase."""
    given: set[str] = field(default_factory=set)
    owed: int = 0

    def come_in(self, tokens: list[str]) -> None:
        """What lapses first pays first."""
        for token in sorted(tokens, key=[MONTHLY, LASTING].index):
            if self.owed:
                self.owed -= 1
            else:
                self.tokens.append(token)

    def take(self, first: str) -> str | None:
        """Take one token, of one kind while there are any."""
        if not self.tokens:
            return None
        token = first if first in self.tokens else self.tokens[0]
        self.tokens.remove(token)
        return token

    def reserve(self, film: Film, price: int) -> bool:
        if film in self.held or film in self.ended:
            return False
        if self.owed:
            raise Refused("AccountFrozen")
        if len(self.tokens) < price:
            raise Refused("InsufficientCredits")
        self.held[film] = [self.take(MONTHLY) or "" for _ in range(price)]
        return True

    def settle(self, film: Film, captured: int) -> tuple[int, int] | None:
        if film in self.held:
            held = sorted(self.held.pop(film), key=[MONTHLY, LASTING].index)
            self.come_in(held[captured:])
            self.ended[film] = (len(held[:captured]), len(held[captured:]))
        return self.ended.get(film)

    def grant(self, key: str, credits: int) -> bool:
        if key in self.given:
            return False
        self.given.add(key)
        self.come_in([LASTING] * credits)
        return True

    def purchase(self, key: str, credits: int) -> bool:
        if key in self.bought:
            return False
        self.bought[key] = credits
        self.come_in([LASTING] * credits)
        return True

    def refund(self, key: str, total: int) -> int:
        if key not in self.bought or total > self.bought[key]:
            raise Refused("InvalidRequest")
        back = max(0, total - self.paid_back.get(key, 0))
        for _ in range(back):
            token = self.take(LASTING)
            if token is None:
                self.owed += 1
            self.of_month[key] = self.of_month.get(key, 0) + (token == MONTHLY)
        self.paid_back[key] = self.paid_back.get(key, 0) + back
        return back

    def undo_refund(self, key: str, total: int) -> int:
        """What came from the month goes back there first."""
        back = self.paid_back[key] - total
        monthly = min(back, self.of_month.get(key, 0))
        paid = min(self.owed, monthly)
        self.come_in([MONTHLY] * monthly + [LASTING] * (back - monthly))
        self.of_month[key] = self.of_month.get(key, 0) - (monthly - paid)
        self.paid_back[key] = total
        return -back

    def renew(self, allowance: int) -> None:
        self.tokens = [token for token in self.tokens if token == LASTING]
        self.come_in([MONTHLY] * allowance)

    def agrees(self, balance: Balance) -> bool:
        """Whether a balance is this purse's."""
        return (balance.credits, balance.monthly, balance.reserved, balance.owed) == (
            len(self.tokens),
            self.tokens.count(MONTHLY),
            sum(map(len, self.held.values())),
            self.owed,
        )


def replayed(entries: list[LedgerEntry]) -> Purse:
    """Do again what a ledger says was done, in its order, and hold every balance on the way against the model's.

    Whatever many did to one user at the same time, it must be the same as if they had done it one after another.
    """
    purse = Purse()
    for number, entry in enumerate(sorted(entries, key=lambda one: one.seq), 1):
        assert entry.seq == number
        assert sum(entry.postings.values()) == 0
        before = len(purse.tokens)
        _again(purse, entry)
        assert (len(purse.tokens) - before, len(purse.tokens)) == (entry.amount, entry.balance_after), entry
    return purse


def _again(purse: Purse, entry: LedgerEntry) -> None:
    moved = entry.postings
    film = (entry.job_id, entry.rev) if entry.job_id is not None and entry.rev is not None else None
    key = entry.request_key or ""
    match entry.type:
        case EntryType.OPENING:
            purse.renew(entry.amount)
        case EntryType.ALLOWANCE:
            purse.renew(-moved[CreditAccount.ALLOWANCES])
        case EntryType.GRANT:
            assert purse.grant(key, -moved[CreditAccount.GRANTS])
        case EntryType.PURCHASE:
            assert purse.purchase(str(entry.transaction_id), -moved[CreditAccount.SALES])
        case EntryType.REFUND:
            bought = str(entry.purchase_id)
            total = purse.paid_back.get(bought, 0) + moved[CreditAccount.SALES]
            refund = purse.refund if moved[CreditAccount.SALES] > 0 else purse.undo_refund
            assert refund(bought, total) == moved[CreditAccount.SALES]
        case EntryType.RESERVE:
            assert film is not None
            assert purse.reserve(film, moved[CreditAccount.RESERVED])
        case EntryType.CAPTURE | EntryType.RELEASE:
            assert film is not None
            captured = moved.get(CreditAccount.EARNED, 0)
            assert purse.settle(film, captured) == (captured, -moved[CreditAccount.RESERVED] - captured)
        case EntryType.CLOSING:
            purse.tokens.clear()
            purse.held.clear()
            purse.owed = 0
