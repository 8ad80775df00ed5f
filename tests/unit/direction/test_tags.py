"""What beside a speech only says whose it is: whole, or not at all."""

from __future__ import annotations

import pytest

from film.direction.pieces import manner_end, tag_end


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("said Mr. Dale, soothingly;", "said Mr. Dale, soothingly;"),
        ("said Nora, softly. The door closed.", "said Nora, softly. "),
        ("said Nora. She sat.", "said Nora."),
        ("said Mr. Dale, nodding at his wife and son.", ""),
        ("said Nora, wringing out her jacket. She sat down.", ""),
    ],
)
def test_a_tag_goes_with_all_that_hangs_on_it(text: str, tag: str) -> None:
    assert text[: tag_end(text)] == tag


def test_a_tag_that_is_narrated_tells_how_it_is_said() -> None:
    text = "whispered Nora, looking at the door."
    assert (tag_end(text), text[: manner_end(text)]) == (0, "whispered Nora, ")
