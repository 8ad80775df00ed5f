from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from film.motion.video.lengths import frames_to_make, frames_to_show, pieces, size_to_make
from schemas.errors import MotionRefused


@given(st.integers(1, 257))
def test_what_is_made_is_a_length_of_the_models_and_shown_from_end_to_end(frames: int) -> None:
    made = frames_to_make(frames)
    assert made % 8 == 1
    assert max(frames, 9) <= made < max(frames, 9) + 8
    shown = frames_to_show(made, frames)
    assert len(shown) == frames
    assert shown == sorted(set(shown))
    assert shown[0] == 0
    if frames > 1:
        assert shown[-1] == made - 1


@given(st.integers(1, 5000))
def test_pieces_share_a_frame_with_the_one_before_and_are_as_few_and_equal_as_can_be(frames: int) -> None:
    lengths = pieces(frames)
    assert sum(lengths) - (len(lengths) - 1) == frames
    assert max(lengths) - min(lengths) <= 1
    assert all(frames_to_make(length) <= 257 for length in lengths)
    assert len(lengths) == 1 or sum(lengths) > (len(lengths) - 1) * 257


def test_more_frames_at_once_than_the_model_can_make_are_refused() -> None:
    with pytest.raises(MotionRefused, match="at most 257 frames, and the shot has 258"):
        frames_to_make(258)


@given(st.integers(32, 4096), st.integers(32, 4096))
def test_sizes_are_multiples_of_32_near_the_films_shape(width: int, height: int) -> None:
    wide, high = size_to_make(width, height)
    assert wide % 32 == high % 32 == 0
    assert 32 <= wide
    assert 32 <= high
    assert wide * high <= 1216 * 704
    if max(width, height) <= 3 * min(width, height) and min(width, height) >= 256:
        assert 0.83 <= (wide / high) / (width / height) <= 1.2


def test_a_film_in_720p_is_made_as_large_as_the_model_can() -> None:
    assert size_to_make(1280, 720) == (1216, 704)
