"""Programs and libraries inside Python packages that have a licence of their own: builds of FFmpeg."""

from __future__ import annotations

import ctypes
import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path

import imageio_ffmpeg

from deploy.sbom.parts import InventoryError, Kind, Part

GPL_LIBRARIES = frozenset(
    f"--enable-{name}"
    for name in (
        "avisynth", "frei0r", "libcdio", "libdavs2", "libdvdnav", "libdvdread", "librubberband", "libvidstab",
        "libx264", "libx265", "libxavs2", "libxvid",
    )
)  # fmt: skip
"""What FFmpeg's own configure counts as GPL. A build with one of them is so, whatever it says of itself: PyAV's calls
itself LGPL and holds x264 and x265."""

LINKED = ("av", "opencv-python-headless")
"""Packages with FFmpeg's libraries in them."""


def ffmpegs() -> list[Part]:
    """Find the builds of FFmpeg that images have, each with the flags it was configured by."""
    return [_program(), *map(_libraries, LINKED)]


def licence_by(configuration: str) -> str:
    """Tell FFmpeg's licence by the flags of a build, as FFmpeg's own LICENSE.md and configure say.

    Args:
        configuration: What `ffmpeg -version` prints behind `configuration:`.

    Returns:
        An expression of SPDX; `LicenseRef-…` for a build that nobody may hand on.
    """
    flags = set(configuration.split())
    if "--enable-nonfree" in flags:
        return "LicenseRef-FFmpeg-nonfree"
    if "--enable-gpl" in flags or flags & GPL_LIBRARIES:
        return "GPL-3.0-or-later" if "--enable-version3" in flags else "GPL-2.0-or-later"
    return "LGPL-3.0-or-later" if "--enable-version3" in flags else "LGPL-2.1-or-later"


def _program() -> Part:
    """The program that the command lines run: of the package imageio-ffmpeg, statically linked."""
    told = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-version"], capture_output=True, text=True, check=True
    ).stdout
    version, configuration = re.search(r"ffmpeg version (\S+)", told), re.search(r"configuration: (.*)", told)
    if version is None or configuration is None:
        raise InventoryError("ffmpeg -version does not say how this FFmpeg was built.")
    return _build("ffmpeg in imageio-ffmpeg", version[1], configuration[1], Kind.APPLICATION)


def _libraries(package: str) -> Part:
    """FFmpeg's libraries inside a package, loaded to be asked."""
    held = [Path(str(file.locate())) for file in distribution(package).files or [] if "libavcodec" in file.name]
    if not held:
        raise InventoryError(f"{package} has no libavcodec in it any more: take it out of deploy/sbom/binaries.py.")
    library = ctypes.CDLL(str(held[0].resolve()))
    library.avcodec_configuration.restype = ctypes.c_char_p
    number = int(library.avcodec_version())
    version = f"libavcodec-{number >> 16}.{number >> 8 & 255}.{number & 255}"
    return _build(f"ffmpeg in {package}", version, library.avcodec_configuration().decode(), Kind.LIBRARY)


def _build(name: str, version: str, configuration: str, kind: Kind) -> Part:
    flags = " ".join(flag for flag in configuration.split() if flag.startswith(("--enable-", "--disable-")))
    return Part(
        name=name,
        version=version,
        licence=licence_by(configuration),
        purl=f"pkg:generic/ffmpeg@{version}",
        kind=kind,
        facts={"configuration": flags},
    )
