"""LoRAs, reference pictures, refiner, upscaler, safety checker: what a project may add, and what is refused."""

from __future__ import annotations

import hashlib
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from film.render.reference import read_reference
from schemas.errors import DeviceMissing, ModelRefused, PaintingCancelled, RenderRefused
from schemas.models import ModelManifest
from schemas.painting import LoraUse, Painting, PaintingDevice, Precision, Reference, Refining, Upscaling
from schemas.prompt import KeyframeSpec
from tests.unit.sdxl.conftest import CPU, paint, pixels

if TYPE_CHECKING:
    from film.render.sdxl.painter import Painter


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (64, 64), kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    image = Image.new("RGB", size, colour)
    image.paste((255 - colour[0], 40, colour[2]), (0, 0, size[0] // 2, size[1] // 2))
    image.save(file, kind)
    return file.getvalue()


FACES = {hashlib.sha256(data).hexdigest(): data for data in (picture((200, 30, 30)), picture((20, 60, 220)))}
MARA, JON = FACES


@pytest.fixture(scope="module")
def aided(tiny: tuple[Path, ModelManifest], tmp_path_factory: pytest.TempPathFactory) -> tuple[Painter, Path]:
    """A painter of its own, with a folder of LoRAs and other models."""
    from film.render.sdxl.aids import Aids
    from film.render.sdxl.loading import load_pipeline
    from film.render.sdxl.painter import Painter
    from film.render.sdxl.tiny_aids import write_tiny_refiner, write_tiny_upscaler

    folder = tmp_path_factory.mktemp("aids")
    known = {
        manifest.digest: (folder / name, manifest)
        for name, manifest in (
            ("refiner", write_tiny_refiner(folder / "refiner")),
            ("upscaler", write_tiny_upscaler(folder / "upscaler")),
        )
    }
    (folder / "digests.txt").write_text("\n".join(known))
    aids = Aids(
        models=lambda digest: known[digest],
        loras=lambda digest: folder / f"{digest}.safetensors",
        references=lambda digest: FACES.get(digest, b"not a picture"),
    )
    return Painter(load_pipeline(*tiny, CPU), *tiny, CPU, aids), folder


def changed(spec: KeyframeSpec, **how: Any) -> KeyframeSpec:
    assert spec.painting is not None
    return spec.model_copy(update={"painting": spec.painting.model_copy(update=how)})


@pytest.mark.slow
def test_a_lora_changes_the_picture_by_its_scale_and_leaves_no_trace(
    aided: tuple[Painter, Path], tiny: tuple[Path, ModelManifest], specs: list[KeyframeSpec]
) -> None:
    from tests.unit.sdxl import others

    painter, folder = aided
    digest = others.write_lora(folder / "lora", tiny[0])
    (folder / "lora").rename(folder / f"{digest}.safetensors")
    before = paint(painter, specs[:1])
    with_lora, half = paint(
        painter, [changed(specs[0], lora=LoraUse(sha256=digest, scale=scale)) for scale in (1.0, 0.5)]
    )
    assert np.abs(pixels(with_lora) - pixels(before[0])).mean() > 0.1
    assert with_lora != half
    assert paint(painter, specs[:1]) == before


@pytest.mark.slow
def test_a_lora_for_another_model_is_refused(
    aided: tuple[Painter, Path], tiny: tuple[Path, ModelManifest], specs: list[KeyframeSpec], tmp_path: Path
) -> None:
    from tests.unit.sdxl import others

    painter, folder = aided
    before = paint(painter, specs[:1])
    wide = others.write_lora(folder / "wide", tiny[0], width=768)
    foreign = others.write_lora(folder / "foreign", tiny[0], prefix="unet.other.")
    (folder / "none").write_bytes((tiny[0] / "vae" / "diffusion_pytorch_model.safetensors").read_bytes())
    none = hashlib.sha256((folder / "none").read_bytes()).hexdigest()
    (folder / "pickle").write_bytes(b"\x80\x04." + bytes(20))
    pickled = hashlib.sha256((folder / "pickle").read_bytes()).hexdigest()
    for name, digest in (("wide", wide), ("foreign", foreign), ("none", none), ("pickle", pickled)):
        (folder / name).rename(folder / f"{digest}.safetensors")
    (folder / f"{'0' * 64}.safetensors").write_bytes((folder / f"{wide}.safetensors").read_bytes())
    wanted = [wide, foreign, none, pickled, "0" * 64, "f" * 64]
    results = paint(painter, [changed(specs[0], lora=LoraUse(sha256=digest)) for digest in wanted])
    assert all(isinstance(result, ModelRefused) for result in results), results
    words = [
        "64 wide here, 768 there",
        "LoRA for another model",
        "no LoRA",
        "a pickle",
        "was changed",
        "cannot be read",
    ]
    for result, expected in zip(results, words, strict=True):
        assert expected in str(result)
    assert paint(painter, specs[:1]) == before


@pytest.mark.slow
@pytest.mark.parametrize(("width", "fits"), [(None, True), (768, False)])
def test_a_lora_of_attention_alone_in_kohyas_names_is_read_and_its_widths_are_looked_at(
    aided: tuple[Painter, Path],
    tiny: tuple[Path, ModelManifest],
    specs: list[KeyframeSpec],
    tmp_path: Path,
    width: int | None,
    fits: bool,
) -> None:
    from safetensors.torch import load_file, save_file

    from tests.unit.sdxl import others

    painter, folder = aided
    others.write_lora(tmp_path / "lora", tiny[0], width=width)
    renamed = {}
    for name, tensor in load_file(tmp_path / "lora").items():
        layer, _, side = name.removesuffix(".weight").rpartition(".lora_")
        how = "down" if side == "A" else "up"
        renamed[f"lora_unet_{layer.removeprefix('unet.').replace('.', '_')}.lora_{how}.weight"] = tensor
    save_file(renamed, tmp_path / "kohya")
    digest = hashlib.sha256((tmp_path / "kohya").read_bytes()).hexdigest()
    shutil.copy(tmp_path / "kohya", folder / f"{digest}.safetensors")
    (plain,) = paint(painter, specs[:1])
    (changed_by_it,) = paint(painter, [changed(specs[0], lora=LoraUse(sha256=digest))])
    if fits:
        assert np.abs(pixels(changed_by_it) - pixels(plain)).mean() > 0.1
    else:
        assert isinstance(changed_by_it, ModelRefused)
        assert "64 wide here, 768 there" in str(changed_by_it)


@pytest.mark.slow
def test_reference_pictures_change_the_picture_and_nothing_when_there_are_none(
    aided: tuple[Painter, Path], specs: list[KeyframeSpec]
) -> None:
    painter, _ = aided
    before = paint(painter, specs)
    mara, jon = (Reference(character=name, sha256=digest) for name, digest in (("mara", MARA), ("jon", JON)))
    strong = mara.model_copy(update={"weight": 1.0})
    seen = paint(painter, [changed(specs[0], references=refs) for refs in ((mara,), (jon,), (mara, jon), (strong,))])
    assert len({pixels(png).tobytes() for png in [before[0], *seen]}) == 5
    assert paint(painter, specs) == before, "an adapter in place must not change pictures without references"
    guided_not = paint(painter, [changed(specs[0], references=(mara,), guidance=1.0)])
    assert isinstance(guided_not[0], bytes)


@pytest.mark.slow
def test_a_batch_with_one_reference_is_painted_together(aided: tuple[Painter, Path], specs: list[KeyframeSpec]) -> None:
    painter, _ = aided
    references = (Reference(character="mara", sha256=MARA),)
    told: list[int] = []
    together = paint(
        painter, [changed(spec, references=references) for spec in specs], on_step=lambda done, _: told.append(done)
    )
    assert told == [1, 2, 3, 4]
    for png, spec in zip(together, specs, strict=True):
        (alone,) = paint(painter, [changed(spec, references=references)])
        assert np.abs(pixels(alone) - pixels(png)).max() <= 1


@pytest.mark.slow
def test_a_reference_that_is_no_picture_fails_its_shot_alone(
    aided: tuple[Painter, Path], specs: list[KeyframeSpec]
) -> None:
    bad = changed(specs[0], references=(Reference(character="mara", sha256="0" * 64),))
    refused, whole = paint(aided[0], [bad, specs[1]])
    assert isinstance(refused, ModelRefused)
    assert "reference picture of mara" in str(refused)
    assert isinstance(whole, bytes)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is no PNG"),
        (b"<svg/>", "is no PNG"),
        (picture((1, 2, 3), kind="GIF"), "is no PNG"),
        (picture((1, 2, 3), (30000, 40)), r"is 30000×40 pixels"),
        (picture((1, 2, 3), (16, 16)), r"is 16×16 pixels"),
        (picture((1, 2, 3))[:100], "is broken"),
        (bytes(33 << 20), "bytes long"),
    ],
)
def test_a_reference_picture_is_looked_at_before_any_work(data: bytes, words: str) -> None:
    with pytest.raises(ModelRefused, match=words):
        read_reference(data, "mara")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_reference_pictures_may_be_of_the_usual_kinds(kind: str) -> None:
    assert read_reference(picture((1, 2, 3), kind=kind), "mara").size == (64, 64)


@pytest.mark.slow
def test_a_refiner_ends_the_picture(aided: tuple[Painter, Path], specs: list[KeyframeSpec]) -> None:
    painter, folder = aided
    refiner = (folder / "digests.txt").read_text().split("\n")[0]
    told: list[tuple[int, int]] = []
    refined = paint(
        painter,
        [changed(spec, steps=5, refiner=Refining(model=refiner, start=0.6)) for spec in specs[:2]],
        on_step=lambda done, total: told.append((done, total)),
    )
    plain = paint(painter, [changed(spec, steps=5) for spec in specs[:2]])
    assert all(np.abs(pixels(one) - pixels(two)).mean() > 0.5 for one, two in zip(refined, plain, strict=True))
    assert told[-1] == (5, 5)


@pytest.mark.slow
def test_the_tiny_refiner_shares_encoder_and_vae_with_the_tiny_model(
    aided: tuple[Painter, Path], tiny: tuple[Path, ModelManifest]
) -> None:
    for path in ("text_encoder_2/model.safetensors", "vae/diffusion_pytorch_model.safetensors"):
        assert (aided[1] / "refiner" / path).read_bytes() == (tiny[0] / path).read_bytes()


@pytest.mark.slow
def test_an_upscaler_enlarges_the_picture_before_it_gets_its_size(
    aided: tuple[Painter, Path], specs: list[KeyframeSpec]
) -> None:
    painter, folder = aided
    upscaler = (folder / "digests.txt").read_text().split("\n")[1]
    small = specs[0].model_copy(update={"width": 256, "height": 256})
    (large,) = paint(painter, [changed(small, upscaler=Upscaling(model=upscaler, steps=2))])
    (plain,) = paint(painter, [small])
    assert pixels(large).shape == pixels(plain).shape == (256, 256, 3)
    assert large != plain


@pytest.mark.slow
def test_enlarging_tells_its_steps_and_a_cancel_takes_effect_at_the_next(
    aided: tuple[Painter, Path], specs: list[KeyframeSpec]
) -> None:
    painter, folder = aided
    upscaler = Upscaling(model=(folder / "digests.txt").read_text().split("\n")[1], steps=2)
    pair = [changed(spec, steps=3, upscaler=upscaler) for spec in specs[:2]]
    told: list[tuple[int, int]] = []
    paint(painter, pair, on_step=lambda *step: told.append(step))
    assert told == [(done, 7) for done in range(1, 8)], "three for both, then two for each"
    told.clear()
    with pytest.raises(PaintingCancelled, match="4 of 7 steps"):
        paint(painter, pair, on_step=lambda *step: told.append(step), cancelled=lambda: len(told) == 4)
    assert told[-1] == (4, 7)


@pytest.mark.slow
def test_a_cancel_is_asked_for_between_the_pictures_of_a_batch(
    aided: tuple[Painter, Path], specs: list[KeyframeSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    painter, _ = aided
    from film.render.sdxl.decode import to_png

    finished: list[int] = []

    def counted(picture: Any) -> bytes:
        finished.append(1)
        return to_png(picture)

    monkeypatch.setattr("film.render.sdxl.painter.to_png", counted)
    with pytest.raises(PaintingCancelled):
        paint(painter, specs[:3], cancelled=lambda: len(finished) == 2)
    assert len(finished) == 2


@pytest.mark.slow
def test_a_model_of_another_family_does_not_paint(aided: tuple[Painter, Path]) -> None:
    from film.models import find_model
    from film.render.sdxl.painter import load_painter

    folder, manifest = find_model(aided[1], "refiner")
    with pytest.raises(ModelRefused, match="family sdxl-refiner, not sdxl"):
        load_painter(folder, manifest, CPU)


@pytest.mark.slow
@pytest.mark.parametrize("refuses", [True, False])
def test_the_models_own_safety_checker_is_asked(
    tiny: tuple[Path, ModelManifest], specs: list[KeyframeSpec], tmp_path: Path, refuses: bool
) -> None:
    from film.models import describe
    from film.render.sdxl.painter import load_painter
    from schemas.models import ModelFamily
    from tests.unit.sdxl import others

    folder = tmp_path / "guarded"
    shutil.copytree(tiny[0], folder)
    others.write_safety_checker(folder, refuses=refuses)
    manifest = describe(folder, family=ModelFamily.SDXL, name="guarded")
    painter = load_painter(folder, manifest, CPU)
    painting = Painting(model=manifest.digest, steps=2)
    (result,) = paint(painter, [specs[0].model_copy(update={"painting": painting})])
    assert isinstance(result, RenderRefused if refuses else bytes)


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["missing", "cut", "pickle"])
def test_a_damaged_model_is_refused_before_anything_is_loaded(
    tiny: tuple[Path, ModelManifest], tmp_path: Path, damage: str
) -> None:
    from film.render.sdxl.loading import load_pipeline

    folder = tmp_path / "damaged"
    shutil.copytree(tiny[0], folder)
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    if damage == "missing":
        weights.unlink()
    else:
        weights.write_bytes(weights.read_bytes()[:-5] if damage == "cut" else b"\x80\x04" + bytes(99))
    with pytest.raises(ModelRefused, match=weights.name):
        load_pipeline(folder, tiny[1], CPU)


@pytest.mark.slow
@pytest.mark.parametrize("device", ["cuda", "cuda:7", "mps"])
def test_a_device_that_is_not_there_is_said_before_anything_is_loaded(
    tiny: tuple[Path, ModelManifest], device: str
) -> None:
    import torch

    from film.render.sdxl.painter import load_painter

    if device == "cuda" and torch.cuda.is_available():
        pytest.skip("there is a CUDA device here")
    with pytest.raises(DeviceMissing, match="--device cpu"):
        load_painter(*tiny, PaintingDevice(device=device))


@pytest.mark.slow
def test_half_precision_paints_with_the_vae_in_full(
    aided: tuple[Painter, Path], tiny: tuple[Path, ModelManifest], specs: list[KeyframeSpec]
) -> None:
    import torch

    from film.diffusion.device import find_device
    from film.models import find_model
    from film.render.sdxl.aids import Aids
    from film.render.sdxl.loading import load_pipeline
    from film.render.sdxl.painter import Painter

    device = PaintingDevice(device="cpu", precision=Precision.FLOAT16)
    assert find_device(device)[1] is torch.float16
    aids = Aids(models=lambda digest: find_model(aided[1], digest))
    painter = Painter(load_pipeline(*tiny, device), *tiny, device, aids)
    assert painter.pipeline.unet.dtype is torch.float16
    assert painter.pipeline.vae.dtype is torch.float32, "SDXL's VAE overflows in half precision"
    refiner, upscaler = (aided[1] / "digests.txt").read_text().split("\n")
    several = [
        changed(specs[0], steps=1),
        changed(specs[0], steps=2, refiner=Refining(model=refiner, start=0.5)),
        changed(specs[0], steps=1, upscaler=Upscaling(model=upscaler, steps=1)),
    ]
    assert all(isinstance(result, bytes) for result in paint(painter, several))
