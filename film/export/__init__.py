"""Hands a finished film over to editors, in their formats, with media that they can cut."""

from film.export.formats import FORMATS, Format, export
from film.export.reel import Reel, make_reel

__all__ = ["FORMATS", "Format", "Reel", "export", "make_reel"]
