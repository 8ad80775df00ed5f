"""Acting for the installation: who does something as administrator or moderator, and that it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db.repositories.audit import AuditLog
from infrastructure.db.tables import UserRow
from schemas.audit import OPERATOR, Act, AuditAct, TargetKind
from schemas.errors import NotAllowed
from schemas.people import Role


@dataclass(frozen=True)
class Acting:
    """Who acts, and why."""

    user_id: UUID | None
    """None for the operator: whoever works with the installation's database itself."""
    reason: str
    request_id: str = ""

    def must_still_be(self, user: UserRow | None, *roles: Role) -> Role:
        """See that whoever acts has their role still: a request may know them from two seconds ago.

        Args:
            user: Their row, as it is now.
            roles: Those that may do it.

        Returns:
            Their role.

        Raises:
            NotAllowed: They have another role now, or their account was shut.
        """
        if user is None or user.disabled_at is not None or user.role not in roles:
            raise NotAllowed("You may not do that any more.")
        return user.role

    async def record(
        self,
        session: AsyncSession,
        role: Role | None,
        act: AuditAct,
        target_kind: TargetKind,
        target_id: UUID,
        before: dict[str, Any],
        after: dict[str, Any],
    ) -> None:
        """Write down what was done, in the transaction that does it.

        Args:
            session: The transaction.
            role: In which role it was done; None for the operator.
            act: What.
            target_kind: To what kind of thing.
            target_id: To which.
            before: What was there before, of what was changed.
            after: What is there now.
        """
        written = Act(
            actor_id=self.user_id,
            role=role or OPERATOR,
            act=act,
            target_kind=target_kind,
            target_id=target_id,
            reason=self.reason,
            request_id=self.request_id,
            before=before,
            after=after,
        )
        await AuditLog(session).add(written)
