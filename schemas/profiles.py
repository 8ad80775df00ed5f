"""How films may be encoded, as a table. A new profile is one row here.

A change of a row changes the names of what it makes, so that nothing is mixed. All rows but NVENC's give the same bytes
for the same frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schemas.enums import ProfileName, SoundCodec
from schemas.timeline import EncoderSettings, VideoCodec


@dataclass(frozen=True)
class Profile:
    """A profile."""

    name: ProfileName
    title: str
    """For people."""
    encoder: EncoderSettings
    instead: ProfileName | None = None
    """What is taken where the encoder does not work; None for encoders that always do."""

    @property
    def sound(self) -> SoundCodec:
        """How the film's sound is encoded."""
        return sound_of(self.encoder)

    @property
    def file_name(self) -> str:
        """Name of the film in the store."""
        return f"final.{self.encoder.container}"

    @property
    def media_type(self) -> str:
        """IANA media type of the film."""
        return MEDIA_TYPES[self.encoder.container]


MEDIA_TYPES: Final = {"mp4": "video/mp4", "mov": "video/quicktime"}
"""IANA media types by container."""


def sound_of(encoder: EncoderSettings) -> SoundCodec:
    """Say how the sound of a film is encoded: as its container's users expect."""
    return SoundCodec.PCM if encoder.container == "mov" else SoundCodec.AAC


_HEVC = VideoCodec(
    encoder="libx265",
    codec="hevc",
    pixels="yuv420p",
    tag="hvc1",
    container="mp4",
    options={
        "preset": "medium",
        "crf": "21",
        "x265-params": "pools=none:frame-threads=1:wpp=0:open-gop=0:info=0:log-level=none",
    },
)

_AV1 = VideoCodec(
    encoder="libsvtav1",
    codec="av1",
    pixels="yuv420p",
    tag="av01",
    container="mp4",
    options={"preset": "8", "crf": "28", "svtav1-params": "lp=1:keyint=240:enable-overlays=0"},
)

_PRORES = VideoCodec(
    encoder="prores_ks",
    codec="prores",
    pixels="yuv422p10le",
    tag="apch",
    container="mov",
    options={"profile": "hq", "vendor": "apl0"},
)

_NVENC = VideoCodec(
    encoder="h264_nvenc",
    codec="h264",
    pixels="yuv420p",
    tag="avc1",
    container="mp4",
    options={"preset": "p5", "tune": "hq", "rc": "vbr", "cq": "19", "b": "0"},
)

PROFILES: Final = {
    profile.name: profile
    for profile in (
        Profile(ProfileName.H264, "H.264 by x264, CRF 18: plays everywhere", EncoderSettings()),
        Profile(ProfileName.HEVC, "HEVC by x265, CRF 21: smaller, for newer players", EncoderSettings(video=_HEVC)),
        Profile(ProfileName.AV1, "AV1 by SVT-AV1, CRF 28: smallest, for browsers", EncoderSettings(video=_AV1)),
        Profile(ProfileName.PRORES, "ProRes 422 HQ in QuickTime: for editors", EncoderSettings(video=_PRORES)),
        Profile(ProfileName.PREVIEW, "H.264 at half the size, CRF 28: to look at", EncoderSettings(crf=28, shrink=2)),
        Profile(
            ProfileName.NVENC,
            "H.264 by a graphics card, where there is one",
            EncoderSettings(video=_NVENC),
            instead=ProfileName.H264,
        ),
    )
}
"""All profiles, by name."""


def profile_of(encoder: EncoderSettings) -> Profile:
    """Find the profile that encodes in a way; a watermark makes no difference."""
    plain = encoder.model_copy(update={"watermark": None})
    return next((row for row in PROFILES.values() if row.encoder == plain), PROFILES[ProfileName.H264])
