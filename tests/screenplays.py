"""Long screenplays whose headings, speeches, transitions and speakers are known, because they are written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

_PLACES = (
    "KITCHEN | OLD MILL | MRS. O'BRIEN'S FLAT | APARTMENT 12 | U.S.S. DELAWARE - BRIDGE | CAFÉ NOIR | ROAD | "
    "JACK'S CAR (MOVING) | WAREHOUSE/LOFT | 7-ELEVEN | HOTEL ROOM 1408 | A CREEPY OLD HOUSE | SPACE | "
    "INTERSTATE 5"
).split(" | ")
_TIMES = ("DAY", "NIGHT", "CONTINUOUS", "LATER", "DAWN (FLASHBACK)", "MOMENTS LATER", "DAY 2", "NIGHT [1973]", "SAME")
_PREFIXES = (
    "INT.",
    "EXT.",
    "INT./EXT.",
    "I/E.",
    "EXT./INT.",
    "EST.",
    "INT",
    "EXT",
    "int.",
    "Ext.",
    "INT. ",
    "INT/EXT.",
)
SPEAKERS = (
    "ANNA | MRS. O'BRIEN | COP #2 | C-3PO | R2-D2 | MAN IN HAT | DR. CRANE | JEAN-LUC | ÉLODIE | MARTIN JR. | "
    "IRIS | MR. T. | THE MAN WITH NO NAME | 23 SKIDOO | FBI AGENT 1 | GUARDS | ANNA'S MOTHER | SUPERMAN | "
    "FLASH | MR. BLACK | CUTTER | LATERNA | WEST | J.J. | ON-AIR REPORTER | INSPECTOR LE GRAND | "
    "ANNA AND BOB | VOICE ON RADIO | TITLE-IX LAWYER | TWO-SHOT TONY | POVERTY STAN | MONTAGUE | "
    "CLOSER COLE | FADEAWAY JOE | ЖЕНЯ | CUTIE | ROLLO | BLACK | WIPER | OLD MAN & DOG | D'ARTAGNAN | 2ND COP | "
    "HAL 9000 | YOUNG DR. BENNETT | WILL'S DATE | INTERN | ESTHER | EXTRA #3 | ACTOR | ENDRE | SUPERVISOR"
).split(" | ")
_FORCED = ("McCLANE", "MacDuff", "Mrs. de Winter", "iPhone", "d'Artagnan", "BANG!", "1st Officer")
"""Speakers that only Fountain's mark for a cue makes such."""
_EXTENSIONS = (
    "",
    "",
    "",
    " (V.O.)",
    " (O.S.)",
    " (CONT'D)",
    " (V.O.) (CONT'D)",
    " (on the radio)",
    " (O.C.)",
    "(V.O.)",
    " (40s)",
    " (INTO PHONE)",
    " (O.S., PRELAP)",
    " (V.O.)(CONT'D)",
)
_WORDS = (
    "I told you already. The boat leaves at nine, with us or without us.",
    "No!",
    "STOP! DON'T MOVE!",
    "Where were you *last night*? With _whom_?",
    "It's 12 o'clock... and all's well -- I suppose.",
    'You know what they say: "Never trust a clock."',
    "INTERESTING. Tell me more about this interior.",
    "He said it would be fine.\nAnd it was not.",
    "(softly)\nI know.",
    "(beat)\nMaybe.\n(another beat; he looks up\nat the sky)\nMaybe not.",
    "~Down by the river\n~we sat and we sang",
    "...and then?",
    "Go.\n(MORE)",
    "12.",
    "Cut to the chase.",
)
_ACTIONS = (
    "She crosses the room. The floor creaks.",
    "BANG!",
    "A SHOT RINGS OUT.\nBob drops to the floor.",
    "BOOM! CRASH!\nThe wall comes down.",
    "CLOSE ON THE LETTER\nin her trembling hand.",
    "ANGLE ON: the door\nIt opens.",
    'SUPER: "TWO YEARS LATER"\nThe same street, in snow.',
    "TITLE CARD: THE END OF THE ROAD",
    "INTERCUT WITH:",
    "INTERCUT - PHONE CONVERSATION\nBoth of them talk at once.",
    "MONTAGE - ANNA TRAINS\n- She runs.\n- She falls.",
    "SERIES OF SHOTS:\nA) A door.\nB) A hand.",
    "BACK TO SCENE",
    "FLASHBACK:",
    "LATER",
    "MOMENTS LATER\nThe same, but darker.",
    "FADE IN:",
    "FADE OUT.",
    "CUT TO BLACK.",
    "THE END",
    "ACT ONE",
    "END OF ACT TWO",
    "ON WILL AND SANDRA",
    "THE BEAST.",
    "TITLE OVER:",
    "MONTAGE",
    "END MONTAGE",
    "INTERCUT BETWEEN THE TWO ROOMS\nas they talk.",
    "BACK TO PRESENT DAY",
    "A LAUGH from the crowd.",
    "JOSEPHINE (28) pushes past him.",
    "...come to find Edward making the shapes.",
    "ANNA'S POV",
    "BOB'S POV\nThe street tilts.",
    "ANNA, 30s, tall, and BOB (40), not so tall, wait.",
    "MAYOR GREEN (50), a large man in a small hat,\nenters and sits.",
    "The sign reads: NO ENTRY.",
    '"CLOSED UNTIL MONDAY"\nhangs in the window.',
    "NOT A TRANSITION TO:  ",
    "!CUT TO:",
    "!ANNA\nis what the stone says.",
    "INTERIORS of no importance pass by.",
    "Ext. is short for exterior, he learns.\nSo he writes it down.",
    "Silence. *Long* silence. Then:",
    "He counts: 1, 2, 3...",
    "SMASHING DOWN THREE CARS,\nthe giant walks on.",
    "A CROWD GATHERS AND\nlooks up.",
    "ON ANNA\nHer face falls.",
    "WE SEE the bridge.\nIt is gone.",
    "INSERT - THE WATCH\nFive to nine.",
    "(The lights flicker.)",
    "23",
    "[[Check this with the lawyer.]]",
    "He runs [[how fast?]] and stops.",
    "/* Nobody will miss this.\n\nINT. CUT SCENE - DAY\n\nBOB\nWill they?\n*/",
    "She reads it /* twice */ and nods.",
    "> THE END OF ACT ONE <",
    "# Act Two",
    "= In which nothing happens.",
    "===",
    "~A song nobody sings",
)
_TRANSITIONS = (
    "CUT TO:",
    "SMASH CUT TO:",
    "DISSOLVE TO:",
    "MATCH CUT TO:",
    "> FADE OUT.",
    ">fade to black",
    "BACK TO:",
    "FADE TO:",
    "COME TO:",
    "TIME CUT TO:",
    "INTERCUT TO:",
    "JUMP CUT TO:",
    "> Smash to white",
)


@dataclass
class Written:
    """A screenplay and what is in it."""

    text: str = ""
    headings: list[str] = field(default_factory=list)
    """Their numbers, empty where they have none."""
    cues: list[str] = field(default_factory=list)
    """Who speaks, without extensions, one a speech."""
    transitions: int = 0


def write(seed: int, pages: float, *, printed: bool = False) -> Written:
    """Write a screenplay.

    Args:
        seed: The same seed writes the same.
        pages: Its length, at 55 lines a page.
        printed: Whether it looks as if copied off the printed page: indented, with page numbers, with
            scene numbers in both margins, with `(MORE)` and `(CONTINUED)`.

    Returns:
        The screenplay with what was put into it.
    """
    random = Random(seed)
    made = Written()
    blocks = ["Title: Known\nAuthor: Nobody\nNotes:\n\tINT. THIS IS NO SCENE\n\tCUT TO:"]
    lines = 0
    writers: tuple[Callable[[Random, Written], str], ...] = (_speech, _speech, _speech, _action, _action, _transition)
    while lines < pages * 55 or not made.cues:
        if len(blocks) == 1 or random.random() < 0.08:
            block = _heading(random, made, printed)
        else:
            block = random.choice(writers)(random, made)
        if printed and not block.startswith(("/*", "[[")):
            block = _as_printed(block)
        blocks.append(block)
        lines += block.count("\n") + 2
        if printed and random.random() < 0.05:
            page = lines // 55 + 1
            blocks += ["(CONTINUED)", f"{' ' * 50}{page}.", "CONTINUED:" if page % 2 else f"CONTINUED: ({page})"]
    made.text = "\n\n".join(blocks) + "\n"
    return made


def _heading(random: Random, made: Written, printed: bool) -> str:
    number = f"{len(made.headings) + 1}{random.choice(['', '', 'A'])}" if printed or random.random() < 0.3 else ""
    prefix = random.choice(_PREFIXES)
    divider = random.choice([" - ", "--", " -- ", " – "])
    place = f"{random.choice(_PLACES)}{divider}{random.choice(_TIMES)}"
    made.headings.append(number)
    if printed:
        return f"{number}   {prefix.upper()} {place}   {number}"
    if random.random() < 0.1:
        prefix = "."
    return f"{prefix}{'' if prefix == '.' else ' '}{place}" + (f" #{number}#" if number else "")


def _speech(random: Random, made: Written) -> str:
    who = random.choice(SPEAKERS)
    cue = who + random.choice(_EXTENSIONS)
    made.cues.append(who)
    if random.random() < 0.05:
        cue = f"@{cue}"
    elif random.random() < 0.05:
        made.cues[-1] = random.choice(_FORCED)
        cue = f"@{made.cues[-1]}{random.choice(_EXTENSIONS)}"
    if random.random() < 0.05:
        cue = f"{cue} ^"
    return f"{cue}\n{random.choice(_WORDS)}"


def _action(random: Random, made: Written) -> str:
    return random.choice(_ACTIONS)


def _transition(random: Random, made: Written) -> str:
    if random.random() < 0.7:
        return _action(random, made)
    made.transitions += 1
    return random.choice(_TRANSITIONS)


def _as_printed(block: str) -> str:
    """Indent a block as the page does: action a little, speech more, cues most."""
    return "\n".join(" " * (4 + 12 * (line.isupper() and "INT" not in line)) + line for line in block.split("\n"))
