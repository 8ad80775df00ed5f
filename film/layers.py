"""A picture in layers: what stands farther is a layer of its own, and knows how far it is.

`film.render` makes such pictures and `film.motion` films them: it moves and focuses each layer by its depth. Between
the two they travel as OpenRaster files, which Krita and GIMP open.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, register_namespace, tostring

import cv2
import numpy as np
import numpy.typing as npt
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from film.png import SIGNATURE, encode_png
from schemas.enums import FocusOn
from schemas.errors import RenderRefused

Image = npt.NDArray[Any]
"""Height × width × 3 (BGR) or × 4 (BGRA, alpha not multiplied in), uint8."""

LENS = 0.0
"""Depth of what lies on the lens: it keeps its place in the frame, however the camera moves."""

FARTHEST = 1000.0
"""The largest depth; nothing beyond it moves visibly."""


FOCUS_DEPTH: Mapping[FocusOn, float] = MappingProxyType({FocusOn.NEAR: 1.0, FocusOn.FAR: 2.0, FocusOn.SET: 4.0})
"""How far what is told apart by the focus stands in pictures for shots in which it moves: who draws them and who
focuses on them agree on it. Out of focus is what differs in the inverse of its distance: here, each by a quarter or
more."""


class LayerName(StrEnum):
    """What a layer shows, from the back to the front."""

    BACKGROUND = "background"
    """What fills the frame behind everything: the sky, or a room's walls and floor."""
    MIDDLE = "middle"
    """The set before the sky, and whoever stands between it and the figures."""
    FIGURES = "figures"
    """Who and what the shot is about, in focus."""
    FOREGROUND = "foreground"
    """What falls or drifts between the figures and the camera."""
    LENS = "lens"
    """What the lens itself does: a vignette. Its depth is `LENS`."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of a picture.

    Attributes:
        name: What it shows.
        image: BGRA, uint8, alpha not multiplied in; no larger than what is drawn on it needs to be.
        at: Where its upper left corner lies in the picture, in pixels: (x, y).
        depth: Its distance from the camera in that of the plane in focus: 1 where the subject of the shot stands, more
            behind it, less before it; `LENS` for what does not move. At most `FARTHEST`.
    """

    name: LayerName
    image: Image
    at: tuple[int, int]
    depth: float


@dataclass(frozen=True, eq=False)
class LayeredPicture:
    """A picture in layers.

    Attributes:
        width: Its width, in pixels.
        height: Its height, in pixels.
        layers: From the back to the front. The first covers the whole picture and is opaque; each lies inside it.
    """

    width: int
    height: int
    layers: tuple[Layer, ...]

    def flatten(self) -> Image:
        """Lay all layers over each other, as the camera at rest sees them.

        Returns:
            BGR, uint8, height × width × 3.
        """
        image = np.zeros((self.height, self.width, 3), np.uint8)
        for layer in self.layers:
            lay_over(image, layer.image, layer.at)
        return image


def lay_over(picture: Image, layer: Image, at: tuple[int, int]) -> None:
    """Lay a layer over a picture, in place.

    Args:
        picture: BGR, uint8.
        layer: BGRA, uint8, alpha not multiplied in.
        at: Where its upper left corner goes, (x, y); the whole of it lies inside the picture.
    """
    (x, y), (height, width) = at, layer.shape[:2]
    below = picture[y : y + height, x : x + width]
    # OpenCV multiplies the alpha in faster than anything else, and rounds as flattening should.
    front = cv2.cvtColor(cv2.cvtColor(layer, cv2.COLOR_RGBA2mRGBA), cv2.COLOR_BGRA2BGR)
    through = cv2.cvtColor(cv2.bitwise_not(cv2.extractChannel(layer, 3)), cv2.COLOR_GRAY2BGR)
    below[:] = cv2.add(front, cv2.multiply(below, through, scale=1 / 255))


# -- The file -----------------------------------------------------------------------------------------------------

MEDIA_TYPE = "image/openraster"
SUFFIX = ".ora"

_SPACE = "urn:ai-film-studio:layers"
"""The namespace of what OpenRaster has no attribute for."""
_DEPTH = f"{{{_SPACE}}}depth"
_STACK, _MERGED, _THUMBNAIL = "stack.xml", "mergedimage.png", "Thumbnails/thumbnail.png"
_THUMBNAIL_SIDE = 256
"""The largest side that the format allows it."""

# What is unpacked at most: all layers together, how many, and each side.
MOST_BYTES = 512 * 2**20
MOST_LAYERS = 16
MOST_SIDE = 4096
_MOST_XML = 64 * 2**10
_MOST_MEMBERS = 64

_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, cv2.error)
"""What reading a broken archive raises; an encrypted one, or one packed in another way, raises RuntimeErrors."""

register_namespace("film", _SPACE)


def write_layers(picture: LayeredPicture, merged: tuple[Image, bytes] | None = None) -> bytes:
    """Write a picture as an OpenRaster file.

    Args:
        picture: The picture.
        merged: What it looks like flattened, BGR and as PNG, where that has been made already.

    Returns:
        The file. Equal pictures give equal bytes: no clock is read.
    """
    flat, png = merged or (picture.flatten(), None)
    names = [f"data/{index:02}-{layer.name}.png" for index, layer in enumerate(picture.layers)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        # The format asks for this member first and not compressed, so that the file's kind shows in its first bytes.
        _store(archive, "mimetype", MEDIA_TYPE.encode())
        _store(archive, _STACK, _stack(picture, names))
        for layer, name in zip(picture.layers, names, strict=True):
            _store(archive, name, encode_png(_packed(layer.image)))
        _store(archive, _MERGED, png or encode_png(flat))
        share = min(1.0, _THUMBNAIL_SIDE / max(picture.width, picture.height))
        size = max(1, round(share * picture.width)), max(1, round(share * picture.height))
        _store(archive, _THUMBNAIL, encode_png(cv2.resize(flat, size, interpolation=cv2.INTER_AREA)))
    return file.getvalue()


def _packed(image: Image) -> Image:
    """Leave out an alpha that says nothing: there is a quarter less to write."""
    opaque = cv2.minMaxLoc(cv2.extractChannel(image, 3))[0] == 255
    return cv2.cvtColor(image, cv2.COLOR_BGRA2BGR) if opaque else image


def _store(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name)  # dated 1980, as a ZIP is that knows no better
    member.create_system = 3
    archive.writestr(member, data)


def _stack(picture: LayeredPicture, names: Iterable[str]) -> bytes:
    root = Element("image", version="0.0.3", w=str(picture.width), h=str(picture.height))
    stack = SubElement(root, "stack")
    for layer, name in reversed(list(zip(picture.layers, names, strict=True))):
        x, y = layer.at
        SubElement(
            stack, "layer", {"name": layer.name, "src": name, "x": str(x), "y": str(y), _DEPTH: repr(layer.depth)}
        )
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def read_layers(file: bytes) -> LayeredPicture:
    """Read what `write_layers` wrote. No more than `MOST_BYTES`, `MOST_LAYERS` and `MOST_SIDE` are unpacked.

    Raises:
        RenderRefused: The bytes are no such file, lack something, or ask for more than that.
    """
    if len(file) > MOST_BYTES:
        raise _refused(f"have {len(file)} bytes, and {MOST_BYTES} are allowed")
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            return _read(archive)
    except _BROKEN as error:
        raise _refused(f"are no OpenRaster file that can be unpacked ({error})") from error


def _refused(why: str) -> RenderRefused:
    return RenderRefused(f"The picture's layers {why}; render it again.")


def _read(archive: zipfile.ZipFile) -> LayeredPicture:
    if len(archive.infolist()) > _MOST_MEMBERS:
        raise _refused(f"are a file of {len(archive.infolist())} parts, and {_MOST_MEMBERS} are allowed")
    if _member(archive, "mimetype", 64).strip() != MEDIA_TYPE.encode():
        raise _refused(f"are not marked as {MEDIA_TYPE}")
    try:
        root = fromstring(_member(archive, _STACK, _MOST_XML), forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise _refused(f"have a {_STACK} that is no XML we read ({error})") from error
    width, height = (_whole(root, key, 1, MOST_SIDE) for key in ("w", "h"))
    elements = root.findall("stack/layer")
    if not 1 <= len(elements) <= MOST_LAYERS:
        raise _refused(f"are {len(elements)}, and 1 to {MOST_LAYERS} are allowed")
    layers: list[Layer] = []
    for element in reversed(elements):
        layers.append(_layer(archive, element, width, height))
        if sum(layer.image.nbytes for layer in layers) > MOST_BYTES:
            raise _refused(f"unpack to more than the {MOST_BYTES} bytes that are allowed")
    ground = layers[0].image
    if ground.shape[:2] != (height, width) or cv2.minMaxLoc(cv2.extractChannel(ground, 3))[0] < 255:
        raise _refused(f"have no ground: {layers[0].name}, the farthest, does not cover the picture")
    return LayeredPicture(width, height, tuple(layers))


def _layer(archive: zipfile.ZipFile, element: Element, width: int, height: int) -> Layer:
    named, depth = element.get("name", ""), element.get(_DEPTH, "")
    if named not in set(LayerName):
        raise _refused(f"hold one named {named[:40]!r}; known are {', '.join(LayerName)}")
    try:
        far = float(depth)
    except ValueError:
        far = -1.0
    if not 0 <= far <= FARTHEST:
        raise _refused(f"hold {named} at the depth {depth[:40]!r}; 0 to {FARTHEST:g} is possible")
    x, y = _whole(element, "x", 0, width - 1), _whole(element, "y", 0, height - 1)
    png = _member(archive, element.get("src", ""), 4 * MOST_SIDE * MOST_SIDE)
    # The size is read before the picture is unpacked: a few bytes of PNG can claim any number of pixels.
    if png[:8] != SIGNATURE or len(png) < 24:
        raise _refused(f"hold {named} as something else than PNG")
    w, h = struct.unpack(">II", png[16:24])
    if not (1 <= w <= width - x and 1 <= h <= height - y):
        raise _refused(f"hold {named} of {w}×{h} pixels at ({x}, {y}), outside the picture of {width}×{height}")
    image = _picture(png, named, cv2.IMREAD_UNCHANGED)
    if image.ndim != 3 or image.dtype != np.uint8:
        raise _refused(f"hold {named} without colours of 8 bits")
    return Layer(
        LayerName(named), image if image.shape[2] == 4 else cv2.cvtColor(image, cv2.COLOR_BGR2BGRA), (x, y), far
    )


def _picture(png: bytes, what: str, how: int) -> Image:
    image = cv2.imdecode(np.frombuffer(png, np.uint8), how)
    if image is None:
        raise _refused(f"hold {what} as {len(png)} bytes that do not decode")
    return image


def _whole(element: Element, key: str, least: int, most: int) -> int:
    text = element.get(key, "0" if key in {"x", "y"} else "")
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most):
        raise _refused(f"say {key}={text[:40]!r}; {least} to {most} is possible")
    return int(text)


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise _refused(f"lack {name[:60]!r}") from None
    if info.file_size > most:
        raise _refused(f"hold {name[:60]} of {info.file_size} bytes, and {most} are allowed")
    with archive.open(info) as member:
        # Asked for everything, it would unpack whatever is there, whatever size is claimed.
        return member.read(info.file_size)
