"""How a painter is told about the camera, the place, the light and the weather."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.enums import Angle, Expression, IntExt, Place, Pose, ShotSize, TimeOfDay, Weather

SIZE: Mapping[ShotSize, str] = {
    ShotSize.EWS: "extreme wide establishing shot",
    ShotSize.WS: "wide shot",
    ShotSize.FS: "full body shot",
    ShotSize.MS: "medium shot from the waist up",
    ShotSize.MCU: "medium close-up from the chest up",
    ShotSize.CU: "close-up of the face",
    ShotSize.ECU: "extreme close-up of the eyes",
}
INSERT: Mapping[ShotSize, str] = {ShotSize.CU: "close-up insert shot", ShotSize.ECU: "macro insert shot"}
"""Close sizes of a shot without anybody in it."""

ANGLE: Mapping[Angle, str] = {
    Angle.EYE: "eye level",
    Angle.HIGH: "high angle looking down",
    Angle.LOW: "low angle looking up",
    Angle.OVERHEAD: "overhead view from straight above",
    Angle.DUTCH: "dutch angle, tilted horizon",
}
TIME: Mapping[TimeOfDay, str] = {
    TimeOfDay.DAWN: "at dawn, pink first light",
    TimeOfDay.MORNING: "in the morning, low warm sun",
    TimeOfDay.DAY: "by day",
    TimeOfDay.AFTERNOON: "in the afternoon, golden light",
    TimeOfDay.DUSK: "at dusk, afterglow",
    TimeOfDay.NIGHT: "at night, moonlight and lamps",
}
WEATHER: Mapping[Weather, str] = {
    Weather.CLEAR: "",
    Weather.CLOUDY: "overcast sky",
    Weather.RAIN: "heavy rain, wet surfaces",
    Weather.STORM: "thunderstorm, lightning",
    Weather.SNOW: "falling snow",
    Weather.FOG: "dense fog",
    Weather.WIND: "strong wind",
}
POSE: Mapping[Pose, str] = {
    Pose.STAND: "standing",
    Pose.WALK: "walking",
    Pose.RUN: "running",
    Pose.SIT: "sitting",
    Pose.LIE: "lying down",
    Pose.TALK: "talking",
    Pose.POINT: "pointing",
    Pose.HOLD: "holding something",
    Pose.FIGHT: "fighting",
    Pose.KNEEL: "kneeling",
    Pose.EMBRACE: "embracing",
    Pose.KISS: "kissing",
    Pose.SLEEP: "sleeping",
    Pose.READ: "reading",
    Pose.WRITE: "writing",
    Pose.EAT: "eating",
    Pose.DRINK: "drinking",
    Pose.SMOKE: "smoking",
    Pose.PHONE: "on the phone",
    Pose.OPEN: "opening a door",
    Pose.LOOK_OUT: "looking out of a window",
    Pose.PEER: "looking closely",
    Pose.CLIMB: "climbing",
    Pose.CARRY: "carrying",
    Pose.GIVE: "handing over",
    Pose.PICK_UP: "bending down to pick up",
    Pose.THROW: "throwing",
    Pose.PUSH: "pushing",
    Pose.PULL: "pulling",
    Pose.DIG: "digging",
    Pose.SWEEP: "sweeping",
    Pose.WORK: "working with the hands",
    Pose.PLAY: "playing an instrument",
    Pose.DANCE: "dancing",
    Pose.SING: "singing",
    Pose.CHEER: "arms raised",
    Pose.WAVE: "waving",
    Pose.SALUTE: "saluting",
    Pose.BOW: "bowing",
    Pose.PRAY: "praying",
    Pose.AIM: "aiming",
    Pose.DRIVE: "driving",
    Pose.ROW: "rowing",
    Pose.RIDE: "riding",
    Pose.SWIM: "swimming",
    Pose.FLY: "floating in the air",
    Pose.JUMP: "jumping",
    Pose.FALL: "falling",
    Pose.CRAWL: "crawling",
    Pose.CROUCH: "crouching",
    Pose.FOLD: "arms folded",
    Pose.WEEP: "face in hands",
    Pose.SCREAM: "hands at the cheeks",
    Pose.THINK: "thinking",
    Pose.WADE: "wading",
    Pose.LEAN: "leaning back, arms folded",
    Pose.KICK: "kicking",
    Pose.POUR: "pouring",
    Pose.REACH: "reaching out",
    Pose.LISTEN: "listening, a hand behind the ear",
    Pose.SHRUG: "shrugging, palms up",
    Pose.HALT: "holding up a hand",
    Pose.WHISPER: "whispering behind a hand",
    Pose.VOW: "a hand on the heart",
}
EXPRESSION: Mapping[Expression, str] = {
    Expression.NEUTRAL: "",
    Expression.HAPPY: "smiling",
    Expression.SAD: "sad",
    Expression.ANGRY: "angry",
    Expression.AFRAID: "frightened",
    Expression.SURPRISED: "surprised",
    Expression.LAUGHING: "laughing",
    Expression.CRYING: "crying",
    Expression.SCREAMING: "screaming",
    Expression.ASLEEP: "eyes closed",
}
_PLACE: Mapping[Place, str] = {
    Place.SKY: "high above the clouds",
    Place.SPACE: "outer space, stars",
    Place.SEA: "open sea",
    Place.HARBOUR: "harbour with moored boats",
    Place.CAR: "inside of a car",
    Place.TRAIN: "railway carriage",
    Place.SHIP: "deck of a ship",
    Place.SPACESHIP: "spaceship bridge with consoles",
    Place.STATION: "railway platform",
    Place.STAIRS: "staircase",
}
_SIDE: Mapping[IntExt, str] = {
    IntExt.INT: "interior",
    IntExt.EXT: "exterior",
    IntExt.INT_EXT: "seen through an open door",
}


def place_words(place: Place, int_ext: IntExt) -> str:
    """Name a family of places for a painter, such as `interior, living room`."""
    return f"{_SIDE[int_ext]}, {_PLACE.get(place, place.value.replace('_', ' '))}"
