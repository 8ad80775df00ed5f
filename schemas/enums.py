"""The field's vocabulary, as enumerations. Values are what users see in JSON."""

from __future__ import annotations

from enum import StrEnum


class ScriptFormat(StrEnum):
    """How a script is written."""

    FOUNTAIN = "fountain"
    FDX = "fdx"
    PROSE = "prose"


class ElementKind(StrEnum):
    """What one element of a script is."""

    HEADING = "heading"
    ACTION = "action"
    CHARACTER = "character"
    PARENTHETICAL = "parenthetical"
    DIALOGUE = "dialogue"
    TRANSITION = "transition"
    LYRIC = "lyric"
    CENTERED = "centered"
    SECTION = "section"
    SYNOPSIS = "synopsis"
    NOTE = "note"
    PAGE_BREAK = "page_break"


class SkippedKind(StrEnum):
    """What a stretch of a script is that belongs to no element: all that is neither shown, nor heard, nor noted.

    A note and a page break are elements; emphasis, and whatever stands inside an element, belongs to the element.
    """

    BLANK = "blank"
    """White space between elements: indentation, line ends, empty lines, form feeds."""
    TITLE_PAGE = "title_page"
    """A screenplay's title page, a story's title."""
    BONEYARD = "boneyard"
    """What a writer has cut but kept: `/* … */`."""
    FURNITURE = "furniture"
    """What a printed page has of its own: its number, `(CONTINUED)`, `(MORE)` outside a speech."""
    PUNCTUATION = "punctuation"
    """Marks without words between two pieces of prose: a dash between quotations, quotation marks around nothing."""
    MARKUP = "markup"
    """A format's own syntax, such as XML's tags."""


class IntExt(StrEnum):
    """Whether a scene plays inside, outside, or moves between both."""

    INT = "int"
    EXT = "ext"
    INT_EXT = "int_ext"


class TimeOfDay(StrEnum):
    """The light a scene is set in."""

    DAWN = "dawn"
    MORNING = "morning"
    DAY = "day"
    AFTERNOON = "afternoon"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    """The weather a scene is set in; CLEAR unless the script says otherwise."""

    CLEAR = "clear"
    CLOUDY = "cloudy"
    RAIN = "rain"
    STORM = "storm"
    SNOW = "snow"
    FOG = "fog"
    WIND = "wind"


class Place(StrEnum):
    """The family of places a location belongs to: what a set designer would build."""

    STREET = "street"
    ALLEY = "alley"
    CITY = "city"
    PARK = "park"
    GARDEN = "garden"
    FOREST = "forest"
    FIELD = "field"
    MOUNTAIN = "mountain"
    DESERT = "desert"
    BEACH = "beach"
    SEA = "sea"
    RIVER = "river"
    HARBOUR = "harbour"
    ROAD = "road"
    BRIDGE = "bridge"
    STATION = "station"
    ROOFTOP = "rooftop"
    VILLAGE = "village"
    HOUSE = "house"
    CASTLE = "castle"
    RUIN = "ruin"
    CAVE = "cave"
    SKY = "sky"
    SPACE = "space"
    LIVING_ROOM = "living_room"
    BEDROOM = "bedroom"
    KITCHEN = "kitchen"
    BATHROOM = "bathroom"
    CORRIDOR = "corridor"
    STAIRS = "stairs"
    OFFICE = "office"
    CLASSROOM = "classroom"
    LIBRARY = "library"
    HOSPITAL = "hospital"
    SHOP = "shop"
    BAR = "bar"
    RESTAURANT = "restaurant"
    THEATRE = "theatre"
    CHURCH = "church"
    PRISON = "prison"
    WORKSHOP = "workshop"
    LABORATORY = "laboratory"
    WAREHOUSE = "warehouse"
    BASEMENT = "basement"
    CAR = "car"
    TRAIN = "train"
    SHIP = "ship"
    SPACESHIP = "spaceship"
    ROOM = "room"
    LANDSCAPE = "landscape"
    """The last two are the families of a place whose name says nothing more, inside and outside."""


class ShotSize(StrEnum):
    """How much of the subject the frame holds, widest first."""

    EWS = "EWS"
    WS = "WS"
    FS = "FS"
    MS = "MS"
    MCU = "MCU"
    CU = "CU"
    ECU = "ECU"


class Angle(StrEnum):
    """Where the camera stands in relation to the subject's eyes."""

    EYE = "eye"
    HIGH = "high"
    LOW = "low"
    OVERHEAD = "overhead"
    DUTCH = "dutch"


class Movement(StrEnum):
    """How the camera moves during a shot."""

    STATIC = "static"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"


class FocusOn(StrEnum):
    """What a lens is focused on where the focus moves within a shot."""

    NEAR = "near"
    """Whoever, or whatever, the shot is about, and stands nearest."""
    FAR = "far"
    """Who stands behind them."""
    SET = "set"
    """The place, and the things in it."""


class TransitionKind(StrEnum):
    """How one shot gives way to the next.

    FADE comes from, or goes to, black or white and lies inside its own shot; DISSOLVE blends two shots around their
    cut, and WIPE uncovers the second from left to right. Both use handles, so that none changes a shot's length in the
    film.
    """

    CUT = "cut"
    FADE = "fade"
    DISSOLVE = "dissolve"
    WIPE = "wipe"

    @property
    def overlaps(self) -> bool:
        """Whether both shots are seen at once, so that each needs frames beyond its part in the film."""
        return self in {TransitionKind.DISSOLVE, TransitionKind.WIPE}


class FadeColour(StrEnum):
    """What a fade comes from or goes to."""

    BLACK = "black"
    WHITE = "white"


def is_black(colour: FadeColour) -> bool:
    """Whether a fade is to or from black: documents leave it out then, so that older ones keep their names."""
    return colour is FadeColour.BLACK


class Pose(StrEnum):
    """What a figure does with its body."""

    STAND = "stand"
    WALK = "walk"
    RUN = "run"
    SIT = "sit"
    LIE = "lie"
    TALK = "talk"
    POINT = "point"
    HOLD = "hold"
    FIGHT = "fight"
    KNEEL = "kneel"
    EMBRACE = "embrace"
    """In somebody's arms. Two who embrace stand close, and face each other."""
    KISS = "kiss"
    """As EMBRACE, lips on lips."""
    SLEEP = "sleep"
    READ = "read"
    WRITE = "write"
    EAT = "eat"
    DRINK = "drink"
    SMOKE = "smoke"
    PHONE = "phone"
    OPEN = "open"
    """Opens or shuts a door."""
    LOOK_OUT = "look_out"
    """Looks out of a window."""
    PEER = "peer"
    """Looks through or at something held before the eyes."""
    CLIMB = "climb"
    CARRY = "carry"
    GIVE = "give"
    PICK_UP = "pick_up"
    THROW = "throw"
    PUSH = "push"
    PULL = "pull"
    DIG = "dig"
    SWEEP = "sweep"
    WORK = "work"
    """Does something with both hands before the body: cooks, washes, hammers, sews."""
    PLAY = "play"
    """Plays an instrument."""
    DANCE = "dance"
    SING = "sing"
    CHEER = "cheer"
    """Both arms up: in joy, or because somebody told them to."""
    WAVE = "wave"
    SALUTE = "salute"
    BOW = "bow"
    PRAY = "pray"
    AIM = "aim"
    DRIVE = "drive"
    ROW = "row"
    RIDE = "ride"
    SWIM = "swim"
    FLY = "fly"
    """In the air or weightless."""
    JUMP = "jump"
    FALL = "fall"
    CRAWL = "crawl"
    CROUCH = "crouch"
    """Low, as whoever hides or creeps."""
    FOLD = "fold"
    """Arms folded before the chest."""
    WEEP = "weep"
    """The face in the hands."""
    SCREAM = "scream"
    """The hands at the cheeks."""
    THINK = "think"
    """A hand at the chin."""
    WADE = "wade"
    """Walks through water, the arms away from it."""
    LEAN = "lean"
    """The back against something, the arms folded."""
    KICK = "kick"
    POUR = "pour"
    """Out of what is in the one hand into what is in the other."""
    REACH = "reach"
    """An arm stretched out for something that is out of reach."""
    LISTEN = "listen"
    """A hand behind the ear."""
    SHRUG = "shrug"
    """The palms up, to both sides: whoever asks, or does not know."""
    HALT = "halt"
    """A hand held up before somebody: stop, wait, no."""
    WHISPER = "whisper"
    """A hand beside the mouth."""
    VOW = "vow"
    """A hand on the heart."""


class Expression(StrEnum):
    """What a face shows in a close shot."""

    NEUTRAL = "neutral"
    HAPPY = "happy"
    SAD = "sad"
    ANGRY = "angry"
    AFRAID = "afraid"
    SURPRISED = "surprised"
    LAUGHING = "laughing"
    CRYING = "crying"
    SCREAMING = "screaming"
    ASLEEP = "asleep"
    """With closed eyes."""


class FigureKind(StrEnum):
    """What sort of body a figure has."""

    ADULT = "adult"
    CHILD = "child"
    DOG = "dog"
    CAT = "cat"
    HORSE = "horse"
    BIRD = "bird"
    ROBOT = "robot"
    GHOST = "ghost"
    CLOUD = "cloud"
    COW = "cow"
    PIG = "pig"
    BEAR = "bear"
    RABBIT = "rabbit"
    MOUSE = "mouse"
    FISH = "fish"
    SNAKE = "snake"
    DRAGON = "dragon"
    ALIEN = "alien"


class Side(StrEnum):
    """Where on the screen a figure stands. Kept through a scene: the 180° line."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class DirectedBy(StrEnum):
    """Who decided what the camera does."""

    RULES = "rules"
    """The film grammar of `film.direction`."""
    MODEL = "model"
    """A language model, within what the script's reading allows."""
    BOTH = "both"
    """A language model, and the rules where its answer could not be used."""


class ExportFormat(StrEnum):
    """What a finished film is handed over as."""

    OTIO = "otio"
    """OpenTimelineIO, for Resolve and whatever else reads it."""
    OTIOZ = "otioz"
    """The same with its media in one file."""
    FCP7XML = "fcp7xml"
    """Final Cut Pro 7's XML, for Premiere, Avid and Resolve."""
    FCPXML = "fcpxml"
    """For Final Cut Pro and Resolve."""
    EDL = "edl"
    """CMX 3600."""
    SRT = "srt"
    VTT = "vtt"
    CSV = "csv"
    """The shot list, for a spreadsheet."""
    PDF = "pdf"
    """The storyboard, to print."""
    FRAMES = "frames"
    """Every frame of the film, as PNGs."""


class Paper(StrEnum):
    """What a storyboard is printed on; always in landscape."""

    A4 = "a4"
    LETTER = "letter"


class Texture(StrEnum):
    """The surface a drawn picture seems to lie on."""

    NONE = "none"
    PAPER = "paper"
    GRAIN = "grain"
    HALFTONE = "halftone"


class JobStatus(StrEnum):
    """Where a film job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    AWAITING_REVIEW = "awaiting_review"
    NEEDS_ATTENTION = "needs_attention"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def terminal(self) -> bool:
        """Whether nothing more will happen to the job under its present revision."""
        return self in {JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED}


class MediaKind(StrEnum):
    """What a shot's frames are made from."""

    STILL = "still"
    """One picture, over which the camera moves."""
    LAYERS = "layers"
    """A picture in layers, near and far, between which a moving camera shows depth."""
    CLIP = "clip"
    """Frames, ready made."""
    CARD = "card"
    """One picture of words, a title or credits: what belongs to no shot of the script."""

    @property
    def extension(self) -> str:
        """How a file of this kind ends, without the dot: it says how the file is read."""
        return {MediaKind.LAYERS: "ora", MediaKind.CLIP: "mp4"}.get(self, "png")

    @property
    def media_type(self) -> str:
        """The IANA media type of such a file."""
        return {MediaKind.LAYERS: "image/openraster", MediaKind.CLIP: "video/mp4"}.get(self, "image/png")


class SubtitleMode(StrEnum):
    """How what is said can be read."""

    SOFT = "soft"
    """A track of the film, which players show or hide."""
    SIDECAR = "sidecar"
    """Files beside the film: SRT and WebVTT."""
    BURNT = "burnt"
    """Drawn into the frames."""


class OverlayKind(StrEnum):
    """What words over a picture are."""

    CAPTION = "caption"
    """What a script asks to be read over the picture: a place, a year."""
    SUBTITLE = "subtitle"
    """What is said, burnt in."""


class Corner(StrEnum):
    """Where in the frame a logo stands."""

    UPPER_LEFT = "upper-left"
    UPPER_RIGHT = "upper-right"
    LOWER_LEFT = "lower-left"
    LOWER_RIGHT = "lower-right"

    @property
    def is_upper(self) -> bool:
        """Whether it is one of the two at the top."""
        return self in {Corner.UPPER_LEFT, Corner.UPPER_RIGHT}

    @property
    def is_left(self) -> bool:
        """Whether it is one of the two on the left."""
        return self in {Corner.UPPER_LEFT, Corner.LOWER_LEFT}


class SoundKind(StrEnum):
    """What a stretch of sound is."""

    MUSIC = "music"
    """Makes room for voices."""
    VOICE = "voice"


class SoundCodec(StrEnum):
    """How a film's sound is encoded. The value is FFmpeg's name."""

    AAC = "aac"
    PCM = "pcm_s24le"
    """Uncompressed, 24 bits."""

    @property
    def container(self) -> str:
        """FFmpeg's name of the format that holds it."""
        return "mp4" if self is SoundCodec.AAC else "mov"

    @property
    def extension(self) -> str:
        """File name extension of the sound by itself."""
        return "m4a" if self is SoundCodec.AAC else "mov"

    @property
    def media_type(self) -> str:
        """IANA media type of the sound by itself."""
        return "audio/mp4" if self is SoundCodec.AAC else "video/quicktime"


class ProfileName(StrEnum):
    """How a film is encoded; what each means is data, in `schemas.profiles`."""

    H264 = "h264"
    HEVC = "hevc"
    AV1 = "av1"
    PRORES = "prores"
    PREVIEW = "preview"
    NVENC = "nvenc"


class MotionKind(StrEnum):
    """How a film's pictures shall move."""

    CAMERA = "camera"
    """The camera moves over the keyframe, with depth where it has layers."""
    FLOW = "flow"
    """In-betweens from one keyframe to the next, by optical flow, where the two are nearly the same picture."""
    VIDEO = "video"
    """A video model makes the frames between keyframes."""


class MovedBy(StrEnum):
    """What moves in a shot, in the end."""

    CAMERA = "camera"
    """The camera, over one flat picture; or nothing, where it stands."""
    PARALLAX = "parallax"
    """The camera, through a picture in layers."""
    FOCUS = "focus"
    """The focus, from one layer of a picture to another; the camera stands, or moves through it as well."""
    FLOW = "flow"
    VIDEO = "video"


class RendererName(StrEnum):
    """Who makes the keyframes."""

    STORYBOARD = "storyboard"
    SDXL = "sdxl"


class Tier(StrEnum):
    """The user's plan. Only FREE carries a watermark."""

    FREE = "free"
    PRO = "pro"
    STUDIO = "studio"


class ShotOutcome(StrEnum):
    """How a shot ended."""

    MADE = "made"
    STAND_IN = "stand_in"
    """The draft's picture stands in for it, because it was skipped or nobody answered for 72 hours."""
