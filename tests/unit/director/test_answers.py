"""What a model may answer: properties of all answers, and each way in which one is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.model.answer import Refused, parse_answer
from film.direction.model.merge import merged, shots_from
from film.direction.model.request import request_of
from film.direction.model.stretches import MOST_BEATS, stretches_of
from film.script import read
from schemas.enums import ShotSize, TransitionKind
from schemas.script import Breakdown, Direction
from tests.effort import tries
from tests.model_server import as_drafted, directed_well
from tests.unit.direction.test_invariants import check_dialogue, check_references, check_times

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.*"))
SCRIPT = """\
INT. KITCHEN - NIGHT

OLD TOM, 70, sits at the table. MARA holds a letter.

TOM
I never left.

MARA
You did. You did leave, and you took the boat.

TOM
I came back.

CLOSE ON the letter.

DISSOLVE TO:

EXT. PIER - DAWN

Mara walks along the pier.

MARA
He is gone.
"""


def film_of(text: str = SCRIPT, name: str = "a.fountain") -> Breakdown:
    return direct(read(text, name))


def film_by(breakdown: Breakdown, answer: Callable[[dict[str, Any]], Any], *, exact: bool = False) -> Breakdown:
    """The film for which a model answers each stretch so."""
    stretches = stretches_of(breakdown)
    directed = {}
    for index, stretch in enumerate(stretches):
        document = json.loads(request_of(stretch, breakdown).user)
        directed[index] = shots_from(stretch, parse_answer(json.dumps(answer(document))), breakdown.fps, exact=exact)
    return merged(breakdown, stretches, directed, Direction())


def check(film: Breakdown) -> None:
    check_times(film)
    check_references(film)
    check_dialogue(film)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_rules_shots_given_back_are_the_rules_film(path: Path) -> None:
    rules = film_of(path.read_text(encoding="utf-8"), path.name)
    film = film_by(rules, as_drafted)
    check(film)
    same = {"id", "size", "angle", "subjects", "action", "dialogue", "frames", "span", "transition_in_frames"}
    assert [shot.model_dump(include=same) for shot in film.shots] == [
        shot.model_dump(include=same) for shot in rules.shots
    ]
    assert [shot.transition_in for shot in film.shots] == [shot.transition_in for shot in rules.shots]
    assert [shot.transition_out for shot in film.shots] == [shot.transition_out for shot in rules.shots]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_shot_a_beat_is_a_film(path: Path) -> None:
    rules = film_of(path.read_text(encoding="utf-8"), path.name)
    film = film_by(rules, directed_well)
    check(film)
    assert {shot.size for shot in film.shots if shot.dialogue} <= {ShotSize.CU} | {shot.size for shot in rules.shots}


def test_long_scenes_are_asked_about_in_parts() -> None:
    speeches = "\n\n".join(f"ANNA\nThis is line {n}.\n\nBO\nAnd this is the answer to it." for n in range(100))
    rules = film_of(f"INT. HALL - DAY\n\nAnna sits.\n\n{speeches}")
    stretches = stretches_of(rules)
    assert len(stretches) > 3
    assert all(len(stretch.beats) <= MOST_BEATS for stretch in stretches)
    check(film_by(rules, directed_well))


def test_what_the_script_says_of_its_camera_is_done_whatever_is_answered() -> None:
    rules = film_of()
    film = film_by(rules, directed_well)
    (close,) = (shot for shot in film.shots if shot.action.startswith("CLOSE ON"))
    assert close.size is ShotSize.CU
    assert next(shot for shot in film.shots if shot.scene == 1).transition_in is TransitionKind.DISSOLVE


def test_a_director_may_group_cut_away_lengthen_and_join() -> None:
    rules = film_of()
    stretch = stretches_of(rules)[0]
    lines = [beat.number for beat in stretch.beats if beat.lines]
    close = next(beat.number for beat in stretch.beats if beat.camera)
    first = [n for n in range(1, len(stretch.beats) + 1) if n < lines[0] and not stretch.beats[n - 1].empty]
    answer = {
        "shots": [
            {"beats": [*first, lines[0]], "size": "WS", "subjects": [{"character": "tom"}, {"character": "mara"}]}
            if "tom" in stretch.sides
            else {"beats": [*first, lines[0]], "size": "WS"},
            {"size": "ECU", "props": list(stretch.props[:1]), "seconds": 1.5, "transition": "dissolve"},
            {"beats": lines[1:], "size": "MS", "seconds": 12},
            {"beats": [close], "size": "WS"},
        ]
    }
    shots = [shot for shot, _ in shots_from(stretch, parse_answer(json.dumps(answer)), rules.fps)]
    film = merged(
        rules, stretches_of(rules), {0: shots_from(stretch, parse_answer(json.dumps(answer)), 24)}, Direction()
    )
    check(film)
    assert [len(shot.dialogue) for shot in shots] == [1, 0, len(lines) - 1, 0]
    assert (shots[1].frames, shots[1].action, shots[1].span.start) == (36, "", shots[1].span.end)
    assert shots[2].frames == 12 * 24
    assert film.shots[1].transition_in is TransitionKind.DISSOLVE
    assert shots[3].size is ShotSize.CU


def test_words_are_never_cut_short() -> None:
    rules = film_of()

    def hasty(document: dict[str, Any]) -> dict[str, Any]:
        answer = directed_well(document)
        for shot in answer["shots"]:
            shot["seconds"] = 2.0
        return answer

    film = film_by(rules, hasty)
    check(film)
    longest = max(rules.shots, key=lambda shot: sum(line.frames for line in shot.dialogue))
    held = next(shot for shot in film.shots if shot.dialogue == longest.dialogue)
    assert held.frames > 48


def _with(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def answer(document: dict[str, Any]) -> dict[str, Any]:
        shots = directed_well(document)["shots"]
        change(shots)
        return {"shots": shots}

    return answer


def _somebody(name: str) -> Callable[[list[dict[str, Any]]], object]:
    return lambda shots: shots[0].update(subjects=[{"character": name}])


REFUSED: dict[str, tuple[Callable[[list[dict[str, Any]]], object], str]] = {
    "a stranger": (_somebody("evil"), "not in the scene"),
    "the narrator": (_somebody("narrator"), "not in the scene"),
    "nobody": (_somebody(""), "schema"),
    "a number for a name": (lambda s: s[0].update(subjects=[{"character": 1}]), "schema"),
    "somebody twice": (lambda s: s[1].update(subjects=[s[1]["subjects"][0]] * 2), "twice"),
    "a thing that is not there": (lambda s: s[0].update(props=["bomb"]), "thing"),
    "a beat that is not there": (lambda s: s[0]["beats"].append(99), "does not exist"),
    "beat nought": (lambda s: s[0].update(beats=[0]), "schema"),
    "a beat as text": (lambda s: s[0].update(beats=["1"]), "schema"),
    "a beat as a fraction": (lambda s: s[0].update(beats=[1.5]), "schema"),
    "a line left out": (lambda s: s.pop(2), "leaves a beat out"),
    "a line twice": (lambda s: s.append(s[2]), "repeats"),
    "lines in another order": (lambda s: s.insert(1, s.pop(3)), "order of the lines"),
    "beats turned around": (lambda s: s[1]["beats"].insert(0, s.pop(2)["beats"][0]), "turns"),
    "other words": (lambda s: s[1].update(dialogue=[{"text": "I always left."}]), "not in it"),
    "action of its own": (lambda s: s[0].update(action="EVIL enters."), "not in it"),
    "another size": (lambda s: s[0].update(size="HUGE"), "choices"),
    "another pose": (lambda s: s[1]["subjects"][0].update(pose="explode"), "choices"),
    "a side": (lambda s: s[1]["subjects"][0].update(side="left"), "not in it"),
    "no size": (lambda s: s[0].pop("size"), "missing"),
    "no shots": (lambda s: s.clear(), "nothing"),
    "an hour": (lambda s: s[0].update(seconds=3600), "schema"),
    "no time": (lambda s: s[0].update(seconds=0), "schema"),
    "NaN": (lambda s: s[0].update(seconds=float("nan")), "schema"),
    "endless cutaways": (lambda s: s.extend({"size": "CU"} for _ in range(40)), "cutaways"),
    "thousands of shots": (lambda s: s.extend({"size": "CU"} for _ in range(5000)), "too many"),
    "very slow": (lambda s: [shot.update(seconds=30.0) for shot in s], "twice as long"),
    "over the script's camera": (lambda s: s[-2]["beats"].extend(s.pop()["beats"]), "camera"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_is_refused(what: str) -> None:
    change, words = REFUSED[what]
    rules = film_of(SCRIPT.partition("DISSOLVE TO:")[0])
    with pytest.raises(Refused, match=words):
        film_by(rules, _with(change))


def test_two_people_of_one_side_are_not_in_one_shot() -> None:
    names = ["ANNA", "BO", "CLEO", "DORA"]
    rules = film_of("INT. HALL - DAY\n\n" + "\n\n".join(f"{name}\nHere I am again." for name in names * 2))
    (stretch,) = stretches_of(rules)
    sides = list(stretch.sides.values())
    who = [one for one in stretch.sides if sides.count(stretch.sides[one]) > 1][:2]

    def crowded(shots: list[dict[str, Any]]) -> None:
        shots[0]["subjects"] = [{"character": one} for one in who]

    with pytest.raises(Refused, match="one place"):
        film_by(rules, _with(crowded))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I can't help with that.",
        "{",
        '{"shots": [',
        "}{",
        "null",
        "[]",
        '{"shots": 1}',
        '{"shots": [{}]}',
        "{" * 50_000,
        '{"shots": ' + "[" * 50_000 + "]" * 50_000 + "}",
        '{"shots":[{"size":"CU","beats":[' + "9" * 5000 + "]}]}",
        '{"a":"' + "x" * (2 << 20) + '"}',
        '{"shots": [{"size": "CU", "props": ["\ud800"]}]}',
    ],
    ids=range(14),
)
def test_what_is_no_answer_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_answer(text)


def test_thoughts_and_fences_around_an_answer_are_passed_over() -> None:
    answer = '{"shots": [{"size": "CU"}]}'
    for text in (f"```json\n{answer}\n```", f"<think>{{maybe}}</think>\n{answer}", f"Here it is:\n{answer}\nEnjoy."):
        assert parse_answer(text).shots[0].size is ShotSize.CU


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["CU", "tom", "cut"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
_SHOT = st.fixed_dictionaries(
    {
        "beats": st.lists(st.integers(-1, 9), max_size=4),
        "size": st.sampled_from(["WS", "CU", "HUGE"]) | _VALUES,
    },
    optional={
        "subjects": st.lists(
            st.fixed_dictionaries({"character": st.sampled_from(["tom", "old-tom", "mara", "evil"])}), max_size=3
        )
        | _VALUES,
        "props": st.lists(st.sampled_from(["letter", "table", "bomb"]), max_size=2),
        "seconds": st.floats(0, 40) | _VALUES,
        "transition": st.sampled_from(["cut", "fade", "dissolve", "wipe"]),
    },
)


@settings(max_examples=tries(150, 15))
@given(st.lists(_SHOT, max_size=8).map(lambda shots: {"shots": shots}) | _VALUES)
def test_any_answer_is_refused_or_a_film_that_holds_every_word(answer: object) -> None:
    rules = film_of(SCRIPT.partition("DISSOLVE TO:")[0])
    try:
        film = film_by(rules, lambda _: answer)
    except Refused:
        return
    check(film)


@settings(max_examples=tries(100, 10))
@given(st.data())
def test_any_way_of_dividing_the_beats_is_a_film_that_holds_every_word(data: st.DataObject) -> None:
    rules = film_of()
    exact = data.draw(st.booleans())

    def answer(document: dict[str, Any]) -> dict[str, Any]:
        shots: list[dict[str, Any]] = []
        for beat in document["beats"]:
            if shots and not beat["camera"] and data.draw(st.booleans()):
                shots[-1]["beats"].append(beat["beat"])
            else:
                shots.append(
                    {
                        "beats": [beat["beat"]],
                        "size": data.draw(st.sampled_from(list(ShotSize))).value,
                        "transition": data.draw(st.sampled_from(list(TransitionKind))).value,
                        "seconds": data.draw(st.none() | st.floats(1, 9)) if exact else None,
                    }
                )
        return {"shots": shots}

    try:
        film = film_by(rules, answer, exact=exact)
    except Refused:
        assert exact, "a division of the beats is refused only where it does not fit into a given time"
        return
    check(film)
    if exact:
        assert film.frames == rules.frames
    assert sum(len(shot.dialogue) for shot in film.shots) == sum(len(shot.dialogue) for shot in rules.shots)
