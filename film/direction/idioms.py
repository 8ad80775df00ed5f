"""Figures of speech: verbs and nouns that a text does not mean as it says them, told as what is to be seen.

Who runs a hand through their hair runs nowhere, and nobody is hit where a thought strikes somebody. A row's verb is
figurative by what stands beside it: its subject, its object, or what follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from film.script.people import ROLES

Figure = tuple[frozenset[str], re.Pattern[str], str | Callable[[re.Match[str]], str]]

_THEM = r"(?:him|her|them|me|us|it|[a-z]+|(?:the|a|an|his|her|their|my) (?:[\w-]+ )?[\w-]+)"
_OWN = r"(?:his|her|their|my|its|your|our)"
_AN = r"(?:an?|the|another|his|her|their|my)"
_MOOD = (
    "red|white|pale|green|purple|pink|gr[ae]y|scarlet|crimson|mad|crazy|cold|quiet|silent|still|blank|stiff|limp|rigid|"
    "blind|deaf|bad|wrong|hungry|bankrupt|missing|unnoticed|soft|hard|dark|numb"
)
_BREATHS = "wave|shiver|shudder|murmur|ripple|chill|thrill|pang|stab|rush|surge|whisper|tremor|sigh|pain|ache"
_GESTURES = (
    "nod|smile|look|glance|sigh|shrug|laugh|wink|grin|kiss|hug|bow|salute|push|shove|kick|punch|slap|wave|shout|cry|"
    "scream|groan|gasp|chuckle|cough|whistle|yawn|shiver|shudder|snort|frown"
)


def _row(words: str, pattern: str, other: str | Callable[[re.Match[str]], str]) -> Figure:
    return frozenset(words.split()), re.compile(rf"(?<![\w-])(?:{pattern})(?:(?<=[\s-])|(?![\w-]))", re.I), other


def _led(match: re.Match[str]) -> str:
    """Who is brought somewhere is led there, and what is brought is carried."""
    whom = match["whom"].split()[-1].lower()
    somebody = whom in {"him", "her", "them", "me", "us"} or whom in ROLES or match["whom"][0].isupper()
    return f"leads {match['whom']} " if somebody else match[0]


def _given(match: re.Match[str]) -> str:
    deed = match["deed"].lower()
    ending = "es" if deed.endswith(("s", "sh", "ch")) else "s"
    deed = "cries" if deed == "cry" else deed + ending
    return f"{deed} {match['whom'] or ''}".rstrip()


_WAR = re.compile(
    r"(?<![\w-])(?:army|soldiers?|guns?|turrets?|war|enemy|battles?|shells?|regiment|troops|infantry|general|sergeant|"
    r"rolls?|rolled|rumbl\w+|crush\w*|advanc\w+|column)(?![\w-])",
    re.IGNORECASE,
)


def _tank(match: re.Match[str]) -> str:
    """A tank is armoured where there is war."""
    return match[0] if _WAR.search(match.string) else "cistern"


_ROWS: tuple[Figure, ...] = (
    _row("run ran runs running", rf"r[au]n(?:s|ning)? (?:one|{_AN}) (?:\w+ )?(?:thumb|fingers?|fingertips?|hands?|"
                                 rf"eyes?|"
         r"tongue|palm|comb|cloth)", "strokes"),
    _row("run ran runs running", rf"r[au]n(?:s|ning)? {_AN} (?:\w+ )?(?:shop|store|inn|hotel|farm|school|house|"
                                 rf"business|"
         r"company|bar|café|mill|risk|fever|bath|temperature|household)", "keeps it"),
    _row("run ran runs running", r"r[au]n(?:s|ning)? (?:out of (?=money|time|food|water|bread|petrol|words|patience|"
         r"luck|ideas|room|breath)|short|dry|cold)", "lacks "),
    _row("run ran runs", r"(nose|road|path|street|river|stream|brook|water|tears?|tap|blood|sweat|wall|fence|line|"
                         r"rails|"
         r"tracks|crack|scar|corridor|lane|wire|story|rumou?r|colou?rs?|ink|paint|ledge|gutter) r[au]ns?", r"\1 is"),
    _row("went ran passed swept struck shot hit came goes runs comes",
         rf"({_BREATHS})( of \w+)? (?:went|r[au]ns?|passed|swept|struck|shot|hits?|came|goes|comes)", r"\1\2 is felt"),
    _row("flew flies flying fly", r"fl(?:ew|ies|y|ying) into an? (?:\w+ )?(?:rage|fury|temper|passion|panic)", "is "
                                  r"angry"),
    _row("flew flies flying", r"fl(?:ew|ies|ying) (?:in|to|into) pieces", "breaks in pieces"),
    _row("flying", r"((?:coat|hair|skirts?|cloak|scarf|tails?|apron|braids?|plaits?|shawl|gown|robes?)(?: \w+)?) "
                   r"flying",
         r"\1"),
    _row("danced dances dancing danc", r"(eyes?|shadows?|flames?|lights?|leaves|motes|dust|sparks?|letters|words|snow|"
         r"snowflakes|firelight|candlelight|stars|sunlight) (?:were |was )?danc(?:ed|es?|ing)", r"\1 moves"),
    _row("swam swims swimming", r"(room|walls?|floor|world|letters|words|head|everything|page|lights?|eyes) "
         r"(?:were |was )?sw(?:am|ims|imming)", r"\1 moves"),
    _row("jump jumps jumped jumping", r"jump(?:s|ed|ing)? at the (?:chance|offer|idea|opportunity)", "agrees"),
    _row("drove drives drive driving", rf"dr(?:ove|ives?|iving) (?:{_AN}|two|three) (?:\w+ )?(nails?|stakes?|spikes?|"
                                       rf"pegs?|"
         r"wedges?)", r"hammers \1"),
    _row("drove drives drive driving driven", rf"dr(?:ove|ives?|iving|iven) ({_THEM}) (?=(?:\w+ )?(?:mad|crazy|wild|"
                                              rf"out|"
         r"away|off|back|from|up the wall|(?:in)?to (?:despair|distraction|a corner|the (?:wall|sea|ground)))\b)",
         r"chases \1 "),
    _row("drove drives drive driving", r"dr(?:ove|ives?|iving) (?:a|the) (?:\w+ )?(?:bargain|point)", "speaks"),
    _row("give gives gave giving", rf"g(?:ives?|ave|iving) (?P<whom>(?:him|her|them|me|us|it|(?-i:[A-Z])\w+|the \w+) )?"
         rf"{_AN} (?:[\w-]+ ){{0,2}}?(?P<deed>{_GESTURES})", _given),
    _row("give gives gave giving", rf"g(?:ives?|ave|iving) (?:{_THEM} )?a hand(?= (?:with|to|in|up)\b)", "helps"),
    _row("give gives gave giving", r"g(?:ives?|ave|iving) (?:birth|thanks|notice|chase|battle|ear|heed|pause|rise)",
         "is"),
    _row("threw throw throws", rf"thr(?:ew|ows?) {_AN} (?:\w+ )?(?:party|feast|fit|tantrum|shadow|light)", "makes it"),
    _row("beat beats beating beaten", r"beat(?:s|ing|en)? (him|her|them|us|me|(?-i:[A-Z])\w+) (?=(?:at|by|in|to) )",
         r"outdoes \1 "),
    _row("beat beats beating", r"(hearts?|pulse|rain|wings?|drums?|sun|blood|waves?|hail) (?:\w+ )?beat(?:s|ing)?",
         r"\1 sounds"),
    _row("fought fights fighting fight", r"f(?:ought|ights?|ighting) for (?:breath|air|balance|words|time)", "gasps"),
    _row("went goes going gone go", rf"(?:went|goes|going|gone|go) (?:as )?(?={_MOOD})", "turned "),
    _row("went goes go going", r"(?:went|goes|going|go) on (?=(?:\w+ly )?\w+ing\b)", " "),
    _row("went goes go going", r"(?:went|goes|going|go) on with", "handles"),
    _row("went goes go going", r"(?:went|goes|going|go) (?:down the wrong way|to (?:pieces|waste|ruin)|without|on "
                               r"and on)",
         "is"),
    _row("went goes go", r"(?:went|goes|go) to work (?=(?:on|at|with)\b)", "works "),
    _row("come came comes", r"c[ao]mes? (?:to (?:nothing|mind|an end|pass|light|terms|(?:him|her)self)|true|undone|"
                            r"loose|"
         r"of age|into (?:view|sight|bloom|flower|money))", "is"),
    _row("catch caught catches", r"c(?:aught|atch(?:es)?) (?:a |an |his |her )?(?:\w+ )?(?:cold|chill|fever|meaning|"
                                 r"name|"
         r"words?|scent|mood)", "has it"),
    _row("lost lose loses", rf"los(?:t|es?) (?:{_OWN}|all) (?:train of thought|temper|mind|heart|head|nerve|voice|"
                            rf"place|"
         r"job|tongue|faith|wits|balance|footing)", "is troubled"),
    _row("heart hearts", rf"hearts? (?:was|were|is) in {_OWN} (?:boots?|mouth|throat|shoes|slippers)", "heart is "
                         r"moved"),
    _row("heart", rf"(?:the|lost|lose|took|take|have|had|no|any|{_OWN}) heart (?=(?:to|for|again)\b)", "courage "),
    _row("heart", r"heart attack", "pain"),
    _row("break breaks broke broken breaking", rf"br(?:oke|eaks?|oken|eaking) (?:{_AN} )?(?:\w+ )?(?:promise|word|"
                                               rf"silence|"
         r"news|law|rules?|spell|ice|record|habit|fast|oath|journey|heart|hearts)", "speaks"),
    _row("broke breaks", r"(storm|day|dawn|voice|weather|fever|waves?|silence) br(?:oke|eaks)", r"\1 changes"),
    _row("crack cracks cracked cracking", rf"crack(?:s|ed|ing)? {_AN} (?:\w+ )?(?:joke|jokes|smile|grin|knuckles?|"
         r"fingers)", "smiles"),
    _row("strike strikes struck striking", r"str(?:uck|ikes?|iking) (?:up )?(?:a|the) (?:\w+ )?(?:bargain|deal|balance|"
         r"conversation|friendship|note|chord|pose|attitude)", "speaks"),
    _row("struck strikes hit hits", r"(thoughts?|idea|sight|smell|heat|cold|silence|sound|truth|words?|beauty|sunlight|"
         r"light|news|fact) (?:struck|strikes|hits?) (?:him|her|me|them|us)", r"\1 is clear"),
    _row("blow", r"(?:a|the|such a) (?:\w+ )?blow (?=(?:to|for)\b)", "bad news "),
    _row("match", r"(?:cricket|football|tennis|boxing|chess|rugby|hockey|shouting) match(?:es)?", "game"),
    _row("match", r"match (?=(?:was|is|had been) (?:lost|won|over|drawn|played|abandoned)\b)|(?<=lost the )match|"
         r"(?<=won the )match|(?<=no )match (?=for\b)", "game "),
    _row("draw draws drew drawing", rf"dr(?:ew|aws?|awing) (?:in )?(?:{_AN} )?(?:\w+ )?(?:breaths?|conclusions?|"
                                    rf"attention|"
         r"lots)", "breathes"),
    _row("drew draws draw", r"dr(?:ew|aws?) near(?:er)?", "approaches"),
    _row("brought bring brings", rf"br(?:ought|ings?) (?P<whom>{_THEM}) (?=(?:in|into|to|home|back|up|down|along|"
                                 rf"before|"
         r"round|here)\b)", _led),
    _row("thump thumps thumped clap claps clapped pat pats patted slap slaps slapped thumping clapping slapping",
         rf"(?:thump|clap|pat|slap)(?:s|ed|ped|ted|ping|ting|ing)? ({_THEM}) on the (?:back|shoulder|arm|head|knee)",
         r"touches \1"),
    _row("striking struck strikes thumped thumping slapped slapping smacked pounded", rf"(?:striking|struck|strikes|"
         rf"thump\w*|slapp\w*|smack\w*|pound\w*) {_OWN} (?:palm|fist|thigh|knee|forehead|chest|hand|hands|brow)",
         "gestures"),
    _row("crossed crosses crossing", r"cross(?:ed|es|ing) (?:him|her|them|my)sel(?:f|ves)", "prays"),
    _row("lick licks licked licking", rf"lick(?:s|ed|ing)? {_OWN} (?:fingers|lips|thumb|chops)", "smiles"),
    _row("dead", r"dead (?=(?:tired|beat|certain|sure|straight|silen\w+|slow|calm|end|serious|right|leaf|leaves|wood|"
         r"grass|flowers?|branch|branches|weight|centre|ahead|drunk|quiet|cold|of)\b)", "very "),
    _row("cats", r"cats and dogs(?= |\b)", "hard"),
    _row("frog frogs butterflies", rf"(?:an? |the )?(?:frogs?|butterflies) in {_OWN} (?:throat|stomach|belly)", "it"),
    _row("cat bull beans hatchet bullet sack hay bucket", r"(?:let the cat out of the bag|spill(?:ed|s) the beans|"
         r"bur(?:y|ied|ies) the hatchet|bit(?:es?)? the bullet|hit the (?:sack|hay)|kick(?:s|ed) the bucket|"
         r"t(?:ook|akes?) the bull by the horns)", "speaks"),
    _row("cake apple", rf"(?:was|is) (?:a piece of cake|the apple of {_OWN} eye)", "is it"),
    _row("blanket sheet carpet curtain cloak net web train chain bow thread", r"(?:blankets?|sheets?|carpet|curtains?|"
         r"cloak|net|web|train|chain|thread) of (?=(?:snow|ice|fog|mist|clouds?|smoke|dust|light|rain|water|flames?|"
         r"fire|"
         r"leaves|moss|thoughts?|events|lies|silence|darkness|night|stars|paper|glass|sparks)\b)", " "),
    _row("ring", rf"rings? (?:in|through) {_OWN} (?:nose|ears?|lip|eyebrow)", "trinket"),
    _row("ring", r"ring of (?=(?:the |a )?(?:telephone|phone|bells?|hammers?|laughter|truth|steel)\b)", "sound of "),
    _row("ring", r"in a (?:\w+ )?ring", "in a circle"),
    _row("bow bows", r"bows? of (?=(?:the|a|his|her|their) (?:\w+ )?(?:ship|boat|ferry|barge|schooner|yacht)\b)",
         "front of "),
    _row("bow", rf"ti(?:ed?|es|ed|ying) (?:a|the) bow|bow in {_OWN} hair", "ribbon"),
    _row("bow", rf"(?:made|makes|making|swept|sweeps|dropped) (?:him |her |them )?{_AN} (?:\w+ )?bow", "bows"),
    _row("key", r"key to (?=(?:the|a|his|her|this|that) (?:\w+ )?(?:problem|mystery|question|riddle|matter|success|"
                r"secret|"
         r"code)\b)", "answer to "),
    _row("key", r"(?:wrong|right|minor|major|high|low) key", "tone"),
    _row("table", r"table of contents", "list"),
    _row("pen pens", r"pens? (?=(?:was|is|were) full of\b)|(?:sheep|pig|cattle|goat)[ -]pens?", "fold "),
    _row("poker", r"(?:the|a|his|her) (?:\w+ )?poker(?! (?:game|table|chips|face|player|night|party))", "the cane"),
    _row("tank tanks", r"tanks?", _tank),
    _row("bat", r"(?:cricket|baseball|rounders) bats?", "club"),
    _row("grey gray white black brown", r"(?:mouse|dove|elephant|oyster|pigeon|steel|swan|snow|lily|jet|coal|raven|"
         r"chestnut|nut|fox|rose|apple|cherry|brick|blood|peacock|duck-egg|egg|lemon|canary|bottle|sea|pea|emerald)-"
         r"(?=(?:gr[ae]y|white|black|brown|red|blue|yellow|green|pink)\b)", ""),
    _row("bear bears", r"(can|could|cannot|can['’]t|couldn['’]t|to|not|would|will|must|hardly|scarcely|i|he|she|they|"
                       r"we|"
         r"you|who) bears?", r"\1 suffers"),
)  # fmt: skip
_NEEDED = frozenset().union(*(words for words, _, _ in _ROWS))
_LETTERS = re.compile(r"[a-zé]+")
_NAMED = re.compile(
    r"(?<![\w-])(?:[A-Z][a-z]+ ){1,3}(?=(?:Street|Road|Lane|Avenue|Square|Hill|Bakery|Inn|Arms|Hotel|Cottage|House|"
    r"Farm|"
    r"Park|Bridge|Station|Café|Cafe|Bar|Club|Theatre|School|Church|Hospital|Mill|Wood|Castle|Hall|Court|Company|Bank|"
    r"Pier|Wharf|Quay|Gate|Bay|Point|Island)(?![\w-]))"
)
"""What a street or a house is called: in `Fish Street` is no fish."""
_PLACED = frozenset({"The", "This", "That", "In", "At", "On", "Old", "New"})


@lru_cache(maxsize=4096)
def plainly(text: str) -> str:
    """Say a text without its figures of speech.

    Args:
        text: What is told.

    Returns:
        The text, each figure in it as what is to be seen.
    """
    if not text.isupper():
        text = _NAMED.sub(lambda match: match[0] if match[0].split()[0] in _PLACED else "", text)
    words = set(_LETTERS.findall(text.lower()))
    if words.isdisjoint(_NEEDED):
        return text
    for needed, pattern, other in _ROWS:
        if not words.isdisjoint(needed):
            text = pattern.sub(other, text)
    return text
