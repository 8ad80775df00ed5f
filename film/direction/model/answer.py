"""The answer of a model that directs a stretch of a script: numbers, ids and enumerations, not a word of its own."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.enums import Angle, Expression, Movement, Pose, ShotSize, Side, TransitionKind

LONGEST_ANSWER = 1 << 20
"""Characters of an answer that is looked at."""
MOST_SHOTS = 120
MOST_SUBJECTS = 3
"""One a side of the screen."""
SHORTEST_S, LONGEST_S = 0.5, 30.0
"""Bounds of the length that may be asked for, in seconds."""

_Name = Annotated[str, Field(min_length=1, max_length=200)]


class Refused(ValueError):
    """An answer, or a part of one, that cannot be used. The message says why in our words."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class SubjectAnswer(_Strict):
    """Who is in the frame, and what they do there."""

    character: _Name
    pose: Pose = Pose.STAND
    expression: Expression = Expression.NEUTRAL
    facing: Side = Side.CENTRE


class ShotAnswer(_Strict):
    """One shot."""

    beats: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(max_length=MOST_SHOTS)] = ()
    size: ShotSize
    angle: Angle = Angle.EYE
    movement: Movement = Movement.STATIC
    subjects: Annotated[tuple[SubjectAnswer, ...], Field(max_length=MOST_SUBJECTS)] = ()
    props: Annotated[tuple[_Name, ...], Field(max_length=6)] = ()
    transition: TransitionKind = TransitionKind.CUT
    seconds: Annotated[float, Field(ge=SHORTEST_S, le=LONGEST_S)] | None = None


class SceneAnswer(_Strict):
    """A stretch of the script as shots."""

    shots: Annotated[tuple[ShotAnswer, ...], Field(min_length=1, max_length=MOST_SHOTS)]


def parse_answer(text: str) -> SceneAnswer:
    """Read what a model said.

    Thoughts before the answer and a fence around it are passed over, as models put them where they were not asked to.

    Args:
        text: As it came.

    Returns:
        The answer; whether what it names exists is not looked at here.

    Raises:
        Refused: It is none.
    """
    if len(text) > LONGEST_ANSWER:
        raise Refused("the answer is too long")
    body = text.rpartition("</think>")[2]
    begin, end = body.find("{"), body.rfind("}")
    if begin < 0 or end < begin:
        raise Refused("the answer holds no JSON object")
    try:
        return SceneAnswer.model_validate_json(body[begin : end + 1])
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            raise Refused("the answer is not JSON, or breaks off") from None
        raise Refused(f"the answer does not fit the schema ({_PROBLEMS.get(first['type'], 'a value')})") from None
    except UnicodeEncodeError:
        raise Refused("the answer is not text") from None


_PROBLEMS = {
    "extra_forbidden": "a field that is not in it",
    "missing": "a field is missing",
    "enum": "a word that is none of the choices",
    "too_long": "too many of something",
    "too_short": "nothing where something must be",
}
