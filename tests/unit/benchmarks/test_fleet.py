"""Laws of the simulated fleet: films end once, nothing is free, nobody beats the ideal, queues are as Erlang says."""

from __future__ import annotations

import json
import math
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import fleet_simulation
from benchmarks.fleet.chart import Chart, read
from benchmarks.fleet.compared import IDEAL, compare, policies
from benchmarks.fleet.day import DAY_S, Day, draw
from benchmarks.fleet.foreseen import busy_before, expected
from benchmarks.fleet.inputs import PATH, Inputs, load, varied
from benchmarks.fleet.policies import Always, Policy, QueueDepth, Seen, Tickets
from benchmarks.fleet.simulator import Machines, Outcome, simulate
from benchmarks.report.reaches import benchmark
from schemas.turns import is_long
from tests.effort import tries

INPUTS = load()
CHART = read()
MACHINES = Machines(cold_start_s=480, cold_start_sigma=0.14, pools=4, drain_s=90, notice_s=120, warm=1)


@st.composite
def days(draw: st.DrawFn, *, most_batches: int = 12) -> Day:
    """A day of a few films, and now and then a pool that is taken back."""
    films = draw(st.lists(st.tuples(st.floats(0, DAY_S), st.integers(1, most_batches)), min_size=1, max_size=12))
    films.sort()
    counts = [count for _, count in films]
    batches = sum(counts)
    return Day(
        arrivals=[at for at, _ in films],
        first_batch=[0, *np.cumsum(counts).tolist()],
        windows=[draw(st.sampled_from([1, 4, 32])) for _ in films],
        pictures=draw(st.lists(st.integers(1, 6), min_size=batches, max_size=batches)),
        paces=draw(st.lists(st.sampled_from([9.4, 31.8]), min_size=batches, max_size=batches)),
        losses=sorted(draw(st.lists(st.tuples(st.floats(0, 2 * DAY_S), st.integers(0, 3)), max_size=6))),
    )


def ideal(day: Day, most: int = CHART.most) -> Outcome:
    return simulate(day, Always(most), replace(MACHINES, warm=most, lost=False))


@given(day=days(), name=st.sampled_from(sorted(policies(CHART, INPUTS, 1))))
def test_every_film_ends_once_and_every_second_of_painting_is_billed(day: Day, name: str) -> None:
    outcome = simulate(day, policies(CHART, INPUTS, 1)[name](), MACHINES)
    assert len(outcome.film_s) == day.films
    for film, (first, whole) in enumerate(zip(outcome.first_frame_s, outcome.film_s, strict=True)):
        own = range(day.first_batch[film], day.first_batch[film + 1])
        seconds = [day.pictures[batch] * day.paces[batch] for batch in own]
        assert first >= 0
        assert whole >= first
        # No film is faster than its work on as many machines as there may be, nor than its longest picture.
        assert whole >= sum(seconds) / CHART.most - 1e-6
        assert whole >= max(day.paces[batch] for batch in own) - 1e-6
    assert outcome.billed_s >= outcome.work_s + outcome.lost_s - 1e-6
    assert outcome.lost_s >= 0


@given(day=days(most_batches=1), name=st.sampled_from(sorted(set(policies(CHART, INPUTS, 1)) - {IDEAL})))
def test_no_film_of_one_batch_is_faster_than_by_the_ideal(day: Day, name: str) -> None:
    best = ideal(day)
    other = simulate(day, policies(CHART, INPUTS, 1)[name](), MACHINES)
    for mine, theirs in zip(best.film_s, other.film_s, strict=True):
        assert mine <= theirs + 1e-6
    assert best.needed_s >= best.work_s


@pytest.mark.parametrize("seed", range(1, tries(6, 2)))
def test_no_policy_is_faster_than_the_ideal(seed: int) -> None:
    by = compare(INPUTS, CHART, seeds=[seed])
    for name, other in by.items():
        for key in ("first_frame_p50_s", "first_frame_p95_s", "film_p50_s", "film_p95_s"):
            assert getattr(by[IDEAL], key) <= getattr(other, key) + 1e-6, (name, key)


def test_the_same_seed_gives_the_same_day_and_another_one_another() -> None:
    assert compare(INPUTS, CHART, seeds=[3]) == compare(INPUTS, CHART, seeds=[3])
    assert draw(INPUTS, seed=3) == draw(INPUTS, seed=3)
    assert draw(INPUTS, seed=3) != draw(INPUTS, seed=4)


@pytest.mark.parametrize(("servers", "usage"), [(1, 0.7), (5, 0.8), (20, 0.9)])
def test_random_films_on_a_fixed_fleet_wait_as_erlang_says(servers: int, usage: float) -> None:
    """M/M/c: the mean wait is C(c, λ/μ) / (cμ - λ), C being Erlang's formula."""
    count, chance, seconds = 60_000, np.random.default_rng(1), 100.0
    arrivals = np.cumsum(chance.exponential(seconds / (servers * usage), count))
    paces = chance.exponential(seconds, count)
    day = Day(arrivals.tolist(), list(range(count + 1)), [1] * count, [1] * count, paces.tolist(), [])
    outcome = simulate(day, Always(servers), replace(MACHINES, warm=servers))
    offered = servers * usage
    terms = [offered**k / math.factorial(k) for k in range(servers)]
    last = offered**servers / math.factorial(servers) / (1 - usage)
    waits = last / (sum(terms) + last) / (servers * (1 - usage)) * seconds
    assert float(np.mean(np.asarray(outcome.film_s) - paces)) == pytest.approx(waits, rel=0.08)


def test_a_machine_that_is_taken_back_gives_back_what_is_not_done() -> None:
    day = Day([0.0], [0, 1], [4], [6], [60.0], [(200.0, 0)])
    lonely = Machines(cold_start_s=480, cold_start_sigma=0, pools=1, drain_s=90, notice_s=120, warm=1)
    outcome = simulate(day, Always(1), lonely)
    # Told at 200 s, it paints until 290 s: four pictures stand, 50 s of the fifth are lost. The next comes at 680 s.
    assert outcome.film_s == [pytest.approx(680 + 2 * 60)]
    assert outcome.lost_s == pytest.approx(50)
    assert outcome.launches == 2
    hasty = simulate(day, Always(1), replace(lonely, notice_s=30))
    assert hasty.film_s == [pytest.approx(680 + 3 * 60)]
    assert hasty.lost_s == pytest.approx(50)


def test_films_take_turns() -> None:
    """A short film that comes behind a long one does not wait for all of it."""
    day = Day([0.0, 1.0], [0, 20, 21], [32, 32], [1] * 21, [10.0] * 21, [])
    outcome = simulate(day, Always(1), replace(MACHINES, warm=1))
    assert outcome.film_s == [pytest.approx(210), pytest.approx(29)]


def test_a_film_has_no_more_in_flight_than_its_window() -> None:
    day = Day([0.0], [0, 8], [2], [1] * 8, [10.0] * 8, [])
    assert simulate(day, Always(20), replace(MACHINES, warm=20)).film_s == [pytest.approx(40)]


def seen(waiting: int, running: int, machines: int) -> Seen:
    return Seen(waiting, running, 0, machines)


def test_the_specifications_policy_takes_one_step_and_pauses() -> None:
    policy = QueueDepth(least=1, most=3)
    assert policy.wanted(0, seen(10, 1, 1)) == 1  # over 10, not at 10
    assert policy.wanted(60, seen(11, 1, 1)) == 2
    assert policy.wanted(120, seen(50, 2, 2)) == 2
    assert policy.wanted(360, seen(50, 2, 2)) == 3
    assert policy.wanted(720, seen(50, 3, 3)) == 3
    assert policy.wanted(1080, seen(3, 3, 3)) == 3  # under 3, not at 3
    assert policy.wanted(1140, seen(2, 3, 3)) == 2
    assert policy.wanted(1500, seen(0, 1, 1)) == 1


def test_tickets_go_up_by_the_double_or_four_and_come_down_slowly() -> None:
    policy = Tickets(least=1, most=20, cooldown_s=600, step_s=120)
    assert policy.wanted(0, seen(40, 1, 1)) == 5
    assert policy.wanted(15, seen(40, 1, 5)) == 5
    assert policy.wanted(30, seen(40, 1, 5)) == 10
    assert policy.wanted(60, seen(40, 1, 10)) == 20
    assert policy.wanted(75, seen(0, 1, 20)) == 20
    assert policy.wanted(75 + 600, seen(0, 1, 20)) == 19
    assert policy.wanted(75 + 615, seen(0, 1, 19)) == 19
    assert policy.wanted(75 + 735, seen(0, 1, 19)) == 18


def test_tickets_in_hand_keep_their_machines() -> None:
    policy = Tickets(least=1, most=20, cooldown_s=0, step_s=1)
    assert policy.wanted(0, seen(0, 7, 7)) == 7
    assert policy.wanted(100, seen(0, 7, 9)) == 8


def test_several_tickets_that_wait_want_one_worker_and_each_in_hand_its_own() -> None:
    policy = Tickets(least=1, most=20, per_worker=4, cooldown_s=0, step_s=1)
    assert policy.wanted(0, seen(17, 3, 3)) == 5
    assert policy.wanted(100, seen(8, 9, 9)) == 9


def test_no_fewer_are_wanted_than_the_hour_is_expected_to_want() -> None:
    policy = Tickets(least=1, most=20, per_worker=4, cooldown_s=0, step_s=1, expected=lambda now: 6.2 if now else 50)
    assert policy.wanted(30, seen(0, 2, 4)) == 7
    assert policy.wanted(60, seen(38, 2, 7)) == 10
    assert policy.wanted(0, seen(0, 0, 19)) == 20


def test_what_an_hour_wants_is_known_from_other_days() -> None:
    steady = replace(INPUTS, burst_shape=1e6, film_mean_s=INPUTS.film_median_s)
    busy = np.asarray(busy_before(steady, 50))
    work = draw(steady, load=50, seed=10_000).work_s / DAY_S
    assert busy.mean() == pytest.approx(work, rel=0.02)
    assert busy.max() / busy.mean() == pytest.approx(INPUTS.day_peak, rel=0.05)
    wanted = expected(steady, 50, share=2.0, root=3.0)
    noon = busy[144 + 2]  # ten minutes ahead
    assert wanted(DAY_S / 2) == pytest.approx(2 * noon + 3 * math.sqrt(noon))
    assert wanted(DAY_S + 1) == 0


def test_a_short_film_hardly_waits_for_longer_ones_where_short_films_go_first() -> None:
    first = [0, 30, 60, 90, 120, 122]
    day = Day([0.0, 0.0, 0.0, 0.0, 1.0], first, [30, 30, 30, 30, 2], [1] * 122, [10.0] * 122, [])
    one = replace(MACHINES, warm=1)
    assert simulate(day, Always(1), one).film_s[4] > 80
    assert simulate(day, Always(1), one, short_first=True).film_s[4] == pytest.approx(49)


def test_films_of_one_length_do_not_take_turns_where_short_films_go_first() -> None:
    day = Day([0.0, 1.0], [0, 10, 20], [10, 10], [1] * 20, [10.0] * 20, [])
    one = replace(MACHINES, warm=1)
    assert simulate(day, Always(1), one).film_s[0] > 170
    assert simulate(day, Always(1), one, short_first=True).film_s[0] == pytest.approx(100)


def test_nobody_waits_for_all_of_a_long_film() -> None:
    long = is_long_from()
    day = Day(
        [0.0, 1.0, 2.0],
        [0, long, 2 * long, 2 * long + 3],
        [32, 32, 4],
        [1] * (2 * long + 3),
        [1.0] * (2 * long + 3),
        [],
    )
    film_s = simulate(day, Always(1), replace(MACHINES, warm=1), short_first=True).film_s
    assert film_s[2] < 10
    assert film_s[0] > 1.8 * long  # long ones take turns


def is_long_from() -> int:
    return next(batches for batches in range(1, 1000) if is_long(batches))


def test_a_share_of_many_machines_may_go_at_once() -> None:
    policy = Tickets(least=1, most=20_000, cooldown_s=0, step_s=120, step_share=0.05)
    assert policy.wanted(0, seen(0, 0, 1000)) == 950
    assert policy.wanted(120, seen(0, 0, 10)) == 9


def test_a_days_curve_has_its_peak_its_valley_and_a_mean_of_one() -> None:
    even = replace(INPUTS, burst_shape=1e6)
    hours = np.histogram(draw(even, load=200, seed=1).arrivals, bins=96, range=(0, DAY_S))[0]
    mean = hours.mean()
    assert hours.sum() == pytest.approx(INPUTS.films_per_day * 200, rel=0.001)
    assert hours.max() / mean == pytest.approx(INPUTS.day_peak, rel=0.02)
    assert hours.min() / mean == pytest.approx(INPUTS.day_valley, rel=0.02)


def test_films_are_as_long_as_the_inputs_say_and_all_their_shots_are_painted() -> None:
    day = draw(replace(INPUTS, film_longest_s=1e9), load=200, seed=2)
    pictures = np.add.reduceat(day.pictures, day.first_batch[:-1])
    assert float(np.median(pictures)) * INPUTS.shot_s == pytest.approx(INPUTS.film_median_s, rel=0.07)
    assert float(np.mean(pictures)) * INPUTS.shot_s == pytest.approx(INPUTS.film_mean_s + INPUTS.shot_s / 2, rel=0.05)
    assert set(day.pictures) == {1, 2, 3, 4, 5, 6}
    assert max(draw(INPUTS, load=200, seed=2).windows) == 32
    few = draw(INPUTS, seed=2)
    assert few.first_batch[-1] == len(few.pictures) == len(few.paces)


def test_each_input_has_a_source_and_is_halved_and_doubled() -> None:
    rows = list(varied(INPUTS))
    changed = {
        field.name
        for _, _, inputs in rows
        for field in fields(Inputs)
        if getattr(inputs, field.name) != getattr(INPUTS, field.name)
    }
    assert changed == {field.name for field in fields(Inputs)}
    assert len({(name, factor) for name, factor, _ in rows}) == len(rows)
    assert {factor for _, factor, _ in rows} == {0.5, 2.0}


def test_inputs_without_a_source_are_refused(tmp_path: Path) -> None:
    text = PATH.read_text(encoding="utf-8")
    changed = tmp_path / "inputs.toml"
    changed.write_text(text + '\n[luck]\nvalue = 1\nsource = "none"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="missing or unknown are luck"):
        load(changed)
    changed.write_text(text.replace('source = "The same: its peak is 3.3 times its valley."', "source = ' '"), "utf-8")
    with pytest.raises(ValueError, match="no source says where day_valley"):
        load(changed)
    with pytest.raises(ValueError, match="day_valley"):
        replace(INPUTS, day_valley=1.2)
    with pytest.raises(ValueError, match="film_mean_s is under"):
        replace(INPUTS, film_mean_s=1)


def test_what_is_simulated_is_what_the_chart_deploys() -> None:
    assert isinstance(CHART, Chart)
    assert (CHART.least, CHART.most) == (1, 20)  # specification 4.2
    policy: Policy = policies(CHART, INPUTS, 1)["tickets"]()
    assert isinstance(policy, Tickets)
    assert (policy.cooldown_s, policy.step_s, policy.per_worker) == (CHART.cooldown_s, CHART.step_s, CHART.per_worker)
    assert policy.expected is not None
    unforeseen: Policy = policies(CHART, INPUTS, 1)["tickets_unforeseen"]()
    assert isinstance(unforeseen, Tickets)
    assert unforeseen == replace(policy, expected=None)  # and but for that the same


def test_the_benchmark_prints_what_its_reaches_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["fleet_simulation", "--json", "--days", "1", "--loads", "1", "--only-ratios"])
    assert fleet_simulation.main() == 0
    printed = json.loads(capsys.readouterr().out)
    for reach in benchmark("fleet_simulation").reaches:
        assert reach.measured(printed) is not None or reach.key.startswith("worst")
    assert set(printed["loads"]["1x"]) == set(policies(CHART, INPUTS, 1))
