"""Subtitles: when which words are shown, and how they are written to SRT and WebVTT."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from film.direction.legibility import LINE, columns, reading_frames
from schemas.rate import Rate
from schemas.script import Breakdown, Dialogue, Shot
from schemas.timeline import Cue

LINES = 2
"""Most lines in a cue."""

LEAST_SECONDS = 1.0
"""A cue stays at least so long, where the shot leaves the time."""

NARRATOR = "narrator"


def cues_of(breakdown: Breakdown) -> dict[str, tuple[Cue, ...]]:
    """Make the subtitles of each shot from its dialogue.

    Long lines become several cues, in proportion to their letters. Cues follow the dialogue's own times and never
    overlap. Each stays for as long as it takes to read: into the silence before and after it, or out of the time of a
    cue that needs less. The director gives every line that time (`speech_frames`); only in a shot made too short by
    somebody else cues are divided in proportion.

    Args:
        breakdown: The shots and their dialogue.

    Returns:
        For each shot that has dialogue, its cues in frames of the shot, in order, inside the shot.
    """
    names = {character.id: character.name for character in breakdown.characters}
    return {shot.id: _cues_of_shot(shot, names, breakdown.fps) for shot in breakdown.shots if shot.dialogue}


def _cues_of_shot(shot: Shot, names: Mapping[str, str], fps: Rate) -> tuple[Cue, ...]:
    """Make the subtitles of one shot."""
    drafts: list[Cue] = []
    for line in sorted(shot.dialogue, key=lambda line: line.start_frame):
        speaker = "" if line.character == NARRATOR else names.get(line.character, line.character)
        drafts.extend(_drafts(line, speaker))
    if not drafts:
        return ()
    if len(drafts) > shot.frames:
        text = " ".join(" ".join(draft.text.split()) for draft in drafts)
        return (Cue(start=0, end=shot.frames, speaker=drafts[0].speaker, text=text),)
    return tuple(_paced(drafts, shot.frames, fps))


def _drafts(line: Dialogue, speaker: str) -> list[Cue]:
    """Divide one line of dialogue into cues, at the times at which its letters are spoken."""
    texts = pages_of(line.text)
    whole = sum(len(text) for text in texts)
    drafts = []
    spoken = 0
    for text in texts:
        start = line.start_frame + line.frames * spoken // whole
        spoken += len(text)
        end = max(line.start_frame + line.frames * spoken // whole, start + 1)
        drafts.append(Cue(start=start, end=end, speaker=speaker, text=text))
    return drafts


def _paced(drafts: Sequence[Cue], room: int, fps: Rate) -> list[Cue]:
    """Lay cues one after another within a shot, each as near to its time as reading it allows."""
    needs = [reading_frames(len(draft.text), fps) for draft in drafts]
    calm = [max(need, round(LEAST_SECONDS * fps)) for need in needs]
    if sum(calm) <= room:  # Otherwise the long ones need what the short ones would be given beyond reading.
        needs = calm
    starts = [draft.start for draft in drafts]
    for index in range(1, len(starts)):  # A cue waits until the one before it has been read.
        starts[index] = max(starts[index], starts[index - 1] + needs[index - 1])
    last = room
    for index in reversed(range(len(starts))):  # But the shot does not wait: late ones are moved up.
        starts[index] = min(starts[index], last - needs[index])
        last = starts[index]
    if starts[0] < 0:
        starts = _squeezed(needs, room)
    ends = [following for _, following in pairwise((*starts, room))]
    return [
        draft.model_copy(update={"start": start, "end": min(end, max(start + need, draft.end))})
        for draft, start, end, need in zip(drafts, starts, ends, needs, strict=True)
    ]


def _squeezed(needs: Sequence[int], room: int) -> list[int]:
    """Divide a shot that is too short among its cues, in proportion to what they need, at least a frame each."""
    spare, whole, passed = room - len(needs), sum(needs), 0
    starts = []
    for index, need in enumerate(needs):
        starts.append(index + spare * passed // whole)
        passed += need
    return starts


def pages_of(text: str) -> list[str]:
    """Wrap a line of dialogue and divide it into cues' texts, of nearly equal length, of at most `LINES` lines."""
    words = [piece for word in text.split() for piece in _pieces(word)]
    if not words:
        return []
    pages = math.ceil(len(_wrapped(words, LINE)) / LINES)
    if pages == 1:
        return ["\n".join(_balanced(words))]
    for column in range(LINE // 2, LINE + 1):  # The narrowest column that needs no more cues spreads words evenly.
        lines = _wrapped(words, column)
        if math.ceil(len(lines) / LINES) <= pages:
            break
    return ["\n".join(lines[index : index + LINES]) for index in range(0, len(lines), LINES)]


def _balanced(words: Sequence[str]) -> list[str]:
    """Break the words of one cue into as few lines as they need, of nearly equal length."""
    lines = _wrapped(words, LINE)
    for column in range(1, LINE):
        narrow = _wrapped(words, column)
        if len(narrow) == len(lines) and max(map(columns, narrow)) <= column:
            return narrow
    return lines


def _wrapped(words: Iterable[str], column: int) -> list[str]:
    """Fill lines up to a column, breaking between words."""
    lines: list[str] = []
    for word in words:
        if lines and columns(lines[-1]) + 1 + columns(word) <= column:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _pieces(word: str) -> list[str]:
    """Break a word that is wider than a line: writing without spaces, or an address."""
    pieces = [""]
    for letter in word:
        if columns(pieces[-1]) + columns(letter) > LINE:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def to_srt(cues: Sequence[Cue], fps: Rate) -> str:
    """Write cues as SubRip.

    Args:
        cues: Cues of the film, in order.
        fps: Frames per second.

    Returns:
        The file's text; empty where there are no cues.
    """
    blocks = []
    for number, cue in enumerate(cues, start=1):
        times = f"{_clock(cue.start, fps, ',')} --> {_clock(cue.end, fps, ',')}"
        blocks.append(f"{number}\n{times}\n{cue.text}\n")
    return "\n".join(blocks)


def to_vtt(cues: Sequence[Cue], fps: Rate) -> str:
    """Write cues as WebVTT, with a voice span where the speaker is known.

    Args:
        cues: Cues of the film, in order.
        fps: Frames per second.

    Returns:
        The file's text.
    """
    blocks = ["WEBVTT\n"]
    for cue in cues:
        times = f"{_clock(cue.start, fps, '.')} --> {_clock(cue.end, fps, '.')}"
        voice = f"<v {_escaped(' '.join(cue.speaker.split()))}>" if cue.speaker.strip() else ""
        blocks.append(f"{times}\n{voice}{_escaped(cue.text)}\n")
    return "\n".join(blocks)


def _escaped(text: str) -> str:
    """Escape what WebVTT would read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(frame: int, fps: Rate, mark: str) -> str:
    """Write the time at which a frame begins: hours, minutes, seconds and, after the mark, milliseconds."""
    milliseconds = math.floor(Fraction(frame * 1000) / fps + Fraction(1, 2))
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{fraction:03d}"
