"""What an installation's policy says of a script, before there is a job."""

from __future__ import annotations

from dataclasses import dataclass

from film.script.lexicon import lexicon
from film.script.moderation import describe, moderate, refuse
from infrastructure.settings import Settings
from schemas.errors import InvalidRequest
from schemas.moderation import Flag, Threshold
from schemas.style import StyleSpec

MAX_FLAGS = 200
"""So many flags a job carries; nobody reads more, and the first ones lead to the others."""

REASON_LENGTH = 300


@dataclass(frozen=True)
class Verdict:
    """What becomes of a script that is not refused."""

    flags: tuple[Flag, ...] = ()
    """What the job carries, for whoever looks at it."""
    review_reason: str = ""
    """Why the film waits for an approval; empty where it does not."""


def judge_script(text: str, name: str, settings: Settings) -> Verdict:
    """Hold a script against the installation's policy. It takes time: call it off the event loop.

    Args:
        text: The decoded script.
        name: What the script is called.
        settings: Holds the policy and its lexicon.

    Raises:
        InvalidScript: The policy refuses it; the sentence names line and category.
        InvalidRequest: The installation's lexicon cannot be used.
    """
    policy = settings.moderation
    if {policy.flag, policy.review, policy.refuse} == {Threshold.OFF}:
        return Verdict()
    found = moderate(text, lexicon(settings.moderation_lexicon))
    refuse(found, policy, name)
    waiting = [flag for flag in found if policy.review.reached(flag.severity)]
    told = [flag for flag in found if flag in waiting or policy.flag.reached(flag.severity)]
    reason = f"Moderation found {describe(waiting)}."[:REASON_LENGTH] if waiting else ""
    return Verdict(tuple(told[:MAX_FLAGS]), reason)


def judge_words(words: str, settings: Settings) -> None:
    """Hold words that a user writes for a shot, or for a card, against the installation's policy.

    Nobody reviews a revision, so that what a script would be held for is refused here. It takes time: call it off the
    event loop.

    Raises:
        InvalidRequest: The policy refuses them, or would have them reviewed.
    """
    policy = settings.moderation
    found = moderate(words, lexicon(settings.moderation_lexicon))
    held = [flag for flag in found if policy.refuse.reached(flag.severity) or policy.review.reached(flag.severity)]
    if held:
        raise InvalidRequest(f"These words are not used here: {describe(held)}. Word it otherwise.")


def judge_style(style: StyleSpec, settings: Settings) -> None:
    """Hold a style's words against the installation's policy: they become part of every prompt.

    Raises:
        InvalidRequest: The policy refuses it.
    """
    words = "\n".join((style.title, style.medium, *style.modifiers, *style.negative, style.lens, style.light))
    found = moderate(words, lexicon(settings.moderation_lexicon))
    refused = sorted({flag.title for flag in found if settings.moderation.refuse.reached(flag.severity)})
    if refused:
        raise InvalidRequest(f"The style “{style.name}” is not used here, for {', '.join(refused)}; word it otherwise.")
