"""A language model directs instead of the rules: what it is asked, what it may answer, and what becomes of it."""

from film.direction.model.answer import Refused, SceneAnswer, parse_answer
from film.direction.model.conduct import direct_with
from film.direction.model.port import Answers, Director, DirectorModel, Patience

__all__ = [
    "Answers",
    "Director",
    "DirectorModel",
    "Patience",
    "Refused",
    "SceneAnswer",
    "direct_with",
    "parse_answer",
]
