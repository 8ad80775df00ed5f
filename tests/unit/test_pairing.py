"""The pairing test: its sheets are drawn by hash, and scored as answered."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import cv2
import pytest

from benchmarks.analysis import screenplay
from benchmarks.pairing import LETTERS, SAME_PLACE, Candidate, candidates, draw_lots, main, read_answers, score
from film.direction import direct
from film.script import read
from schemas.errors import InvalidRequest

SCRIPT = screenplay(20)
KEY = dict(zip(LETTERS, range(1, 11), strict=True))


@cache
def all_shots() -> list[Candidate]:
    return candidates(direct(read(SCRIPT, "a.fountain")), SCRIPT, "pencil")


def lots(seed: str) -> list[str]:
    chosen = draw_lots(all_shots(), seed)
    assert len({one.line for one in chosen}) == len({one.shows for one in chosen}) == len(chosen) == 10
    assert max(sum(one.place == place for one in chosen) for place in {one.place for one in chosen}) >= SAME_PLACE
    return [one.shot for one in chosen]


def test_hash_alone_draws_the_shots() -> None:
    assert lots("a") == lots("a")
    assert len({tuple(sorted(lots(seed))) for seed in "abcdef"}) > 1


@pytest.mark.slow
def test_a_sheet_a_list_and_a_key_are_made_and_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "a.fountain"
    script.write_text(SCRIPT, "utf-8")
    assert main([str(script), "--out", str(tmp_path), "--style", "pencil"]) == 0
    (made,) = json.loads(capsys.readouterr().out)["sheets"]
    picture = cv2.imread(str(tmp_path / made["pictures"]))
    assert picture is not None
    lines = (tmp_path / made["lines"]).read_text("utf-8").splitlines()
    assert [int(line.split()[0]) for line in lines] == list(range(1, 11))
    key = json.loads((tmp_path / made["key"]).read_text("utf-8"))["key"]
    answers = tmp_path / "answers.txt"
    answers.write_text("".join(f"{letter} {number}\n" for letter, number in key.items() if letter != "C"), "utf-8")
    assert main(["--key", str(tmp_path / made["key"]), "--answers", str(answers)]) == 0
    scored = json.loads(capsys.readouterr().out)
    assert (scored["right"], scored["of"]) == (9, 10)
    assert scored["misses"] == {"C": {"answered": None, "right": key["C"]}}


def test_a_script_with_too_few_shots_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "a.fountain"
    script.write_text("INT. BAR - DAY\n\nAnna waits at the bar.\n", "utf-8")
    assert main([str(script), "--out", str(tmp_path / "out")]) == 2
    assert "take a longer script" in capsys.readouterr().err


def test_answers_are_taken_as_given() -> None:
    answers = read_answers("# by hand\nA 1\nb: 1\n\nC=3\n")
    assert answers == {"A": 1, "B": 1, "C": 3}
    assert score(KEY, answers)["right"] == 2


@pytest.mark.parametrize("text", ["A\n", "A 11\n", "K 1\n", "A 0\n", "A 1\na 2\n", "A seven\n"])
def test_what_is_no_answer_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(InvalidRequest, match="Line [12] of the answers"):
        read_answers(text)
