"""Finds lines of a script that may not be filmed, or not without a second look.

It matches words, not meanings: a lexicon by category and severity, through the usual disguises, whole words only. What
follows from a finding is a policy's business; see `schemas.moderation`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

import ahocorasick

from film.script.folding import Words, readings
from film.script.lexicon import Category, Found, Lexicon, Rule, built_in
from schemas.errors import InvalidScript
from schemas.moderation import Flag, ModerationPolicy, Severity

_EXCUSED = 12
"""So many words before something is described what excuses it stands at most."""
MAX_NAMED_LINES = 3
"""So many lines a sentence names; the others are counted."""


def moderate(text: str, lexicon: Lexicon | None = None) -> tuple[Flag, ...]:
    """Find what a lexicon's rules find.

    Args:
        text: A decoded script, or any other text; its lines end with line feeds.
        lexicon: What to look for; by default the one that comes with this package.

    Returns:
        A flag for each line and category, with the gravest severity found there, in the order of the lines. Time is
        linear in the text.
    """
    chosen = lexicon or built_in()
    gravest: dict[tuple[int, str], tuple[Category, Severity]] = {}
    for reading in readings(text):
        for line, category, severity in _findings(reading, chosen):
            before = gravest.get((line, category.id))
            if before is None or severity.rank > before[1].rank:
                gravest[line, category.id] = (category, severity)
    return tuple(
        Flag(line=line, category=category.id, title=category.title, severity=severity)
        for (line, _), (category, severity) in sorted(gravest.items(), key=lambda found: found[0])
    )


def refuse(flags: Sequence[Flag], policy: ModerationPolicy, name: str) -> None:
    """Refuse a script that its policy refuses.

    Args:
        flags: What was found in it.
        policy: The installation's.
        name: What the script is called.

    Raises:
        InvalidScript: A finding is too grave; the sentence names line and category.
    """
    refused = [flag for flag in flags if policy.refuse.reached(flag.severity)]
    if refused:
        raise InvalidScript(
            f"{name} is not filmed here, for {describe(refused)}: take that out or word it otherwise, and hand the "
            "script in again."
        )


def describe(flags: Sequence[Flag]) -> str:
    """Say what was found where: `graphic violence (lines 3, 7)`."""
    lines: dict[str, list[int]] = defaultdict(list)
    for flag in flags:
        lines[flag.title].append(flag.line)
    return "; ".join(f"{title} ({_lines(found)})" for title, found in lines.items())


def _lines(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers[:MAX_NAMED_LINES]))
    more = f" and {len(numbers) - MAX_NAMED_LINES} more" if len(numbers) > MAX_NAMED_LINES else ""
    return f"line{'s' if len(numbers) > 1 else ''} {named}{more}"


@lru_cache(maxsize=4)
def _automaton(keys: tuple[str, ...]) -> Any:
    """Build what finds all phrases in one pass; a space on either side keeps to whole words."""
    automaton = ahocorasick.Automaton()
    for key in keys:
        automaton.add_word(f" {key} ", key)
    automaton.make_automaton()
    return automaton


def _findings(reading: Words, lexicon: Lexicon) -> Iterator[tuple[int, Category, Severity]]:
    if not reading.words or not lexicon.phrases:
        return
    # Where each word begins in the text that is searched; a phrase's first word is found again by bisection.
    starts = list(accumulate((len(word) + 1 for word in reading.words), initial=1))
    parts: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for end, key in _automaton(tuple(lexicon.phrases)).iter(f" {' '.join(reading.words)} "):
        at = bisect_right(starts, end - len(key)) - 1
        for meaning in lexicon.phrases[key]:
            if isinstance(meaning, Found):
                yield reading.lines[at], meaning.category, meaning.severity
            else:
                parts[meaning.rule].append((at, meaning.words, key))
    for number, hits in parts.items():
        category, rule = lexicon.near[number]
        found = _followed(hits, rule, reading.sentences) if rule.steps else _gathered(hits, rule.near, rule.within)
        for at in found:
            yield reading.lines[at], category, rule.severity


def _gathered(hits: Iterable[tuple[int, str, str]], wanted: dict[str, int], within: int) -> Iterator[int]:
    """Find where enough different words of all lists stand close together.

    Yields:
        The place of the first list's word, each once.
    """
    window: list[tuple[int, str, str]] = []
    present: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    anchor = next(iter(wanted))
    latest = told = -1
    first = 0
    for hit in sorted(hits):
        window.append(hit)
        present[hit[1]][hit[2]] += 1
        latest = hit[0] if hit[1] == anchor else latest
        while hit[0] - window[first][0] >= within:
            _, name, key = window[first]
            present[name][key] -= 1
            if not present[name][key]:
                del present[name][key]
            first += 1
        if all(len(present[name]) >= count for name, count in wanted.items()):
            if latest != told:
                told = latest
                yield told


def _followed(hits: Sequence[tuple[int, str, str]], rule: Rule, sentences: Sequence[int]) -> Iterator[int]:
    """Find where the phrases of a rule's steps follow each other in a sentence, with few words in between.

    Yields:
        The place of the first step's phrase, each once.
    """
    if not set(rule.steps) <= {name for _, name, _ in hits}:
        return
    placed = sorted((at, at + key.count(" ") + 1, name) for at, name, key in hits)
    stopped = {word for at, end, name in placed if name == rule.stops for word in range(at, end)}
    reached: list[tuple[int, int] | None] = [None] * len(rule.steps)
    stop = excuse = told = -1
    for at, end, name in placed:
        if name == rule.stops:
            stop = max(stop, end - 1)
        elif name == rule.unless:
            excuse = at
        if name not in rule.steps or end - 1 in stopped:
            continue
        for number in reversed(range(len(rule.steps))):
            if rule.steps[number] != name:
                continue
            before = reached[number - 1] if number else None
            if not number:
                reached[0] = (at, end)
            elif before is None or sentences[before[1] - 1] != sentences[at] or stop >= before[1]:
                continue
            elif 0 <= at - before[1] <= rule.gaps[number - 1]:
                reached[number] = (before[0], end)
        first = reached[-1]
        reached[-1] = None
        if first is not None and first[0] != told and not _excused(first[0], excuse, sentences):
            told = first[0]
            yield told


def _excused(at: int, excuse: int, sentences: Sequence[int]) -> bool:
    """Whether what excuses stands near before a place, or at it."""
    return excuse >= 0 and -_EXCUSED < excuse - at <= _EXCUSED and sentences[excuse] == sentences[at]
