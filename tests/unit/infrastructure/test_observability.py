import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from infrastructure.observability import REDACTED, configure_logging, redact


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a process with JSON logs writes to standard error."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    configure_logging("worker-cpu", json=True)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def _entries(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"password": "x"}, {"password": REDACTED}),
        ({"STUDIO_AWS_SECRET_ACCESS_KEY": "x"}, {"STUDIO_AWS_SECRET_ACCESS_KEY": REDACTED}),
        ({"at": "postgresql://me:x@db/studio"}, {"at": f"postgresql://me:{REDACTED}@db/studio"}),
        ({"url": "http://s3/k?X-Amz-Signature=abc&a=1"}, {"url": f"http://s3/k?X-Amz-Signature={REDACTED}&a=1"}),
        ({"headers": {"Authorization": "Bearer x"}}, {"headers": {"Authorization": REDACTED}}),
        ({"sent": ["Bearer abcdefghij"]}, {"sent": [f"Bearer {REDACTED}"]}),
        ({"reason": "no such key: sk_live_51Habcdefgh"}, {"reason": f"no such key: sk_live_{REDACTED}"}),
        ({"reason": "whsec_c2VjcmV0c2VjcmV0 is none"}, {"reason": f"whsec_{REDACTED} is none"}),
        ({"reason": "afs_0123456789abcdef-_x"}, {"reason": f"afs_{REDACTED}"}),
        ({"reason": "eyJhbGciOi.eyJzdWIiOi.c2lnbmVk expired"}, {"reason": f"{REDACTED} expired"}),
        ({"link": "https://x/reset#token=abc123&a=1"}, {"link": f"https://x/reset#token={REDACTED}&a=1"}),
        ({"path": "/api/v1/jobs/afs_short", "task_key": "x"}, {"path": "/api/v1/jobs/afs_short", "task_key": "x"}),
        ({"event": "The keyframe is done.", "n": 3}, {"event": "The keyframe is done.", "n": 3}),
        ({"key": "artifacts/p/a.png"}, {"key": "artifacts/p/a.png"}),
    ],
)
def test_secrets_are_taken_out(given: dict[str, Any], expected: dict[str, Any]) -> None:
    assert redact(None, "info", given) == expected


def test_entries_carry_process_and_context(lines: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(job="j1"):
        structlog.get_logger("workers.cpu").info("shots made", shots=4)
    [entry] = _entries(lines)
    assert entry.pop("timestamp")
    assert entry == {
        "event": "shots made",
        "shots": 4,
        "job": "j1",
        "process": "worker-cpu",
        "level": "info",
        "logger": "workers.cpu",
    }


def test_libraries_speak_through_the_same_door(lines: io.StringIO) -> None:
    logging.getLogger("botocore").info("Found credentials")
    logging.getLogger("temporalio").warning("cannot reach %s", "postgresql://me:hush@db/studio")
    [entry] = _entries(lines)
    assert (entry["event"], entry["level"]) == (f"cannot reach postgresql://me:{REDACTED}@db/studio", "warning")


def test_tracebacks_are_told_without_secrets(lines: io.StringIO) -> None:
    try:
        raise ValueError("postgresql://me:hush@db/studio")
    except ValueError:
        structlog.get_logger("x").exception("failed")
    [entry] = _entries(lines)
    assert "ValueError" in entry["exception"]
    assert "hush" not in lines.getvalue()
