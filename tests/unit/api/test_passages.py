"""What moderators are shown of a script: the lines that were found, with those around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.usecases.moderate import AROUND, passages
from schemas.moderation import Flag, Severity


def flag(line: int) -> Flag:
    return Flag(line=line, category="violence", title="graphic violence", severity=Severity.STRONG)


def test_lines_far_from_each_other_stand_apart_and_near_ones_together() -> None:
    text = "\n".join(f"line {number}" for number in range(1, 31))
    found = passages(text, [flag(1), flag(5), flag(30)])
    assert [(one.first, one.lines[0], one.lines[-1]) for one in found] == [
        (1, "line 1", "line 8"),
        (27, "line 27", "line 30"),
    ]
    assert [[each.line for each in one.flags] for one in found] == [[1, 5], [30]]


@given(st.integers(1, 80), st.lists(st.integers(1, 80), max_size=20))
def test_every_flag_is_in_one_passage_with_its_line_and_no_line_is_shown_twice(length: int, numbers: list[int]) -> None:
    flags = [flag(number) for number in sorted(numbers) if number <= length]
    found = passages("\n".join(map(str, range(1, length + 1))), flags)
    assert [each for one in found for each in one.flags] == flags
    shown = [text for one in found for text in one.lines]
    assert len(shown) == len(set(shown))
    for one in found:
        assert one.lines == [str(number) for number in range(one.first, one.first + len(one.lines))]
        for each in one.flags:
            around = range(max(1, each.line - AROUND), min(length, each.line + AROUND) + 1)
            assert {str(number) for number in around} <= set(one.lines)
