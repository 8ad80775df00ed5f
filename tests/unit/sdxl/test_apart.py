"""What needs no GPU imports nothing of it, and a drawn film's names are as they were."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.base import canonical_json
from schemas.enums import RendererName
from schemas.jobs import FilmOptions
from schemas.painting import Painting, Reference
from schemas.prompt import KeyframeSpec

FREE = (
    "schemas.painting",
    "api.usecases.submit_film",
    "workflows.film",
    "activities",
    "workers.cpu.worker",
    "film.studio",
    "film.models",
    "film.render",
    "film.render.reference",
    "film.render.consistency",
    "cli.main",
    "cli.models",
)


@pytest.mark.slow
def test_nothing_but_the_gpu_modules_imports_torch() -> None:
    code = (
        "import importlib, json, sys\n"
        f"for name in {FREE!r}: importlib.import_module(name)\n"
        "print(json.dumps(sorted(name for name in sys.modules if '.' not in name)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert not {"torch", "diffusers", "transformers", "accelerate", "peft"} & set(json.loads(done.stdout))


def test_a_painting_is_left_out_of_names_where_there_is_none() -> None:
    spec = KeyframeSpec(renderer=RendererName.STORYBOARD, width=64, height=64, seed=1)
    assert "painting" not in canonical_json(spec)
    assert "painting" not in FilmOptions().model_dump(mode="json")
    painted = spec.model_copy(update={"painting": Painting(model="a" * 64)})
    plain = json.loads(canonical_json(painted))["painting"]
    assert plain == {"model": "a" * 64, "steps": 30, "guidance": 6.0, "scheduler": "euler"}
    assert KeyframeSpec.model_validate_json(canonical_json(painted)) == painted


def test_only_the_references_of_those_who_are_seen_are_part_of_a_shot() -> None:
    references = tuple(Reference(character=who, sha256="b" * 64) for who in ("mara", "jon"))
    painting = Painting(model="a" * 64, references=references)
    assert painting.for_characters(frozenset({"jon"})).references == references[1:]
    assert painting.for_characters(frozenset()) == Painting(model="a" * 64)


@pytest.mark.slow
def test_the_benchmark_of_real_shapes_runs_on_whatever_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same way, with the tiny model's configurations in place of the published ones."""
    torch = pytest.importorskip("torch", reason="the extra gpu is not installed")
    torch.set_num_threads(1)
    import film.models
    from benchmarks.painting import real_figures
    from film.models import published
    from film.render.sdxl.tiny import TEXT, UNET, VAE
    from schemas.painting import PaintingDevice

    small = {"hidden_size": TEXT, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}
    small |= {"projection_dim": TEXT, "vocab_size": 49408}
    configs = {"unet": UNET, "vae": VAE, "text_encoder": small, "text_encoder_2": small}
    known = published("sdxl-base-1.0")
    parts = {
        name: part.model_copy(update={"config": {**part.config, **configs.get(name, {})}})
        for name, part in known.components.items()
    }
    shrunk = known.model_copy(update={"components": parts})
    monkeypatch.setattr(film.models, "published", lambda _name: shrunk)
    figures = real_figures(PaintingDevice(device="cpu"), steps=1, batches=[2], runs=1, sample=None)
    assert figures["side"] == 128
    assert figures["batch_2"]["s_per_image"] > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("benchmark", "device", "words"),
    [
        ("pictures", "cuda:99", "There is no "),
        ("painting", "cuda:99", "There is no "),
        ("pictures", "nonsense", "--device nonsense is none"),
    ],
)
def test_the_benchmark_of_real_shapes_says_in_a_sentence_that_a_device_is_not_there(
    benchmark: str, device: str, words: str
) -> None:
    pytest.importorskip("torch", reason="the extra gpu is not installed")
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{benchmark}", "--shapes", "real", "--device", device],
        cwd=Path(__file__).parents[3], env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
