"""What may not be filmed, or not without a second look: findings in a script, and an installation's policy."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Document, Message


class Severity(StrEnum):
    """How grave a finding is, mildest first."""

    MILD = "mild"
    """Ordinary in films for adults: drugs, nudity."""
    STRONG = "strong"
    """Graphic violence, explicit sex, slogans of hatred."""
    SEVERE = "severe"
    """Somebody should look before it is filmed: sexual violence, abuse of children, instructions for harm."""
    FORBIDDEN = "forbidden"
    """What no host may make."""

    @property
    def rank(self) -> int:
        """0 for the mildest."""
        return list(Severity).index(self)


class Threshold(StrEnum):
    """From which severity on a policy acts."""

    OFF = "off"
    MILD = "mild"
    STRONG = "strong"
    SEVERE = "severe"
    FORBIDDEN = "forbidden"

    def reached(self, severity: Severity) -> bool:
        """Tell whether a finding is grave enough."""
        return self is not Threshold.OFF and severity.rank >= Severity(self.value).rank


class Flag(Message):
    """A line of a script that a rule has found."""

    line: Annotated[int, Field(ge=1)]
    """Number of the line in the decoded text, from 1."""
    category: str
    """Id of the category, such as `sexual_minors`."""
    title: str
    """What people call the category."""
    severity: Severity


class ModerationPolicy(Document):
    """What an installation does about findings. The default refuses what no host may make, and nothing else."""

    flag: Threshold = Threshold.OFF
    """From here on a job carries its findings, for whoever looks at it."""
    review: Threshold = Threshold.OFF
    """From here on a job waits for an approval before anything is drawn."""
    refuse: Threshold = Threshold.FORBIDDEN
    """From here on there is no job."""


class ItemState(StrEnum):
    """What moderators have decided about a film that waits for them."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
