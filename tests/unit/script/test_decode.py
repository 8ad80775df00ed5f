from __future__ import annotations

import pytest

from film.script import MAX_BYTES, decode
from schemas.errors import InvalidScript


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
        (b"caf\xe9 noir", "byte 3"),
        (b"\xff\xfeA", "UTF-16"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"{\\rtf1 hello}", "RTF"),
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


def test_the_longest_script_is_read() -> None:
    assert len(decode(b"a" * MAX_BYTES, "a.txt")) == MAX_BYTES
