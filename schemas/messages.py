"""Messages on SQS."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Message


class GpuTicket(Message):
    """One unit of GPU demand; fungible, and never an instruction. Field names are those of the specification."""

    job_id: UUID = Field(serialization_alias="jobId", validation_alias="jobId")
    project_id: UUID = Field(serialization_alias="projectId", validation_alias="projectId")
    user_id: UUID = Field(serialization_alias="userId", validation_alias="userId")
    script: str
    """S3 URI of the script."""
    style: str
    priority: str = "normal"
    unit: str
    """What is to be rendered, for people who read the queue: `s002 batch 1`."""


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
