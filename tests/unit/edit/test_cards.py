from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from film.edit.card_drawing import draw_card
from film.edit.cards import (
    Card,
    card_frames,
    credit_cards,
    item_of,
    read_credits,
    runtime_of_shots,
    title_card,
    with_cards,
)
from film.edit.cut import fit_transitions
from film.edit.safe import safe_box
from schemas.enums import MediaKind, OverlayKind, TransitionKind
from schemas.errors import InvalidRequest
from schemas.graphics import Credits, Graphics, Overlay, TitleCard
from schemas.rate import NTSC
from schemas.timeline import Cue
from tests.effort import tries
from tests.unit.edit.films import cut, dissolve, item

SIZES = [(1280, 720), (404, 720), (720, 720), (1280, 536), (64, 64)]
RATES = [24, 25, NTSC["23.976"], NTSC["29.97"]]


def asked(text: str) -> Credits:
    return Credits(sha256="0" * 64, lines=sum(bool(line.strip()) for line in text.split("\n")))


def drawn(card: Card, size: tuple[int, int]) -> NDArray[np.uint8]:
    png = draw_card(card, *size, None, "")
    return np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("title", ["Up", "THE LAST FERRY TO TANGIER", "最後の渡し船", "المركب الأخير", "x" * 300])
def test_a_title_stands_in_the_middle_inside_the_safe_area(size: tuple[int, int], title: str) -> None:
    picture = drawn(title_card(TitleCard(title=title, subtitle="by nobody"), 24), size)
    assert picture.shape == size[::-1]
    rows, columns = np.nonzero(picture > 60)
    safe = safe_box(*size)
    assert len(rows) > 10
    assert rows.min() >= safe.top - 1
    assert rows.max() <= safe.bottom + 1
    assert columns.min() >= safe.left - 1
    assert columns.max() <= safe.right + 1
    assert abs((columns.min() + columns.max()) / 2 - size[0] / 2) < 0.02 * size[0] + 1
    assert picture[0].max() == 0


def test_the_same_card_gives_the_same_bytes() -> None:
    card = title_card(TitleCard(title="Once"), 24)
    assert draw_card(card, 320, 180, None, "") == draw_card(card, 320, 180, None, "")


@pytest.mark.parametrize("size", SIZES[:4])
def test_roles_and_names_stand_on_both_sides_of_an_axis(size: tuple[int, int]) -> None:
    text = "Written by: Jane Doe\nDirected by: Nobody\n"
    (card,) = credit_cards(text, asked(text), *size, 24)
    columns = drawn(card, size).max(axis=0)
    middle = columns[size[0] // 2 - 3 : size[0] // 2 + 3]
    assert middle.max() == 0, "there is a gutter"
    assert columns[: size[0] // 2].max() < columns[size[0] // 2 :].max(), "roles are fainter than names"


@given(
    st.lists(st.lists(st.text("aB:. ", min_size=1, max_size=40), max_size=30), min_size=1, max_size=12),
    st.sampled_from(SIZES),
    st.sampled_from(RATES),
)
@settings(max_examples=tries(40, 10), deadline=None)
def test_credits_are_all_there_and_last_as_long_as_was_said(
    groups: list[list[str]], size: tuple[int, int], fps: Fraction
) -> None:
    text = "\n\n".join("\n".join(group) for group in groups)
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if not lines:
        with pytest.raises(InvalidRequest, match="0 lines"):
            read_credits(text)
        return
    cards = credit_cards(text, asked(text), *size, fps)
    assert [word for card in cards for word in card.words if word] == lines
    assert all(card.frames > 0 for card in cards)
    assert sum(card.frames for card in cards) == card_frames(Graphics(credits=asked(text)), fps)
    assert len({card.id for card in cards}) == len(cards)


def test_a_group_stays_together_where_it_fits() -> None:
    text = "\n\n".join("\n".join(f"{name} {n}" for n in range(6)) for name in ("Ann", "Bob", "Cid"))
    for card in credit_cards(text, asked(text), 1280, 720, 24):
        assert sum(bool(word) for word in card.words) % 6 == 0


@pytest.mark.parametrize("fps", RATES)
def test_cards_take_of_the_runtime_that_is_asked_for(fps: Fraction) -> None:
    graphics = Graphics(card=TitleCard(title="Up"), credits=Credits(sha256="0" * 64, lines=10))
    assert runtime_of_shots(None, graphics, fps) is None
    assert runtime_of_shots(60.0, Graphics(), fps) == 60.0
    left = runtime_of_shots(60.0, graphics, fps)
    assert left is not None
    assert left == pytest.approx(60 - 4 - 8.5, abs=0.1)
    assert round(left * fps) + card_frames(graphics, fps) == pytest.approx(60 * fps, abs=1)
    with pytest.raises(InvalidRequest, match="alone take"):
        runtime_of_shots(12.0, graphics, fps)


def test_subtitles_and_captions_move_behind_the_title() -> None:
    film = cut(item("a", 20), item("b", 20, **dissolve(6))).model_copy(
        update={
            "cues": (Cue(start=3, end=9, text="Hm."),),
            "captions": (Overlay(kind=OverlayKind.CAPTION, start=21, end=30, text="PARIS"),),
        }
    )
    before = item_of(title_card(TitleCard(title="Up"), 24), "title.png", "0" * 64)
    after = before.model_copy(update={"shot": "credits-01"})
    whole = with_cards(film, [before], [after])
    assert before.frames == 96
    assert before.media_kind is MediaKind.CARD
    assert whole.frames == 40 + 2 * 96
    assert (whole.cues[0].start, whole.cues[0].end) == (99, 105)
    assert (whole.captions[0].start, whole.captions[0].end) == (117, 126)
    assert fit_transitions(whole.items)[1] == film.items[0], "the first shot comes from no card"
    assert fit_transitions(whole.items)[0].transition_out is TransitionKind.FADE
