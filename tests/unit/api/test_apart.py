"""What strangers send is read in a process of its own: where that dies, they are told, and the API goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial

import pytest

from api.apart import apart
from api.problems import of_error
from schemas.errors import ProcessDied

pytestmark = pytest.mark.asyncio(loop_scope="function")  # the processes of a loop go with its first test


def die(_text: str) -> None:
    """What a parser does that runs out of memory."""
    os._exit(9)


@pytest.mark.parametrize("function", [die, partial(die)])
async def test_who_sends_what_a_process_dies_of_is_told_so_and_nothing_of_ours(function: Callable[..., None]) -> None:
    with pytest.raises(ProcessDied, match=r"was at die\.") as died:
        await apart(function, "a film")
    answer = of_error("r1", died.value)
    told = json.loads(bytes(answer.body))
    assert (answer.status_code, told["type"]) == (422, "/problems/ProcessDied")
    assert "send less of it, or something else" in told["detail"]
    assert "die" not in told["detail"]
    assert await apart(len, "a film") == 6
