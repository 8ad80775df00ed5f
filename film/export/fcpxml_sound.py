"""The sound of an FCPXML document: clips that are connected to the picture beneath which they begin.

Source of the form: Apple's *FCPXML Reference* (`asset-clip` with `lane`, `adjust-volume` with `fadeIn`, `fadeOut`).
A connected clip lies in its parent: its offset counts in the parent's own time, and lanes below 0 lie beneath it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from film.edit.otio_sound import lanes_of
from film.export.reel import Clip, Reel, one_line
from schemas.enums import SoundKind
from schemas.sound import SAMPLE_RATE, SoundClip

ROLES = {SoundKind.MUSIC: "music", SoundKind.VOICE: "dialogue"}
"""Final Cut Pro's names of what a sound is for."""


def write_assets(parent: Element, reel: Reel, time: Callable[[int], str]) -> None:
    """Write the sound files as assets.

    Args:
        parent: The document's resources.
        reel: The film.
        time: Writes a number of frames.
    """
    lengths = {clip.media_sha256: clip for clip in reel.cut.soundtrack.clips} if reel.cut.soundtrack else {}
    for number, (sha256, url) in enumerate(reel.sounds.items(), start=1):
        clip = lengths[sha256]
        asset = SubElement(
            parent,
            "asset",
            id=f"s{number}",
            name=one_line(clip.name),
            start="0s",
            duration=time(max(clip.media_frames, clip.offset + clip.frames)),
            hasAudio="1",
            audioSources="1",
            audioChannels="2",
            audioRate=str(SAMPLE_RATE),
        )
        SubElement(asset, "media-rep", kind="original-media", src=f"./{quote(url)}")


def connect_sounds(pictures: Sequence[Element], reel: Reel, time: Callable[[int], str]) -> None:
    """Connect each sound to the picture beneath which it begins.

    Args:
        pictures: The elements of the film's shots, in order.
        reel: The film.
        time: Writes a number of frames.
    """
    if reel.cut.soundtrack is None:
        return
    refs = {sha256: f"s{number}" for number, sha256 in enumerate(reel.sounds, start=1)}
    for lane, clips in enumerate(lanes_of(reel.cut.soundtrack.clips), start=1):
        for clip in clips:
            index = next(index for index, shot in enumerate(reel.clips) if clip.start < shot.end)
            _connect(pictures[index], reel.clips[index], clip, refs[clip.media_sha256], -lane, time)


def _connect(picture: Element, shot: Clip, clip: SoundClip, ref: str, lane: int, time: Callable[[int], str]) -> None:
    made = SubElement(
        picture,
        "asset-clip",
        ref=ref,
        lane=str(lane),
        offset=time(shot.handle + clip.start - shot.start),
        name=one_line(clip.name),
        start=time(clip.offset),
        duration=time(clip.frames),
        audioRole=ROLES[clip.kind],
    )
    if clip.gain_db or clip.fade_in or clip.fade_out:
        gain = f"{clip.gain_db:g}dB"
        amount = SubElement(SubElement(made, "adjust-volume", amount=gain), "param", name="amount", value=gain)
        for name, frames in (("fadeIn", clip.fade_in), ("fadeOut", clip.fade_out)):
            if frames:
                SubElement(amount, name, type="easeIn", duration=time(frames))
