"""What the Web UI says fits into it, and means what its writer wrote."""

from __future__ import annotations

import json

import pytest

from workflows.wording import ROWS, SUMMARY_BYTES, brief, plain, table


@pytest.mark.parametrize("text", ["x" * 5000, "渡" * 200, '"' * 400, "\\" * 400, "a\n\tb " * 200, "🎬" * 150])
def test_a_summary_fits_however_it_is_written(text: str) -> None:
    short = brief(text)
    assert len(json.dumps(short, ensure_ascii=False).encode()) <= SUMMARY_BYTES + len("…".encode())
    assert short.endswith("…")
    assert "\n" not in short


def test_what_fits_is_kept_whole() -> None:
    assert brief("The Last\n Ferry") == "The Last Ferry"


def test_words_of_users_are_no_markdown() -> None:
    assert plain("*Star* | [x](y)\n# <b>") == "\\*Star\\* \\| \\[x\\](y) \\# \\<b\\>"


def test_a_long_table_counts_what_it_leaves_out() -> None:
    lines = table(("Scene",), [(str(number),) for number in range(ROWS)], of=ROWS + 7)
    assert lines[-1] == "… and 7 more"
    assert sum(line.startswith("| ") and "---" not in line for line in lines) == ROWS + 1
