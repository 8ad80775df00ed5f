"""Words in the sense in which an action uses them: what only compares, denies or qualifies is not to be seen.

A draughtsman's vocabulary is of words. A `sink` may be a basin, an `army jacket` is no army, who walks `without
hurrying` walks, and `as if it might explode` nothing explodes. All readers of an action read it through `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from film.prompting.gates import any_of, follow, letters_of
from film.prompting.openings import spelled
from film.prompting.species import ANIMALS

_COMPARED = re.compile(
    r"\b(?:as (?:if|though)|the size of|the colou?r of|no bigger than|larger than|reminds? \w+ of)\b[^.;,!?\n]*"
    r"|\b(?<!look )(?<!looks )(?<!looked )(?<!would )like (?:an?|the|some|two)\s[^.;,!?\n]*",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\bwithout\s+(?:a word|\w+ing\b|the slightest)[^.;,!?\n]*"
    r"|\b(?:not|never|nothing|nobody|no one|(?:can|could|did|do|does|is|was|were|would|must|has|had|wo)n['’]t)\s+"
    r"(?:\w+ly\s+)?\w+(?:ing|ed|en)?\b"
    r"|\bnot yet \w+\b|\b(?:no|any) (?:coat|hat|shoes?|gun|money|door|window|sign)\b",
    re.IGNORECASE,
)
_GARMENT = (
    r"jackets?|coats?|overcoats?|boots?|shirts?|trousers|uniforms?|jerseys?|jumpers?|sweaters?|blouses?|tunics?|"
    r"pinafores?|hats?|caps?|gloves?|suits?|dress(?:es)?|scarf|scarves|cardigans?|waistcoats?|shorts|collars?|"
    r"badges?|ties?|helmets?|belts?|socks?|shoes|apron"
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
    r"door|gate|window|table|desk|chair|bed|sofa|bench|stove|oven|mirror|box|hat|coat|shoe|boot|cigarette|tobacco|"
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
    r"blossoms?|stumps?|logs?|orchards?|trees?|groves?|beds?|petals?|seeds?|fields?|food|dung|droppings|shoes?|chestnuts?|boxe?s?|"
    r"bins?|roll|tins?|towels?|tables?|tray|gardens?|set|urns?|trolleys?|jugs?|churns?|teeth|bottles?|glasses|"
    r"kni(?:fe|ves)|spoons?|tags?|bags?|cup|cuttings?|cleaners?|seats?|licence|tickets?|tax|parts?|smoke|time|hour|"
    r"lessons?|teachers?|music|song|talk|poison|run|chase|costumes?|masks?|toys?|whisperers?|trainers?|tamers?|"
    r"catchers?|farmers?|tongs|engines?|station|stations|brigade|escape|drill|exit|place|places|side|sides|wood"
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

_Sense = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _row(pattern: str, other: str) -> _Sense:
    return re.compile(pattern, re.IGNORECASE), other


_SENSES: tuple[_Sense, ...] = (
    # A beat is a pause, or a heart's: nobody is beaten.
    _row(r"\b(?:(?:a|another|the|one|long|brief|short|half a) )*beats?(?=\s*(?:[.,;:!?)—–]|$))", " "),
    # What is drawn is drawn out, but for pictures and weapons.
    _row(r"\bdr(?:ew|aws?)\b(?!\s+(?:[\w'’-]+\s+){0,4}?(?:pictures?|sketch\w*|maps?|plans?|lines?|circles?|cross\w*|"
         r"faces?|hearts?|portraits?|diagrams?|balance|houses?|animals?|figures?|stars?|squares?|on (?:the|a)|"
         r"in the (?:sand|dust|snow|dirt|air)|with (?:a|his|her|the)|gun|pistol|revolver|weapon|blaster|swords?|sabre|"
         r"blade|knife|dagger|rifle)\b)", "pulls"),
    _row(r"(?<!\bhas )(?<!\bhad )(?<!\bhave )\bdrawn\b", "taut"),
    _row(r"\b(?:(?:both|two|bare|bloody|wet|cold|gloved|small|shaking|trembling|empty|cupped|bound|tied|dirty|old) )?"
         r"hands (?=(?:in|on|behind|over|at|under|flat|deep|clasped|folded|shak\w+|trembl\w+|together|full|are)\b)",
         "arms "),
    _row(r"\bl(?:ies?|ying) (?=(?:to (?:him|her|them|me|us|you)|about)\b)", "speaks "),
    _row(r"\b(?:an? |the )?(?:\w+ )?fire (?:\w+ ){0,2}?(?:in|on) (?:the|a|its) (?:\w+ )?(?:hearth|"
         r"fireplace|grate|range)\b", "the hearth"),
    _row(r"\bg(?:ives?|ave)(?= (?:up|in|way|out)\b)", "yields"),
    (re.compile(r"\bg(?:ives?|ave|iving)( (?:him|her|them|[A-Z]\w+))? an? (?:[\w-]+ )?(nod|smile|look|glance|sigh|"
                r"shrug|laugh|wink|grin|kiss|hug|bow|salute|push|shove|kick|punch|slap|wave)\b", re.IGNORECASE),
     lambda match: f"{match[2]}{'es' if match[2].lower().endswith(('s', 'sh', 'ch')) else 's'}{match[1] or ''}"),
    _row(r"\b(?:br(?:oke|eaks?|eaking) (?:the|a|its)|wax|royal|broken|unbroken) seal\b", "wax"),
    _row(r"\bbolt(?:s|ed)? (?=(?:the|a|it|his|her) )", "fastens "),
    _row(r"\bknock(?:s|ed|ing)? (?=(?:loose|over|off|back)\b|(?:it|the|a|his|her) "
         r"(?:\w+ ){1,3}?(?:over|off|aside|loose)\b)",
         "pushes "),
    _row(r"\bkick(?:s|ed|ing)? (?=(?:the|a|at the|his|over the) (?:\w+ )?(?:stove|wall|table|box|tyre|tire|wheel|"
         r"machine|chair|bed|car|sand|leg|boards?)\b)", "pushes "),
    _row(r"\br(?:uns?|an|unning) (?:(?:his|her|their|one|a) )(?:\w+ )?"
         r"(?:thumb|fingers?|fingertips?|hands?|eyes?|tongue|palm)\b",
         "strokes"),
    _row(r"\brows (?=of\b)", "lines "),
    _row(r"\b(front|back|first|second|last|next|long|neat|third|double) row\b", r"\1 line"),
    _row(r"\b(in|of|last|next|this|early|late|every) spring\b", r"\1 season"),
    _row(r"\b(peeling|flaking|wet|fresh|of|with|white|red|blue|green|yellow|black|oil|face) paint\b", r"\1 colour"),
    _row(r"\b((?:open|clos|shut|click|carr|hold|held|hug|lift|unlock|pack|grab|snap|swing|swung|slid|clutch)\w* "
         r"(?:the|a|an|his|her|its) (?:(?!cello|guitar|violin|instrument)\w+ )?)case\b", r"\1suitcase"),
    _row(r"\b(leather|medical|doctor['’]s) case\b", r"\1 suitcase"),
    # Blows that hit nobody.
    _row(r"\bslap(?:s|ped|ping)? (?=(?:[\w'’-]+ ){1,4}?(?:on|onto|down|into) (?:the|a|his|her)\b)", "puts "),
    _row(r"\b(?:slap(?:s|ped|ping)?|hits?) (?=(?:a|the) (?:\w+ )?(?:switch|button|table|desk|wall|counter|bar|dough|"
         r"lights?|bell|keys?)\b|dumplings)", "presses "),
    _row(r"\bshov(?:es?|ed|ing) (?=(?:it|the|a|an|his|their|some|one) )", "pushes "),
    _row(r"\bstruggl(?:es?|ed|ing) (?=(?:to|up|into|through|out|along|on)\b)", "moves "),
    _row(r"\bstruggl(?:es?|ed|ing) (?=with (?:the|a|an|his|her \w|it)\b)", "operates "),
    _row(r"\bwrestl(?:es?|ed|ing) (?=(?:with )?(?:the|a|an|his|it|open)\b)", "pulls "),
    _row(r"\bf(?:ights?|ought) (?:back|off)? ?(?:the urge|sleep|(?:his |her )?tears|a smile)\b", "waits"),
    _row(r"\bkick(?:s|ed)? off (?=(?:his|her|their) )", "removes "),
    _row(r"\bd(?:igs?|ug|igging) (?=(?:in|into|through|around|out of) (?:his|her|the|a) (?:\w+ )?(?:pockets?|bag|purse|"
         r"boot|coat|jacket|handbag|satchel|drawer|box|heels))", "searches "),
    _row(r"\bbursts?(?: out)? (?=laughing\b)|\bbursts? (?:out )?into laughter\b", "laughs "),
    _row(r"\bbeat(?:s|ing)? (?=(?:the |some |two |three )?(?:eggs?|batter|cream|dough|rug|carpet)\b)", "stirs "),
    # What is taken, caught or thrown, and is no thing.
    _row(r"\bt(?:akes?|ook|aking) (?:a|another|one) (?:\w+ )?(?:drink|sip|swig|gulp)\b", "drinks"),
    _row(r"\bt(?:akes?|ook|aking) (?:a|another|one) (?:\w+ )?bite\b", "bites"),
    _row(r"\bt(?:akes?|ook|aking) (?:careful )?aim\b", "aims"),
    _row(r"\bt(?:akes?|ook|aking) (?:\w+ )?notes\b", "writes"),
    _row(r"\bt(?:akes?|ook|aking) cover\b", "hides"),
    _row(r"\bt(?:akes?|ook|aking) off (?=(?:running|down|up|across|after|into|through|towards?|along|at)\b)", "runs "),
    _row(r"\bc(?:atch(?:es)?|aught) (?:(?:his|her|\w+['’]s) (?:own )?(?:breath|eye)|sight|a glimpse)\b", "looks"),
    _row(r"\bh(?:olds?|eld|olding) (?:his|her|\w+['’]s|their) (?:breath|gaze|tongue|stare|ground)\b", "waits"),
    _row(r"\b(?:sh(?:oots?|ot)|thr(?:ows?|ew)) (?:(?:him|her|them|[a-z]+) )?an? (?:[\w-]+ )?"
         r"(?:look|glance|smile|glare)\b", "glances"),
    _row(r"\bshoots? (?=(?:up|out|through|past|across|forward|to (?:his|her) feet)\b)", "rushes "),
    _row(r"\bthr(?:ows?|ew) open\b", "opens"),
    _row(r"\bthr(?:ows?|ew) (?:him|her|it)self\b", "falls"),
    # A sink is a verb of ships and suns, and else a basin: it has an article.
    _row(r"\b(the|a|an|his|her|their)\s+(?:(?:cracked|kitchen|bathroom|stone|steel|old|empty|full|dirty|white)\s+)*"
         r"sink\b", r"\1 basin"),
    _row(r"\b(?:down|against|through|behind|on|from|into|at|across|off|of)\s+(?:the|a|that|this)\s+(?:\w+\s+)?glass\b"
         r"(?!\s+(?:of|in|to|from|with)\b)", "at the pane"),
    _row(r"\b(?:broken|shattered|smashed|shards? of|splinters? of|pieces? of|bits? of|stained|plate|looking)\s+glass\b",
         "shards"),
    _row(r"\b(?:glass|glazed)\s+(?=doors?|roofs?|walls?|cases?|jars?|bowls?|eyes?|cabinets?|houses?|panels?)", ""),
    _row(r"\bglasses\b(?=\s+(?:and (?:wipes|polishes|cleans)|off|on|up|down (?:his|her))\b)", "spectacles"),
    _row(r"\b(takes? off|took off|puts? on|put on|adjusts?|wipes?|removes?|polishes)\s+(his|her|their)\s+glasses\b",
         r"\1 \2 spectacles"),
    _row(r"\b(cello|guitar|violin|instrument)s? case\b", r"\1-case"),
    _row(r"\b(?:carriage|night|express)[- ]sleeper\b|\bsleeper (?=train|car|carriage)", "train "),
    _row(r"\b(on|onto|across|crossed|over|between) the flags\b", r"\1 the floor"),
    _row(r"\b(?:milk|water|wine|beer|tea|coffee|juice)\s+(?=(?:ran|runs|spill(?:s|ed)|drip(?:s|ped)|spreads?|flow(?:s|ed))\b)",
         "it "),
    # Who bowls throws; a bow tie is tied; a small bow is bent.
    _row(r"\band bowls\b|\bbowls (?=overarm|underarm|him|her|the|at)", "and throws "),
    _row(r"\b(?:a|his|her) bow tie\b|\bbow[- ]ties?\b", "necktie"),
    _row(r"\b(?:a|an|with a|makes? a|gives?(?: \w+)*? a)\s+(?:small|little|deep|low|stiff|slight|formal|short)\s+bow\b",
         "bows"),
    _row(rf"\b(?:roast(?:ed)?|fried|boiled|grilled|smoked|baked|stewed)\s+(?:{_ANIMALS})\b", "meal"),
    _row(r"\b(?:very )?pictures? of (?=[a-z]+\b)(?!an? |the |his |her |their |my |our |two |some )", "look of "),
    _row(r"\b(takes? a|took a|his final|her final) bow\b", "bows"),
    _row(r"\b(rak(?:es|ed|ing)) out the (?:range|stove|fire|grate)\b", "tends the stove"),
    _row(r"\bthe (?:kitchen |iron |black |old |coal )?range\b(?! of)", "the stove"),
    _row(r"\b(?:lays?|laid|puts?) (?:dry |more |some )?(?:sticks?|logs?|wood|kindling|coal)\s+(?:on|in|upon)\b",
         "tends"),
    _row(r"\b(?:lays?|laid)\s+(?=(?:it|them|him|her|his|the|a|an|down|out|out the|one|another|dry|more|some|sticks|"
         r"logs|bricks|plates|her [a-z]+ arm)\b)", "puts "),
    _row(r"\b(the (?:sun|light|snow|rain|frost|dust|shadow|dew|fog)[^.;,]*?)\s(?:lay|lies)\b", r"\1 falls"),
    _row(r"\b(?:and )?(?:lay|lies) (?=across the (?:table|floor|bed|wall|water)\b)", "and rests "),
    _row(r"\bchin on (?:his|her) chest\b", "nods"),
    _row(r"\bpunch(?:es|ed) (?=(?:\w+ )?tickets?\b)", "stamps "),
    _row(r"\b(?:breaks?|broke) (a|the|off|some|his|her) (?=(?:\w+ )?(?:bread|roll|loaf|piece|bit|biscuit|chocolate))",
         r"holds \1 "),
    _row(r"\b(?:cracks?|cracked) (?=(?:\w+ ){0,2}eggs?\b)", "cooks "),
    _row(r"\b(?:cracked|chipped|broken) (?=(?:\w+ )?(?:basin|cup|plate|mirror|lips?|voice|leather|wall|tile))", ""),
    _row(r"\bdr(?:ew|aws?|awn|awing) (?=(?:it|them|him|her|back|up|near|nearer|out|away|in|close|closer|"
         r"together|the curtains?)\b)", "pulled "),
    _row(r"\bnotes? (?=(?:rang|rings?|sounds?|sounded|hangs?|hung|dies?|died|echoe?[sd]?)\b)"
         r"|\b(?:high|low|long|last|first|false) notes?\b", "tone "),
    _row(r"\b(?:rings?) of (?!keys?|gold|silver|diamonds?)(?=\w+)", "mark of "),
    _row(r"\b(?:\w+)\s+(?=buttons?|earrings?)(?:buttons?(?= (?:on|of|from|off)\b)|earrings?)", "trinket"),
    _row(r"\b(?:staff|stick) (?=(?:only|room|of|the|to)\b)|[–-]\s*STAFF\b", "x "),
    _row(r"\bbuttons (?=(?:his|her|their|up|the)\b)", "closes "),
    _row(r"\bdrop (?:of|in)\b", "drip of"),
    _row(r"\b(?:eyes?|jaw|face|heart|stomach|voice|smile|spirits?)\s+(?:falls?|fell|drops?|sinks?|sank|leaps?|jumps?)\b",
         "is moved"),
    _row(r"\b(?:heart|stomach|spirits) (?:leaps?|leapt|jumps?|sinks?|sank)\b", "is moved"),
)  # fmt: skip


_ANY_SENSE = any_of(pattern for pattern, _ in _SENSES)

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
    "caught hold holds held holding shoot shoots shot throw throws threw".split()
)
NEEDED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (_COMPARED, _COMPARING),
    (_DENIED, _DENYING),
    (_QUALIFIES, _QUALIFYING),
    (_PEEL, _PEELS),
    (_STATUE, _CARVED),
    (_BODY, frozenset({"chest"})),
    *((pattern, _AMBIGUOUS) for pattern, _ in _SENSES),
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
    said = letters_of(action)
    told = set(said)
    text = action if told.isdisjoint(_COMPARING) else _COMPARED.sub(" ", action)
    text = text if told.isdisjoint(_DENYING) else _DENIED.sub(" ", text)
    for pattern, other in _SENSES if not told.isdisjoint(_AMBIGUOUS) and _ANY_SENSE.search(text) else ():
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
