from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.lettering import LetteringOrder, Source, plan_lettering
from cli.sizes import parse_size
from film.direction import direct
from film.script import read
from schemas.enums import Corner, SubtitleMode
from schemas.errors import InvalidRequest
from schemas.graphics import Graphics
from tests.unit.edit.lettered import CREDITS, font, logo, sha

SCRIPT = """Title: The Lamp
Credit: a film by
Authors: Jane Doe
 & John Roe

INT. KITCHEN - NIGHT

BO lights a lamp. ANNA sits.

BO
Light.

ANNA
There you are. I have been waiting.

BO
Here I am.

A DOG barks.
"""


def source(text: str = SCRIPT, name: str = "lamp.fountain") -> Source:
    return Source(direct(read(text, name)), text)


@pytest.mark.parametrize(
    ("size", "pixels"),
    [
        ("1280x720", (1280, 720)),
        ("16:9", (1280, 720)),
        ("9:16", (720, 1280)),
        ("1:1", (720, 720)),
        ("2.39:1", (1280, 536)),
        ("4:3", (960, 720)),
        ("16:9@1080", (1920, 1080)),
        ("9:16@1080p", (1080, 1920)),
        ("1:1@1080", (1080, 1080)),
        ("2.39:1@1080", (1920, 804)),
        ("1.85:1@1080", (1920, 1038)),
        (" 16:9@2160 ", (3840, 2160)),
        ("9:16@2160", (2160, 3840)),
    ],
)
def test_sizes_are_read_as_filmmakers_write_them(size: str, pixels: tuple[int, int]) -> None:
    assert parse_size(size) == pixels


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ("big", "2.39:1"),
        ("16:", "not a size"),
        ("16:9@", "not a size"),
        ("0:9", "no ratio"),
        ("9:1", "no ratio"),
        ("1:9", "no ratio"),
        ("16:9@4320", "3840x2160"),
        ("16:9@40", "64x64"),
        ("641x360", "even"),
        ("2162x3840", "3840x2160"),
    ],
)
def test_sizes_that_no_film_has_are_refused(size: str, words: str) -> None:
    with pytest.raises(InvalidRequest, match=words):
        parse_size(size)


def test_nothing_is_lettered_unless_it_is_ordered() -> None:
    assert plan_lettering(LetteringOrder(), source()) == (Graphics(), ())


def test_files_come_with_their_digests(tmp_path: Path) -> None:
    for name, data in (("credits.txt", CREDITS.encode()), ("logo.png", logo()), ("font.ttf", font())):
        (tmp_path / name).write_bytes(data)
    order = LetteringOrder(
        title_card="The  Lamp | by nobody",
        credits=str(tmp_path / "credits.txt"),
        captions=False,
        subtitles=SubtitleMode.BURNT,
        logo=f"{tmp_path / 'logo.png'}:lower-left",
        font=tmp_path / "font.ttf",
    )
    graphics, files = plan_lettering(order, source())
    assert graphics.card is not None
    assert (graphics.card.title, graphics.card.subtitle) == ("The Lamp", "by nobody")
    assert graphics.logo is not None
    assert graphics.logo.corner is Corner.LOWER_LEFT
    assert graphics.credits is not None
    assert graphics.credits.lines == 4
    assert set(graphics.files) == {sha(data) for data in files} == {sha(CREDITS.encode()), sha(logo()), sha(font())}


def test_words_are_taken_from_the_script() -> None:
    graphics, files = plan_lettering(LetteringOrder(title_card="auto", credits="auto"), source())
    assert graphics.card is not None
    assert (graphics.card.title, graphics.card.subtitle) == ("The Lamp", "A film by Jane Doe & John Roe")
    (text,) = (data.decode() for data in files)
    groups = text.strip().split("\n\n")
    assert groups[0] == "A film by: Jane Doe & John Roe"
    assert [name.upper() for name in groups[1].split("\n")] == ["CAST", "BO", "ANNA"]


def test_a_script_that_names_nobody_has_no_credits_of_its_own() -> None:
    bare = source("EXT. BEACH - DAY\n\nWaves.\n", "beach.fountain")
    with pytest.raises(InvalidRequest, match="write them to a file"):
        plan_lettering(LetteringOrder(credits="auto"), bare)
    graphics, _ = plan_lettering(LetteringOrder(title_card="auto"), bare)
    assert graphics.card is not None
    assert (graphics.card.title, graphics.card.subtitle) == ("Beach", "")


@pytest.mark.parametrize(
    ("name", "data", "order", "words"),
    [
        ("x.ttf", b"no font", lambda path: {"font": path}, r"The font .*x\.ttf is no font"),
        ("x.png", b"no picture", lambda path: {"logo": str(path)}, r"The logo .*x\.png is no PNG"),
        ("x.png", b"", lambda path: {"logo": str(path)}, r"--logo .*x\.png is empty"),
        ("x.png", logo(), lambda path: {"logo": f"{path}:middle"}, "upper-left"),
        ("x.txt", b"\xff\xfe\x00", lambda path: {"credits": str(path)}, r"The credits .*x\.txt are no text"),
        ("x.txt", b"\n\n", lambda path: {"credits": str(path)}, r"The credits .*x\.txt have 0 lines"),
        ("x", b"x", lambda path: {"font": path.with_name("gone.ttf")}, r"--font .*gone\.ttf cannot be read"),
        ("x", b"x", lambda path: {"font": path.parent}, "cannot be read"),
        ("x", b"x", lambda _: {"title_card": "|only below"}, "--title-card"),
        ("x", b"x", lambda _: {"title_card": "x" * 400}, "300 characters"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named(
    tmp_path: Path, name: str, data: bytes, order: Callable[[Path], dict[str, Any]], words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InvalidRequest, match=words):
        plan_lettering(LetteringOrder(**order(path)), source())
