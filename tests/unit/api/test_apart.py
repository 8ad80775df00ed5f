"""What strangers send is read in a process of its own: where that dies, they are told, and the API goes on."""

from __future__ import annotations

import json
import os

import pytest

from api.apart import apart
from api.problems import of_error
from schemas.errors import ProcessDied


def die(_text: str) -> None:
    """What a parser does that runs out of memory."""
    os._exit(9)


async def test_who_sends_what_a_process_dies_of_is_told_so_and_nothing_of_ours() -> None:
    with pytest.raises(ProcessDied) as died:
        await apart(die, "a film")
    answer = of_error("r1", died.value)
    told = json.loads(bytes(answer.body))
    assert (answer.status_code, told["type"]) == (422, "/problems/ProcessDied")
    assert "send less of it, or something else" in told["detail"]
    assert "die" not in told["detail"]
    assert await apart(len, "a film") == 6
