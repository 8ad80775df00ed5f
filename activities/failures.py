"""How what went wrong is told to Temporal."""

from __future__ import annotations

import errno
from datetime import timedelta
from typing import Any

from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from schemas.errors import InputError, StorageFull, StudioError


def application_error(error: StudioError) -> ApplicationError:
    """Turn an error of this project into Temporal's, keeping its code, its sentence and its patience."""
    category = (
        ApplicationErrorCategory.BENIGN if isinstance(error, InputError) else ApplicationErrorCategory.UNSPECIFIED
    )
    return ApplicationError(
        str(error),
        type=error.code,
        non_retryable=not error.retryable,
        next_retry_delay=None if error.retry_after_s is None else timedelta(seconds=error.retry_after_s),
        category=category,
    )


class StudioFailures(Interceptor):
    """Translates this project's errors at the edge of every activity."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Wrap the next interceptor."""
        return _Translate(next)


class _Translate(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await self.next.execute_activity(input)
        except StudioError as error:
            raise application_error(error) from error
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            full = StorageFull(f"No space is left on the disk of the worker ({error.filename or 'temporary files'}).")
            raise application_error(full) from error
