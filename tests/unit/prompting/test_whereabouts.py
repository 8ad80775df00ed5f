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
