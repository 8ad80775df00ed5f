"""One way to open an AWS client, and what its errors mean here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from functools import cache
from types import TracebackType
from typing import Any, Self

import aioboto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, NoCredentialsError

from infrastructure.settings import Settings
from schemas.errors import ArtifactMissing, DependencyDown, StorageFull

CONNECT_TIMEOUT_S = 2
READ_TIMEOUT_S = 30
ATTEMPTS = 4
"""How often a call is tried in all, with growing pauses, before its error is raised."""

_MISSING = {"404", "NoSuchKey", "NotFound", "NoSuchVersion"}
_FULL = {"507", "InsufficientStorage", "XMinioStorageFull"}


@cache
def session() -> Any:
    """What all clients of this process are made by: reading the service models takes longer than all else."""
    return aioboto3.Session()


def client(service: str, settings: Settings, endpoint_url: str | None) -> Any:
    """Prepare a client; `async with` opens it.

    Args:
        service: `s3` or `sqs`.
        settings: Region and credentials; without credentials the SDK looks for its own.
        endpoint_url: Address of the service; None is AWS.

    Returns:
        An asynchronous context manager that yields the client.
    """
    key, secret = settings.aws_access_key_id, settings.aws_secret_access_key
    config = Config(
        connect_timeout=CONNECT_TIMEOUT_S,
        read_timeout=READ_TIMEOUT_S,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        max_pool_connections=32,
        signature_version="s3v4" if service == "s3" else None,
        # A store at an address of its own has no name for each bucket. AWS is asked where a bucket lies: signed links
        # lead there, and pages name that origin.
        s3={"addressing_style": "path"}
        if endpoint_url
        else {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    )
    return session().client(
        service,
        region_name=settings.s3_region,
        endpoint_url=endpoint_url,
        aws_access_key_id=key.get_secret_value() if key else None,
        aws_secret_access_key=secret.get_secret_value() if secret else None,
        config=config,
    )


class AwsService:
    """What stands on one AWS client: `async with` opens it, and all methods may be called at once from one loop."""

    def __init__(self, service: str, settings: Settings, endpoint_url: str | None) -> None:
        """Prepare; nothing is opened yet.

        Args:
            service: `s3` or `sqs`.
            settings: Region and credentials.
            endpoint_url: Address of the service; None is AWS.
        """
        self._settings = settings
        self._service = service
        self._endpoint_url = endpoint_url
        self._context: AbstractAsyncContextManager[Any] | None = None
        self._open: Any = None

    async def __aenter__(self) -> Self:
        self._context = client(self._service, self._settings, self._endpoint_url)
        self._open = await self._context.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._context is not None:
            await self._context.__aexit__(kind, error, trace)
        self._context = self._open = None

    @property
    def _client(self) -> Any:
        if self._open is None:
            raise RuntimeError(f"{type(self).__name__} is used outside of `async with`")
        return self._open


def error_code(error: ClientError) -> str:
    """The service's own name for an error."""
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def translated(service: str, what: str) -> Iterator[None]:
    """Raise a service's errors as those that the rest of the software knows.

    Args:
        service: How the service is called in a message, with its address.
        what: What was wanted: a key, a queue.

    Raises:
        ArtifactMissing: There is no such object.
        StorageFull: The service has no space left.
        DependencyDown: The service does not answer, or refuses.
    """
    try:
        yield
    except ClientError as error:
        code = error_code(error)
        if code in _MISSING:
            raise ArtifactMissing(
                f"{what} is not in {service}: it was deleted, or has expired; make it again."
            ) from error
        if code in _FULL:
            raise StorageFull(f"{service} has no space left for {what}: free some, then try again.") from error
        detail = error.response.get("Error", {}).get("Message", "")
        raise DependencyDown(
            f"{service} refused {error.operation_name} of {what} ({code}: {detail}): "
            "see that bucket or queue exist and that the credentials are right."
        ) from error
    except NoCredentialsError as error:
        raise DependencyDown(
            f"{service} needs credentials: set STUDIO_AWS_ACCESS_KEY_ID and STUDIO_AWS_SECRET_ACCESS_KEY."
        ) from error
    except (HTTPClientError, BotoCoreError, ConnectionError, TimeoutError) as error:
        raise DependencyDown(f"{service} does not answer ({type(error).__name__}): see that it runs.") from error
