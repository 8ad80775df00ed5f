"""The pairing test: does a person who saw neither code nor script find the line that a keyframe was drawn for?

    python -m benchmarks.pairing SCRIPT … --out FOLDER [--salt WORD] [--style NAME]
    python -m benchmarks.pairing --key FOLDER/ab12cd34.key.json --answers FILE

The first form makes a sheet a script: `ab12cd34.jpg` with ten keyframes, labelled A to J, `ab12cd34.lines.txt` with ten
lines of the script, numbered 1 to 10, and `ab12cd34.key.json`, which says what belongs together and is not shown to
whoever is asked. The second form scores what they wrote: a line a keyframe, such as `A 7`; what is left out is a miss.

**How shots are drawn.** By SHA-256 of the script, the salt and the shot's key, among all shots of the film that can be
told in principle, so that whoever makes a sheet cannot choose:

- the shot has a line of its own: action, or speech with its speaker in the picture, of four words or more;
- no two shots of a sheet have the same line;
- no two pictures of a sheet show the same: people with their poses and faces, things, a crowd; where only is spoken,
  those who speak; where nobody and nothing is, the place, its hour and weather. Sizes, angles and sides of the screen
  are no difference here, nor is the place behind somebody: the lines do not tell them.

Five are of one location, drawn by hash among those that have five; five are of others. A script without as many is
refused. Nothing else is looked at, the pictures least of all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import font_roboto
import numpy as np
import resvg_py
from numpy.typing import NDArray

from film.direction import direct
from film.prompting import write_prompts
from film.render.storyboard import draw_keyframe
from film.script import open_script
from film.sheet.lines import Line, lines_by_shot
from schemas.enums import ElementKind, RendererName
from schemas.errors import InvalidRequest, StudioError
from schemas.prompt import KeyframeSpec, Picture
from schemas.script import Breakdown, Shot

PICTURES = 10
SAME_PLACE = 5
LEAST_WORDS = 4
LETTERS = "ABCDEFGHIJ"
SPOKEN = {ElementKind.DIALOGUE, ElementKind.LYRIC}
SHOWN = {ElementKind.ACTION, ElementKind.CENTERED, ElementKind.PARENTHETICAL} | SPOKEN

WIDTH, HEIGHT = 640, 360
GAP, LABEL = 14, 34
_ANSWER = re.compile(r"\s*([A-Ja-j])\W*\s*(\d{1,2})\s*")

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A shot that may be on a sheet."""

    shot: str
    place: str
    """The location's id; only compared."""
    line: str
    shows: str
    """All that a line could tell of its picture; equal where two pictures could not be told apart."""
    spec: KeyframeSpec


def candidates(film: Breakdown, text: str, style: str) -> list[Candidate]:
    """Find the shots of a film that can be told in principle.

    Args:
        film: The breakdown.
        text: The script that its spans count.
        style: Name of the pictures' style.

    Returns:
        Them in the order of the film; some may still show the same as others, or have the same line.
    """
    prompts = write_prompts(film, style=style, width=1280, height=720, project_seed=0).prompts
    scenes = {scene.index: scene for scene in film.scenes}
    found = []
    for shot, prompt, lines in zip(film.shots, prompts, lines_by_shot(film, text), strict=True):
        own = [line for line in lines if line.kind in SHOWN and not line.loose]
        if (
            sum(len(line.text.split()) for line in own) < LEAST_WORDS
            or any(one.again for one in lines)
            or not _speaker_is_seen(shot)
        ):
            continue
        scene = scenes[shot.scene]
        spec = KeyframeSpec.of(prompt, RendererName.STORYBOARD)
        action = any(line.kind is ElementKind.ACTION for line in own)
        speakers = () if action else tuple(line.character for line in shot.dialogue)
        place = f"{scene.int_ext}:{scene.location}"
        found.append(Candidate(shot.id, place, line_of(lines), _shows(prompt.picture, speakers), spec))
    return found


def line_of(lines: Iterable[Line]) -> str:
    """What a shot covers, on one line: action, and speech behind its speaker's name."""
    words: list[str] = []
    for line in lines:
        if line.kind is ElementKind.CHARACTER:
            words.append(f"{line.text}:")
        elif line.kind in SHOWN and not line.loose:
            words.append(line.text)
    return " ".join(" ".join(words).split())


def _speaker_is_seen(shot: Shot) -> bool:
    return all(line.character in (*shot.subjects, "narrator") for line in shot.dialogue)


def _shows(picture: Picture, speakers: Sequence[str]) -> str:
    """What of a picture its line could tell; `speakers` of a line that is speech alone."""
    if not picture.figures and not picture.props:
        return repr((picture.place.value, picture.layout_seed, picture.time_of_day.value, picture.weather.value))
    if speakers:
        return repr(sorted(set(speakers)))
    figures = sorted((one.character, one.pose.value, one.expression.value) for one in picture.figures)
    return repr((figures, sorted(picture.props), picture.crowd))


def draw_lots(found: Sequence[Candidate], seed: str) -> list[Candidate]:
    """Choose the shots of a sheet, by hash alone.

    Args:
        found: The candidates.
        seed: What the hash begins with: script and salt.

    Returns:
        Ten of them, five of one location, in the order of their hashes.

    Raises:
        InvalidRequest: There are not as many.
    """
    order = sorted(found, key=lambda one: _hash(seed, "shot", one.shot, one.line))
    places = {one.place for one in order}
    for place in sorted(places, key=lambda one: _hash(seed, "place", one)):
        chosen = _apart((one for one in order if one.place == place), [], SAME_PLACE)
        chosen = _apart((one for one in order if one.place != place), chosen, PICTURES - SAME_PLACE)
        if len(chosen) == PICTURES:
            return chosen
    raise InvalidRequest(
        f"Of {len(found)} shots that can be told, no {SAME_PLACE} of one location and {PICTURES - SAME_PLACE} of "
        "others show and say different things; take a longer script."
    )


def _apart(order: Iterable[Candidate], chosen: Sequence[Candidate], count: int) -> list[Candidate]:
    """Add the first so many that differ from all that are chosen, in picture and line."""
    told = list(chosen)
    for one in order:
        if len(told) == len(chosen) + count:
            break
        if all(one.line.casefold() != other.line.casefold() and one.shows != other.shows for other in told):
            told.append(one)
    return told


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def make_sheet(script: Path, out: Path, salt: str, style: str) -> dict[str, Any]:
    """Make the sheet of a script: pictures, lines, and the key.

    Args:
        script: The script's file.
        out: The folder to write into.
        salt: Another word draws other shots.
        style: Name of the pictures' style.

    Returns:
        What was written.

    Raises:
        StudioError: The script cannot be read, or holds too little.
    """
    data = script.read_bytes()
    opened = open_script(data, script.name)
    film = direct(opened.screenplay)
    seed = _hash(hashlib.sha256(data).hexdigest(), salt)
    chosen = draw_lots(candidates(film, opened.text, style), seed)
    pictures = sorted(chosen, key=lambda one: _hash(seed, "picture", one.shot))
    lines = sorted(chosen, key=lambda one: _hash(seed, "line", one.shot))
    name = seed[:8]
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.jpg").write_bytes(_sheet([draw_keyframe(one.spec) for one in pictures]))
    numbered = "".join(f"{number:2d}  {one.line}\n" for number, one in enumerate(lines, 1))
    (out / f"{name}.lines.txt").write_text(numbered, encoding="utf-8", errors="replace")
    key = {
        "sheet": name,
        "script_sha256": hashlib.sha256(data).hexdigest(),
        "salt": salt,
        "style": style,
        "key": {letter: lines.index(one) + 1 for letter, one in zip(LETTERS, pictures, strict=True)},
        "shots": {letter: one.shot for letter, one in zip(LETTERS, pictures, strict=True)},
    }
    (out / f"{name}.key.json").write_text(json.dumps(key, indent=2) + "\n", encoding="utf-8")
    return {"sheet": name, "pictures": f"{name}.jpg", "lines": f"{name}.lines.txt", "key": f"{name}.key.json"}


def _sheet(pngs: Sequence[bytes]) -> bytes:
    """Ten keyframes in two columns, each with its letter beside it."""
    tiles = []
    for letter, png in zip(LETTERS, pngs, strict=True):
        picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
        small = cv2.resize(np.asarray(picture, np.uint8), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        tile = np.hstack([_letter(letter), np.asarray(small, np.uint8)])
        tiles.append(cv2.copyMakeBorder(tile, GAP, 0, GAP, GAP, cv2.BORDER_CONSTANT, value=(255, 255, 255)))
    rows = [np.hstack(tiles[at : at + 2]) for at in range(0, PICTURES, 2)]
    sheet = cv2.copyMakeBorder(np.vstack(rows), 0, GAP, 0, 0, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    done, data = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, 85])
    if not done:
        raise RuntimeError(f"OpenCV did not encode a sheet of shape {sheet.shape}")
    return bytes(data)


def _letter(letter: str) -> Image:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LABEL}" height="{HEIGHT}">'
        f'<rect width="{LABEL}" height="{HEIGHT}" fill="#fff"/><text x="4" y="26" font-family="Roboto" '
        f'font-weight="500" font-size="26" fill="#222">{letter}</text></svg>'
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[str(font_roboto.RobotoMedium)])
    return np.asarray(cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_COLOR), np.uint8)


def read_answers(text: str) -> dict[str, int]:
    """Read what somebody wrote: a line a keyframe, such as `A 7`; empty lines and lines with `#` are skipped.

    Raises:
        InvalidRequest: A line is something else, or a keyframe is answered twice.
    """
    found: dict[str, int] = {}
    for row, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _ANSWER.fullmatch(line)
        if match is None or not 1 <= int(match[2]) <= PICTURES:
            raise InvalidRequest(f"Line {row} of the answers is no answer: write a letter and a number, such as A 7.")
        letter = match[1].upper()
        if letter in found:
            raise InvalidRequest(f"Line {row} of the answers answers {letter} a second time; leave one of the two.")
        found[letter] = int(match[2])
    return found


def score(key: dict[str, int], answers: dict[str, int]) -> dict[str, Any]:
    """Compare answers with a key.

    Returns:
        `right` of `of`, and each miss: what was answered (None where nothing was) and what is right.
    """
    misses = {
        letter: {"answered": answers.get(letter), "right": right}
        for letter, right in key.items()
        if answers.get(letter) != right
    }
    return {"right": len(key) - len(misses), "of": len(key), "misses": misses}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make sheets, or score answers; prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pairing", description="Makes or scores pairing tests.")
    parser.add_argument("scripts", nargs="*", type=Path, metavar="SCRIPT")
    parser.add_argument("--out", type=Path, help="where the sheets go")
    parser.add_argument("--salt", default="", help="another word draws other shots")
    parser.add_argument("--style", default="cinematic")
    parser.add_argument("--key", type=Path, help="the key of the sheet that was answered")
    parser.add_argument("--answers", type=Path, help="what was answered")
    given = parser.parse_args(arguments)
    if bool(given.key) != bool(given.answers) or bool(given.key) == bool(given.scripts and given.out):
        parser.error("give scripts and --out to make sheets, or --key and --answers to score one")
    try:
        if given.key:
            key = json.loads(given.key.read_text("utf-8"))
            result = {"sheet": key["sheet"], **score(key["key"], read_answers(given.answers.read_text("utf-8-sig")))}
        else:
            result = {"sheets": [make_sheet(one, given.out, given.salt, given.style) for one in given.scripts]}
    except StudioError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(json.dumps(result, indent=2))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
