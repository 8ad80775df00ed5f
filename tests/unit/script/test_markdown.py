from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.script import read
from schemas.enums import ElementKind, ScriptFormat, SkippedKind
from schemas.errors import InvalidScript
from tests.effort import tries
from tests.unit.script.spans import check_coverage
from tests.unit.script.tiling import assert_tiles

STORY = """---
title: "The *Sea*"
author: Nobody
---

One
---

It rose, and [Anna](http://a.example/b) said, "Come **in**."

> "Who is it?" asked Bo.
> Nobody spoke.

```python
INT. CODE - DAY
```

* * *

## Two

He typed `ls` &mdash; twice\\.\\
Then he <b>slept</b>[^1].

![A boat](boat.png)

[^1]: A note.
"""


def test_what_a_reader_sees() -> None:
    play = read(STORY, "sea.md")
    assert play.title == "The Sea"
    assert play.format is ScriptFormat.PROSE
    assert [(one.kind.value, one.text, one.speaker) for one in play.elements] == [
        ("section", "One", None),
        ("action", "It rose, and Anna said,", None),
        ("dialogue", "Come in.", "Anna"),
        ("dialogue", "Who is it?", "Bo"),
        ("action", "asked Bo. Nobody spoke.", None),
        ("page_break", "", None),
        ("section", "Two", None),
        ("action", "He typed ls \u2014 twice. Then he slept.", None),
    ]
    assert_tiles(STORY, play)


def test_spans_hold_the_marks() -> None:
    play = read(STORY, "sea.md")
    sources = [STORY[one.span.start : one.span.end] for one in play.elements]
    assert sources[0] == "One\n---"
    assert sources[1] == "It rose, and [Anna](http://a.example/b) said,"
    assert sources[3] == '> "Who is it?"'
    assert sources[7].endswith("<b>slept</b>[^1].")
    markup = [STORY[one.span.start : one.span.end] for one in play.skipped if one.kind is SkippedKind.MARKUP]
    assert markup == ["```python\nINT. CODE - DAY\n```", "![A boat](boat.png)\n\n[^1]: A note."]


def test_an_edit_at_a_span_changes_that_element_alone() -> None:
    before = read(STORY, "sea.md").elements
    for at, one in enumerate(before):
        if one.text not in STORY[one.span.start : one.span.end] or one.kind is ElementKind.PAGE_BREAK:
            continue
        source = STORY[one.span.start : one.span.end].replace(one.text, f"{one.text[:-1]} more{one.text[-1]}")
        after = read(STORY[: one.span.start] + source + STORY[one.span.end :], "sea.md").elements
        changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old.text != new.text]
        assert changed == [at]


def test_a_heading_needs_no_blank_line() -> None:
    text = "# Sea\n## One\nIt rose.\nIt fell.\n---\nTwo\n---\nIt slept.\n"
    play = read(text, "sea.md")
    assert play.title == "Sea"
    assert [(one.kind.value, one.text) for one in play.elements] == [
        ("section", "One"),
        ("action", "It rose. It fell."),
        ("page_break", ""),
        ("section", "Two"),
        ("action", "It slept."),
    ]
    assert_tiles(text, play)


def test_plain_prose_is_left_as_it_is() -> None:
    text = "It rose &amp; fell.\n\n> not a quotation\n\nA `tick`."
    assert [one.text for one in read(text, "a.txt").elements] == [
        "It rose &amp; fell.",
        "> not a quotation",
        "A `tick`.",
    ]


def test_content_tells_markdown_too() -> None:
    text = "# The Sea\n\nIt &lt;rose&gt; like [a wall](http://a.example).\n"
    play = read(text, "sea.txt")
    assert (play.title, play.elements[0].text) == ("The Sea", "It <rose> like a wall.")


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_screenplay_with_sections_is_a_screenplay(name: str) -> None:
    assert read("# Act one\n\nINT. HOUSE - DAY\n\nRain.", name).format is ScriptFormat.FOUNTAIN


_EXAMPLE = (Path(__file__).parents[3] / "examples" / "the_clockmakers_bird.md").read_text("utf-8")
_PIECES = st.sampled_from(
    ["# ", "\n", "\n\n", "> ", "```", "---", "===", "[a](b)", "![a](b)", "&amp;", "&#0;", "\\", "**", "_", '"Go," ']
)


@settings(max_examples=tries(300, 30))
@given(st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=30).map("".join))
def test_any_markdown_is_read_and_every_character_placed(text: str) -> None:
    try:
        play = read(text, "a.md")
    except InvalidScript:
        return
    assert_tiles(text, play)


@settings(max_examples=tries(60, 6))
@given(st.integers(0, len(_EXAMPLE)), st.one_of(_PIECES, st.text(max_size=5)))
def test_a_changed_story_is_read_and_every_character_placed(at: int, words: str) -> None:
    text = _EXAMPLE[:at] + words + _EXAMPLE[at:]
    assert_tiles(text, read(text, "a.md"))


def test_the_items_of_a_list_are_narration_without_their_marks() -> None:
    items = "- a lamp.\n- a rope,\n  which was *wet*.\n    1. [x] a knife.\n\n10. Ten - no more."
    text = f"# A\n\nIt held:\n\n{items}\n\nAnd 3. was it.\n- Not a list."
    play = read(text, "a.md")
    check_coverage(text, play)
    assert [one.text for one in play.elements] == [
        "It held:",
        "a lamp.",
        "a rope, which was wet.",
        "a knife.",
        "Ten - no more.",
        "And 3. was it. - Not a list.",
    ]


@pytest.mark.parametrize(
    "table",
    ["| a | b |\n|---|:-:|\n| c | `d` |", "a | b\n--|--\nc | d\n\\| e | f", "| a |\n| - |"],
)
def test_tables_are_left_out(table: str) -> None:
    text = f"# A\n\nBefore.\n\n{table}\n\nAfter | this.\n"
    play = read(text, "a.md")
    check_coverage(text, play)
    assert [one.text for one in play.elements] == ["Before.", "After | this."]


def test_a_heading_behind_odd_white_space_is_one() -> None:
    text = "# A\n\n\x85Chapter Nine\n=====\n\nIt was.\n"
    play = read(text, "a.md")
    check_coverage(text, play)
    assert [(one.kind.value, one.text) for one in play.elements] == [("section", "Chapter Nine"), ("action", "It was.")]


def test_a_comment_at_the_top_is_no_final_draft() -> None:
    assert [one.text for one in read("<!-- draft -->\n\nIt was. It is.\n", "a.md").elements] == ["It was. It is."]
