"""Whether a LoRA and reference pictures go with a model is told before anything starts. No torch here."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.painting import PaintingOrder, plan_filming, plan_painting
from film.models import (
    check_lora,
    describe,
    find_model,
    has_adapter,
    list_loras,
    list_models,
    published,
    verify_once,
    write_manifest,
)
from film.render.ordered import check_aids
from schemas.base import canonical_json
from schemas.enums import MotionKind, RendererName
from schemas.errors import InputError, ModelRefused
from schemas.models import ModelFamily, ModelFile, ModelManifest
from schemas.painting import LoraUse, Painting, Reference, Refining, Upscaling
from schemas.script import Character
from tests.unit.sdxl.test_models import safetensors

SDXL = published("sdxl-base-1.0")
TEXT = 2048
"""How wide the words are that SDXL's UNet reads."""


def lora(path: Path, down: str, up: str, *, reads: int, writes: int) -> Path:
    """Write a LoRA of rank 1 for one layer."""
    path.write_bytes(safetensors({down: (1, reads), up: (writes, 1)}))
    return path


NAMES = {
    "diffusers": ("unet.down_blocks.1.attentions.0.transformer_blocks.1.attn2.to_k", "lora_A", "lora_B", 640),
    "diffusers, older": (
        "unet.mid_block.attentions.0.transformer_blocks.9.attn2.processor.to_k_lora", "down", "up", 1280,
    ),
    "kohya, diffusers' names": (
        "lora_unet_up_blocks_0_attentions_2_transformer_blocks_9_attn2_to_k", "lora_down", "lora_up", 1280,
    ),
    "kohya, down": ("lora_unet_input_blocks_4_1_transformer_blocks_1_attn2_to_k", "lora_down", "lora_up", 640),
    "kohya, further down": ("lora_unet_input_blocks_8_1_transformer_blocks_9_attn2_to_k", "lora_down", "lora_up", 1280),
    "kohya, middle": ("lora_unet_middle_block_1_transformer_blocks_9_attn2_to_k", "lora_down", "lora_up", 1280),
    "kohya, up": ("lora_unet_output_blocks_5_1_transformer_blocks_1_attn2_to_k", "lora_down", "lora_up", 640),
}  # fmt: skip


@pytest.mark.parametrize("how", NAMES)
def test_a_lora_that_fits_passes_and_one_of_another_width_is_named(tmp_path: Path, how: str) -> None:
    layer, down, up, writes = NAMES[how]
    names = (f"{layer}.{down}.weight", f"{layer}.{up}.weight")
    check_lora(lora(tmp_path / "fits.safetensors", *names, reads=TEXT, writes=writes), SDXL)
    for reads, wide in ((768, writes), (TEXT, writes // 2)):
        other = lora(tmp_path / "other.safetensors", *names, reads=reads, writes=wide)
        with pytest.raises(ModelRefused, match=r"other\.safetensors is a LoRA for another model: .* wide in sdxl"):
            check_lora(other, SDXL)


OTHERS = {
    "lora_unet_input_blocks_4_1_proj_in": (640, 640),
    "lora_unet_input_blocks_3_0_op": (320, 320),
    "lora_unet_input_blocks_1_0_emb_layers_1": (1280, 320),
    "lora_unet_input_blocks_0_0": (4, 320),
    "lora_unet_middle_block_2_in_layers_2": (1280, 1280),
    "lora_unet_output_blocks_2_2_conv": (1280, 1280),
    "lora_unet_output_blocks_3_0_skip_connection": (1920, 640),
    "lora_unet_label_emb_0_0": (2816, 1280),
    "lora_unet_out_2": (320, 4),
    "lora_te1_text_model_encoder_layers_11_self_attn_q_proj": (768, 768),
    "lora_te2_text_model_encoder_layers_31_mlp_fc1": (1280, 5120),
    "text_encoder_2.text_model.encoder.layers.0.self_attn.q_proj": (1280, 1280),
}


@pytest.mark.parametrize("layer", OTHERS)
def test_other_layers_of_a_lora_are_found_too(tmp_path: Path, layer: str) -> None:
    reads, writes = OTHERS[layer]
    names = (f"{layer}.lora_down.weight", f"{layer}.lora_up.weight")
    check_lora(lora(tmp_path / "fits.safetensors", *names, reads=reads, writes=writes), SDXL)
    with pytest.raises(ModelRefused, match="wide in sdxl-base"):
        check_lora(lora(tmp_path / "other.safetensors", *names, reads=reads + 1, writes=writes), SDXL)


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ("lora_unet_input_blocks_1_1_transformer_blocks_0_attn2_to_k", "unet has no input_blocks_1_1"),
        ("unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k", r"unet has no down_blocks\.0\.attentions"),
        ("lora_te1_text_model_encoder_layers_12_mlp_fc1", "text_encoder has no text_model_encoder_layers_12"),
        ("transformer.transformer_blocks.0.attn.to_k", r"it changes transformer\.transformer_blocks"),
    ],
)
def test_a_lora_with_layers_that_the_model_lacks_is_named(tmp_path: Path, layer: str, words: str) -> None:
    names = (f"{layer}.lora_down.weight", f"{layer}.lora_up.weight")
    with pytest.raises(ModelRefused, match=f"for another model: .*{words}"):
        check_lora(lora(tmp_path / "other.safetensors", *names, reads=768, writes=320), SDXL)


def test_a_file_without_a_lora_and_one_of_odd_shapes_are_named(tmp_path: Path) -> None:
    path = tmp_path / "none.safetensors"
    path.write_bytes(safetensors({"encoder.conv_in.weight": (2, 2)}))
    with pytest.raises(ModelRefused, match="holds no LoRA"):
        check_lora(path, SDXL)
    path.write_bytes(safetensors({"unet.conv_in.lora_A.weight": (4,)}))
    with pytest.raises(ModelRefused, match="for another model"):
        check_lora(path, SDXL)


ADAPTER = ("ip_adapter/a.safetensors", "ip_adapter/image_encoder/config.json", "ip_adapter/image_encoder/b.safetensors")


@pytest.mark.parametrize(
    ("paths", "has"),
    [
        (ADAPTER, True),
        (ADAPTER[:2], False),
        (ADAPTER[1:], False),
        (("ip_adapter/a.safetensors", ADAPTER[2]), False),
        ((*ADAPTER, "ip_adapter/second.safetensors"), False),
    ],
)
def test_an_adapter_is_whole_with_its_image_encoder(paths: tuple[str, ...], has: bool) -> None:
    files = tuple(ModelFile(path=path, bytes=1, sha256="0" * 64) for path in paths)
    assert has_adapter(SDXL.model_copy(update={"files": files})) is has
    assert not has_adapter(SDXL)


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models with one of a single layer, and two LoRAs of which one fits."""
    folder = tmp_path / "models"
    (folder / "small" / "unet").mkdir(parents=True)
    (folder / "loras").mkdir()
    (folder / "small" / "model_index.json").write_text(
        json.dumps({"_class_name": "StableDiffusionXLPipeline", "unet": ["diffusers", "UNet2DConditionModel"]})
    )
    weights = folder / "small" / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(safetensors({"mid_block.to_k.weight": (8, 16)}))
    write_manifest(folder / "small", describe(folder / "small", family=ModelFamily.SDXL, name="small"))
    names = ("unet.mid_block.to_k.lora_A.weight", "unet.mid_block.to_k.lora_B.weight")
    lora(folder / "loras" / "fits.safetensors", *names, reads=16, writes=8)
    lora(folder / "loras" / "wide.safetensors", *names, reads=32, writes=8)
    monkeypatch.setenv("STUDIO_MODELS", str(folder))
    return folder


def plan(**order: object) -> object:
    mara = Character(id="mara", name="MARA")
    return plan_painting(PaintingOrder(**order), RendererName.SDXL, "small", [mara]).painting  # type: ignore[arg-type]


def test_the_command_refuses_what_does_not_go_with_the_model_before_anything_starts(models: Path) -> None:
    assert plan(lora="fits:0.5") is not None
    with pytest.raises(ModelRefused, match="mid_block.to_k is 16 wide in small, 32 there") as refused:
        plan(lora="wide")
    assert isinstance(refused.value, InputError), "which ends the command with 2"
    with pytest.raises(ModelRefused, match="small has no IP-Adapter .* --reference"):
        plan(references=("MARA=mara.png",))


@pytest.mark.parametrize("damage", ["pickle beside it", "cut short", "unlisted"])
def test_the_command_refuses_a_model_whose_folder_is_not_as_its_manifest_says(models: Path, damage: str) -> None:
    weights = models / "small" / "unet" / "diffusion_pytorch_model.safetensors"
    if damage == "cut short":
        weights.write_bytes(weights.read_bytes()[:-4])
    elif damage == "unlisted":
        (models / "small" / "more.json").write_text("{}")
    else:
        (models / "small" / "unet" / "more.json").write_bytes(b"\x80\x04." + bytes(20))
    words = {"cut short": "cut short", "unlisted": "not in the manifest of small", "pickle beside it": "a pickle"}
    with pytest.raises(ModelRefused, match=words[damage]):
        plan()
    with pytest.raises(ModelRefused, match=words[damage]):
        plan_filming(MotionKind.VIDEO, "small")


def flip(path: Path) -> None:
    """Change a file and leave its size and its time."""
    before, data = path.stat(), bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_model_that_was_changed_and_kept_its_size_is_refused_before_anything_starts(models: Path) -> None:
    weights = models / "small" / "unet" / "diffusion_pytorch_model.safetensors"
    plan()
    flip(weights)
    for _ in range(2):
        with pytest.raises(ModelRefused, match="was changed: its sha256") as refused:
            plan()
        assert isinstance(refused.value, InputError), "which ends the command with 2"
    with pytest.raises(ModelRefused, match="was changed"):
        plan_filming(MotionKind.VIDEO, "small")
    flip(weights)
    plan()
    helper(models, "ends", ModelFamily.SDXL_REFINER)
    flip(models / "ends" / "unet" / "diffusion_pytorch_model.safetensors")
    with pytest.raises(ModelRefused, match="ends.* was changed"):
        plan(refiner="ends")


def test_studio_film_ends_with_2_for_a_changed_model_and_starts_no_server(models: Path, tmp_path: Path) -> None:
    flip(models / "small" / "unet" / "diffusion_pytorch_model.safetensors")
    (tmp_path / "sea.fountain").write_text("EXT. SEA - DAY\n\nWaves.\n")
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "STUDIO_HOME": str(tmp_path / "lab"),
        "STUDIO_MODELS": str(models),
        "STUDIO_SDXL_MODEL": "small",
    }
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "film", "sea.fountain", "--renderer", "sdxl"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "was changed: its sha256 is not what the manifest of small says" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "lab").exists()


def test_what_was_read_is_read_again_only_where_it_changed(models: Path) -> None:
    folder, weights = models / "small", models / "small" / "unet" / "diffusion_pytorch_model.safetensors"
    told: list[str] = []

    def read(*, anew: bool = False) -> list[str]:
        told.clear()
        verify_once(folder, anew=anew, progress=lambda path, _done, _size: told.append(path))
        return sorted(set(told))

    everything = ["model_index.json", "unet/diffusion_pytorch_model.safetensors"]
    assert read() == everything
    assert read() == []
    weights.touch()
    assert read() == everything[1:]
    assert read(anew=True) == everything
    for note in ("{", "[]", '{"model_index.json": 3}', json.dumps({name: [0, 0, 0, "0" * 64] for name in everything})):
        (models / ".small.read.json").write_text(note)
        assert read() == everything, "what the note does not say is read"
        assert read() == []
    assert list(list_models(models)) == ["small"]


def test_a_video_model_that_would_read_no_word_is_refused_before_anything_starts(models: Path) -> None:
    with pytest.raises(ModelRefused, match=r"small has no tokenizer/tokenizer\.json"):
        plan_filming(MotionKind.VIDEO, "small")
    (models / "small" / "tokenizer").mkdir()
    (models / "small" / "tokenizer" / "tokenizer.json").write_text("{}")
    manifest = describe(models / "small", family=ModelFamily.LTX, name="small")
    write_manifest(models / "small", manifest)
    video = plan_filming(MotionKind.VIDEO, "small")
    assert video is not None
    assert video.model == manifest.digest
    assert plan_filming(MotionKind.CAMERA, "") is None


def helper(models: Path, name: str, family: ModelFamily) -> str:
    """Make the one model of the folder over into a helper beside it."""
    shutil.copytree(models / "small", models / name)
    (models / name / "studio-model.json").unlink()
    manifest = describe(models / name, family=family, name=name)
    write_manifest(models / name, manifest)
    return manifest.digest


def test_a_refiner_and_an_upscaler_become_part_of_the_painting(models: Path) -> None:
    ends = helper(models, "ends", ModelFamily.SDXL_REFINER)
    grows = helper(models, "grows", ModelFamily.UPSCALER)
    painting = plan(refiner="ends", upscale="grows")
    assert isinstance(painting, Painting)
    assert painting.refiner == Refining(model=ends, start=0.8)
    assert painting.upscaler == Upscaling(model=grows, steps=20)
    said = plan(refiner=f"{ends}:0.6", upscale="grows:35")
    assert isinstance(said, Painting)
    assert (said.refiner, said.upscaler) == (Refining(model=ends, start=0.6), Upscaling(model=grows, steps=35))
    inside = plan(refiner=str(models / "ends"))
    assert isinstance(inside, Painting)
    assert inside.refiner == painting.refiner


def test_lanczos_is_what_is_done_anyway_and_renames_no_picture(models: Path) -> None:
    plain, said = plan(), plan(upscale="lanczos")
    assert isinstance(plain, Painting)
    assert isinstance(said, Painting)
    assert canonical_json(said) == canonical_json(plain)
    assert not {"refiner", "upscaler"} & plain.model_dump().keys()


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"refiner": "absent"}, r"There is no model 'absent' in .*models; see: studio models list\."),
        ({"refiner": "small"}, r"small is a model of the family sdxl, not sdxl-refiner; see"),
        ({"refiner": "grows:0.5"}, r"grows is a model of the family upscaler, not sdxl-refiner; see"),
        ({"refiner": "ends:later"}, r"--refiner ends:later: 'later' is no number\."),
        ({"refiner": "ends:"}, r"--refiner ends:: '' is no number\."),
        ({"refiner": "ends:1"}, r"--refiner ends:1: 1 is out of range, which is 0\.01 to 0\.99\."),
        ({"refiner": "ends:nan"}, r"--refiner ends:nan: nan is out of range"),
        ({"refiner": "ends:0.2", "steps": 4}, r"takes over at 0\.2 of 4 steps, which leaves the model none; order"),
        ({"refiner": "far"}, r"The model .*elsewhere/far lies outside of .*models, where no painter looks; copy"),
        ({"upscale": "absent"}, r"There is no model 'absent'"),
        ({"upscale": "ends"}, r"ends is a model of the family sdxl-refiner, not upscaler; see"),
        ({"upscale": "grows:0"}, r"--upscale grows:0: 0 is out of range, which is 1 to 150\."),
        ({"upscale": "grows:2.5"}, r"--upscale grows:2\.5: 2\.5 is no whole number of steps\."),
        ({"upscale": "lanczos:3"}, r"lanczos takes no steps; write --upscale lanczos\."),
    ],
)
def test_helpers_that_cannot_be_used_are_refused_before_anything_starts(
    models: Path, tmp_path: Path, order: dict[str, object], words: str
) -> None:
    helper(models, "ends", ModelFamily.SDXL_REFINER)
    helper(models, "grows", ModelFamily.UPSCALER)
    if order == {"refiner": "far"}:
        (models / "small" / "unet" / "more.json").write_text("{}")
        helper(models, "far", ModelFamily.SDXL_REFINER)
        (models / "small" / "unet" / "more.json").unlink()
        (tmp_path / "elsewhere").mkdir()
        (models / "far").rename(tmp_path / "elsewhere" / "far")
        order = {"refiner": str(tmp_path / "elsewhere" / "far")}
    with pytest.raises(InputError, match=words):
        plan(**order)


def order_of(models: Path, **aids: object) -> Painting:
    """An order as it comes without the command: by digests."""
    return Painting(model=find_model(models, "small")[1].digest).model_copy(update=aids)


def test_an_order_by_digests_is_held_against_the_same(models: Path) -> None:
    grows = helper(models, "grows", ModelFamily.UPSCALER)
    loras = list_loras(models)
    face = hashlib.sha256(b"no picture").hexdigest()
    check_aids(models, order_of(models, lora=LoraUse(sha256=loras["fits"]), upscaler=Upscaling(model=grows)), {})
    check_aids(models, Painting(model="0" * 64), {})
    refused: list[tuple[dict[str, object], str]] = [
        ({"lora": LoraUse(sha256=loras["wide"])}, "mid_block.to_k is 16 wide in small, 32 there"),
        ({"lora": LoraUse(sha256="0" * 64)}, "There is no LoRA '000"),
        ({"refiner": Refining(model=grows)}, "grows is a model of the family upscaler, not sdxl-refiner"),
        ({"upscaler": Upscaling(model="0" * 64)}, "There is no model '000"),
        ({"references": (Reference(character="mara", sha256=face),)}, "small has no IP-Adapter .* --reference"),
    ]
    for aids, words in refused:
        with pytest.raises(ModelRefused, match=words):
            check_aids(models, order_of(models, **aids), {face: b"no picture"})
        with pytest.raises(ModelRefused, match=words):  # so does a quote, which looks at no picture
            check_aids(models, order_of(models, **aids), None)


@pytest.mark.parametrize("option", ["refiner", "upscale"])
def test_a_helper_that_is_not_whole_is_refused_before_anything_starts(models: Path, option: str) -> None:
    helper(models, "help", {"refiner": ModelFamily.SDXL_REFINER, "upscale": ModelFamily.UPSCALER}[option])
    weights = models / "help" / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4])
    with pytest.raises(ModelRefused, match="cut short"):
        plan(**{option: "help"})


def test_helpers_are_for_painted_films(models: Path) -> None:
    with pytest.raises(InputError, match="--upscale is for painted films; add --renderer sdxl"):
        plan_painting(PaintingOrder(upscale="lanczos"), RendererName.STORYBOARD, "small", [])


PUBLISHED_ADAPTER = "ip-adapter_sdxl_vit-h.safetensors"


def studio_models(models: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `studio models`."""
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[3]), "STUDIO_MODELS": str(models)}
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "models", *arguments],
        env=environment, cwd=models.parent, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_an_adapter_is_added_by_the_command(models: Path, tmp_path: Path) -> None:
    folder = models / "small"
    before = find_model(models, "small")[1]
    (folder / "ip_adapter" / "image_encoder").mkdir(parents=True)
    (folder / "ip_adapter" / "image_encoder" / "config.json").write_text("{}")
    for name in ("ip_adapter/a.safetensors", "ip_adapter/image_encoder/model.safetensors"):
        (folder / name).write_bytes(safetensors({"w": (1,)}))
    with pytest.raises(ModelRefused, match="not in the manifest"):
        plan()
    done = studio_models(models, "describe", "small")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [f"new: {path}" for path in sorted(name for name in has_files(folder))]
    manifest = find_model(models, "small")[1]
    assert has_adapter(manifest)
    assert (manifest.name, manifest.family, manifest.components) == ("small", before.family, before.components)
    assert plan() is not None
    assert studio_models(models, "verify", "small").returncode == 0
    flip(folder / "ip_adapter" / "a.safetensors")
    changed = studio_models(models, "describe", "small")
    assert (changed.returncode, "a.safetensors was changed since small was described" in changed.stderr) == (2, True)


def has_files(folder: Path) -> list[str]:
    """The files of a model's adapter, by their paths in its folder."""
    return [path.relative_to(folder).as_posix() for path in (folder / "ip_adapter").rglob("*") if path.is_file()]


def test_a_model_that_was_copied_is_described_by_the_command(models: Path) -> None:
    (models / "small" / "studio-model.json").rename(models / "old.json")
    (models / "small").rename(models / "Copied")
    done = studio_models(models, "describe", "Copied", "--family", "ltx")
    assert done.returncode == 0, done.stderr
    manifest = find_model(models, "Copied")[1]
    assert (manifest.name, manifest.family) == ("copied", ModelFamily.LTX)
    assert done.stdout.split()[-1] == manifest.digest
    absent = studio_models(models, "describe", "absent")
    assert (absent.returncode, "There is no folder" in absent.stderr) == (2, True)
    (models / "empty").mkdir()
    empty = studio_models(models, "describe", "empty")
    assert (empty.returncode, "model_index.json cannot be read" in empty.stderr) == (2, True)


@pytest.mark.slow
def test_the_lines_of_the_documentation_bring_an_adapter(tiny: tuple[Path, ModelManifest], tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    folder, fetched = tmp_path / "models" / "sdxl", tmp_path / "fetched"
    shutil.copytree(tiny[0], folder, ignore=shutil.ignore_patterns("ip_adapter", "studio-model.json"))
    assert studio_models(folder.parent, "describe", "sdxl").returncode == 0
    assert not has_adapter(find_model(folder.parent, "sdxl")[1])
    (fetched / "sdxl_models").mkdir(parents=True)
    shutil.copy(tiny[0] / "ip_adapter" / "ip-adapter.safetensors", fetched / "sdxl_models" / PUBLISHED_ADAPTER)
    shutil.copytree(tiny[0] / "ip_adapter" / "image_encoder", fetched / "models" / "image_encoder")
    text = (root / "docs" / "painting.md").read_text()
    lines = text.partition("    cd .studio/models/sdxl-base-1.0\n")[2].partition("\n\n")[0]
    script = f"set -e\ncd {folder}\n{lines}".replace("FETCHED", str(fetched)).replace("sdxl-base-1.0", "sdxl")
    script = script.replace("studio models", f"{sys.executable} -m cli.main models")
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root), "STUDIO_MODELS": str(folder.parent)}
    done = subprocess.run(
        ["bash", "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    manifest = find_model(folder.parent, "sdxl")[1]
    assert has_adapter(manifest)
    theirs = {file.sha256 for file in tiny[1].files}
    assert {file.sha256 for file in manifest.files} == theirs


@pytest.mark.slow
def test_what_passes_here_passes_in_the_painter(tiny: tuple[Path, ModelManifest], tmp_path: Path) -> None:
    from tests.unit.sdxl import others

    folder, manifest = tiny
    path = tmp_path / "one.safetensors"
    others.write_lora(path, folder)
    check_lora(path, manifest)
    others.write_lora(path, folder, width=768)
    with pytest.raises(ModelRefused, match="64 wide in tiny, 768 there"):
        check_lora(path, manifest)
    assert has_adapter(manifest)


@pytest.mark.slow
def test_kohyas_names_mean_here_what_they_mean_to_diffusers(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the extra gpu is not installed")
    from diffusers import StableDiffusionXLPipeline
    from diffusers.configuration_utils import FrozenDict
    from safetensors.torch import save_file

    config = FrozenDict(layers_per_block=SDXL.components["unet"].config["layers_per_block"])
    kohya = {name: (TEXT, writes) for name, down, _, writes in NAMES.values() if down == "lora_down"} | OTHERS
    for layer, (reads, writes) in kohya.items():
        if not layer.startswith("lora_"):
            continue
        names = (f"{layer}.lora_down.weight", f"{layer}.lora_up.weight")
        path = lora(tmp_path / "kohya.safetensors", *names, reads=reads, writes=writes)
        state, _ = StableDiffusionXLPipeline.lora_state_dict(str(path), unet_config=config)
        save_file({name: tensor.contiguous() for name, tensor in state.items()}, tmp_path / "theirs.safetensors")
        check_lora(tmp_path / "theirs.safetensors", SDXL)
