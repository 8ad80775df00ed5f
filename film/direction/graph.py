"""The scene graph: who is where with whom, who speaks to whom, what follows what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from film.direction.cast import NARRATOR
from film.direction.words import slug
from schemas.base import unchecked
from schemas.script import Character, GraphEdge, GraphNode, Location, Scene, SceneGraph, Shot

_MAX_TOGETHER = 12
_edge, _node = unchecked(GraphEdge), unchecked(GraphNode)


class _Edges:
    """Edges by their ends and relation, each with the scenes it holds in."""

    def __init__(self) -> None:
        self._scenes: dict[tuple[str, str, str], dict[int, None]] = {}

    def add(self, source: str, relation: str, target: str, scene: int) -> None:
        self._scenes.setdefault((source, relation, target), {}).setdefault(scene)

    def all(self) -> tuple[GraphEdge, ...]:
        return tuple(
            _edge(source=source, target=target, relation=relation, scenes=tuple(scenes))
            for (source, relation, target), scenes in self._scenes.items()
        )


def scene_graph(
    characters: Sequence[Character], locations: Sequence[Location], scenes: Sequence[Scene], shots: Sequence[Shot]
) -> SceneGraph:
    """Draw the graph of a film.

    Node ids carry their kind, `character:anna`, since a person and a place may share a name.

    Args:
        characters: All of them.
        locations: All of them.
        scenes: In order.
        shots: In order.

    Returns:
        Nodes for scenes, characters, locations and props; edges `appears_in` (character or prop to scene),
        `set_at` (scene to location), `follows` (scene to the one before), `with` (characters of one scene) and
        `speaks_to` (a speaker to whoever answers).
    """
    edges = _Edges()
    props: dict[str, str] = {}
    nodes_of: dict[str, str] = {}
    by_scene: dict[int, list[Shot]] = {scene.index: [] for scene in scenes}
    for shot in shots:
        by_scene[shot.scene].append(shot)
    for scene in scenes:
        name = f"scene:{scene.index}"
        edges.add(name, "set_at", f"location:{scene.location}", scene.index)
        if scene.index:
            edges.add(name, "follows", f"scene:{scene.index - 1}", scene.index)
        _people(by_scene[scene.index], scene.index, edges)
        for prop in dict.fromkeys([prop for shot in by_scene[scene.index] for prop in shot.props]):
            node = nodes_of.get(prop) or nodes_of.setdefault(prop, f"prop:{slug(prop)}")
            props.setdefault(node, prop)
            edges.add(node, "appears_in", name, scene.index)
    nodes = [_node(id=f"scene:{s.index}", kind="scene", label=s.heading or f"Scene {s.index + 1}") for s in scenes]
    nodes += [_node(id=f"character:{c.id}", kind="character", label=c.name) for c in characters]
    nodes += [_node(id=f"location:{place.id}", kind="location", label=place.name) for place in locations]
    nodes += [_node(id=prop, kind="prop", label=label) for prop, label in props.items()]
    return SceneGraph(nodes=tuple(nodes), edges=edges.all())


def _people(shots: Sequence[Shot], scene: int, edges: _Edges) -> None:
    speakers = [line.character for shot in shots for line in shot.dialogue if line.character != NARRATOR]
    people = dict.fromkeys([who for shot in shots for who in shot.subjects] + speakers)
    for who in people:
        edges.add(f"character:{who}", "appears_in", f"scene:{scene}", scene)
    for one, other in combinations(list(people)[:_MAX_TOGETHER], 2):
        edges.add(f"character:{one}", "with", f"character:{other}", scene)
    for one, other in zip(speakers, speakers[1:], strict=False):
        if one != other:
            edges.add(f"character:{one}", "speaks_to", f"character:{other}", scene)
            edges.add(f"character:{other}", "speaks_to", f"character:{one}", scene)
