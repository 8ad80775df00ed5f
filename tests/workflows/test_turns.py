"""Whose turn it is among films that wait for the same machine: a real Temporal, one worker, one batch at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from pydantic import BaseModel
from temporalio import activity, workflow
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.common import Priority
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from schemas.payloads import BATCH_SHOTS
from schemas.turns import HEAVIEST, LIGHTEST, LONG_SHOTS, next_turn, turn_of
from tests import servers
from workflows import steps
from workflows.scene import BATCHES_AT_ONCE

QUEUE = "painting"
MINUTE = timedelta(minutes=1)


class Film(BaseModel):
    """What a film asks for at once."""

    name: str
    user: str
    batches: int
    plain: bool = False
    """Whether it takes its user's turns."""
    single: bool = False
    """Whether it is no film, but one shot of one that is tried again."""


@workflow.defn(name="Asks")
class Asks:
    @workflow.run
    async def run(self, film: Film) -> None:
        await steps.all_of(self._ask(film, number) for number in range(film.batches))

    async def _ask(self, film: Film, number: int) -> None:
        place = f"{number // BATCHES_AT_ONCE}.0-{number % BATCHES_AT_ONCE + 1}"
        turn = turn_of(film.user, film.batches * BATCH_SHOTS, place, number, follows=False)
        turn = next_turn(film.user, "again/s001-001") if film.single else turn
        own = Priority(fairness_key=film.user) if film.plain else steps.priority_of(turn)
        await workflow.execute_activity(
            "paint", film.name, task_queue=QUEUE, start_to_close_timeout=MINUTE, priority=own
        )


async def waiting(client: Client) -> int:
    """How much waits for a painter."""
    answer = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=QUEUE),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
            report_stats=True,
        )
    )
    return int(answer.stats.approximate_backlog_count)


async def painted(*films: Film) -> list[str]:
    """Let films ask, one after another and before anybody paints; say in which order they were painted."""
    order: list[str] = []

    @activity.defn(name="paint")
    async def paint(film: str) -> None:
        order.append(film)

    async with servers.temporal() as environment:
        client = environment.client
        asking = Worker(client, task_queue="asking", workflows=[Asks], workflow_runner=UnsandboxedWorkflowRunner())
        async with asking:
            handles, asked = [], 0
            for film in films:
                handles.append(await client.start_workflow(Asks.run, film, id=film.name, task_queue="asking"))
                asked += film.batches
                while await waiting(client) < asked:
                    await asyncio.sleep(0.05)
            async with Worker(client, task_queue=QUEUE, activities=[paint], max_concurrent_activities=1):
                await asyncio.gather(*(handle.result() for handle in handles))
    return order


def last(order: list[str], film: str) -> int:
    return len(order) - 1 - order[::-1].index(film)


@pytest.mark.lab
async def test_a_short_film_goes_before_a_long_one_and_a_users_second_film_after_the_first() -> None:
    order = await painted(
        Film(name="long", user="anna", batches=60),
        Film(name="first", user="anna", batches=20),
        Film(name="second", user="anna", batches=20),
        Film(name="short", user="bob", batches=3),
    )
    assert len(order) == 103
    assert last(order, "short") < last(order, "first") < last(order, "second") < last(order, "long")
    assert last(order, "short") < 20
    assert order[:23].count("second") < 3


@pytest.mark.lab
async def test_films_of_like_length_do_not_take_turns_as_they_did() -> None:
    for plain in (True, False):
        order = await painted(
            Film(name="anna's", user="anna", batches=20, plain=plain),
            Film(name="bob's", user="bob", batches=22, plain=plain),
        )
        # In turns both end at the end; else the shorter one is whole after its twenty batches.
        assert (order.count("anna's") == 20 and last(order, "anna's") < 30) is not plain


@pytest.mark.lab
async def test_a_shot_that_is_tried_again_does_not_wait_for_its_users_long_films() -> None:
    for plain in (True, False):
        order = await painted(
            Film(name="long", user="anna", batches=60),
            Film(name="other", user="bob", batches=20),
            Film(name="again", user="anna", batches=1, plain=plain, single=True),
        )
        assert len(order) == 81
        # In its user's turns it comes after all that the user asked for before.
        assert (last(order, "again") < 5) is not plain


def test_what_comes_next_has_a_key_of_its_own_and_the_heaviest_weight() -> None:
    turn = next_turn("u" * 36, "again/s9999-9999")
    assert turn.weight == HEAVIEST
    assert len(turn.key) <= 64
    assert len({next_turn("u", what).key for what in ("again/s001-001", "again/s001-002", "alike")} | {"u"}) == 4


def test_weights_are_what_temporal_takes_and_fall_with_the_length() -> None:
    weights = [turn_of("u", shots, "0.0-1", 0, follows=False).weight for shots in range(1, 9001)]
    assert all(LIGHTEST <= weight <= HEAVIEST for weight in weights)
    assert weights == sorted(weights, reverse=True)
    assert turn_of("u", LONG_SHOTS, "0.0-5", 4, follows=True).weight == HEAVIEST
    assert turn_of("u", LONG_SHOTS + 1, "0.0-5", 4, follows=True).weight < 1
    assert len(turn_of("u" * 36, LONG_SHOTS, "9999.9999-99", 0, follows=False).key) <= 64


def test_places_of_a_film_are_apart_and_those_of_a_long_one_are_its_users() -> None:
    places = {turn_of("u", 240, f"{scene}.0-{number}", 0, follows=False).key for scene in range(8) for number in (1, 2)}
    assert len(places) == 16
    assert turn_of("u", 241, "3.0-2", 9, follows=False).key == "u"
