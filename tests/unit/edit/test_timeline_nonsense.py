"""Timelines into which somebody put, by hand, what does not belong there: refused in a sentence, or played."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.edit.otio_reader import MOST_SECONDS
from film.edit.timeline import read_timeline, write_timeline
from schemas.enums import Corner, MediaKind, OverlayKind, SoundKind
from schemas.errors import InvalidTimeline
from schemas.graphics import Lettering, Logo, Overlay
from schemas.sound import SoundClip, Soundtrack
from schemas.timeline import Cue, Cut
from tests.effort import tries
from tests.unit.edit.films import item, of_all_joins, sha, wipe

NONSENSE: list[Any] = [
    None,
    True,
    -1,
    0,
    7,
    10**12,
    1.5,
    1e300,
    float("nan"),
    float("inf"),
    "",
    "x",
    "9" * 400,
    [],
    [[]],
    {},
    {"OTIO_SCHEMA": "Gap.1"},
    {"OTIO_SCHEMA": "Clip.2"},
    {"OTIO_SCHEMA": "Transition.1"},
    {"OTIO_SCHEMA": "Nothing.9"},
    {"OTIO_SCHEMA": "RationalTime.1", "rate": 0, "value": -3},
    {"OTIO_SCHEMA": "SerializableObjectRef.1", "id": "x"},
]

Path = tuple[str | int, ...]


def film() -> Cut:
    """A film with something of all that a timeline can hold."""
    music = SoundClip(
        kind=SoundKind.MUSIC, name="song", media_key="sounds/a", media_sha256=sha("song"), media_frames=200, start=0,
        frames=120, fade_out=12,
    )  # fmt: skip
    voice = music.model_copy(update={"kind": SoundKind.VOICE, "start": 130, "frames": 20})
    whole = of_all_joins()
    return whole.model_copy(
        update={
            "items": (*whole.items, item("a", 20, media_kind=MediaKind.CLIP), item("b", 20, **wipe(6))),
            "cues": (Cue(start=10, end=30, speaker="ANNA", text="Good morning."),),
            "captions": (Overlay(kind=OverlayKind.CAPTION, start=50, end=70, text="PARIS"),),
            "logo": Logo(sha256=sha("logo"), corner=Corner.UPPER_LEFT),
            "lettering": Lettering(font=sha("font")),
            "soundtrack": Soundtrack(clips=(music, voice)),
        }
    )


DOCUMENT: dict[str, Any] = json.loads(write_timeline(film()))


def places(part: Any, path: Path = ()) -> Iterator[Path]:
    """Every place of a document."""
    yield path
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, value in inside:
        yield from places(value, (*path, name))


PLACES = list(places(DOCUMENT))[1:]


def changed(path: Path, value: Any, *, removed: bool) -> str:
    document = json.loads(json.dumps(DOCUMENT))
    *way, last = path
    part = document
    for name in way:
        part = part[name]
    if removed:
        del part[last]
    else:
        part[last] = value
    return json.dumps(document)


def outcome(text: str) -> Cut | str:
    """Read a timeline; what was read, or why it is refused."""
    try:
        return read_timeline(text)
    except InvalidTimeline as refused:
        return str(refused)


@given(st.sampled_from(PLACES), st.sampled_from(NONSENSE), st.booleans())
@settings(max_examples=tries(600, 100), deadline=None)
def test_whatever_is_changed_it_is_refused_in_a_sentence_or_played(path: Path, value: Any, removed: bool) -> None:
    found = outcome(changed(path, value, removed=removed))
    if isinstance(found, str):
        assert found.endswith(".")
        assert len(found) < 2000
    else:
        assert found == Cut.model_validate_json(found.model_dump_json())
        assert all(one.frames <= MOST_SECONDS * found.fps for one in found.items)


def in_metadata(name: str, value: object) -> str:
    document = json.loads(json.dumps(DOCUMENT))
    document["metadata"]["ai_film_studio"][name] = value
    return json.dumps(document)


@pytest.mark.parametrize("side", ["width", "height"])
@pytest.mark.parametrize("value", [0, -2, 181, 15, 4098, 10**9, 1.5, float("inf"), "wide", None, [320]])
def test_a_size_that_no_film_has_is_named(side: str, value: object) -> None:
    with pytest.raises(InvalidTimeline, match="pixels, which no film is"):
        read_timeline(in_metadata(side, value))


@pytest.mark.parametrize("place", ["in_offset", "out_offset"])
@pytest.mark.parametrize("value", [-4.0, 1e12])
def test_a_transition_of_no_possible_length_is_named(place: str, value: float) -> None:
    document = json.loads(json.dumps(DOCUMENT))
    children = document["tracks"]["children"][0]["children"]
    dip = next(one for one in children if one["name"].startswith("Dip"))
    dip[place]["value"] = value
    with pytest.raises(InvalidTimeline, match="Trim the transition before"):
        read_timeline(json.dumps(document))


@pytest.mark.parametrize("place", ["start_time", "duration"])
def test_a_shot_that_lasts_for_days_is_named(place: str) -> None:
    document = json.loads(json.dumps(DOCUMENT))
    children = document["tracks"]["children"][0]["children"]
    shot = next(one for one in children if one["name"] == "shot b")
    shot["source_range"][place]["value"] = 24.0 * MOST_SECONDS + 1
    with pytest.raises(InvalidTimeline, match='Trim the clip "shot b"'):
        read_timeline(json.dumps(document))
