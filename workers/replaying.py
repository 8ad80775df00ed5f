"""Replaying recorded histories against today's workflow code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from schemas.errors import InvalidRequest
from workers.cpu.worker import WORKFLOWS
from workflows.sandbox import sandboxed_runner


@dataclass(frozen=True)
class Replayed:
    """How one history replayed."""

    name: str
    failure: str | None
    """Why it did not; None if it did."""


async def replay(paths: list[Path]) -> list[Replayed]:
    """Replay histories, as `temporal workflow show --output json` or the recorder wrote them.

    Args:
        paths: Files of one history each.

    Raises:
        InvalidRequest: A file is missing or holds no history.
    """
    return [Replayed(path.name, await failure_of(read_history(path))) for path in paths]


async def failure_of(history: WorkflowHistory) -> str | None:
    """Replay a history and say why it did not; None if it did."""
    # The replayer takes a workflow that it does not know for one that waits for its worker, and calls that a success.
    kind = history.events[0].workflow_execution_started_event_attributes.workflow_type.name
    known = sorted(workflow.__name__ for workflow in WORKFLOWS)
    if kind not in known:
        return f"The history is of a {kind}, which this code does not have; it has {', '.join(known)}."
    replayer = Replayer(workflows=WORKFLOWS, workflow_runner=sandboxed_runner(), data_converter=pydantic_data_converter)
    failure = (await replayer.replay_workflow(history, raise_on_replay_failure=False)).replay_failure
    return None if failure is None else f"{type(failure).__name__}: {failure}"


def read_history(path: Path) -> WorkflowHistory:
    """Read a history from a file.

    Raises:
        InvalidRequest: There is none.
    """
    try:
        history = json.loads(path.read_text(encoding="utf-8"))
        return WorkflowHistory.from_json(_workflow_id(history, path), history)
    except OSError as error:
        raise InvalidRequest(f"The history {path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise InvalidRequest(f"{path} holds no workflow history: {error}.") from error


def _workflow_id(history: dict[str, object], path: Path) -> str:
    """Find the id the workflow had: it is part of what its children are called."""
    events = history["events"]
    if not isinstance(events, list) or not events:
        raise ValueError("no events")
    started = events[0].get("workflowExecutionStartedEventAttributes", {})
    return str(started.get("workflowId") or path.stem)
