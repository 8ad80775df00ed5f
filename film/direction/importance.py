"""Who matters how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from film.direction.cast import NARRATOR, Cast
from schemas.enums import ElementKind
from schemas.script import Element

SPEECHES, SCENES, MENTIONS = 0.5, 0.3, 0.2
"""What speeches, scenes and mentions in the action weigh."""


def weighed(cast: Cast, scenes: Iterable[Sequence[Element]]) -> Cast:
    """Find how much each character of a script matters.

    A character's weight is `0.5 * speeches + 0.3 * scenes + 0.2 * mentions`, each as a share of the largest
    count that anybody has; the importance is the weight as a share of the largest weight, so that whoever
    leads has 1.0.

    Args:
        cast: The characters.
        scenes: The elements of each scene.

    Returns:
        The same cast, with the importance of everybody.
    """
    speeches: Counter[str] = Counter()
    present: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for elements in scenes:
        here: set[str] = set()
        for element in elements:
            if element.kind is ElementKind.CHARACTER:
                spoken = cast.of(element.text)
            elif element.kind is ElementKind.DIALOGUE and element.speaker:
                spoken = cast.of(element.speaker)
            elif element.kind is ElementKind.ACTION:
                named = cast.mentions(element.text)
                for who in named:
                    mentions[who] += 1
                here.update(named)
                continue
            else:
                continue
            if spoken is not None and spoken != NARRATOR:
                together = {spoken, *cast.members(spoken)}
                for who in together:
                    speeches[who] += 1
                here |= together
        present.update(here)
    counted = ((SPEECHES, speeches), (SCENES, present), (MENTIONS, mentions))
    largest = [(weight, counts, max(counts.values(), default=1)) for weight, counts in counted]
    weights = {
        person.id: sum(weight * counts[person.id] / most for weight, counts, most in largest)
        for person in cast.characters
    }
    most = max(weights.values(), default=0.0) or 1.0
    return cast.changed(
        [person.model_copy(update={"importance": round(weights[person.id] / most, 3)}) for person in cast.characters]
    )
