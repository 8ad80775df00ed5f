"""The table, the workflows, the registries and the signatures say the same."""

from __future__ import annotations

import ast
import inspect
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel

import workflows
from activities import registry
from schemas import payloads, stages
from schemas.enums import RendererName
from schemas.stages import ACTIVITIES, ACTIVITY_ROWS, PIPELINE, Queue, Stage, queue_of_keyframes

CALLS = {"run", "tell", "try_to_tell", "before", "execute_local_activity"}
"""How workflows name activities: `steps.run("…")` and its like, `Compensations.before("…")`, and Temporal's own for the
one that is local."""


def registered() -> dict[str, typing.Callable[..., object]]:
    """All activity functions by name, unbound: no worker is needed to look at them."""
    found: dict[str, typing.Callable[..., object]] = {}
    for group in registry.GROUPS:
        for _, function in inspect.getmembers(group, inspect.isfunction):
            name = registry.activity_name(function)
            if name is not None:
                assert name not in found, f"{name} is registered twice"
                found[name] = function
    return found


def named_by_workflows() -> dict[str, set[str]]:
    """Activity names in workflow code, with the result types they are called with."""
    named: dict[str, set[str]] = {}
    for path in Path(workflows.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS):
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                gives = node.args[2].id if len(node.args) > 2 and isinstance(node.args[2], ast.Name) else "None"
                named.setdefault(first.value, set()).add(gives)
    return named


def test_the_registry_holds_what_the_table_names() -> None:
    assert set(registered()) == set(ACTIVITY_ROWS)


def test_workflows_name_what_the_table_holds() -> None:
    assert set(named_by_workflows()) == set(ACTIVITY_ROWS)


@pytest.mark.parametrize("row", ACTIVITIES, ids=lambda row: row.name)
def test_signatures_are_those_of_the_table(row: stages.ActivityRow) -> None:
    hints = typing.get_type_hints(registered()[row.name])
    gives = hints.pop("return")
    assert list(hints.values()) == [row.takes]
    assert gives == (row.gives or type(None))


@pytest.mark.parametrize("row", ACTIVITIES, ids=lambda row: row.name)
def test_workflows_expect_the_tables_results(row: stages.ActivityRow) -> None:
    assert named_by_workflows()[row.name] == {row.gives.__name__ if row.gives else "None"}


@pytest.mark.parametrize("row", ACTIVITIES, ids=lambda row: row.name)
def test_whatever_may_take_long_gives_signs_of_life(row: stages.ActivityRow) -> None:
    assert row.retries.maximum_attempts > 0
    if row.start_to_close.total_seconds() > 30:
        assert row.heartbeat is not None
        assert row.heartbeat.total_seconds() <= 10


def test_every_stage_has_an_activity_and_every_row_a_place() -> None:
    assert [row.stage for row in PIPELINE] == list(Stage)
    assert {row.stage for row in ACTIVITIES if row.stage} == set(Stage)
    reached = [row.progress_to for row in PIPELINE]
    assert reached == sorted(reached)
    assert reached[-1] < 100


def test_every_renderer_has_a_queue() -> None:
    assert {queue_of_keyframes(renderer) for renderer in RendererName} == {Queue.MEDIA_CPU, Queue.GPU_KEYFRAME}


def test_payloads_tolerate_fields_that_a_newer_version_added() -> None:
    models = [model for _, model in inspect.getmembers(payloads, inspect.isclass) if issubclass(model, BaseModel)]
    assert models
    assert all(model.model_config.get("extra") == "ignore" for model in models if model.__module__ == payloads.__name__)
