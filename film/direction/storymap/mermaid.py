"""The scene graph as Mermaid, for pages that draw it themselves."""

from __future__ import annotations

from collections.abc import Iterator

from film.direction.storymap.ink import plain
from schemas.script import Breakdown, GraphEdge, GraphNode

_LABEL = 60
"""Longest label, in characters."""
_SHAPES = {"scene": ('["', '"]'), "character": ('(["', '"])'), "location": ('[/"', '"/]'), "prop": ('{{"', '"}}')}
_ARROWS = {"appears_in": "---", "set_at": "-.-", "follows": "==>", "speaks_to": "-->", "with": "-.-"}


def to_mermaid(film: Breakdown) -> str:
    """Write the scene graph as a Mermaid flowchart.

    Scenes run from left to right in the order of the film. Whom somebody speaks to is an arrow, labelled with the
    number of scenes; two who are together without a word are joined by a dotted line.

    Args:
        film: The breakdown.

    Returns:
        The chart's text. Names are quoted and escaped: nothing in a script becomes a part of the chart.
    """
    names = {node.id: f"n{number}" for number, node in enumerate(film.graph.nodes)}
    lines = ["flowchart LR"]
    lines += [f"    {_node(node, names[node.id])}" for node in film.graph.nodes]
    lines += [f"    {edge}" for edge in _edges(film, names)]
    lines += ["    classDef scene fill:#fdf3d8,stroke:#a5822b", "    classDef character fill:#dcebf7,stroke:#1f6f8b"]
    lines += ["    classDef location fill:#e3f1e3,stroke:#2e7d4f", "    classDef prop fill:#f3f0ea,stroke:#7b746a"]
    return "\n".join(lines) + "\n"


def _node(node: GraphNode, name: str) -> str:
    before, after = _SHAPES[node.kind]
    return f"{name}{before}{_label(node.label)}{after}:::{node.kind}"


def _edges(film: Breakdown, names: dict[str, str]) -> Iterator[str]:
    spoken = {frozenset((edge.source, edge.target)) for edge in film.graph.edges if edge.relation == "speaks_to"}
    for edge in film.graph.edges:
        if edge.relation == "with" and frozenset((edge.source, edge.target)) in spoken:
            continue
        source, target = names[edge.source], names[edge.target]
        if edge.relation == "follows":  # The arrow points the way the film runs.
            source, target = target, source
        yield f"{source} {_ARROWS[edge.relation]}{_count(edge)} {target}"


def _count(edge: GraphEdge) -> str:
    return f"|{len(edge.scenes)}|" if edge.relation == "speaks_to" and len(edge.scenes) > 1 else ""


def _label(text: str) -> str:
    """Quote what Mermaid would read as its own, by character number."""
    words = plain(text)
    words = words if len(words) <= _LABEL else f"{words[: _LABEL - 1].rstrip()}…"
    return "".join(letter if letter.isalnum() or letter in " .,-–—'’/…" else f"#{ord(letter)};" for letter in words)
