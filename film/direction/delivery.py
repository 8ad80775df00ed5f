"""Delivery: what hands and face do while a line is spoken, by its words and by how it is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemas.enums import Expression, Pose

_MANNERS: Mapping[Pose, re.Pattern[str]] = {
    pose: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    for pose, words in (
        (Pose.WHISPER, r"whisper\w*|sotto voce|under (?:his|her) breath|hushed|low voice|aside|murmur\w*|mutter\w*"),
        (Pose.POINT, r"point(?:s|ing|ed)?|accus\w+|indicat\w+|gestur\w+"),
        (Pose.SHRUG, r"shrug\w*|baffled|puzzled|helpless\w*|incredul\w+"),
        (Pose.WAVE, r"wav(?:es|ing|ed)|greet\w*|call(?:s|ing) out"),
        (
            Pose.HALT,
            r"warn\w*|hand up|(?:holds?|holding|raises?|raising) (?:up )?(?:a|his|her) hand|stopping (?:him|her|them)",
        ),
        (Pose.THINK, r"think\w*|ponder\w*|hesitat\w+|consider\w*|doubtful\w*|unsure|remember\w*|musing"),
        (
            Pose.VOW,
            r"sincere\w*|earnest\w*|hand on (?:his|her) heart|swear\w*|moved|touched|tender\w*|plead\w*|begg\w+",
        ),
        (
            Pose.FOLD,
            r"cold(?:ly)?|stubborn\w*|sullen\w*|defian\w+|arms? (?:folded|crossed)|unimpressed|sulk\w*|dry(?:ly)?",
        ),
        (Pose.CHEER, r"triumphant\w*|cheer(?:s|ing)|overjoyed|ecstatic\w*|exultant\w*"),
        (Pose.SALUTE, r"salut\w+|at attention"),
        (Pose.LISTEN, r"listen\w*|straining to hear"),
    )
}
"""What is done by how a line is spoken, the clearest first."""
_WORDS = """
halt: stop(?= *(?:[,!.…—–]|$)| (?:right there|there|that|it|him|her|them|at once)\\b)|halt|hold (?:on|it)|\
wait(?= *(?:[,!.…—–]|$)| (?:for (?:me|us)|a (?:moment|minute|second)|there)\\b)|(?:no|not yet|careful|easy)(?= *!)|\
don['’]t(?= *!| (?:move|touch|go|come|open|shoot|fire|do (?:that|it|this)|you dare)\\b)|enough(?= *[!.])|\
freeze(?= *[,!.])|stay (?:back|there|where|away)|keep (?:back|off|away)|back off|not so fast|slow down|calm down|\
hands off|not (?:another|one|a) (?:more )?(?:step|move)|leave (?:it|me|him|her|them)(?= *[!.,]| (?:alone|be)\\b)
wave: hello|hullo|hi|hey|good (?:morning|evening|night|day|afternoon)|good-?bye|bye|welcome|farewell|so long|see you|\
come (?:here|on|in|along|with)|over here|ahoy
give: (?:give|hand|pass|lend|show|let) (?:me|us|it|that|him|her|them)|here(?= *[,!]| you (?:are|go))|\
take (?:it|this|that|them)|have (?:a|some|one)|this is for
point: look|there|see (?:that|him|her|it)|that['’]s|that is|that one|you(?= *!)|it was you|out|run|\
you (?:did|stole|lied|killed|took|are|were|again)|get (?:out|up|in|back|down|away)|go(?= *[,!.]| (?:home|away|on|back))
vow: i (?:swear|promise|love|loved|forgive|beg|am sorry)|i['’]m (?:so )?sorry|sorry|forgive me|thank you|thanks|please|\
bless|my (?:dear|love|darling)|on my (?:honou?r|life|word)|believe me|trust me
salute: aye aye|aye,? (?:sir|ma['’]am|captain|skipper)|at your orders|reporting for duty|sir,? yes,? sir|\
(?:aye|yes),? (?:captain|sergeant|sarge|lieutenant|corporal|colonel|commander|admiral|general)
cheer: hurrah|hurray|hooray|bravo|cheers|we (?:did it|won|made it)|at last|victory|yes(?= *!)
think: h+m+|perhaps|maybe|i wonder|let me (?:see|think)|i suppose|what if|suppose|well(?= *[,.…])
whisper: shh+|ssh+|hush|quiet|psst|listen to me|between you and me|don['’]t tell
listen: listen|hear that|(?:do|did|can) you hear|what was that
fold: i (?:won['’]t|will not|refuse|don['’]t care)|none of your|not my|i never
"""
_ROWS = (row.split(": ", 1) for row in _WORDS.strip().splitlines())
_SAID = re.compile(
    r"(?:^[\"“‘'…\s]*|(?<=[.!?…—–])\s+)(?:" + "|".join(f"(?P<{pose}>{words})" for pose, words in _ROWS) + r")(?![\w-])",
    re.IGNORECASE,
)
"""What the beginning of a sentence makes hands do; of several sentences the first that says anything counts."""
_ASKS = re.compile(
    r"\?[\"”’'…\s]*$|(?<![\w-])(?:i don['’]t know|who knows|no idea|how should i)(?![\w-])", re.IGNORECASE
)
_ADDRESSED = re.compile(r"(?:^|(?<=[,.!?])\s+)(?P<name>[A-Z][\w'’-]+)(?=[,.!?])")
_READ = 240
"""So many characters of a speech are read at most: hands do not keep up with all of it."""
_LOUD: Mapping[Pose, Expression] = {
    Pose.HALT: Expression.ANGRY,
    Pose.POINT: Expression.ANGRY,
    Pose.GIVE: Expression.ANGRY,
    Pose.FOLD: Expression.ANGRY,
    Pose.WAVE: Expression.HAPPY,
    Pose.CHEER: Expression.LAUGHING,
    Pose.VOW: Expression.HAPPY,
}
"""What a face shows that calls out what hands say."""
_FACES: tuple[tuple[Expression, re.Pattern[str]], ...] = tuple(
    (face, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE))
    for face, words in (
        (Expression.LAUGHING, r"laugh\w*|giggl\w*|chuckl\w*|gleeful\w*|hysterical\w*"),
        (Expression.CRYING, r"crying|sob\w*|weep\w*|wept|in tears|through (?:his |her )?tears|tearful\w*"),
        (Expression.SCREAMING, r"scream\w*|shriek\w*|howl\w*"),
        (
            Expression.ANGRY,
            r"shout\w*|yell\w*|bellow\w*|roar\w*|furious\w*|enraged|livid|"
            r"indignant\w*|threaten\w*|bark\w*|spits?|snarl\w*|through (?:his |her )?teeth",
        ),
        (
            Expression.SURPRISED,
            r"cried|cries|exclaim\w*|call(?:s|ed|ing) out|incredul\w+|disbeliev\w+|aghast|baffled|puzzled",
        ),
        (Expression.SAD, r"wear(?:y|ily)|defeated|regretful\w*|gloom\w*|hollow|hoarse\w*|grim\w*"),
        (Expression.HAPPY, r"bright(?:ly)?|teas\w+|playful\w*|eager\w*|excited\w*|pleased|sweet(?:ly)?|merr\w+"),
        (Expression.AFRAID, r"urgent\w*|desperate\w*|breathless\w*|plead\w*|stricken|shak(?:y|en|ing)"),
    )
)
"""What a face shows by how a line is spoken."""


def gesture_of(said: str, manner: str) -> Pose:
    """Find what the hands of whoever speaks do.

    Args:
        said: The words.
        manner: How the script says that they are spoken: a parenthetical, or what stands beside speech in prose.

    Returns:
        A pose of arms alone; TALK where nothing tells.
    """
    if manner:
        told = next((pose for pose, words in _MANNERS.items() if words.search(manner)), None)
        if told is not None:
            return told
    text = said[:_READ]
    found = _SAID.search(text)
    if found is not None and found.lastgroup:
        return Pose(found.lastgroup)
    return Pose.SHRUG if _ASKS.search(text) else Pose.TALK


def face_of(manner: str) -> Expression | None:
    """Find what a face shows by how a line is spoken; None where nothing tells."""
    return next((face for face, words in _FACES if words.search(manner)), None) if manner else None


def addressed(said: str) -> Iterator[str]:
    """The names by which a line may call whom it is spoken to, such as `Danny, come here`."""
    for match in _ADDRESSED.finditer(said[:_READ]):
        yield match["name"]


def loud_face(said: str, gesture: Pose) -> Expression:
    """What the face of whoever calls something out shows, by what the hands do."""
    return _LOUD.get(gesture, Expression.SURPRISED) if said.rstrip(" \"”’'").endswith("!") else Expression.NEUTRAL
