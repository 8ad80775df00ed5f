from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from film.direction.legibility import LINE
from film.edit.cues import cues_of, to_srt, to_vtt
from schemas.enums import ScriptFormat, ShotSize
from schemas.script import Breakdown, Character, Dialogue, SceneGraph, Shot, Span
from schemas.timeline import Cue

SPAN = Span(start=0, end=1)


def line(text: str, start: int = 0, frames: int = 48, character: str = "anna") -> Dialogue:
    return Dialogue(character=character, text=text, span=SPAN, start_frame=start, frames=frames)


def breakdown(frames: int, *lines: Dialogue, fps: int = 24) -> Breakdown:
    shot = Shot(
        id="s001-001", scene=0, size=ShotSize.MS, dialogue=lines, frames=frames, duration_s=frames / fps, span=SPAN
    )
    return Breakdown(
        title="t",
        format=ScriptFormat.PROSE,
        characters=(Character(id="anna", name="Anna"),),
        locations=(),
        elements=(),
        scenes=(),
        shots=(shot,),
        graph=SceneGraph(),
        fps=fps,
        runtime_s=frames / fps,
    )


def cues(frames: int, *lines: Dialogue, fps: int = 24) -> tuple[Cue, ...]:
    return cues_of(breakdown(frames, *lines, fps=fps)).get("s001-001", ())


def test_a_short_line_is_one_cue_at_its_time_with_its_speaker() -> None:
    assert cues(96, line("Good morning.", 12, 30)) == (Cue(start=12, end=42, speaker="Anna", text="Good morning."),)


def test_narration_has_no_speaker() -> None:
    (cue,) = cues(96, line("It rained.", character="narrator"))
    assert cue.speaker == ""


def test_long_lines_are_wrapped_and_divided() -> None:
    text = (
        "The sea had been quiet for so long that nobody in the village remembered what it was like when it spoke. " * 3
    )
    found = cues(24 * 30, line(text, frames=24 * 25))
    assert len(found) > 2
    assert all(len(part) <= LINE for cue in found for part in cue.text.split("\n"))
    assert all(cue.text.count("\n") <= 1 for cue in found)
    assert " ".join(" ".join(cue.text.split()) for cue in found) == " ".join(text.split())
    lengths = [len(cue.text) for cue in found]
    assert min(lengths) > max(lengths) / 2


def test_two_lines_of_a_cue_are_balanced() -> None:
    (cue,) = cues(200, line("I have waited for you at this corner every single day."))
    first, second = cue.text.split("\n")
    assert abs(len(first) - len(second)) < 12


def test_writing_without_spaces_and_wide_letters_is_broken() -> None:
    found = cues(2400, line("海" * 100, frames=2000), line("x" * 100, 2000, 100))
    assert all(len(part) <= 21 for cue in found if "海" in cue.text for part in cue.text.split("\n"))
    assert "".join("".join(cue.text.split()) for cue in found) == "海" * 100 + "x" * 100


def test_a_hurried_line_stays_while_the_shot_has_time() -> None:
    text = "This line needs two full seconds to read"
    (cue,) = cues(96, line(text, 10, 12))
    assert cue.end - cue.start == 49  # one more, since subtitle files round to milliseconds


def test_dialogue_is_ordered_and_never_overlaps_even_when_spoken_at_once() -> None:
    found = cues(96, line("Together!", 10, 40), line("Together too!", 10, 40))
    assert found[0].end <= found[1].start
    assert [cue.text for cue in found] == ["Together!", "Together too!"]


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=60)
texts = st.lists(words, min_size=1, max_size=30).map(" ".join)
spoken = st.lists(st.tuples(texts, st.integers(0, 400), st.integers(1, 300)), min_size=1, max_size=5)


@given(spoken, st.integers(1, 500), st.sampled_from([1, 24, 60]))
def test_every_word_is_shown_once_inside_the_shot(lines: list[tuple[str, int, int]], frames: int, fps: int) -> None:
    lines.sort(key=lambda one: one[1])
    found = cues(frames, *(line(*one) for one in lines), fps=fps)
    assert "".join("".join(cue.text.split()) for cue in found) == "".join("".join(one[0].split()) for one in lines)
    assert all(0 <= cue.start < cue.end <= frames for cue in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_srt_and_vtt() -> None:
    given = [
        Cue(start=0, end=25, speaker="ANNA", text="One & <two>"),
        Cue(start=24 * 3725 + 1, end=24 * 3725 + 23, text="later"),
    ]
    assert to_srt(given, 24) == (
        "1\n00:00:00,000 --> 00:00:01,042\nOne & <two>\n\n2\n01:02:05,042 --> 01:02:05,958\nlater\n"
    )
    assert to_vtt(given, 24) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.042\n<v ANNA>One &amp; &lt;two&gt;\n\n"
        "01:02:05.042 --> 01:02:05.958\nlater\n"
    )


@pytest.mark.parametrize("fps", [1, 24, 30, 60])
def test_no_cues_are_no_lines(fps: int) -> None:
    assert to_srt([], fps) == ""
    assert to_vtt([], fps) == "WEBVTT\n"
