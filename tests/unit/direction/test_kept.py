"""A cast that is kept: whose each cue is, whatever the script's own reading makes of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.casting import looks_in_words, suggest_cast
from film.direction import direct
from film.direction.cast import NARRATOR
from film.direction.kept import name_keys
from film.prompting import write_prompts
from film.script import read
from schemas.cast import CastMember, Settled, Suggestion
from schemas.enums import ElementKind
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown
from tests.effort import tries

BOBS = """\
INT. LAB - DAY

BOB (30), a tall man in a green shirt, enters.

BOB
Hello?

BOB
Anybody?

CYBER BOB
Bob is offline.

MOTHER
Supper!
"""
FAMILY = """\
INT. KITCHEN - DAY

MARA (40), a woman in a red coat, reads a letter.

MARA (40)
He is gone.

TOM
Who?

INT. HALL - NIGHT

MOTHER
Go to bed, Tom.

TOM
No.
"""


def film(text: str, *kept: CastMember, name: str = "a.fountain") -> Breakdown:
    return direct(read(text, name), kept=kept)


def said_by(breakdown: Breakdown) -> dict[str, list[str]]:
    """What each character says, by their ids."""
    found: dict[str, list[str]] = {}
    for shot in breakdown.shots:
        for line in shot.dialogue:
            found.setdefault(line.character, []).append(line.text)
    return found


def member(identity: str, *names: str, **more: object) -> CastMember:
    return CastMember.model_validate({"id": identity, "name": names[0], "aliases": names[1:], **more})


def as_members(suggested: Sequence[Suggestion]) -> list[CastMember]:
    return [
        CastMember(
            id=one.film_id,
            name=one.name,
            aliases=one.aliases,
            description=one.description,
            age=one.age,
            settled=Settled(female=one.female, top=one.colour),
        )
        for one in suggested
    ]


def prompts(breakdown: Breakdown) -> FilmPrompts:
    return write_prompts(breakdown, style="cinematic", width=640, height=360, project_seed=1)


def test_nobody_who_is_kept_leaves_a_film_as_it_is() -> None:
    assert film(FAMILY) == direct(read(FAMILY, "a.fountain"))
    assert "settled" not in film(FAMILY).model_dump_json()


def test_two_who_were_read_as_two_are_one_where_the_cast_says_so() -> None:
    assert {"mara", "mother"} <= {one.id for one in film(FAMILY).characters}
    kept = film(FAMILY, member("mara", "Mara", "MARA (40)", "MOTHER", description="a woman in a green dress", age=41))
    (mara,) = [one for one in kept.characters if one.id in {"mara", "mother"}]
    assert (mara.name, mara.speeches, mara.age, mara.description) == ("Mara", 2, 41, "a woman in a green dress")
    assert said_by(kept)["mara"] == ["He is gone.", "Go to bed, Tom."]
    assert all("mother" not in shot.subjects for shot in kept.shots)


def test_one_who_was_read_as_one_is_two_where_the_cast_says_so() -> None:
    wrong = film(BOBS, member("bob", "BOB", "CYBER BOB"))
    assert said_by(wrong)["bob"] == ["Hello?", "Anybody?", "Bob is offline."]
    right = film(BOBS, member("bob", "BOB"), member("cyber-bob", "CYBER BOB", description="a robot"))
    assert said_by(right)["bob"] == ["Hello?", "Anybody?"]
    assert said_by(right)["cyber-bob"] == ["Bob is offline."]
    assert {one.id: one.speeches for one in right.characters} == {"bob": 2, "cyber-bob": 1, "mother": 1}


def test_what_the_rules_join_is_parted() -> None:
    text = "INT. A - DAY\n\nDR. ANDREI ZUBOV enters.\n\nDR. ZUBOV\nHm.\n\nINT. B - DAY\n\nANDREI\nYes.\n"
    assert len(film(text).characters) == 1
    two = film(text, member("zubov", "Zubov", "DR. ZUBOV"), member("andrei", "Andrei"))
    assert said_by(two) == {"zubov": ["Hm."], "andrei": ["Yes."]}
    assert {one.speeches for one in two.characters} == {1}


def test_what_nobody_claims_goes_with_whom_the_rules_found_it_one_with() -> None:
    text = "INT. A - DAY\n\nDR. ANDREI ZUBOV enters.\n\nDR. ZUBOV\nHm.\n\nINT. B - DAY\n\nANDREI\nYes.\n"
    one = film(text, member("z", "DR. ZUBOV"))
    assert [who.id for who in one.characters] == ["z"]
    assert said_by(one) == {"z": ["Hm.", "Yes."]}
    by_part = film("INT. A - DAY\n\nANDREI\nYes.\n", member("z", "Andrei Zubov"))
    assert said_by(by_part) == {"z": ["Yes."]}
    assert "ANDREI" in by_part.characters[0].aliases


def test_who_is_not_kept_gives_way_to_an_id_that_is() -> None:
    text = "INT. A - DAY\n\nTOM\nYes.\n\nANNA\nNo.\n"
    kept = film(text, member("tom", "Anna"))
    assert said_by(kept) == {"tom-2": ["Yes."], "tom": ["No."]}


def test_people_of_a_group_are_the_kept_ones() -> None:
    text = "INT. A - DAY\n\nJOHN\nYes.\n\nMARY\nNo.\n\nJOHN AND MARY\nMaybe.\n"
    (group,) = [one for one in film(text, member("x", "Mary")).characters if one.members]
    assert group.members == ("john", "x")


@pytest.mark.parametrize(
    ("text", "cue", "name"),
    [
        ("INT. ДОМ - DAY\n\nМАРА (40)\nПривет.\n", "МАРА", "Мара"),
        ("INT. A - DAY\n\n@玛拉\n你好。\n", "玛拉", "玛拉"),
        ("INT. A - DAY\n\nÉLODIE (V.O.)\nOui.\n", "Elodie", "Elodie"),
        ("INT. A - DAY\n\nJEAN-LUC\nOui.\n", "JEAN LUC", "Jean Luc"),
    ],
)
def test_names_of_other_scripts_are_found(text: str, cue: str, name: str) -> None:
    kept = film(text, member("kept", name, cue))
    assert set(said_by(kept)) == {"kept"}


def test_a_story_has_the_people_that_are_kept() -> None:
    text = (
        "# The Garden\n\nOld Marta walked through the garden and called her dog. “Come here,” said Marta. The boy "
        "looked at her. “He is tired,” said Jonas. Marta laughed, and Jonas ran to the gate.\n"
    )
    kept = film(text, member("m", "Marta", description="an old woman in a blue dress"), name="story.md")
    assert "m" in {one.id for one in kept.characters}
    assert said_by(kept)["m"] == ["Come here,"]
    assert "marta" not in {who for shot in kept.shots for who in shot.subjects}


def test_an_idea_has_the_people_that_are_kept() -> None:
    kept = film("A lighthouse keeper befriends a storm.", member("k", "Keeper", "lighthouse keeper"), name="idea.txt")
    assert "k" in {who for shot in kept.shots for who in shot.subjects}


def test_keeping_all_who_are_suggested_changes_no_picture() -> None:
    for text in (BOBS, FAMILY):
        suggested = suggest_cast(text, "a.fountain")
        kept = film(text, *as_members(suggested))
        assert prompts(kept) == prompts(film(text))
        assert looks_in_words(as_members(suggested)) == {one.film_id: one.words for one in suggested}
        assert not suggest_cast(text, "a.fountain", as_members(suggested))


def test_another_look_changes_the_pictures_of_nobody_else() -> None:
    kept = as_members(suggest_cast(FAMILY, "a.fountain"))
    other = [
        one.model_copy(update={"description": "a bald man in a purple coat"}) if one.id == "tom" else one
        for one in kept
    ]
    before, after = film(FAMILY, *kept), film(FAMILY, *other)
    assert before.shots == after.shots
    differ = {
        shot.id
        for shot, one, two in zip(after.shots, prompts(before).prompts, prompts(after).prompts, strict=True)
        if one != two
    }
    assert differ == {shot.id for shot in after.shots if "tom" in shot.subjects} != set()
    assert all(one.seed == two.seed for one, two in zip(prompts(before).prompts, prompts(after).prompts, strict=True))


NARRATED = FAMILY.replace("TOM\nWho?", "NARRATOR (V.O.)\nNobody came.") + "\nNARRATOR\nNobody at all.\n"


@pytest.mark.parametrize("name", ["Narrator", "Old Narrator"])
def test_the_voice_that_narrates_is_seen_in_no_picture_whoever_is_called_so(name: str) -> None:
    alone, kept = film(NARRATED), film(NARRATED, member("narrator-2", name))
    assert said_by(kept)[NARRATOR] == ["Nobody came.", "Nobody at all."]
    assert kept.shots == alone.shots
    assert all(NARRATOR not in shot.subjects for shot in kept.shots)


def test_somebody_may_be_the_voice_that_narrates() -> None:
    kept = film(NARRATED, member("mother", "Mother", "NARRATOR"))
    assert said_by(kept)["mother"] == ["Nobody came.", "Go to bed, Tom.", "Nobody at all."]


def test_a_look_is_the_same_words_in_every_script() -> None:
    mara = member("mara", "Mara", "MOTHER", description="a woman with short grey hair and a red coat", age=40)
    (words,) = looks_in_words([mara]).values()
    assert "grey hair" in words
    for text in (FAMILY, BOBS, "EXT. SEA - NIGHT\n\nMARA (12), a boy in a hat, swims. He dives.\n\nMARA\nCold!\n"):
        breakdown = film(text, mara)
        mine = [shot.id for shot in breakdown.shots if "mara" in shot.subjects]
        assert mine
        assert all(words in one.positive for one in prompts(breakdown).prompts if one.shot in mine)


_CUES = ("ANNA", "OLD ANNA", "BO", "DR. CRANE", "CRANE", "THE MAYOR", "MAYOR", "ÉLODIE", "JEAN-LUC", "МАРА", "BO CRANE")
_SCRIPTS = st.lists(
    st.tuples(st.sampled_from(_CUES), st.sampled_from(["", "\n\nINT. B - DAY"])), min_size=1, max_size=9
)


@given(_SCRIPTS, st.lists(st.sampled_from(_CUES), unique_by=lambda cue: name_keys(cue)[0]), st.integers(1, 4))
@settings(max_examples=tries(300, 30), deadline=None)
def test_every_cue_is_exactly_one_character(spoken: list[tuple[str, str]], claimed: list[str], people: int) -> None:
    text = "INT. A - DAY" + "".join(f"{heading}\n\n{cue}\nHello there." for cue, heading in spoken) + "\n"
    shares = [claimed[place::people] for place in range(people)]
    kept = [member(f"kept-{place}", *names) for place, names in enumerate(shares) if names]
    whose = {name_keys(name)[0]: one.id for one in kept for name in (one.name, *one.aliases)}
    breakdown = film(text, *kept)
    ids = [one.id for one in breakdown.characters]
    assert len(set(ids)) == len(ids)
    speaks = [line.character for shot in breakdown.shots for line in shot.dialogue]
    cues = [one.text for one in breakdown.elements if one.kind is ElementKind.CHARACTER]
    assert len(speaks) == len(cues) == len(spoken)
    assert set(speaks) <= set(ids)
    for cue, speaker in zip(cues, speaks, strict=True):
        assert speaker == whose.get(name_keys(cue)[0], speaker)
    by_cue: dict[str, set[str]] = {}
    for cue, speaker in zip(cues, speaks, strict=True):
        by_cue.setdefault(cue, set()).add(speaker)
    assert all(len(one) == 1 for one in by_cue.values())
    assert NARRATOR not in ids
    assert sum(one.speeches for one in breakdown.characters) == len(spoken)
