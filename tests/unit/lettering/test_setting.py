from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.lettering import Align, Faces, Style, has_signs, read_font, set_lines, set_text, tongue_of
from film.lettering.setting import broken
from schemas.errors import InvalidRequest
from tests.effort import tries
from tests.unit.edit.lettered import font

FACES = Faces()
STYLE = Style(FACES, 20.0)


def test_lines_that_fit_stay_as_they_are() -> None:
    assert broken("one\ntwo", STYLE, 400) == ["one", "two"]


def test_what_is_too_wide_is_broken_evenly_between_words() -> None:
    lines = broken("the quick brown fox jumps over the lazy dog", STYLE, 250)
    assert " ".join(lines) == "the quick brown fox jumps over the lazy dog"
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) < 8


def test_japanese_breaks_between_signs_but_not_before_a_full_stop() -> None:
    text = "彼女はどこへ行ったのか。誰も知らない。"
    for width in range(60, 400, 20):
        lines = broken(text, STYLE, width)
        assert "".join(lines) == text
        assert not any(line[0] in "。、" for line in lines if width > 60)


def test_a_word_is_made_smaller_rather_than_torn() -> None:
    for tracking in (0.0, 0.3):
        style = STYLE._replace(tracking=tracking)
        for width in range(120, 300, 7):
            block = set_text("THE LAST FERRY TO TANGIER", style, width, 400)
            lines = broken("THE LAST FERRY TO TANGIER", style._replace(size=block.size), width)
            assert " ".join(lines).split() == "THE LAST FERRY TO TANGIER".split()


def test_a_line_of_signs_leaves_no_single_sign_behind() -> None:
    assert [len(line) for line in broken("東京の夜は長い。彼女は、どこへ行ったのか？\n♪", STYLE, 800)] == [23]
    assert min(len(line) for line in broken("東京の夜は長い。彼女は、どこへ行ったのか？\n♪", STYLE, 400)) > 8


@given(st.text(st.sampled_from("ab WM.אבم東の、 \n"), max_size=120), st.floats(40, 900), st.floats(30, 500))
@settings(max_examples=tries(40, 15), deadline=None)
def test_whatever_is_set_fits_and_is_all_there(text: str, width: float, height: float) -> None:
    block = set_text(text, STYLE, width, height)
    assert block.width <= width + 0.5
    assert block.height <= height + 0.5
    assert block.size <= STYLE.size
    letters = sum(not letter.isspace() for letter in "".join(broken(text, STYLE._replace(size=block.size), width)))
    assert letters == sum(not letter.isspace() for letter in text)


def test_lines_meet_where_they_are_aligned() -> None:
    left, right = (set_lines(["a", "wide line"], STYLE._replace(align=align)) for align in (Align.LEFT, Align.RIGHT))
    assert [line.x for line in left.lines] == [0, 0]
    assert right.lines[0].x > 10
    assert set_lines(["שלום", "שלום שלום"], STYLE._replace(align=Align.START)).lines[0].x > 0


def test_letters_that_no_font_has_are_told_and_left_out() -> None:
    assert FACES.missing("a😀b🎬😀") == ("😀", "🎬")
    assert FACES.missing("עם ‏العربية 東京 ♪ — “x”…") == ()
    assert FACES.writable("a 😀 b\nc") == "a b\nc"
    assert set_lines([FACES.writable("😀")], STYLE).width == 0


@pytest.mark.parametrize(
    ("texts", "tongue"),
    [(["abc"], ""), (["東京"], "zh"), (["東京", "です"], "ja"), (["漢字", "한글입니다"], "ko"), (["です"], "ja")],
)
def test_whose_forms_shared_signs_have(texts: list[str], tongue: str) -> None:
    assert tongue_of(texts) == tongue
    assert bool(tongue) == any(map(has_signs, texts))


def test_a_font_of_the_users_own_comes_first() -> None:
    own = Faces(own=read_font(font(), "Roboto Black"))
    assert own.face_of("a") is own.all[0]
    assert own.face_of("東") is not own.all[0]
    assert set_lines(["wider"], Style(own, 20)).width > set_lines(["wider"], STYLE).width


@pytest.mark.parametrize(
    "data", [b"", b"no font", b"\x00\x01\x00\x00", b"OTTO" + bytes(200), b"ttcf" + b"\xff" * 500, b"wOF2" + bytes(99)]
)
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidRequest, match="The font"):
        read_font(data, "The font")


def test_a_font_that_is_cut_short_is_refused() -> None:
    for part in (font()[:-1], font()[: len(font()) // 3], font()[:20]):
        with pytest.raises(InvalidRequest, match="The font is cut short"):
            read_font(part, "The font")


@given(st.integers(0, 400), st.binary(min_size=1, max_size=64))
@settings(max_examples=tries(30, 15), deadline=None)
def test_a_broken_font_is_refused_or_harmless(at: int, junk: bytes) -> None:
    data = bytearray(font())
    data[at : at + len(junk)] = junk
    try:
        face = read_font(bytes(data), "The font")
    except InvalidRequest:
        return
    set_text("Some words", Style(Faces(own=face), 20), 200, 100)
