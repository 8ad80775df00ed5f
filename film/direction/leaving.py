"""Who goes: whom an action takes out of the scene, so that nobody sees them until they come back."""

from __future__ import annotations

import re

from film.direction.cast import Cast
from film.direction.words import tokens

_GOES = frozenset(
    "leave leaves leaving left exit exits exiting depart departs goes go going walk walks run runs storm storms hurry "
    "hurries step steps rush rushes slip slips stride strides march marches stalk stalks head heads drive drives ride "
    "rides disappear disappears vanish vanishes gone exited departed went walked ran stormed hurried stepped "
    "rushed slipped strode marched stalked headed drove rode disappeared vanished".split()
)
"""One of these is in every action that takes somebody away."""
_ROOMS = (
    "room|house|building|office|flat|apartment|shop|store|bar|cafe|pub|restaurant|kitchen|hall|bedroom|bathroom|cabin|"
    "cell|church|classroom|school|hospital|ward|station|train|car|bus|ship|boat|tent|barn|garden|park|stage|workshop|"
    "library"
)
_AWAY = re.compile(
    r"\b(?:(?:exit(?:s|ed)?|depart(?:s|ed)?|vanish(?:es|ed)?|disappear(?:s|ed)?|is gone|are gone|had gone)\b"
    r"|(?:go|goes|went|walk(?:s|ed)?|runs?|ran|storm(?:s|ed)?|hurr(?:y|ies|ied)|step(?:s|ped)?|rush(?:es|ed)?|"
    r"slip(?:s|ped)?|strides?|strode|march(?:es|ed)?|stalk(?:s|ed)?|head(?:s|ed)?|drives?|drove|rides?|rode)"
    r"\s+(?:out|off|away|outside)\b"
    rf"|left(?=\s+(?:the|this|his|her|their)\s+(?:\w+\s+)?(?:{_ROOMS})\b)"
    r"|(?:leaves?|(?:have|has|had) left)(?=\s*(?:[.,;:!\n—–]|$)|\s+(?:through|by|with|together|alone|too|and|again|"
    rf"without|quickly|slowly|hurriedly|quietly|silently)\b|\s+(?:the|this|his|her|their)\s+(?:\w+\s+)?(?:{_ROOMS})\b))",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?;\n]")
_LONGEST = 200
"""In characters: how far before its verb is looked for who goes."""
_JOINED = re.compile(r"\band\b|&", re.IGNORECASE)
_SEVERAL = frozenset("they both all everyone everybody".split())


def leaving(action: str, people: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """Find who goes in an action.

    Args:
        action: The action.
        people: Who is in it.
        cast: Who is called how.

    Returns:
        Their ids.
    """
    words = tokens(action)
    if not people or _GOES.isdisjoint(words):
        return ()
    found: dict[str, None] = {}
    for verb in _AWAY.finditer(action):
        before = action[max(0, verb.start() - _LONGEST) : verb.start()]
        clause = _STOP.split(before)[-1]
        named = [who for who in cast.mentions(clause) if who in people]
        if named and not _JOINED.search(clause):
            named = named[-1:]
        elif not named:
            named = list(people if not _SEVERAL.isdisjoint(tokens(clause)) else people[:1])
        found.update(dict.fromkeys(named))
    return tuple(found)
