"""Speeches of which a story does not tell whose they are."""

from __future__ import annotations

from film.direction import direct
from film.script import read

_TWINS = (
    "The kitchen was cold. Anna sat down at the table. Berta sat down beside her. Cora stood at the window.\n\n"
    "“Who took the bread?”\n\nNobody moved.\n"
)


def test_those_who_are_there_are_seen_while_one_of_them_speaks() -> None:
    film = direct(read(_TWINS, "story.txt"))
    (shot,) = [one for one in film.shots if "Who took the bread?" in "".join(line.text for line in one.dialogue)]
    assert shot.rule != "cutaway"
    assert len(shot.staging) == 2


def test_whoever_comes_back_is_seen_in_what_she_does() -> None:
    text = (
        "Ines walked down to the shop. She telephoned, and listened.\n\n"
        "When she got back to the shed Hallam had lit the stove. She dug out the corks. Then she struck each plug.\n"
    )
    film = direct(read(text, "story.txt"))
    seen = {one.action: [who.character for who in one.staging] for one in film.shots}
    (struck,) = [who for action, who in seen.items() if "struck each plug" in action]
    assert struck == ["ines"]
