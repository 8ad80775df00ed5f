"""Edits of a film stay with whom, and with what, they were made for, whatever another cast calls them."""

from __future__ import annotations

from film.direction import direct
from film.direction.edits import apply_edits
from film.direction.successors import carried_over, placed_otherwise, successors
from film.script import read
from schemas.cast import CastMember
from schemas.edits import CharacterEdit, Edits, Placement, ShotEdit
from schemas.script import Breakdown, Character

TEXT = """\
INT. KITCHEN - NIGHT

MARA, 30, sits at the table with TOM, 50, who holds a letter.

MARA
You never left.

Mara opens the window.

TOM
I never left.

MOTHER
Supper!

EXT. ROAD - DAY

The rain falls.
"""


def film(*kept: CastMember) -> Breakdown:
    return direct(read(TEXT, "pier.fountain"), kept=kept)


def member(identity: str, name: str, *aliases: str) -> CastMember:
    return CastMember(id=identity, name=name, aliases=aliases)


def carried(edits: Edits, old: Breakdown, new: Breakdown) -> tuple[Edits, tuple[str, ...]]:
    return carried_over(edits, old, new, successors(old, new))


def named(breakdown: Breakdown, who: str) -> Character:
    return next(one for one in breakdown.characters if one.id == who)


PLAIN = film()
QUINN = film(member("mara-quinn", "Mara Quinn", "MARA"), member("mara", "Tom"))
"""Mara under another id, and hers is somebody else's."""


def test_edits_of_people_go_where_their_names_went() -> None:
    assert successors(PLAIN, QUINN) == {"mara": "mara-quinn", "tom": "mara", "mother": "mother"}
    old = CharacterEdit(description="an old woman in a green coat")
    edits, lost = carried(Edits(cast={"mara": old, "mother": CharacterEdit(into="tom")}), PLAIN, QUINN)
    assert (edits.cast, lost) == ({"mara-quinn": old, "mother": CharacterEdit(into="mara")}, ())
    found = apply_edits(QUINN, edits).breakdown
    assert named(found, "mara-quinn").description == old.description
    assert named(found, "mara").description != old.description


def test_edits_of_shots_stay_though_their_keys_tell_who_is_in_them() -> None:
    was = {shot.id: shot.key for shot in PLAIN.shots}
    now = {shot.id: shot.key for shot in QUINN.shots}
    assert was.keys() == now.keys()
    window, hers, *_ = [shot.id for shot in PLAIN.shots if "mara" in shot.subjects]
    rain = PLAIN.shots[-1].id
    assert was[hers] != now[hers]
    assert was[rain] == now[rain]

    def edits(keys: dict[str, str]) -> Edits:
        return Edits(
            shots={keys[hers]: ShotEdit(seed=4), keys[rain]: ShotEdit(seed=5)},
            order=(Placement(shot=keys[rain], anchor=keys[hers]),),
            removed=(keys[window],),
        )

    after, _ = carried(edits(was), PLAIN, QUINN)
    assert after == edits(now)
    assert apply_edits(QUINN, after).dropped == ()


def test_a_film_with_the_cast_that_it_has_keeps_every_edit() -> None:
    edits = Edits(
        cast={"mara": CharacterEdit(name="Vane"), "tom": CharacterEdit(into="mara")},
        shots={shot.key: ShotEdit(seed=1) for shot in PLAIN.shots},
    )
    assert carried(edits, PLAIN, film()) == (edits, ())


def test_two_who_are_one_by_now() -> None:
    both = film(member("mara", "Mara", "MOTHER"))
    looks = {"mara": CharacterEdit(description="a girl"), "mother": CharacterEdit(description="a woman", name="Ma")}
    edits, lost = carried(Edits(cast=looks), PLAIN, both)
    assert (edits.cast, lost) == ({"mara": CharacterEdit(description="a girl", name="Ma")}, ())
    done, lost = carried(Edits(cast={"mother": CharacterEdit(into="mara")}), PLAIN, both)
    assert (done.cast, lost) == ({}, ())
    # Mara would be taken along.
    away, lost = carried(Edits(cast={"mother": CharacterEdit(into="tom")}), PLAIN, both)
    assert (away.cast, lost) == ({}, ("mother",))


def test_whoever_was_split_off_leaves_edits_with_the_one_of_the_name() -> None:
    both = film(member("mara", "Mara", "MOTHER"))
    parted = film(member("mara", "Mara"), member("mother", "Mother"))
    look = CharacterEdit(description="a girl")
    edits, lost = carried(Edits(cast={"mara": look}), both, parted)
    assert (edits.cast, lost) == ({"mara": look}, ())


def test_a_number_may_be_that_of_another_shot() -> None:
    """Two who are one do not share a picture: what one shot told, several tell."""
    talk = "\n\n".join(f"{name}\nWell, number {at}." for at, name in enumerate(("MARA", "MOTHER", "MARA")))
    text = f"INT. HALL - DAY\n\nMARA sits with TOM.\n\n{talk}\n\nTom stands up.\n\nEXT. ROAD - DAY\n\nThe rain falls.\n"
    old, new = (direct(read(text, "pier.fountain"), kept=kept) for kept in ((), (member("mara", "Mara", "MOTHER"),)))
    numbers = [shot.id for shot in old.shots]
    silent = next(shot.id for shot in old.shots if shot.action == "Tom stands up.")
    assert len(new.shots) > len(old.shots)
    assert placed_otherwise(numbers, old, old) == ()
    assert silent in placed_otherwise(numbers, old, new)
    assert not {numbers[0], numbers[-1]} & set(placed_otherwise(numbers, old, new))
