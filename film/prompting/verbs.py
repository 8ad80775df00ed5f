"""What people do, by the verbs of a script: a row each, from the verb to what a draughtsman shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from schemas.enums import Expression, Pose

MOUNTS: tuple[str, ...] = (
    "chair",
    "armchair",
    "sofa",
    "bench",
    "throne",
    "stool",
    "floor",
    "bed",
    "table",
    "desk",
    "counter",
    "piano",
    "stove",
    "horse",
    "bicycle",
    "motorcycle",
    "car",
    "rowboat",
    "ladder",
    "tree",
    "wall",
    "hiding",
    "board",
    "rock",
    "door",
    "window",
    "helm",
    "wheelchair",
    "top",
    "easel",
    "hatch",
    "arms",
    "stump",
    "box",
    "barrel",
    "fence",
    "stretcher",
    "coffin",
    "lectern",
    "post",
    "truck",
    "van",
    "bus",
    "tractor",
)
"""What carries a figure, or stands before it."""

PERCHES: tuple[str, ...] = ("stone", "roof", "branch", "gravestone", "rafter")
"""What else carries an animal."""

EVENTS: tuple[str, ...] = (
    "explosion",
    "flames",
    "smoke",
    "sparks",
    "shatter",
    "splash",
    "dark",
    "muzzle",
    "ring",
    "music",
    "love",
    "alarm",
    "glow",
    "dust",
    "impact",
    "garland",
)
"""What happens that is neither a body nor a thing."""


class Act(NamedTuple):
    """What one verb makes visible."""

    pose: Pose | None = None
    stance: Pose | None = None
    """What the legs do from now on; None leaves them."""
    held: str = ""
    """What is in the hands where the script names nothing."""
    on: str = ""
    face: Expression | None = None
    event: str = ""
    rank: int = 5
    """Which of several verbs is seen: the highest."""


def act_of(spec: str, rank: int) -> Act:
    """Read a row's act, such as `pose=sit stance=sit on=table`; `rank` is its own where the row gives none."""
    fields: dict[str, str] = {}
    for part in spec.split():
        key, _, value = part.partition("=")
        fields[key] = value
    return Act(
        pose=Pose(fields["pose"]) if "pose" in fields else None,
        stance=Pose(fields["stance"]) if "stance" in fields else None,
        held=fields.get("held", "").replace("_", " "),
        on=fields.get("on", ""),
        face=Expression(fields["face"]) if "face" in fields else None,
        event=fields.get("event", ""),
        rank=int(fields.get("rank", rank)),
    )


_TABLE = """
pose=run rank=6: run/ran sprint race chase flee/fled dash rush hurry bolt charge scurry escape gallop scuttle \
scramble scamper lope skitter stampede
pose=walk rank=3: circle walk stroll step cross enter wander approach march trudge stumble follow shuffle tiptoe \
hike limp pace arrive exit leave/left stride saunter come/came go/goes/went hobble return lead/led parade descend \
ascend patrol stagger stalk trot plod amble advance retreat waddle lurch
pose=crouch rank=6 stance=stand: creep/crept sneak hide/hid/hidden crouch squat duck cower prowl huddle lurk stoop
pose=crawl rank=7: crawl wriggle slither
pose=sit stance=sit rank=3: sit/sat seat perch slump
pose=lie stance=lie rank=7: lie/lay/lain/lying lie/lies collapse sprawl die/died
pose=lie stance=lie rank=8 face=asleep: faint
pose=sleep stance=lie rank=8 face=asleep: sleep/slept nap doze snore
pose=kneel stance=kneel rank=5: kneel/knelt
pose=stand stance=stand rank=2: rise/rose/risen stand/stood
pose=stand rank=1: wait stare watch gaze freeze/froze stop look glance turn hesitate pause linger observe \
face appear peer gape peek lean
pose=point rank=6: point gesture beckon accuse
pose=wade rank=7: wade
pose=kick rank=8: kick
pose=pour held=bottle rank=7: pour
pose=listen rank=3: listen eavesdrop
pose=shrug rank=6: shrug
pose=whisper rank=5: whisper
pose=vow rank=5: vow
pose=fight rank=8: fight/fought punch wrestle struggle attack stab duel shove slap beat strangle grapple clash \
brawl hit strike/struck lunge smack thump choke headbutt batter pummel
pose=embrace rank=8: embrace hug cuddle comfort
pose=kiss rank=9 event=love: kiss
pose=talk rank=4: speak/spoke talk argue call chat explain plead beg tell/told say/said ask answer order \
command reply joke preach lecture bark howl bleat bray neigh whinny quack
pose=talk rank=5 face=angry: shout yell scold quarrel
pose=scream rank=8 face=screaming: scream shriek
pose=weep rank=7 face=crying: cry weep/wept sob mourn
pose=read rank=6 held=book: read
pose=read rank=6 held=tablet: scroll swipe
pose=write rank=6 held=pen: write/wrote/written/writing scribble sign draw/drew/drawn sketch note
pose=write rank=6 held=computer on=desk: type
pose=write rank=6 held=brush: paint
pose=eat rank=6 held=bread: eat/ate/eaten/eating chew bite/bit bites munch devour dine lick swallow taste graze nibble \
peck gnaw
pose=drink rank=6 held=cup: drink/drank/drunk sip gulp swig toast
pose=smoke rank=6 held=cigarette: smoke
pose=phone rank=7 held=phone: phone telephone dial
pose=open rank=6 on=door: knock
pose=peer rank=6: examine inspect study
pose=climb rank=7: climb clamber
pose=carry rank=6: carry bring/brought fetch
pose=hold rank=3: hold/held catch/caught grip clutch grab lift snatch seize clasp wield display take/took/taken raise \
unfold unroll unwrap hoist brandish steal/stole/stolen buy/bought accept
pose=give rank=5: give/gave/given offer hand present deliver show serve sell/sold
pose=give rank=6 held=bread: feed/fed
pose=pick_up rank=5: gather collect
pose=throw rank=7: throw/threw/thrown hurl toss fling/flung
pose=push rank=6: push
pose=pull rank=6: pull drag haul tug tow
pose=dig rank=7 held=shovel: dig/dug shovel bury
pose=sweep rank=6 held=broom: sweep/swept mop rake
pose=work rank=4: put place set hang/hung
pose=work rank=5: cook stir wash clean sew unlock build/built repair fix mix knead chop bandage bake peel carve \
mend weld press operate arrange tie untie unpack uncork pack tend milk rummage ransack search fold rip tore
pose=work rank=6 held=hammer: hammer
pose=work rank=6 held=cloth: polish scrub wipe stitch darn
pose=work rank=6 held=yarn: knit crochet
pose=work rank=5 held=knife: cut whittle slice sharpen
pose=play rank=6: play strum
pose=dance rank=7 event=music: dance waltz twirl
pose=sing rank=6 event=music: sing/sang/sung hum
pose=cheer rank=6 face=happy: cheer celebrate applaud clap rejoice
pose=wave rank=6: wave
pose=salute rank=6: salute
pose=bow rank=6: bow curtsy
pose=pray rank=6: pray bless
pose=aim rank=7 held=gun: aim shoot/shot
pose=drive rank=7 on=car: drive/drove/driven steer
pose=row rank=7 on=rowboat: row paddle
pose=ride rank=7 on=horse: ride/rode/ridden gallop mount canter
pose=swim rank=8: swim/swam/swum drown float
pose=fly rank=7: fly/flew/flown soar hover glide flutter swoop flap
pose=jump rank=7: jump leap/leapt hop skip bounce dive/dove spring/sprang/sprung pounce
pose=fall rank=8: fall/fell/fallen trip tumble plunge slip topple
pose=think rank=4: think/thought ponder wonder consider
face=laughing rank=4: laugh giggle chuckle
face=happy rank=3: smile grin beam nod rejoice wink
face=sad rank=3: sigh grieve regret sulk
face=angry rank=4: glare frown scowl snarl growl rage roar hiss
face=afraid rank=4: tremble shiver flinch panic shudder gulp
face=surprised rank=4: gasp blink marvel discover notice realise realize
"""


def _inflected(word: str) -> Iterator[str]:
    base, *others = word.split("/")
    yield base
    yield from others
    yield base + ("es" if base.endswith(("s", "sh", "ch", "x", "o")) else "s")
    stem = base.removesuffix("e") if not base.endswith(("ee", "ye")) else base
    yield from (stem + "ing", stem + "ed", base + "ing")
    if base.endswith("y") and base[-2:-1] not in tuple("aeiou"):
        yield from (base[:-1] + "ies", base[:-1] + "ied")
    if re.search(r"[^aeiou][aeiou][bdglmnprt]$", base):
        yield from (base + base[-1] + "ing", base + base[-1] + "ed")


def _load() -> dict[str, Act]:
    found: dict[str, Act] = {}
    for row in _TABLE.strip().splitlines():
        spec, words = row.split(":")
        act = act_of(spec, 5)
        for word in words.split():
            for form in _inflected(word):
                found.setdefault(form, act)
    return found


VERBS: Mapping[str, Act] = _load()
"""What each verb, in each of its forms, makes visible."""

BASES: frozenset[str] = frozenset(
    word.split("/")[0] for row in _TABLE.strip().splitlines() for word in row.split(":")[1].split()
) - {"read", "hit", "cut", "beat", "put", "set"}
"""Verbs as they stand in a dictionary: after a singular noun such a word is none."""
