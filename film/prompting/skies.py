"""How hour and weather turn within a scene of a story: `The light began to fail`, `Then the fog came down`."""

from __future__ import annotations

import re
from typing import NamedTuple

from film.direction.scenes import weather_of
from schemas.enums import ScriptFormat, TimeOfDay, Weather
from schemas.script import Breakdown, Scene


class Sky(NamedTuple):
    """The hour and the weather of a shot, where they are no longer, or not yet, those of its scene."""

    time: TimeOfDay
    weather: Weather


_LETTERS = re.compile(r"[a-z]+")
_NEEDED = frozenset(
    "rain raining snow snowing hail fog mist storm thunder lightning sun moon stars light dark darkness night dusk "
    "dawn day clouds daylight twilight sunset sunrise".split()
)
"""Of these each turn is told with one."""
_COMES = (
    r"(?:c[ao]me(?: down| in| up| rolling)?|comes|fell|began|begins|started|starts|set in|rolled|crept|rose|closed|"
    r"broke|burst|thickened)"
)
_GOES = (
    r"(?:had |has )?(?:stopped|stops|ceased|eased|passed|cleared|lifted|lifts|thinned|ended|let up|parted|blew over)"
)
_BEGINS = r"(?:it )?(?:began|begins|started|starts|had begun|has begun) (?:softly |slowly |suddenly )?(?:to )?"
_TURNS: tuple[tuple[re.Pattern[str], TimeOfDay | None, Weather | None], ...] = tuple(
    (re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), time, weather)
    for pattern, time, weather in (
        (rf"{_BEGINS}rain(?:ing)?|(?:the|a \w+) rain {_COMES}", None, Weather.RAIN),
        (rf"{_BEGINS}(?:snow(?:ing)?)|(?:the|a \w+) snow {_COMES}|flakes {_COMES}", None, Weather.SNOW),
        (rf"(?:the|an?|a \w+) (?:fog|mist) {_COMES}", None, Weather.FOG),
        (rf"(?:the|an?|a \w+) (?:thunder)?storm {_COMES}", None, Weather.STORM),
        (rf"(?:the )?(?:rain|snow|storm|hail) {_GOES}", None, Weather.CLOUDY),
        (rf"(?:the )?(?:fog|mist|clouds) {_GOES}|the sun (?:came out|comes out|broke through)", None, Weather.CLEAR),
        (r"the (?:day)?light (?:\w+ )?(?:(?:began|begins|was beginning|started) to (?:fail|fade|go)|was failing|"
         r"was fading|failed|faded)|(?:it|the (?:room|sky|wood|street|garden)) (?:was (?:getting|growing|"
         r"becoming)|grew|"
         r"got|became) (?:quite |nearly )?dark|the sun (?:had )?(?:set|went down|was setting|sank)|"
         r"(?:dusk|twilight) (?:fell|came)|(?:just )?before dark", TimeOfDay.DUSK, None),
        (r"(?:night|darkness) (?:had )?(?:fell|fallen|came|comes|falls)|the stars (?:came|come) out|the moon "
         r"(?:came|comes) (?:out|up)|the moon (?:rose|rises|had risen)|after dark", TimeOfDay.NIGHT, None),
        (r"(?:dawn|day) (?:broke|breaks|was breaking|came)|the sun (?:rose|rises|came up|comes up|was rising)|it "
         r"(?:grew|got|was (?:getting|growing)) light|the sky (?:grew|was growing|turned) (?:light|pale|gr[ae]y|pink)",
         TimeOfDay.DAWN, None),
    )
)  # fmt: skip
_BEFORE = {Weather.RAIN: Weather.CLOUDY, Weather.SNOW: Weather.CLOUDY, Weather.STORM: Weather.CLOUDY,
           Weather.FOG: Weather.CLEAR}  # fmt: skip
"""What the sky was before some weather came, where nothing tells."""


def skies_of(breakdown: Breakdown) -> dict[str, Sky]:
    """Find how hour and weather turn in a story's scenes.

    From the shot on that tells of it, a turn holds until another, into the next scene if that says nothing else;
    before the shot that tells how some weather came, it was not there.

    Args:
        breakdown: Stage 1's result.

    Returns:
        By a shot's id, its sky; shots under their scene's are left out, and so are screenplays, whose headings say it.
    """
    found: dict[str, Sky] = {}
    if breakdown.format is not ScriptFormat.PROSE:
        return found
    scenes = {scene.index: scene for scene in breakdown.scenes}
    coming = _coming(breakdown)
    time: TimeOfDay | None = None
    weather: Weather | None = None
    before: Scene | None = None
    since = 0
    """In which scene it turned last: what turned holds in the next one, and not for ever."""
    for shot in breakdown.shots:
        scene = scenes[shot.scene]
        if before is not None and before.index != scene.index:
            time = time if scene.time_of_day is before.time_of_day else None
            weather = weather if scene.weather is before.weather else None
            if scene.index > since + 1:
                time = weather = None
        before = scene
        for turned, to in turns_in(shot.action):
            time, weather, since = turned or time, to or weather, scene.index
        held = weather
        if held is None and shot.id < coming.get(scene.index, ""):
            held = _BEFORE[scene.weather]
        sky = Sky(time or scene.time_of_day, held or scene.weather)
        if sky != (scene.time_of_day, scene.weather):
            found[shot.id] = sky
    return found


def turns_in(action: str) -> list[tuple[TimeOfDay | None, Weather | None]]:
    """The turns of hour and weather that an action tells of, in the order of the text."""
    if _NEEDED.isdisjoint(_LETTERS.findall(action.lower())):
        return []
    hits = ((match.start(), time, weather) for pattern, time, weather in _TURNS for match in pattern.finditer(action))
    return [(time, weather) for _, time, weather in sorted(hits, key=lambda hit: hit[0])]


def _coming(breakdown: Breakdown) -> dict[int, str]:
    """By scene, the shot in which its weather comes: no shot before it tells of that weather."""
    found: dict[int, str] = {}
    told: set[int] = set()
    weathers = {scene.index: scene.weather for scene in breakdown.scenes}
    for shot in breakdown.shots:
        weather = weathers[shot.scene]
        if not shot.action or shot.scene in told or weather not in _BEFORE:
            continue
        if any(to is weather for _, to in turns_in(shot.action)):
            found[shot.scene] = shot.id
        if weather_of([shot.action]) is weather or shot.scene in found:
            told.add(shot.scene)
    carried = {after.index for before, after in zip(breakdown.scenes, breakdown.scenes[1:], strict=False)
               if before.weather is after.weather}  # fmt: skip
    return {scene: shot for scene, shot in found.items() if scene not in carried}
