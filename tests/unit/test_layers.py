"""A picture in layers survives its file, and a file that is none is refused."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.layers import LENS, MOST_SIDE, Layer, LayeredPicture, LayerName, read_layers, write_layers
from film.png import encode_png
from schemas.errors import RenderRefused
from tests.effort import tries

W, H = 48, 32


def pixels(width: int, height: int, seed: int, channels: int = 4) -> npt.NDArray[Any]:
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)


def ground(width: int = W, height: int = H, depth: float = 100.0) -> Layer:
    image = pixels(width, height, 1)
    image[:, :, 3] = 255
    return Layer(LayerName.BACKGROUND, image, (0, 0), depth)


def picture(*layers: Layer) -> LayeredPicture:
    return LayeredPicture(W, H, (ground(), *layers))


FIGURE = Layer(LayerName.FIGURES, pixels(20, 12, 2), (7, 9), 1.0)
VIGNETTE = Layer(LayerName.LENS, pixels(W, H, 3), (0, 0), LENS)
WHOLE = picture(FIGURE, VIGNETTE)


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def changed(**members: bytes | None) -> bytes:
    """The file of a picture with one of its members replaced, or left out."""
    names = {"stack": "stack.xml", "mimetype": "mimetype", "figures": "data/01-figures.png"}
    found = parts(write_layers(WHOLE))
    for key, data in members.items():
        if data is None:
            del found[names[key]]
        else:
            found[names[key]] = data
    return packed(found)


def stack(old: str, new: str) -> bytes:
    text = parts(write_layers(WHOLE))["stack.xml"].decode()
    assert old in text
    return changed(stack=text.replace(old, new).encode())


def decoded(png: bytes) -> npt.NDArray[Any]:
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    assert image is not None
    return image


def over(below: npt.NDArray[Any], layer: Layer) -> npt.NDArray[Any]:
    """Lay a layer over a picture by the formula, in floating point."""
    (x, y), (h, w) = layer.at, layer.image.shape[:2]
    alpha = layer.image[:, :, 3:] / 255
    out = below.copy()
    out[y : y + h, x : x + w] = layer.image[:, :, :3] * alpha + below[y : y + h, x : x + w] * (1 - alpha)
    return out


def test_flattening_lays_each_layer_over_those_before_it() -> None:
    exact = np.zeros((H, W, 3))
    for layer in WHOLE.layers:
        exact = over(exact, layer)
    # Each layer that shines through rounds twice.
    assert np.abs(WHOLE.flatten() - exact).max() <= 3


def test_what_is_opaque_hides_all_and_what_is_clear_nothing() -> None:
    clear = Layer(LayerName.FIGURES, FIGURE.image * np.array([1, 1, 1, 0], np.uint8), FIGURE.at, 1.0)
    assert (picture(clear).flatten() == ground().image[:, :, :3]).all()
    solid = Layer(LayerName.FIGURES, FIGURE.image | np.array([0, 0, 0, 255], np.uint8), FIGURE.at, 1.0)
    assert (picture(solid).flatten()[9:21, 7:27] == solid.image[:, :, :3]).all()


_LAYERS = st.builds(
    lambda name, x, y, w, h, depth, seed: Layer(name, pixels(min(w, W - x), min(h, H - y), seed), (x, y), depth),
    st.sampled_from(list(LayerName)),
    st.integers(0, W - 1),
    st.integers(0, H - 1),
    st.integers(1, W),
    st.integers(1, H),
    st.floats(0, 1000),
    st.integers(0, 2**32 - 1),
)


@settings(max_examples=tries(100, 10))
@given(st.lists(_LAYERS, max_size=6))
def test_a_picture_is_read_as_it_was_written(layers: list[Layer]) -> None:
    written = picture(*layers)
    file = write_layers(written)
    assert file == write_layers(written)
    back = read_layers(file)
    assert (back.width, back.height) == (W, H)
    assert [(one.name, one.at, one.depth) for one in back.layers] == [
        (one.name, one.at, one.depth) for one in written.layers
    ]
    assert all((one.image == other.image).all() for one, other in zip(back.layers, written.layers, strict=True))


def test_the_file_is_what_painting_programs_open() -> None:
    file = write_layers(WHOLE)
    # The first member, not compressed, tells the kind of file.
    assert file[30:54] == b"mimetypeimage/openraster"
    members = parts(file)
    assert (decoded(members["mergedimage.png"]) == WHOLE.flatten()).all()
    assert max(decoded(members["Thumbnails/thumbnail.png"]).shape[:2]) <= 256
    lines = members["stack.xml"].decode().split("<layer")
    assert [line.split('name="')[1].split('"')[0] for line in lines[1:]] == ["lens", "figures", "background"]


def test_a_thumbnail_of_a_large_picture_is_small() -> None:
    large = LayeredPicture(600, 300, (ground(600, 300),))
    assert decoded(parts(write_layers(large))["Thumbnails/thumbnail.png"]).shape == (128, 256, 3)


def test_what_was_flattened_already_is_not_flattened_again() -> None:
    flat = WHOLE.flatten()
    png = encode_png(flat)
    assert write_layers(WHOLE, merged=(flat, png)) == write_layers(WHOLE)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 7, 4), (9, 1, 3), (30, 41, 4)])
def test_png_keeps_every_level(shape: tuple[int, int, int]) -> None:
    image = pixels(shape[1], shape[0], 4, shape[2])
    assert (decoded(encode_png(image)) == image).all()


_WIDE = encode_png(pixels(W, 2, 5))

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "no OpenRaster file"),
    "half a file": (write_layers(WHOLE)[:900], "no OpenRaster file"),
    "no mark": (changed(mimetype=None), "lack 'mimetype'"),
    "another mark": (changed(mimetype=b"application/zip"), "image/openraster"),
    "no stack": (changed(stack=None), "lack 'stack.xml'"),
    "a stack that is no XML": (changed(stack=b"<image"), "no XML"),
    "an entity bomb": (changed(stack=b'<!DOCTYPE a [<!ENTITY b "cc">]><image>&b;</image>'), "no XML"),
    "a stack of a megabyte": (changed(stack=b" " * 2**20), "1048576 bytes"),
    "no layers": (changed(stack=b'<image w="48" h="32"><stack/></image>'), "are 0"),
    "too many layers": (
        changed(stack=b'<image w="48" h="32"><stack>' + b"<layer/>" * 17 + b"</stack></image>"),
        "are 17",
    ),
    "a giant": (stack('w="48"', f'w="{MOST_SIDE + 1}"'), "w='4097'"),
    "a width in words": (stack('w="48"', 'w="wide"'), "w='wide'"),
    "an unknown layer": (stack('name="lens"', 'name="ceiling"'), "'ceiling'"),
    "no depth": (stack('film:depth="1.0"', ""), "depth ''"),
    "a depth that is no number": (stack('film:depth="1.0"', 'film:depth="nan"'), "depth 'nan'"),
    "a depth behind the camera": (stack('film:depth="1.0"', 'film:depth="-1"'), "depth '-1'"),
    "a layer that is not there": (stack("data/01-figures.png", "data/../x.png"), "lack 'data/../x.png'"),
    "a layer outside": (stack('x="7"', 'x="40"'), "outside the picture"),
    "a place below zero": (stack('x="7"', 'x="-7"'), "x='-7'"),
    "a layer of another size": (changed(figures=_WIDE), "outside the picture"),
    "a layer that is no PNG": (changed(figures=b"GIF89a" + bytes(40)), "else than PNG"),
    "a PNG that breaks off": (changed(figures=encode_png(FIGURE.image)[:30]), "do not decode"),
    "grey": (changed(figures=bytes(cv2.imencode(".png", FIGURE.image[:, :, 0])[1])), "colours of 8 bits"),
    "a ground with holes": (write_layers(LayeredPicture(W, H, (VIGNETTE,))), "no ground"),
    "a ground that is too small": (write_layers(LayeredPicture(W, H, (FIGURE,))), "no ground"),
    "too many parts": (
        packed(parts(write_layers(WHOLE)) | {f"data/{number}": b"" for number in range(70)}),
        "77 parts",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_such_file_is_refused(what: str) -> None:
    file, why = REFUSED[what]
    with pytest.raises(RenderRefused, match=why) as refused:
        read_layers(file)
    assert str(refused.value).startswith("The picture's layers ")
    assert str(refused.value).endswith("; render it again.")


def test_a_member_that_swells_is_not_unpacked() -> None:
    members = parts(write_layers(WHOLE)) | {"data/01-figures.png": bytes(80 * 2**20)}
    file = packed(members, zipfile.ZIP_DEFLATED)
    assert len(file) < 2**20
    with pytest.raises(RenderRefused, match="83886080 bytes"):
        read_layers(file)


@settings(max_examples=tries(400, 40))
@given(st.integers(0, 10**6), st.integers(1, 255), st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_a_file_with_a_broken_byte_is_read_or_refused(where: int, change: int, how: int) -> None:
    file = bytearray(packed(parts(write_layers(picture(FIGURE))), how))
    file[where % len(file)] ^= change
    try:
        back = read_layers(bytes(file))
    except RenderRefused:
        return
    assert back.flatten().shape == (H, W, 3)
