"""A shot's key is made from what it says as documents are written, though none is written for it."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from film.direction.identity import Content, Keys
from schemas.base import canonical_json
from schemas.enums import Angle, FocusOn, IntExt, Place, Pose, ShotSize, TimeOfDay
from schemas.script import Rack, Scene, Span, Staging

_SCENE = Scene(
    index=0,
    int_ext=IntExt.INT,
    location="mill",
    place=Place.WORKSHOP,
    time_of_day=TimeOfDay.NIGHT,
    span=Span(start=0, end=9),
)
_TEXT = st.text(max_size=12)
_STAGED = st.builds(Staging, character=_TEXT, pose=st.sampled_from(Pose))
_RACKS = st.none() | st.builds(Rack, start=st.sampled_from(FocusOn), end=st.sampled_from(FocusOn), behind=_TEXT)
_CONTENTS = st.builds(
    Content,
    st.sampled_from(ShotSize),
    st.sampled_from(Angle),
    _RACKS,
    st.lists(_TEXT, max_size=2).map(tuple),
    st.lists(_STAGED, max_size=2).map(tuple),
    st.lists(_TEXT, max_size=2).map(tuple),
    _TEXT,
    st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(tuple),
)


@given(st.lists(_CONTENTS, min_size=1, max_size=4))
def test_keys_are_digests_of_what_a_shot_says_as_documents_are_written(contents: list[Content]) -> None:
    keys = Keys([_SCENE], [])
    for content in contents:
        shot = {**content._asdict(), "staging": [one.model_dump(mode="json") for one in content.staging]}
        rack = shot.pop("rack")
        if rack is not None:
            shot["rack"] = rack.model_dump(mode="json")
        scene = _SCENE.model_dump(mode="json", include={"int_ext", "place", "time_of_day", "weather", "location"})
        said = canonical_json({"scene": scene, "shot": shot})
        digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        assert keys.key(content, 0).rpartition("-")[0] == digest
