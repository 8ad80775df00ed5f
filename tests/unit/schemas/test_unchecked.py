"""What this code makes of its own values is what it would be if it were checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from film.direction import direct
from film.prompting import write_prompts
from film.script import read
from schemas.base import unchecked
from schemas.enums import Pose
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown, Dialogue, Screenplay, Span, Staging
from tests import screenplays

_EXAMPLES = Path(__file__).parents[3] / "examples"
_TEXTS = {
    **{path.name: path.read_text() for path in sorted(_EXAMPLES.glob("the_*"))},
    "generated.fountain": screenplays.write(3, 6).text,
}


@pytest.mark.parametrize("name", _TEXTS)
def test_documents_of_a_film_hold_what_their_classes_ask(name: str) -> None:
    screenplay = read(_TEXTS[name], name)
    breakdown = direct(screenplay)
    prompts = write_prompts(breakdown, style="noir", width=640, height=360, project_seed=7)
    for document in (screenplay, breakdown, prompts):
        kind: type[Screenplay | Breakdown | FilmPrompts] = type(document)
        plain = document.model_dump()  # warns, and so fails, where a field holds another type than its class says
        assert kind.model_validate(plain) == document
        assert kind.model_validate_json(document.model_dump_json()).model_dump_json() == document.model_dump_json()


def test_what_is_not_given_is_as_the_class_has_it_and_written_in_its_order() -> None:
    made = unchecked(Dialogue)(span=Span(start=1, end=4), text="Now.", character="anna")
    checked = Dialogue(character="anna", text="Now.", span=Span(start=1, end=4))
    assert made == checked
    assert made.model_dump_json() == checked.model_dump_json()
    assert hash(made) == hash(checked)


def test_it_can_be_copied_with_changes() -> None:
    made = unchecked(Staging)(character="anna", pose=Pose.SIT)
    assert made.model_copy(update={"pose": Pose.RUN}) == Staging(character="anna", pose=Pose.RUN)
    assert made == Staging(character="anna", pose=Pose.SIT)
    with pytest.raises(ValueError, match="frozen"):
        made.pose = Pose.RUN  # type: ignore[misc]
