"""What characters look like: from the words that introduce them, and else from their id.

A look is decided once a film and used in every shot, drawn and painted alike. What the script does not say is
taken from a hash of the character's id, so that an edit elsewhere in the script changes nobody's face.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from film.prompting.colours import COLOURS, MATERIALS
from film.prompting.colours import colour_named as _colour
from film.prompting.faces import draw, hair_colour_of, hair_of, is_female, is_old, says, skin_of, whole
from film.prompting.species import WALKER, Species, species_named
from film.prompting.trades import Trade, trade_of
from schemas.cast import Settled
from schemas.enums import FigureKind
from schemas.script import Character, Look

_TOPS = ("red", "blue", "yellow", "green", "purple", "orange", "teal", "white", "navy", "pink", "crimson", "beige")
_BOTTOMS = ("#2f3440", "#3d3a45", "#4a4038", "#25303f", "#54524c", "#37463f")
_COATS = {
    FigureKind.DOG: "#9c6b3f",
    FigureKind.CAT: "#c98343",
    FigureKind.HORSE: "#6f4630",
    FigureKind.BIRD: "#4b5b73",
    FigureKind.ROBOT: "#9fb0b8",
    FigureKind.GHOST: "#dfe8f2",
    FigureKind.CLOUD: "#f4f3ef",
    FigureKind.COW: "#7a5238",
    FigureKind.PIG: "#e2a39a",
    FigureKind.BEAR: "#6b4a33",
    FigureKind.RABBIT: "#b9a488",
    FigureKind.MOUSE: "#8a8480",
    FigureKind.FISH: "#5f7f96",
    FigureKind.SNAKE: "#5f8a48",
    FigureKind.DRAGON: "#4f7a4a",
    FigureKind.ALIEN: "#8fb88a",
}

_CHILD = r"child|kid|boy|girl|toddler|son of \w+, \d|schoolboy|schoolgirl|little one|baby"
_GARMENT = (
    r"coat|jacket|dress|shirt|sweater|hoodie|uniform|suit|robe|cloak|gown|scarf|blouse|raincoat|overalls|jumper|vest|overcoat|"
    r"greatcoat|trenchcoat|cardigan|jersey|tunic|pinafore|pullover|waistcoat|dungarees|parka|anorak|blazer|kimono|apron"
)
WIGGED = r"wigs?|bewigged|periwig|barrister"
"""Words by which a judge wears a wig: in most courts none does."""
_HEADWEAR = r"cap|hat|beret|hood|helmet|beanie"


_MODIFIERS = re.compile(
    r"\b\w+(?= (?:collars?|coats?|overcoats?|raincoats?|jackets?|sweaters?|hats?|boots|gloves|hair|wool|leather"
    r"|tattoos?|prints?|masks?|costumes?|scarf|brooch|eyes|fur|skins?|tails?|teeth|necks?|legs?|cases?|owner|trainer|tamer"
    r"|catcher|lover|keeper|farmer|dealer|walker|whisperer|handler|thief|hunter)\b)"
    r"|\bleopard[- ]print\b|\b(?:with|like|as|beside|and)"
    r" (?:an?|the|his|her) (?:\w+ ){0,2}\w+",
)
"""Words of animals that tell of what somebody wears, looks like, does, or has beside them."""
_PERSON = re.compile(
    r"^(?:the )?(?:mr|mrs|miss|ms|dr|doctor|professor|pc|wpc|dc|ds|di|dci|"
    r"constable|inspector|sergeant|sgt|detective|officer|"
    r"captain|colonel|major|general|lieutenant|judge|reverend|rev|sir|lady|lord|nurse|sister|agent|father"
    r"|mother)\b\.? \w"
)
"""Names that begin as those of people do: PC NIGHTINGALE is no bird, unless an introduction says so."""


_GROWN = 15
"""Years from which a boy or a girl is as tall as a man or a woman."""


def _kind(name: str, words: str, years: int | None = None) -> Species:
    # A name that is a kind wins; in the introduction only its beginning counts: "a boy with a dog" is a boy.
    words = _MODIFIERS.sub(" ", words)
    called = "" if _PERSON.search(name) else name
    if not called:
        # What introduces them may call them by the same name: a surname is no animal there either.
        parts = name.split()
        for count in range(len(parts), 1, -1):
            words = words.replace(" ".join(parts[:count]), " ")
    for text in (called, " ".join(words.split()[:8])):
        child = whole(_CHILD).search(text) if (years or 0) < _GROWN else None
        beast = species_named(text)
        if child and (beast is None or child.start() < beast[0]):
            return Species(FigureKind.CHILD)
        if beast:
            return WALKER if beast[1].kind in _ON_FOUR_LEGS and _MACHINE.search(f"{name} {words}") else beast[1]
    age = re.search(r"\b(\d{1,2})\b(?! (?:foot|feet|inch|stone))", words)
    return Species(FigureKind.CHILD if age and 1 <= int(age[1]) <= 12 else FigureKind.ADULT)


_ON_FOUR_LEGS = frozenset(map(FigureKind, ("horse", "cow", "dog", "bear", "robot")))
_MACHINE = re.compile(
    r"\b(?:cargo|walking|four-legged|mechanical|robot\w*|clockwork|steel|metal|iron|brass)[ -](?:\w+ )?"
    r"(?:walker|machine|mule|horse|dog|hound|donkey|pony|ox|bull|cow|beast|animal|bear)\b"
)
"""What makes an animal a machine: a steel horse, a mule that is a cargo walker."""


def _before(garments: str) -> re.Pattern[str]:
    """A word that stands before what is worn, with one between at most."""
    return re.compile(rf"(?<![a-z-])\b([a-z-]+)(?= (?:\w+ )?(?:{garments})s?\b)")


_BEFORE_GARMENT, _BEFORE_HEADWEAR = _before(_GARMENT), _before(_HEADWEAR)


def _hat_colour(words: str) -> str:
    for word in _BEFORE_HEADWEAR.findall(words):
        if (colour := _colour(word)) is not None:
            return COLOURS[colour]
    return ""


def _worn(words: str) -> str | None:
    # Headwear is drawn in the colour of the clothes: its colour counts where theirs is not told.
    for before in (_BEFORE_GARMENT, _BEFORE_HEADWEAR):
        for word in before.findall(words):
            if (colour := _colour(word)) is not None:
                return colour
    return None


def _beast_build(words: str, species: Species) -> float:
    """How large an animal is in relation to its kind: an owl is no sparrow, a puppy no hound."""
    build = species.build
    if says(words, r"puppy|kitten|foal|lamb|kid|calf|small|little|tiny|chihuahua|terrier"):
        build *= 0.8 if species.kind is not FigureKind.BIRD else 0.95
    if says(words, r"big|huge|giant|large|enormous|hound"):
        build *= 1.25
    return min(1.4, max(0.6, build))


def _coat(words: str, species: Species) -> str:
    for word in re.findall(r"[a-z]+", words):
        if (colour := _colour(word)) is not None:
            return COLOURS[colour]
        if word in MATERIALS:
            return MATERIALS[word]  # a stone lion is of stone
    return species.coat or _COATS[species.kind]


def look_of(character: Character, taken: Iterable[str] = ()) -> Look:
    """Decide what a character looks like.

    Args:
        character: Who.
        taken: Colours that others of the film wear already; avoided where the script leaves a choice.

    Returns:
        The look; the same for equal arguments.
    """
    identity = character.id
    name = " ".join((character.name, *character.aliases)).lower()
    words = f"{name} {character.description}".lower()
    species = _kind(name, character.description.lower(), character.age)
    kind = species.kind
    if kind not in {FigureKind.ADULT, FigureKind.CHILD}:
        bottom = _BOTTOMS[draw(identity, "bottom", 6)]
        return Look(
            kind=kind,
            species=species.name,
            top=_coat(words, species),
            hair="bald",
            bottom=bottom,
            build=_beast_build(words, species),
        )
    settled = character.settled or Settled()
    female = is_female(identity, words) if settled.female is None else settled.female
    used = set(taken)
    start = draw(identity, "top", len(_TOPS))
    free = [COLOURS[_TOPS[(start + step * 5) % len(_TOPS)]] for step in range(len(_TOPS))]
    said = _worn(words)
    trade = trade_of(f"{_title(character)}. {character.description}".lower()) or Trade()
    spare = settled.top or next((colour for colour in free if colour not in used), free[0])
    top = COLOURS[said] if said else trade.top or spare
    broad = 1.2 if says(words, r"burly|fat|stout|heavy|big|broad|large|muscular|huge") else 1.0
    slim = 0.84 if says(words, r"thin|slim|slender|skinny|gaunt|frail|lean|lanky") else 1.0
    hair = hair_of(identity, words, female)
    # What the script puts on a head stays there, and what it dresses somebody in they wear.
    plain = says(words, _GARMENT.replace("uniform|", "").replace("|apron", ""))
    garbed = "" if plain else trade.garb
    headwear = "" if hair in {"hat", "hood"} or says(words, _HEADWEAR) else trade.headwear
    if garbed == "gown" and says(words, WIGGED):
        headwear = "wig"
    if headwear in {"veil", "helmet"} or (headwear and hair in {"cap", "curly"}):
        hair = "short"
    colour = hair_colour_of(identity, words, character.age)
    return Look(
        kind=kind,
        hair=hair,
        hair_colour=colour,
        skin=skin_of(identity, words, colour),
        female=female,
        old=is_old(words, character.age) and kind is FigureKind.ADULT,
        hat_colour=_hat_colour(words),
        top=top,
        bottom=trade.bottom or _BOTTOMS[draw(identity, "bottom", len(_BOTTOMS))],
        build=broad * slim * (0.92 if female else 1.0),
        beard=says(words, r"beard|bearded|moustache|mustache|whiskers")
        or (not female and kind is FigureKind.ADULT and draw(identity, "beard", 5) == 0),
        glasses=says(words, r"glasses|spectacles|bespectacled|goggles"),
        dress=_long(identity, words, female, trade, plain),
        garb=garbed,
        headwear=headwear,
    )


def _title(character: Character) -> str:
    """The part of a name that may be a trade: the first word of `DOCTOR WATSON`, all of `THE NURSE`; no surname."""
    words = character.name.split()
    return " ".join(words) if len(words) < 2 or words[0].lower() in {"the", "old", "young"} else words[0]


def _long(identity: str, words: str, female: bool, trade: Trade, plain: bool) -> bool:
    if says(words, r"dress|gown|robe|skirt|coat|overcoat|greatcoat|cloak|raincoat|priest|nun|monk|wizard|witch|queen"):
        return True
    if trade.long is not None and not plain:
        return trade.long
    return female and draw(identity, "dress", 3) == 0


def looks_of(characters: Sequence[Character]) -> dict[str, Look]:
    """Decide what all characters of a film look like, so that no two wear the same colour if it can be helped.

    Of those who are kept only the colours that are settled count: what is told of one of them changes no other's look.

    Returns:
        A look for each character, by id.
    """
    looks: dict[str, Look] = {}
    worn = {one.settled.top for one in characters if one.settled is not None and one.settled.top}
    for character in characters:
        if character.settled is not None:
            looks[character.id] = look_of(character)
            continue
        looks[character.id] = look_of(character, worn)
        worn.add(looks[character.id].top)
    return looks
