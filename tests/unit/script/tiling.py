"""What holds of every script that was read."""

from __future__ import annotations

from schemas.script import Screenplay


def assert_tiles(text: str, play: Screenplay) -> None:
    """Elements and skipped stretches are the whole text, each character once."""
    spans = sorted(
        [(one.span.start, one.span.end) for one in play.elements]
        + [(one.span.start, one.span.end) for one in play.skipped]
    )
    at = 0
    for start, end in spans:
        assert start == at
        at = end
    assert at == len(text)
    starts = [one.span.start for one in play.elements]
    assert starts == sorted(starts)
