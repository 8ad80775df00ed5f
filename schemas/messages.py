"""Messages on SQS."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from schemas.base import Message
from schemas.enums import Tier
from schemas.jobs import FilmInput

_PRIORITIES = {Tier.FREE: "low", Tier.PRO: "normal", Tier.STUDIO: "high"}


class GpuTicket(Message):
    """One unit of GPU demand; fungible, and never an instruction. Field names are those of the specification."""

    model_config = ConfigDict(validate_by_name=True)

    job_id: UUID = Field(serialization_alias="jobId", validation_alias="jobId")
    project_id: UUID = Field(serialization_alias="projectId", validation_alias="projectId")
    user_id: UUID = Field(serialization_alias="userId", validation_alias="userId")
    script: str
    """S3 URI of the script."""
    style: str
    priority: str = "normal"
    """For people who read the queue: whose turn it is, Temporal says."""
    unit: str
    """What is to be rendered, for people who read the queue: `keyframes s002-001 to s002-008`."""

    @classmethod
    def of(cls, film: FilmInput, bucket: str, unit: str) -> GpuTicket:
        """Write a ticket.

        Args:
            film: Whose work it stands for.
            bucket: Where its script lies.
            unit: What is to be rendered.
        """
        return cls(
            job_id=film.job_id,
            project_id=film.project_id,
            user_id=film.user_id,
            script=f"s3://{bucket}/{film.script.key}",
            style=film.options.style,
            priority=_PRIORITIES[film.options.tier],
            unit=unit,
        )


class DeadLetter(Message):
    """A shot or a film that failed for good, with what is needed to run it again."""

    schema_version: Literal[1] = 1
    kind: Literal["shot", "film"]
    job_id: UUID
    rev: int
    scene: int | None = None
    shot: str | None = None
    stage: str
    workflow_id: str
    run_id: str
    failure_type: str
    message: str
    attempts: int
    spec: str | None = None
    """Hash of the spec that could not be made."""
    occurred_at: datetime
