"""What an installation may set. Secrets come from the environment alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.enums import RendererName
from schemas.moderation import ModerationPolicy, Threshold


class Settings(BaseSettings):
    """Settings of one installation, read from variables that begin with `STUDIO_`.

    The defaults are those of a machine that runs every part itself, on 127.0.0.1.
    """

    model_config = SettingsConfigDict(
        env_prefix="STUDIO_", frozen=True, extra="ignore", use_attribute_docstrings=True, env_ignore_empty=True
    )

    env: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")] = "local"
    """Name of the installation: part of the names of buckets and queues."""
    database_url: SecretStr = SecretStr("postgresql://studio@127.0.0.1:5432/studio")
    """`postgresql://user:password@host:port/database`; secret, since it may hold a password."""
    s3_endpoint_url: str | None = None
    """Address of an S3-compatible store; None is AWS."""
    s3_region: str = "us-east-1"
    """Region of store and queues."""
    aws_access_key_id: SecretStr | None = None
    """None leaves the credentials to the AWS SDK's own chain: environment, profile, role."""
    aws_secret_access_key: SecretStr | None = None
    sqs_endpoint_url: str | None = None
    """Address of an SQS-compatible service; None is AWS."""
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_ui_url: str | None = None
    """Where people look at workflows; None where there is no such place."""
    render_processes: Annotated[int, Field(ge=1)] = Field(default_factory=lambda: os.cpu_count() or 1)
    """How many processes make frames and encode at once."""
    renderers: tuple[RendererName, ...] = (RendererName.STORYBOARD,)
    """Who can make keyframes in this installation, as a JSON list; `sdxl` needs GPU workers."""
    drain_s: Annotated[float, Field(gt=0)] = 90.0
    """How long a worker that was told to stop may finish what it has in hand, in seconds."""
    work_dir: Path | None = None
    """Where temporary files lie; None is the system's own place."""
    styles: Path | None = None
    """A folder of styles besides ours, a TOML file each; read by `studio film` and `studio styles` alone."""
    tokenizer: Path | None = None
    """A model's tokenizer folder, with `vocab.json` and `merges.txt`, by which prompts are measured; None estimates."""
    moderation_flag: Threshold = Threshold.OFF
    """From which severity on a job carries what was found in its script."""
    moderation_review: Threshold = Threshold.OFF
    """From which severity on a job waits for an approval."""
    moderation_refuse: Threshold = Threshold.FORBIDDEN
    """From which severity on a script is refused."""
    moderation_lexicon: Path | None = None
    """A folder of lexicon files besides ours, in other languages or with an installation's own rules."""

    @property
    def moderation(self) -> ModerationPolicy:
        """What is done about findings in a script."""
        return ModerationPolicy(flag=self.moderation_flag, review=self.moderation_review, refuse=self.moderation_refuse)

    @property
    def assets_bucket(self) -> str:
        """Name of the bucket that holds scripts, artifacts and films."""
        return f"ai-film-studio-assets-{self.env}"

    @property
    def jobs_queue(self) -> str:
        """Name of the queue of GPU demand."""
        return f"ai-film-studio-jobs-{self.env}"

    @property
    def dead_letter_queue(self) -> str:
        """Name of the queue of what failed for good."""
        return f"ai-film-studio-jobs-dlq-{self.env}"
