"""Whose turn it is where several films wait for the same machines: short films go before long ones.

Temporal gives turns by keys and weights: what is asked for under a key comes after the key's last, by as many steps as
the weight's inverse says, and whoever asks for the first time begins where the others are now.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from schemas.payloads import BATCH_SHOTS

HEAVIEST: Final = 1000.0
LIGHTEST: Final = 0.001
"""Bounds of what Temporal takes for a weight."""
LONG_SHOTS: Final = 240
"""A film of more shots than these has its turns one by one, so that nobody waits for all of it."""


APART: Final = 4
"""Steps between two batches of a film, into which a film of two batches fits."""


class Turn(NamedTuple):
    """A batch's place among others: Temporal's fairness key and weight."""

    key: str
    weight: float


def steps_of(film_batches: int, before: int, *, follows: bool) -> int:
    """Count by how many steps a batch lets others go before it.

    A film waits by the square of its length, once: what follows on its finished batches goes at once. If it took turns
    with films as long as itself, all of them would end late. Its batches are a few steps apart, into which short films
    fit that come meanwhile. A long film waits by its square before each batch.

    Args:
        film_batches: Of the whole film.
        before: How many of them come before this one.
        follows: Whether it is asked for because another of its film is finished.
    """
    if is_long(film_batches):
        return film_batches**2
    return 1 if follows else film_batches**2 + APART * before


def is_long(film_batches: int) -> bool:
    """Whether a film has its turns one by one."""
    return film_batches * BATCH_SHOTS > LONG_SHOTS


def next_turn(user: str, what: str) -> Turn:
    """Give the turn that comes next, however long the film is: to a single piece of work that a whole film waits for.

    Args:
        user: Whose film it is.
        what: Names the piece within the film, so that it queues behind nothing else of its user's.
    """
    return Turn(f"{user}/{what}", HEAVIEST)


def turn_of(user: str, shots: int, place: str, before: int, *, follows: bool) -> Turn:
    """Say when a batch's turn is.

    Batches of one place have one key in all films of a user: whoever orders ten films gets the first before the second.

    Args:
        user: Whose film it is.
        shots: Of all that is drawn: of the whole film, of a revision what does not stand.
        place: The batch's in its film.
        before: How many batches of the film come before it, roughly.
        follows: Whether it is asked for because another of its film is finished.
    """
    batches = -(-shots // BATCH_SHOTS)
    key = user if is_long(batches) else f"{user}/{place}"
    return Turn(key, max(LIGHTEST, HEAVIEST / steps_of(batches, before, follows=follows)))
