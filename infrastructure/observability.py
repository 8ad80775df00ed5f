"""Logs: one line an event on standard error, with what is known of the job, and without secrets."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from infrastructure.tracing import trace_id

REDACTED = "[redacted]"

_SECRET_NAME = re.compile(
    r"passw|secret|token|authori[sz]ation|cookie|credential|signature|api_?key|access_?key|dsn|database_url", re.I
)
_SECRET_PARTS = (
    (re.compile(r"(?<=://)([^/\s:@]*):[^/\s@]+(?=@)"), r"\1:" + REDACTED),
    (re.compile(r"(?i)\b(X-Amz-(?:Signature|Credential|Security-Token))=[^&\s\"']+"), r"\1=" + REDACTED),
    (re.compile(r"(?i)\b(Bearer|Basic)\s+[\w.~+/=-]{8,}"), r"\1 " + REDACTED),
    # Keys that say by their beginning what they are: Stripe's, webhooks', and ours for programs.
    (re.compile(r"(?<![\w-])([sr]k_(?:live|test)_|whsec_|afs_)[\w+/=-]{8,}"), r"\1" + REDACTED),
    (re.compile(r"(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]+"), REDACTED),  # a signed token, as sessions have them
    (re.compile(r"(?i)(?<=[?&#])(token|code|key)=[^&\s\"']+"), r"\1=" + REDACTED),  # what links in letters carry
)

_TALKATIVE = ("aioboto3", "aiobotocore", "alembic", "asyncio", "boto3", "botocore", "sqlalchemy", "stripe", "urllib3")


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Take secrets out of a log entry: by the name of a field, and by the look of a text.

    Passwords in addresses, signatures of links and authorisation headers are found inside texts too.
    """
    return {name: _clean(value, name) for name, value in event.items()}


def _clean(value: Any, name: str = "") -> Any:
    if name and _SECRET_NAME.search(name):
        return REDACTED
    if isinstance(value, str):
        for pattern, replacement in _SECRET_PARTS:
            value = pattern.sub(replacement, value)
        return value
    if isinstance(value, Mapping):
        return {key: _clean(item, str(key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def configure_logging(process: str, level: str = "INFO", json: bool | None = None) -> None:
    """Send all logs of this process, its libraries' included, to standard error.

    What is bound with `structlog.contextvars` (job, shot) is on every line within its context.

    Args:
        process: Name of the process, on every line.
        level: The least level that is shown; talkative libraries speak from WARNING on.
        json: One JSON object a line, or lines for people; None chooses by whether standard error is a terminal.
    """
    if json is None:
        json = not sys.stderr.isatty()

    def name_process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        trace = trace_id()
        return {"process": process, **({"trace": trace} if trace else {}), **event}

    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_process,
    ]
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redact,
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        ),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for library in _TALKATIVE:
        logging.getLogger(library).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
