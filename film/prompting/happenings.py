"""What happens by itself, by the words that tell it: a row each."""

from __future__ import annotations

import re

_HAPPENINGS = """
explosion: explo\\w+|blows? up|blew up|blast|bomb goes off|detonat\\w+
flames: (?<!candle )(?<!fire )(?<!fires )(?<!torches )(?<!stove )(?<!lanterns )(?<!eyes )(?<!cheeks )(?<!candles )\
(?<!lamp )(?<!lamps )(?<!lantern )(?<!torch )(?<!light )burns\\b|(?:to|will|would|let it|watch it) burn\\b|\
burned|burning|on fire|in flames|ablaze|catch(?:es)? fire|flames|breathed? fire|breathes fire
smoke: smoke\\b(?! a| his| her| the)|fumes|steam (?:rises|pours|fills)
sparks: sparks?\\b|short-circuits?|electricity|crackles
shatter: (?<!ice )(?<!ice began to )(?<!ice begins to )\
(?<!voice )(?<!day )(?<!dawn )(?<!heart )(?<!fever )(?<!sun )(?:breaks?|broke)\\b(?! (?:the (?:silence|news|\
ice|\
spell|law|rules)|into|free|off|up|down|away|out|through|loose|in|bread|camp|ranks|cover|his (?:silence|word|fast)|\
her (?:silence|word|heart)|step|stride))|(?:shatter|shatters|shattered|smash|smashes|smashed|crack|cracks(?! (?:were|\
are|in|of|and))|cracked)\\b
splash: splash(?:es|ed|ing)?\\b(?! (?:his|her|their|water|some|it|him|himself|herself|on (?:his|her)))|\
waves? (?:crash\\w*|breaks?|hits?|rises?|rolls?)|\
(?:out of|into) the (?:water|sea|river|lake|pond|\
pool|stream|canal)|\
overboard|(?:sinks?|sank)\\b(?! (?:to|into|down|onto|back|deeper|in (?:his|her|a|the (?:chair|sofa|bed))|on))
dark: (?:the )?(?:lights?|lamps?|candles?|power) (?:goes|go|went) (?:out|off|dark)|(?:turns?|turned|switch(?:es)?|\
blows?|blew) (?:off|out) the (?:\\w+ )?(?:lights?|lamp|candles?)|darkness\\b|blackout|pitch[- ](?:dark|black)|\
in the dark(?= *[.,;!?]| *$)
muzzle: (?:gunshot|shot (?:rings|is fired)|cannon fires|opens? fire|fires? (?:a|the|his|her) cannon)
ring: (?:phone|telephone|bell|bells|alarm clock|alarm|doorbell|clock|radio)\\b[^.]{0,12}(?:rings?|rang|ringing|\
buzzes|tolls?|strikes?|chimes?|sounds?|crackles)
alarm: (?:alarm|siren|red light)s?\\b[^.]{0,20}(?:flash\\w*|wail\\w*|blar\\w*|sound\\w*|blink\\w*)|red alert
love: in love|loves? (?:him|her)
glow: glow\\w*|magic\\w*|spells?\\b|shines?|shone|sparkl\\w+|glitter\\w*|beam of light
dust: dust (?:rises|cloud|swirls|settles)|avalanche|collapses? in a (?:cloud|heap) of (?:dust|stone)|rubble|\
the (?:roof|wall|building|ceiling|\
tower|bridge) (?:collapses?|falls|crumbles)
garland: (?:lanterns|lamps|lights|flags|pennants|balloons|garlands?|ribbons)\\b[^.;]{0,16}\\b(?:strung|hung|hang|\
hanging|sway|swing)\\b|\
(?:strings?|garlands?|chains?) of (?:\\w+ )?(?:lights|lanterns|lamps|flags)|strung with|bunting|fairy lights
impact: crash(?:es|ed)?\\b|hits? the|hit by|collides?|slams? into|punch(?:es|ed)?|slap(?:s|ped)?|knocks? (?:him|her|\
\\w+) (?:down|out)
"""

HAPPENINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{pattern})"))
    for name, pattern in (row.split(": ", 1) for row in _HAPPENINGS.strip().splitlines())
)
"""What happens by itself: a name of `EVENTS` and the words that tell it, in lower case."""
