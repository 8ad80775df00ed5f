import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from infrastructure.aws import client
from infrastructure.ids import new_id
from infrastructure.queueing import Queues
from infrastructure.settings import Settings
from schemas.errors import DependencyDown
from schemas.messages import DeadLetter
from tests import servers

pytestmark = pytest.mark.lab


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    with servers.sqs() as url:
        yield url


@pytest.fixture
def settings(moto: str) -> Settings:
    return Settings(
        env=f"t-{new_id().hex[-12:]}",
        sqs_endpoint_url=moto,
        aws_access_key_id=SecretStr(servers.ACCESS_KEY),
        aws_secret_access_key=SecretStr(servers.SECRET_KEY),
    )


@pytest.fixture
async def queues(settings: Settings) -> AsyncIterator[Queues]:
    async with Queues(settings) as opened:
        yield opened


@pytest.fixture
async def raw(settings: Settings) -> AsyncIterator[Any]:
    async with client("sqs", settings, settings.sqs_endpoint_url) as opened:
        yield opened


def _letter(shot: str) -> DeadLetter:
    return DeadLetter(
        kind="shot",
        job_id=new_id(),
        rev=0,
        scene=0,
        shot=shot,
        stage="keyframes",
        workflow_id="film-x-r0",
        run_id="run",
        failure_type="ShotFailed",
        message="It is black.",
        attempts=3,
        occurred_at=datetime.now(UTC),
    )


async def _url(raw: Any, name: str) -> str:
    return str((await raw.get_queue_url(QueueName=name))["QueueUrl"])


async def test_queues_are_what_the_specification_says(queues: Queues, raw: Any, settings: Settings) -> None:
    await queues.ensure()
    await queues.ensure()
    found = []
    for name in (settings.jobs_queue, settings.dead_letter_queue):
        answer = await raw.get_queue_attributes(QueueUrl=await _url(raw, name), AttributeNames=["All"])
        found.append(answer["Attributes"])
    for attributes in found:
        assert attributes["MessageRetentionPeriod"] == str(14 * 24 * 3600)
        assert attributes["VisibilityTimeout"] == "900"
    redrive = json.loads(found[0]["RedrivePolicy"])
    assert (redrive["maxReceiveCount"], redrive["deadLetterTargetArn"]) == (3, found[1]["QueueArn"])


async def test_letters_are_read_and_stay_until_they_are_deleted(queues: Queues) -> None:
    letters = [_letter(f"s001-{n:03d}") for n in range(1, 14)]
    for letter in letters:
        await queues.send_dead_letter(letter)
    received = await queues.receive_dead_letters(13, hide_s=0)
    assert {item.letter for item in received} <= set(letters)
    received = await queues.receive_dead_letters(20)
    assert sorted(str(item.letter and item.letter.shot) for item in received) == [letter.shot for letter in letters]
    assert all(item.receives >= 1 for item in received)
    for item in received:
        await queues.delete(item.receipt)
    assert await queues.receive_dead_letters() == []


async def test_a_ticket_that_crashed_its_workers_is_not_a_letter(queues: Queues, raw: Any, settings: Settings) -> None:
    await queues.ensure()
    await raw.send_message(QueueUrl=await _url(raw, settings.dead_letter_queue), MessageBody='{"jobId": "x"}')
    [item] = await queues.receive_dead_letters(1)
    assert (item.letter, item.body) == (None, '{"jobId": "x"}')


async def test_queues_that_are_gone_are_created_again(queues: Queues, raw: Any, settings: Settings) -> None:
    await queues.send_dead_letter(_letter("s001-001"))
    for name in (settings.jobs_queue, settings.dead_letter_queue):
        await raw.delete_queue(QueueUrl=await _url(raw, name))
    await queues.send_dead_letter(_letter("s001-002"))
    [item] = await queues.receive_dead_letters(1)
    assert item.letter is not None
    assert item.letter.shot == "s001-002"
    assert await _url(raw, settings.jobs_queue)


async def test_a_service_that_is_away_is_named(settings: Settings) -> None:
    [port] = servers.free_ports(1)
    async with Queues(settings.model_copy(update={"sqs_endpoint_url": f"http://127.0.0.1:{port}"})) as away:
        with pytest.raises(DependencyDown, match=f"127.0.0.1:{port} does not answer"):
            await away.send_dead_letter(_letter("s001-001"))
