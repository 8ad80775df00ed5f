"""Words in the sense in which an action uses them: what only compares, denies or qualifies is not to be seen.

A draughtsman's vocabulary is of words. A `sink` may be a basin, an `army jacket` is no army, who walks `without
hurrying` walks, and `as if it might explode` nothing explodes. All readers of an action read it through `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from film.direction.idioms import plainly
from film.prompting.gates import any_of, follow, letters_of
from film.prompting.openings import spelled
from film.prompting.sense_rows import SENSES
from film.prompting.species import ANIMALS

_COMPARED = re.compile(
    r"\b(?:as (?:if|though)|the size of|the colou?r of|no bigger than|larger than|reminds? \w+ of)\b[^.;,!?\n]*"
    r"|\b(?<!look )(?<!looks )(?<!looked )(?<!would )like (?:an?|the|some|two)\s[^.;,!?\n]*"
    r"|\bas (?!(?:soon|far|well|much|many|if|though)\b)\w+(?: and \w+)? as [^.;,!?\n]*"
    r"|\b(?:bald|white|black|red|pale|cold|quiet|quietly|gentle|gently|quick|quickly|fast|slow|slowly|still|big|"
    r"small|long|"
    r"thin|fat|round|bright|dark|hard|soft|softly|smooth|flat|clean|calm|calmly|proud|strong|old|tall|high|"
    r"straight|stiff|"
    r"silent|silently|good|blind|thick|loud|loudly|light|lightly|careful|carefully|green|blue|yellow|brown|grey|sharp|"
    r"brave) as an? [^.;,!?\n]*|^as (?:an?|the) \w+\b(?= and\b)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:the|his|her|their|a) (?:\w+ )?\w+ (?:is|was|were|are)(?: not|n['’]t) (?:there|here|at home)\b|"
    r"\bwithout\s+(?:a word|\w+ing\b|the slightest)[^.;,!?\n]*"
    r"|\b(?:not|never|nothing|nobody|no one|(?:can|could|did|do|does|is|was|were|would|must|has|had|wo)n['’]t)\s+"
    r"(?:\w+ly\s+)?\w+(?:ing|ed|en)?\b(?:\s+(?:an?|any)\s+(?:\w+\s+)?\w+)?"
    r"|\bnot yet \w+\b|\b(?:no|any) (?:coat|hat|shoes?|boots?|gloves?|scarf|socks|gun|money|door|"
    r"window|sign|lamp|lights?|key|map|phone|car|boat|horse|food|bread|water|trains?|tree|trees|book|letter|bed|chair|fire)\b",
    re.IGNORECASE,
)
_GARMENT = (
    r"jackets?|coats?|overcoats?|boots?|shirts?|trousers|uniforms?|jerseys?|jumpers?|sweaters?|blouses?|tunics?|"
    r"pinafores?|hats?|caps?|gloves?|suits?|dress(?:es)?|scarf|scarves|cardigans?|waistcoats?|shorts|collars?|"
    r"badges?|ties?|helmets?|belts?|socks?|shoes|apron|blankets?"
)
_QUALIFIES = re.compile(
    rf"\b(?:army|navy|school|police|fire|work|fisherman['’]s|sailor['’]s|soldier['’]s|nurse['’]s|mechanic['’]s|"
    rf"man['’]s|woman['’]s|boy['’]s|girl['’]s|dog|bow|wedding|bomber|flight|crew|student['’]s|baker['’]s)\s+"
    rf"(?=(?:\w+\s+)?(?:{_GARMENT})\b)",
    re.IGNORECASE,
)
_ANIMALS = "|".join(sorted(ANIMALS, key=len, reverse=True))
_THINGS = (
    r"apple|orange|pear|cherry|lemon|plum|bread|butter|cake|fish|egg|meat|soup|fruit|flower|rose|tea|coffee|beer|wine|"
    r"milk|water|bottle|glass|cup|plate|bowl|knife|pot|book|newspaper|letter|paper|card|map|picture|photo|key|gun|"
    r"sword|bomb|bell|clock|watch|lamp|candle|lantern|torch|fire|coal|piano|violin|guitar|cello|trumpet|drum|organ|"
    r"door|gate|window|table|desk|chair|bed|ticket|sofa|bench|stove|oven|mirror|box|hat|coat|shoe|boot|cigarette|tobacco|"
    r"car|truck|bus|train|boat|ship|plane|bicycle|bike|wagon|ladder|tree|luggage|suitcase|money|gold|ball|phone|"
    r"telephone|radio|computer|ring|star|heart|stone|rope|net"
)
_PARTS = (
    r"handles?|knobs?|legs?|lids?|keys?|keyboard|strings?|pedals?|shades?|tops?|edges?|corners?|rims?|frames?|sills?|"
    r"ledges?|panes?|glass|bells?|wheels?|wings?|sails?|doors?|windows?|seats?|bonnet|hood|mirrors?|drawers?|spines?|"
    r"pages?|covers?|blades?|hilts?|strap|straps|arms?|backs?|buckles?|laces?|rungs?|light|lights|flames?|wicks?|"
    r"posts?|bars?|bolts?|hinges?|latch|lock|locks|hands?|dial|trunks?|roots?|branch|branches"
)
_WHOLES = (
    "piano|door|gate|window|table|desk|chair|bed|sofa|bench|stove|oven|lamp|lantern|candle|car|truck|bus|train|boat|"
    "plane|bicycle|bike|ladder|violin|guitar|cello|organ|clock|watch|book|sword|tree|suitcase|phone|radio|computer"
)
_PART = re.compile(rf"\b({_WHOLES})[\s-](?:{_PARTS})\b", re.IGNORECASE)
"""Part of a whole, as the key of a piano or the handle of a door: the whole is what is to be seen."""
_HEADS = (
    r"shops?|stores?|stalls?|shel(?:f|ves)|rack|rail|stand|park|clubs?|cases?|rooms?|board|ring|towers?|"
    r"cellars?|holes?|trap|race|show|market|factory|work|company|crate|cart|drivers?|dealers?|sellers?|"
    r"makers?|keepers?|owners?|lovers?|thie(?:f|ves)|bearers?|players?|stroke|line|mark|trail|track|print|"
    r"paws?|head|skins?|furs?|feathers?|bones?|meat|flesh|soup|stew|broth|pies?|juice|peels?|peelings?|pips?|crumbs?|"
    r"blossoms?|stumps?|logs?|orchards?|trees?|groves?|beds?|petals?|seeds?|fields?|food|dung|droppings|shoes?|"
    r"chestnuts?|boxe?s?|"
    r"bins?|roll|tins?|towels?|tables?|tray|gardens?|set|urns?|trolleys?|jugs?|churns?|teeth|bottles?|glasses|"
    r"kni(?:fe|ves)|spoons?|tags?|bags?|cup|cuttings?|cleaners?|seats?|licence|tickets?|tax|parts?|smoke|time|hour|"
    r"lessons?|teachers?|music|song|talk|poison|run|chase|costumes?|masks?|toys?|whisperers?|trainers?|tamers?|"
    r"catchers?|farmers?|tongs|engines?|station|stations|offices?|counters?|booths?|collectors?|scissors|brigade|escape|drill|exit|place|places|side|sides|wood"
)
_STREETS, _LIGHTS = "street|station|platform|harbou?r|strip|head", "lamps?|lights?|clocks?|bells?"
_COMPOUND = re.compile(
    rf"\b(?:{_THINGS}|{_ANIMALS})(?:\s+|-(?!case))(?=(?:{_HEADS})\b)|\b(?:{_STREETS})[\s-]?(?:{_LIGHTS})\b",
    re.IGNORECASE,
)
"""A thing that only says of what sort another is: a book club, an apple tree, a horse race; and what streets have."""
_STATUE = re.compile(
    r"\b(?:stone|bronze|marble|plaster|granite|stuffed|carved|concrete|wooden|iron|porcelain|toy)\s+(?:\w+\s+)?"
    r"(?:angels?|kings?|queens?|soldiers?|knights?|saints?|gnomes?|heads?|figures?|man|woman)\b"
    r"|\b(?:garden)\s+gnomes?\b",
    re.IGNORECASE,
)
"""An image of somebody."""
_INSTRUMENTS = frozenset({"piano", "organ", "harpsichord"})
_CARVED = frozenset(
    "stone bronze marble plaster granite stuffed carved concrete wooden iron porcelain toy garden".split()
)
_OF_SORTS = frozenset(_THINGS.split("|")) | ANIMALS
_SORTED = spelled(_HEADS)
_LIT, _LIT_BY = spelled(_STREETS), spelled(_LIGHTS)
_STREETLAMPS = frozenset(where + what for where in _LIT for what in _LIT_BY)
_HAVE_PARTS, _ARE_PARTS = frozenset(_WHOLES.split("|")), spelled(_PARTS)
_ITS_KEYS = re.compile(r"\b(?<!piano )keys?\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b((?:on|to|against|across|at|in|into|upon)\s+(?:the\s+)?(?:his|her|their|my|your|\w+['’]s)\s+)chest\b",
    re.IGNORECASE,
)
_PEEL = re.compile(
    r"\b(?:under |beneath )?(?:the )?(?:orange |apple |lemon |potato )?(?:peel|peelings)\b", re.IGNORECASE
)

_ANY_SENSE = any_of(pattern for pattern, _ in SENSES)

# Most actions hold none of the words that a pattern needs one of: to know that costs less than to look for it.
_COMPARING = frozenset("as size colour color bigger larger remind reminds like".split())
_DENYING = frozenset("without not never nothing nobody no any t".split())
"""`t`: of `didn't`."""
_QUALIFYING = frozenset(
    "army navy school police fire work fisherman sailor soldier nurse mechanic man woman boy girl dog bow wedding "
    "bomber flight crew student baker".split()
)
_PEELS = frozenset({"peel", "peelings"})
_AMBIGUOUS = frozenset(
    "sink glass glazed glasses case sleeper flags milk water wine beer tea coffee juice bowls bow roast roasted fried "
    "boiled grilled smoked baked stewed picture pictures rakes raked raking range lay lays laid put puts lies chin "
    "punches punched break breaks broke crack cracks cracked chipped broken draw draws drew drawn drawing note notes "
    "ring rings button buttons earring earrings staff stick drop eye eyes jaw face heart stomach voice smile spirit "
    "run runs ran running bolt bolts bolted knock knocks knocked knocking kicking seal fire lie lying spirits "
    "beat beats beating hands give gives gave giving rows row spring paint slap slaps slapped slapping hit hits "
    "took shove shoves shoved shoving struggle struggles struggled struggling wrestle wrestles wrestled wrestling "
    "fight fights fought kick kicks kicked dig digs dug digging burst bursts take takes took taking catch catches "
    "gone missing absent nowhere drive drives drove driving herd herds herded herding "
    "orange left stop stops stopped cease ceases ceased finish finishes finished quit quits "
    "curls locks tresses braid braids plait plaits ringlets hair cloak skirt skirts robe robes gown veil "
    "camera caught hold holds held holding shoot shoots shot throw throws threw "
    "torch torchlight torches beam trunk trunks rowing boat boats launch motor hearts spades clubs diamonds cap caps "
    "hat hats bonnet bonnets beret berets hood hoods helmet helmets breaking tin tins box boxes lunch sandwich dinner "
    "bun buns figures photo photos photograph photographs painting paintings drawings portrait portraits snapshot "
    "stars engine engines snapshots postcard postcards video videos watch watches watched watching saw see sees let "
    "lets pail pails".split()
)
NEEDED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (_COMPARED, _COMPARING),
    (_DENIED, _DENYING),
    (_QUALIFIES, _QUALIFYING),
    (_PEEL, _PEELS),
    (_STATUE, _CARVED),
    (_BODY, frozenset({"chest"})),
    *((pattern, _AMBIGUOUS) for pattern, _ in SENSES),
)
"""For each pattern words of which it needs one."""


@lru_cache(maxsize=4096)
def plain(action: str) -> str:
    """Say an action with those words only that are to be seen.

    Args:
        action: What happens, in the script's words.

    Returns:
        The action without comparisons, denials and qualifying nouns, and with words of two senses in the one that
        is meant. Reading it again changes nothing that matters.
    """
    action = plainly(action)
    said = letters_of(action)
    told = set(said)
    text = action if told.isdisjoint(_COMPARING) else _COMPARED.sub(" ", action)
    text = text if told.isdisjoint(_DENYING) else _DENIED.sub(" ", text)
    for pattern, other in SENSES if not told.isdisjoint(_AMBIGUOUS) and _ANY_SENSE.search(text) else ():
        text = pattern.sub(other, text)
    if text != action:
        said = letters_of(text)
    words, before = set(said), text
    if words & _INSTRUMENTS:
        text = _ITS_KEYS.sub("piano", text)
    text = text if told.isdisjoint(_PEELS) else _PEEL.sub("rind", text)
    text = text if words.isdisjoint(_QUALIFYING) else _QUALIFIES.sub("", text)
    if words & _CARVED:
        text = _STATUE.sub("statue", text)
    if "chest" in words:
        text = _BODY.sub(r"\1breast", text)
    if text != before:
        said = letters_of(text)
    if _parted(said):
        text = _PART.sub(r"\1", text)
        said = letters_of(text)
    return _COMPOUND.sub("", text) if _compounded(said) else text


def _parted(words: Sequence[str]) -> bool:
    """Whether a text may tell of a part of something."""
    return follow(words, _HAVE_PARTS, _ARE_PARTS)


def _compounded(words: Sequence[str]) -> bool:
    """Whether a text may hold a thing that only says of what sort another is."""
    return follow(words, _OF_SORTS, _SORTED) or follow(words, _LIT, _LIT_BY) or not _STREETLAMPS.isdisjoint(words)


GATES: tuple[tuple[re.Pattern[str], Callable[[Sequence[str]], bool]], ...] = (
    (_PART, _parted),
    (_COMPOUND, _compounded),
)
"""For patterns of two words whether the words of a text, in order, leave it open that one is in it."""


def told_in(props: Sequence[str], action: str, seen: str) -> tuple[str, ...]:
    """Those of a shot's props that its action still names when it is read by its sense.

    Args:
        props: As the director took them from the words.
        action: The action.
        seen: The same, read by `plain`.
    """
    if action == seen:
        return tuple(props)
    said, left = action.lower(), seen.lower()

    def named(prop: str, text: str) -> bool:
        return re.search(rf"(?<![\w-]){re.escape(prop.lower())}(?:e?s)?(?![\w-])", text) is not None

    return tuple(prop for prop in props if not named(prop, said) or named(prop, left))
