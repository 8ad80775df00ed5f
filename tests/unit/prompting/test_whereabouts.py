"""Where a story's shots play that goes elsewhere within a scene."""

from __future__ import annotations

from film.direction import direct
from film.prompting.whereabouts import settings_of
from film.script import read
from schemas.enums import Place

_STORY = (
    "Ansel stood in the doorway of the shop, and Ansel counted the coins in his hand. Then Ansel followed the dog out "
    "of the yard and round the corner of the church, where three old men were mending a net, and up through the pine "
    "forest. It was dark there. Ansel climbed over a fallen branch.\n"
)


def test_a_way_that_goes_on_in_the_next_shot_leads_there_and_what_follows_plays_there() -> None:
    breakdown = direct(read(_STORY, "way.txt"))
    found = settings_of(breakdown)
    there = [shot for shot in breakdown.shots if shot.id in found and found[shot.id].place is Place.FOREST]
    assert [shot.action for shot in there][-1].endswith("Ansel climbed over a fallen branch.")
    assert any("pine" in shot.action for shot in there)
    assert breakdown.shots[0] not in there


def _places(text: str) -> list[Place]:
    breakdown = direct(read(text, "way.txt"))
    found = settings_of(breakdown)
    scenes = {scene.index: scene.place for scene in breakdown.scenes}
    return [found[shot.id].place if shot.id in found else scenes[shot.scene] for shot in breakdown.shots]


def test_what_a_window_looks_out_at_is_not_where_they_are_though_the_sentence_is_long() -> None:
    text = (
        "Nell sat in the kitchen.\n\nThere was a table, a great black stove and a low window that looked out "
        "over the harbour, where the old boats rocked at their moorings all night.\n"
    )
    assert set(_places(text)) == {Place.KITCHEN}


def test_a_place_that_a_later_sentence_tells_of_is_where_they_are() -> None:
    text = "Nell sat in the kitchen. Then she took her bucket. The forest was dark and very still.\n"
    assert _places(text)[-1] is Place.FOREST


def test_where_somebody_lived_is_not_where_they_are() -> None:
    text = "Nell sat in the kitchen.\n\nNell was hungry. The old woman lived in the forest.\n"
    assert set(_places(text)) == {Place.KITCHEN}
