"""Letters for films: fonts, shaping, setting, drawing. See README.md."""

from film.lettering.drawing import Coverage, Ink, draw
from film.lettering.faces import Face, Faces, Tongue, Weight, has_signs, read_font, tongue_of
from film.lettering.setting import Align, Set, Style, set_lines, set_text
from film.lettering.shaping import runs_leftwards

__all__ = [
    "Align",
    "Coverage",
    "Face",
    "Faces",
    "Ink",
    "Set",
    "Style",
    "Tongue",
    "Weight",
    "draw",
    "has_signs",
    "read_font",
    "runs_leftwards",
    "set_lines",
    "set_text",
    "tongue_of",
]
