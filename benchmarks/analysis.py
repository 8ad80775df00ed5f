"""How long reading, directing and prompting take, and whether a long script costs more a page than a short one.

    python -m benchmarks.analysis [--runs 9]

Prints one JSON object. `long_over_short`: CPU time a page of a screenplay of 1,000 pages over the less of those of 10
and of 100; 1.0 is linear. `feature_s`: CPU seconds, on one core, from the text of a screenplay of 120 pages to its
breakdown and its prompts. All are medians of several runs, in turns. The screenplays are generated: a page has 55
lines, a scene runs over a page or so, and new people and new places keep coming as the script goes on.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import time

from film.direction import direct
from film.prompting import write_prompts
from film.script import read

PAGES = (10, 100, 120, 1000)
PAGE_LINES = 55
LINE = 60
"""Characters in a line of action."""
SPOKEN_LINE = 35
"""Characters in a line of dialogue."""

_FIRST = "ANNA BRAM CLARA DANIEL EDITH FELIX GRETA HUGO IRIS JONAS KATE LEWIS MIRA NOAH OLGA PAUL RUTH SAM TESS VICTOR"
_LAST = "ABEL BARLOW CRANE DUNN ELLERY FROST GRANT HOLT INGLE JARVIS KEANE LOWELL MARSH NOLAN ORTON PIKE QUILL REED"
_ROLE = "a tired nurse;an old sailor with a grey beard;a clever thief;a girl in a red coat;a judge;a shy baker"
_PLACE = "KITCHEN OFFICE STREET HARBOUR FOREST BAR HOSPITAL STATION LIBRARY ROOFTOP CHURCH GARDEN BEACH CELLAR BRIDGE"
_OF = "NORTHGATE ASHFIELD MILLBROOK REDHILL OAKHAM STONEWELL FAIRVIEW KINGSLEY LANGTON WESTBURY"
_VERBS = "crosses to;stops at;leans on;walks past;looks at;sits down by;runs from;waits beside;turns towards;stares at"
_THINGS = "the window;a wet letter;the long table;an empty chair;the phone;a lantern;the car;an old map;the door"
_NOUNS = "morning river answer winter garden corner number colour market summer paper station village weather"
_VERB = "find leave know remember follow carry bring keep choose watch open finish believe understand promise"
_TIMES = "DAY NIGHT DAWN CONTINUOUS LATER EVENING".split()


def screenplay(pages: int, seed: int = 1) -> str:
    """Write a screenplay in Fountain.

    Args:
        pages: Its length; a page has 55 lines.
        seed: Another one gives another screenplay of the same kind.
    """
    chance = random.Random(seed)
    firsts, lasts = _FIRST.split(), _LAST.split()
    cast: list[str] = []
    blocks = ["FADE IN:"]
    lines = 0
    while lines < pages * PAGE_LINES:
        if len(cast) < 4 + lines // (4 * PAGE_LINES) and len(cast) < len(firsts) * len(lasts):
            number = len(cast)
            cast.append(f"{firsts[number % len(firsts)]} {lasts[(number + number // len(firsts)) % len(lasts)]}")
            entrance = f"{cast[-1]}, {_pick(chance, _ROLE)}, {_pick(chance, _VERBS)} {_pick(chance, _THINGS)}."
        else:
            entrance = ""
        people = chance.sample(cast[-12:], 2) if len(cast) > 1 else [*cast, "THE CAPTAIN"]
        scene = _scene(chance, people, entrance)
        blocks += scene
        lines += sum(_lines(block) for block in scene)
    return "\n\n".join([*blocks, "> FADE OUT."])


def _pick(chance: random.Random, words: str) -> str:
    return chance.choice(words.split(";"))


def _scene(chance: random.Random, people: list[str], entrance: str) -> list[str]:
    place = f"{chance.choice(_OF.split())} {chance.choice(_PLACE.split())}"
    blocks = [f"{chance.choice(('INT.', 'EXT.'))} {place} - {chance.choice(_TIMES)}"]
    if entrance:
        blocks.append(entrance)
    for _ in range(chance.randint(2, 5)):
        blocks.append(" ".join(_action(chance, people) for _ in range(chance.randint(1, 4))))
        for turn in range(chance.randint(0, 5)):
            manner = chance.choice(("", "", "", "", "\n(quietly)", "\n(beat)"))
            words = " ".join(_sentence(chance) for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 6))))
            blocks.append(f"{people[turn % 2]}{manner}\n{words}")
    if chance.random() < 0.1:
        blocks.append("CUT TO:")
    return blocks


def _action(chance: random.Random, people: list[str]) -> str:
    name = chance.choice(people).split()[0].title()
    who = chance.choice((name, name, "He", "She", "They", "Somebody"))
    return f"{who} {_pick(chance, _VERBS)} {_pick(chance, _THINGS)} in the {chance.choice(_NOUNS.split())}."


def _sentence(chance: random.Random) -> str:
    noun, other = chance.sample(_NOUNS.split(), 2)
    return f"You {chance.choice(_VERB.split())} the {noun} of the {other}, and I do not{chance.choice('.?.!')}"


def _lines(block: str) -> int:
    """Count the lines a block takes on a page, the empty one before it included."""
    first, *rest = block.split("\n")
    if not rest:
        return 1 + -(-len(first) // LINE)
    return 2 + sum(-(-len(line) // SPOKEN_LINE) for line in rest)


def analysis_s(text: str) -> float:
    """Read and direct a screenplay and write its prompts; return the CPU seconds it took."""
    gc.collect()
    began = time.process_time()
    breakdown = direct(read(text, "bench.fountain"))
    write_prompts(breakdown, style="cinematic", width=1280, height=720, project_seed=1)
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    texts = {pages: screenplay(pages) for pages in PAGES}
    analysis_s(texts[PAGES[0]])
    runs: dict[int, list[float]] = {pages: [] for pages in PAGES}
    for _ in range(options.runs):
        for pages, text in texts.items():
            runs[pages].append(analysis_s(text))
    seconds = {pages: statistics.median(times) for pages, times in runs.items()}
    feature = direct(read(texts[120], "bench.fountain"))
    result = {
        "long_over_short": round(seconds[1000] / 1000 / min(seconds[pages] / pages for pages in (10, 100)), 3),
        "feature_s": round(seconds[120], 3),
        "ms_per_page": {str(pages): round(seconds[pages] / pages * 1000, 3) for pages in (10, 100, 1000)},
        "feature_scenes": len(feature.scenes),
        "feature_shots": len(feature.shots),
        "feature_characters": len(feature.characters),
        "runs": options.runs,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
