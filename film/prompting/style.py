"""Styles as data: one TOML file each, under `styles/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from schemas.base import Document
from schemas.errors import InvalidRequest
from schemas.prompt import Palette


class Style(Document):
    """A look that a whole film shares."""

    name: str
    """What users type; the file's name."""
    title: str
    """What users read."""
    medium: str
    """What the picture is, before anything else is said: film still, ink drawing."""
    modifiers: tuple[str, ...]
    """Words that end every positive prompt."""
    negative: tuple[str, ...]
    """Words that begin every negative prompt."""
    lens: str
    """How the camera sees."""
    light: str
    """How the style lights."""
    palette: Palette


@cache
def styles() -> Mapping[str, Style]:
    """Read all styles.

    Returns:
        The styles by name, in alphabetical order; read-only.
    """
    folder = files("film.prompting") / "styles"
    found = {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    return MappingProxyType({name: Style(name=name, **found[name]) for name in sorted(found)})


def style_named(name: str) -> Style:
    """Find a style.

    Raises:
        InvalidRequest: There is no such style; the message lists those there are.
    """
    known = styles()
    if name not in known:
        raise InvalidRequest(f"There is no style “{name}”; choose one of {', '.join(known)}.")
    return known[name]
