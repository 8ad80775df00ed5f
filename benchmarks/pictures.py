"""What pictures cost.

    python -m benchmarks.pictures [--json] [--only storyboard] [--runs 3]
    python -m benchmarks.pictures --shapes real --device cuda [--steps 30] [--batches 1,4,8]

Prints one JSON object. `storyboard_ms_per_keyframe_720p`: milliseconds of one core for a keyframe of 1280×720 and the
file with its layers, all that a worker makes of a shot; the median over the specs, each being the median of its runs
(CPU time of this process, which draws with one thread), and `…_p90`, which nine in ten stay below. The specs: every
place in every shot size, styles, weather and figures drawn by lot, a fixed share of them; and shots of the examples.
No picture is drawn twice in a row: nothing is warm but the process. `jitter_px` is that of `benchmarks.jitter`,
`batch4_over_singles` and `painter_over_bare` those of `benchmarks.painting`, `activity_over_bare`
and `activity_whole_over_bare` those of `benchmarks.activity`; all of these but `jitter_px` need the extra `gpu`.

Each measurement is a function in `MEASURES` that gives its keys, and `--only` runs one alone. `--shapes real` measures
a card with SDXL's true shapes and nothing else, as `benchmarks.painting` does, whose options it takes.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2

from benchmarks.jitter import jitter_px
from benchmarks.painting import add_options, measure_real, print_or_complain
from film.direction import direct
from film.prompting import styles, write_prompts
from film.render.storyboard import draw_with_layers
from film.script import decode, read
from schemas.enums import Angle, Expression, Place, Pose, RendererName, ShotSize, Side, TimeOfDay, Weather
from schemas.prompt import Figure, KeyframeSpec, Picture
from schemas.script import Look

EXAMPLES = Path(__file__).parents[1] / "examples"
WIDTH, HEIGHT = 1280, 720
_SPREAD = 80
"""How many specs are drawn by lot."""
_EVERY = 6
"""Of the shots of the examples, which are counted."""
_LOOKS = (
    Look(hair="bun", hair_colour="#a3a5a8", top="#c0392f", dress=True),
    Look(top="#33629c", beard=True, skin="#b97d54"),
)
_THINGS = ("letter", "lantern", "boat", "car", "tree", "chair", "lamp")


def storyboard_specs() -> list[KeyframeSpec]:
    """Choose what is drawn: the same specs whenever and wherever this runs."""
    chance = random.Random(4)
    cells = chance.sample(list(itertools.product(Place, ShotSize)), _SPREAD)
    return [_spec(chance, number, *cell) for number, cell in enumerate(cells)] + _example_specs()


def _spec(chance: random.Random, number: int, place: Place, size: ShotSize) -> KeyframeSpec:
    sides = list(Side)[: chance.choice((0, 1, 1, 2, 2, 3))]
    picture = Picture.model_validate(
        {
            "int_ext": chance.choice(("int", "ext")),
            "place": place,
            "time_of_day": chance.choice(list(TimeOfDay)),
            "weather": chance.choice(list(Weather)),
            "size": size,
            "angle": chance.choice((Angle.EYE, Angle.EYE, Angle.EYE, *Angle)),
            "figures": tuple(_figure(chance, side) for side in sides),
            "props": tuple(chance.sample(_THINGS, chance.choice((0, 0, 1, 2)))),
            "crowd": chance.random() < 0.15,
            "palette": chance.choice(list(styles().values())).palette,
            "layout_seed": number,
        }
    )
    return KeyframeSpec(renderer=RendererName.STORYBOARD, width=WIDTH, height=HEIGHT, seed=number, picture=picture)


def _figure(chance: random.Random, side: Side) -> Figure:
    return Figure(
        character=side.value,
        look=chance.choice(_LOOKS),
        pose=chance.choice(list(Pose)),
        expression=chance.choice(list(Expression)),
        side=side,
        facing=chance.choice(list(Side)),
    )


def _example_specs() -> list[KeyframeSpec]:
    specs: list[KeyframeSpec] = []
    for path in sorted(path for path in EXAMPLES.iterdir() if path.name != "README.md"):
        breakdown = direct(read(decode(path.read_bytes(), path.name), path.name))
        prompts = write_prompts(breakdown, style="cinematic", width=WIDTH, height=HEIGHT, project_seed=0).prompts
        specs += [KeyframeSpec.of(prompt, RendererName.STORYBOARD) for prompt in prompts]
    return specs[::_EVERY]


def storyboard(runs: int) -> dict[str, float]:
    """Measure the storyboard artist."""
    cv2.setNumThreads(1)
    specs = storyboard_specs()
    draw_with_layers(specs[0])
    times: list[list[float]] = [[] for _ in specs]
    keyframes = files = 0
    for _ in range(runs):
        for spec, taken in zip(specs, times, strict=True):
            began = time.process_time()
            png, layers = draw_with_layers(spec)
            taken.append(1000 * (time.process_time() - began))
            keyframes, files = keyframes + len(png), files + len(layers)
    medians = [statistics.median(taken) for taken in times]
    return {
        "storyboard_ms_per_keyframe_720p": round(statistics.median(medians), 1),
        "storyboard_ms_per_keyframe_720p_p90": round(statistics.quantiles(medians, n=10)[8], 1),
        "storyboard_specs": len(specs),
        "storyboard_kb_per_keyframe": round(keyframes / runs / len(specs) / 1000, 1),
        "storyboard_kb_per_layers": round(files / runs / len(specs) / 1000, 1),
    }


def jitter(_runs: int) -> dict[str, float]:
    """Measure how steadily the camera moves: it is no matter of time, and the same in each run."""
    return {"jitter_px": float(jitter_px(WIDTH, HEIGHT)["jitter_px"])}


def painting(runs: int) -> dict[str, float]:
    """Measure a batch of four over four singles, with the tiny model: see `benchmarks.painting`."""
    from benchmarks.painting import tiny_ratios

    with tempfile.TemporaryDirectory(prefix="painting-") as place:
        ratios = tiny_ratios(Path(place) / "tiny", runs=max(runs, 7))
    return {name: ratios[name] for name in ("batch4_over_singles", "painter_over_bare")}


def activity(runs: int) -> dict[str, float]:
    """Measure the keyframe activity over the bare diffusers call: see `benchmarks.activity`."""
    from benchmarks.activity import activity_figures

    figures = activity_figures(max(runs, 7))
    return {name: figures[name] for name in ("activity_over_bare", "activity_whole_over_bare", "bit_identical")}


MEASURES: dict[str, Callable[[int], dict[str, float]]] = {
    "storyboard": storyboard,
    "jitter": jitter,
    "painting": painting,
    "activity": activity,
}
"""What can be measured: each is told how many runs to take the median of, and gives its keys."""


def _measure(options: argparse.Namespace) -> dict[str, float]:
    if options.shapes == "real":
        return measure_real(options)
    result: dict[str, float] = {}
    for name, measure in MEASURES.items():
        if options.only in {None, name}:
            result |= measure(options.runs)
    return {**result, "runs": options.runs}


def main() -> int:
    """Measure and print.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, which is what is printed anyway")
    parser.add_argument("--only", choices=sorted(MEASURES), help="run one measurement alone")
    parser.add_argument("--runs", type=int, default=3)
    add_options(parser)
    options = parser.parse_args()
    if options.shapes == "real" and options.only not in {None, "painting"}:
        parser.error(f"--shapes real measures painting alone, not {options.only}")
    return print_or_complain(partial(_measure, options))


if __name__ == "__main__":
    sys.exit(main())
