"""How many GPU machines there are, and how long films wait for them: three policies over a day of films, simulated.

    python -m benchmarks.fleet_simulation [--json] [--days 20] [--loads 1 10 100 1000] [--only-ratios] [--table]

Films come in bursts, are of very unequal length, machines take minutes to start and are taken back: `fleet/inputs.toml`
says how often and how much, and where each number is from. The policies:

    queue_depth  the specification's: over 10 messages one machine more, under 3 one less; films take turns, batch by
                 batch
    tickets      as deployed: KEDA on tickets, and on what the same hour of the seven days before wanted, with the
                 numbers of the chart's values; short films go first, as workflows order it (`schemas/turns.py`)
    ideal        knows the day beforehand: whatever is asked for begins at once, as long as fewer machines work than
                 there may be at most. Each was started in time, and is billed for its start, for its work, and for
                 waiting where that is less than another start; nobody takes it back. No policy can be faster. A slower
                 one can be cheaper, since fewer machines are started where films wait

and, to know what comes of what: `queue_depth_short_first` (the specification's scaling with our order of films),
`tickets_in_turns` (our scaling with plain turns), `tickets_unforeseen` (as on an installation's first day, or without
Prometheus), `at_once` (sees all demand the moment it is there, knows nothing of what will come, waits for cold starts),
`queue_depth_each_minute` (the specification's, five times as hasty) and `queue_depth_of_films` (a message is a film,
which one machine paints whole: the specification's, to the letter).

All policies have the same workers: one that must go finishes its batch within `drainSeconds` or gives it back, less the
pictures that are done. A film's time ends with its last picture; encoding follows on other machines, whoever ordered
these. A worker is a machine: that a node outlives its worker by a while, and is billed for it, is left out.

Prints one JSON object: ratios first (`p95_film_tickets_over_queue_depth` and `p95_film_tickets_over_ideal` of the time
until 95 of 100 films are whole, `gpu_hours_tickets_over_queue_depth` of the machines' hours), then figures by load and
policy, then the ratios with each input halved and doubled; `--table` prints these alone, as a table. All is drawn from
seeds: the same command prints the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from benchmarks.fleet.chart import Chart, read
from benchmarks.fleet.compared import compare, ratios, told
from benchmarks.fleet.inputs import Inputs, load, varied

DAYS = 20
"""Days at 1×; a single one where the load is larger: that has as many films as ten of these, and more."""
LARGE = 100
"""From this load on, the policies of the ratios alone: each takes a minute of one core for a million batches."""
VARIED_DAYS = 3
NAMES = ("tickets", "queue_depth", "queue_depth_short_first", "ideal")


def main() -> int:
    """Simulate, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    parser.add_argument("--days", type=int, default=DAYS, help="days at 1×")
    parser.add_argument("--loads", type=int, nargs="+", default=[1, 10, 100, 1000], help="times the load")
    parser.add_argument("--only-ratios", action="store_true", help="vary no input")
    parser.add_argument(
        "--table", action="store_true", help="each input halved and doubled, as a table, and nothing else"
    )
    options = parser.parse_args()
    if options.days < 1 or min(options.loads) < 1:
        parser.error("days and loads are 1 or more")
    inputs, chart = load(), read()
    if options.table:
        print(tabled(sensitivity(inputs, chart)))
        return 0
    by_load = {}
    for times in options.loads:
        days, names = options.days if times == 1 else 1, NAMES if times >= LARGE else None
        by_load[times] = compare(inputs, chart, load=times, seeds=range(1, days + 1), names=names)
        _say(options.json, f"{times}×: {json.dumps(ratios(by_load[times]))}")
    table = {} if options.only_ratios else sensitivity(inputs, chart, quiet=options.json)
    first = by_load[options.loads[0]]
    report: dict[str, Any] = {
        **ratios(first),
        **({"worst_with_any_input_halved_or_doubled": worst(table)} if table else {}),
        "ratios_by_load": {f"{times}x": ratios(by) for times, by in by_load.items()},
        "loads": {f"{times}x": told(by) for times, by in by_load.items()},
        "inputs_varied": table,
    }
    print(json.dumps(report, indent=None if options.json else 1))
    return 0


def sensitivity(inputs: Inputs, chart: Chart, *, quiet: bool = True) -> dict[str, dict[str, float]]:
    """Compute the ratios with each input halved and doubled, at 1×, over the same seeds."""
    table = {}
    for name, factor, changed in varied(inputs):
        table[f"{name} × {factor:g}"] = ratios(compare(changed, chart, seeds=range(1, VARIED_DAYS + 1), names=NAMES))
        _say(quiet, f"{name} × {factor:g}: {table[f'{name} × {factor:g}']}")
    return table


def worst(table: dict[str, dict[str, float]]) -> dict[str, float]:
    """Find the largest of each ratio."""
    return {key: max(row[key] for row in table.values()) for key in next(iter(table.values()))}


def tabled(rows: dict[str, dict[str, float]]) -> str:
    """Write the ratios of varied inputs as docs/scaling.md has them: halved, then doubled."""
    keys = ("p95_film_tickets_over_queue_depth", "gpu_hours_tickets_over_queue_depth", "p95_film_tickets_over_ideal")
    lines = ["| input | film over queue depth | GPU-hours over queue depth | film over ideal |", "|---|---|---|---|"]
    for name in dict.fromkeys(row.partition(" × ")[0] for row in rows):
        pairs = (f"{rows[f'{name} × 0.5'][key]:.2f}, {rows[f'{name} × 2'][key]:.2f}" for key in keys)
        lines.append(f"| {name} | {' | '.join(pairs)} |")
    return "\n".join(lines)


def _say(quiet: bool, words: str) -> None:
    if not quiet:
        print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
