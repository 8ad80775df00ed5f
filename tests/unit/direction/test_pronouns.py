"""Whom `he` and `she` mean in a screenplay."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.script import read


def seen(introduction: str, sentence: str, *cues: str) -> tuple[str, ...]:
    """Who is in the picture as a sentence is shown, after some people were introduced and spoke."""
    speech = "\n\n".join(f"{cue}\nHave you fed the hens?" for cue in cues)
    text = f"INT. KITCHEN - DAY\n\n{introduction}\n\n{speech}\n\n{sentence}\n"
    return next(shot.subjects for shot in direct(read(text, "a.fountain")).shots if sentence in shot.action)


_PAIRS = {
    "first names": "CLARA, 30, stands at the stove. HUGO, 40, sits at the table.",
    "one first name": "CLARA, 30, stands at the stove. HUGO, 40, in a checked shirt, sits at the table.",
    "clothes": "QUILL, 30, in a long green gown, stands at the stove. ZEB, 40, sits at the table.",
    "a beard": "QUILL, 30, stands at the stove. ZEB, 40, bearded, sits at the table.",
    "both": "QUILL, 30, in a skirt, stands at the stove. ZEB, 40, with a moustache, sits at the table.",
}


@pytest.mark.parametrize("told_by", _PAIRS)
def test_names_and_clothes_tell_who_she_is_before_who_was_named_last(told_by: str) -> None:
    she, he = ("clara", "hugo") if "CLARA" in _PAIRS[told_by] else ("quill", "zeb")
    cues = (she.upper(), he.upper())
    assert seen(_PAIRS[told_by], "She laughs.", *cues) == (she,)
    assert seen(_PAIRS[told_by], "He laughs.", *cues[::-1]) == (he,)
    assert seen(_PAIRS[told_by], "A tear runs down her face.", *cues) == (she,)


def test_an_earlier_pronoun_of_somebody_tells_in_its_scene() -> None:
    pair = "QUILL, 30, enters. She takes off the cap. ZEB, 40, follows. He sits down."
    assert seen(pair, "She laughs.", "QUILL", "ZEB") == ("quill",)
    assert seen(pair, "He laughs.", "ZEB", "QUILL") == ("zeb",)


@pytest.mark.parametrize("worn", ["a dress shirt", "a dress uniform", "a dressing gown", "an apron"])
def test_what_both_wear_tells_nothing(worn: str) -> None:
    pair = f"QUILL, 30, in {worn}, stands at the stove. ZEB, 40, sits at the table."
    assert seen(pair, "She laughs.", "QUILL", "ZEB") == ("zeb",)


def test_what_is_said_of_somebody_goes_before_their_name_and_clothes() -> None:
    pair = "CLARA, a boy of nine in a dress, stands at the stove. QUILL, 40, sits at the table."
    assert seen(pair, "He laughs.", "CLARA", "QUILL") == ("clara",)
