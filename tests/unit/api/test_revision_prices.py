"""What a change is priced by: the shots whose pictures it makes anew, and no others."""

from __future__ import annotations

import pytest

from api.usecases.plan_revision import Plan
from api.usecases.price_revision import price_revision
from film.casting import looks_of_film
from film.direction import direct
from film.direction.edits import apply_edits, edits_asked
from film.prompting import style_named, write_prompts
from film.prompting.edited import edit_prompts
from film.script import read
from infrastructure.db.tables import VersionRow
from infrastructure.ids import new_id
from schemas.edits import Changes, Edits, compose
from schemas.prompt import ShotPrompt
from schemas.script import Breakdown
from tests.conftest import film_input

TEXT = """\
INT. KITCHEN - NIGHT

MARA, 30, sits at the table with TOM, 50, who holds a letter.

MARA
You never left.

Mara opens the window.

TOM
I never left.

EXT. ROAD - DAY

Mara walks along the road in a green coat.

MARA
I am late.

Tom waits.
"""
SCRIPT = direct(read(TEXT, "pier.fountain"))
STYLE = style_named("cinematic")
PLAIN = write_prompts(SCRIPT, style=STYLE, width=640, height=360, project_seed=3)


def plan_of(old: Edits, changes: Changes) -> Plan:
    """A change of a film that has some edits already."""
    film = film_input(new_id(), new_id())
    before = apply_edits(SCRIPT, old).breakdown
    edits = compose(old, edits_asked(before, changes))
    return Plan(
        film=film.model_copy(update={"rev": 1, "base": 0}),
        base=VersionRow(job_id=film.job_id, rev=0, asked={}, input=film.model_dump(mode="json")),
        asked=changes,
        edits=edits,
        script=SCRIPT,
        breakdown=apply_edits(SCRIPT, edits).breakdown,
        before=before,
        old_script=SCRIPT,
        old_edits=old,
        since=0,
    )


def prompts(edits: Edits) -> dict[str, ShotPrompt]:
    """What each shot is drawn from, by key."""
    edited = edit_prompts(SCRIPT, PLAIN, edits, style=STYLE, project_seed=3)
    shots = apply_edits(SCRIPT, edits).breakdown.shots
    return {
        shot.key: prompt.model_copy(update={"shot": "", "scene": 0})
        for shot, prompt in zip(shots, edited.prompts, strict=True)
    }


CHANGES: dict[str, tuple[str, dict[str, object]]] = {
    "a coat that an edit tells of": ("opens the window", {"prompt": "Mara stands there in a blue coat."}),
    "a coat that the script tells of, hidden": ("green coat", {"prompt": "Mara walks along the road."}),
    "a size": ("Tom waits", {"size": "ECU"}),
    "a seed": ("Tom waits", {"seed": 4}),
    "a length": ("Tom waits", {"duration_s": 9}),
}
"""Changes of shots, by what their script says."""
OTHERS: dict[str, dict[str, object]] = {
    "the only coat, removed": {"removed": ["s002-001"]},
    "another look": {"cast": [{"character": "mara", "description": "an old woman in a red coat"}]},
    "two who are one": {"cast": [{"character": "tom", "into": "mara"}]},
    "an order": {"order": [{"shot": "s001-004", "anchor": "s001-002"}]},
}


def asked(name: str, film: Breakdown) -> Changes:
    """Ask for one of them, by the numbers of a version."""
    if name in OTHERS:
        return Changes.model_validate(OTHERS[name])
    words, change = CHANGES[name]
    key = next(shot.key for shot in SCRIPT.shots if words in shot.action)
    return Changes.model_validate({"shots": [{"shot": shot.id, **change} for shot in film.shots if shot.key == key]})


FIRST = ("", *CHANGES, "another look", "two who are one", "an order")


@pytest.mark.parametrize(("first", "then"), [(a, b) for a in FIRST for b in (*CHANGES, *OTHERS) if a != b])
async def test_priced_is_what_is_drawn_from_other_words(first: str, then: str) -> None:
    old = edits_asked(SCRIPT, asked(first, SCRIPT)) if first else Edits()
    plan = plan_of(old, asked(then, apply_edits(SCRIPT, old).breakdown))
    priced = await price_revision(plan, looks=looks_of_film)
    keys = {shot.id: shot.key for shot in plan.breakdown.shots}
    before, after = prompts(old), prompts(plan.edits)
    assert {keys[shot] for shot in priced.shots} == {key for key in after if after[key] != before.get(key)}


async def test_a_coat_in_an_edit_is_one_shot_and_a_coat_that_goes_is_none() -> None:
    edited = await price_revision(plan_of(Edits(), asked("a coat that an edit tells of", SCRIPT)), looks=looks_of_film)
    removed = await price_revision(plan_of(Edits(), asked("the only coat, removed", SCRIPT)), looks=looks_of_film)
    assert (edited.shots, removed.shots) == (("s001-003",), ())
