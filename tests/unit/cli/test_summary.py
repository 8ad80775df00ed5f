"""What a film's summary says to people."""

from __future__ import annotations

from typing import Any

import pytest

from cli.film import print_figures

PLAIN: dict[str, Any] = {
    "kept": None,
    "profile_note": "",
    "stand_ins": [],
    "dialogue": None,
    "sound": None,
    "consistency": None,
}


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            {
                "eye": "colours-1",
                "characters": [
                    {"character": "mara", "score": 0.9312, "pictures": 3},
                    {"character": "old-tom", "score": -0.2, "pictures": 2},
                ],
                "said": "",
            },
            "Likeness from shot to shot, 1 at most, by colours-1: mara 0.93, old-tom -0.20.\n",
        ),
        (
            {"eye": "", "characters": [], "said": "Not scored: the store is away"},
            "Likeness: not scored: the store is away\n",
        ),
        (
            {"eye": "colours-1", "characters": [], "said": ""},
            "Likeness: nobody is seen in two painted pictures.\n",
        ),
        (None, ""),
    ],
    ids=["scores", "not scored", "nobody", "not painted"],
)
def test_how_alike_people_look_is_said(
    capsys: pytest.CaptureFixture[str], found: dict[str, Any] | None, words: str
) -> None:
    print_figures({**PLAIN, "consistency": found})
    assert capsys.readouterr().out == words
