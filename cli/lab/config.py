"""What a lab keeps for life: its folder, ports and passwords."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from cli.lab.probe import port_is_free
from schemas.errors import InvalidRequest, LabError

PORT_VARIABLES = {
    "temporal": ("STUDIO_PORT_TEMPORAL", "Temporal"),
    "temporal_ui": ("STUDIO_PORT_UI", "Temporal Web UI"),
    "postgres": ("STUDIO_PORT_POSTGRES", "PostgreSQL"),
    "s3": ("STUDIO_PORT_S3", "S3"),
    "sqs": ("STUDIO_PORT_SQS", "SQS"),
    "api": ("STUDIO_PORT_API", "API"),
    "mail": ("STUDIO_PORT_MAIL", "mailbox"),
}
"""Ports that a user may choose: the variable, and the name in messages."""

INNER_PORTS = (
    "temporal_http",
    "temporal_metrics",
    "s3_grpc",
    "weed_master",
    "weed_master_grpc",
    "weed_volume",
    "weed_volume_grpc",
    "weed_filer",
    "weed_filer_grpc",
    "weed_admin",
)
"""Ports that servers open beside; nobody needs to know them."""

_GRPC_OFFSET = 10_000
PORT_RANGE = (20_000, 29_999)
_HIGHEST_ADMIN = 22_700
"""All, with the offset too, below 32768: from there on systems take ports for outgoing connections."""


@dataclass(frozen=True)
class LabConfig:
    """What `config.json` holds; readable by its owner alone.

    Attributes:
        root: The lab's folder.
        ports: Ports by the names of `PORT_VARIABLES` and `INNER_PORTS`.
        postgres_password: Password of the database user `studio`.
        s3_access_key: Access key id of the store.
        s3_secret_key: Its secret.
        auth_secret: What the API signs sessions with.
    """

    root: Path
    ports: dict[str, int]
    postgres_password: str
    s3_access_key: str
    s3_secret_key: str
    auth_secret: str = ""

    def url(self, port: str) -> str:
        """Address of a server that speaks HTTP."""
        return f"http://127.0.0.1:{self.ports[port]}"

    @property
    def database_url(self) -> str:
        """Address of the database, with the password in it."""
        return f"postgresql://studio:{self.postgres_password}@127.0.0.1:{self.ports['postgres']}/studio"

    def environment(self) -> dict[str, str]:
        """The variables by which our processes find this lab."""
        return self._people() | {
            "STUDIO_ENV": "local",
            "STUDIO_DATABASE_URL": self.database_url,
            "STUDIO_S3_ENDPOINT_URL": self.url("s3"),
            "STUDIO_AWS_ACCESS_KEY_ID": self.s3_access_key,
            "STUDIO_AWS_SECRET_ACCESS_KEY": self.s3_secret_key,
            "STUDIO_SQS_ENDPOINT_URL": self.url("sqs"),
            "STUDIO_TEMPORAL_ADDRESS": f"127.0.0.1:{self.ports['temporal']}",
            "STUDIO_TEMPORAL_NAMESPACE": "default",
            "STUDIO_TEMPORAL_UI_URL": self.url("temporal_ui"),
            "STUDIO_MODELS": str(models_folder(self.root)),
            "STUDIO_WORK_DIR": os.environ.get("STUDIO_WORK_DIR") or str(self.root / "work"),
        }

    def _people(self) -> dict[str, str]:
        """What is needed where people sign in; nothing in a lab that was started before there was an API."""
        if not {"api", "mail"} <= set(self.ports) or not self.auth_secret:
            return {}
        return {
            "STUDIO_AUTH_SECRET": self.auth_secret,
            "STUDIO_PUBLIC_URL": self.url("api"),
            "STUDIO_PAGES": str(built_pages() or ""),
            "STUDIO_SMTP_URL": f"smtp://127.0.0.1:{self.ports['mail']}",
        }


def default_root() -> Path:
    """The lab's folder: STUDIO_HOME, or `.studio` in the current directory."""
    return Path(os.environ.get("STUDIO_HOME") or ".studio").absolute()


def built_pages() -> Path | None:
    """The folder of the pages: STUDIO_PAGES, or `frontend/out` beside this code; None where they are not built."""
    folder = Path(os.environ.get("STUDIO_PAGES") or Path(__file__).parents[2] / "frontend" / "out").absolute()
    return folder if (folder / "index.html").is_file() else None


def models_folder(root: Path | None = None) -> Path:
    """The folder of models: STUDIO_MODELS, or `models` in the lab's folder."""
    return Path(os.environ.get("STUDIO_MODELS") or (root or default_root()) / "models").absolute()


def gpu_variables(root: Path) -> dict[str, str]:
    """What GPU workers heed, as this process's environment has it: models, their folder, and the device."""
    kept = {name: os.environ.get(name, "") for name in ("STUDIO_SDXL_MODEL", "STUDIO_LTX_MODEL", "STUDIO_GPU_DEVICE")}
    return kept | {"STUDIO_MODELS": str(models_folder(root))}


def load(root: Path) -> LabConfig | None:
    """Reads what is kept in `root`, or None before the first start.

    Raises:
        LabError: The file is damaged, or another user's.
    """
    path = root / "config.json"
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return LabConfig(root=root, **kept)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LabError(f"{path} cannot be read; set STUDIO_HOME to a folder of your own: {error}") from error
    except (ValueError, TypeError) as error:
        raise LabError(f"{path} is damaged; remove it, and the ports are chosen anew: {error}") from error


def prepare(root: Path, environ: Mapping[str, str] | None = None) -> LabConfig:
    """Makes the folder, and settles ports and passwords. No server of this lab may run.

    Ports asked for in the environment win; kept ones stay while they are free; the rest is chosen.

    Raises:
        InvalidRequest: A variable does not hold a port, or two hold the same.
        LabError: A port asked for is in use, or the folder cannot be written.
    """
    wanted = ports_asked_for(os.environ if environ is None else environ)
    try:
        for folder in (root, root / "logs", root / "work"):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LabError(f"the lab's folder {root} cannot be made; set STUDIO_HOME to one that can: {error}") from error
    import secrets  # only here: it loads much

    kept = load(root)
    config = LabConfig(
        root=root,
        ports=_settle(wanted, kept.ports if kept else {}),
        postgres_password=kept.postgres_password if kept else secrets.token_urlsafe(24),
        s3_access_key=kept.s3_access_key if kept else secrets.token_hex(10).upper(),
        s3_secret_key=kept.s3_secret_key if kept else secrets.token_urlsafe(30),
        auth_secret=(kept.auth_secret if kept else "") or secrets.token_urlsafe(48),
    )
    content = asdict(config)
    del content["root"]
    write_private(root / "config.json", json.dumps(content, indent=2) + "\n")
    return config


def write_private(path: Path, text: str) -> None:
    """Writes a file whole or not at all, readable by its owner alone.

    Raises:
        LabError: It cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise LabError(f"{path} cannot be written: {error}") from error


def ports_asked_for(environ: Mapping[str, str]) -> dict[str, int]:
    """Reads the STUDIO_PORT_… variables.

    Raises:
        InvalidRequest: One does not hold a port, or two hold the same.
    """
    asked: dict[str, int] = {}
    for name, (variable, _) in PORT_VARIABLES.items():
        text = environ.get(variable, "").strip()
        if not text:
            continue
        highest = 55_535 if name == "s3" else 65_535  # SeaweedFS derives further ports by adding 10000
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= highest:
            raise InvalidRequest(f"{variable} is {text!r}, which is not a port; give a number from 1 to {highest}")
        if int(text) in asked.values():
            raise InvalidRequest(f"{variable} is {text}, which another STUDIO_PORT_… variable holds already")
        asked[name] = int(text)
    return asked


def _settle(wanted: Mapping[str, int], kept: Mapping[str, int]) -> dict[str, int]:
    for name, port in wanted.items():
        if not port_is_free(port):
            variable, title = PORT_VARIABLES[name]
            raise LabError(f"port {port} ({title}) is in use by another program; choose another by {variable}")
    ports = dict(wanted)
    for name in (*PORT_VARIABLES, *INNER_PORTS):
        if name not in ports:
            ports[name] = _choose(name, kept.get(name), set(ports.values()))
    return ports


def _choose(name: str, kept: int | None, taken: set[int]) -> int:
    # The admin server's second port is always the first plus 10000, whatever its flags say: both must be good.
    lowest, highest = PORT_RANGE
    spread = 0
    if name == "weed_admin":
        spread, highest = _GRPC_OFFSET, _HIGHEST_ADMIN
    import random

    draw = random.SystemRandom()
    for attempt in range(500):
        port = kept if attempt == 0 and kept else draw.randint(lowest, highest)
        if port not in taken and all(port_is_free(one) for one in {port, port + spread}):
            return port
    raise LabError(f"no free port was found from {lowest} to {highest}; end some servers")
