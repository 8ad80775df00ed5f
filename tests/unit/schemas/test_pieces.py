from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from film.direction import direct
from film.prompting import write_prompts
from film.script import read as read_script
from schemas import pieces
from schemas.base import canonical_json
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown, GraphEdge, GraphNode, SceneGraph
from tests.effort import tries

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def breakdown(scenes: int) -> Breakdown:
    text = "".join(
        f"{'INT.' if n % 2 else 'EXT.'} KÜCHE {n} - NIGHT\n\nA man opens door {n}.\n\nANNA\nDie Tür „{n}“ ist zu.\n\n"
        for n in range(scenes)
    )
    return direct(read_script(text, "a.fountain"), fps=24)


@pytest.fixture(scope="module")
def film() -> Breakdown:
    return breakdown(3 * pieces.PIECE)


def whole(document: BaseModel) -> str:
    """Write a document at once."""
    plain = document.model_dump(mode="json")
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def prompts(film: Breakdown) -> FilmPrompts:
    return write_prompts(film, style="cinematic", width=64, height=64, project_seed=0)


def test_large_documents_are_written_as_small_ones(film: Breakdown) -> None:
    assert len(list(pieces.written(film))) > 20
    for document in (film, prompts(film), film.graph, film.shots[0], breakdown(1)):
        assert canonical_json(document) == whole(document)
        assert pieces.encoded(document) == whole(document).encode()


def test_what_was_written_is_read(film: Breakdown) -> None:
    for document in (film, prompts(film), breakdown(1)):
        data = canonical_json(document).encode()
        found = pieces.read(type(document), data)
        assert found == document
        assert canonical_json(found) == data.decode()


@given(
    st.lists(st.tuples(WORDS, WORDS), max_size=5),
    st.integers(0, 3 * pieces.PIECE),
    st.integers(0, 2 * pieces.PIECE + 1),
)
@settings(max_examples=tries(30, 8), deadline=None)
def test_lists_of_any_length(some: list[tuple[str, str]], nodes: int, edges: int) -> None:
    labels = [*some, *((f"n{n}", "x" * 400) for n in range(nodes))]
    graph = SceneGraph(
        nodes=tuple(GraphNode(id=name, kind="scene", label=label) for name, label in labels),
        edges=tuple(GraphEdge(source="a", target="b" * 400, relation="with", scenes=(n,)) for n in range(edges)),
    )
    text = canonical_json(graph)
    assert text == whole(graph)
    assert pieces.read(SceneGraph, text.encode()) == graph


def test_parts_share_what_they_have_in_common(film: Breakdown) -> None:
    found = pieces.read(Breakdown, canonical_json(film).encode())
    sets = {id(shot.__pydantic_fields_set__) for shot in found.shots}
    assert len(sets) < 5
    changed = found.shots[0].model_copy(update={"action": "another"})
    assert changed.model_fields_set is not found.shots[0].model_fields_set
    assert found.shots[0].model_fields_set == set(json.loads(canonical_json(film.shots[0])))


def test_what_is_not_wanted_is_left_out(film: Breakdown) -> None:
    instead: dict[str, Any] = {"elements": (), "graph": SceneGraph()}
    for document in (film, breakdown(1)):
        found = pieces.read(Breakdown, canonical_json(document).encode(), instead)
        assert found == document.model_copy(update=instead)


def test_json_of_other_hands_is_read(film: Breakdown) -> None:
    assert pieces.read(Breakdown, json.dumps(film.model_dump(mode="json"), indent=1).encode()) == film
    assert pieces.read(Breakdown, film.model_dump_json().encode(), {"elements": ()}).shots == film.shots


def test_what_is_wrong_is_refused_with_its_place(film: Breakdown) -> None:
    text = canonical_json(film)
    for wrong in (
        text[:-1],
        text + "}",
        text + " {}",
        text[: len(text) // 2],
        text.replace('"frames":', '"length":', 1),
        text.replace('"shots":[', '"shots":[7,', 1),
        text.replace('},{"', '}{"', 1),
    ):
        with pytest.raises(ValidationError):
            pieces.read(Breakdown, wrong.encode())
    with pytest.raises(ValidationError, match=r"shots\.\d+\.size"):
        pieces.read(Breakdown, text.replace('"size":"', '"size":"no-', 1).encode())
