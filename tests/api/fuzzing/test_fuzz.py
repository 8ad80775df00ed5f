"""Whatever the OpenAPI document allows, and what it does not, is asked of the running API: by schemathesis.

By somebody of what is theirs, and once more by a stranger of the same. One document leads to the same questions
everywhere.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from api.openapi import DOCUMENT, operations
from infrastructure.queueing import Queues
from tests.api.fuzzing import PREFIX
from tests.api.fuzzing.seeds import seeds
from tests.api.things import Stage

pytestmark = [pytest.mark.lab, pytest.mark.slow, pytest.mark.timeout(1800)]
HERE = Path(__file__).parent
ROOT = HERE.parents[2]
QUESTIONS = 5_000


@dataclass
class Run:
    """What came of a run."""

    status: int
    output: str
    asked: list[tuple[str, int, bool]]
    """Of each question the operation, the status of its answer, and whether it was about the owner's things."""


async def _run(address: str, made: dict[str, Any], folder: Path, phases: str, most: int) -> Run:
    """Run schemathesis in a process of its own, one question at a time."""
    (folder / "seeds.json").write_text(json.dumps(made), "utf-8")
    log = folder / "log.jsonl"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SCHEMATHESIS_HOOKS": "tests.api.fuzzing.hooks",
        "STUDIO_FUZZ_SEEDS": str(folder / "seeds.json"),
        "STUDIO_FUZZ_LOG": str(log),
    }
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("st")),
        *("--config-file", str(HERE / "schemathesis.toml"), "--no-color", "run", str(DOCUMENT), "--url", address),
        *("--workers", "1", "--phases", phases, "--max-examples", str(most)),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    (folder / "told.txt").write_bytes(told)
    asked = [tuple(json.loads(line)) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
    return Run(process.returncode or 0, told.decode("utf-8", "replace"), asked)


@pytest.fixture(scope="module")
async def owner(stage: Stage, queues: Queues, whole_address: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All is asked by whom it belongs to."""
    made = await seeds(stage, queues, stranger=False)
    phases = "examples,coverage,fuzzing,stateful"
    return await _run(whole_address, made, tmp_path_factory.mktemp("owner"), phases, 15)


@pytest.fixture(scope="module")
async def stranger(stage: Stage, queues: Queues, whole_address: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All is asked by somebody else."""
    made = await seeds(stage, queues, stranger=True)
    return await _run(whole_address, made, tmp_path_factory.mktemp("stranger"), "fuzzing,stateful", 8)


async def test_the_api_answers_whatever_is_asked_as_its_document_says(owner: Run) -> None:
    assert owner.status == 0, owner.output[-6000:]
    assert not [one for one in owner.asked if one[1] >= 500]


async def test_whatever_a_stranger_asks_they_get_nothing_of_the_owners(stranger: Run) -> None:
    assert stranger.status == 0, stranger.output[-6000:]
    assert not [one for one in stranger.asked if one[1] >= 500]
    about = [status for operation, status, owners in stranger.asked if owners and "/admin/" not in operation]
    assert len(about) >= 100
    assert not any(200 <= status < 300 for status in about)


async def test_thousands_of_questions_were_asked(owner: Run, stranger: Run) -> None:
    assert len(owner.asked) + len(stranger.asked) >= QUESTIONS


async def test_every_operation_has_succeeded(owner: Run) -> None:
    document = json.loads(DOCUMENT.read_text("utf-8"))
    succeeded = Counter(operation for operation, status, _ in owner.asked if 200 <= status < 400 and status != 304)
    never = {
        name.replace(PREFIX, "")
        for name, operation in operations(document)
        if not succeeded[name.replace(PREFIX, "")] and any(one.startswith("2") for one in operation["responses"])
    }
    assert never == set()


async def test_a_browser_that_goes_to_a_provider_comes_back_signed_in(whole_address: str) -> None:
    # The two operations without a 2xx: both send browsers on.
    way = f"{whole_address}{PREFIX}/auth/oauth/google"
    async with httpx.AsyncClient() as browser:
        leaves = await browser.get(f"{way}/start")
        assert leaves.status_code == 303
        held = SimpleCookie("; ".join(leaves.headers.get_list("set-cookie")))
        agrees = await browser.get(leaves.headers["location"])
        back = urlsplit(agrees.headers["location"])
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in held.items())
        comes = await browser.get(f"{way}/callback?{back.query}", headers={"Cookie": cookie})
        assert comes.status_code == 303
        assert "#error" not in comes.headers["location"]
