"""What benchmarks are to reach, the page that says what they reached, and its plot: one table for all three."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

import benchmarks
from benchmarks.__main__ import FIGURES, known, write
from benchmarks.report.machine import machine
from benchmarks.report.plot import LEFT, MET, MISSED, RIGHT, place, plot
from benchmarks.report.reaches import BENCHMARKS, Benchmark, Reach, Sense, benchmark
from benchmarks.report.table import Run, figure, page

MACHINE = {"cpu": "a chip", "cores": 2, "memory_gb": 8.0, "python": "3.11", "ffmpeg": "9"}
POSITIVE = st.floats(1e-6, 1e6)


def run(**figures: object) -> Run:
    return Run(figures, MACHINE, 90.0)


@given(POSITIVE, POSITIVE, st.sampled_from([Sense.AT_MOST, Sense.AT_LEAST]))
def test_what_is_met_takes_up_no_more_than_its_reach(measured: float, bound: float, sense: Sense) -> None:
    reach = Reach("key", "", bound, sense)
    assert reach.met(measured) == (reach.share(measured) <= 1 or measured == bound)


@pytest.mark.parametrize(("measured", "met"), [(1, True), (0, False), (2, False)])
def test_a_count_is_met_exactly(measured: float, met: bool) -> None:
    assert Reach("key", "", 1, Sense.EXACTLY).met(measured) is met


def test_a_figure_is_found_wherever_it_stands_and_only_if_it_is_one() -> None:
    reach = Reach("compose_over_bare.medium", "", 1)
    assert reach.measured({"compose_over_bare": {"medium": 0.5}}) == 0.5
    wrongs: tuple[dict[str, object], ...] = (
        {},
        {"compose_over_bare": 0.5},
        {"compose_over_bare": {"medium": None}},
        {"compose_over_bare": {}},
    )
    for wrong in wrongs:
        assert reach.measured(wrong) is None
    assert Reach("skipped", "", 1).measured({"skipped": True}) is None


def test_every_reach_is_told_once_met_or_missed() -> None:
    runs = {"scale": run(peak_rss_1500_over_10=1.3, film_history_events_1500=900)}
    text = page(runs)
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) == sum(len(one.reaches) for one in BENCHMARKS)
    (missed,) = [row for row in rows if row.endswith("**missed** |")]
    assert missed.startswith("| `peak_rss_1500_over_10`")
    (met,) = [row for row in rows if row.endswith(" met |")]
    assert "≤ 1,500 | 900 | met" in met
    assert "2 min on a chip, 2 cores, 8.0 GB, Python 3.11, FFmpeg 9" in text


def test_a_figure_that_is_to_reach_nothing_is_told_beside_the_others() -> None:
    text = page({"pictures": run(activity_over_bare=1.01, activity_whole_over_bare=1.25)})
    assert "Beside it, `activity_whole_over_bare`: 1.25 (as `activity_over_bare`, of the whole activity" in text
    assert "activity_whole_over_bare" not in page({"pictures": run(activity_over_bare=1.01)})


def test_what_failed_and_what_was_not_run_is_said() -> None:
    text = page({"film": Run({}, MACHINE, 1.0, error="it ended with exit code 1")})
    assert "`python -m benchmarks.film`, failed: it ended with exit code 1" in text
    assert text.count(", not run\n") == len(BENCHMARKS) - 1


def test_figures_of_a_run_that_was_not_simply_timed_say_so() -> None:
    text = page({"film": Run({}, MACHINE, 0.0, caveat="ended after two films, not timed,")})
    assert "`python -m benchmarks.film`, ended after two films, not timed, on a chip" in text
    assert "0 min" not in text


def test_the_plot_has_a_bar_for_each_figure_in_the_colour_of_its_verdict() -> None:
    runs = {"revise": run(shots_redrawn=1, reorder_redrawn=3, no_change_over_full=0.01)}
    root = ElementTree.fromstring(plot(runs))
    bars = [node for node in root.iter() if node.get("fill") in (MET, MISSED) and node.tag.endswith("rect")]
    assert sorted(str(bar.get("fill")) for bar in bars) == sorted([MET, MET, MISSED])
    keys = {node.text for node in root.iter() if node.tag.endswith("text")}
    assert {reach.key for one in BENCHMARKS for reach in one.reaches} <= keys


@given(st.floats(0, allow_nan=False))
def test_bars_stay_on_the_scale(share: float) -> None:
    assert LEFT <= place(share) <= RIGHT


def test_figures_are_written_and_read_again(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    runs = {"scale": run(mb_per_added_shot=0.05), "film": Run({}, MACHINE, 3.0, error="no")}
    write(runs, tmp_path)
    assert known(tmp_path) == runs
    assert json.loads((tmp_path / FIGURES).read_text())["scale"]["result"] == {"mb_per_added_shot": 0.05}
    assert (tmp_path / "benchmarks.md").read_text() == page(runs)
    assert known(tmp_path / "nowhere") == {}


@pytest.mark.parametrize("one", BENCHMARKS, ids=lambda one: one.name)
def test_each_benchmark_is_a_module_and_names_each_key_in_what_it_says_of_itself(one: Benchmark) -> None:
    source = Path(benchmarks.__file__).with_name(f"{one.name}.py").read_text(encoding="utf-8")
    assert [reach.key for reach in one.reaches if reach.key.split(".")[0] not in source] == []
    assert benchmark(one.name) is one


@pytest.mark.parametrize(("value", "told"), [(1500, "1,500"), (1.05, "1.05"), (0.0083, "0.0083"), (97.345, "97.34")])
def test_a_figure_is_brief(value: float, told: str) -> None:
    assert figure(value) == told


def test_a_machine_is_described_without_saying_whose_it_is() -> None:
    assert set(machine()) == {"cpu", "cores", "memory_gb", "python", "ffmpeg"}
    assert all(machine().values())
