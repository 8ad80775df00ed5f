"""The pages, in a browser, on a whole lab: a stranger's way from the street to a film that plays."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.lab import Lab, LabState
from cli.lab.config import built_pages

FRONTEND = Path(__file__).parents[2] / "frontend"
pytestmark = [
    pytest.mark.lab,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node.js 20 or later is not installed"),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(built_pages() is None, reason="the pages are not built (make pages)"),
    pytest.mark.skipif(not (FRONTEND / "node_modules").is_dir(), reason="what they are tested with is not installed"),
]


@pytest.mark.timeout(600)
def test_a_stranger_makes_a_film_and_watches_it(lab: Lab, state: LabState) -> None:
    lab.wait_for("api", 120)
    lab.wait_for("mail", 120)
    walked = subprocess.run(
        ["node", str(FRONTEND / "tests" / "stranger.mjs")],
        env={
            **os.environ,
            "STUDIO_URL": state.config.url("api"),
            "STUDIO_LETTERS": str(state.config.root / "mail" / "new"),
        },
        capture_output=True,
        text=True,
        timeout=580,
    )
    assert walked.returncode == 0, walked.stdout + walked.stderr
    assert "has seen a film" in walked.stdout
