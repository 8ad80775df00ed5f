"""Words of two senses, and the one that is meant: a row each, from what is written to what is to be seen."""

from __future__ import annotations

import re
from collections.abc import Callable

from film.prompting.species import ANIMALS

_ANIMALS = "|".join(sorted(ANIMALS, key=len, reverse=True))
_TREES = (
    "trees?|birch(?:es)?|pines?|oaks?|firs?|beech(?:es)?|willows?|poplars?|palms?|spruces?|cedars?|elms?|larch(?:es)?|"
    "cypress(?:es)?|plane trees?|apple trees?"
)
Sense = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _row(pattern: str, other: str) -> Sense:
    return re.compile(pattern, re.IGNORECASE), other


SENSES: tuple[Sense, ...] = (
    # The camera that shoots is in no picture, and what it does nobody does.
    _row(r"\b(?:the )?camera (?:(?:slowly|quickly|then|now|gently|suddenly) )?(?:push(?:es)? in|pulls? (?:back|out)|"
         r"moves? in|doll(?:y|ies) (?:in|out|back)|zooms? (?:in|out)|cranes? up|pans?|tilts?|tracks?|follows?|"
         r"(?:holds?|stays?|rests?) on)(?: (?:left|right|up|down))?\b", " "),
    # A torch whose beam is swept is an electric one, and needs no broom.
    _row(r"\b(sh(?:ines?|one|ining)|sw(?:eeps?|ept|eeping|ings?|ung)|play(?:s|ed|ing)?|point(?:s|ed|ing)?|"
         r"switch(?:es|ed)|click(?:s|ed)|turn(?:s|ed)|flick(?:s|ed)|aim(?:s|ed)?) "
         r"((?:on |off )?(?:the|a|his|her|its|their) (?:\w+ )?)torch(?:light)?\b", r"\1 \2flashlight"),
    _row(r"\b(?:torch|light) beam\b|\bbeam of (?:a|the|his|her) (?:torch|lamp|light)\b", "flashlight"),
    # The trunks of trees are trees.
    _row(rf"\btrunks? (?=of (?:the |an? |some |two |old |young |white |great )*(?:\w+ )?(?:{_TREES})\b)", "trees "),
    _row(rf"\b(?:(?:white|pale|dark|black|bare|mossy|grey|fallen|tall|slender|silver|straight) trunks?|(?:{_TREES}) "
         r"trunks?)\b|(?<=between the )trunks\b|(?<=among the )trunks\b|(?<=through the )trunks\b", "trees"),
    _row(r"\b(?:the|their|tall|bare) trunks (?=(?:were|are|stood|stand|rose|rise|leaned|creaked|swayed|groaned) )",
         "trees "),
    # Boats that are rowed, or driven by a motor.
    _row(r"\b(?:rowing|row)[ -]boats?\b", "rowboat"),
    _row(r"\b(?:motor|police|river|steam|harbour)[ -](?:launch|boat)\b|\bmotor(?:ised|ized) boat\b", "motorboat"),
    # A launch that moves on the water is a boat.
    _row(r"\b(the|her|his|their|a) launch (?=(?:climb|came|comes|rock|pitch|roll|slid|nos|drift|chug|bump|cut|turn|"
         r"slow|drew|draw|left|leaves|swung|swing|head|ran|runs|rose|rises|sank|sinks)\w*\b)", r"\1 motorboat "),
    # Who lies down in a story lay down.
    _row(r"\blay down(?= (?:on|in|across|beside|by|under|and|to|again|with|at|for|upon|behind|next)\b|\s*[.,;!?]|$)",
         "lies down"),
    # Who knocks on the floor is at no door.
    _row(r"\bknock(?:s|ed|ing)? (?=(?:\w+ )?(?:on|at|upon|against) (?:the|his|her|its|an?) (?:\w+ )?(?:floor|"
         r"floorboards|walls?|table|desk|wood|ceiling|counter|bar|lid|box|hull|side|pipes?)\b)", "operates "),
    _row(r"\b(?:saw|sees?|seeing) stars\b", "is dizzy"),
    # An engine that comes by itself is a locomotive.
    _row(r"\b(?:steam|railway|train|goods) engines?\b|\bengine (?=(?:came|comes|whistled|hissed|puffed|steamed|pulled|"
         r"rounded|drew|backed|shunted)\b)", "locomotive "),
    # A bun of hair is not eaten.
    _row(r"\b(?:silver|gr[ae]y|white|tight|neat|loose|blonde?|dark|black|red|severe|untidy) buns?\b|"
         r"(?<!ate )(?<!eats )(?<!bites )(?<!took )\b(?:his|her) bun\b|\bin (?:a|its|her) (?:\w+ )?bun\b", "hair"),
    # Figures on a screen are numbers.
    _row(r"\b(?:green|red|glowing|columns? of|rows? of|long) figures\b", "numbers"),
    # Whom a picture shows is not there.
    _row(r"\b((?:pictures?|photos?|photographs?|paintings?|drawings?|portraits?|snapshots?|postcards?|videos?)) of "
         r"(?:an? |the |his |her |their |some |two |old |young )*(?:\w+ )?(?:men|man|women|woman|boys?|girls?|child|"
         rf"children|people|mother|father|sailors?|soldiers?|king|queen|sharks?|(?:{_ANIMALS})s?)\b", r"\1"),
    # What is watched to go is no deed of whoever watches.
    _row(r"\b(watch(?:es|ed|ing)?|saw|sees?|lets?) (it|them) (?:\w+ly )?(?:float|sink|fall|fly|drift|go|roll|drown|"
         r"swim|run|leave|jump|vanish|disappear|slide|drop|climb|rise|walk|come|pass)\b", r"\1 \2"),
    # A card of a pack, and no heart, club or queen.
    _row(r"\b(?:ace|king|queen|jack|knave|two|three|four|five|six|seven|eight|nine|ten) of "
         r"(?:hearts|spades|clubs|diamonds)\b", "card"),
    # A hat over the eyes is on the head, not in the hand.
    _row(r"\b(?:with|wearing) (?:his|her|a|the|their) (?:\w+ )?(?:caps?|hats?|bonnets?|berets?|hoods?|helmets?) "
         r"(?=(?:over|on|pulled|tilted|tipped|pushed|low|down|askew)\b)", "hatted "),
    # What is broken to be shared is no accident.
    _row(r"\bbr(?:eaks?|oke|eaking) (it|them|one|the \w+) in(?:to)? (?=(?:two|three|half|halves|pieces?)\b)",
         r"divides \1 in "),
    # Tins that are boxes.
    _row(r"\b(?:biscuit|cake|tobacco|toffee|cash|money|sewing|jewellery) (?:tins?|box(?:es)?)\b|"
         r"\btin box(?:es)?\b", "box"),
    _row(r"\b(?:lunch|sandwich|dinner) (?:tins?|box(?:es)?|pails?)\b", "lunchbox"),
    # Hair and clothes that fall hang.
    _row(r"\b(hair|curls|locks|tresses|braids?|plaits?|ringlets|cloak|skirts?|robes?|gown|veil)(,? (?:which|that))? "
         r"f(?:ell|alls?|alling)\b", r"\1"),
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
    _row(r"\b(?:down|against|through|behind|on|from|into|to|at|across|off|of)\s+(?:the|a|that|this)\s+(?:\w+\s+)?glass\b"
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
    # What is at the left does not leave, and who stops laughing does not laugh.
    _row(r"\bleft (?=(?:hand|arm|eye|ear|leg|foot|side|shoulder|cheek|knee|boot|shoe|glove|wrist|elbow|thumb|"
         r"and right|or right|to right)\b)|\bto (?:the|his|her) left\b|"
         r"\b(?:what|nothing|all that) (?:is|was) left\b", " "),
    _row(r"\b(?:stop(?:s|ped)?|cease[sd]?|finish(?:es|ed)?|quits?) (?:laugh|cry|weep|shout|sing|danc|run|walk|"
         r"smil|scream|fight|sob|talk|play|eat|read|writ|smok|work)(?:ing|ping|ning)\b", "waits"),
    # Who is gone is not to be seen.
    _row(r"\b(?:the|his|her|their|a) (?:\w+ )?\w+ (?:is|was|were|are) (?:gone|missing|absent|nowhere)\b", "nothing"),
    # Herds are driven on foot.
    _row(r"\b(?:drives?|drove|driving|herds?|herded|herding) (?=(?:an?|the|his|her|their|some|two|three|four) "
         r"(?:\w+ ){0,3}?(?:sheep|cattle|cows?|geese|goats?|horses?|pigs?|flock|herd|oxen|mules?|donkeys?|ducks?|hens)"
         r"\b)", "leads "),
    # Orange is a colour before what has it, and else a fruit.
    _row(r"\borange (?=(?!(?:in|on|at|to|from|of|and|or|with|that|which|is|was|falls?|fell|rolls?|rolled|between|into|"
         r"juice|peels?|rinds?|tree|trees|slices?|pips?|segments?|crates?|box|peel|blossom)\b)[a-z])", " "),
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
"""In the order in which they are read."""
