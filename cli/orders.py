"""What a user ordered, checked before anything is started."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cli.lab.config import models_folder
from cli.lettering import LetteringOrder
from cli.painting import PaintingOrder
from cli.sizes import parse_size
from cli.sound import SoundArguments
from schemas.enums import MotionKind, ProfileName, RendererName, Tier
from schemas.errors import InvalidRequest, InvalidScript
from schemas.jobs import MAX_FPS, FilmOptions
from schemas.models import ModelFamily
from schemas.profiles import MEDIA_TYPES, PROFILES
from schemas.rate import NTSC, Rate, read_rate
from schemas.style import StyleSpec

if TYPE_CHECKING:
    from infrastructure.settings import Settings

MAX_SEED = 2**62
MAX_RUNTIME_S = 6 * 3600

_RUNTIME = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5}(?:\.\d{1,3})?)\s*s?")


@dataclass(frozen=True)
class FilmOrder:
    """The arguments of `studio film`, as given."""

    script: Path
    output: Path
    style: str = "cinematic"
    renderer: RendererName = RendererName.STORYBOARD
    size: str = "1280x720"
    fps: str = "24"
    tier: Tier = Tier.PRO
    project: str | None = None
    job_id: UUID | None = None
    seed: int = 0
    runtime: str | None = None
    review: bool = False
    keep_open: bool = False
    stop: bool = False
    motion: MotionKind = MotionKind.CAMERA
    profile: ProfileName = ProfileName.H264
    painting: PaintingOrder = field(default_factory=PaintingOrder)
    lettering: LetteringOrder = field(default_factory=LetteringOrder)
    sound: SoundArguments = field(default_factory=SoundArguments)
    cast: Path | None = None
    """A file of who the people are: `cli.cast.read_cast`."""

    def look(self, folder: Path | None) -> StyleSpec:
        """Find the style: by its name, or by the path of its file.

        Args:
            folder: The user's own styles.

        Raises:
            InvalidRequest: There is none, or it cannot be used; the sentence says what can.
        """
        from film.prompting import style_named

        return style_named(self.style, folder)

    @property
    def rate(self) -> Rate:
        """The film's frames a second.

        Raises:
            InvalidRequest: Films have no such rate.
        """
        return parse_rate(self.fps)

    def options(self, style: str) -> FilmOptions:
        """Check the options.

        Args:
            style: Name of the style that was found.

        Raises:
            InvalidRequest: A value cannot be used; the sentence says which can.
        """
        if not 0 <= self.seed < MAX_SEED:
            raise InvalidRequest(f"--seed {self.seed} is out of range: seeds are 0 to {MAX_SEED - 1}.")
        self._check_suffix()
        width, height = parse_size(self.size)
        return FilmOptions(
            style=style,
            renderer=self.renderer,
            width=width,
            height=height,
            fps=self.rate,
            tier=self.tier,
            review=self.review,
            seed=self.seed,
            motion=self.motion,
            profile=self.profile,
            runtime_s=None if self.runtime is None else parse_runtime(self.runtime),
        )

    def _check_suffix(self) -> None:
        """See that the film's name does not promise another format than it will have."""
        container = PROFILES[self.profile].encoder.container
        suffix = self.output.suffix.lower().removeprefix(".")
        if suffix != container and suffix in MEDIA_TYPES:
            raise InvalidRequest(
                f"--profile {self.profile.value} makes a .{container} file, not {printable(self.output)}; name it "
                f"-o {printable(self.output.with_suffix(f'.{container}'))}."
            )


def output_of(profile: ProfileName) -> Path:
    """Name the film where nobody names it."""
    return Path(f"film.{PROFILES[profile].encoder.container}")


def parse_rate(fps: str) -> Rate:
    """Read `--fps`.

    Args:
        fps: A whole number, or one of NTSC's rates: `23.976`, `29.97`, or exactly, `30000/1001`.

    Raises:
        InvalidRequest: Films have no such rate.
    """
    try:
        rate = read_rate(fps)
    except ValueError:
        rate = 0
    if not 1 <= rate <= MAX_FPS:
        raise InvalidRequest(
            f"--fps {fps} is no rate of films: give 1 to {MAX_FPS} whole frames a second, or {', '.join(NTSC)}."
        )
    return rate


def parse_runtime(runtime: str) -> float:
    """Read a length: `90`, `90s`, `1:30` or `1:02:30`.

    Returns:
        Seconds, above 0 and at most six hours.

    Raises:
        InvalidRequest: It is something else.
    """
    match = _RUNTIME.fullmatch(runtime.strip())
    if match is None or (match[2] and float(match[3]) >= 60) or (match[1] and int(match[2]) >= 60):
        raise InvalidRequest(
            f"--runtime {runtime} is not a length; write seconds, such as 90, or minutes, such as 1:30."
        )
    seconds = int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + float(match[3])
    if not 0 < seconds <= MAX_RUNTIME_S:
        raise InvalidRequest(f"--runtime {runtime} is out of range: films last up to {MAX_RUNTIME_S // 3600} hours.")
    return seconds


def read_script(path: Path) -> bytes:
    """Read the script's file.

    Raises:
        InvalidScript: There is none, or it cannot be read.
    """
    from film.script import MAX_BYTES

    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to know; a file of any size is refused at once.
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InvalidScript(f"There is no script at {path}.") from error
    except IsADirectoryError as error:
        raise InvalidScript(f"{path} is a folder; name the script's file.") from error
    except OSError as error:
        raise InvalidScript(f"The script at {path} cannot be read: {error.strerror}.") from error


def check_output(path: Path, script: Path | None = None) -> None:
    """See that something can be written where it shall go, by writing a file beside it and removing it again.

    Args:
        path: The file's.
        script: The script's, which must not be overwritten; None where there is none.

    Raises:
        InvalidRequest: It cannot.
    """
    try:
        _check_output(path, script)
    except OSError as error:
        raise InvalidRequest(f"The output {printable(path)} cannot be written: {error.strerror}.") from error


def _check_output(path: Path, script: Path | None) -> None:
    if path.is_dir():
        raise InvalidRequest(f"The output {path} is a folder; name a file in it, such as {path / 'film.mp4'}.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise InvalidRequest(f"The output's folder {folder} does not exist; create it first.")
    if path.exists():
        if not path.is_file():
            raise InvalidRequest(f"The output {path} is no ordinary file, and would be replaced by one; name another.")
        if script is not None and path.samefile(script):
            raise InvalidRequest(f"The output {path} is the script itself; name another file.")
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{path.name}."):
        pass


def read_settings() -> Settings:
    """Read the settings.

    Raises:
        InvalidRequest: A variable cannot be used; the sentence names it.
    """
    from pydantic import ValidationError

    from infrastructure.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(map(str, first["loc"][:1])).upper()
        raise InvalidRequest(f"The variable STUDIO_{name} cannot be used: {first['msg']}.") from error


def gpu_settings(family: ModelFamily, device: str | None, model: str | None) -> Settings:
    """Read the settings of a GPU worker, where options may stand in for variables.

    Args:
        family: Which kind of model it serves: sdxl or ltx.
        device: Instead of STUDIO_GPU_DEVICE.
        model: Instead of STUDIO_SDXL_MODEL or STUDIO_LTX_MODEL.

    Raises:
        InvalidRequest: A variable or an option cannot be used.
    """
    from pydantic import ValidationError

    if family not in {ModelFamily.SDXL, ModelFamily.LTX}:
        raise InvalidRequest(f"--family {family} has no worker of its own; there is one for sdxl, and one for ltx.")
    before = read_settings()
    given = {"gpu_device": device, f"{family}_model": model, "models": models_folder()}
    changes = {name: value for name, value in given.items() if value is not None}
    try:
        # Validated again, as a variable would be.
        return type(before).model_validate(before.model_dump() | changes)
    except ValidationError as error:
        raise InvalidRequest(f"--device {device} is no device; write cuda, cuda:1, mps or cpu.") from error


def printable(path: Path) -> str:
    """Write a path as text that any encoding can carry: bytes that are no UTF-8 become escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
