"""Letters in their places: what is shaped is held against another shaper, and against what each writing demands."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import font_roboto
import noto_cjk_sans_otc
import numpy as np
import pymupdf_fonts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont, features

from film.lettering import Align, Faces, Style, Weight, draw, read_font, set_lines
from film.lettering.shaping import runs_leftwards, shape
from tests.effort import tries

FACES = Faces(Weight.REGULAR)
WILD = "aZ é,.()12 \N{HEBREW LETTER ALEF}שם مرحبا؟१क्ष東のー、한글\u200d\u0301\u202e\u2066\u2069ก็"


def order(text: str) -> str:
    """The letters of a text as they are seen, from the left."""
    glyphs = shape(text, FACES).glyphs
    return "".join(text[glyph.cluster] for glyph in sorted(glyphs, key=lambda glyph: glyph.x))


def test_pairs_are_kerned() -> None:
    together = shape("AVAV", FACES).width
    assert together < 2 * (shape("A", FACES).width + shape("V", FACES).width) - 0.05


def test_hebrew_runs_leftwards_and_numbers_in_it_rightwards() -> None:
    assert order("שלום") == "םולש"
    assert order("אב 42 גד") == "דג 42 בא"
    assert order("say שלום now") == "say םולש now"
    assert runs_leftwards("12 שלום")
    assert not runs_leftwards("12 say שלום")


def test_brackets_turn_round_in_what_runs_leftwards() -> None:
    glyphs = sorted(shape("(א)", FACES).glyphs, key=lambda glyph: glyph.x)
    plain = shape("(", FACES).glyphs[0]
    assert [glyph.cluster for glyph in glyphs] == [2, 1, 0]
    fira = glyphs[0].face
    assert glyphs[0].number in {plain.number, fira.font.get_nominal_glyph(ord("("))}


def test_arabic_letters_join() -> None:
    alone = {shape(letter, FACES).glyphs[0].number for letter in "مرحبا"}
    joined = {glyph.number for glyph in shape("مرحبا", FACES).glyphs}
    assert len(joined - alone) >= 3
    assert shape("مرحبا", FACES, tracking=0.5).width == pytest.approx(shape("مرحبا", FACES).width)


def test_devanagari_combines() -> None:
    assert len(shape("क्ष", FACES).glyphs) < 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("night 東京", ["Roboto", "Noto Sans CJK"]),
        ("東京、12", ["Noto Sans CJK"]),
        ("סוף. 12", ["FiraGO"]),
        ("♪ la", ["Noto Sans CJK", "Roboto"]),
    ],
)
def test_each_run_has_a_face_that_writes_it(text: str, names: list[str]) -> None:
    glyphs = sorted(shape(text, FACES).glyphs, key=lambda glyph: glyph.cluster)
    assert list(dict.fromkeys(glyph.face.name for glyph in glyphs)) == names
    assert all(glyph.number for glyph in glyphs), "none is a box"


@given(st.text(st.sampled_from(WILD), max_size=30))
@settings(max_examples=tries(60, 15), deadline=None)
def test_whatever_is_written_no_letter_is_lost_and_none_is_a_box(text: str) -> None:
    line = shape(FACES.writable(text), FACES)
    assert line.width >= 0
    assert all(glyph.number for glyph in line.glyphs if not text[glyph.cluster : glyph.cluster + 1].isspace())


@pytest.mark.skipif(not features.check("raqm"), reason="Pillow's own shaper needs the system's FriBidi")
@pytest.mark.parametrize(
    ("text", "kind"),
    [("AVATAR, Tyra: “fi”", "latin"), ("مرحبا بالعالم", "arab"), ("שלום עולם 42", "hebr"), ("東京の夜", "cjk")],
)
def test_pillow_draws_the_same_letters(text: str, kind: str) -> None:
    files = {"latin": font_roboto.Roboto, "cjk": str(noto_cjk_sans_otc.FONT_PATH)}
    data = Path(files[kind]).read_bytes() if kind in files else pymupdf_fonts.myfont("figo")
    faces = Faces(own=read_font(data, "the same"))
    size, width, height = 60.0, 620, 100
    block = set_lines([text], Style(faces, size, align=Align.LEFT))
    ours = draw([(block, 10, 10)], width, height).light > 0.5
    font = ImageFont.truetype(io.BytesIO(data), int(size), layout_engine=ImageFont.Layout.RAQM)
    image = Image.new("L", (width, height))
    ImageDraw.Draw(image).text((10, 10 + 0.93 * size), text, 255, font, anchor="ls")
    theirs = (np.asarray(image) > 127).astype(np.uint8)
    # Pillow hints letters to whole pixels: a pixel's difference is none.
    near = cv2.dilate(theirs, np.ones((5, 5), np.uint8)) > 0
    back = cv2.dilate(ours.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert ours.sum() > 1000
    assert (ours & ~near).sum() < 0.02 * ours.sum()
    assert ((theirs > 0) & ~back).sum() < 0.02 * ours.sum()
