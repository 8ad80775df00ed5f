"""Edits of a film's cast: names, looks, and two who are one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.edits import apply_edits, edits_asked
from film.direction.recast import recast
from film.prompting import style_named, write_prompts
from film.prompting.edited import edit_prompts
from film.prompting.sheets import sheets_of
from film.script import read
from schemas.cast import CastMember, Settled
from schemas.edits import Changes, CharacterChange, CharacterEdit, Edits, ShotEdit, compose
from schemas.enums import RendererName
from schemas.errors import InvalidRequest
from schemas.prompt import KeyframeSpec
from schemas.script import Breakdown
from tests.effort import tries

TEXT = """\
INT. KITCHEN - NIGHT

MARA, 30, in a red coat, sits at the table with TOM, 50, who holds a letter.

MARA
You never left.

TOM
I never left.

THE STRANGER, 60, steps in.

THE STRANGER
He never left.

EXT. ROAD - DAY

Mara walks along the road.

The stranger follows her.
"""
FILM = direct(read(TEXT, "pier.fountain"))
MARA, TOM, STRANGER = (
    next(one.id for one in FILM.characters if name in one.name.lower()) for name in ("mara", "tom", "stranger")
)
STYLE = style_named("cinematic")


def asked(**change: str) -> Edits:
    return edits_asked(FILM, Changes(cast=(CharacterChange.model_validate(change),)))


def people(film: Breakdown) -> set[str]:
    """Everybody who is spoken of anywhere in a film."""
    found = {who for shot in film.shots for who in shot.subjects}
    found |= {line.character for shot in film.shots for line in shot.dialogue}
    found |= {one.character for shot in film.shots for one in shot.staging}
    nodes = {node.id for node in film.graph.nodes if node.kind == "character"}
    ends = {end for edge in film.graph.edges for end in (edge.source, edge.target) if end.startswith("character:")}
    return found | {one.removeprefix("character:") for one in nodes | ends}


def pictures(edits: Edits) -> dict[str, KeyframeSpec]:
    """What each shot's picture is drawn from, by key."""
    plain = write_prompts(FILM, style=STYLE, width=640, height=360, project_seed=3)
    edited = edit_prompts(FILM, plain, edits, style=STYLE, project_seed=3)
    shots = apply_edits(FILM, edits).breakdown.shots
    return {
        shot.key: KeyframeSpec.of(prompt, RendererName.STORYBOARD)
        for shot, prompt in zip(shots, edited.prompts, strict=True)
    }


def _drawn(spec: KeyframeSpec) -> set[str]:
    """Everybody in a picture: those whom the camera was sent to, and those to whom something is done."""
    return {figure.character for figure in spec.picture.figures} if spec.picture else set()


def test_a_name_is_changed_everywhere_and_the_script_stays() -> None:
    edits = asked(character="mara", name="  Captain   Vane ")
    film = apply_edits(FILM, edits).breakdown
    mara = next(one for one in film.characters if one.id == MARA)
    assert (mara.name, mara.aliases[-1]) == ("Captain Vane", "MARA")
    assert "Captain Vane" in {node.label for node in film.graph.nodes}
    assert film.elements == FILM.elements
    assert [shot.dialogue for shot in film.shots] == [shot.dialogue for shot in FILM.shots]
    # Whoever was renamed is found by either name.
    for name in ("Captain Vane", "mara", "MARA"):
        again = edits_asked(film, Changes(cast=(CharacterChange(character=name, description="an old woman"),)))
        assert again.cast.keys() == {MARA}


def test_another_look_is_in_every_picture_of_them_and_in_no_other() -> None:
    edits = asked(character="Mara", description="a woman of 70 with grey hair, in a green coat")
    before, after = pictures(Edits()), pictures(edits)
    shows = {key for key, spec in before.items() if MARA in _drawn(spec)}
    assert shows >= {shot.key for shot in FILM.shots if MARA in shot.subjects}
    assert {key for key in before if before[key] != after[key]} == shows
    assert shows
    assert len(before) > len(shows)


@pytest.mark.parametrize(
    ("change", "female", "told"),
    [
        ({"description": "an old bald man with a grey beard, in a green coat"}, False, "man"),
        ({"description": "somebody tall, in a green coat"}, True, "woman"),
        ({"description": "somebody tall, in a green coat", "name": "Mr. Vane"}, False, "man"),
        ({"description": "a boy of 8, in a green coat", "name": "Mrs. Vane"}, False, "boy"),
    ],
)
def test_a_new_look_goes_before_what_is_settled_of_who_is_kept(change: dict[str, str], female: bool, told: str) -> None:
    settled = Settled(female=True, top="#112233")
    kept = CastMember(id="anna", name="Anna", aliases=("MARA",), description="", age=30, settled=settled)
    film = direct(read(TEXT, "pier.fountain"), kept=(kept,))
    edits = edits_asked(film, Changes(cast=(CharacterChange.model_validate({"character": "anna", **change}),)))
    after = recast(film, edits.cast)
    anna = next(one for one in after.characters if one.id == "anna")
    assert anna.settled == settled.model_copy(update={"female": female})
    words = sheets_of(after)["anna"].words
    assert words.split(" with ")[0].split()[-1] == told
    assert "in a green coat" in words or female


def test_two_who_are_one_look_and_speak_as_one() -> None:
    edits = asked(character="the stranger", into="Tom")
    film = apply_edits(FILM, edits).breakdown
    tom = next(one for one in film.characters if one.id == TOM)
    was = {one.id: one for one in FILM.characters}
    assert STRANGER not in {one.id for one in film.characters} | people(film)
    assert tom.speeches == was[TOM].speeches + was[STRANGER].speeches
    assert was[STRANGER].name in tom.aliases
    assert tom.description == was[TOM].description
    for before, now in zip(FILM.shots, film.shots, strict=True):
        assert len(set(now.subjects)) == len(now.subjects)
        assert [one.character for one in now.staging] == list(now.subjects)
        assert [line.text for line in now.dialogue] == [line.text for line in before.dialogue]
        assert (now.key, now.frames) == (before.key, before.frames)
    assert not [edge for edge in film.graph.edges if edge.source == edge.target]


def test_later_edits_of_the_cast_add_to_earlier_ones() -> None:
    first = asked(character="the stranger", into="Tom")
    film = apply_edits(FILM, first).breakdown
    then = edits_asked(film, Changes(cast=(CharacterChange(character="Tom", into="mara"),)))
    both = compose(compose(first, then), asked(character="mara", name="Vane"))
    both = compose(both, asked(character="mara", description="a boy of 8"))
    found = apply_edits(FILM, both).breakdown
    assert people(found) & {TOM, STRANGER} == set()
    assert {(one.name, one.description) for one in found.characters if one.id == MARA} == {("Vane", "a boy of 8")}


def test_edits_of_shots_and_of_the_cast_go_together() -> None:
    shot = next(shot for shot in FILM.shots if MARA in shot.subjects)
    cast = asked(character="mara", description="a robot of brass")
    both = compose(cast, Edits(shots={shot.key: ShotEdit(seed=7)}))
    alone, together = pictures(cast), pictures(both)
    assert {key for key in alone if alone[key] != together[key]} == {shot.key}
    assert together[shot.key].seed == 7


def test_an_id_goes_before_a_name_and_a_name_before_an_alias() -> None:
    mara, other, *rest = FILM.characters
    lena = mara.model_copy(update={"name": "Lena", "aliases": ("Vane",)})
    other = other.model_copy(update={"id": "mara-2", "name": "Mara", "aliases": ("LENA",)})
    third = rest[0].model_copy(update={"id": "vane-2", "name": "Vane"})
    for cast in ((lena, other, third), (third, other, lena)):
        film = FILM.model_copy(update={"characters": cast})
        for who, found in [
            ("mara", "mara"),
            ("Mara", "mara-2"),
            ("MARA-2", "mara-2"),
            ("lena", "mara"),
            ("vane", "vane-2"),
            ("VANE-2", "vane-2"),
        ]:
            change = CharacterChange(character=who, description="an old woman")
            assert edits_asked(film, Changes(cast=(change,))).cast.keys() == {found}, who


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"character": "Nobody", "name": "X"}, "There is no Nobody in this film; in it are"),
        ({"character": "mara"}, "Nothing is to be changed about MARA"),
        ({"character": "mara", "into": "MARA"}, "MARA is MARA already"),
        ({"character": "mara", "into": "tom", "name": "X"}, "change the name or the look of TOM"),
        ({"character": "mara", "into": "Zoe"}, "There is no Zoe"),
        ({"character": "mara", "name": " \n "}, "is empty"),
    ],
)
def test_what_cannot_be_done_is_refused(change: dict[str, str], told: str) -> None:
    with pytest.raises(InvalidRequest, match=told):
        asked(**change)


def test_nobody_is_changed_twice_and_nobody_goes_into_whoever_goes() -> None:
    twice = (CharacterChange(character="mara", name="X"), CharacterChange(character="MARA", description="y"))
    with pytest.raises(InvalidRequest, match="changed twice"):
        edits_asked(FILM, Changes(cast=twice))
    circle = (CharacterChange(character="mara", into="tom"), CharacterChange(character="tom", into="mara"))
    with pytest.raises(InvalidRequest, match="who is to go as well"):
        edits_asked(FILM, Changes(cast=circle))


IDS = [one.id for one in FILM.characters]
EDIT = st.builds(
    CharacterEdit,
    name=st.none() | st.sampled_from(["Vane", "Ruth"]),
    description=st.none() | st.sampled_from(["an old man", "a dog"]),
    into=st.none() | st.sampled_from([*IDS, "nowhere"]),
)


@settings(max_examples=tries(200, 20))
@given(st.dictionaries(st.sampled_from([*IDS, "nowhere"]), EDIT, max_size=4))
def test_whatever_is_edited_everybody_who_is_there_is_somebody(cast: dict[str, CharacterEdit]) -> None:
    film = recast(FILM, cast)
    known = {one.id for one in film.characters}
    assert people(film) <= known | {"narrator"}
    assert known <= set(IDS)
    assert [shot.key for shot in film.shots] == [shot.key for shot in FILM.shots]
    for shot in film.shots:
        assert [one.character for one in shot.staging] == list(shot.subjects)
    assert Breakdown.model_validate_json(film.model_dump_json()) == film
    assert film == FILM or cast
