"""Whether somebody is a woman or a man, by the words that tell of them."""

from __future__ import annotations

import re

from film.script.people import FEMALE_NAMES, MALE_NAMES

_FEMALE = re.compile(
    r"\b(?:"
    r"\w*woman|girl|schoolgirl|she|her|lady|mother|grandmother|daughter|sister|wife|queen|prin"
    r"cess|actress|waitress|nurse"
    r"|aunt|auntie|mrs|ms|madame|madam|mme|mademoiselle|miss|countess|duchess|baroness|empress|granny|grandma|widow|nun|witch|anna|mary|emma|eve|ruth|grace|alice|jane|kate|claire|helen|ellen|sus"
    r"an|beth|lily|rose|ingrid"
    r"|hannah|sarah|rachel|leah|joan|karen|lauren|jennifer|elizabeth|margaret|carmen|iris|vivian|marge|nell|ilse|else|pearl|dot|wren|beryl|nuala|maeve|niamh"
    r")\b"
)
_MALE = re.compile(
    r"\b(?:"
    r"\w*(?<!wo)man|boy|schoolboy|he|his|him|father|grandfather|son|brother|husband|king|prince|ac"
    r"tor|waiter|uncle|mr|sir|lord|monsieur|grandpa|grandad|emperor|baron|duke"
    r"|monk|priest|wizard|beard|bearded|moustache|tom|thomas|john|james|jack|otto|emil|peter|pau"
    r"l|david|daniel|sam|samuel"
    r"|ben|max|leo|luca|noah|joshua|elia|george|charlie|henry|frank|robert|michael|mike|adam|karl|"
    r"hans|jonas|felix|oscar"
    r"|arthur|walter|victor|marcus|simon|theo|nick|luke|mark|ray|joe|bill|harry"
    r")\b"
)


def sex_told(words: str) -> bool | None:
    """Whether words tell of a woman or a girl, by the one nearest the beginning; None where none of them tells."""
    # The word nearest the beginning is about the person; a later one may be about somebody else, as may `a man's coat`.
    words = re.sub(r"\b\w+['’]s\b", " ", words)
    female, male = (pattern.search(words) for pattern in (_FEMALE, _MALE))
    if female or male:
        return male is None or (female is not None and female.start() < male.start())
    # Else by a name; what stands farther back may be a surname, or a word that is a name as well.
    first = re.findall(r"[^\W\d_]+", words)[:2]
    return next((word in FEMALE_NAMES for word in first if word in FEMALE_NAMES or word in MALE_NAMES), None)
