"""Whatever the OpenAPI document allows, and what it does not, is asked of the running API: by schemathesis."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.openapi import DOCUMENT
from tests.api.matrix import ADMINS, MODERATORS, ROWS
from tests.api.people import PASSWORD
from tests.api.things import THINGS, Stage, somebody
from tests.effort import tries

pytestmark = [pytest.mark.lab, pytest.mark.slow]
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OPEN_FILMS = 5
"""As many of each kind: a user may have 20 in work, and some are to be ordered."""


@dataclass
class Run:
    """What came of a run."""

    status: int
    output: str
    asked: list[tuple[str, int, bool]]
    """Of each question the operation, the status of its answer, and whether it was about the owner's films."""


async def _seeds(stage: Stage, *, stranger: bool) -> dict[str, Any]:
    """Make an owner with many things, and whoever shall ask."""
    owner = await somebody(stage)
    asks = await somebody(stage) if stranger else owner
    many = {
        "session_id": 60,
        "project_id": 60,
        "key_id": 20,
        "webhook_id": 5,
    }  # nobody may have more than 50 keys, 10 webhooks
    pools: dict[str, list[str]] = {"shot": ["s001-001"], "password": [PASSWORD], "email": [owner.email]}
    for name in THINGS:
        pools[name] = [await THINGS[name](owner) for _ in range(many.get(name, OPEN_FILMS))]
    for name in ("verify_link", "reset_link", "refresh_token"):
        pools[name] = [await (await somebody(stage)).thing(name) for _ in range(40)]
    return {"pools": pools, "tokens": [await asks.token() for _ in range(400)], "stranger": stranger}


async def _run(address: str, seeds: dict[str, Any], folder: Path, *options: str) -> Run:
    """Run schemathesis in a process of its own."""
    (folder / "seeds.json").write_text(json.dumps(seeds), "utf-8")
    log = folder / "log.jsonl"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SCHEMATHESIS_HOOKS": "tests.api.fuzz_hooks",
        "STUDIO_FUZZ_SEEDS": str(folder / "seeds.json"),
        "STUDIO_FUZZ_LOG": str(log),
    }
    program = str(Path(sys.executable).with_name("st"))
    configured = (
        "--config-file",
        str(HERE / "schemathesis.toml"),
        "--no-color",
        "run",
        str(DOCUMENT),
        "--url",
        address,
    )
    process = await asyncio.create_subprocess_exec(
        *(program, *configured, "--workers", "2", *options),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    (folder / "told.txt").write_bytes(told)
    asked = [tuple(json.loads(line)) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
    return Run(process.returncode or 0, told.decode("utf-8", "replace"), asked)


UNLIKELY = {
    "POST /jobs",  # whoever asks has as many films in work as their tier makes at once
    "POST /jobs/{job_id}/versions/{number}/restore",  # a number by chance is seldom that of a version
}
EXPECTED = {row.operation for row in ROWS if row.own // 100 == 2 and row.who not in (ADMINS, MODERATORS)} - UNLIKELY
"""What must have succeeded at least once: all that is open to a user like the one who asks."""


@pytest.mark.timeout(1800)
async def test_the_api_answers_whatever_is_asked_as_its_document_says(
    stage: Stage, whole_address: str, tmp_path: Path
) -> None:
    asked: list[tuple[str, int, bool]] = []
    for number in itertools.count(1):
        phases = "examples,coverage,fuzzing,stateful" if number == 1 else "fuzzing,stateful"
        folder = tmp_path / str(number)
        folder.mkdir()
        seeds = await _seeds(stage, stranger=False)
        limits = ("--seed", str(number), "--max-examples", str(tries(70, 3)))
        run = await _run(whole_address, seeds, folder, "--phases", phases, *limits)
        assert run.status == 0, run.output[-6000:]
        asked += run.asked
        if len(asked) >= tries(5_000, 500):
            break
    assert not [one for one in asked if one[1] >= 500]
    succeeded = {operation for operation, status, _ in asked if 200 <= status < 300}
    assert EXPECTED - succeeded == set()


@pytest.mark.timeout(900)
async def test_whatever_a_stranger_asks_they_get_nothing_of_the_owners(
    stage: Stage, whole_address: str, tmp_path: Path
) -> None:
    seeds = await _seeds(stage, stranger=True)
    run = await _run(
        whole_address,
        seeds,
        tmp_path,
        "--phases",
        "fuzzing,stateful",
        "--seed",
        "1",
        "--max-examples",
        str(tries(20, 3)),
    )
    assert run.status == 0, run.output[-6000:]
    about = [status for _, status, owners in run.asked if owners]
    assert len(about) >= tries(100, 10)
    assert not any(200 <= status < 300 or status >= 500 for status in about)
