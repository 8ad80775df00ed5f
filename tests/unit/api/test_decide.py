"""Decisions that a film refuses: that nothing waits for them is told apart from requests that are wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError, TerminatedError
from temporalio.service import RPCError, RPCStatusCode

from api.problems import of_error
from api.usecases import decide
from infrastructure.db.tables import JobRow
from schemas.enums import JobStatus
from schemas.errors import DependencyDown, InvalidRequest, NotWaiting, Outdated, StudioError
from schemas.jobs import ShotCommand

JOB = UUID(int=7)
SENTENCE = "Shot s001-001 does not wait for a decision; waiting: none."


class Film:
    """A film that answers every decision with one failure."""

    def __init__(self, failure: Exception) -> None:
        """Take the failure."""
        self._failure = failure

    async def execute_update(self, *_: object, **__: object) -> None:
        """Fail."""
        raise self._failure


def refused(kind: str) -> WorkflowUpdateFailedError:
    return WorkflowUpdateFailedError(ApplicationError(SENTENCE, type=kind))


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (refused("NotParked"), NotWaiting),
        (refused("NotWaiting"), NotWaiting),
        (refused("Outdated"), Outdated),
        (refused("ValueError"), InvalidRequest),
        (WorkflowUpdateFailedError(TerminatedError("terminated")), InvalidRequest),
        (RPCError("no such workflow", RPCStatusCode.NOT_FOUND, b""), NotWaiting),
        (RPCError("away", RPCStatusCode.UNAVAILABLE, b""), DependencyDown),
    ],
)
async def test_a_refusal_has_the_kind_that_it_is_of(
    monkeypatch: pytest.MonkeyPatch, failure: Exception, kind: type[StudioError]
) -> None:
    async def job(*_: object) -> JobRow:
        return cast("JobRow", SimpleNamespace(job_id=JOB, rev=0, status=JobStatus.RUNNING))

    monkeypatch.setattr(decide, "_job", job)
    monkeypatch.setattr(decide, "_film", lambda *_: Film(failure))
    nowhere = cast("Any", None)
    with pytest.raises(StudioError) as found:
        await decide.skip_shot(JOB, ShotCommand(shot="s001-001"), key="12345678", db=nowhere, client=nowhere)
    assert type(found.value) is kind


def test_that_nothing_waits_is_a_problem_of_its_own() -> None:
    answer = of_error("7", NotWaiting(SENTENCE))
    assert answer.status_code == 422
    assert b'"type":"/problems/NotWaiting"' in bytes(answer.body)
