"""All that somebody chooses when they order a film."""

from __future__ import annotations

from schemas.base import Document
from schemas.graphics import LetteringChoice
from schemas.jobs import FilmOptions
from schemas.painting import PaintingChoice
from schemas.sound import SoundChoice


class FilmChoice(Document):
    """What somebody chooses about a film."""

    options: FilmOptions
    """The tier is the user's own, whatever stands there, and how it is painted the installation's."""
    painting: PaintingChoice = PaintingChoice()
    lettering: LetteringChoice = LetteringChoice()
    sound: SoundChoice = SoundChoice()
    at_most: int | None = None
    """Credits that it may cost, as it was quoted; None leaves that open."""
