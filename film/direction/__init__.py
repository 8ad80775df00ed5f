"""Direction: from a script's elements to scenes, characters and shots."""

from film.direction.direct import direct

__all__ = ["direct"]
