"""Sets under the open sky: a table from place to painter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from film.render.storyboard.sets_outdoor import deck, grounds, land, lane, markets, sea, sky, town, village, ways, wilds
from film.render.storyboard.stage import Stage
from schemas.enums import Place

OUTDOOR: Mapping[Place, Callable[[Stage], None]] = {
    Place.STREET: town.street,
    Place.ALLEY: town.alley,
    Place.CITY: town.city,
    Place.ROAD: ways.road,
    Place.BRIDGE: ways.bridge,
    Place.STATION: ways.station,
    Place.ROOFTOP: town.rooftop,
    Place.PARK: land.park,
    Place.GARDEN: land.garden,
    Place.FOREST: land.forest,
    Place.FIELD: land.field,
    Place.MOUNTAIN: land.mountain,
    Place.DESERT: land.desert,
    Place.LANDSCAPE: land.landscape,
    Place.CAVE: land.cave,
    Place.BEACH: sea.beach,
    Place.SEA: sea.sea,
    Place.RIVER: sea.river,
    Place.HARBOUR: sea.harbour,
    Place.SHIP: sea.ship,
    Place.VILLAGE: village.village,
    Place.HOUSE: village.house,
    Place.CASTLE: village.castle,
    Place.RUIN: village.ruin,
    Place.CHURCH: village.church,
    Place.SKY: sky.sky,
    Place.SPACE: sky.space,
}

OUTDOOR_WITH: Mapping[tuple[Place, str], Callable[[Stage], None]] = {
    (Place.SHIP, "ferry"): deck.ferry_deck,
    (Place.STREET, "village"): lane.lane,
    (Place.STREET, "period"): lane.lane,
    (Place.CITY, "village"): lane.lane,
    (Place.CITY, "period"): lane.lane,
    (Place.ROOFTOP, "village"): lane.roofs,
    (Place.ROOFTOP, "period"): lane.roofs,
    (Place.FIELD, "graves"): grounds.graveyard,
    (Place.GARDEN, "graves"): grounds.graveyard,
    (Place.FIELD, "pitch"): grounds.pitch,
    (Place.FIELD, "battlefield"): grounds.battlefield,
    (Place.FIELD, "farm"): grounds.farmyard,
    (Place.FIELD, "meadow"): grounds.meadow,
    (Place.MOUNTAIN, "quarry"): wilds.quarry,
    (Place.STREET, "western"): wilds.western,
    (Place.VILLAGE, "western"): wilds.western,
    (Place.CITY, "western"): wilds.western,
    (Place.ROAD, "desert"): wilds.desert_road,
    (Place.ROAD, "woods"): wilds.forest_road,
    (Place.STREET, "market"): markets.market,
    (Place.VILLAGE, "market"): markets.village_market,
    (Place.PARK, "fair"): markets.fair,
}
"""Sets of a family with a trait of `film.prompting.traits`, where they are built otherwise."""
