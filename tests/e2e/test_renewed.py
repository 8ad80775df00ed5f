"""Tabs that stand open while the studio is renewed, in a browser, on a whole lab: newer pages are built and served."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.lab import Lab, LabState
from cli.lab.config import built_pages
from tests.e2e import test_pages
from tests.servers import free_ports

pytestmark = test_pages.pytestmark

MADE_ELSEWHERE = {"node_modules", "out", ".next", "client", "tests"}
EDITOR = Path("src/app/(studio)/projects/[id]/editor/editor.tsx")
CHANGED = {
    Path("src/words.ts"): ('skip: "Skip to the content"', 'skip: "Skip to what is here"'),
    EDITOR: ('lineHeight: "1.42"', 'lineHeight: "1.43"'),
}
"""What is otherwise in the newer pages: a word that all have, and the part of one that is loaded on its own."""


@pytest.mark.timeout(2000)
def test_tabs_of_before_are_told_and_go_on_with_what_was_written(lab: Lab, state: LabState, tmp_path: Path) -> None:
    before = built_pages()
    assert before is not None
    after = build_newer(tmp_path)
    url = f"http://127.0.0.1:{free_ports(1)[0]}"
    env = {
        **state.config.environment(),
        "STUDIO_URL": url,
        "STUDIO_PUBLIC_URL": url,
        "STUDIO_PAGES_BEFORE": str(before),
        "STUDIO_PAGES_AFTER": str(after),
    }
    assert "went on with what they had written" in test_pages.walk("renewed", lab, state, env)


def build_newer(folder: Path) -> Path:
    """Build pages that are otherwise than those that are there, as those were built; return their folder."""
    pages = folder / "frontend"
    shutil.copytree(test_pages.FRONTEND, pages, ignore=lambda _, names: MADE_ELSEWHERE & set(names))
    shutil.copytree(test_pages.FRONTEND / "node_modules", pages / "node_modules", symlinks=True, copy_function=_linked)
    (folder / "docs").mkdir()
    shutil.copy(test_pages.FRONTEND.parent / "docs" / "openapi.json", folder / "docs")
    for name, (old, new) in CHANGED.items():
        text = (pages / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, name
        (pages / name).write_text(text.replace(old, new), encoding="utf-8")
    built = subprocess.run(
        ["npm", "run", "build"],
        cwd=pages,
        env={**os.environ, "NEXT_TELEMETRY_DISABLED": "1"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return pages / "out"


def _linked(source: str, target: str) -> None:
    """Give a file another name, which costs nothing, or copy it where the disk is another."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
