"""What painting costs beside the bare diffusers call, and what it takes at SDXL's true shapes.

    python -m benchmarks.painting [--runs 7]
    python -m benchmarks.painting --shapes real --device cuda [--steps 30] [--batches 1,4,8]

Tiny shapes: a random model with a VAE of 8×, 128×128, 8 steps, guidance, CPU, one thread. `painter_over_bare`: CPU time
of `Painter.paint` for a batch of four, prompts not known before, checks and PNG included, over the bare
`StableDiffusionXLPipeline` call on the same prompts, seeds and batch with PNGs by Pillow; `batch4_over_singles`: a
batch of four over four batches of one. Medians of the ratios of runs, the ways taking turns at going first.
`bit_identical`: whether both gave the same pixels.

Real shapes: random weights of the published names and shapes; speed does not depend on the numbers. Prints, for each
batch, seconds a picture, steps a second, peak memory, and which share of the card's peak the UNet's work is. Where
there is no such device, that is said in a sentence, and the exit code is 2. `python -m benchmarks.pictures` takes the
same options.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from pydantic import ValidationError

from schemas.enums import RendererName
from schemas.errors import InputError, InvalidRequest
from schemas.models import ModelManifest
from schemas.painting import Painting, PaintingDevice, Precision
from schemas.prompt import KeyframeSpec

UNET_TFLOP = 5.98
"""Work of one UNet pass for one picture of 1024×1024, in 10¹² operations: 2.99 · 10¹² multiply-adds, 149.4 for 25
guided steps by the table in diffusers' documentation of T-GATE."""

PEAKS = {"T4": 65, "L4": 121, "A10": 125, "A100": 312, "L40S": 362, "H100": 989, "H200": 989}
"""The makers' figures for dense half precision on tensor cores, in 10¹² operations a second."""

WORDS = (
    "a fisherman on a pier at night, rain",
    "close shot of a woman in a red coat at a window",
    "wide shot of the sea, a ferry, blue light",
    "an old kitchen, a boy at the table, morning",
)


def specs(manifest: ModelManifest, side: int, steps: int, count: int = 4, first_seed: int = 0) -> list[KeyframeSpec]:
    """Ask for keyframes whose words were not seen before where the first seed is another."""
    painting = Painting(model=manifest.digest, steps=steps, guidance=6.0)
    return [
        KeyframeSpec(
            renderer=RendererName.SDXL,
            width=side,
            height=side,
            seed=first_seed + index,
            positive=f"{WORDS[index % len(WORDS)]}, {first_seed + index}",
            positive_2="35 mm film, soft light, film grain",
            negative="text, watermark",
            negative_2="blurry, deformed",
            painting=painting,
        )
        for index in range(count)
    ]


def paint(painter: Any, wanted: Sequence[KeyframeSpec]) -> list[bytes]:
    """Paint, and insist on pictures."""
    painted: list[bytes] = []
    for result in painter.paint(wanted, on_step=lambda *_: None, cancelled=lambda: False):
        if not isinstance(result, bytes):
            raise result
        painted.append(result)
    return painted


def bare(pipeline: Any, wanted: Sequence[KeyframeSpec]) -> list[bytes]:
    """Paint with diffusers alone, and write PNGs as its pictures do."""
    import torch

    painting = wanted[0].painting
    assert painting is not None
    images = pipeline(
        prompt=[spec.positive for spec in wanted],
        prompt_2=[spec.positive_2 for spec in wanted],
        negative_prompt=[spec.negative for spec in wanted],
        negative_prompt_2=[spec.negative_2 for spec in wanted],
        width=wanted[0].width,
        height=wanted[0].height,
        num_inference_steps=painting.steps,
        guidance_scale=painting.guidance,
        generator=[torch.Generator("cpu").manual_seed(spec.seed) for spec in wanted],
    ).images
    pngs = []
    for image in images:
        file = io.BytesIO()
        image.save(file, "PNG")
        pngs.append(file.getvalue())
    return pngs


def _same(ours: Sequence[bytes], theirs: Sequence[bytes]) -> bool:
    def pixels(png: bytes) -> Any:
        return cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)

    return all(np.array_equal(pixels(one), pixels(other)) for one, other in zip(ours, theirs, strict=True))


def _ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """Return the median of the runs' ratios: what disturbs one run disturbs both ways in it."""
    return round(statistics.median(one / other for one, other in zip(over, under, strict=True)), 3)


def tiny_ratios(folder: Path, runs: int = 7, steps: int = 8, side: int = 128) -> dict[str, Any]:
    """Measure the ratios with the tiny model on one thread of the CPU.

    Args:
        folder: Where the model is written; must be empty or absent.
        runs: How often each way is measured, in turns.
        steps: Steps a picture.
        side: Width and height, in pixels.

    Returns:
        `painter_over_bare`, `batch4_over_singles`, `bit_identical`, and the medians behind them in CPU seconds.
    """
    import torch
    from diffusers import StableDiffusionXLPipeline

    from film.diffusion.loading import quiet
    from film.render.sdxl.painter import load_painter
    from film.render.sdxl.tiny import write_tiny

    torch.set_num_threads(1)
    manifest = write_tiny(folder)
    painter = load_painter(folder, manifest, PaintingDevice(device="cpu", batch=4))
    with quiet():
        pipeline = StableDiffusionXLPipeline.from_pretrained(folder, use_safetensors=True, local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)
    times: dict[str, list[float]] = {"painter": [], "bare": [], "singles": []}
    same = True
    for run in range(runs + 1):
        wanted, alone = (specs(manifest, side, steps, first_seed=run * 100 + offset) for offset in (0, 50))
        ways: list[tuple[str, Callable[[], list[bytes]]]] = [
            ("painter", partial(paint, painter, wanted)),
            ("bare", partial(bare, pipeline, wanted)),
        ]
        made, taken = {}, {}
        for name, way in ways if run % 2 else ways[::-1]:
            began = time.process_time()
            made[name] = way()
            taken[name] = time.process_time() - began
        began = time.process_time()
        for spec in alone:
            paint(painter, [spec])
        taken["singles"] = time.process_time() - began
        same = same and _same(made["painter"], made["bare"])
        if run:  # the first warms up
            for name, seconds in taken.items():
                times[name].append(seconds)
    median = {name: statistics.median(taken) for name, taken in times.items()}
    return {
        "painter_over_bare": _ratio(times["painter"], times["bare"]),
        "batch4_over_singles": _ratio(times["painter"], times["singles"]),
        "bit_identical": same,
        "painter_s": round(median["painter"], 3),
        "bare_s": round(median["bare"], 3),
        "singles_s": round(median["singles"], 3),
    }


def real_pipeline(device: PaintingDevice, sample: int | None = None) -> Any:
    """Build SDXL at its published shapes, with random weights, on a device.

    Args:
        device: Where, and in which precision.
        sample: Side of the latents, to try the way on a machine without a GPU; by default as published.
    """
    import torch
    from diffusers import AutoencoderKL, EulerDiscreteScheduler, StableDiffusionXLPipeline, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

    from film.diffusion.device import find_device
    from film.diffusion.loading import quiet
    from film.models import published
    from film.render.sdxl.loading import make_fit
    from film.render.sdxl.tiny import write_tokenizers

    parts = published("sdxl-base-1.0").components
    where, dtype = find_device(device)

    def filled(model: Any) -> Any:
        """Give a model without numbers small random ones, on the device."""
        model = model.to(dtype).to_empty(device=where).eval()
        with torch.no_grad():
            for tensor in model.parameters():
                tensor.normal_(0, 0.02)
            for name, tensor in model.named_buffers():
                if name.endswith("position_ids"):
                    tensor.copy_(torch.arange(tensor.numel()).view(tensor.shape))
        return model

    with quiet(), torch.device("meta"):
        text = dict(parts["text_encoder"].config), dict(parts["text_encoder_2"].config)
        models = {
            "unet": UNet2DConditionModel.from_config(
                parts["unet"].config if sample is None else {**parts["unet"].config, "sample_size": sample}
            ),
            "vae": AutoencoderKL.from_config(parts["vae"].config),
            "text_encoder": CLIPTextModel(CLIPTextConfig.from_dict(text[0])),
            "text_encoder_2": CLIPTextModelWithProjection(CLIPTextConfig.from_dict(text[1])),
        }
    with tempfile.TemporaryDirectory() as place, quiet():
        write_tokenizers(Path(place))
        tokenizers = [CLIPTokenizer.from_pretrained(Path(place) / part) for part in ("tokenizer", "tokenizer_2")]
        pipeline = StableDiffusionXLPipeline(
            **{name: filled(model) for name, model in models.items()},
            tokenizer=tokenizers[0],
            tokenizer_2=tokenizers[1],
            scheduler=EulerDiscreteScheduler.from_config(parts["scheduler"].config),
            add_watermarker=False,
        )
    pipeline.set_progress_bar_config(disable=True)
    make_fit(pipeline, where, dtype, device)
    return pipeline


def real_figures(
    device: PaintingDevice, steps: int, batches: Sequence[int], runs: int, sample: int | None
) -> dict[str, Any]:
    """Measure SDXL's true shapes with random weights.

    Args:
        device: Where, and in which precision.
        steps: Steps a picture.
        batches: How many pictures at once.
        runs: How often each batch is painted after one that warms up.
        sample: Side of the latents; None as published.
    """
    import torch

    from film.models import published
    from film.render.sdxl.aids import Aids
    from film.render.sdxl.painter import Painter

    manifest = published("sdxl-base-1.0")
    pipeline = real_pipeline(device, sample)
    side = pipeline.unet.config.sample_size * 8
    cuda = pipeline.device.type == "cuda"
    card = torch.cuda.get_device_name(pipeline.device) if cuda else "CPU"
    peak = next((flops for name, flops in sorted(PEAKS.items(), key=lambda pair: -len(pair[0])) if name in card), None)
    figures: dict[str, Any] = {"card": card, "precision": str(pipeline.unet.dtype), "side": side, "steps": steps}
    for batch in batches:
        at_once = device.model_copy(update={"batch": batch, "tries": 1})
        painter = Painter(pipeline, Path("."), manifest, at_once, Aids())
        seconds = []
        for run in range(runs + 1):
            if cuda:
                torch.cuda.reset_peak_memory_stats()
                torch.cuda.synchronize()
            began = time.perf_counter()
            # Random weights may paint what the gate refuses; their time is the same.
            painter.paint(
                specs(manifest, side, steps, batch, run * 100), on_step=lambda *_: None, cancelled=lambda: False
            )
            if cuda:
                torch.cuda.synchronize()
            if run:
                seconds.append(time.perf_counter() - began)
        taken = statistics.median(seconds)
        work = 2 * steps * batch * UNET_TFLOP * (side / 1024) ** 2
        figures[f"batch_{batch}"] = {
            "s_per_image": round(taken / batch, 3),
            "steps_per_s": round(steps / taken, 3),
            "peak_gb": round(torch.cuda.max_memory_allocated() / 1e9, 2) if cuda else None,
            "share_of_peak": round(work / taken / peak, 3) if peak else None,
        }
    return figures


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what is measured of painting, and where, to a command's options."""
    parser.add_argument("--shapes", choices=("tiny", "real"), default="tiny")
    parser.add_argument("--device", default="cpu", help="where real shapes are painted: cpu, cuda, cuda:1 or mps")
    parser.add_argument("--precision", choices=[one.value for one in Precision], default=Precision.AUTO.value)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--steps", type=int, default=None, help="by default 8 with tiny shapes, 30 with real ones")
    parser.add_argument("--batches", type=_numbers, default=[1, 4, 8], help="with real shapes; 1,4,8 unless said")
    parser.add_argument(
        "--sample", type=int, default=None, help="side of the latents with real shapes; 128 as published"
    )


def _numbers(given: str) -> list[int]:
    return [int(number) for number in given.split(",")]


def measure_real(options: argparse.Namespace) -> dict[str, Any]:
    """Measure real shapes as the options say.

    Args:
        options: Those of `add_options`, and `runs`.

    Raises:
        InvalidRequest: There is no device of that name, or the extra “gpu” is not installed.
        DeviceMissing: This machine has no such device.
    """
    try:
        import torch
    except ImportError as error:
        raise InvalidRequest("Painting needs the extra “gpu”: pip install -e '.[gpu]'.") from error
    try:
        device = PaintingDevice(device=options.device, precision=options.precision, compile=options.compile)
    except ValidationError as error:
        raise InvalidRequest(f"--device {options.device} is none: it is cpu, cuda, cuda:1 or mps.") from error
    from film.diffusion.device import find_device

    find_device(device)  # before diffusers is imported, which takes its time
    with contextlib.redirect_stdout(sys.stderr):
        figures = real_figures(device, options.steps or 30, options.batches, options.runs or 3, options.sample)
    return figures | {"shapes": "real", "device": options.device, "torch": torch.__version__}


def print_or_complain(measure: Callable[[], dict[str, Any]]) -> int:
    """Print what was measured, or why nothing was.

    Args:
        measure: Gives the figures.

    Returns:
        The exit code: 2 where what was asked for cannot be measured here.
    """
    try:
        figures = measure()
    except InputError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(json.dumps(figures))
    return 0


def _measure(options: argparse.Namespace) -> dict[str, Any]:
    if options.shapes == "real":
        return measure_real(options)
    try:
        import torch
    except ImportError:
        return {"skipped": "the extra gpu is not installed"}
    with contextlib.redirect_stdout(sys.stderr), tempfile.TemporaryDirectory() as place:
        figures = tiny_ratios(Path(place) / "tiny", options.runs or 7, options.steps or 8)
    return figures | {"shapes": "tiny", "device": "cpu", "torch": torch.__version__}


def main() -> int:
    """Measure and print.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--runs", type=int, default=None, help="by default 7 with tiny shapes, 3 with real ones")
    return print_or_complain(partial(_measure, parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
