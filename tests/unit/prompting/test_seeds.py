"""A shot keeps its seed, and with it its picture, whatever happens elsewhere."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.prompting import style_named, write_prompts
from film.prompting.edited import edit_prompts
from film.script import read
from schemas.edits import CharacterEdit, Edits, ShotEdit
from schemas.prompt import FilmPrompts
from tests.effort import tries

PLACES = ("EXT. HARBOUR - DUSK", "INT. KITCHEN - NIGHT", "EXT. FOREST - DAY", "INT. OFFICE - MORNING")
LINES = ("Mara opens the door.", "Mara reads a letter.", "The dog runs away.", "Rain beats on the roof.")

scripts = st.lists(
    st.tuples(st.sampled_from(PLACES), st.lists(st.sampled_from(LINES), min_size=1, max_size=3, unique=True)),
    min_size=1,
    max_size=5,
    unique_by=lambda each: each[0],
)


def prompts(scenes: list[tuple[str, list[str]]], seed: int = 0) -> FilmPrompts:
    text = "\n\n".join(part for heading, lines in scenes for part in (heading, *lines))
    film = direct(read(f"MARA, 30, in a red coat, waits.\n\n{text}", "a.fountain"), fps=24)
    return write_prompts(film, style="noir", width=64, height=64, project_seed=seed)


def seeds(film: FilmPrompts, scene: int) -> list[int]:
    return [prompt.seed for prompt in film.prompts if prompt.scene == scene]


@settings(max_examples=tries(100, 8))
@given(scripts, st.data())
def test_a_scene_that_is_put_in_leaves_the_seeds_of_all_others(
    scenes: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    # Not at the ends: the film's first and last shots fade.
    at = data.draw(st.integers(min_value=0, max_value=len(scenes)))
    new = ("EXT. CASTLE - NIGHT", ["A crow lands on the wall."])
    before, after = prompts(scenes), prompts([*scenes[:at], new, *scenes[at:]])
    for index in range(len(scenes)):
        assert seeds(after, index + (index >= at)) == seeds(before, index)


@settings(max_examples=tries(100, 8))
@given(scripts)
def test_a_shot_that_changes_leaves_the_seeds_of_all_others(scenes: list[tuple[str, list[str]]]) -> None:
    heading, lines = scenes[0]
    changed = [(heading, ["A stranger sings.", *lines]), *scenes[1:]]
    before, after = prompts(scenes), prompts(changed)
    for index in range(1, len(scenes)):
        assert seeds(after, index) == seeds(before, index)


@settings(max_examples=tries(100, 8))
@given(scripts)
def test_no_two_shots_share_a_seed_and_another_project_has_others(scenes: list[tuple[str, list[str]]]) -> None:
    one = [prompt.seed for prompt in prompts(scenes).prompts]
    assert not [seed for seed, count in Counter(one).items() if count > 1]
    assert not set(one) & {prompt.seed for prompt in prompts(scenes, seed=1).prompts}


RUN = """\
INT. KITCHEN - NIGHT

MARA, 30, in a red coat, sits at the table.

Mara waits. [[medium shot]]

Mara smiles. [[medium shot]]

Mara reads a letter. [[close on Mara]]

EXT. HARBOUR - DUSK

Mara waits. [[medium shot]]
"""


def test_shots_of_one_run_of_the_camera_have_one_seed_where_that_is_asked() -> None:
    film = direct(read(RUN, "a.fountain"))
    apart, together = (
        [
            prompt.seed
            for prompt in write_prompts(
                film, style="noir", width=64, height=64, project_seed=0, continuous=continuous
            ).prompts
        ]
        for continuous in (False, True)
    )
    assert len(set(apart)) == len(apart)
    assert together == [apart[0], apart[1], apart[1], *apart[3:]]


def test_a_film_that_is_edited_keeps_the_seeds_that_its_shots_share() -> None:
    film = direct(read(RUN, "a.fountain"))
    style = style_named("noir")
    plain = write_prompts(film, style=style, width=64, height=64, project_seed=0, continuous=True)
    _, second, *_ = (shot for shot in film.shots if shot.rule == "note")
    for edit in (
        Edits(shots={second.key: ShotEdit(added="a candle")}),
        Edits(cast={film.characters[0].id: CharacterEdit(description="40, in a blue coat")}),
    ):
        edited = edit_prompts(film, plain, edit, style=style, project_seed=0, continuous=True)
        assert [prompt.seed for prompt in edited.prompts] == [prompt.seed for prompt in plain.prompts]
