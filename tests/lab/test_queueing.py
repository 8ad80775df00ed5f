import json
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from infrastructure import tickets as tickets_module
from infrastructure.aws import client
from infrastructure.dead_letters import count_dead_letters
from infrastructure.ids import new_id
from infrastructure.queueing import Queues
from infrastructure.settings import Settings
from infrastructure.tickets import Ticket, Tickets
from schemas.errors import DependencyDown
from schemas.messages import DeadLetter, GpuTicket
from schemas.stages import Queue
from tests import servers
from tests.conftest import film_input

pytestmark = pytest.mark.lab


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
        assert await queues.delete(item.receipt)
    assert await queues.receive_dead_letters() == []


async def test_a_letter_that_is_no_longer_ours_is_not_deleted_and_no_outage(queues: Queues) -> None:
    await queues.send_dead_letter(_letter("s001-001"))
    assert not await queues.delete("of-nothing-that-was-ever-received")
    [item] = await queues.receive_dead_letters(1)
    assert await queues.delete(item.receipt)


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


# Tickets


@pytest.fixture
def tickets(queues: Queues, monkeypatch: pytest.MonkeyPatch) -> Tickets:
    monkeypatch.setattr(tickets_module, "PATIENCE_S", 60.0)  # of a machine that is busy
    return Tickets(queues, Queue.GPU_KEYFRAME)


def _ticket(unit: str = "keyframes s001-001") -> GpuTicket:
    return GpuTicket.of(film_input(new_id(), new_id()), "assets", unit)


async def _taken(tickets: Tickets) -> Ticket:
    taken = await tickets.take()
    assert taken is not None
    return taken


async def _counted(tickets: Tickets) -> tuple[int, int]:
    depth = await tickets.depth()
    return depth.waiting, depth.in_hand


async def test_a_ticket_is_opened_held_and_closed(queues: Queues, tickets: Tickets, settings: Settings) -> None:
    assert await _counted(tickets) == (0, 0)  # there is no queue yet, and none is made by counting
    given = [_ticket(f"keyframes s001-{number:03d}") for number in range(1, 13)]
    await tickets.open(given)
    assert tickets.name == settings.jobs_queue
    assert await _counted(tickets) == (12, 0)
    taken = await _taken(tickets)
    body = json.loads(taken.body)
    assert {"jobId", "projectId", "userId", "script", "style", "priority"} < body.keys()  # specification, 2.6
    assert (body["script"], body["priority"]) == ("s3://assets/projects/p/script.txt", "normal")
    assert await tickets.hold(taken)
    assert await _counted(tickets) == (11, 1)
    await tickets.close(taken)
    await tickets.close(taken)
    assert await _counted(tickets) == (11, 0)
    assert not await tickets.hold(taken)  # whoever held the same one closed it
    assert await Tickets(queues, Queue.GPU_MOTION).take() is None
    assert (await queues.depth(settings.motion_jobs_queue)).waiting == 0  # clips have a queue of their own


async def test_who_gives_a_ticket_back_has_not_died_of_it(tickets: Tickets, settings: Settings, queues: Queues) -> None:
    await tickets.open([_ticket()])
    for turn in range(8):
        taken = await _taken(tickets)
        assert taken.receives == turn % 3 + 1  # the third time it is changed for a new one
        await tickets.give_back(taken)
    assert await _counted(tickets) == (1, 0)
    assert (await queues.depth(settings.dead_letter_queue)).waiting == 0


async def test_a_ticket_that_three_workers_died_of_is_a_dead_letter(
    tickets: Tickets, queues: Queues, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tickets_module, "HOLD_S", 0)  # as if a minute had passed since each of them died
    given = _ticket("keyframes s007-001")
    await tickets.open([given])
    for receives in (1, 2, 3):
        assert (await _taken(tickets)).receives == receives
    assert await tickets.take() is None
    assert await _counted(tickets) == (0, 0)
    [letter] = await queues.look_at_dead_letters(10)
    assert (letter.letter, letter.ticket) == (None, given)


async def test_tickets_of_a_queue_that_is_gone_are_gone_and_new_ones_are_opened(
    tickets: Tickets, raw: Any, settings: Settings
) -> None:
    await tickets.open([_ticket()])
    taken = await _taken(tickets)
    await raw.delete_queue(QueueUrl=await _url(raw, settings.jobs_queue))
    assert not await tickets.hold(taken)
    await tickets.close(taken)
    await tickets.open([_ticket()])
    assert await _counted(tickets) == (1, 0)


async def test_a_queue_that_does_not_answer_keeps_nobody(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets_module, "PATIENCE_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        async with Queues(settings.model_copy(update={"sqs_endpoint_url": address})) as away:
            mute = Tickets(away, Queue.GPU_KEYFRAME)
            for asked in (mute.open([_ticket()]), mute.take(), mute.depth(), mute.close(Ticket("r", 1, "{}"))):
                with pytest.raises(DependencyDown, match="did not answer within"):
                    await asked


async def test_dead_letters_are_told_apart_without_taking_any(queues: Queues, settings: Settings) -> None:
    await queues.ensure()
    assert await count_dead_letters(queues) == {}
    for shot in ("s001-001", "s001-002"):
        await queues.send_dead_letter(_letter(shot))
    user = new_id()
    ticket = GpuTicket.of(film_input(user, user), settings.assets_bucket, "keyframes")
    for body in (ticket.model_dump_json(by_alias=True), "not ours"):
        await queues.on(settings.dead_letter_queue, "send_message", MessageBody=body)
    for _ in range(2):
        assert await count_dead_letters(queues) == {"shot": 2, "ticket": 1, "other": 1}
    assert (await queues.depth(settings.dead_letter_queue)).waiting == 4
    assert len(await queues.receive_dead_letters(10)) == 4  # whoever redrives one finds them all
