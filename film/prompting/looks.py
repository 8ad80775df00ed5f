"""What characters look like: from the words that introduce them, and else from their id.

A look is decided once a film and used in every shot, drawn and painted alike. What the script does not say is
taken from a hash of the character's id, so that an edit elsewhere in the script changes nobody's face.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

from film.prompting.colours import COLOURS
from film.prompting.colours import colour_named as _colour
from film.prompting.trades import Trade, trade_of
from schemas.enums import FigureKind
from schemas.script import Character, Look

_HAIR = {
    "black": "#1f1b1b",
    "brown": "#5b3a25",
    "golden": "#d9b25f",
    "orange": "#a9502a",
    "grey": "#a3a5a8",
    "white": "#e3e2de",
    "red": "#8e3322",
}
_NATURAL = ("black", "brown", "golden", "orange", "brown", "black")
_SKINS = ("#f2cdae", "#e8b793", "#d39b72", "#b97d54", "#9a6643", "#80533a")
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

_KINDS: tuple[tuple[FigureKind, str], ...] = (
    (FigureKind.DOG, r"dog|puppy|hound|terrier|wolf|fox|collie|poodle|chihuahua"),
    (FigureKind.CAT, r"cat|kitten|tomcat|lion|tiger|panther"),
    (FigureKind.HORSE, r"horse|pony|mare|stallion|donkey|mule|unicorn|deer|stag|camel|zebra"),
    (
        FigureKind.BIRD,
        r"bird|crow|raven|owl|gull|seagull|parrot|sparrow|pigeon|eagle|hen|rooster|penguin|duck|goose|swan|dove|chicken|hawk|parrot|swallow|nightingale",
    ),
    (FigureKind.ROBOT, r"robot|android|droid|machine|automaton|cyborg"),
    (FigureKind.GHOST, r"ghost|spirit|phantom|spectre|wraith"),
    (FigureKind.CLOUD, r"cloud"),
    (FigureKind.COW, r"cow|bull|ox|calf|goat|sheep|lamb|buffalo|bison|ram"),
    (FigureKind.PIG, r"pig|hog|boar|piglet"),
    (FigureKind.BEAR, r"bear|gorilla|ape|elephant|monster|troll|ogre"),
    (FigureKind.RABBIT, r"rabbit|hare|bunny|squirrel"),
    (FigureKind.MOUSE, r"mouse|rat|hedgehog|hamster|spider|crab"),
    (FigureKind.FISH, r"shark|whale|dolphin|fish|seal|mermaid-fish|crocodile"),
    (FigureKind.SNAKE, r"snake|serpent|worm|python|lizard"),
    (FigureKind.DRAGON, r"dragon|dinosaur|wyvern"),
    (FigureKind.ALIEN, r"alien|martian|extraterrestrial"),
    (FigureKind.CHILD, r"child|kid|boy|girl|toddler|son of \w+, \d|schoolboy|schoolgirl|little one|baby"),
)
_FEMALE = (
    r"\w*woman|girl|schoolgirl|she|her|lady|mother|grandmother|daughter|sister|wife|queen|prin"
    r"cess|actress|waitress|nurse"
    r"|aunt|mrs|ms|nun|witch|anna|mary|emma|eve|ruth|grace|alice|jane|kate|claire|helen|ellen|sus"
    r"an|beth|lily|rose|ingrid"
    r"|hannah|sarah|rachel|leah|joan|karen|lauren|jennifer|elizabeth|margaret|carmen|iris|vivian|marge|nell|ilse|else|pearl|dot|wren|beryl|nuala|maeve|niamh"
)
_MALE = (
    r"\w*(?<!wo)man|boy|schoolboy|he|his|him|father|grandfather|son|brother|husband|king|prince|ac"
    r"tor|waiter|uncle|mr|sir"
    r"|monk|priest|wizard|beard|bearded|moustache|tom|thomas|john|james|jack|otto|emil|peter|pau"
    r"l|david|daniel|sam|samuel"
    r"|ben|max|leo|luca|noah|joshua|elia|george|charlie|henry|frank|robert|michael|mike|adam|karl|"
    r"hans|jonas|felix|oscar"
    r"|arthur|walter|victor|marcus|simon|theo|nick|luke|mark|ray|joe|bill|harry"
)
_GARMENT = (
    r"coat|jacket|dress|shirt|sweater|hoodie|uniform|suit|robe|cloak|gown|scarf|blouse|raincoat|overalls|jumper|vest|overcoat|"
    r"greatcoat|trenchcoat|cardigan|jersey|tunic|pinafore|pullover|waistcoat|dungarees|parka|anorak|blazer|kimono|apron"
)
_HEADWEAR = r"cap|hat|beret|hood|helmet|beanie"


_LARGE_BIRDS = r"crow|raven|owl|gull|seagull|eagle|hen|rooster|penguin|duck|parrot|hawk|falcon|goose|swan|heron|stork"


def _draw(identity: str, trait: str, count: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{trait}\n{identity}".encode()).digest()[:8], "big") % count


def _says(words: str, pattern: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", words) is not None


_MODIFIERS = re.compile(
    r"\b\w+(?= (?:collars?|tattoos?|prints?|masks?|costumes?|scarf|brooch|eyes|fur|skins?|tails?|teeth|necks?|legs?|"
    r"cases?|owner|trainer|tamer|catcher|lover|keeper|farmer|dealer|walker|whisperer|handler|thief|hunter)\b)"
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


def _kind(name: str, words: str) -> FigureKind:
    # A name that is a kind wins; in the introduction only its beginning counts: "a boy with a dog" is a boy.
    words = _MODIFIERS.sub(" ", words)
    called = "" if _PERSON.search(name) else name
    if not called:
        # What introduces them may call them by the same name: a surname is no animal there either.
        parts = name.split()
        for count in range(len(parts), 1, -1):
            words = words.replace(" ".join(parts[:count]), " ")
    for text in (called, " ".join(words.split()[:8])):
        hits = [(match.start(), kind) for kind, pattern in _KINDS if (match := re.search(rf"\b(?:{pattern})\b", text))]
        if hits:
            return min(hits)[1]
    age = re.search(r"\b(\d{1,2})\b(?! (?:foot|feet|inch|stone))", words)
    return FigureKind.CHILD if age and 1 <= int(age[1]) <= 12 else FigureKind.ADULT


def _female(identity: str, words: str) -> bool:
    # The word nearest the beginning is about the person; a later one may be about somebody else, as may `a man's coat`.
    words = re.sub(r"\b\w+['’]s\b", " ", words)
    female, male = (re.search(rf"\b(?:{pattern})\b", words) for pattern in (_FEMALE, _MALE))
    if female or male:
        return male is None or (female is not None and female.start() < male.start())
    first = identity.split("-")[-1] if identity else ""
    if first.endswith(("a", "ie", "elle", "ine")):
        return True
    return _draw(identity, "hair-length", 2) == 0


def _old(words: str, years: int | None = None) -> bool:
    if years is not None and years < _AGED - 12:
        return False
    age = re.search(r"\b(\d{2})(?:s|\b)", words)
    told = _says(words, r"old|elderly|aged|ancient|grandmother|grandfather|wrinkled|retired")
    return told or (years or 0) >= _AGED or (age is not None and int(age[1]) >= _AGED)


def _hair(identity: str, words: str, female: bool) -> str:
    for style, pattern in (
        ("bald", r"bald|shaven|hairless"),
        ("hood", r"hood|hooded|cloak|hoodie"),
        ("hat", r"hat|fedora|top hat"),
        ("cap", r"cap|beanie|helmet|beret"),
        ("bun", r"bun|hair up|ponytail|braids? pinned up|beehive|chignon|topknot"),
        ("curly", r"curly|curls|afro|frizzy|wild hair"),
        ("long", r"long[- ](?:\w+ )?hair|long-haired|(?:long )?(?:\w+ )?plaits?|pigtails?|braids?|locs|dreadlocks"),
        ("short", r"short[- ](?:\w+ )?hair|crew cut|cropped"),
    ):
        if _says(words, pattern):
            return style
    choices = ("long", "bun", "curly", "long") if female else ("short", "short", "curly", "cap", "short")
    return choices[_draw(identity, "hair", len(choices))]


_HAIRS = r"hair|curls|braids?|plaits?|pigtails?|bun|beehive|chignon|ponytail|locs|bob|fringe|crew ?cut|mop|beard"


_GREYING = 48
"""Years from which hair begins to go grey, where the script says nothing else of it."""
_AGED = 60
"""Years from which somebody looks old."""
_HAIR_GREYING = ("#6b6460", "#7c746c", "#8a8683")


def _hair_colour(identity: str, words: str, age: int | None = None) -> str:
    found = re.finditer(rf"\b([a-z-]+)(?: (?:curly|long|short|wavy|straight|thinning))? (?:{_HAIRS})\b", words)
    said = next((colour for match in found if (colour := _colour(match[1]))), None)
    dyed = re.search(r"\b(?:hair|curls)\b[^.;]{0,24}\b(?:colou?r|dyed)(?: of)? ([a-z-]+)", words)
    said = said or (_colour(dyed[1]) if dyed else None)
    if said in _HAIR:
        return _HAIR[said]
    if said is not None:
        return COLOURS[said]
    if _says(words, r"blond|blonde"):
        return _HAIR["golden"]
    if _says(words, r"redhead|ginger"):
        return _HAIR["orange"]
    if age and _GREYING <= age < _AGED:
        return _HAIR_GREYING[_draw(identity, "hair-colour", len(_HAIR_GREYING))]
    if _old(words, age):
        return _HAIR["white" if _draw(identity, "white", 2) else "grey"]
    if _says(words, _COMPLEXIONS[0][0]) or _says(words, r"asian|chinese|japanese|korean|indian|african"):
        return _HAIR["black"]
    return _HAIR[_NATURAL[_draw(identity, "hair-colour", len(_NATURAL))]]


_COMPLEXIONS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (r"black (?:\w+ )?(?:man|woman|girl|boy|child|lady|kid|teenager|male|female|american)|african\w*|nigerian|kenyan|"
     r"ethiopian|jamaican|(?:dark|deep|ebony|black)[- ]skin\w*|dark complexion", (5, 4)),
    (r"brown[- ]skin\w*|indian|pakistani|bengali|tamil|native american|aboriginal|maori|latin[oa]|mexican|cuban|"
     r"egyptian|moroccan|arab\w*", (3, 4)),
    (r"tanned|sun-?burn\w*|olive[- ]skin\w*|weather-?beaten|bronzed|spanish|italian|greek|turkish|persian|iranian|"
     r"sicilian", (2, 3)),
    (r"asian|chinese|japanese|korean|vietnamese|thai", (1, 1)),
    (r"pale|fair[- ]skin\w*|white[- ]skin\w*|freckle\w*|porcelain|pallid|ashen|albino|ginger|red-?head\w*|blonde?|"
     r"blond-?haired|irish|scottish|swedish|norwegian|danish|finnish|white (?:man|woman|girl|boy)", (0, 1)),
)  # fmt: skip
"""What the script says of skin, and what hair says of it where it does not: indices of `_SKINS`."""


def _skin(identity: str, words: str, hair_colour: str) -> str:
    for pattern, choices in _COMPLEXIONS:
        if _says(words, pattern):
            return _SKINS[choices[_draw(identity, "skin", len(choices))]]
    if hair_colour in {_HAIR["golden"], _HAIR["orange"], _HAIR["red"]}:
        return _SKINS[_draw(identity, "skin", 2)]
    return _SKINS[_draw(identity, "skin", len(_SKINS))]


def _hat_colour(words: str) -> str:
    for word in re.findall(rf"\b([a-z-]+)(?= (?:\w+ )?(?:{_HEADWEAR})s?\b)", words):
        if (colour := _colour(word)) is not None:
            return COLOURS[colour]
    return ""


def _worn(words: str) -> str | None:
    # Headwear is drawn in the colour of the clothes: its colour counts where theirs is not told.
    for garments in (_GARMENT, _HEADWEAR):
        for word in re.findall(rf"\b([a-z-]+)(?= (?:\w+ )?(?:{garments})s?\b)", words):
            if (colour := _colour(word)) is not None:
                return colour
    return None


def _beast_build(words: str, kind: FigureKind) -> float:
    """How large an animal is in relation to its kind: an owl is no sparrow, a puppy no hound."""
    build = 0.64 if kind is FigureKind.BIRD and not _says(words, _LARGE_BIRDS) else 1.0
    if _says(words, r"puppy|kitten|foal|lamb|kid|calf|small|little|tiny|chihuahua|terrier|pony|donkey"):
        build *= 0.8 if kind is not FigureKind.BIRD else 0.95
    if kind is FigureKind.COW and _says(words, rf"{_WOOLLY}|goats?|kid"):
        build *= 0.62
    if _says(words, r"big|huge|giant|large|enormous|hound|wolf|eagle|penguin"):
        build *= 1.25
    return min(1.4, max(0.6, build))


def _coat(words: str, kind: FigureKind) -> str:
    for word in re.findall(r"[a-z]+", words):
        if (colour := _colour(word)) is not None:
            return COLOURS[colour]
    if _says(words, _WOOLLY):
        return "#e9e3d6"
    return _COATS[kind]


_WOOLLY = r"lambs?|sheep|ewes?|rams?"


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
    kind = _kind(name, character.description.lower())
    if kind not in {FigureKind.ADULT, FigureKind.CHILD}:
        bottom = _BOTTOMS[_draw(identity, "bottom", 6)]
        hair = "curly" if kind is FigureKind.COW and _says(words, _WOOLLY) else "bald"
        return Look(kind=kind, top=_coat(words, kind), hair=hair, bottom=bottom, build=_beast_build(words, kind))
    female = _female(identity, words)
    used = set(taken)
    start = _draw(identity, "top", len(_TOPS))
    free = [COLOURS[_TOPS[(start + step * 5) % len(_TOPS)]] for step in range(len(_TOPS))]
    said = _worn(words)
    trade = trade_of(f"{_title(character)}. {character.description}".lower()) or Trade()
    top = COLOURS[said] if said else trade.top or next((colour for colour in free if colour not in used), free[0])
    broad = 1.2 if _says(words, r"burly|fat|stout|heavy|big|broad|large|muscular|huge") else 1.0
    slim = 0.84 if _says(words, r"thin|slim|slender|skinny|gaunt|frail|lean|lanky") else 1.0
    hair = _hair(identity, words, female)
    # What the script puts on a head stays there, and what it dresses somebody in they wear.
    plain = _says(words, _GARMENT.replace("uniform|", "").replace("|apron", ""))
    headwear = "" if hair in {"hat", "hood"} or _says(words, _HEADWEAR) else trade.headwear
    if headwear in {"veil", "helmet"} or (headwear and hair in {"cap", "curly"}):
        hair = "short"
    colour = _hair_colour(identity, words, character.age)
    return Look(
        kind=kind,
        hair=hair,
        hair_colour=colour,
        skin=_skin(identity, words, colour),
        female=female,
        old=_old(words, character.age) and kind is FigureKind.ADULT,
        hat_colour=_hat_colour(words),
        top=top,
        bottom=trade.bottom or _BOTTOMS[_draw(identity, "bottom", len(_BOTTOMS))],
        build=broad * slim * (0.92 if female else 1.0),
        beard=_says(words, r"beard|bearded|moustache|mustache|whiskers")
        or (not female and kind is FigureKind.ADULT and _draw(identity, "beard", 5) == 0),
        glasses=_says(words, r"glasses|spectacles|bespectacled|goggles"),
        dress=_long(identity, words, female, trade, plain),
        garb="" if plain else trade.garb,
        headwear=headwear,
    )


def _title(character: Character) -> str:
    """The part of a name that may be a trade: the first word of `DOCTOR WATSON`, all of `THE NURSE`; no surname."""
    words = character.name.split()
    return " ".join(words) if len(words) < 2 or words[0].lower() in {"the", "old", "young"} else words[0]


def _long(identity: str, words: str, female: bool, trade: Trade, plain: bool) -> bool:
    if _says(words, r"dress|gown|robe|skirt|coat|overcoat|greatcoat|cloak|raincoat|priest|nun|monk|wizard|witch|queen"):
        return True
    if trade.long is not None and not plain:
        return trade.long
    return female and _draw(identity, "dress", 3) == 0


def looks_of(characters: Sequence[Character]) -> dict[str, Look]:
    """Decide what all characters of a film look like, so that no two wear the same colour if it can be helped.

    Returns:
        A look for each character, by id.
    """
    looks: dict[str, Look] = {}
    for character in characters:
        looks[character.id] = look_of(character, (look.top for look in looks.values()))
    return looks


def _nearest(colour: str, names: Mapping[str, str]) -> str:
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))

    def distance(name: str) -> int:
        other = names[name]
        return sum((a - int(other[i : i + 2], 16)) ** 2 for a, i in ((red, 1), (green, 3), (blue, 5)))

    return min(names, key=distance)


def words_of(character: Character, look: Look) -> str:
    """Describe a character for a painter; the same words in every shot.

    Args:
        character: Who; the script's own introduction is not repeated, since the look was read from it.
        look: Their look.

    Returns:
        A noun phrase without the character's name, such as `an old woman with grey hair in a bun, a red coat`.
    """
    if look.kind not in {FigureKind.ADULT, FigureKind.CHILD}:
        phrase = f"{_nearest(look.top, COLOURS)} {look.kind.value}"
        return f"{_article(phrase)} {phrase}"
    words = f"{character.name} {character.description}".lower()
    female = _female(character.id, words)
    noun = {True: ("girl", "woman"), False: ("boy", "man")}[female][look.kind is FigureKind.ADULT]
    build = "burly " if look.build > 1.1 else "slender " if look.build < 0.85 else ""
    age = "old " if look.old and look.kind is FigureKind.ADULT else "young " if look.kind is FigureKind.CHILD else ""
    hair = _nearest(look.hair_colour, _HAIR).replace("golden", "blond").replace("orange", "auburn")
    worn = {
        "bald": "a bald head",
        "bun": f"{hair} hair in a bun",
        "cap": f"{hair} hair under a cap",
        "hat": f"{hair} hair under a hat",
        "hood": f"a hood over {hair} hair",
    }
    tone = ("fair", "light", "olive", "brown", "dark brown", "deep brown")[_SKINS.index(look.skin)]
    parts = [worn.get(look.hair, f"{look.hair} {hair} hair"), f"{tone} skin"]
    parts += ["a beard"] * look.beard + ["glasses"] * look.glasses
    parts += [_ON_HEAD[look.headwear]] if look.headwear else []
    garment = (
        _nearest(look.top, COLOURS) + " " + _OVER[look.garb]
        if look.garb
        else _nearest(look.top, COLOURS) + (" coat" if not female else " dress")
        if look.dress
        else (_nearest(look.top, COLOURS) + (" shirt" if not female else " blouse"))
    )
    phrase = f"{age}{build}{noun}"
    return f"{_article(phrase)} {phrase} with {', '.join(parts)}, in {_article(garment)} {garment}"


_OVER = {
    "oilskin": "oilskin coat",
    "sweater": "roll-neck sweater",
    "stripes": "striped sailor's shirt",
    "labcoat": "lab coat",
    "apron": "shirt under an apron",
    "uniform": "uniform",
    "vest": "waistcoat over a shirt",
    "overalls": "shirt under overalls",
    "robe": "robe",
    "cassock": "cassock",
}
_ON_HEAD = {
    "knit": "a knitted cap",
    "peaked": "a peaked cap",
    "toque": "a cook's hat",
    "crown": "a crown",
    "straw": "a straw hat",
    "pointed": "a pointed hat",
    "coif": "a nurse's cap",
    "veil": "a veil",
    "helmet": "a helmet",
}


def _article(phrase: str) -> str:
    return "an" if phrase[0] in "aeiou" else "a"
