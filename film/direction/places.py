"""Which family of places a location belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from film.direction.figures import literal
from film.direction.furnishings import room_of
from film.direction.vocabulary import VERBS
from film.direction.words import forms, placed_tokens, singular, tokens
from film.script.evidence import PAST
from film.script.people import ROLES
from schemas.enums import IntExt, Place

# word(s): family inside / family outside; one family where both are the same.
_ROWS = """
street: street | avenue boulevard sidewalk pavement crossing intersection crosswalk traffic lane driveway parking suburb
street: phone-booth phone-box kiosk newsstand
alley: alley | alleyway backstreet
city: construction-site building-site city | downtown skyline town metropolis
park: park | playground carousel fairground funfair carnival circus zoo campus schoolyard
garden: swimming-pool garden | backyard yard patio courtyard lawn greenhouse orchard porch pool terrace
forest: forest | woods wood jungle grove clearing swamp woodland trees
field: field | meadow farm farmland prairie plain pasture stadium pitch cornfield cemetery graveyard hill hillside
field: moor heath campsite battlefield trench trenches ranch vineyard paddock farmyard barnyard churchyard graveside
field: burial-ground savanna savannah steppe hilltop hayfield encampment plantation ballpark
field/workshop: tent marquee tepee
garden: veranda verandah
workshop: hayloft loft
mountain: mountain | mountains cliff peak summit ridge volcano glacier alps
mountain: quarry gravel-pit ravine gorge arctic tundra iceberg
desert: desert | dune dunes wasteland canyon mars badlands mesa oasis outback
beach: sea-front seafront cove beach | shore seashore coast island sand
sea: sea | ocean waves reef underwater lighthouse
river: towpath riverside shallows
river: river | stream lake creek pond waterfall riverbank canal lakeside reservoir dam weir marsh bog estuary
harbour: ferry-landing boat-landing landing-stage landing-place slipway boat-ramp
harbour: harbour | harbor shipyard dock docks pier port quay wharf marina jetty boatyard
road: road | highway motorway freeway path trail track footpath crossroads gas-station roadside
road: petrol-station filling-station service-station fuel-station forecourt
bridge: bridge | overpass viaduct
station: station | platform airport terminal metro subway bus-stop bus-station train-station depot
station: train-tracks railway-tracks railroad-tracks railway-line
rooftop: rooftop | roof balcony rooftops
village: village | hamlet square marketplace plaza
house/living_room: parsonage rectory vicarage manor homestead
house/living_room: house home cottage cabin mansion farmhouse villa bungalow hut apartment flat lodge trailer
castle: castle-courtyard castle palace fortress throne citadel tower turret ballroom
ruin: ruin ruins temple pyramid
cave: cave cavern grotto tunnel mine
sky: sky clouds heaven balloon
train/sky: airplane aeroplane plane airliner jet
space: space moon planet orbit galaxy asteroid
living_room: drawing-room living-room lounge parlor parlour sitting-room den dining-room fireplace
bedroom: bedroom bed nursery motel hotel-room hotel-suite suite dormitory barracks attic garret dressing-room
kitchen: kitchen pantry galley
bathroom: bathroom toilet restroom shower washroom locker-room
house/corridor: hotel
corridor: corridor hallway hall foyer lobby passage pipe sewer entrance
stairs: stairs staircase stairwell stairway steps elevator
office: counting-house
office: office boardroom cubicle newsroom police-station precinct bank study desk interrogation courtroom court
office: courthouse tribunal conference-room meeting-room radio-station tv-station embassy headquarters ministry
classroom: classroom school university lecture
library: library archive bookshelves museum gallery exhibition
hospital: operating-room operating-theatre hospital clinic ward surgery morgue ambulance emergency waiting-room dentist
shop: shop store supermarket bakery market mall boutique pharmacy bookstore grocery salon
shop: barber-shop barbers hairdresser hair-salon butchers flower-shop hat-shop sweet-shop cobblers tailors
shop: bazaar souk bookshop toyshop pawnshop barbershop laundromat laundry
bar: inn bar pub tavern saloon nightclub club casino
restaurant: coffee-shop tea-shop tea-room tearoom coffee-house
restaurant: buffet restaurant cafe café diner bistro cafeteria canteen
theatre: theatre theater stage cinema auditorium concert opera backstage studio
church: church chapel cathedral monastery altar mosque synagogue abbey convent belfry bell-tower funeral-home
prison: prison-yard prison cell jail dungeon
workshop: workshop garage forge smithy shed barn atelier boathouse stable fire-station firehouse henhouse
laboratory: laboratory lab control-room clinic-lab observatory
warehouse: warehouse factory hangar depot-hall mill gym gymnasium dojo power-station power-plant parking-garage
basement: vault vaults catacombs basement cellar crypt bunker
car/road: car taxi cab truck van limousine limo suv pickup sedan convertible minivan hearse
train/station: train carriage compartment wagon locomotive tram bus
ship: ship boat ferry deck cabin-deck yacht submarine engine-room wheelhouse raft rowboat
ship: pilothouse helm ship-cabin boat-cabin captain-cabin ferry-cabin yacht-cabin
spaceship: spaceship spacecraft starship cockpit airlock space-station shuttle rocket
room: room chamber
"""

_INSIDE: dict[str, Place] = {}
_OUTSIDE: dict[str, Place] = {}


def _load() -> None:
    for row in _ROWS.strip().splitlines():
        families, words = row.split(":")
        names = families.split("/")
        # `house/living_room`: outside / inside where the pair begins with an exterior; car and train the reverse.
        first, last = Place(names[0]), Place(names[-1])
        inside, outside = (last, first) if first in _EXTERIORS else (first, last)
        for word in words.replace("|", " ").split():
            _INSIDE[word], _OUTSIDE[word] = inside, outside


_EXTERIORS = frozenset(list(Place)[: list(Place).index(Place.LIVING_ROOM)]) | {Place.LANDSCAPE}
_ENCLOSED = frozenset({Place.CAVE, Place.CASTLE, Place.RUIN, Place.STATION, Place.GARDEN, Place.SPACE, Place.SKY})
"""Families of the open that a camera can be inside of."""
_FACADES = {
    **dict.fromkeys((Place.SHOP, Place.BAR, Place.RESTAURANT, Place.THEATRE, Place.LIBRARY), Place.STREET),
    **dict.fromkeys((Place.HOSPITAL, Place.OFFICE, Place.CLASSROOM, Place.PRISON, Place.LABORATORY), Place.CITY),
    **dict.fromkeys((Place.LIVING_ROOM, Place.BEDROOM, Place.KITCHEN, Place.BATHROOM, Place.ROOM), Place.HOUSE),
    **dict.fromkeys((Place.CORRIDOR, Place.STAIRS, Place.WORKSHOP, Place.BASEMENT), Place.HOUSE),
    Place.CHURCH: Place.VILLAGE,
    Place.WAREHOUSE: Place.HARBOUR,
}
"""What stands for an interior's building when the camera is outside it."""
_WAYS = frozenset("path paths footpath trail trails track tracks".split())
_LANDS = frozenset(
    {Place.FOREST, Place.MOUNTAIN, Place.DESERT, Place.FIELD, Place.BEACH, Place.GARDEN, Place.PARK, Place.RIVER}
)
"""What a way of no width leads through: a `FOREST PATH` is in the forest, a `FOREST ROAD` is a road."""
_VEHICLES = frozenset({Place.CAR, Place.TRAIN, Place.SHIP, Place.SPACESHIP})
_load()
_INSIDE["lighthouse"] = Place.ROOM


def place_of(words: Sequence[str], int_ext: IntExt) -> Place | None:
    """Find the family that a location's name belongs to.

    The last word counts most: a `HOSPITAL CORRIDOR` is a corridor; but a `DESERT TRAIL` is in the desert. `ROOM` alone
    says nothing more than inside, so an earlier word is preferred to it.

    Args:
        words: The name's words, in lower case.
        int_ext: Whether the camera is inside; a house is a facade from outside and a living room from within.

    Returns:
        The family, or None where no word of the name is known.
    """
    table = _INSIDE if int_ext is IntExt.INT else _OUTSIDE
    vague: Place | None = None
    way: Place | None = None
    for at in range(len(words) - 1, -1, -1):
        pair = f"{words[at - 1]}-{words[at]}" if at else ""
        found = table.get(pair) or next((table[form] for form in forms(words[at]) if form in table), None)
        found = _seen_from(found, int_ext)
        if way is not None:
            if found in _LANDS:
                return found
            continue
        if found is Place.ROAD and at and words[at] in _WAYS:
            way = found
        elif found is Place.ROOM:
            vague = vague or found
        elif found is not None:
            return found
    return way or vague


def place_of_scene(name: str, action: Iterable[str], int_ext: IntExt) -> Place:
    """Find a scene's family of places from its location's name and, failing that, from what its action names.

    Args:
        name: The location's name; parts divided by ` - ` go from the whole to the part.
        action: Texts of the scene's action.
        int_ext: Whether the camera is inside.

    Returns:
        A family; ROOM inside and LANDSCAPE outside where nothing says more.
    """
    for part in reversed(name.split(" - ")):
        found = place_of(tokens(part), int_ext)
        if found is not None and found is not Place.ROOM:
            return found
    told = [literal(text) for text in action]
    if int_ext is IntExt.INT and (furnished := room_of(told)) is not None:
        return furnished
    votes: Counter[Place] = Counter()
    table = _INSIDE if int_ext is IntExt.INT else _OUTSIDE
    for text in told:
        for word in _where(text):
            hit = next((table[form] for form in forms(word) if form in table), None)
            fits = hit is not None and (is_exterior(hit) != (int_ext is IntExt.INT) or hit in _VEHICLES)
            if hit is not None and fits and hit is not Place.ROOM:
                votes[hit] += 1
    if votes:
        return votes.most_common(1)[0][0]
    return Place.ROOM if int_ext is IntExt.INT else Place.LANDSCAPE


def _where(text: str) -> Iterable[str]:
    """The words of a text without those for places that only say of what sort the next noun is: `a field report`."""
    words = tokens(text)
    if not any(one in _OUTSIDE for word in words for one in forms(word)):
        return ()
    placed = list(placed_tokens(text))
    return [word for number, (word, _) in enumerate(placed) if not _qualifies(text, placed, number)]


def _qualifies(text: str, placed: Sequence[tuple[str, int]], number: int) -> bool:
    """Whether a singular word for a place stands before a noun that is no part of the place.

    After a word in the singular what is neither a form of a verb that could follow it nor a little word is a noun; but
    what begins with a capital is somebody, and `In the field stand two men` has its verb first.
    """
    word, start = placed[number]
    if word not in _OUTSIDE or number + 1 == len(placed):
        return False
    following, at = placed[number + 1]
    gap = text[start + len(word) : at]
    if gap not in {" ", "\n"} or not text[at].islower() or following in _OUTSIDE or singular(following) in _PARTS:
        return False
    if following in _AFTER_PLACES or following in ROLES or following in PAST or following.endswith(("ed", "ing", "ly")):
        return False
    if following.endswith("s") and not following.endswith("ss"):
        return False
    led = [one for one, _ in placed[max(0, number - 3) : number]]
    return not (following in VERBS and _LOCATIVE.intersection(led))


_LOCATIVE = frozenset(
    "in on at by across through near behind beside over along under beyond around towards inside outside above below "
    "against between among up down".split()
)
_AFTER_PLACES = frozenset(
    "and or but nor so then as when while where who which that whose if because until before after than like is was "
    "are were be been has have had can could will would may might must shall should do does did of in on at by to "
    "from with without for into onto over under above below behind beside near across through along around between "
    "beyond towards toward up down out off away back again once now here there too also alone together still just "
    "only even ever never not no yet already today tonight tomorrow yesterday later soon he she it they we i you his "
    "her its their my our your a an the this these those one two three four five all both each every some any full "
    "empty dark quiet asleep hand arm side outside inside home first last".split()
)
_PARTS = frozenset(
    "gate lamp doorway door wall window bank edge floor path road side corner bell tower yard bench tree entrance roof "
    "steps stair counter shelf sink stove ceiling fence lane track pier quay jetty mouth bed cliff slope peak ridge "
    "lantern light sign porch garden square market front end centre center middle bottom top rail railing pillar "
    "table chair desk pew altar curtain clearing hut cabin shore water surface grass sand dune wave air sky".split()
)
"""What stands where the place is: a `garden gate` is in a garden, a `beach towel` may be anywhere. So are those
who have a trade of the place: a `lighthouse keeper`."""


def _seen_from(place: Place | None, int_ext: IntExt) -> Place | None:
    """What is seen of a place from where the camera stands: from outside, a shop is a street."""
    if place is None or int_ext is IntExt.INT_EXT:
        return place
    if int_ext is IntExt.EXT:
        return _FACADES.get(place, place)
    return place if not is_exterior(place) or place in _ENCLOSED else None


def is_exterior(place: Place) -> bool:
    """Whether a family of places is built outdoors."""
    return place in _EXTERIORS


def mentioned(text: str) -> list[tuple[str, Place]]:
    """The places a text names, in order: (word, family as seen from where it is by nature)."""
    found = []
    for word in _where(text):
        hit = next((form for form in forms(word) if form in _OUTSIDE), None)
        if hit is None:
            continue
        outside, inside = _OUTSIDE[hit], _INSIDE[hit]
        found.append((hit, outside if is_exterior(outside) else inside))
    return found
