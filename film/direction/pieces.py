"""Divides texts of a script into what one shot can hold, and finds the source of each piece."""

from __future__ import annotations

import re

from film.direction.camera import has_camera, is_before_sentence
from film.direction.figures import literal
from film.direction.moments import props_in
from film.direction.narration import narration
from film.direction.timing import TYPICAL_S, is_silence, plain_seconds
from film.direction.vocabulary import HANDLING, VERBS
from film.direction.words import Range, sentences, tokens, word_count
from film.script.coverage import part_span
from film.script.evidence import PAST
from film.script.saying import SAYING
from schemas.script import Element, Span

_SAY_TAG_WORDS = 6
_SAYINGS = "|".join(SAYING[: SAYING.index("smiled")])
_LEADING_TAG = re.compile(rf"\W*(?:{_SAYINGS})\s+(?:[\w'’.\-]+\s+){{0,3}}?[\w'’\-]+,\s+(?=\w)")
_HOW = re.compile(
    r"(?:(?:very |rather |quite |more |half |a little )?\w+ly(?:,? (?:and |but )?(?:very |rather |quite )?\w+ly)?|"
    r"at (?:last|once|length)|in an? (?:[\w-]+,? ){0,2}(?:voice|tone|whisper)|"
    r"with an? (?:[\w-]+ )?(?:smile|sigh|laugh|shrug|nod)|"
    r"after a (?:while|moment|pause)|smiling|laughing|sighing)(?:[.!?;:]+\s*|,\s*$|$)"
)
"""All that is left of a sentence or a clause behind a tag: `asked Jim, laboriously.`"""
_TAG = re.compile(
    rf"^(?:(?:{_SAYINGS})\b.*|(?:[\w'’.\-]+\s+){{1,3}}?(?:{_SAYINGS})"
    r"(?:\s+(?:\w+ly|at last|again|at once|then|softly|low|aloud|back|after a (?:while|moment|pause)|"
    r"to (?:him|her|them|it|no ?body|the \w+|(?:him|her)self)))?)$",
    re.DOTALL,
)


def tag_end(text: str) -> int:
    """Where the narration after a quotation stops saying only who speaks: `said Anna.` The picture shows that.

    A tag with what hangs on it goes or stays whole: nobody narrates `nodding at his wife` alone.

    Args:
        text: Narration that follows quoted speech.

    Returns:
        The end of the tag, 0 where there is none.
    """
    leading = _LEADING_TAG.match(text)
    if leading:
        how = _HOW.match(text, leading.end())
        return how.end() if how else 0  # what hangs on it, as in `said Mr. Bell, nodding at his wife`, is told with it
    first = sentences(text)[:1]
    if not first:
        return 0
    words = text[: first[0][1]]
    if len(tokens(words)) > _SAY_TAG_WORDS or not _TAG.match(words.strip(" ,.;:—–-")):
        return 0
    return first[0][1]


_TAG_WITH_DEED = re.compile(
    rf"(?:(?:{_SAYINGS})|(?:he|she|they|it|I|[A-Z][\w'’.\-]+|[Tt]he [\w'’\-]+)(?: [\w'’.\-]+){{0,2}}? "
    rf"(?:{_SAYINGS}))(?![\w-])"
)


def is_told_with(text: str) -> bool:
    """Whether narration after a quotation says who speaks, and what they do besides: `said Anna, pouring the tea`.

    Args:
        text: Narration that follows quoted speech, from where its tag begins.
    """
    return _TAG_WITH_DEED.match(text) is not None


def manner_end(text: str) -> int:
    """Where the narration after a quotation stops saying who speaks, and how; 0 where it does not say so.

    Args:
        text: Narration that follows quoted speech, whether it is narrated or not.
    """
    leading = _LEADING_TAG.match(text)
    return tag_end(text) or (leading.end() if leading else 0)


def trimmed_span(element: Element, part: Range) -> Span:
    """The source of a part of an element, without white space at its end."""
    start, end = part
    text = element.text
    while end > start and text[end - 1].isspace():
        end -= 1
    return part_span(element, start, end)


def spaced(text: str) -> str:
    """A part keeps one space of what divides it from the next, so that parts joined are the speech again."""
    words = text.rstrip()
    return words + " " if words != text else words


def pieces(text: str, narrated: bool) -> list[Range]:
    """Divide action into what one shot holds: short sentences together; narration by sentences."""
    if narrated:
        return narration(text)
    found: list[Range] = []
    for start, end in sentences(text):
        if found and _joins(text, found[-1], (start, end)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


_WITHOUT_SUBJECT = re.compile(r"(?:(?:and|then|but|or|not|\w+ly),? )*(?P<word>[a-z]+)(?=\W|$)")
_LED = re.compile(
    r"(?:from|in|into|on|onto|at|to|over|under|by|through|across|along|behind|beside|around)\b[^,;.]{0,80}, "
    r"(?:and|then) (?:then |\w+ly )?(?P<word>[a-z]+)(?=\W|$)"
)
_NO_DEED = frozenset("that which where who whom whose so as because if when while until although red bed".split())
_RUNS_ON = frozenset({"with", "without", "carrying"})


def goes_on(words: str) -> bool:
    """Whether a part of a sentence has no subject of its own: `and rolled up the blind`, `picking up the stand`.

    Args:
        words: It.
    """
    match = _WITHOUT_SUBJECT.match(words) if _LED.match(words) is None else _LED.match(words)
    if match is None or match["word"] in _NO_DEED:
        return False
    word = match["word"]
    return word in _RUNS_ON or word in PAST or word in VERBS or (len(word) > 4 and word.endswith(("ed", "ing")))


_BARE = frozenset(
    "looks opens closes shuts takes puts picks pulls pushes walks runs sits stands turns stops listens waits stares "
    "smiles nods grabs reaches leans kneels climbs drops throws lifts holds points reads writes eats drinks pours "
    "exits enters hesitates pauses sighs laughs gasps freezes glances unlocks unfolds unzips wipes sets lays lies "
    "crosses gives hurries crawls kicks crouches hides stoops bends straightens shrugs winces blinks frowns "
    "swallows removes raises lowers examines studies inspects searches checks tries starts begins goes comes moves "
    "backs slides slips jumps leaps considers thinks remembers realizes realises sees hears notices finds".split()
)
"""Verbs with which a sentence of a screenplay may begin that leaves out who does it: `Unzips it.`"""


def is_bare(words: str) -> bool:
    """Whether a sentence leaves out whom it is about, as screenplays do, such as `Looks up, freezes`."""
    first, _, rest = words.partition(" ")
    return first.rstrip(".,").lower() in _BARE and first[:1].isupper() and not rest[:1].isupper()


def _joins(text: str, piece: Range, sentence: Range) -> bool:
    """Whether a sentence shares the shot of the piece before it."""
    before, after = text[slice(*piece)], text[slice(*sentence)]
    if is_before_sentence(before.strip()):
        return True
    together = word_count(before) + word_count(after) if text.isascii() else word_count(text[piece[0] : sentence[1]])
    return plain_seconds(together) <= TYPICAL_S and not _stands_alone(after) and not is_silence(before)


def _stands_alone(sentence: str) -> bool:
    """Whether a sentence asks for a shot of its own: the script's camera, or a thing that acts."""
    words = set(tokens(sentence))
    return has_camera(sentence) or is_silence(sentence) or bool(words & HANDLING and props_in(literal(sentence)))
