from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from film.script import MAX_BYTES, decode, import_text, open_script, read
from schemas.errors import InvalidScript
from tests.unit.script.spans import check_coverage


@pytest.mark.parametrize(
    "data",
    [
        b"A line.\r\nAnother.",
        b"\xef\xbb\xbfA line.\rAnother.",
        "A line.\nAnother.".encode("utf-16"),
        b"\xfe\xff" + "A line.\r\nAnother.".encode("utf-16-be"),
    ],
)
def test_marks_are_dropped_and_line_ends_are_one(data: bytes) -> None:
    assert decode(data, "a.txt") == "A line.\nAnother."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n ", "only white space"),
        (b"\xef\xbb\xbf", "only white space"),
        (b"MZ\x00\x01\x02", "control character U+0000"),
        (b"caf\xe9 \x81 noir", "byte 3"),
        ("夜の海。".encode()[:-1] + b"A", "neither UTF-8 nor Windows-1252"),
        ("Ночь. Море.".encode("cp1251"), "neither UTF-8 nor Windows-1252"),
        ("夜の海。波。".encode("shift-jis"), "neither UTF-8 nor Windows-1252"),
        ("donÕt, canÕt".encode("latin-1"), "neither UTF-8 nor Windows-1252"),
        (bytes(range(256)), "neither UTF-8 nor Windows-1252"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "bad.txt"),
        (b"\xff\xfeA", "UTF-16"),
        (b"a" * (MAX_BYTES + 1), "5 MiB"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(InvalidScript) as caught:
        decode(data, "bad.txt")
    message = str(caught.value)
    assert message.startswith("bad.txt ")
    assert words in message
    assert message.endswith(".")


@pytest.mark.parametrize(
    "text", ["INT. CAFÉ - DAY\n\nÀ bientôt.", "夜の海。\n\n「行こう」", "\u200fליל\n\nשלום", "سلام\n"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_unicode_is_read_in_every_form(text: str, encoding: str, end: str) -> None:
    assert decode(text.replace("\n", end).encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("text", "name"),
    [("Le café est fermé.", "French"), ("“No”—he said… ‘Go’", "typographic quotes"), ("Ärger über Öl, 5 €", "German")],
)
def test_windows_1252_is_read_and_said(text: str, name: str) -> None:
    imported = import_text(text.encode("cp1252"), f"{name}.txt")
    assert (imported.text, imported.encoding) == (text, "WINDOWS-1252")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except InvalidScript as error:
        assert str(error).startswith("a.txt ")  # noqa: PT017
    else:
        assert text.strip()
        assert "\r" not in text
        assert "\x00" not in text


def test_the_longest_script_is_read() -> None:
    assert len(decode(b"a" * MAX_BYTES, "a.txt")) == MAX_BYTES


@pytest.mark.parametrize(
    "data", [b"<!DOCTYPE html>\n<html><body>Hello.</body></html>", b"\xef\xbb\xbf <HTML lang='en'>Hello."]
)
def test_a_web_page_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidScript, match="is a web page, which is not read"):
        open_script(data, "story.txt")


def test_a_story_may_speak_of_web_pages() -> None:
    assert open_script(b"She wrote <html> on the wall.\n\nNobody laughed.", "story.txt").screenplay.elements


_PLAIN = (
    "INT. HOUSE - DAY\n\nAnna runs.\n\nANNA\nWhere is everybody?\n\nCUT TO:\n\nEXT. SEA - NIGHT\n\nBO (V.O.)\nGone.\n"
)


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u200e", "\u200f", "\u2060", "\xad", "\u202a", "\u200d"])
def test_characters_without_width_at_the_ends_of_lines_mean_nothing(mark: str) -> None:
    want = [(one.kind, one.text) for one in read(_PLAIN, "a.fountain").elements]
    lines = _PLAIN.split("\n")
    for text in (
        "\n".join(mark + line for line in lines),
        "\n".join(line + mark for line in lines),
        "\n".join(line or mark for line in lines),
        mark + _PLAIN,
    ):
        decoded = decode(text.encode(), "a.fountain")
        play = read(decoded, "a.fountain")
        assert [(one.kind, one.text) for one in play.elements] == want
        check_coverage(decoded, play)


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\r\n", "\r"])
def test_every_line_end_is_one(end: str) -> None:
    assert decode(_PLAIN.replace("\n", end).encode(), "a.fountain") == _PLAIN


def test_a_page_end_behind_a_transition_means_nothing() -> None:
    text = _PLAIN.replace("CUT TO:", "CUT TO:\f")
    assert [one.kind for one in read(text, "a.txt").elements] == [one.kind for one in read(_PLAIN, "a.txt").elements]


def test_a_zero_at_the_end_makes_no_utf_16() -> None:
    with pytest.raises(InvalidScript, match=r"control character U\+0000 at position 6"):
        decode(b"Hello.\0" + b"\n" * 33, "a.txt")
    chinese = "她跑得很快。\n\n大家在哪里？\n"
    assert decode(chinese.encode("utf-16-le"), "a.txt") == chinese
