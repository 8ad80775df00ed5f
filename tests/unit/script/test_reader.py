"""What is too much is refused at once, whatever the format."""

from __future__ import annotations

import pytest

from film.script import open_script, read
from film.script.limits import MAX_LINE, MAX_SCENES
from schemas.errors import InvalidScript


@pytest.mark.parametrize("name", ["a.fountain", "a.txt", "a.md"])
def test_one_line_of_a_megabyte_is_refused(name: str) -> None:
    with pytest.raises(InvalidScript, match="line 3"):
        open_script(b"Rain.\n\n" + b"wet " * 262_144, name)


def test_a_paragraph_of_a_megabyte_is_refused_in_xml_too() -> None:
    paragraph = f'<Paragraph Type="Action"><Text>{"wet " * 262_144}</Text></Paragraph>'
    text = f"<FinalDraft><Content>\n{paragraph}</Content></FinalDraft>"
    with pytest.raises(InvalidScript, match="at line 2"):
        read(text, "a.fdx")


@pytest.mark.parametrize("text", ["[a\n\n" * 200_000, "<a>\n" * 300_000, "<FinalDraft>" + "<b/>" * 600_000])
def test_too_many_lines_or_tags_are_refused(text: str) -> None:
    with pytest.raises(InvalidScript, match="split it into several"):
        read(text, "a.md")


def test_xml_may_stand_in_one_line() -> None:
    body = '<Paragraph Type="Action"><Text>Rain.</Text></Paragraph>' * 3000
    assert len(body) > MAX_LINE
    assert len(read(f"<FinalDraft><Content>{body}</Content></FinalDraft>", "a.fdx").elements) == 3000


@pytest.mark.parametrize(
    "scene", ["INT. A - DAY\n\nRain.\n\n", '<Paragraph Type="Scene Heading"><Text>X</Text></Paragraph>']
)
def test_a_hundred_thousand_scenes_are_refused(scene: str) -> None:
    body = scene * (100_000 if scene[0] == "I" else MAX_SCENES + 1)
    text = body if scene[0] == "I" else f"<FinalDraft><Content>{body}</Content></FinalDraft>"
    with pytest.raises(InvalidScript, match="split it into several"):
        open_script(text.encode(), "many.txt")
