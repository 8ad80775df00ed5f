"""The walk through the API in docs/api.md, as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import av
import pytest

from cli.lab import LabState
from tests.e2e.conftest import Command

pytestmark = [pytest.mark.lab, pytest.mark.timeout(1000)]
PAGE = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_walk_ends_with_a_film(studio: Command, state: LabState, tmp_path: Path) -> None:
    for letter in (state.config.root / "mail" / "new").glob("*"):
        letter.unlink()  # those of other tests: the walk's reader has an empty mailbox
    steps = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    script = "set -eu\n" + "\n".join(steps)
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    walked = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "STUDIO_HOME": str(studio.home), "PATH": path},
        capture_output=True,
        text=True,
        timeout=800,
    )
    assert walked.returncode == 0, walked.stdout + walked.stderr
    assert walked.stdout.count("event: ") > 5
    assert "event: completed\ncompleted\n" in walked.stdout
    assert walked.stdout.count("event: completed") == 2
    assert '"revision":1' in walked.stdout
    assert walked.stdout.count('"has_film":true') == 2
    with av.open(tmp_path / "film.mp4") as film:
        assert sum(1 for _ in film.decode(video=0)) > 24
