"""`studio models`, against a small hub of our own on this machine."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from cli.models import write_tiny_model
from film.models import find_model, published, verify_model
from schemas.errors import InvalidRequest
from schemas.models import ModelFamily
from tests.unit.sdxl.test_models import safetensors

pytest.importorskip("huggingface_hub", reason="the extra gpu is not installed")
pytestmark = pytest.mark.slow

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "model_index.json": json.dumps(
        {"_class_name": "StableDiffusionXLPipeline", "unet": ["diffusers", "UNet2DConditionModel"]}
    ).encode(),
    "unet/config.json": b'{"in_channels": 4}',
    "unet/diffusion_pytorch_model.safetensors": safetensors({"w": (2, 3)}),
    "unet/diffusion_pytorch_model.fp16.safetensors": safetensors({"w": (2, 2)}),
    "unet/diffusion_pytorch_model.bin": b"\x80\x04pickle",
    "README.md": b"words",
}


class Hub(ThreadingHTTPServer):
    """Speaks as much of the hub's HTTP as fetching needs, by its published description."""

    daemon_threads = True
    files: dict[str, bytes] = FILES
    instead: dict[str, bytes] = {}
    """What is sent in place of what it publishes."""
    asked: list[str] = []
    source, commit = "studio/small", COMMIT


class _Answers(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *_args: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        path = self.path.partition("?")[0]
        source, commit = self.server.source, self.server.commit
        if path == f"/api/models/{source}/revision/{commit}":
            siblings = [_sibling(name, data) for name, data in self.server.files.items()]
            what = {"id": source, "modelId": source, "sha": commit, "siblings": siblings}
            return self._send(json.dumps(what).encode(), "application/json", body=body)
        name = path.removeprefix(f"/{source}/resolve/{commit}/")
        if name in self.server.files:
            sent = self.server.instead.get(name, self.server.files[name])
            return self._send(sent, "application/octet-stream", body=body)
        self.send_response(404)
        self.send_header("X-Error-Code", "EntryNotFound" if "/resolve/" in path else "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, data: bytes, kind: str, *, body: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", self.server.commit)
        self.end_headers()
        if body:
            self.wfile.write(data)


def _sibling(name: str, data: bytes) -> dict[str, object]:
    """What the hub publishes of a file: large ones are kept beside git, by their sha256."""
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    about: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": blob}
    if name.endswith((".safetensors", ".bin")):
        sha256 = hashlib.sha256(data).hexdigest()
        about |= {"blobId": "0" * 40, "lfs": {"size": len(data), "sha256": sha256, "pointerSize": 130}}
    return about


@pytest.fixture
def hub() -> Iterator[Hub]:
    server = Hub(("127.0.0.1", 0), _Answers)
    server.files, server.instead, server.asked = dict(FILES), {}, []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def studio(folder: Path, hub: Hub | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    port = hub.server_port if hub else 9
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "STUDIO_MODELS": str(folder / "models"),
        "HF_ENDPOINT": f"http://127.0.0.1:{port}",
        "HF_HUB_DISABLE_XET": "1",
        "NO_PROXY": "*",
    }
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "models", *arguments],
        env=environment, cwd=folder, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_a_model_is_pulled_at_its_commit_listed_and_verified(hub: Hub, tmp_path: Path) -> None:
    done = studio(tmp_path, hub, "pull", "studio/small", "--revision", COMMIT)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "models" / "small"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        "model_index.json",
        "studio-model.json",
        "unet/config.json",
        "unet/diffusion_pytorch_model.safetensors",
    ]
    listed = json.loads(studio(tmp_path, None, "list", "--json").stdout)
    assert listed["models"]["small"]["source"] == "studio/small"
    assert listed["models"]["small"]["revision"] == COMMIT
    assert "sdxl-base-1.0" in listed["published"]
    assert studio(tmp_path, None, "verify").returncode == 0
    (folder / "unet" / "config.json").write_text("{}")
    changed = studio(tmp_path, None, "verify", "small")
    assert (changed.returncode, "cut short" in changed.stderr) == (2, True)
    again = studio(tmp_path, hub, "pull", "studio/small", "--revision", COMMIT)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_a_variant_is_pulled_alone(hub: Hub, tmp_path: Path) -> None:
    done = studio(tmp_path, hub, "pull", "studio/small", "--revision", COMMIT, "--variant", "fp16", "--name", "half")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "models" / "half" / "unet").iterdir()}
    assert names == {"config.json", "diffusion_pytorch_model.fp16.safetensors"}


def test_what_is_fetched_damaged_does_not_become_a_model(hub: Hub, tmp_path: Path) -> None:
    hub.files[WEIGHTS] = b"\x80\x04 renamed"
    done = studio(tmp_path, hub, "pull", "studio/small", "--revision", COMMIT)
    assert done.returncode == 2
    assert "a pickle" in done.stderr
    assert not (tmp_path / "models" / "small").exists()


WEIGHTS = "unet/diffusion_pytorch_model.safetensors"


@pytest.mark.parametrize("name", [WEIGHTS, "unet/config.json"])
def test_what_comes_otherwise_than_the_hub_published_it_is_refused_and_comes_anew_the_next_time(
    hub: Hub, tmp_path: Path, name: str
) -> None:
    other = FILES[name].replace(b"4", b"5") if name.endswith(".json") else FILES[name][:-1] + b"\x01"
    hub.instead = {name: other}
    assert len(other) == len(FILES[name])
    done = studio(tmp_path, hub, "pull", "studio/small", "--revision", COMMIT)
    assert done.returncode == 2
    assert f"{name} came otherwise than studio/small published it" in done.stderr
    assert studio(tmp_path, None, "verify", "small").returncode == 2, "there is no model"
    hub.instead = {}
    assert studio(tmp_path, hub, "pull", "studio/small", "--revision", COMMIT).returncode == 0
    listed = json.loads((tmp_path / "models" / "small" / "studio-model.json").read_text())["files"]
    assert {file["path"]: file["sha256"] for file in listed} == {
        path: hashlib.sha256(FILES[path]).hexdigest() for path in ("model_index.json", "unet/config.json", WEIGHTS)
    }


def test_a_known_model_of_other_bytes_is_refused_at_its_first_file(hub: Hub, tmp_path: Path) -> None:
    known = published("sdxl-base-1.0")
    first, second = known.files[:2]
    hub.source, hub.commit = known.source, known.revision
    # As long as the published ones; the second would not even be asked for.
    hub.files = {first.path: b"{}".ljust(first.bytes), second.path: b"{}".ljust(second.bytes)}
    done = studio(tmp_path, hub, "pull", "sdxl-base-1.0")
    assert done.returncode == 2
    assert f"{first.path} came otherwise than {known.source} published it" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "models" / "sdxl-base-1.0").exists()
    assert not [one for one in hub.asked if second.path in one]


def test_what_passes_for_a_known_model_is_held_against_what_was_published(hub: Hub, tmp_path: Path) -> None:
    given = ("pull", "studio/small", "--revision", COMMIT)
    named = studio(tmp_path, hub, *given, "--name", "sdxl-base-1.0")
    assert (named.returncode, "is the name of a published model" in named.stderr) == (2, True)
    assert studio(tmp_path, hub, *given).returncode == 0
    (tmp_path / "models" / "small").rename(tmp_path / "models" / "sdxl-base-1.0")
    done = studio(tmp_path, None, "verify", "sdxl-base-1.0")
    assert done.returncode == 2
    assert "sdxl-base-1.0 is not sdxl-base-1.0 as stabilityai/stable-diffusion-xl-base-1.0 published it" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["pull", "studio/small"], 2, "--revision"),
        (["pull", "studio/small", "--revision", "main"], 2, "branches and tags move"),
        (["pull", "studio/absent", "--revision", COMMIT], 2, "The hub has no studio/absent"),
        (["pull", "nothing-known"], 2, "No published model"),
        (["pull", "a/b/c", "--revision", COMMIT], 2, "no hub's id"),
        (["verify"], 2, "There are no models"),
        (["verify", "absent"], 2, "There is no model 'absent'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    hub: Hub, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    done = studio(tmp_path, hub, *arguments)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == code


def test_without_a_network_it_says_so(tmp_path: Path) -> None:
    done = studio(tmp_path, None, "pull", "sdxl-base-1.0")
    assert (done.returncode, "cannot be reached" in done.stderr) == (1, True), done.stderr
    assert not (tmp_path / "models" / "sdxl-base-1.0").exists()


def test_the_tiny_model_is_written_by_the_command_and_always_the_same(tmp_path: Path, tiny: Any) -> None:
    done = studio(tmp_path, None, "tiny", str(tmp_path / "models" / "tiny"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == tiny[1].digest
    with pytest.raises(InvalidRequest, match="is not empty") as refused:
        write_tiny_model(tmp_path / "models" / "tiny", ModelFamily.SDXL)
    assert refused.value.exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize("family", [ModelFamily.LTX, ModelFamily.SDXL_REFINER, ModelFamily.UPSCALER])
def test_the_other_tiny_models_are_written_too(tmp_path: Path, family: ModelFamily) -> None:
    pytest.importorskip("torch", reason="the extra gpu is not installed")
    done = studio(tmp_path, None, "tiny", str(tmp_path / "models" / "other"), "--family", family.value)
    assert done.returncode == 0, done.stderr
    folder, manifest = find_model(tmp_path / "models", "other")
    assert (manifest.family, manifest.digest) == (family, done.stdout.split()[-1])
    verify_model(folder, manifest)
