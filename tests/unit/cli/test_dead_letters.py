"""What `studio dlq list` says of what lies among the dead letters."""

from __future__ import annotations

from cli.dead_letters import _line
from infrastructure.ids import new_id
from infrastructure.queueing import Received
from schemas.messages import GpuTicket
from tests.conftest import film_input


def test_a_ticket_says_what_workers_died_of() -> None:
    film = film_input(new_id(), new_id())
    ticket = GpuTicket.of(film, "assets", "keyframes s007-001")
    found = Received("receipt", None, ticket.model_dump_json(by_alias=True), 4, "message", ticket)
    assert _line(found) == (f"message  GPU workers died at it, see their logs: keyframes s007-001 of job {film.job_id}")
    assert _line(Received("receipt", None, "what?", 1, "message")) == "message  no letter of ours: what?"
