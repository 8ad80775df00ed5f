"""Sets with a roof: a table from place to painter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from film.render.storyboard.sets_indoor import (
    cabin,
    courts,
    crafts,
    halls,
    helm,
    home,
    nooks,
    public,
    sheds,
    vessel,
    work,
)
from film.render.storyboard.sets_outdoor.land import cave
from film.render.storyboard.stage import Stage
from schemas.enums import Place

INDOOR: Mapping[Place, Callable[[Stage], None]] = {
    Place.ROOM: home.room,
    Place.HOUSE: home.living_room,
    Place.LIVING_ROOM: home.living_room,
    Place.BEDROOM: home.bedroom,
    Place.KITCHEN: home.kitchen,
    Place.BATHROOM: home.bathroom,
    Place.CORRIDOR: home.corridor,
    Place.STAIRS: home.stairs,
    Place.BASEMENT: home.basement,
    Place.OFFICE: work.office,
    Place.CLASSROOM: work.classroom,
    Place.LIBRARY: work.library,
    Place.HOSPITAL: work.hospital,
    Place.WORKSHOP: work.workshop,
    Place.LABORATORY: work.laboratory,
    Place.WAREHOUSE: work.warehouse,
    Place.SHOP: public.shop,
    Place.BAR: public.bar,
    Place.RESTAURANT: public.restaurant,
    Place.THEATRE: public.theatre,
    Place.CHURCH: halls.church,
    Place.PRISON: halls.prison,
    Place.CASTLE: halls.hall,
    Place.STATION: halls.concourse,
    Place.CAR: vessel.car,
    Place.TRAIN: vessel.train,
    Place.SHIP: cabin.cabin,
    Place.SPACESHIP: vessel.spaceship,
    Place.CAVE: cave,
}

INDOOR_WITH: Mapping[tuple[Place, str], Callable[[Stage], None]] = {
    (Place.SHIP, "wheelhouse"): helm.wheelhouse,
    (Place.WORKSHOP, "clocks"): crafts.clock_workshop,
    (Place.WORKSHOP, "garage"): sheds.garage,
    (Place.WORKSHOP, "forge"): sheds.forge,
    (Place.WORKSHOP, "barn"): sheds.barn,
    (Place.WORKSHOP, "tent"): nooks.tent,
    (Place.OFFICE, "court"): courts.court,
    (Place.STAIRS, "lift"): nooks.lift,
    (Place.BEDROOM, "attic"): nooks.attic,
    (Place.LIBRARY, "gallery"): courts.gallery,
    (Place.WAREHOUSE, "gym"): courts.gym,
}
"""Sets of a family with a trait of `film.prompting.traits`, where they are built otherwise."""
