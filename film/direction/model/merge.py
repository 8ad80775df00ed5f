"""From a model's answer to shots: what it may decide is taken, all else is what the reading says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from film.direction.graph import scene_graph
from film.direction.identity import identify
from film.direction.model.answer import Refused, SceneAnswer, ShotAnswer, SubjectAnswer
from film.direction.model.stretches import Beat, Stretch, joins_of
from film.direction.timing import BREATH_S, frames_of
from film.direction.transitions import Join, join_shots
from schemas.enums import Angle, FadeColour, Movement, ShotSize, Side, TransitionKind
from schemas.rate import Rate, seconds_of
from schemas.script import Breakdown, Dialogue, Direction, Shot, Span, Staging

MODEL_RULE = "model"
"""What stands for the rule of a shot that a model directed."""
_CUTAWAY_S = 2.0
_LEAST_S = 1.0
"""Least length of a shot without words, in seconds."""
_SLOWEST, _FASTEST = 2.0, 0.5
"""A stretch may take so many times as long as with the rules."""

Directed = list[tuple[Shot, Join]]
"""Shots, each with how it is joined to the one before. Their ids are not theirs yet."""


def most_cutaways(beats: int) -> int:
    """How many shots without a beat a stretch may have."""
    return 1 + beats // 2


def shots_from(stretch: Stretch, answer: SceneAnswer, fps: Rate, *, exact: bool = False) -> Directed:
    """Make shots from an answer.

    Dialogue, its frames and its spans are the reading's; so are what the script says about its camera, written
    transitions, and the side of the screen on which somebody stands.

    Args:
        stretch: What was asked about.
        answer: What was answered.
        fps: Frames a second.
        exact: Whether they must take as long as the rules' shots, to the frame: for a film of a given length.

    Returns:
        Shots in order. Every line of the stretch is in them once and in order.

    Raises:
        Refused: It names what is not there, or does not hold each beat as it must.
    """
    _check_beats(stretch, answer)
    found: Directed = []
    at = stretch.shots[0].span.start
    for number, one in enumerate(answer.shots, 1):
        beats = [stretch.beats[index - 1] for index in one.beats]
        _check_names(stretch, one, number)
        if any(beat.camera for beat in beats[1:]):
            raise Refused(f"shot {number} does not begin where the script's own camera does")
        shot = _shot(stretch, one, beats, at, fps)
        at = max(at, shot.span.end)
        leaves = FadeColour.BLACK if one.transition is TransitionKind.FADE else None
        found.append((shot, Join(one.transition, leaves=leaves)))
    # How a scene begins, the script may say: also that it is a cut. What a model may join is inside of it.
    found[0] = (found[0][0], stretch.join)
    last = found[-1][0]
    found[-1] = (_held(last, stretch.ending, fps), found[-1][1])
    if exact:
        return _exactly(found, sum(shot.frames for shot in stretch.shots), stretch.ending, fps)
    _check_length(stretch, [shot for shot, _ in found])
    return found


def _exactly(found: Directed, frames: int, ending: int, fps: Rate) -> Directed:
    """Stretch or shrink shots alike until they take a number of frames; words are not cut."""
    shots = [shot for shot, _ in found]
    words = [max((line.start_frame + line.frames for line in shot.dialogue), default=0) for shot in shots]
    least = [end or frames_of(_LEAST_S, fps) for end in words]
    least[-1] = max(least[-1], words[-1] + ending)
    change = frames - sum(shot.frames for shot in shots)
    room = [max(0, shot.frames - end) for shot, end in zip(shots, least, strict=True)]
    if -change > sum(room):
        raise Refused("it does not fit into the time that is given")
    weights = room if change < 0 else [shot.frames for shot in shots]
    whole = max(1, sum(weights))
    reached = [change * weight // whole for weight in accumulate(weights, initial=0)]
    return [
        (_lasting(shot, shot.frames + after - before, fps), join)
        for (shot, join), (before, after) in zip(found, pairwise(reached), strict=True)
    ]


def _lasting(shot: Shot, frames: int, fps: Rate) -> Shot:
    return shot.model_copy(update={"frames": frames, "duration_s": seconds_of(frames, fps)})


def _check_beats(stretch: Stretch, answer: SceneAnswer) -> None:
    numbers = [number for shot in answer.shots for number in shot.beats]
    known = {beat.number: beat for beat in stretch.beats}
    if any(number not in known for number in numbers):
        raise Refused("it names a beat that does not exist")
    if len(set(numbers)) < len(numbers):
        raise Refused("it repeats a beat")
    if any(not beat.empty and beat.number not in numbers for beat in stretch.beats):
        raise Refused("it leaves a beat out")
    spoken = [number for number in numbers if known[number].lines]
    if spoken != sorted(spoken):
        raise Refused("it changes the order of the lines")
    if any(first > second for shot in answer.shots for first, second in pairwise(shot.beats)):
        raise Refused("it turns the beats of a shot around")
    if sum(not shot.beats for shot in answer.shots) > most_cutaways(len(stretch.beats)):
        raise Refused("it has more cutaways than the scene bears")


def _check_names(stretch: Stretch, shot: ShotAnswer, number: int) -> None:
    subjects = [one.character for one in shot.subjects]
    if any(who not in stretch.sides for who in subjects):
        raise Refused(f"shot {number} shows somebody who is not in the scene")
    if len(set(subjects)) < len(subjects):
        raise Refused(f"shot {number} shows somebody twice")
    if len({stretch.sides[who] for who in subjects}) < len(subjects):
        raise Refused(f"shot {number} puts two people in one place")
    if any(prop not in stretch.props for prop in shot.props):
        raise Refused(f"shot {number} shows a thing that is not in the scene")


def _check_length(stretch: Stretch, shots: Sequence[Shot]) -> None:
    before, after = sum(shot.frames for shot in stretch.shots), sum(shot.frames for shot in shots)
    if not before * _FASTEST <= after <= before * _SLOWEST:
        raise Refused("it makes the scene more than twice as long, or less than half")


def _shot(stretch: Stretch, one: ShotAnswer, beats: Sequence[Beat], at: int, fps: Rate) -> Shot:
    dialogue, frames = _timed(one, beats, fps)
    size, angle, movement = _camera(one, beats)
    spans = [beat.span for beat in beats] or [Span(start=at, end=at)]
    origin = _origin(stretch, beats)
    rack = beats[0].camera.rack if beats and beats[0].camera else None
    if rack is not None and rack.behind and rack.behind not in {subject.character for subject in one.subjects}:
        raise Refused("it leaves out somebody to whom the script moves the focus")
    return Shot(
        id="",
        scene=stretch.scene.index,
        size=size,
        angle=angle,
        movement=movement,
        rack=rack,
        subjects=tuple(subject.character for subject in one.subjects),
        staging=tuple(_staging(subject, stretch.sides) for subject in one.subjects),
        props=tuple(dict.fromkeys(one.props)),
        action=" ".join(beat.action for beat in beats if beat.action),
        dialogue=dialogue,
        frames=frames,
        duration_s=seconds_of(frames, fps),
        span=Span(start=min(span.start for span in spans), end=max(span.end for span in spans)),
        rule=MODEL_RULE,
        tension=origin.tension if origin else stretch.scene.tension,
        title=origin.title if origin and _begins(stretch, origin, beats[0]) else "",
    )


def _origin(stretch: Stretch, beats: Sequence[Beat]) -> Shot | None:
    """The rules' shot that holds the first beat."""
    return next((shot for shot in stretch.shots if beats and shot.id == beats[0].shot), None)


def _begins(stretch: Stretch, origin: Shot, beat: Beat) -> bool:
    """Whether a beat is the first of the rules' shot: there its words over the picture begin."""
    return next(one for one in stretch.beats if one.shot == origin.id) is beat


def _camera(one: ShotAnswer, beats: Sequence[Beat]) -> tuple[ShotSize, Angle, Movement]:
    """The answer's camera, except where the script has its own."""
    written = beats[0].camera if beats else None
    if written is None:
        return one.size, one.angle, one.movement
    return written.size, written.angle, written.movement if beats[0].moves else one.movement


def _staging(subject: SubjectAnswer, sides: Mapping[str, Side]) -> Staging:
    return Staging(
        character=subject.character,
        pose=subject.pose,
        expression=subject.expression,
        side=sides[subject.character],
        facing=subject.facing,
    )


def _timed(one: ShotAnswer, beats: Sequence[Beat], fps: Rate) -> tuple[tuple[Dialogue, ...], int]:
    """Lay beats one after the other; a line is heard for as long as the rules let it be."""
    dialogue: list[Dialogue] = []
    at = heard = 0
    for beat in beats:
        at += beat.lead
        dialogue += [line.model_copy(update={"start_frame": at + line.start_frame}) for line in beat.lines]
        at += beat.frames
        heard = at if beat.lines else heard
    natural = at + beats[-1].tail if beats else frames_of(_CUTAWAY_S, fps)
    if one.seconds is None:
        return tuple(dialogue), natural
    least = heard + frames_of(BREATH_S, fps) if dialogue else frames_of(_LEAST_S, fps)
    return tuple(dialogue), max(least, frames_of(one.seconds, fps))


def _held(shot: Shot, ending: int, fps: Rate) -> Shot:
    """Hold the film's last shot after its last word, as long as the rules do."""
    words = max((line.start_frame + line.frames for line in shot.dialogue), default=0)
    return _lasting(shot, max(shot.frames, words + ending), fps)


def merged(
    breakdown: Breakdown, stretches: Sequence[Stretch], directed: Mapping[int, Directed], direction: Direction
) -> Breakdown:
    """Put a model's shots into the rules' breakdown.

    Args:
        breakdown: The rules'.
        stretches: All of it, in order.
        directed: The model's shots, by the index of their stretch; the others stay as they are.
        direction: What is to be said about it.

    Returns:
        The film: ids, transitions, graph and length fit its shots.
    """
    if not directed:
        return breakdown.model_copy(update={"direction": direction})
    rules = dict(zip((shot.id for shot in breakdown.shots), joins_of(breakdown.shots), strict=True))
    all_of_them: Directed = []
    for index, stretch in enumerate(stretches):
        all_of_them += directed.get(index) or [(shot, rules[shot.id]) for shot in stretch.shots]
    numbered = _numbered([shot for shot, _ in all_of_them])
    shots = _begun_and_ended(join_shots(numbered, [join for _, join in all_of_them], breakdown.fps), breakdown.shots)
    shots = identify(shots, breakdown.scenes, breakdown.locations)
    return breakdown.model_copy(
        update={
            "shots": shots,
            "graph": scene_graph(breakdown.characters, breakdown.locations, breakdown.scenes, shots),
            "runtime_s": seconds_of(sum(shot.frames for shot in shots), breakdown.fps),
            "direction": direction,
        }
    )


def _begun_and_ended(shots: Sequence[Shot], rules: Sequence[Shot]) -> tuple[Shot, ...]:
    """Let the film begin and end with a cut, where the rules let it: `join_shots` fades in and out by itself."""
    found = list(shots)
    if rules[0].transition_in is TransitionKind.CUT:
        found[0] = found[0].model_copy(update=_CUT_IN)
    if rules[-1].transition_out is TransitionKind.CUT:
        found[-1] = found[-1].model_copy(update=_CUT_OUT)
    elif rules[-1].transition_out is TransitionKind.FADE:
        found[-1] = found[-1].model_copy(update={"transition_out_via": rules[-1].transition_out_via})
    return tuple(found)


_CUT_IN = {
    "transition_in": TransitionKind.CUT,
    "transition_in_frames": 0,
    "transition_in_via": FadeColour.BLACK,
}
_CUT_OUT = {
    "transition_out": TransitionKind.CUT,
    "transition_out_frames": 0,
    "transition_out_via": FadeColour.BLACK,
}
_UNJOINED = {**_CUT_IN, **_CUT_OUT}


def _numbered(shots: Sequence[Shot]) -> list[Shot]:
    """Number shots within their scenes, and part them from neighbours that they may no longer have."""
    numbers: dict[int, int] = {}
    found = []
    for shot in shots:
        numbers[shot.scene] = number = numbers.get(shot.scene, 0) + 1
        found.append(shot.model_copy(update={"id": f"s{shot.scene + 1:03d}-{number:03d}", **_UNJOINED}))
    return found
