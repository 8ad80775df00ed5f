"""Prompts of a revised film: those of shots that were not edited are the same, to the letter."""

from __future__ import annotations

from hypothesis import given, settings

from film.direction.edits import apply_edits
from film.prompting import style_named, write_prompts
from film.prompting.edited import edit_prompts
from schemas.edits import Edits, ShotEdit
from schemas.enums import RendererName, ShotSize
from schemas.prompt import KeyframeSpec
from tests.effort import tries
from tests.unit.direction.test_edits import FILM, IDS, KEYS, edits

STYLE = style_named("cinematic")
PROMPTS = write_prompts(FILM, style=STYLE, width=640, height=360, project_seed=3)


def pictures(asked: Edits) -> dict[str, KeyframeSpec]:
    """What each shot's picture is drawn from, by key."""
    edited = edit_prompts(FILM, PROMPTS, asked, style=STYLE, project_seed=3)
    shots = apply_edits(FILM, asked).breakdown.shots
    assert [(prompt.shot, prompt.scene) for prompt in edited.prompts] == [(shot.id, shot.scene) for shot in shots]
    return {
        shot.key: KeyframeSpec.of(prompt, RendererName.STORYBOARD)
        for shot, prompt in zip(shots, edited.prompts, strict=True)
    }


PLAIN = pictures(Edits())


@settings(max_examples=tries(50, 5), deadline=None)
@given(edits(KEYS))
def test_an_edit_reaches_no_other_picture(asked: Edits) -> None:
    for key, spec in pictures(asked).items():
        edit = asked.shots.get(key)
        if edit is None or not edit.redraws:
            assert spec == PLAIN[key]
        else:
            assert spec == pictures(Edits(shots={key: edit}))[key]


def test_words_are_drawn() -> None:
    at = IDS.index("s003-001")
    edit = ShotEdit(prompt="A black dog sleeps beside a lantern.")
    spec = pictures(Edits(shots={KEYS[at]: edit}))[KEYS[at]]
    assert spec.picture is not None
    assert "lantern" in spec.picture.props
    assert spec.seed == PLAIN[KEYS[at]].seed


def test_a_seed_and_a_size_are_taken() -> None:
    edit = ShotEdit(seed=99, size=ShotSize.CU)
    spec = pictures(Edits(shots={KEYS[0]: edit}))[KEYS[0]]
    assert spec.seed == 99
    assert spec.picture != PLAIN[KEYS[0]].picture
