"""Styles as data: one TOML file each. Ours lie under `styles/`; users bring theirs as a folder or as single files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from schemas.enums import Texture
from schemas.errors import InvalidRequest
from schemas.prompt import Palette
from schemas.style import MAX_MODIFIERS, MAX_NEGATIVES, StyleSpec

MAX_STYLE_BYTES = 64 * 1024
"""No style is longer: ours have less than 1 KiB."""

SUFFIX = ".toml"

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TEXT = "one line of 1 to 80 characters"
_COLOUR = "a colour as #rrggbb, such as #5fb4f2"
_ALLOWED: Mapping[str, str] = {
    "title": "one line of 1 to 60 characters",
    "medium": _TEXT,
    "modifiers": f"a list of 1 to {MAX_MODIFIERS} texts, each {_TEXT}",
    "negative": f"a list of 1 to {MAX_NEGATIVES} texts, each {_TEXT}",
    "lens": _TEXT,
    "light": _TEXT,
    "palette": "a table with sky, ground, accent, shadow and light",
    **{f"palette.{colour}": _COLOUR for colour in ("sky", "ground", "accent", "shadow", "light")},
    "palette.saturation": "a number from 0 to 2; 1 leaves colours as they are",
    "palette.contrast": "a number from 0 to 2; 1 leaves contrast as it is",
    "palette.line": "a number from 0 to 6, in pixels at 1280x720; 0 draws no outlines",
    "palette.texture": f"one of {', '.join(texture.value for texture in Texture)}",
}
"""What each key may hold, in words."""


@cache
def built_in() -> Mapping[str, StyleSpec]:
    """Read the styles that come with this package.

    Returns:
        The styles by name, in alphabetical order; read-only.
    """
    folder = files("film.prompting") / "styles"
    found = {
        entry.name.removesuffix(SUFFIX): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(SUFFIX)
    }
    return MappingProxyType({name: StyleSpec(name=name, **found[name]) for name in sorted(found)})


def styles(folder: Path | None = None) -> Mapping[str, StyleSpec]:
    """Read all styles.

    Args:
        folder: A user's own, besides ours; one with the name of ours takes its place.

    Returns:
        The styles by name, in alphabetical order; read-only.

    Raises:
        InvalidRequest: The folder or a file in it cannot be used.
    """
    if folder is None:
        return built_in()
    own = {path.stem: read_style(path) for path in _files(folder)}
    found = {**built_in(), **own}
    return MappingProxyType({name: found[name] for name in sorted(found)})


def style_named(name: str, folder: Path | None = None) -> StyleSpec:
    """Find a style. Of the folder no other file is read, so that a mistake in one style does not keep others away.

    Args:
        name: Its name, or the path of its file: whatever ends with `.toml` is a path.
        folder: A user's own styles, besides ours.

    Raises:
        InvalidRequest: There is no such style, in which case the message lists those there are; or it cannot be used.
    """
    if name.endswith(SUFFIX):
        return read_style(Path(name))
    own = {path.stem: path for path in _files(folder)} if folder is not None else {}
    if name in own:
        return read_style(own[name])
    if name in built_in():
        return built_in()[name]
    known = sorted({*built_in(), *own})
    raise InvalidRequest(
        f"There is no style “{name}”; choose one of {', '.join(known)}, or name a file that ends with {SUFFIX}."
    )


def read_style(path: Path) -> StyleSpec:
    """Read a style's file. The file's name without `.toml` is the style's.

    Raises:
        InvalidRequest: It cannot be used; the sentence names the file, the key, and what it may hold.
    """
    if not _NAME.fullmatch(path.stem):
        raise InvalidRequest(
            f"{path} cannot be a style: its name must be of at most 40 small letters, digits, hyphens and underscores."
        )
    try:
        with path.open("rb") as file:
            data = file.read(MAX_STYLE_BYTES + 1)
    except FileNotFoundError as error:
        raise InvalidRequest(f"There is no style file {path}.") from error
    except OSError as error:
        raise InvalidRequest(f"The style file {path} cannot be read: {error.strerror}.") from error
    if len(data) > MAX_STYLE_BYTES:
        raise InvalidRequest(f"The style file {path} is larger than {MAX_STYLE_BYTES // 1024} KiB; no style is.")
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidRequest(f"The style file {path} is not TOML in UTF-8: {error}.") from error
    except RecursionError as error:
        raise InvalidRequest(
            f"The style file {path} is nested too deeply; a style has one table, [palette]."
        ) from error
    return _checked(table, path)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InvalidRequest(f"The folder of styles {folder} does not exist; create it, or correct STUDIO_STYLES.")
    return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))


def _checked(table: dict[str, Any], path: Path) -> StyleSpec:
    if "name" in table:
        raise InvalidRequest(f"The style file {path} has a key “name”: leave it out, the file's name is the style's.")
    try:
        return StyleSpec.model_validate({**table, "name": path.stem})
    except ValidationError as error:
        raise InvalidRequest(_sentence(error, path)) from error


def _sentence(error: ValidationError, path: Path) -> str:
    """Say the first mistake in one sentence."""
    first = error.errors(include_url=False, include_input=False)[0]
    key = ".".join(part for part in first["loc"] if isinstance(part, str))
    if first["type"] == "extra_forbidden":
        model = Palette if "." in key else StyleSpec
        known = ", ".join(field for field in model.model_fields if field != "name")
        within = " in [palette]" if "." in key else ""
        return f"The style file {path} has an unknown key “{key}”; the keys{within} are {known}."
    allowed = _ALLOWED.get(key, first["msg"])
    if first["type"] == "missing":
        return f"The style file {path} lacks the key “{key}”: {allowed}."
    return f"The style file {path} has a “{key}” that cannot be used; it must be {allowed}."
