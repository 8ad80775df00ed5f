"""What an installation may set. Secrets come from the environment alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Self

from pydantic import AnyHttpUrl, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.enums import RendererName
from schemas.moderation import ModerationPolicy, Threshold
from schemas.painting import Precision
from schemas.sound import MAX_SOUND_BYTES

LEAST_SECRET = 32
"""Characters of the shortest secret that sessions may be signed with."""


_HERE = {"127.0.0.1", "localhost", "[::1]"}


class Settings(BaseSettings):
    """Settings of one installation, read from variables that begin with `STUDIO_`.

    The defaults are those of a machine that runs every part itself, on 127.0.0.1.
    """

    model_config = SettingsConfigDict(
        env_prefix="STUDIO_",
        frozen=True,
        extra="ignore",
        use_attribute_docstrings=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,  # an error about one setting would otherwise print them all, secrets included
    )

    env: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")] = "local"
    """Name of the installation: part of the names of buckets and queues."""
    database_url: SecretStr = SecretStr("postgresql://studio@127.0.0.1:5432/studio")
    """`postgresql://user:password@host:port/database`; secret, since it may hold a password."""
    database_pooler_url: SecretStr | None = None
    """The same database by way of a PgBouncer in transaction mode, for requests to the API. What listens goes to the
    database itself, and so does everything where this is None."""
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
    """Who can make keyframes in this installation, as a JSON list; `sdxl` is added where a model is set for it."""
    models: Path | None = None
    """The folder of models that paint and move, each in a folder of its own, and of LoRAs in `loras`; None is `models`
    in the lab's folder."""
    sdxl_model: str = ""
    """The model that paints keyframes: its name in that folder. Empty where none is painted."""
    ltx_model: str = ""
    """The model that moves pictures: its name in that folder. Empty where none does."""
    gpu_device: Annotated[str, Field(pattern=r"^(cpu|cuda(:\d{1,2})?|mps)$")] = "cuda"
    """Where a GPU worker calculates."""
    gpu_precision: Precision = Precision.AUTO
    """The numbers that it calculates with."""
    gpu_compile: bool = False
    """Whether it compiles its model first: minutes once, faster afterwards."""
    gpu_batch: Annotated[int, Field(ge=1, le=64)] = 4
    """How many pictures it paints at once, at most; halved when memory runs out."""
    build: Annotated[str, Field(pattern=r"^([A-Za-z0-9_][A-Za-z0-9_.-]{0,62})?$")] = ""
    """Which build of the workers this process is, such as `1.4.0`: films stay on the build that they began on, and new
    ones begin where `studio promote` says. Empty where any worker takes any film."""
    health: Annotated[str, Field(pattern=r"^[^:\s]+:\d{1,5}$")] | None = None
    """`host:port` at which relay and workers answer `/healthz`, `/readyz` and `/metrics`; None answers nobody."""
    drain_s: Annotated[float, Field(gt=0)] = 90.0
    """How long a worker that was told to stop may finish what it has in hand, in seconds."""
    spot_metadata: AnyHttpUrl | None = None
    """Where this machine is told that it will be taken away: `http://169.254.169.254` on EC2. A process that hears so
    drains as if it were told to stop. None asks nobody."""
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

    director_url: AnyHttpUrl | None = None
    """Where a language model is asked to direct, up to and without `/chat/completions`: an OpenAI-compatible address
    such as `http://127.0.0.1:11434/v1`. None leaves directing to the rules. The script is sent there."""
    director_model: str = ""
    """Name of the model there."""
    director_api_key: SecretStr | None = None
    """Sent as bearer token; None sends none."""
    director_timeout_s: Annotated[float, Field(gt=0, le=600)] = 60.0
    """How long one answer may take, in seconds."""
    director_total_s: Annotated[float, Field(gt=0, le=720)] = 300.0
    """How long all answers for a film may take, in seconds; the rules direct what is unanswered then."""
    director_concurrency: Annotated[int, Field(ge=1, le=64)] = 4
    """How many questions are in flight at once, for each film."""
    director_answer_bytes: Annotated[int, Field(ge=1024, le=1 << 24)] = 1 << 20
    """The longest answer that is read."""

    references_per_project: Annotated[int, Field(ge=1, le=1000)] = 100
    """How many pictures and sounds of the user's own a project may have."""
    reference_picture_bytes: Annotated[int, Field(ge=1024, le=32 << 20)] = 32 << 20
    """How large a picture may be; the engine reads no larger ones."""
    reference_sound_bytes: Annotated[int, Field(ge=1024, le=MAX_SOUND_BYTES)] = 256 << 20
    """How large a sound may be."""
    reference_font_bytes: Annotated[int, Field(ge=1024, le=64 << 20)] = 32 << 20
    """How large a font may be; the engine reads no larger ones than 64 MiB."""
    references_per_user_bytes: Annotated[int, Field(ge=1024)] = 4 << 30
    """How large all of a user's pictures and sounds together may be."""

    public_url: AnyHttpUrl = AnyHttpUrl("http://127.0.0.1:8000")
    """Where users reach this installation: what links in letters begin with, and the only origin that may change
    something with a cookie."""
    pages: Path | None = None
    """The folder of the pages that the API serves beside itself: `frontend/out`, where they were built. None where it
    serves none."""
    auth_secret: SecretStr | None = None
    """What sessions are signed with: at least 32 characters that nobody can guess. The API does not start without."""
    auth_secrets_before: tuple[SecretStr, ...] = ()
    """Secrets that were in use before, as a JSON list: what they signed is still accepted, and nothing is signed with
    them."""
    smtp_url: SecretStr | None = None
    """Where letters are handed over: `smtp://user:password@host:587`, or `smtps://`. Without it they wait in the
    database, and nobody can register."""
    webhooks_loopback: bool = False
    """Whether webhooks may lead to this machine itself, and by http there: for labs and tests, and never where
    strangers may register."""
    mail_from: str = "AI Film Studio <studio@localhost>"
    """Who letters come from."""
    google_client_id: str = ""
    """By which Google knows this installation. Empty where nobody signs in by Google."""
    google_client_secret: SecretStr | None = None
    google_issuer: AnyHttpUrl = AnyHttpUrl("https://accounts.google.com")
    """Who signs what Google says of somebody; what else is asked there is found below it."""
    github_client_id: str = ""
    """By which GitHub knows this installation. Empty where nobody signs in by GitHub."""
    github_client_secret: SecretStr | None = None
    github_url: AnyHttpUrl = AnyHttpUrl("https://github.com")
    """Where people agree."""
    github_api_url: AnyHttpUrl = AnyHttpUrl("https://api.github.com")
    """Where GitHub says who they are."""
    stripe_secret_key: SecretStr | None = None
    """By which Stripe knows this installation: `sk_…`, or better a restricted key, `rk_…`. Without, nothing is sold."""
    stripe_webhook_secret: SecretStr | None = None
    """By which this installation knows Stripe's events: `whsec_…`, of the endpoint there."""
    stripe_api_base: AnyHttpUrl = AnyHttpUrl("https://api.stripe.com")
    """Where Stripe is asked."""
    proxies: Annotated[int, Field(ge=0, le=8)] = 0
    """How many proxies of our own stand in front of the API: so many entries of `X-Forwarded-For`, from the right, are
    believed."""
    metrics_token: SecretStr | None = None
    """What Prometheus must send to read `/metrics` of the API; without it none are served."""
    traces: AnyHttpUrl | None = None
    """Where traces are sent by OTLP over HTTP: a collector's address, up to and without `/v1/traces`, such as
    `http://127.0.0.1:4318`. None makes none."""
    limits_scale: Annotated[int, Field(ge=1, le=10_000)] = 1
    """By how much more often than usual the same may be tried, signing in for one: where many people come from one
    address, and under load tests. 1 on whatever strangers reach."""

    @model_validator(mode="after")
    def _secrets_are_long(self) -> Self:
        for secret in filter(None, (self.auth_secret, *self.auth_secrets_before)):
            if len(secret.get_secret_value()) < LEAST_SECRET:
                raise ValueError(f"STUDIO_AUTH_SECRET needs {LEAST_SECRET} characters or more")
        return self

    @model_validator(mode="after")
    def _providers_are_whole(self) -> Self:
        for name, known, secret, *urls in (
            ("GOOGLE", self.google_client_id, self.google_client_secret, self.google_issuer),
            ("GITHUB", self.github_client_id, self.github_client_secret, self.github_url, self.github_api_url),
        ):
            if known and secret is None:
                raise ValueError(f"STUDIO_{name}_CLIENT_ID is set: set STUDIO_{name}_CLIENT_SECRET, too")
            for url in urls:
                if url.scheme != "https" and url.host not in _HERE:
                    raise ValueError(f"addresses of STUDIO_{name}_… begin with https://, but on this machine")
        return self

    @model_validator(mode="after")
    def _payments_are_whole(self) -> Self:
        if (self.stripe_secret_key is None) != (self.stripe_webhook_secret is None):
            raise ValueError("set both STUDIO_STRIPE_SECRET_KEY and STUDIO_STRIPE_WEBHOOK_SECRET, or neither")
        if self.stripe_api_base.scheme != "https" and self.stripe_api_base.host not in _HERE:
            raise ValueError("STUDIO_STRIPE_API_BASE begins with https://, but on this machine")
        return self

    @model_validator(mode="after")
    def _traces_are_a_collectors(self) -> Self:
        url = self.traces
        if url is None:
            return self
        if url.username or url.password or url.query or url.fragment:
            raise ValueError("STUDIO_TRACES may hold no user, password or query: use OTEL_EXPORTER_OTLP_HEADERS")
        if (url.path or "").rstrip("/").endswith("/v1/traces"):
            raise ValueError("STUDIO_TRACES is a collector's address without /v1/traces, which is added")
        return self

    @model_validator(mode="after")
    def _director_is_whole(self) -> Self:
        if self.director_url is None:
            return self
        if not self.director_model:
            raise ValueError("STUDIO_DIRECTOR_URL is set: name the model in STUDIO_DIRECTOR_MODEL")
        if self.director_url.username or self.director_url.password or self.director_url.query:
            raise ValueError("STUDIO_DIRECTOR_URL may hold no user, password or query: use STUDIO_DIRECTOR_API_KEY")
        return self

    @property
    def available_renderers(self) -> tuple[RendererName, ...]:
        """Who can make keyframes here: those that are listed, and the painter where it has a model."""
        painter = (RendererName.SDXL,) if self.sdxl_model and RendererName.SDXL not in self.renderers else ()
        return self.renderers + painter

    @property
    def assets_bucket(self) -> str:
        """Name of the bucket that holds scripts, artifacts and films."""
        return f"ai-film-studio-assets-{self.env}"

    def schedule(self, name: str) -> str:
        """Name a schedule of this installation, such as `ai-film-studio-hourly-local`."""
        return f"ai-film-studio-{name}-{self.env}"

    @property
    def jobs_queue(self) -> str:
        """Name of the queue of GPU demand: of tickets for keyframes that are painted."""
        return f"ai-film-studio-jobs-{self.env}"

    @property
    def motion_jobs_queue(self) -> str:
        """Name of the queue of tickets for clips; made when the first is wanted."""
        return f"ai-film-studio-jobs-motion-{self.env}"

    @property
    def dead_letter_queue(self) -> str:
        """Name of the queue of what failed for good."""
        return f"ai-film-studio-jobs-dlq-{self.env}"
