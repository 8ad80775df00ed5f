"""A contact sheet: the same shots, drawn in every style, so that styles can be compared at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import cv2
import font_roboto
import numpy as np
import resvg_py
from numpy.typing import NDArray

from film.direction import direct
from film.prompting import write_prompts
from film.render.storyboard import draw_keyframe
from film.script import read
from schemas.enums import RendererName
from schemas.prompt import KeyframeSpec
from schemas.style import StyleSpec

SAMPLE = """\
EXT. HARBOUR - DUSK

Fishing boats rock in the harbour.

INT. KITCHEN - NIGHT

MARA, 30, in a red coat, sits at the table and holds a letter.

MARA
He said he would be here.

EXT. FOREST - DAY

Sunlight falls through the trees.

OLD TOM, 70, with a white beard and a blue cap, runs along the path.
"""
"""A place alone, a face, a body in a landscape; dusk, night and day."""

WIDTH, HEIGHT = 384, 216
LABEL = 168
GAP = 8

Image = NDArray[np.uint8]


_AS = {".png": [cv2.IMWRITE_PNG_COMPRESSION, 9], ".jpg": [cv2.IMWRITE_JPEG_QUALITY, 88]}
SUFFIXES = (*_AS, ".jpeg")
"""What a sheet can be written as."""


def contact_sheet(styles: Sequence[StyleSpec], suffix: str = ".png") -> bytes:
    """Draw the same three shots in each style: a row a style, its title on the left.

    Args:
        styles: From top to bottom.
        suffix: One of `SUFFIXES`.

    Returns:
        A PNG or a JPEG, 8 bits a channel.
    """
    rows = [_row(style) for style in styles]
    gap = np.full((GAP, rows[0].shape[1], 3), 255, np.uint8)
    sheet = np.vstack([part for row in rows for part in (gap, row)] + [gap])
    kind = ".jpg" if suffix == ".jpeg" else suffix
    done, data = cv2.imencode(kind, sheet, _AS[kind])
    if not done:
        raise RuntimeError(f"OpenCV did not encode a sheet of shape {sheet.shape}")
    return bytes(data)


def _row(style: StyleSpec) -> Image:
    breakdown = direct(read(SAMPLE, "sample.fountain"), fps=24)
    written = write_prompts(breakdown, style=style, width=2 * WIDTH, height=2 * HEIGHT, project_seed=0).prompts
    speaks = next(shot.id for shot in breakdown.shots if shot.dialogue)
    chosen = [written[0], next(prompt for prompt in written if prompt.shot == speaks), written[-1]]
    gap = np.full((HEIGHT, GAP, 3), 255, np.uint8)
    parts = [_label(style.title)]
    for prompt in chosen:
        png = draw_keyframe(KeyframeSpec.of(prompt, RendererName.STORYBOARD))
        picture = np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR), np.uint8)
        small = cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        parts += [np.asarray(small, np.uint8), gap]
    return np.hstack(parts)


def _label(title: str) -> Image:
    font = Path(font_roboto.RobotoMedium)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LABEL}" height="{HEIGHT}">'
        f'<rect width="{LABEL}" height="{HEIGHT}" fill="#fff"/>'
        f'<text x="12" y="{HEIGHT / 2 + 6}" font-family="Roboto" font-weight="500" font-size="17" fill="#222">'
        f"{escape(title)}</text></svg>"
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[str(font)])
    return np.asarray(cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_COLOR), np.uint8)
