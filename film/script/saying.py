"""Verbs of speaking."""

from __future__ import annotations

FOREIGN = (
    "dijo preguntó respondió contestó añadió exclamó gritó murmuró susurró dit demanda répondit cria murmura ajouta "
    "sagte fragte rief antwortete flüsterte meinte disse chiese rispose esclamò perguntou respondeu сказал сказала "
    "спросил спросила ответил ответила крикнул крикнула подумал подумала прошептал прошептала"
).split()
"""Those of Spanish, French, German, Italian, Portuguese and Russian stories, which stand before who speaks."""
SAYING = (
    "said says say asked asks replied replies answered answers whispered whispers shouted shouts cried cries called "
    "calls "
    "murmured murmurs muttered mutters added adds exclaimed exclaims told tells explained explains repeated repeats "
    "began continued continues laughed laughs sighed sighs sobbed yelled yells screamed screams hissed growled "
    "agreed insisted promised announced breathed mumbled snapped begged barked croaked sang "
    "returned remarked observed inquired enquired rejoined resumed ejaculated stammered faltered demanded pleaded "
    "implored thundered roared bellowed shrieked wailed moaned groaned gasped panted chuckled giggled grumbled "
    "snarled sneered retorted interrupted interposed reflected thought mused wondered suggested proposed admitted "
    "confessed conceded declared stated noted commented warned ordered commanded urged assured recited joked teased "
    "corrected protested objected persisted soothed crooned purred chirped squeaked squealed hooted quacked howled "
    "bawled drawled echoed intoned chanted concluded countered ventured volunteered boasted lied swore vowed hinted "
    "quavered quoth cautioned argued complained pursued concurred assented wheezed rasped crowed piped sniffed "
    "addressed snorted spat grunted lisped stuttered blurted responded responds intones "
    "twittered tittered cackled sniggered snickered rumbled queried questioned rebuked scolded chided apologised "
    "apologized acknowledged affirmed advised trilled screeched yelped whined whimpered spluttered sputtered gushed "
    "cooed chimed clucked warbled boomed mouthed reminded reasoned recalled reiterated pronounced quipped recited "
    "relented remonstrated reproved speculated taunted threatened uttered vouchsafed whooped yapped bleated brayed "
    "cawed coaxed consoled expostulated fumed gabbled lamented marvelled mocked prayed preached proclaimed raged "
    "scoffed shrilled spake tutted wept "
    f"{' '.join(FOREIGN)} "
    "smiled nodded grinned shrugged frowned"
).split()
"""Verbs that attribute speech; from `smiled` on they show it rather than say it."""

SAYS = frozenset(SAYING[: SAYING.index("smiled")])
"""Those that say it."""
