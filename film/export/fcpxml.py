"""FCPXML 1.9, for Final Cut Pro and Resolve. Written here, since OpenTimelineIO's adapter drops dissolves.

Source of the form: Apple's *FCPXML Reference* and its document type definition. A dissolve is a `transition` centred on
its cut; a fade is the clip's opacity over black (`adjust-blend` with `fadeIn` and `fadeOut`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from film.export.fcpxml_sound import connect_sounds, write_assets
from film.export.reel import Clip, Reel, one_line
from schemas.rate import drops_frames

_DISSOLVE = "FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265"
"""What Final Cut Pro calls its Cross Dissolve."""


def write_fcpxml(reel: Reel, folder: Path) -> bytes:
    """Write a reel as FCPXML; its media is named relative to the document."""
    del folder
    root = Element("fcpxml", version="1.9")
    _resources(SubElement(root, "resources"), reel)
    event = SubElement(SubElement(root, "library"), "event", name=one_line(reel.cut.title))
    project = SubElement(event, "project", name=one_line(reel.cut.title))
    sequence = SubElement(
        project,
        "sequence",
        format="r1",
        duration=_time(reel.cut.frames, reel),
        tcStart="0s",
        tcFormat=_counting(reel),
    )
    spine = SubElement(sequence, "spine")
    for number, clip in enumerate(reel.clips):
        if clip.dissolve:
            offset = _time(clip.start - clip.early, reel)
            transition = SubElement(
                spine, "transition", name="Cross Dissolve", offset=offset, duration=_time(clip.dissolve, reel)
            )
            SubElement(transition, "filter-video", ref="r2", name="Cross Dissolve")
        _clip(spine, number, clip, reel)
    connect_sounds(spine.findall("asset-clip"), reel, partial(_time, reel=reel))
    indent(root)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n'
    return head + bytes(tostring(root, encoding="utf-8", xml_declaration=False)) + b"\n"


def _resources(parent: Element, reel: Reel) -> None:
    SubElement(
        parent,
        "format",
        id="r1",
        frameDuration=_time(1, reel),
        width=str(reel.cut.width),
        height=str(reel.cut.height),
        colorSpace="1-1-1 (Rec. 709)",
    )
    SubElement(parent, "effect", id="r2", name="Cross Dissolve", uid=_DISSOLVE)
    for number, clip in enumerate(reel.clips):
        asset = SubElement(
            parent,
            "asset",
            id=f"a{number + 1}",
            name=clip.file,
            start="0s",
            duration=_time(clip.media_frames, reel),
            hasVideo="1",
            format="r1",
        )
        SubElement(asset, "media-rep", kind="original-media", src=f"./{quote(clip.url)}")
    write_assets(parent, reel, partial(_time, reel=reel))


def _clip(spine: Element, number: int, clip: Clip, reel: Reel) -> None:
    made = SubElement(
        spine,
        "asset-clip",
        ref=f"a{number + 1}",
        offset=_time(clip.start, reel),
        name=one_line(clip.item.name),
        start=_time(clip.handle, reel),
        duration=_time(clip.frames, reel),
        format="r1",
        tcFormat=_counting(reel),
    )
    if clip.fade_in or clip.fade_out:
        amount = SubElement(SubElement(made, "adjust-blend", amount="1"), "param", name="amount", value="1")
        for name, frames in (("fadeIn", clip.fade_in), ("fadeOut", clip.fade_out)):
            if frames:
                SubElement(amount, name, type="linear", duration=_time(frames, reel))


def _counting(reel: Reel) -> str:
    """How timecode is counted."""
    return "DF" if drops_frames(reel.fps) else "NDF"


def _time(frames: int, reel: Reel) -> str:
    if not frames:
        return "0s"
    rate = Fraction(reel.fps)
    return f"{frames * rate.denominator}/{rate.numerator}s"
