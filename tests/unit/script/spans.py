"""What holds for the spans of every script, whatever it says."""

from __future__ import annotations

import html

from film.script import part_span
from film.script.unseen import UNSEEN
from schemas.enums import SkippedKind
from schemas.script import Element, Run, Screenplay, Skipped

_WRITTEN = {" ": {" ", "\n"}, "\n": {"\n", "\u2028", "\u2029"}}
"""How a line end of prose, and one of Final Draft, may stand in the source."""


def check_coverage(text: str, play: Screenplay) -> None:
    """Every character belongs to one element or one skipped stretch; blank is white space, the rest is not."""
    parts: list[Element | Skipped] = [*play.elements, *play.skipped]
    parts.sort(key=lambda one: one.span.start)
    at = 0
    for part in parts:
        assert at == part.span.start < part.span.end, part
        at = part.span.end
    assert at == len(text)
    assert [one for one in parts if isinstance(one, Element)] == list(play.elements)
    assert [one for one in parts if not isinstance(one, Element)] == list(play.skipped)
    for one in play.skipped:
        source = text[one.span.start : one.span.end]
        assert (one.kind is SkippedKind.BLANK) == (not source.strip(UNSEEN)), one
    for element in play.elements:
        check_parts(text, element)


def check_parts(text: str, element: Element) -> None:
    """Each character of an element's text is found in its source, in order; a line end of prose is shown as a space."""
    if element.runs == (Run(0, element.span.start, element.span.end),):
        return  # all of it stands for all of the source: a scene's title in an attribute of XML
    at = element.span.start
    for number, letter in enumerate(element.text):
        span = part_span(element, number, number + 1)
        assert at <= span.start < span.end <= element.span.end
        assert html.unescape(text[span.start : span.end]) in _WRITTEN.get(letter, {letter})
        at = span.end
    whole = part_span(element, 0, len(element.text))
    assert element.span.start <= whole.start <= whole.end <= element.span.end
