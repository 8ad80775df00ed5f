"""A project's cast, edited: whatever is done to it, each name is one person's."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from film.direction.castlist import (
    add_person,
    at_version,
    change_person,
    chosen,
    keep_suggested,
    merge_people,
    pin_picture,
    remove_person,
    split_person,
    unpin_picture,
)
from film.direction.kept import name_keys
from schemas.cast import MAX_ALIASES, MAX_MEMBERS, MAX_PICTURES, CastList, Person, Suggestion
from schemas.errors import Conflict, InvalidRequest, NotFound, Outdated, StudioError
from tests.effort import tries


def person(name: str, *aliases: str, **more: Any) -> Person:
    return Person(person_id=uuid.uuid4(), film_id="", name=name, aliases=aliases, **more)


def cast(*people: Person) -> CastList:
    found = CastList()
    for one in people:
        found = add_person(found, one)
    return found


def names(found: CastList) -> list[tuple[str, ...]]:
    return [(one.name, *one.aliases) for one in found.people]


def test_a_name_belongs_to_one_member() -> None:
    bob = person("Bob", "BOBBY")
    found = cast(bob)
    for taken in ("BOB", "bob (V.O.)", "Bobby", "BÓB"):
        with pytest.raises(Conflict, match="is a name of Bob, and a name belongs to one member"):
            add_person(found, person("Else", taken))
    found = add_person(found, person("Else", "ELSIE", "Elsie", "else"))
    assert names(found)[1] == ("Else", "ELSIE")
    with pytest.raises(Conflict, match="“bobby” is a name of Bob"):
        change_person(found, found.people[1].person_id, {"name": "bobby"})


def test_a_new_name_leaves_the_id_and_goes_on_meaning_them_under_the_old_one() -> None:
    found = cast(person("MARA (40)"))
    (mara,) = found.people
    (renamed,) = change_person(found, mara.person_id, {"name": "Mara Voss"}).people
    assert (renamed.film_id, renamed.name, renamed.aliases) == (mara.film_id, "Mara Voss", ("MARA (40)",))
    assert renamed.version == mara.version + 1
    (left,) = change_person(found, mara.person_id, {"name": "Mara Voss", "aliases": ()}).people
    assert left.aliases == ()
    with pytest.raises(Outdated, match="Mara Voss was changed meanwhile, and is at version 2"):
        at_version(CastList(people=(renamed,)), mara.person_id, 1)


@pytest.mark.parametrize(
    ("changes", "age", "female"),
    [
        ({"description": "a girl of 8"}, 8, True),
        ({"description": "an old bald man with a beard, in a green coat"}, None, False),
        ({"description": "a person in an old green coat"}, 40, True),
        ({"description": "a man of 60", "age": 41, "female": None}, 41, None),
        ({"description": ""}, 40, True),
        ({"name": "Mara Voss"}, 40, True),
    ],
)
def test_what_was_settled_goes_where_a_new_description_tells_it(
    changes: dict[str, Any], age: int | None, female: bool | None
) -> None:
    found = cast(person("Mara", description="a woman in a red coat", age=40, female=True))
    (after,) = change_person(found, found.people[0].person_id, changes).people
    assert (after.age, after.female) == (age, female)


def test_ids_in_films_are_never_shared() -> None:
    found = cast(person("Bob"), person("Narrator"))
    found = change_person(found, found.people[0].person_id, {"name": "Rob", "aliases": ()})
    found = add_person(found, person("Bob"))
    assert [one.film_id for one in found.people] == ["bob", "narrator-2", "bob-2"]


def test_merged_people_answer_to_all_names_and_are_split_as_they_were() -> None:
    pictures = [uuid.uuid4() for _ in range(3)]
    mara = person("MARA (40)", "MARA VOSS", description="a red coat", pictures=(pictures[0],))
    mother = person("MOTHER", "MUM", description="a blue dress", age=39, female=True, pictures=tuple(pictures[1:]))
    found = cast(mara, mother)
    one = merge_people(found, mara.person_id, mother.person_id)
    assert names(one) == [("MARA (40)", "MARA VOSS", "MOTHER", "MUM")]
    assert one.people[0].description == "a red coat"
    assert set(one.people[0].pictures) == set(pictures)
    two, who = split_person(one, mara.person_id, ["mother", "MUM"], uuid.uuid4())
    assert who.person_id == mother.person_id
    assert [one.model_copy(update={"version": 0}) for one in two.people] == [
        one.model_copy(update={"version": 0}) for one in found.people
    ]


@pytest.mark.parametrize("suggested", [False, True])
def test_nobody_new_has_the_id_of_who_was_merged(suggested: bool) -> None:
    found = cast(person("Mara"), person("Bob", "MUM"))
    mara, bob = (one.person_id for one in found.people)
    found = change_person(found, bob, {"name": "Mother", "aliases": ()})
    one = merge_people(found, mara, bob)
    if suggested:
        one, _ = keep_suggested(one, [Suggestion(film_id="bob", name="BOB")], uuid.uuid4)
    else:
        one = add_person(one, person("Bob"))
    two, mother = split_person(one, mara, ["MOTHER"], uuid.uuid4())
    assert (mother.person_id, mother.film_id) == (bob, "bob")
    assert [one.film_id for one in two.people] == ["mara", "bob-2", "bob"]


def test_who_was_merged_is_forgotten_with_their_name() -> None:
    found = cast(person("Mara"), person("MOTHER", description="a blue dress"))
    mara, mother = (one.person_id for one in found.people)
    one = change_person(merge_people(found, mara, mother), mara, {"aliases": ("MUM",)})
    assert one.people[0].absorbed == ()
    _, again = split_person(change_person(one, mara, {"aliases": ("MOTHER",)}), mara, ["MOTHER"], uuid.uuid4())
    assert again.description == ""


def test_who_was_never_apart_begins_without_a_look() -> None:
    found = cast(person("BOB", "CYBER BOB", "ROBO BOB", description="a man in a green shirt", age=30))
    two, cyber = split_person(found, found.people[0].person_id, ["CYBER BOB", "ROBO BOB"], uuid.uuid4())
    assert names(two) == [("BOB",), ("CYBER BOB", "ROBO BOB")]
    assert (cyber.film_id, cyber.description, cyber.age) == ("cyber-bob", "", None)
    for name in ("BOB", "ANNA"):
        with pytest.raises(InvalidRequest, match=f"{name} is no alias of BOB; those are none"):
            split_person(two, two.people[0].person_id, [name], uuid.uuid4())


def test_there_are_limits() -> None:
    full = CastList(people=tuple(person(f"P{number}") for number in range(MAX_MEMBERS)))
    with pytest.raises(Conflict, match="200 members at most"):
        add_person(full, person("One more"))
    many = person("Many", *(f"M{number}" for number in range(MAX_ALIASES)))
    found = cast(many, person("Another"))
    with pytest.raises(Conflict, match="would have 41 aliases; 40 are the most"):
        merge_people(found, many.person_id, found.people[1].person_id)
    with pytest.raises(InvalidRequest, match="merged with themselves"):
        merge_people(found, many.person_id, many.person_id)
    pictured = found
    for _ in range(MAX_PICTURES):
        pictured = pin_picture(pictured, many.person_id, uuid.uuid4())
    with pytest.raises(Conflict, match="4 pictures at most"):
        pin_picture(pictured, many.person_id, uuid.uuid4())
    with pytest.raises(Conflict, match="This picture shows Many"):
        pin_picture(pictured, found.people[1].person_id, pictured.people[0].pictures[0])
    with pytest.raises(NotFound):
        unpin_picture(pictured, many.person_id, uuid.uuid4())


def test_suggestions_leave_what_somebody_has() -> None:
    found = cast(person("Bob", "CYBER BOB"))
    suggested = [
        Suggestion(film_id="bob", name="BOB"),
        Suggestion(film_id="anna", name="ANNA", aliases=("OLD ANNA", "CYBER BOB"), colour="#112233", female=True),
    ]
    after, new = keep_suggested(found, suggested, uuid.uuid4)
    assert names(after) == [("Bob", "CYBER BOB"), ("ANNA", "OLD ANNA")]
    assert [(one.film_id, one.colour, one.female) for one in new] == [("anna", "#112233", True)]
    assert keep_suggested(after, suggested, uuid.uuid4) == (after, ())


SUGGESTED = (
    Suggestion(film_id="the-stranger", name="THE STRANGER"),
    Suggestion(film_id="mara-2", name="MARA"),
    Suggestion(film_id="bo", name="BO (40)"),
)


@pytest.mark.parametrize(
    ("named", "ids"),
    [
        (["the stranger", "The Stranger (V.O.)"], ["the-stranger"]),
        (["bo", "mara-2", "the-stranger"], ["the-stranger", "mara-2", "bo"]),
        (["BO (40)", "Mara"], ["mara-2", "bo"]),
        ([], []),
    ],
)
def test_those_are_kept_who_are_named_and_naming_them_again_has_the_same_effect(
    named: list[str], ids: list[str]
) -> None:
    lena = person("Lena", "VANE").model_copy(update={"film_id": "mara"})
    found = cast(lena)
    meant = chosen(found, SUGGESTED, named)
    assert [one.film_id for one in meant] == ids
    after, _ = keep_suggested(found, meant, uuid.uuid4)
    assert [one.film_id for one in after.people] == ["mara", *ids]
    left = [one for one in SUGGESTED if one not in meant]
    assert chosen(after, left, [*named, "vane", "mara"]) == tuple(one for one in left if one.name == "MARA")
    with pytest.raises(InvalidRequest, match="Nobody who is suggested is called Nobody"):
        chosen(after, left, [*named, "Nobody"])


_NAMES = st.sampled_from(
    ["Anna", "ANNA (V.O.)", "Old Anna", "Bo", "JEAN-LUC", "Jean Luc", "МАРА", "玛拉", "Élodie", "Elodie"]
)


class Editing(RuleBasedStateMachine):
    """Whatever is done to a cast, in any order."""

    @initialize()
    def begin(self) -> None:
        self.cast = CastList()
        self.expected: set[str] = set()

    def edit(self, after: CastList) -> None:
        self.cast = after

    @rule(name=_NAMES, aliases=st.lists(_NAMES, max_size=3))
    def add(self, name: str, aliases: list[str]) -> None:
        try:
            self.edit(add_person(self.cast, person(name, *aliases)))
        except Conflict:
            return
        self.expected |= {name_keys(one)[0] for one in (name, *aliases)}

    @precondition(lambda self: len(self.cast.people) >= 2)
    @rule(data=st.data())
    def merge_and_perhaps_split(self, data: st.DataObject) -> None:
        one, other = data.draw(st.permutations(self.cast.people))[:2]
        merged = merge_people(self.cast, one.person_id, other.person_id)
        if data.draw(st.booleans()):
            back, _ = split_person(merged, one.person_id, [other.name, *other.aliases], uuid.uuid4())
            had = {it.person_id: it.model_dump(exclude={"version", "absorbed"}) for it in self.cast.people}
            assert {it.person_id: it.model_dump(exclude={"version", "absorbed"}) for it in back.people} == had
        self.edit(merged)

    @precondition(lambda self: any(one.aliases for one in self.cast.people))
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        several = [one for one in self.cast.people if one.aliases]
        one = data.draw(st.sampled_from(several))
        chosen = data.draw(st.lists(st.sampled_from(one.aliases), min_size=1, unique=True))
        after, new = split_person(self.cast, one.person_id, chosen, uuid.uuid4())
        assert {name_keys(name)[0] for name in (new.name, *new.aliases)} == {name_keys(name)[0] for name in chosen}
        self.edit(after)

    @precondition(lambda self: self.cast.people)
    @rule(data=st.data(), name=_NAMES)
    def rename(self, data: st.DataObject, name: str) -> None:
        one = data.draw(st.sampled_from(self.cast.people))
        try:
            self.edit(change_person(self.cast, one.person_id, {"name": name}))
        except StudioError:
            return
        self.expected.add(name_keys(name)[0])

    @precondition(lambda self: self.cast.people)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.cast.people))
        self.edit(remove_person(self.cast, one.person_id))
        self.expected -= {name_keys(name)[0] for name in (one.name, *one.aliases)}

    @invariant()
    def every_name_is_one_persons(self) -> None:
        keys = [name_keys(name)[0] for one in self.cast.people for name in (one.name, *one.aliases)]
        assert len(keys) == len(set(keys))
        assert set(keys) == self.expected
        ids = [one.film_id for one in self.cast.people]
        assert len(ids) == len(set(ids))
        assert all(ids)
        assert CastList.model_validate_json(self.cast.model_dump_json()) == self.cast
        self.cast.film_cast()


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=tries(100, 15), stateful_step_count=20, deadline=None)
