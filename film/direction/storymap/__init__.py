"""The scene graph for people to look at: as a story map in SVG or PNG, and as Mermaid."""

from film.direction.storymap.draw import draw_story_map
from film.direction.storymap.mermaid import to_mermaid
from film.direction.storymap.picture import to_png

__all__ = ["draw_story_map", "to_mermaid", "to_png"]
