"""The example films, as far as they can be judged without encoding them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest

from film.direction import direct
from film.prompting import write_prompts
from film.render.storyboard import draw_keyframe
from film.script import decode, read
from schemas.enums import Movement, RendererName
from schemas.prompt import KeyframeSpec

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPTS = sorted(path for path in EXAMPLES.iterdir() if path.name != "README.md")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_two_shots_show_the_same_picture(path: Path) -> None:
    breakdown = direct(read(decode(path.read_bytes(), path.name), path.name))
    prompts = write_prompts(breakdown, style="cinematic", width=160, height=90, project_seed=0).prompts
    pictures = [draw_keyframe(KeyframeSpec.of(prompt, RendererName.STORYBOARD)) for prompt in prompts]
    decoded = [np.asarray(cv2.imdecode(np.frombuffer(one, np.uint8), cv2.IMREAD_COLOR), int) for one in pictures]
    alike = [
        (prompts[a].shot, prompts[b].shot)
        for a, b in combinations(range(len(decoded)), 2)
        if np.abs(decoded[a] - decoded[b]).mean() < 1.5
    ]
    assert not alike


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_there_are_enough_shots_and_most_of_them_move(path: Path) -> None:
    breakdown = direct(read(decode(path.read_bytes(), path.name), path.name))
    assert len(breakdown.shots) / breakdown.runtime_s * 60 >= 10
    moving = [shot for shot in breakdown.shots if shot.movement is not Movement.STATIC]
    assert len(moving) / len(breakdown.shots) >= 0.8
