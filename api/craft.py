"""What the API asks of the craft: handed in by whoever starts it, since of `film` it knows scripts alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from api.usecases.film_request import CheckAids, CheckGraphics
from api.usecases.given_files import Hear, MustBeSaid
from api.usecases.shots import ListShots
from api.usecases.take_references import ExamineReference
from schemas.cast import CastMember, Suggestion
from schemas.enums import MotionKind, RendererName
from schemas.graphics import Graphics, LetteringChoice
from schemas.motion import VideoModel
from schemas.painting import Painting, PaintingChoice
from schemas.script import Breakdown


class PlanPainting(Protocol):
    """Says how a film is painted in this installation."""

    def __call__(self, renderer: RendererName, choice: PaintingChoice, /) -> Painting | None:
        """Find the model, and look at it, off the event loop.

        Args:
            renderer: Who makes the keyframes.
            choice: What was chosen.

        Returns:
            How it is painted; None for a film that is drawn.

        Raises:
            InvalidRequest: Nothing is painted, but something was chosen, or there is no such LoRA here.
            ModelRefused: The model, or a LoRA, cannot be used.
        """
        ...


@dataclass(frozen=True)
class Craft:
    """Functions of `film`."""

    check_style: Callable[[str], object]
    """Raises InvalidRequest for a style that there is not; `film.prompting.style_named` does."""
    check_aids: CheckAids
    """Looks at LoRA, refiner, upscaler and reference pictures; `film.render.ordered.check_aids` does."""
    check_graphics: CheckGraphics
    """Looks at font, logo and credits; `film.edit.graphics.check_graphics` does."""
    examine_reference: ExamineReference
    """Reads a picture, a sound or a font of the user's own; `film.references.examine_reference` does."""
    hear: Hear
    """Listens to the sounds of an order; `film.hearing.hear` does."""
    must_be_said: MustBeSaid
    """Raises InvalidSound for a voice that says nothing in the film; `film.hearing.must_be_said` does."""
    list_loras: Callable[[], list[str]]
    """Names the LoRAs that go with the model that paints here; reads the heads of their files."""
    list_shots: ListShots
    """Says what shots are; `cli.shots.list_shots` does."""
    plan_painting: PlanPainting
    """Says how a film is painted here; `cli.craft` does."""
    plan_lettering: Callable[[LetteringChoice], tuple[Graphics, tuple[bytes, ...]]]
    """Says what is lettered, and with which files; raises InvalidRequest; `cli.lettering.choose_lettering` does."""
    plan_filming: Callable[[MotionKind], VideoModel | None]
    """Says how clips are made here, None where no model makes any; raises InvalidRequest or ModelRefused."""
    suggest_cast: Callable[[str, str, Sequence[CastMember]], tuple[Suggestion, ...]]
    """Finds whom of a script a cast might keep, in a process of its own; `film.casting.suggest_cast` does."""
    looks_in_words: Callable[[Sequence[CastMember]], Mapping[str, str]]
    """Says what a painter reads of a cast; `film.casting.looks_in_words` does."""
    spare_colour: Callable[[str, Sequence[str]], str]
    """Chooses what somebody wears where nothing says it; `film.casting.spare_colour` does."""
    looks_of_film: Callable[[Breakdown], Mapping[str, Hashable]]
    """Says, by their ids, on what of those in a film its pictures depend; `film.casting.looks_of_film` does."""
