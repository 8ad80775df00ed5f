"""DOCX: styles, indents or plain words tell what a paragraph is; hostile archives end in a sentence."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from film.script import decode, import_text, open_script, read
from film.script.formats.docx import Paragraph, text_of
from schemas.enums import ElementKind, ScriptFormat
from schemas.errors import InvalidScript
from schemas.script import Screenplay
from tests.effort import tries
from tests.unit.script.documents import indented_docx, repacked, saved, styled_docx
from tests.unit.script.tiling import assert_tiles

_EXAMPLES = Path(__file__).parents[3] / "examples"
_STYLES = {
    ElementKind.HEADING: "Scene Heading",
    ElementKind.CHARACTER: "Character",
    ElementKind.PARENTHETICAL: "Parenthetical",
    ElementKind.DIALOGUE: "Dialogue",
    ElementKind.TRANSITION: "Transition",
}
_COLUMNS = {
    ElementKind.CHARACTER: "cue",
    ElementKind.PARENTHETICAL: "parenthetical",
    ElementKind.DIALOGUE: "dialogue",
    ElementKind.TRANSITION: "transition",
}
_SHOWN = {*_STYLES, ElementKind.ACTION}


def rows(play: Screenplay) -> list[tuple[ElementKind, str]]:
    return [(one.kind, one.text) for one in play.elements if one.kind in _SHOWN]


def styled(play: Screenplay, prefix: str = "") -> bytes:
    return styled_docx((prefix + _STYLES.get(kind, "Action"), words) for kind, words in rows(play))


@pytest.mark.parametrize("prefix", ["", "SP "])
@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*.fountain")), ids=lambda path: path.stem)
def test_a_screenplay_of_styles_is_read_again(path: Path, prefix: str) -> None:
    written = read(path.read_text("utf-8"), path.name)
    script = open_script(styled(written, prefix), "styled.docx")
    assert script.encoding == "DOCX"
    assert script.screenplay.format is ScriptFormat.FOUNTAIN
    assert rows(script.screenplay) == rows(written)
    assert_tiles(script.text, script.screenplay)


@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*.fountain")), ids=lambda path: path.stem)
def test_a_screenplay_of_indents_is_read_again(path: Path) -> None:
    written = read(path.read_text("utf-8"), path.name)
    data = indented_docx((_COLUMNS.get(kind, "action"), words) for kind, words in rows(written))
    read_again = open_script(data, "indented.docx").screenplay
    assert Counter(one.kind for one in read_again.elements if one.kind in _STYLES) == Counter(
        kind for kind, _ in rows(written) if kind in _STYLES
    )
    for kind in (ElementKind.HEADING, ElementKind.CHARACTER, ElementKind.DIALOGUE):
        assert [one.text for one in read_again.elements if one.kind is kind] == [
            words for one, words in rows(written) if one is kind
        ]


def test_fountain_typed_into_word_is_fountain() -> None:
    document = docx.Document()
    for line in ("INT. HOUSE - DAY", "", "Rain.", "", "ANNA", "Come *in*.", "", "> FADE OUT."):
        document.add_paragraph(line)
    play = open_script(saved(document), "typed.docx").screenplay
    assert [(one.kind.value, one.text) for one in play.elements] == [
        ("heading", "INT. HOUSE - DAY"),
        ("action", "Rain."),
        ("character", "ANNA"),
        ("dialogue", "Come in."),
        ("transition", "FADE OUT."),
    ]


def test_a_story_keeps_its_headings_and_paragraphs() -> None:
    document = docx.Document()
    document.add_paragraph("The Lamp", style="Title")
    document.add_paragraph("One", style="Heading 1")
    document.add_paragraph("It was dark.")
    document.add_paragraph("\u201cLight it,\u201d said Anna.")
    play = open_script(saved(document), "lamp.docx").screenplay
    assert play.format is ScriptFormat.PROSE
    assert play.title == "The Lamp"
    assert [(one.kind.value, one.text, one.speaker) for one in play.elements] == [
        ("section", "One", None),
        ("action", "It was dark.", None),
        ("dialogue", "Light it,", "Anna"),
        ("action", "said Anna.", None),
    ]


def test_insertions_are_read_and_deletions_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Anna ")
    for tag, text in (("ins", "<w:t>waits</w:t>"), ("del", "<w:delText>leaves</w:delText>")):
        xml = f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r>{text}</w:r></w:{tag}>'
        paragraph._p.append(parse_xml(xml))
    paragraph.add_run(" by the sea.")
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "Waves."
    assert decode(saved(document), "a.docx") == "Anna waits by the sea.\n\nWaves.\n"


_WORDS = st.from_regex(r"[^\W_][^\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]{0,20}", fullmatch=True).filter(
    lambda words: not words.rstrip().endswith("<")
)
"""A transition that ends in `<` cannot be written in Fountain: `> words <` is centred text."""


@settings(max_examples=tries(200, 20))
@given(
    st.lists(
        st.tuples(
            st.sampled_from([ElementKind.HEADING, ElementKind.ACTION, ElementKind.TRANSITION]),
            _WORDS,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_words_of_a_style_stay_what_they_are(found: list[tuple[ElementKind, str]]) -> None:
    found = [(ElementKind.HEADING, "INT. HOUSE"), *found]
    text = text_of([Paragraph(_STYLES.get(kind, "Action"), words, 0.0, "left") for kind, words in found])
    play = read(text, "a.docx")
    assert [kind for kind, _ in rows(play)] == [kind for kind, _ in found]


_WHOLE = styled_docx([("Scene Heading", "INT. HOUSE - DAY"), ("Action", "Rain.")])


def _bomb(size: int) -> bytes:
    return repacked(_WHOLE, document__xml=b"<a>" + b" " * size)


def _lying(data: bytes, size: int) -> bytes:
    """An archive that says of its document that it is small."""
    name = b"word/document.xml"
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    return data[: entry + 24] + size.to_bytes(4, "little") + data[entry + 28 :]


def _encrypted() -> bytes:
    entry = _WHOLE.index(b"PK\x01\x02")
    return _WHOLE[: entry + 8] + b"\x01" + _WHOLE[entry + 9 :]


def _zip(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return file.getvalue()


_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
_UTF7 = b'<?xml version="1.0" encoding="UTF-7"?><a/>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_WHOLE[: len(_WHOLE) // 2], "damaged"),
        (_WHOLE[:-30], "damaged"),
        (repacked(_WHOLE, vbaProject__bin=b"\xd0\xcf"), "macros"),
        (_bomb(30_000_000), "unpacks to"),
        (_lying(_bomb(30_000_000), 1000), "damaged"),
        (_encrypted(), "encrypted"),
        (repacked(_WHOLE, document__xml=_ENTITIES), "entities"),
        (repacked(_WHOLE, document__xml=_ENTITIES.decode().encode("utf-16")), "entities"),
        (repacked(_WHOLE, document__xml=_UTF7), "entities"),
        (repacked(_WHOLE, document__xml=b"<a><b></a>"), "damaged"),
        (repacked(_WHOLE, document__xml=b"<a/>"), "damaged"),
        (saved(docx.Document()), "without text"),
        (_zip(text__md=b"Hello."), "ZIP archive"),
        (_zip(mimetype=b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
        (b"PK\x03\x04....", "ZIP"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(InvalidScript) as caught:
        import_text(data, "bad.docx")
    assert words in str(caught.value)
    assert str(caught.value).startswith("bad.docx ")
    assert str(caught.value).endswith(".")


@pytest.mark.slow
def test_an_archive_that_unpacks_to_500_mb_is_refused() -> None:
    with pytest.raises(InvalidScript, match="unpacks to 4.. MiB"):
        import_text(_bomb(500_000_000), "bomb.docx")


@settings(max_examples=tries(15, 4))
@given(st.integers(0, len(_WHOLE) - 1), st.integers(1, 40), st.binary(max_size=20))
def test_damaged_files_raise_nothing_else(start: int, length: int, instead: bytes) -> None:
    try:
        open_script(_WHOLE[:start] + instead + _WHOLE[start + length :], "damaged.docx")
    except InvalidScript as error:
        assert str(error).startswith("damaged.docx ")  # noqa: PT017
