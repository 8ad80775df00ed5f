"""One door for files of the user's own: each is read as whoever paints, mixes or letters will read it."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from film.edit.graphics import check_logo
from film.lettering import read_font
from film.lettering.faces import MAX_BYTES as MAX_FONT_BYTES
from film.render.reference import MAX_BYTES, read_reference
from film.sound.files import read_sound
from schemas.errors import ModelRefused
from schemas.references import Examined, ReferenceKind

HEARD_S = 600.0
"""How far a sound is decoded, in seconds: an order that needs more of it decodes the rest."""


def examine_reference(path: Path, kind: ReferenceKind, media_type: str, name: str) -> Examined:
    """Read a file as the film would.

    Args:
        path: The file.
        kind: What it is to its project.
        media_type: What it was announced as; of a picture, its content must agree.
        name: What its user calls it, for the error.

    Returns:
        What it is.

    Raises:
        ModelRefused: It is no picture that can be used, or another kind of picture than was announced.
        InvalidSound: It is no sound that can be heard.
        InvalidRequest: It is no font that can be read, or no logo.
    """
    if kind.is_sound:
        return Examined(samples=read_sound(path, name, HEARD_S).samples)
    with path.open("rb") as file:
        data = file.read(max(MAX_BYTES, MAX_FONT_BYTES) + 1)
    if kind is ReferenceKind.FONT:
        read_font(data, name)
        return Examined()
    if kind is ReferenceKind.LOGO:
        width, height = check_logo(data, name)
        return Examined(width=width, height=height)
    picture = read_reference(data, name)
    with Image.open(io.BytesIO(data)) as again:  # its head alone: what was read above is RGB, and no format any more
        found = Image.MIME.get(again.format or "", "")
    if found != media_type:
        raise ModelRefused(f"The reference picture of {name} is {found}, and was announced as {media_type}; say so.")
    return Examined(width=picture.width, height=picture.height)
