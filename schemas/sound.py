"""Sound: what a user gives with a film, where it lies in the film, and what was made of it.

Times of an order are seconds; in the film all times are whole frames. Levels are decibels; loudness is in LUFS and
peaks in dBTP, as EBU R128 defines them.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from schemas.artifact import Sha256
from schemas.base import Document, Message, is_none
from schemas.enums import SoundKind
from schemas.rate import Rate, write_rate

SAMPLE_RATE = 48_000
"""Samples a second of every mix: what films have."""

MAX_VOICES = 2_000
"""Voice files of one film."""

MAX_SOUND_BYTES = 2 << 30
"""The largest sound file that is taken."""

Gain = Annotated[float, Field(ge=-60.0, le=24.0)]
Seconds = Annotated[float, Field(ge=0.0, le=6 * 3600)]
Frames = Annotated[int, Field(ge=0)]


class SoundFile(Document):
    """A sound file that was given, and was decoded as far as the film may need it."""

    sha256: Sha256
    name: str
    """The name it was given under: what an editor sees."""
    samples: Annotated[int, Field(gt=0)]
    """Its length at `SAMPLE_RATE`; of one that is longer than the film, at least the film's."""


class MusicBed(Document):
    """Music beneath the whole film."""

    file: SoundFile
    gain_db: Gain = 0.0
    """Against the voices' loudness where nobody speaks."""
    start_s: Seconds = 0.0
    """When it begins, in seconds of the film."""
    fade_in_s: Seconds = 0.5
    fade_out_s: Seconds = 3.0
    """Ends with the film's last frame, or with the music's where it is not repeated."""
    loop: bool = True
    """Whether music shorter than the film begins anew; each time it fades over from itself."""
    crossfade_s: Seconds = 2.0
    """How long that takes, at most; never more than a third of the music."""


class VoiceFile(Document):
    """A voice recorded for one line of the film."""

    file: SoundFile
    line: Annotated[int | None, Field(ge=1, exclude_if=is_none)] = None
    """Which of the film's lines it says, dialogue and narration counted from 1 in the order of the script."""
    shot: Annotated[str | None, Field(exclude_if=is_none)] = None
    """Id of the shot with which it begins, where it says no line."""
    gain_db: Gain = 0.0


class Ducking(Document):
    """How the music makes room for voices."""

    depth_db: Annotated[float, Field(ge=0.0, le=60.0)] = 12.0
    """How much it falls while somebody speaks."""
    attack_s: Annotated[float, Field(gt=0.0, le=5.0)] = 0.25
    """How long it takes to fall; it is down when the first word begins."""
    hold_s: Annotated[float, Field(ge=0.0, le=10.0)] = 0.6
    """Pauses shorter than this leave it down."""
    release_s: Annotated[float, Field(gt=0.0, le=10.0)] = 0.8
    """How long it takes to come back."""


class Loudness(Document):
    """What the finished sound is levelled to."""

    integrated_lufs: Annotated[float, Field(ge=-40.0, le=-8.0)] = -16.0
    """Integrated loudness (EBU R128, ITU-R BS.1770)."""
    peak_dbtp: Annotated[float, Field(ge=-12.0, le=-0.1)] = -1.0
    """Highest true peak."""


class SoundOrder(Document):
    """The sound that a user ordered with a film."""

    music: MusicBed | None = None
    voices: Annotated[tuple[VoiceFile, ...], Field(max_length=MAX_VOICES)] = ()
    ducking: Ducking = Ducking()
    loudness: Loudness = Loudness()

    @property
    def files(self) -> tuple[SoundFile, ...]:
        """All files, each once."""
        given = [*([self.music.file] if self.music else []), *(voice.file for voice in self.voices)]
        return tuple({file.sha256: file for file in given}.values())


VOICE_SAYS = r"^([0-9]{1,6}|s[0-9]{3,6}-[0-9]{3,6}(-[0-9]{1,3})?)$"
"""How an order names what a voice says: a line's number, a shot, or which of the lines that begin in a shot."""


class MusicChoice(Document):
    """Music that shall lie beneath a film."""

    sha256: Sha256
    """Of the file."""
    gain_db: Gain = 0.0
    once: bool = False
    """Whether music that is shorter than the film ends, instead of beginning anew."""
    duck_db: Annotated[float, Field(ge=0.0, le=60.0)] = Ducking().depth_db
    """How much it falls while somebody speaks."""


class VoiceChoice(Document):
    """A voice that shall be heard."""

    sha256: Sha256
    """Of the file."""
    says: Annotated[str | None, Field(pattern=VOICE_SAYS)] = None
    """What it says; None where the file's name tells."""


class SoundChoice(Document):
    """What somebody may choose to have heard, by the sha256 of their files."""

    music: MusicChoice | None = None
    voices: Annotated[tuple[VoiceChoice, ...], Field(max_length=MAX_VOICES)] = ()


class NamedSound(Document):
    """A file that a project has, and what its user calls it."""

    sha256: Sha256
    name: str
    """What an editor sees and, of a voice, what tells what it says where `says` does not."""
    says: str = ""


class NamedSounds(Document):
    """What somebody chose to have heard, found in their project."""

    music: NamedSound | None = None
    voices: tuple[NamedSound, ...] = ()
    gain_db: Gain = 0.0
    """Of the music."""
    duck_db: Annotated[float, Field(ge=0.0, le=60.0)] = Ducking().depth_db
    once: bool = False


class SoundClip(Document):
    """A stretch of a sound file, and where it is heard in the film. Fades are of equal power."""

    kind: SoundKind
    name: str
    """What an editor sees on the clip."""
    media_key: str
    """Key of the file in the assets bucket."""
    media_sha256: Sha256
    media_frames: Annotated[int, Field(gt=0)]
    """Length of the file, in whole frames of the film, the last one begun counted."""
    start: Frames
    """First frame of the film at which it is heard."""
    frames: Annotated[int, Field(gt=0)]
    offset: Frames = 0
    """First frame of the file that is heard."""
    gain_db: Gain = 0.0
    fade_in: Frames = 0
    fade_out: Frames = 0

    @property
    def end(self) -> int:
        """First frame of the film at which it is no longer heard."""
        return self.start + self.frames


class Soundtrack(Document):
    """All that is heard in a film, and how it is mixed."""

    clips: Annotated[tuple[SoundClip, ...], Field(min_length=1)]
    ducking: Ducking = Ducking()
    loudness: Loudness = Loudness()

    def spec(self, frames: int, fps: Rate, codec: str) -> dict[str, Any]:
        """Return what the mixed sound depends on: names and places in the store are left out.

        Args:
            frames: Length of the film.
            fps: Its frames a second.
            codec: How the sound is encoded.
        """
        plain = self.model_dump(mode="json", exclude={"clips": {"__all__": {"name", "media_key", "media_frames"}}})
        return {"sound": plain, "frames": frames, "fps": write_rate(fps), "codec": codec}


class MixLevels(Document):
    """What a mix was levelled to. None stands for silence, which has no loudness."""

    lufs: float | None
    peak_dbtp: float | None
    music_gain_db: float
    """What was added to the music, its own gain left out."""
    voice_gain_db: float
    limited_db: float
    """How much was taken off the highest peak; 0 where the whole film was raised or lowered by one number."""


class SoundFigures(Message):
    """What was found when the finished film's sound was decoded and measured."""

    lufs: float | None
    """Integrated loudness; None for silence."""
    peak_dbtp: float | None
    seconds: float
    codec: str
    music: int
    """Stretches of music in the film."""
    voices: int
    limited_db: float = 0.0
    notes: Annotated[tuple[str, ...], Field(max_length=6)] = ()
    """What the film's users should know, a sentence each."""
