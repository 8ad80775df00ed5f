"""The pages, in a browser, on a whole lab: a stranger's way to a film, and the ways of those who know the house."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from cli.lab import Lab, LabState
from cli.lab import state as lab_state
from cli.lab.config import built_pages

FRONTEND = Path(__file__).parents[2] / "frontend"
WALK_S = 1100
"""How long a walk may take: it waits for whole films, beside others who work."""
pytestmark = [
    pytest.mark.lab,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node.js 20 or later is not installed"),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(built_pages() is None, reason="the pages are not built (make pages)"),
    pytest.mark.skipif(not (FRONTEND / "node_modules").is_dir(), reason="what they are tested with is not installed"),
]


def walk(name: str, lab: Lab, state: LabState, env: Mapping[str, str] | None = None) -> str:
    """Let somebody walk through the pages, with variables besides those that all walks have; what they said."""
    lab.wait_for("api", 300)
    lab.wait_for("mail", 300)
    try:
        walked = subprocess.run(
            ["node", str(FRONTEND / "tests" / f"{name}.mjs")],
            env={
                **os.environ,
                "STUDIO_URL": state.config.url("api"),
                "STUDIO_LETTERS": str(state.config.root / "mail" / "new"),
                "STUDIO_HOME": str(lab.root),
                "STUDIO_PYTHON": sys.executable,
                **(env or {}),
            },
            cwd=FRONTEND.parent,
            capture_output=True,
            text=True,
            timeout=WALK_S,
        )
    finally:
        _let_go_on(lab)
    assert walked.returncode == 0, walked.stdout + walked.stderr
    return walked.stdout


def _let_go_on(lab: Lab) -> None:
    """Let nothing stand still that a walk has stopped, however that came to its end: others have films made, too."""
    snapshot = lab_state.read(lab.root)
    assert snapshot is not None
    for pid in (snapshot.pid, snapshot.services["worker"].pid):
        if pid is not None:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.timeout(1500)
def test_a_stranger_makes_a_film_changes_it_and_watches_it(lab: Lab, state: LabState) -> None:
    assert "has seen a film" in walk("stranger", lab, state)


@pytest.mark.timeout(1500)
def test_who_knows_the_house_looks_after_cast_script_credits_account_and_the_house_itself(
    lab: Lab, state: LabState
) -> None:
    assert "is at home" in walk("tenants", lab, state)


@pytest.mark.timeout(900)
def test_what_the_pages_count_holds() -> None:
    counted = subprocess.run(
        ["node", str(FRONTEND / "node_modules" / "vitest" / "vitest.mjs"), "run"],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert counted.returncode == 0, counted.stdout + counted.stderr


@pytest.mark.timeout(1500)
def test_a_film_is_ordered_with_a_look_by_example_and_music_of_ones_own(lab: Lab, state: LabState) -> None:
    assert "made as it was chosen" in walk("choices", lab, state)
