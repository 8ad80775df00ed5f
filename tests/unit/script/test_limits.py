"""A script may have much of everything, and what has more is refused at once, with a sentence."""

from __future__ import annotations

import pytest

from film.script import read
from film.script.limits import MAX_ELEMENTS, MAX_LINE, MAX_LINES, MAX_MARKS, MAX_SCENES, MAX_SPEAKERS
from schemas.errors import InvalidScript

_HUGE = 1_000_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a " * (_HUGE // 2), "a line may have"),
        ("[[" * (_HUGE // 2), "a line may have"),
        ("/*" * (_HUGE // 2), "a line may have"),
        ("(" * _HUGE, "a line may have"),
        ("*" * _HUGE, "a line may have"),
        ("A\nb\n\n" * (MAX_LINES // 3 + 1), f"{MAX_LINES:,} lines"),
        ("a" + "\n" * MAX_LINES, f"{MAX_LINES:,} lines"),
        ("INT. A - DAY\n\n" * (MAX_SCENES + 1), f"{MAX_SCENES:,} scenes"),
        ("A\nb\n\n" * (MAX_ELEMENTS // 2 + 1), f"{MAX_ELEMENTS:,} elements"),
        ("/**/ a\n\n" * (MAX_ELEMENTS + 1), f"{MAX_ELEMENTS:,} elements"),
        ("[[a]]\n\n" * (MAX_ELEMENTS + 1), f"{MAX_ELEMENTS:,} elements"),
        (('"a." ' * 100 + "\n") * (MAX_ELEMENTS // 100 + 1), f"{MAX_ELEMENTS:,} elements"),
        ("a\n\n" * (MAX_ELEMENTS + 10_001), f"{MAX_ELEMENTS:,} elements"),
        ("A\n" * _HUGE, f"{MAX_LINES:,} lines"),
        ("word word word\n" * 66_000, f"{MAX_LINE:,} characters at line"),
        ("INT. A\n\nANNA\n" + "(\n" * 200_000, f"{MAX_LINE:,} characters at line"),
        ("".join(f"P{number}\na\n\n" for number in range(MAX_SPEAKERS + 1)), f"{MAX_SPEAKERS + 1:,} names"),
        (("*a " * 100 + "\n\n") * (MAX_MARKS // 100 + 1), f"{MAX_MARKS:,} marks"),
    ],
    ids=lambda value: value[:12] if len(value) > 40 else value,
)
def test_what_has_more_is_refused(text: str, words: str) -> None:
    with pytest.raises(InvalidScript) as caught:
        read(text, "huge.txt")
    message = str(caught.value)
    assert message.startswith("huge.txt has ")
    assert words in message
    assert message.endswith(".")


@pytest.mark.slow
def test_what_has_as_much_is_read() -> None:
    assert len(read("INT. A - DAY\n\n" * MAX_SCENES, "a.txt").elements) == MAX_SCENES
    assert len(read("INT. A\n\n" + "b\n\n" * (MAX_ELEMENTS - 1), "a.txt").elements) == MAX_ELEMENTS
    assert len(read("It rained.\n\n" + "a" * MAX_LINE, "a.txt").elements) == 2
    assert len(read("a" + "\n" * (MAX_LINES - 2) + "b", "a.txt").elements) == 1
