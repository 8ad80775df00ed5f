"""Whose turn it is: finds the sequence of speakers that fits a whole conversation best.

What the prose says of one speech alone leaves many without a speaker. Those who talk take turns, so that a tag also
tells of the speeches before and after it: the likeliest sequence is searched for, by beam search over the last two
speakers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from film.script.voices import TELLER, Voice

_T = TypeVar("_T")
_Pair = tuple[Voice | None, Voice | None]
_NOBODY = Voice("")
"""Stands for whoever spoke of whom nothing is known: who spoke before may answer."""
_BEAM = 8
_MARGIN = 0.4
"""So much likelier than the likeliest sequence in which somebody else speaks one must be."""
_UNKNOWN = -3.0
"""For a speech that nobody known speaks."""
_SAME_AGAIN = (-4.0, -0.5, -0.2)
"""For who spoke in the paragraph before, with 0, 1 and more paragraphs of narration in between."""
_SAME_AFTER_ACTION = -2.0
"""The same where that paragraph ended with narration: a writer then begins another for the same speaker at times."""
_SAME_AFTER_TELLING = -1.0
"""The same where narration leads to the speech in its paragraph."""
_RETURNS = (2.2, 1.4, 0.3)
"""For who spoke before that one."""
_SURE = 0.3
"""How much of that counts where the prose names the speaker."""
_OTHER = -6.0
"""For who spoke last where the prose says `the other`."""
_ANSWERS, _ASKED = 1.5, 3.0
"""For who was called by name in the speech before, and where that was a question."""
_WRONG_SEX = -30.0
CALLED = -6.0
"""Against who is called by name in a speech."""
ACTS = 4.0
"""For who acts beside a speech."""
_KNOWN_SEX = 0.8
_MUTE = -2.5
_UNNAMED = 0.8
"""Against who is but `a man`, and never said to speak."""
_TAG, _TAGGED = 0.6, 1.2
"""For each tag of the story that names somebody, and for all of them at most."""


@dataclass(slots=True, eq=False)
class Turn:
    """Speech of one paragraph that one person speaks, and what the prose says of whose it is."""

    voice: Voice | None = None
    """Whom it names; then nothing else counts."""
    only: dict[Voice, float] | None = None
    """Whom its tag may mean, each with how well it fits: `said the old man`; nobody else speaks then."""
    own: Voice | None = None
    """Who has no other name than the phrase of that tag: whoever it means where it may mean several."""
    wanted: str = ""
    """`m` or `f` where it says `he said` or `she said`, else empty."""
    other: bool = False
    """Whether it says that somebody else answers: `said the other`, `was the reply`."""
    silent: bool = False
    """Whether nobody speaks it: it is read."""
    stranger: bool = False
    """Whether somebody speaks it of whom the story tells nothing else: `cried somebody`."""
    support: dict[Voice, float] = field(default_factory=dict)
    """How much speaks for each who may be meant."""
    against: dict[Voice, float] = field(default_factory=dict)
    """And against; who is called by name does not speak."""
    addressed: frozenset[Voice] = frozenset()
    asks: bool = False
    """Whether it ends with a question: who is called by name in it answers."""
    words: dict[Voice, str] = field(default_factory=dict)
    """How the prose called each of them here."""
    gap: int = 0
    """Paragraphs of narration since the last speech."""
    acted: bool = False
    """Whether narration follows it in its paragraph."""
    led: bool = False
    """Whether whole sentences of narration precede it in its paragraph."""
    fresh: bool = False
    """Whether a break precedes it: nobody's turn is left over."""

    def weight(self, voice: Voice) -> float:
        """How much the prose speaks for somebody, whoever spoke before."""
        told = self.against.get(voice, 0.0) + (self.support if self.only is None else self.only).get(voice, 0.0)
        if self.wanted:
            told += _MUTE if voice.mute else 0.0
            if voice.gender:
                told += _KNOWN_SEX if voice.gender == self.wanted else _WRONG_SEX
            elif voice.words == TELLER and voice.person is None:
                told += _WRONG_SEX
        return told

    def excludes(self, voice: Voice) -> bool:
        """Whether the speech calls somebody by name who does nothing beside it: they do not speak it."""
        return self.against.get(voice, 0.0) <= CALLED and self.support.get(voice, 0.0) < ACTS

    @staticmethod
    def standing(voice: Voice) -> float:
        """How likely somebody is to begin to speak, by how often the whole story says that they do."""
        unnamed = voice.person is not None and voice.person.role and not voice.tags
        return min(_TAGGED, _TAG * voice.tags) - _UNNAMED * unnamed


class _State(NamedTuple):
    """Two last speakers, and how likely the likeliest way to have come to them is."""

    score: float
    last: Voice | None = None
    before: Voice | None = None


class _Step(NamedTuple):
    """A way to go on from a state with a turn."""

    origin: int
    """Index of the state before it."""
    goal: int
    voice: Voice | None
    gain: float


def decide(turns: Sequence[Turn]) -> list[Voice | None]:
    """Find who speaks each turn.

    Args:
        turns: All of a story, in order.

    Returns:
        The voice of each; None where nobody may be meant, or where it may as well be somebody else.
    """
    states = [_State(0.0)]
    previous = Turn()
    ways: list[list[_Step]] = []
    for turn in turns:
        states, steps = _step(states, turn, previous)
        ways.append(steps)
        previous = turn
    return _chosen(turns, ways, states)


def _chosen(turns: Sequence[Turn], ways: Sequence[Sequence[_Step]], states: Sequence[_State]) -> list[Voice | None]:
    """Who speaks each turn in the likeliest sequence, where no other that is nearly as likely says otherwise.

    Args:
        turns: They.
        ways: For each turn, the steps between the states kept before and after it.
        states: Those after the last one.
    """
    ahead = dict.fromkeys(range(len(states)), 0.0)
    """How much may still be gained from each state."""
    gains: list[dict[int, float]] = []
    for steps in reversed(ways):
        gains.append(ahead)
        ahead = _best((step.origin, step.gain + ahead[step.goal]) for step in steps if step.goal in ahead)
    scores = {0: 0.0}
    at = 0
    found: list[Voice | None] = []
    for turn, every, ahead in zip(turns, ways, reversed(gains), strict=True):
        steps = [step for step in every if step.origin in scores and step.goal in ahead]
        best = _best((step.voice, scores[step.origin] + step.gain + ahead[step.goal]) for step in steps)
        here = max((step for step in steps if step.origin == at), key=lambda step: step.gain + ahead[step.goal])
        others = max((score for voice, score in best.items() if voice is not here.voice), default=float("-inf"))
        sure = turn.voice is not None or best[here.voice] - others >= _MARGIN
        found.append(here.voice if sure else turn.own)
        scores = _best((step.goal, scores[step.origin] + step.gain) for step in steps)
        at = here.goal
    return found


def _best(scored: Iterable[tuple[_T, float]]) -> dict[_T, float]:
    """The highest score of each of some things."""
    found: dict[_T, float] = {}
    for one, score in scored:
        if score > found.get(one, float("-inf")):
            found[one] = score
    return found


def _step(states: Sequence[_State], turn: Turn, previous: Turn) -> tuple[list[_State], list[_Step]]:
    """The likeliest states after a turn, the best first, and the steps that lead to them."""
    called: frozenset[Voice] = frozenset() if turn.gap or turn.fresh else previous.addressed
    again = _SAME_AFTER_ACTION if previous.acted and not turn.gap else _SAME_AGAIN[min(turn.gap, 2)]
    if turn.led:
        again = max(again, _SAME_AFTER_TELLING)
    returns = _RETURNS[min(turn.gap + turn.led, 2)] * (_SURE if turn.voice is not None else 1.0)
    answers = _ASKED if previous.asks else _ANSWERS
    best: dict[_Pair, float] = {}
    ways: list[tuple[int, _Pair, Voice | None, float]] = []
    weights: dict[Voice, float] = {}
    for number, state in enumerate(states):
        last, before = (None, None) if turn.fresh else (state.last, state.before)
        for voice in _candidates(turn, last, before, called):
            if voice is None:
                gain, key = _by_nobody(turn, last, before, returns)
            else:
                if voice not in weights:
                    standing = turn.standing(voice) if turn.only is None else 0.0
                    weights[voice] = turn.weight(voice) + standing + (answers if voice in called else 0.0)
                taken = again + (_OTHER if turn.other else 0.0) if voice is last else returns * (voice is before)
                gain, key = weights[voice] + taken, (voice, before if voice is last else last)
            ways.append((number, key, voice, gain))
            best[key] = max(best.get(key, float("-inf")), state.score + gain)
    kept = sorted(best, key=lambda key: -best[key])[:_BEAM]
    index = {key: number for number, key in enumerate(kept)}
    steps = [_Step(origin, index[key], voice, gain) for origin, key, voice, gain in ways if key in index]
    return [_State(best[key], *key) for key in kept], steps


def _by_nobody(turn: Turn, last: Voice | None, before: Voice | None, returns: float) -> tuple[float, _Pair]:
    """How likely it is that nobody known speaks a turn, and who the last two speakers are then."""
    if turn.silent:
        return 0.0, (last, before)
    gain = 0.0 if turn.stranger else _UNKNOWN
    if last is _NOBODY:
        return gain, (last, before)
    return gain + returns * (before is _NOBODY), (_NOBODY, last)


def _candidates(
    turn: Turn, last: Voice | None, before: Voice | None, called: frozenset[Voice]
) -> Sequence[Voice | None]:
    if turn.silent or turn.stranger:
        return (None,)
    if turn.voice is not None:
        return (turn.voice,)
    if turn.only is not None:
        return (*(voice for voice in turn.only if not turn.excludes(voice)), None)
    found = dict.fromkeys(turn.support)
    found.update(dict.fromkeys(voice for voice in (last, before) if voice not in {None, _NOBODY}))
    found.update(dict.fromkeys(sorted(called, key=lambda voice: voice.words)))
    return (*(voice for voice in found if not turn.excludes(voice)), None)
