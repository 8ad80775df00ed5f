"""The words by which a script says what its pictures hold. Tables only; the rules stand elsewhere."""

from __future__ import annotations

import re

from film.script.people import ROLES
from schemas.enums import Expression, Pose, TimeOfDay, Weather


def _table(**rows: str) -> dict[str, str]:
    return {word: key for key, words in rows.items() for word in words.split()}


POSES: dict[str, Pose] = {
    word: Pose(key)
    for word, key in _table(
        run="run runs running ran race races racing raced sprint sprints sprinting sprinted chase chases chasing "
        "chased flee flees fleeing fled dash dashes dashing rush rushes rushing rushed hurry hurries hurried "
        "bolt bolts charge charges scuttles scuttle gallop gallops scramble scrambles",
        walk="walk walks walking walked stroll strolls strolling strolled step steps stepping stepped cross "
        "crosses crossing crossed enter enters entering entered leave leaves leaving left wander wanders "
        "wandering wandered approach approaches approached climb climbs climbing climbed march marches trudge "
        "trudges trudging trudged stumble stumbles stumbled follow follows followed shuffle shuffles tiptoe "
        "tiptoes creep creeps crept come comes came go goes went limps limp paces pace hike hikes turns heads "
        "exits exit arrives arrive arrived wades wade carries carried drag drags fly flies "
        "flying flew soar soars soared glides glided swoops flutters fluttered",
        sit="sit sits sitting sat drive drives driving drove row rows rowing rowed seated perch perches ride "
        "rides riding rode slumps slump types typing typed steers steer paddles",
        lie="lie lies lying lay sleep sleeps sleeping slept asleep collapse collapses collapsed faint faints "
        "unconscious dead sprawled",
        point="point points pointing pointed gestures gesture beckons",
        hold="hold holds holding held lift lifts lifting lifted raise raises raised grip grips gripped clutch "
        "clutches clutching clutched offer offers offered hand hands handed carry carrying take takes took "
        "pick picks picked unlock unlocks grab grabs grabbed open opens opened pull pulls pulled reads read "
        "reading unfolds writes shows places gives give gave aims aim lights strikes pours waves",
        fight="fight fights fighting fought punch punches hit hits kick kicks wrestle wrestles struggle struggles "
        "struggling attack attacks attacked swing swings stab stabs duel shove shoves",
        kneel="kneel kneels kneeling knelt crouch crouches crouching crouched squat squats stoops stoop",
        talk="speak speaks talk talks talking talked shout shouts argue argues whisper whispers sing sings calls",
        stand="stand stands standing stood wait waits waiting waited stare stares staring stared watch watches "
        "watching watched stop stops stopped look looks looking looked listens listen freezes",
    ).items()
}

EXPRESSIONS: dict[str, Expression] = {
    word: Expression(key)
    for word, key in _table(
        happy="smile smiles smiling smiled laugh laughs laughing laughed laughter grin grins grinning grinned happy "
        "happily joy joyful cheerful cheers cheering delighted glad beam beams giggle giggles proud proudly "
        "love loves befriend befriends befriended friend friends warm warmly chuckles relieved hug hugs "
        "hugged amused kindly gently",
        sad="cry cries crying cried weep weeps wept weeping sad sadly tear tears sob sobs sobbing lonely alone "
        "mourn grief sorrow sorry sigh sighs sighed disappointed broken forlorn melancholy lost miss misses "
        "tired quietly",
        angry="angry angrily anger furious fury rage shout shouts shouted yell yells glare glares glared snap snaps "
        "snapped slam slams growl growls snarl snarls affronted hiss hisses bitter bitterly frown frowns "
        "annoyed",
        afraid="afraid fear fearful scared frightened terrified terror panic panics tremble trembles trembling "
        "trembled shiver shivers nervous nervously anxious worried worry flinch flinches cower cowers "
        "stammers stutter horror confused alarmed",
        surprised="surprised surprise gasp gasps gasped astonished amazed startled shock shocked stunned awe wow wide- "
        "eyed suddenly what?! marvels wonder wonders blinks unbelievable incredible",
    ).items()
}

TENSE = frozenset(
    "scream screams screaming run runs running chase chases gun shot shots shoot shoots blood knife "
    "explosion explodes fire burning crash crashes danger hurry hurries rush rushes panic fight fights "
    "attack attacks die dies dead death kill kills fall falls falling storm thunder lightning alarm siren "
    "sirens suddenly flee flees trapped drowning drown sinks smashes slams bursts terrified terror "
    "scream! bomb collapses collapse cracks breaks roar roars bang lunges desperate freezes fear fearful "
    "frenzy shouts shout help escape hunted monster grabs leaps".split()
)
CALM = frozenset(
    "calm quiet quietly silent silence gentle gently slow slowly sleep sleeps peaceful still soft softly "
    "smile smiles breeze rest rests dawn morning tea stroll strolls garden empty wait waits waiting "
    "serene whisper warm".split()
)

PROPS = frozenset(
    "phone telephone smartphone letter envelope note lamp lantern candle torch flashlight lighter match "
    "cart lunchbox tablet raft car truck bus taxi van bicycle bike motorcycle boat rowboat motorboat ferry ship "
    "oar anchor rope net gun pistol rifle knife sword axe book diary notebook newspaper map cup "
    "mug glass bottle teapot kettle plate bowl bread apple cake egg key umbrella hat coat scarf bag suitcase backpack "
    "box chest crate chair table bed door window mirror clock watch photo photograph picture painting camera radio "
    "television tv computer laptop screen keyboard microphone guitar piano violin bell flag kite ball "
    "balloon doll toy teddy bench tree flower flowers rose stone rock feather leaf bucket ladder broom "
    "hammer saw wheel lever button switch train plane airplane rocket coin ring necklace crown money "
    "ticket pen pencil paper telescope compass bone leash cage nest fish shell pebble skull statue fire "
    "campfire stove ladle spoon hourglass gramophone record drum trumpet flute basket blanket pillow "
    "glove gloves shoe shoes boot boots whistle horn wheelchair crutch cane staff stick shovel spade "
    "snowman snowball sled lighthouse".split()
)
"""Things that a draughtsman can draw and that can act in a shot."""

HANDLING = frozenset(
    "hold holds holding held lift lifts lifted raise raises raised grip grips open opens opened read "
    "reads pick picks picked take takes took unlock unlocks unfolds unfold drops drop dropped falls fell "
    "lands lies lay glows glow glowed burn burns burning buzz buzzes ring rings rang display displays "
    "tick ticks flicker flickers flickered light lights lit strike strikes press presses pressed turn "
    "turns turned pull pulls pulled push pushes pushed hand hands handed gives gave place places placed "
    "set sets puts put writes write wrote tap taps swings swing pour pours poured hang hangs points find "
    "finds found stare stares aim aims".split()
)
"""Verbs by which a thing acts, or is acted with: what an insert shows."""

TALL = frozenset(
    "tower towers lighthouse skyscraper castle mountain cliff tree trees giant climb climbs climbing "
    "rises rise rising ladder stairs sky steeple looms loom rocket ceiling mast star stars moon".split()
)
ENDING = frozenset(
    "leave leaves left alone vanish vanishes vanished disappear disappears gone end ends away goodbye "
    "farewell sails".split()
)
REALISING = frozenset(
    "realise realises realize realizes sees notices discovers finds understands recognises recognizes "
    "stares remembers knows freezes gasps reads".split()
)
VAST = frozenset(
    "car truck bus taxi van boat rowboat motorboat ferry ship raft cart train airplane plane rocket tree lighthouse "
    "statue bed sled window door".split()
)
"""Things that fill a wide shot."""
ASKEW = frozenset(
    "dizzy dizzily spins nightmare hallucination hallucinates delirious drugged staggers reels disoriented woozy "
    "vertigo swims blurs".split()
)
"""Words of what is out of joint: the camera tilts with it."""
LOOKS_DOWN = frozenset("below small tiny alone lies lying floor crouches kneels helpless".split())
"""Words of what the camera looks down on."""
WEIGHTY = frozenset(
    "love loved die died dies dead death kill killed murdered sorry goodbye pregnant married divorce leaving truth "
    "lied betrayed cancer forgive father mother son daughter guilty never".split()
)
"""Words that a listener's face is waited for."""
QUICK = frozenset(
    "run runs sprint sprints dash dashes rush rushes bolt bolts grab grabs snatch snatches slam slams punch "
    "punches kick kicks jump jumps leap leaps duck ducks fire fires shoot shoots crash crashes explode explodes "
    "burst bursts spin spins flinch flinches blink blinks drop drops snap snaps hit hits throw throws flash "
    "flashes dive dives".split()
)
"""Verbs of what is over at once."""
SLOW = frozenset(
    "wait waits waiting stare stares staring watch watches watching gaze gazes drift drifts linger lingers climb "
    "climbs sleep sleeps dance dances float floats walk walks wander wanders stroll strolls creep creeps crawl "
    "crawls rise rises sink sinks fade fades sail sails approach approaches pour pours burn burns search searches "
    "consider considers slowly carefully gradually".split()
)
"""Verbs and adverbs of what takes its time."""
GROUPS = frozenset(
    "crowd crowds people passengers soldiers children villagers dancers guests audience mob army family "
    "everyone".split()
)

TIMES: dict[str, TimeOfDay] = {
    word: TimeOfDay(key)
    for word, key in _table(
        dawn="dawn sunrise daybreak first-light predawn pre-dawn sunup sun-up cockcrow",
        morning="morning breakfast",
        day="day daytime noon noonday noontime midday mid-day lunchtime daylight",
        afternoon="afternoon",
        dusk="dusk sunset evening twilight sundown nightfall gloaming eventide suppertime",
        night="night midnight nighttime moonlight starlight candlelight lamplight overnight",
    ).items()
}
SAME_TIME = frozenset(
    "continuous later same moments moment simultaneous simultaneously meanwhile intercut following then".split()
)
"""Words with which a slugline refers to the time of the scene before."""

WEATHERS: tuple[tuple[Weather, frozenset[str]], ...] = (
    (Weather.STORM, frozenset("storm thunderstorm hurricane thunder lightning tempest gale stormy".split())),
    (
        Weather.SNOW,
        frozenset(
            "snow snows snowing snowfall snowflakes snowflake blizzard snowy snowed sleet snowstorm "
            "snowdrift snowdrifts snowbound snowfield icicles".split()
        ),
    ),
    (
        Weather.RAIN,
        frozenset("rain rains raining rainy raindrops downpour drizzle drizzles umbrella umbrellas rained".split()),
    ),
    (Weather.FOG, frozenset("fog foggy mist misty haze hazy fogbound".split())),
    (Weather.WIND, frozenset("wind winds windy gust gusts breeze windswept".split())),
    (Weather.CLOUDY, frozenset("cloud clouds cloudy overcast grey-skied".split())),
)
"""Hardest first: where a scene names several, the hardest is what the picture shows."""

GENERIC = ROLES | frozenset("voice person figure crowd man woman men women people all both everyone announcer".split())
"""Cues that do not identify a person: two of them may be two people."""

VERBS = (
    frozenset(POSES)
    | HANDLING
    | frozenset(
        "is are was were has have had who whose which that and-then appears appear lives live works work "
        "makes make sweeps paints smiles laughs looks turns wears-and emerges drinks eats drops arrives "
        "begins starts tries wants keeps gets does puts nods shakes gazes peers glances leans rests hangs "
        "moves plays pushes pulls throws catches cleans washes polishes hammers descends ascends flies floats "
        "drifts barks yawns sighs cries weeps dances stirs hums whistles sleeps scrubs befriends befriend "
        "meets meet finds find loses lose discovers discover builds build steals steal saves save learns "
        "learn falls fall fights loves hates teaches dreams returns return becomes become".split()
    )
)
"""Verbs that end an introducing phrase."""

WOMENS_WEAR = re.compile(
    r"\b(?:(?<!full )(?:sun)?dress(?! (?:shirt|uniform|shoes?|blues|whites|code|sword))|"
    r"(?<!dressing )(?<!hospital )gown|"
    r"(?:mini)?skirts?|blouse|petticoat|crinoline|corset|bodice|sari|high heels|stilettos|lipstick|mascara)\b",
    re.IGNORECASE,
)
"""What of somebody's looks tells of a woman, where nothing else tells."""
MENS_WEAR = re.compile(
    r"\b(?:beard(?:ed)?|moustached?|mustached?|goatee|sideburns|whiskers|tuxedo|necktie|bow tie|cufflinks|top hat)\b",
    re.IGNORECASE,
)
"""The same of a man."""
