"""How errors reach Temporal."""

from __future__ import annotations

import inspect
from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationErrorCategory

from activities.failures import application_error
from schemas import errors


def studio_errors() -> list[type[errors.StudioError]]:
    return [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.StudioError)]


@pytest.mark.parametrize("kind", studio_errors(), ids=lambda kind: kind.__name__)
def test_an_error_keeps_its_name_and_sentence(kind: type[errors.StudioError]) -> None:
    told = application_error(kind("The pencil broke; sharpen it."))
    assert (told.type, told.message) == (kind.code, "The pencil broke; sharpen it.")
    assert told.non_retryable is not kind.retryable


def test_an_error_may_say_when_to_try_again() -> None:
    told = application_error(errors.GpuOutOfMemory("It does not fit.", retry_after_s=3))
    assert told.next_retry_delay == timedelta(seconds=3)
    assert application_error(errors.GpuOutOfMemory("It does not fit.")).next_retry_delay is None


def test_codes_name_one_error_each() -> None:
    codes = [kind.code for kind in studio_errors()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("kind", [errors.InvalidScript, errors.InvalidRequest])
def test_a_users_mistake_is_no_alarm(kind: type[errors.StudioError]) -> None:
    assert application_error(kind("no")).category is ApplicationErrorCategory.BENIGN
    assert kind.code in errors.INPUT_ERROR_CODES
