"""Scenes and characters of a story, which has neither headings nor cues."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from film.direction.cast import Cast
from film.direction.places import is_exterior, mentioned
from film.direction.scenes import Locations, SceneDraft, tension_of, weather_of
from film.direction.sluglines import time_in
from film.direction.vocabulary import VERBS
from film.direction.words import forms, placed_tokens, sentences, slug, tokens, unique
from film.script.people import ROLES
from schemas.enums import ElementKind, IntExt, Place, TimeOfDay, Weather
from schemas.script import Character, Element, Location, Scene, Screenplay, Span

_TIME_PASSES = re.compile(
    r"\b(?:next|following|that|one|the same)\s+(?:morning|day|afternoon|evening|night|week|month|year)\b"
    r"|\b(?:next|following|that|one)\s+(?:spring|summer|autumn|winter)\b"
    r"|\b(?:later|years? (?:passed|went)|days? (?:passed|went)|hours? (?:passed|went))\b"
    r"|\b(?:at|by)\s+(?:dawn|dusk|sunrise|sunset|midnight|noon|nightfall|night|first light)\b"
    r"|\bin the (?:morning|evening|afternoon)\b|\bwhen (?:morning|night|evening|dawn) came\b",
    re.IGNORECASE,
)
_TOWARDS = frozenset(
    "in into inside at on onto to through across along down up over outside under beneath beside behind reached "
    "entered aboard".split()
)
_STOPS = _TOWARDS | frozenset("from by and but with for while as when that which who was were is are".split())
_NAME = re.compile(
    r"(?<![\w'’.])(?:(?:Mr|Mrs|Ms|Dr|Captain|Old|Aunt|Uncle)\.?\s+)?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z][a-z]+)?(?![\w])"
)
_NAMED = re.compile(
    r"\b(?P<role>[a-z]+),?\s+(?:named|called|whose name (?:was|is))\s+(?P<name>[A-Z][a-z]+)"
    r"|(?P<name2>[A-Z][a-z]+),\s+(?:the|an?)\s+(?:[a-z]+\s+){0,2}(?P<role2>[a-z]+)"
)
_PLACE_PREPOSITION = re.compile(r"\b(?:in|at|to|from|of|near|towards?|through|on|into)\s+$", re.IGNORECASE)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december christmas easter god english french german i".split()
)
_NOT_NAMES = frozenset(
    "the a an and but or so then when while if as at in on of for from to with by not no yes he she it "
    "they we you his her their my your its this that these those there here what who how why where once "
    "one two three all some after before now later outside inside above below behind suddenly finally "
    "perhaps every each nobody nothing something someone everyone only even still just until since "
    "because though although far near down up out over under between without him mr mrs ms dr old captain "
    "let look come go oh ah well please good never always maybe like hello goodbye thank thanks sometimes "
    "somewhere soon today tonight tomorrow yesterday morning night day evening again first last next "
    "other".split()
)
_PHRASE = re.compile(
    r"\b(?:the|an?|his|her|their|my|old|young|little|[A-Z][a-z]+['’]s)\s+(?:[\w'’\-]+\s+){0,3}?$", re.IGNORECASE
)
_MOST_PEOPLE = 24


def prose_cast(elements: Sequence[Element]) -> Cast:
    """Find who speaks or acts in a story.

    Names are capitalised words that recur, or that speak; other people are nouns such as `the keeper`. A name and
    a noun are one person where the story says so: `a girl named Mara`, `Mara, the ferryman`.

    Args:
        elements: The story's elements.

    Returns:
        The cast, in the order of first mention.
    """
    text = "\n".join(element.text for element in elements if element.kind is ElementKind.ACTION)
    speakers = Counter(element.speaker for element in elements if element.speaker and element.speaker != "I")
    names = _names(text, set(speakers))
    roles = _roles(text, speakers)
    same = _same_person(text)
    people: list[Character] = []
    taken: set[str] = {"narrator"}
    used: set[str] = set()
    for name in names:
        role = same.get(name)
        aliases = (role,) if role in roles else ()
        used.update(aliases)
        spoken = sum(
            count for who, count in speakers.items() if _same(who, name) or any(_head(who) == a for a in aliases)
        )
        people.append(
            Character(
                id=unique(slug(name), taken),
                name=name,
                aliases=aliases,
                description=_introduction(text, name, roles.get(role or "", "")),
                speeches=spoken,
            )
        )
    for role, phrase in roles.items():
        if role not in used:
            spoken = sum(count for who, count in speakers.items() if _head(who) == role)
            people.append(Character(id=unique(slug(role), taken), name=role, description=phrase, speeches=spoken))
    people.sort(key=lambda person: _first(text, (person.name, *person.aliases)))
    return Cast(people[:_MOST_PEOPLE])


def _first(text: str, names: Sequence[str]) -> int:
    return min((at for at in (text.find(name) for name in names) if at >= 0), default=len(text))


def _head(who: str) -> str:
    words = tokens(who)
    return words[-1] if words else ""


def _same(who: str, name: str) -> bool:
    return who == name or tokens(who)[-1:] == tokens(name)[-1:]


def _names(text: str, speakers: set[str]) -> list[str]:
    """Proper names that are people's, by first mention."""
    counts: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    lower = set(re.findall(r"(?<![\w'’])[a-zà-ÿ]+", text))
    for match in _NAME.finditer(text):
        name = " ".join(match.group().split())
        word = tokens(name)[-1]
        if word in _CALENDAR or word in _NOT_NAMES:
            continue
        before = text[max(0, match.start() - 12) : match.start()]
        counts[name] += 1
        placed[name] += bool(_PLACE_PREPOSITION.search(before))
        inner[name] += not re.search(r"(?:^|[.!?:\n][\"”’]?\s*|[\"“])$", before)
    called = {
        name
        for name in speakers
        if name[:1].isupper()
        and _head(name) not in ROLES
        and not name.lower().startswith(("the ", "a ", "his ", "her "))
    }
    found: list[str] = []
    for name, count in counts.items():
        person = name in called or (
            (inner[name] or count > 1)
            and placed[name] * 2 <= count
            and tokens(name)[-1] not in lower
            and (count > 1 or inner[name])
        )
        if person and not any(_same(name, other) for other in found):
            found.append(name)
    for name in called:
        if not any(_same(name, other) for other in found):
            found.append(name)
    return found


def _roles(text: str, speakers: Counter[str]) -> dict[str, str]:
    """Nouns that name somebody, by first mention, each with the phrase that introduces them."""
    found: dict[str, str] = {}
    for word, at in placed_tokens(text):
        if word not in ROLES or word in found:
            continue
        before = _PHRASE.search(text[max(0, at - 48) : at])
        if before is None:
            continue
        phrase = re.split(r"(?=\b(?:the|an?|his|her|their|my)\b)", before.group(), flags=re.IGNORECASE)[-1]
        end = at + len(word)
        start = at - len(phrase) if not re.search(r"[.;!?]", phrase) else at
        found[word] = text[start : _phrase_end(text, end)]
    for who in speakers:
        head = _head(who)
        if head and not who[:1].isupper() or who.lower().startswith(("the ", "a ", "an ", "his ", "her ")):
            found.setdefault(head, who)
    return found


def _phrase_end(text: str, end: int) -> int:
    """Where a description that begins with a noun ends: `a girl in a yellow raincoat stood` at the coat."""
    going = re.match(r"\s+(?:in|with|wearing|of)\s+", text[end:])
    if going is None:
        return end
    stop = re.search(r"[.,;:!?\n]", text[end:])
    limit = end + stop.start() if stop else len(text)
    for word, at in placed_tokens(text[end + going.end() : limit]):
        if at and word in VERBS:
            limit = end + going.end() + at
            break
    return end + len(text[end:limit].rstrip()) if limit - end <= 60 else end


def _same_person(text: str) -> dict[str, str]:
    same: dict[str, str] = {}
    for match in _NAMED.finditer(text):
        name, role = match["name"] or match["name2"], match["role"] or match["role2"]
        if role in ROLES:
            same.setdefault(name, role)
    return same


def _introduction(text: str, name: str, phrase: str) -> str:
    """The sentence a name is first met in, cut to what describes."""
    at = text.find(name)
    if at < 0:
        return phrase
    appositive = re.match(rf"{re.escape(name)},\s+(?:the|an?|his|her|who|\d)[^.,;!?\n]{{2,80}}", text[at : at + 200])
    if appositive:
        return appositive.group()
    before = re.search(
        r"(?:\b(?:the|an?|old|young|little|poor|tall|small|brave|lonely|kind)\s+)+$", text[max(0, at - 40) : at], re.I
    )
    return phrase or (before.group() if before else "") + name


def prose_scenes(screenplay: Screenplay) -> tuple[list[SceneDraft], tuple[Location, ...]]:
    """Divide a story where its place or time changes.

    Args:
        screenplay: A story.

    Returns:
        The scenes and their locations; a story that names no place is set in a landscape by day.
    """
    groups = _groups(screenplay.elements)
    locations = Locations()
    drafts: list[SceneDraft] = []
    for index, group in enumerate(groups):
        drafts.append(_draft(index, group, drafts[-1].scene if drafts else None, locations))
    return drafts, locations.all()


def _groups(elements: Sequence[Element]) -> list[list[Element]]:
    """Elements of each scene: a break, or an action that leads elsewhere or to another time, begins a new one."""
    groups: list[list[Element]] = []
    place: str | None = None
    fresh = True
    for element in elements:
        if element.kind in {ElementKind.PAGE_BREAK, ElementKind.SECTION}:
            fresh = True
            continue
        moved = element.kind is ElementKind.ACTION and _moves_on(element.text, place, bool(groups))
        if fresh or moved or not groups:
            groups.append([])
            fresh = False
        groups[-1].append(element)
        if element.kind is ElementKind.ACTION:
            place = _place_named(element.text) or place
    return groups


def _moves_on(text: str, place: str | None, begun: bool) -> bool:
    if not begun or text[:1].islower():
        return False
    opening = text[: sentences(text)[0][1]] if sentences(text) else text
    if _TIME_PASSES.search(opening):
        return True
    named = _place_named(opening) or next((name for name in map(_place_leading, _sentences(text)) if name), None)
    return named is not None and place is not None and _family(named) is not _family(place)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _place_leading(sentence: str) -> str | None:
    """The place a sentence begins with: `In the street a girl stopped`."""
    words = tokens(sentence)
    return _place_named(" ".join(words[:5])) if words and words[0] in _TOWARDS else None


def _place_named(text: str) -> str | None:
    """The first place somebody is at or goes to: `into the old lighthouse` gives `lighthouse`."""
    words = tokens(text)
    for at, word in enumerate(words):
        if word not in _TOWARDS:
            continue
        for following in words[at + 1 : at + 7]:
            if following in _STOPS:
                break
            hit = next((form for form in forms(following) if mentioned(form)), None)
            if hit:
                return hit
    return None


def _opening_place(words: Sequence[str]) -> str | None:
    """The place that the first of a scene's paragraphs names: at the head of a sentence, or anywhere."""
    opening = words[0] if words else ""
    leading = next((name for name in map(_place_leading, _sentences(opening)) if name), None)
    return leading or _place_named(opening)


def _family(word: str) -> Place | None:
    found = mentioned(word)
    return found[0][1] if found else None


def _draft(index: int, group: Sequence[Element], before: Scene | None, locations: Locations) -> SceneDraft:
    words = [element.text for element in group if element.kind is ElementKind.ACTION]
    text = " ".join(words)
    named = _opening_place(words) or (mentioned(text)[0][0] if mentioned(text) and before is None else None)
    place = (_family(named) if named else None) or (before.place if before else Place.LANDSCAPE)
    location = locations.at(
        named or (before and next(p.name for p in locations.all() if p.id == before.location)) or "", place
    )
    elapsed = bool(before) and bool(_TIME_PASSES.search(text[:160]))
    scene = Scene(
        index=index,
        int_ext=IntExt.EXT if is_exterior(place) else IntExt.INT,
        location=location.id,
        place=location.place,
        time_of_day=_time(text) or (before.time_of_day if before else TimeOfDay.DAY),
        weather=weather_of(words, before if before and not elapsed else None)
        if words
        else (before.weather if before else Weather.CLEAR),
        span=Span(start=group[0].span.start, end=group[-1].span.end),
        tension=tension_of(words, group),
    )
    return SceneDraft(scene=scene, elements=tuple(group), elapsed=elapsed)


def _time(text: str) -> TimeOfDay | None:
    return next((time for time in (time_in(text[start:end]) for start, end in sentences(text)) if time), None)
