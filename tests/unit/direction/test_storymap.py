"""The scene graph as a picture and as Mermaid."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.storymap import draw_story_map, to_mermaid, to_png
from film.direction.storymap.lanes import TOGETHER, lanes
from film.direction.storymap.story import LONGEST_ABSENCE, MOST_PEOPLE, story_of
from film.script import read
from schemas.errors import InvalidScript
from schemas.script import Breakdown
from tests.effort import tries

_SVG = "{http://www.w3.org/2000/svg}"
SCRIPT = """Title: Salt & <Pepper> "2"

INT. KITCHEN - NIGHT

ANNA holds a letter.

ANNA
Who sent it?

BO
Nobody.

EXT. BEACH - DAY

Anna walks.

INT. KITCHEN - DAWN

BO
She left the letter.

CARLA
Where is she now? Tell me. Tell me at once, or I shall go and look for her myself, whatever the weather is.
"""


def film(text: str = SCRIPT) -> Breakdown:
    return direct(read(text, "a.fountain"))


def long_film(scenes: int, people: int) -> Breakdown:
    blocks = []
    for at in range(scenes):
        names = [f"PERSON{(at * 3 + step) % people:02d}" for step in range(1 + at % 4)]
        blocks.append(f"INT. ROOM {at % 7} - DAY")
        blocks += [f"{name}\nSomething is said by somebody." for name in names]
    return film("\n\n".join(blocks))


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in drawn(svg).iter(f"{_SVG}text")]


def titles(svg: str) -> list[str]:
    return [title.text or "" for title in drawn(svg).iter(f"{_SVG}title")]


def test_scenes_people_places_and_props_are_in_the_picture() -> None:
    svg = draw_story_map(film())
    words = texts(svg)
    assert words[0] == 'Salt & <Pepper> "2"'
    assert words[1].startswith("3 scenes")
    assert "3 characters · 2 places" in words[1]
    for name in ("ANNA", "BO", "CARLA", "KITCHEN", "BEACH", "letter", "KITCHEN ×2"):
        assert name in words
    assert [title for title in titles(svg) if title.startswith("Scene")] == [
        "Scene 1: KITCHEN, night",
        "Scene 2: BEACH, day",
        "Scene 3: KITCHEN, dawn",
    ]


def test_it_is_the_same_every_time() -> None:
    assert draw_story_map(long_film(30, 12)) == draw_story_map(long_film(30, 12))
    assert to_mermaid(film()) == to_mermaid(film())


def breadth(svg: str, name: str) -> float:
    """The greatest breadth of a person's line."""
    for path in drawn(svg).iter(f"{_SVG}path"):
        if path.findtext(f"{_SVG}title") == name:
            heights: dict[str, list[float]] = {}
            for x, y in re.findall(r"(\d+\.\d) (\d+\.\d\d)", path.get("d", "")):
                heights.setdefault(x, []).append(float(y))
            return max(max(found) - min(found) for found in heights.values())
    raise AssertionError(f"{name} has no line")


def test_who_speaks_more_has_a_thicker_line() -> None:
    talk = "\n\n".join(["ANNA\nYes.", "BO\nAnd so on, and so on.", *["ANNA\nNo."], *["BO\nListen to me."] * 6])
    svg = draw_story_map(film(f"INT. KITCHEN - NIGHT\n\n{talk}"))
    assert breadth(svg, "BO") > 1.3 * breadth(svg, "ANNA") > 3


def test_lines_of_a_scene_lie_side_by_side_and_no_two_lines_touch() -> None:
    story = story_of(long_film(60, 25))
    for column, heights in zip(story.columns, lanes(story), strict=True):
        assert set(column.members) <= set(heights)
        inside = sorted(heights[who] for who in column.members)
        assert all(two - one == pytest.approx(TOGETHER) for one, two in pairwise(inside))
        others = [height for who, height in heights.items() if who not in column.members]
        assert not any(inside and inside[0] - 20 < height < inside[-1] + 20 for height in others)
        everyone = sorted(heights.values())
        assert all(two - one >= TOGETHER - 1e-6 for one, two in pairwise(everyone))


def test_a_long_absence_interrupts_a_line_and_a_short_one_does_not() -> None:
    def scenes(away: int) -> str:
        between = [f"INT. ROOM {at} - DAY\n\nBO\nStill here." for at in range(away)]
        return "\n\n".join(["INT. HALL - DAY\n\nANNA\nI go.", *between, "INT. HALL - DAY\n\nANNA\nI am back."])

    def stretches(away: int) -> int:
        return next(len(one.stretches) for one in story_of(film(scenes(away))).people if one.name == "ANNA")

    assert stretches(LONGEST_ABSENCE) == 1
    assert stretches(LONGEST_ABSENCE + 1) == 2


def test_a_large_cast_is_counted_not_drawn() -> None:
    story = story_of(long_film(40, 38))
    assert len(story.people) == MOST_PEOPLE
    assert story.unseen == 38 - MOST_PEOPLE
    assert any(column.others for column in story.columns)
    assert any(re.fullmatch(r"\+\d", text) for text in texts(draw_story_map(long_film(40, 38))))


def test_it_is_a_png_too() -> None:
    image = cv2.imdecode(np.frombuffer(to_png(draw_story_map(film()), zoom=1), np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    size = drawn(draw_story_map(film()))
    assert image.shape[:2] == (int(size.get("height", 0)), int(size.get("width", 0)))
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 100


def test_mermaid_names_everybody_and_who_speaks_to_whom() -> None:
    chart = to_mermaid(film())
    assert chart.startswith("flowchart LR\n")
    names = dict(re.findall(r"^    (n\d+)\W+([^\"]*)\"", chart, re.M))
    by_name = {label: name for name, label in names.items()}
    assert f"{by_name['ANNA']} --> {by_name['BO']}" in chart
    assert f"{by_name['INT. KITCHEN - NIGHT']} ==> {by_name['EXT. BEACH - DAY']}" in chart
    assert "letter" in by_name


_WILD = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=tries(60, 6))
@given(st.lists(st.tuples(_WILD, _WILD, _WILD), min_size=1, max_size=6))
def test_any_words_are_well_formed(parts: list[tuple[str, str, str]]) -> None:
    text = "Title: a\n\n" + "\n\n".join(f".{place}\n\n@{name}\n{line}" for place, name, line in parts)
    try:
        found = direct(read(text, "a.fountain"))
    except InvalidScript:
        return
    assert drawn(draw_story_map(found)).tag == f"{_SVG}svg"
    nodes = re.findall(r"^    n\d+(?:\[\"|\(\[\"|\[/\"|\{\{\")([^\"\[\]{}()<>|\n]*)(?:\"|$)", to_mermaid(found), re.M)
    assert len(nodes) == len(found.graph.nodes)


def test_scene_numbers_are_written_or_counted_and_never_mixed() -> None:
    written = story_of(film("INT. BAR - DAY #2#\n\nAnna sings.\n\nINT. SHOP - DAY\n\nBo sings.\n"))
    counted = story_of(film("INT. BAR - DAY\n\nAnna sings.\n\nINT. SHOP - DAY\n\nBo sings.\n"))
    assert [column.number for column in written.columns] == ["2", ""]
    assert [column.number for column in counted.columns] == ["1", "2"]
