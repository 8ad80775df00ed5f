"""What plans of pictures say, read from scripts from end to end."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.direction.idea import detail_words
from film.prompting import write_prompts
from film.prompting.looks import look_of
from film.prompting.thing_names import THINGS, thing_named
from film.prompting.trades import GARBS, HEADWEAR
from film.prompting.traits import TRAITS
from film.script import read
from schemas.enums import Place, Pose, ShotSize, Weather
from schemas.prompt import Picture
from schemas.script import Character


def pictures(text: str, name: str = "a.fountain") -> list[Picture]:
    film = direct(read(text, name))
    written = write_prompts(film, style="cinematic", width=640, height=360, project_seed=0)
    return [each.picture for each in written.prompts]


def test_a_wheelhouse_is_told_from_a_cabin() -> None:
    (house, *_) = pictures("INT. WHEELHOUSE - NIGHT\n\nRain beats against the glass.\n")
    (cabin, *_) = pictures("INT. SHIP - NIGHT\n\nRain beats against the glass.\n")
    assert (house.place, house.traits) == (Place.SHIP, ("wheelhouse",))
    assert cabin.traits == ()


@pytest.mark.parametrize("heading", ["SHIP CABIN", "CAPTAIN'S CABIN", "THE HELM"])
def test_rooms_of_a_ship_are_on_the_ship(heading: str) -> None:
    assert pictures(f"INT. {heading} - NIGHT\n\nSilence.\n")[0].place is Place.SHIP


def test_the_wheel_of_a_ship_is_a_helm_and_a_car_has_none() -> None:
    (shot, *_) = pictures("INT. WHEELHOUSE - NIGHT\n\nCLOSE ON the wheel. It turns.\n")
    assert "helm" in shot.props
    assert all("helm" not in each.props for each in pictures("INT. CAR - NIGHT\n\nCLOSE ON the wheel. It turns.\n"))


def test_a_ferry_has_its_colour_wherever_it_is_just_the_ferry() -> None:
    shown = pictures(
        "EXT. HARBOUR - DAY\n\nA small red ferry waits at the pier.\n\n"
        "EXT. OPEN SEA - DAY\n\nThe ferry climbs a wave.\n"
    )
    boats = [dict(zip(each.props, each.paints, strict=True)) for each in shown if each.props]
    assert len(boats) == 2
    assert boats[0] == boats[1] == {"ferry": "#c0392f"}


def test_a_vessel_is_not_seen_from_its_own_deck_but_another_is() -> None:
    (own, *_) = pictures("EXT. FERRY DECK - DAY\n\nThe ferry glides out.\n")
    assert own.props == ()
    assert "ferry" in own.traits
    (other, *_) = pictures("EXT. FERRY DECK - DAY\n\nAnother ferry glides past.\n")
    assert other.props == ("ferry",)


def test_a_paper_boat_is_of_paper() -> None:
    shown = pictures("EXT. PARK - DAY\n\nNILA, 9, holds a wet paper boat.\n")
    assert any(each.props == ("paper boat",) for each in shown)


def test_people_at_sea_stand_on_the_deck_of_the_ship_that_is_told_of() -> None:
    text = "EXT. OPEN SEA - NIGHT\n\nThe ferry climbs a giant wave.\n\nOTTO\nHold on!\n"
    wide, close = pictures(text)
    assert (wide.place, wide.props) == (Place.SEA, ("ferry",))
    assert close.figures
    assert close.place is Place.SHIP


def test_winter_holds_until_the_story_says_otherwise() -> None:
    snowy = [
        "snow" in each.traits
        for each in pictures(
            "The winter was long in the village, and Old Emil waited.\n\n"
            "In the street Emil stopped. Emil looked at the sky.\n\n"
            "In the spring Emil went to the river. Emil sat down.\n",
            "a.md",
        )
    ]
    assert snowy[0]
    assert not snowy[-1]
    assert sorted(snowy, reverse=True) == snowy


@pytest.mark.parametrize(
    "words", ["She wears a winter coat.", "He winds the spring of a watch.", "A snow-white dress."]
)
def test_words_that_only_sound_like_a_season_make_none(words: str) -> None:
    assert all("snow" not in each.traits for each in pictures(f"EXT. PARK - DAY\n\n{words}\n"))


def test_a_street_is_the_villages_or_the_citys() -> None:
    rural = pictures("EXT. VILLAGE - DAY\n\nSmoke rises.\n\nEXT. STREET - DAY\n\nA girl stops.\n")
    urban = pictures("EXT. CITY - DAY\n\nTraffic.\n\nEXT. STREET - DAY\n\nA girl stops.\n")
    assert rural[-1].place is urban[-1].place is Place.STREET
    assert "village" in rural[-1].traits
    assert "village" not in urban[-1].traits


def test_palms_stand_only_where_the_story_is_tropical() -> None:
    assert pictures("EXT. BEACH - DAY\n\nWaves.\n")[0].traits == ()
    assert pictures("EXT. BEACH - DAY\n\nA tropical shore.\n")[0].traits == ("palms",)


@pytest.mark.parametrize(
    ("heading", "action", "trait"),
    [
        ("INT. WORKSHOP - DAY", "A clockmaker bends over a watch.", "clocks"),
        ("INT. GARAGE - DAY", "Silence.", "garage"),
        ("INT. FORGE - DAY", "Sparks.", "forge"),
        ("INT. BARN - DAY", "Dust in the light.", "barn"),
    ],
)
def test_a_workshop_is_what_is_made_in_it(heading: str, action: str, trait: str) -> None:
    assert pictures(f"{heading}\n\n{action}\n")[0].traits == (trait,)


def test_a_door_that_is_opened_is_an_open_one() -> None:
    shown = pictures("EXT. STREET - DAY\n\nCLOSE ON the door. Emil opens the door.\n")
    assert any("open door" in each.props for each in shown)


def test_who_runs_into_arms_is_held_and_near_enough_to_be_seen() -> None:
    text = (
        "EXT. BEACH - DAWN\n\nNILA, 9, and LENA, 35, wait.\n\n"
        "Nila runs across the sand into Lena's arms.\n\nEXT. SEA - DAWN\n\nCalm.\n"
    )
    held = [each for each in pictures(text) if any(one.pose is Pose.EMBRACE for one in each.figures)]
    assert held
    for each in held:
        assert each.size is not ShotSize.EWS
        pair = [one for one in each.figures if one.pose is Pose.EMBRACE]
        assert len(pair) == 2
        assert pair[0].facing is not pair[1].facing


def test_a_close_shot_shows_something() -> None:
    for each in pictures("EXT. PARK - DAY\n\nCLOSE ON the silence.\n"):
        assert each.figures or each.props or each.size in {ShotSize.EWS, ShotSize.WS, ShotSize.FS}


def test_a_stated_storm_holds_across_an_ideas_scenes_until_its_calm_end() -> None:
    film = direct(read("An old fisherman befriends a dog on a stormy beach.", "idea.txt"))
    *before, last = [scene.weather for scene in film.scenes]
    assert set(before) == {Weather.STORM}
    assert last is Weather.CLEAR


def test_a_storm_that_is_met_comes_with_the_meeting() -> None:
    film = direct(read("A lighthouse keeper befriends a storm.", "idea.txt"))
    assert [scene.weather for scene in film.scenes][:2] == [Weather.CLEAR, Weather.CLEAR]
    assert Weather.STORM in {scene.weather for scene in film.scenes}


def test_the_thing_that_stands_for_a_hero_can_be_drawn() -> None:
    assert {word for word in detail_words() if thing_named(word) is None} == set()


@pytest.mark.parametrize(
    ("name", "description", "garb", "headwear"),
    [
        ("fisherman", "An old fisherman", "oilskin", "knit"),
        ("NURSE", "", "apron", "coif"),
        ("CAPTAIN AHAB", "a captain of fifty", "uniform", "peaked"),
        ("OTTO", "an old ferryman with a white beard and a blue cap", "sweater", ""),
        ("TOM BAKER", "a tired man", "", ""),
        ("BOY", "a boy with a toy soldier", "", ""),
        ("EVE", "a doctor in a red dress", "", ""),
    ],
)
def test_trades_dress_people_and_the_script_before_them(name: str, description: str, garb: str, headwear: str) -> None:
    look = look_of(Character(id=name.lower().replace(" ", "-"), name=name, description=description))
    assert (look.garb, look.headwear) == (garb, headwear)


def test_what_plans_say_is_what_the_draughtsman_knows() -> None:
    from film.render.storyboard.glyphs import GLYPHS
    from film.render.storyboard.sets_indoor import INDOOR_WITH
    from film.render.storyboard.sets_outdoor import OUTDOOR_WITH

    assert set(THINGS) == set(GLYPHS)
    assert {trait for _, trait in (*INDOOR_WITH, *OUTDOOR_WITH)} <= set(TRAITS)
    assert len(set(GARBS)) == len(GARBS)
    assert len(set(HEADWEAR)) == len(HEADWEAR)
