"""Which cues are one person's: epithets, titles, spellings, nicknames, and who turns out to be whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.script import read
from tests.effort import tries


def people(*scenes: str) -> list[set[str]]:
    """The names of each character who speaks, the keeper of the peace left out."""
    text = "\n\n".join(f"INT. ROOM {number} - DAY\n\n{scene}" for number, scene in enumerate(scenes))
    made = direct(read(text, "a.fountain"))
    return [{one.name, *one.aliases} for one in made.characters if one.speeches and one.name != "XAVIER"]


def turns(*cues: str) -> str:
    """Speeches under some cues, with somebody between them, so that none answers another."""
    return "\n\nXAVIER\nHm.\n\n".join(f"{cue}\nHello there." for cue in cues)


@pytest.mark.parametrize(
    ("action", "cues"),
    [
        ("BIG TOM, 45, a trucker, sits.", ("BIG TOM", "TOM")),
        ("DR. ANNA REED, forty, studies a chart.", ("REED", "DR. REED", "ANNA", "DR. ANNA REED")),
        ("CAPTAIN ELENA VASQUEZ (50) stands.", ("VASQUEZ", "CAPTAIN VASQUEZ", "ELENA")),
        ("DET. SGT. MARIA LOPEZ, 41, waits.", ("LOPEZ", "DET. LOPEZ", "SGT. LOPEZ", "MARIA")),
        ("SPECIAL AGENT DANA HOLT (30s) waits.", ("HOLT", "AGENT HOLT", "DANA")),
        ("Rain.", ("MAYOR RICHARD J. DALEY", "MAYOR DALEY", "THE MAYOR")),
        ("THE WOLF, huge, waits.", ("THE WOLF", "WOLF")),
        ('JOE "THE HAMMER" BRUNO, 50, waits.', ("JOE", "THE HAMMER", "BRUNO")),
        ("FRANK MALONE leans on a post.", ("MALONE", "FRANK")),
        ("ELIZABETH (20) sits.", ("ELIZABETH", "ELIZABETH BENNET")),
        ("Rain.", ("RENÉE", "RENEE")),
        ("DEFENSE ATTORNEY GRACE WELLS, fifty, stands.", ("WELLS", "GRACE", "GRACE WELLS")),
        ("Rain.", ("JUDGE PECK", "JUDGE")),
        ("QUEEN ISOLDE (40s) paces. ISOLDE, pale as wax, sits.", ("QUEEN ISOLDE", "ISOLDE", "THE QUEEN")),
        ("Rain.", ("JEAN-LUC", "JEAN LUC")),
        ("Rain.", ("O'BRIEN", "O’BRIEN", "OBRIEN")),
        ("Rain.", ("ØYVIND", "OYVIND")),
        ("Rain.", ("C-3PO", "C3PO")),
        ("PAUL, the vicar, waits.", ("PAUL", "VICAR")),
        ("MONSIEUR MADELEINE, formerly known as Valjean, sits.", ("VALJEAN", "MONSIEUR MADELEINE", "MADELEINE")),
    ],
)
def test_one_person_under_many_cues_is_one(action: str, cues: tuple[str, ...]) -> None:
    (found,) = people(f"{action}\n\n{turns(*cues)}")
    assert found >= {cue for cue in cues if cue not in {"O’BRIEN"}}


@pytest.mark.parametrize(
    ("action", "cues"),
    [
        ("SENATOR REED (60s) sits. ANNA REED (30) stands.", ("SENATOR REED", "ANNA REED", "REED")),
        ("TOM HARDY, a cop, drinks with BIG TOM, a giant.", ("TOM HARDY", "BIG TOM", "TOM")),
        ("BIG TOM, 45, and LITTLE TOM, 9, wait.", ("BIG TOM", "LITTLE TOM", "TOM")),
        ("BIG TOM, 45, waits. TOM, a boy of nine, sits.", ("BIG TOM", "TOM")),
        ("Rain.", ("MR. COLE", "MRS. COLE", "COLE")),
        ("Rain.", ("LADY MACBETH", "MACBETH")),
        ("JOHN REED, 60, sits. YOUNG JOHN REED runs.", ("JOHN REED", "YOUNG JOHN REED")),
        ("KING ARTHUR waits with KING MARK.", ("KING ARTHUR", "KING MARK", "THE KING")),
        ("DR. MBEKI, sixty, waits.", ("DR. MBEKI", "DOCTOR")),
        ("BOB (40) waits.", ("BOB", "YOUNG BOB", "OLD BOB")),
        ("Rain.", ("MAN #1", "MAN #2", "MAN", "THE OLD MAN")),
        ("Rain.", ("ANNA", "ANNA'S MOTHER", "MOTHER")),
    ],
)
def test_two_people_are_two_where_it_is_not_clear(action: str, cues: tuple[str, ...]) -> None:
    assert len(people(f"{action}\n\n{turns(*cues)}")) == len(cues)


def test_who_answers_another_is_another() -> None:
    talk = "BIG TOM, 45, sits.\n\nBIG TOM\nHey.\n\nTOM\nHey yourself."
    assert people(talk) == [{"BIG TOM"}, {"TOM"}]
    goes_on = "FRANK MALONE, 45, sits.\n\nFRANK\nHey.\n\nHe stands.\n\nMALONE (CONT'D)\nHey yourself."
    assert len(people(goes_on)) == 1


def test_the_same_age_of_one_person_is_one() -> None:
    found = people("CAPTAIN ELENA VASQUEZ (50) stands.\n\n" + turns("VASQUEZ", "ELENA", "YOUNG ELENA", "YOUNG VASQUEZ"))
    assert {"YOUNG ELENA", "YOUNG VASQUEZ"} in found
    assert len(found) == 2


@pytest.mark.parametrize(
    "reveal",
    [
        "The stranger takes off the mask: it is BOB.",
        "The stranger pulls off his hood. It's BOB.",
        "He removes his mask and is revealed to be BOB, 40.",
        "The stranger turns out to be Bob.",
        "The veil lifts. It is BOB.",
        "The mask falls. The stranger is none other than BOB.",
    ],
)
def test_who_takes_off_a_mask_is_who_they_are(reveal: str) -> None:
    scene = f"A STRANGER waits.\n\nSTRANGER\nWell?\n\nANNA\nWho are you?\n\n{reveal}\n\nBOB\nHello."
    assert people(scene) == [{"BOB", "STRANGER"}, {"ANNA"}]


def test_a_voice_belongs_to_somebody_and_a_suspect_has_a_name() -> None:
    voice = "VOICE (O.S.)\nWho is there?\n\nA light comes on. The voice belongs to OTTO.\n\nOTTO\nOnly me."
    assert people(voice) == [{"OTTO", "VOICE"}]
    suspect = "The SUSPECT sits. This is RAY NOLAN, 33.\n\nSUSPECT\nWell?\n\nXAVIER\nHm.\n\nNOLAN\nWell."
    assert people(suspect) == [{"RAY NOLAN", "NOLAN", "SUSPECT"}]


@pytest.mark.parametrize(
    "scene",
    [
        "STRANGER\nWell?\n\nThe stranger opens the door. It's BOB.\n\nBOB\nHello.",
        "BOB\nHi.\n\nSTRANGER\nWell?\n\nThe stranger takes off the mask: it is BOB.\n\nBOB\nHello.",
        "STRANGER\nWell?\n\nThe stranger takes off the mask: it is BOB.\n\nBOB\nHello.\n\nSTRANGER\nHello.",
        "STRANGER\nWell?\n\nThe stranger takes off the mask: it is not BOB.\n\nBOB\nHello.",
        "STRANGER\nWell?\n\nA guard pulls the prisoner's hood off: it is BOB.\n\nBOB\nHello.",
        "STRANGER\nWell?\n\nThe phone rings. It's BOB.\n\nBOB\nHello.",
    ],
)
def test_who_only_comes_to_the_door_was_not_behind_the_mask(scene: str) -> None:
    assert {"BOB"} in people(scene)
    assert {"STRANGER"} in people(scene)


def test_one_of_two_without_a_name_stays_unknown() -> None:
    scene = f"{turns('RIDER', 'FIGURE')}\n\nThe mask comes off: it's EMIL.\n\nEMIL\nHi."
    assert len(people(scene)) == 3


def test_a_group_knows_whom_the_action_lists() -> None:
    made = direct(
        read(
            "INT. A - DAY\n\nThe TWINS, EDDIE and TEDDY (8), in striped shirts, wait.\n\n"
            "EDDIE\nOne.\n\nTEDDY\nTwo.\n\nTWINS\nThree!",
            "a.fountain",
        )
    )
    assert next(one for one in made.characters if one.name == "TWINS").members == ("eddie", "teddy")


@settings(max_examples=tries(60, 6))
@given(
    st.lists(
        st.sampled_from("ANNA,BOB,DR. BOB REED,REED,MRS. REED,THE MAN,MAN,YOUNG ANNA,RENÉE,RENEE,X-1".split(",")),
        max_size=12,
    ),
    st.text(alphabet="ABÉé'’-. \"(),:\n#1it is", max_size=80),
)
def test_whatever_the_cues_each_speech_is_one_persons(cues: list[str], action: str) -> None:
    text = f"INT. A - DAY\n\nRain.\n\n!{action}\n\n" + turns(*cues, "ZOE")
    made = direct(read(text, "a.fountain"))
    known = {one.id for one in made.characters}
    assert all(line.character in known | {"narrator"} for shot in made.shots for line in shot.dialogue)
    names = [name for one in made.characters for name in (one.name, *one.aliases)]
    assert len(names) == len(set(names))


_TALK = "XAVIER\nHm.\n\n"


def speeches(*cues: str) -> str:
    return f"\n\n{_TALK}".join(f"{cue}\nHello." for cue in cues) + "\n\n"


@pytest.mark.parametrize(
    ("scenes", "expected"),
    [
        (
            (
                f"DETECTIVE RUTH BRADDOCK (50s) ducks in.\n\n{speeches('BRADDOCK', 'RUTH')}",
                f"BRICK BRADDOCK (28) spins.\n\n{speeches('BRICK', 'RUTH')}",
            ),
            [{"DETECTIVE RUTH BRADDOCK", "BRADDOCK", "RUTH"}, {"BRICK BRADDOCK", "BRICK"}],
        ),
        (
            (
                f"RUTH BRADDOCK (50s) ducks in. BRICK BRADDOCK (28) spins.\n\n{speeches('BRICK', 'BRADDOCK')}",
                speeches("BRADDOCK"),
            ),
            [{"RUTH BRADDOCK", "BRADDOCK"}, {"BRICK BRADDOCK", "BRICK"}],
        ),
        (
            (f"RUTH BRADDOCK (50s) and BRICK BRADDOCK (28) wait.\n\n{speeches('BRICK', 'BRADDOCK', 'RUTH')}",),
            [{"RUTH BRADDOCK", "RUTH"}, {"BRICK BRADDOCK", "BRICK"}, {"BRADDOCK"}],
        ),
        (
            (f"BRICK BRADDOCK (40), a detective, waits.\n\n{speeches('DETECTIVE BRADDOCK')}",),
            [{"BRICK BRADDOCK", "DETECTIVE BRADDOCK"}],
        ),
        (
            (f"BRICK BRADDOCK (40) kneels.\n\n{speeches('DETECTIVE BRADDOCK')}",),
            [{"BRICK BRADDOCK", "DETECTIVE BRADDOCK"}],
        ),
        (
            (f"BRICK BRADDOCK (40) kneels.\n\n{speeches('BRICK', 'DETECTIVE BRADDOCK')}",),
            [{"BRICK BRADDOCK", "BRICK"}, {"DETECTIVE BRADDOCK"}],
        ),
        (
            (
                "BRICK BRADDOCK (40), a detective, waits. DETECTIVE BRADDOCK (60), his father, sits.\n\n"
                + speeches("BRICK", "DETECTIVE BRADDOCK"),
            ),
            [{"BRICK BRADDOCK", "BRICK"}, {"DETECTIVE BRADDOCK"}],
        ),
        (
            (
                f"PRIVATE ABEL SOTO, 19, waits.\n\n{speeches('SOTO')}",
                f"MRS. SOTO, 45, kneads.\n\n{speeches('MRS. SOTO', 'SOTO')}",
            ),
            [{"PRIVATE ABEL SOTO", "SOTO"}, {"MRS. SOTO"}],
        ),
        ((speeches("OFFICER PIKE", "PIKE"),), [{"OFFICER PIKE", "PIKE"}]),
        (("OFFICER PIKE\nHello.\n\nPIKE\nHello yourself.",), [{"OFFICER PIKE"}, {"PIKE"}]),
        (
            (speeches("HOODED MAN", "HOODED MAN (NOW REVEALED AS TOM)", "TOM"),),
            [{"TOM", "HOODED MAN"}],
        ),
        ((speeches("STRANGER", "STRANGER (NOW TOM)", "TOM"),), [{"TOM", "STRANGER"}]),
        (
            (f"{speeches('RIDER')}He pulls off his hat. It is Anna's brother, GEORGE.\n\n{speeches('GEORGE')}",),
            [{"GEORGE", "RIDER"}],
        ),
        (("JOE SPIDER MARINO.\n\n" + speeches("SPIDER", "SPIDR", "SPIDER", "SPIDER"),), [{"SPIDER", "SPIDR"}]),
        ((speeches("MARCO", "MARCO", "MARIO", "MARCO"),), [{"MARCO"}, {"MARIO"}]),
        ((speeches("GUARD", "GUARD", "GUARDS", "GUARD"),), [{"GUARD"}, {"GUARDS"}]),
        ((speeches("COP 1", "COP ONE", "COP #1", "COP 2"),), [{"COP 1", "COP ONE"}, {"COP 2"}]),
        ((f"MAMA MOUSE, round, bakes.\n\n{speeches('MAMA')}",), [{"MAMA MOUSE", "MAMA"}]),
        (
            (f"{speeches('SERGEANT (O.S.)')}The sergeant slides in: HOLLIS, a surgeon.\n\n{speeches('HOLLIS')}",),
            [{"HOLLIS", "SERGEANT"}],
        ),
    ],
)
def test_who_bears_a_name_is_told_by_introductions_and_cues(scenes: tuple[str, ...], expected: list[set[str]]) -> None:
    found = people(*scenes)
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))
