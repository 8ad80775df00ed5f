"""How long things take, and a film that must last a given time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.timing import action_seconds, pause_seconds, silence_seconds
from film.edit.cues import cues_of
from film.script import decode, read
from schemas.errors import InvalidRequest
from schemas.script import Breakdown, Screenplay
from tests.effort import tries
from tests.unit.direction.test_invariants import check_dialogue, check_times

_EXAMPLES = Path(__file__).parents[3] / "examples"
_SCRIPTS = ("the_last_ferry.fountain", "the_clockmakers_bird.md", "idea.txt")
_CUE_CPS = 20
_SPEECH = (
    "Yes.", "Where?", "I never said that I would stay, and you never asked me to, not once, in all of those years.",
    "Supercalifragilistic internationalisation characteristically notwithstanding, incomprehensibilities overwhelm us.",
    "我从来没有说过我会留下来,你也从来没有要求过我,这么多年来一次也没有。", "No, no, no! Go. Now.",
)  # fmt: skip


def play(name: str) -> Screenplay:
    return read(decode((_EXAMPLES / name).read_bytes(), name), name)


def shortest(screenplay: Screenplay, fps: int = 24) -> float:
    """The shortest runtime that the refusal of an impossible one offers, in seconds."""
    with pytest.raises(InvalidRequest) as refused:
        direct(screenplay, fps=fps, runtime_s=0.5)
    offer = re.search(r"at least (?:(\d+):(\d\d)|(\d+) s);", str(refused.value))
    assert offer
    return float(offer[3] or int(offer[1]) * 60 + int(offer[2]))


def check_readable(film: Breakdown) -> None:
    """Subtitles as they will be cut: at most 20 characters a second."""
    for shot, cues in cues_of(film).items():
        for cue in cues:
            assert len(cue.text) <= _CUE_CPS * (cue.end - cue.start) / film.fps, (shot, cue)


@pytest.mark.parametrize("name", _SCRIPTS)
@pytest.mark.parametrize("factor", [1.0, 1.01, 1.25, 2.0, 9.0])
def test_a_target_runtime_is_met_to_the_frame(name: str, factor: float) -> None:
    screenplay = play(name)
    target = shortest(screenplay) * factor
    film = direct(screenplay, runtime_s=target)
    assert film.frames == round(target * 24)
    check_dialogue(film)
    check_times(film)
    check_readable(film)
    free = direct(screenplay)
    assert [(s.rule, s.size, s.subjects, s.movement) for s in film.shots] == [
        (s.rule, s.size, s.subjects, s.movement) for s in free.shots
    ]


@settings(max_examples=tries(60, 6))
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(["ANNA", "BO"]), st.sampled_from(_SPEECH)).map("\n".join),
            st.tuples(st.sampled_from(["ANNA", "BO"]), st.just("(long pause)"), st.sampled_from(_SPEECH)).map(
                "\n".join
            ),
            st.sampled_from(
                ["Anna runs.", "The old house stands dark at the end of the lane.", "Beat.", "SUPER: Later"]
            ),
        ),
        min_size=1,
        max_size=12,
    ).map("\n\n".join),
    st.sampled_from([12, 24, 25, 30, 60]),
    st.floats(1.0, 4.0),
)
def test_any_runtime_from_the_shortest_on(body: str, fps: int, factor: float) -> None:
    screenplay = read(f"INT. HOUSE - DAY\n\n{body}\n", "a.fountain")
    target = shortest(screenplay, fps) * factor
    film = direct(screenplay, fps=fps, runtime_s=target)
    assert film.frames == round(target * fps)
    check_dialogue(film)
    check_times(film)
    check_readable(film)
    check_readable(direct(screenplay, fps=fps))


def test_a_stated_length_is_kept_in_a_film_of_a_given_length() -> None:
    screenplay = read("EXT. SEA - DAY\n\nWaves.\n\n[[hold 5 seconds]]\n\nA boat.\n\nClouds.", "a.fountain")
    for seconds in (7, 30):
        assert direct(screenplay, runtime_s=seconds).shots[1].duration_s == 5.0


def test_where_every_length_is_stated_no_other_film_can_be_made() -> None:
    screenplay = read("EXT. SEA - DAY\n\n[[hold 5 seconds]]\n\nA boat.", "a.fountain")
    assert direct(screenplay, runtime_s=5).frames == 120
    with pytest.raises(InvalidRequest, match="states every shot's length"):
        direct(screenplay, runtime_s=6)


def test_time_to_spare_goes_to_the_pictures() -> None:
    screenplay = play("the_last_ferry.fountain")
    usual, long = direct(screenplay), direct(screenplay, runtime_s=200)
    gains = {
        bool(shot.dialogue): after.frames / shot.frames
        for shot, after in zip(usual.shots[:-1], long.shots, strict=False)
    }
    assert gains[False] > gains[True] > 1


def test_pauses_are_heard() -> None:
    def start(cue: str) -> int:
        made = direct(read(f"INT. A - DAY\n\nAnna sits.\n\nANNA{cue}\nI see it now.", "a.fountain"))
        return made.shots[-1].dialogue[0].start_frame

    assert start("") < start("\n(beat)") < start("\n(pause)") < start("\n(after a long pause)")


@pytest.mark.parametrize(("short", "long"), [("Beat.", "A long silence."), ("A short pause.", "A pause.")])
def test_silences_last(short: str, long: str) -> None:
    assert 0 < silence_seconds(short) < silence_seconds(long)


def test_other_parentheticals_are_no_pauses() -> None:
    assert pause_seconds("(quietly)") == 0
    assert pause_seconds("(for a moment)") == 0


def test_verbs_have_their_time() -> None:
    text = "Anna {} to the window of the little house at the sea."
    assert (
        action_seconds(text.format("dashes"))
        < action_seconds(text.format("goes"))
        < action_seconds(text.format("wanders"))
    )
