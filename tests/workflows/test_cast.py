"""A film with a cast that is kept, on real servers: what its shots are drawn from, and what another look draws anew."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from activities.forecast import forecast, prompts_of
from api.usecases.film_sources import load
from api.usecases.plan_revision import Plan
from api.usecases.price_revision import price_revision
from api.usecases.recast_film import planned
from api.usecases.revise_film import order_revision
from api.usecases.submit_film import Submitted
from cli.craft import craft_of
from film.casting import looks_in_words, looks_of_film
from film.direction import direct
from film.direction.castlist import add_person, change_person, merge_people
from film.script import read
from film.sound.ordering import SoundRequest, plan_sound
from infrastructure.db.repositories.casts import Casts
from infrastructure.ids import new_id
from schemas.cast import CastList, FilmCast, Person
from schemas.edits import Changes, CharacterChange, Edits, ShotChange
from schemas.enums import DirectedBy
from schemas.errors import InvalidRequest
from schemas.jobs import FilmResult
from schemas.prompt import ShotPrompt
from schemas.script import Breakdown
from tests.model_server import directed_well, saying
from tests.studio import SMALL, Studio
from tests.unit.sound.sounds import tone
from tests.workflows.test_director import directed_by
from tests.workflows.test_revision import made

pytestmark = pytest.mark.lab

SCRIPT = """\
EXT. HARBOUR - DUSK

MARA (40) walks along the pier.

MARA
He said he would be here.

INT. KITCHEN - NIGHT

TOM sits at the table and holds a letter.

TOM
I never left.

INT. HALL - NIGHT

MOTHER
Who is there?

Tom stands up.
"""


def kept() -> CastList:
    """Mara, who is the mother, and Tom."""
    cast = CastList()
    for name, aliases, look in (("Mara", ("MOTHER",), "a woman with grey hair, in a red coat"), ("Tom", (), "a boy")):
        person = Person(person_id=uuid.uuid4(), film_id="", name=name, aliases=aliases, description=look)
        cast = add_person(cast, person)
    return cast


async def keep(studio: Studio, submitted: Submitted, cast: CastList) -> None:
    """Let the film's project keep a cast."""
    film = submitted.film
    async with studio.deps.db.begin() as session:
        assert await Casts(session).of(film.user_id, film.project_id, hold=True) is not None
        await Casts(session).write(film.project_id, cast)


async def plan_of(studio: Studio, submitted: Submitted, asked: Changes, cast: FilmCast | None = None) -> Plan:
    return await planned(submitted.film.job_id, asked, db=studio.deps.db, store=studio.deps.store, cast=cast)


async def breakdown_of(studio: Studio, result: FilmResult) -> Breakdown:
    assert result.breakdown is not None
    return await load(studio.deps.store, Breakdown, result.breakdown)


async def test_another_look_draws_the_shots_of_that_person_anew_and_no_others(studio: Studio) -> None:
    cast = kept()
    mara, _ = cast.people
    db, store = studio.deps.db, studio.deps.store
    async with studio.working():
        submitted, first = await studio.make(SCRIPT, cast=cast.film_cast())
        film = await breakdown_of(studio, first)
        assert {one.id for one in film.characters} == {"mara", "tom"}
        hers = {shot.id for shot in film.shots if "mara" in shot.subjects}
        assert 0 < len(hers) < len(film.shots)

        await keep(studio, submitted, cast)
        with pytest.raises(InvalidRequest, match="has the cast as it is"):
            await plan_of(studio, submitted, Changes(recast=True))
        other = change_person(
            cast, mara.person_id, {"name": "Mara Voss", "description": "a bald woman, in a green coat"}
        )
        await keep(studio, submitted, other)
        stays = await plan_of(studio, submitted, Changes(shots=(ShotChange(shot="s002-001", seed=5),)))
        assert (stays.film.cast, stays.breakdown) == (submitted.film.cast, film)

        plan = await plan_of(studio, submitted, Changes(recast=True))
        priced = await price_revision(plan, looks=looks_of_film)
        assert set(priced.shots) == hers
        cost = await forecast(
            plan.film, plan.script, plan.breakdown, plan.edits, cache=studio.deps.artifacts, tokens=studio.deps.tokens
        )
        assert set(cost.draw) == hers
        revised = Submitted(await order_revision(plan, db=db, store=store, settings=studio.settings), new=True)
        await studio.relay()
        await studio.until_sent(revised)
        result = await studio.workflow(revised).result()
    assert (await made(studio, revised))["keyframes"] == len(hers)
    assert (await breakdown_of(studio, result)).shots == film.shots
    assert revised.film.cast is not None
    assert (await load(store, FilmCast, revised.film.cast)).members == other.film_cast().members
    before, after = await prompts_written(studio, submitted, first), await prompts_written(studio, revised, result)
    was, now = (looks_in_words(one.film_cast().members)["mara"] for one in (cast, other))
    assert before.keys() == after.keys() == {shot.id for shot in film.shots}
    for shot in before:
        assert (was in before[shot].positive, now in after[shot].positive) == (shot in hers, shot in hers)
        assert (before[shot] == after[shot], before[shot].seed) == (shot not in hers, after[shot].seed)
    with pytest.raises(InvalidRequest, match="has the cast as it is"):
        await plan_of(studio, revised, Changes(recast=True))


async def prompts_written(studio: Studio, submitted: Submitted, result: FilmResult) -> dict[str, ShotPrompt]:
    """What the shots of a film were drawn from, by number."""
    film = submitted.film.model_copy(update={"breakdown": result.breakdown})
    breakdown = await breakdown_of(studio, result)
    return await prompts_of(film, breakdown, Edits(), studio.deps.artifacts, studio.deps.tokens)


async def test_a_new_name_alone_draws_nothing(studio: Studio) -> None:
    cast = kept()
    async with studio.working():
        submitted, _ = await studio.make(SCRIPT, cast=cast.film_cast())
    other = change_person(cast, cast.people[0].person_id, {"name": "Mara Voss"})
    await keep(studio, submitted, other)
    plan = await plan_of(studio, submitted, Changes(recast=True))
    assert (await price_revision(plan, looks=looks_of_film)).shots == ()
    given = await plan_of(studio, submitted, Changes(recast=True), other.film_cast())
    assert (given.breakdown, given.new_cast, given.film) == (plan.breakdown, plan.new_cast, plan.film)
    with pytest.raises(InvalidRequest, match="has the cast as it is"):
        await plan_of(studio, submitted, Changes(recast=True), cast.film_cast())


async def test_the_film_with_another_cast_is_the_one_that_was_quoted(studio: Studio) -> None:
    async with studio.working():
        submitted, first = await studio.make(SCRIPT)
    await keep(studio, submitted, kept())
    plan = await plan_of(studio, submitted, Changes(recast=True))
    async with directed_by(studio, saying(directed_well)) as (asking, server):  # a model directs by now
        film = await order_revision(plan, db=studio.deps.db, store=studio.deps.store, settings=studio.settings)
        revised = Submitted(film, new=True)
        await asking.relay()
        await asking.until_sent(revised)
        result = await asking.workflow(revised).result()
        assert server.bodies == []
    assert (first.directed_by, result.directed_by) == (DirectedBy.RULES, DirectedBy.RULES)
    assert await breakdown_of(studio, result) == plan.breakdown


async def test_what_was_edited_stays_with_whoever_it_was_about(studio: Studio) -> None:
    db, store = studio.deps.db, studio.deps.store
    look = CharacterChange(character="mara", description="an old woman in a green coat")
    async with studio.working():
        submitted, first = await studio.make(SCRIPT)
        gone = next(shot for shot in (await breakdown_of(studio, first)).shots if "mara" in shot.subjects)
        plan = await plan_of(studio, submitted, Changes(cast=(look,), removed=(gone.id,)))
        revised = Submitted(await order_revision(plan, db=db, store=store, settings=studio.settings), new=True)
        await studio.relay()
        await studio.until_sent(revised)
        await studio.workflow(revised).result()
    other = Person(person_id=new_id(), film_id="", name="Mara")
    cast = change_person(add_person(CastList(), other), other.person_id, {"name": "Tom", "aliases": ()})
    cast = add_person(cast, Person(person_id=new_id(), film_id="", name="Mara Quinn", aliases=("MARA",)))
    assert [one.film_id for one in cast.people] == ["mara", "mara-quinn"]  # her id is another's by now
    await keep(studio, submitted, cast)
    then = CharacterChange(character="tom", description="a bald man")
    plan = await plan_of(studio, revised, Changes(recast=True, cast=(then,)))
    looks = {one.id: one.description for one in plan.breakdown.characters}
    assert (looks["mara-quinn"], looks["mara"]) == (look.description, then.description)
    assert plan.dropped == ()
    assert [shot.frames for shot in plan.breakdown.shots] == [shot.frames for shot in plan.before.shots]


async def test_a_voice_that_begins_with_a_shot_keeps_its_place_or_is_told_of(studio: Studio, folder: Path) -> None:
    voices = folder / "voices"
    voices.mkdir()
    talk = "".join(f"\n{name}\nWell, number {at}.\n" for at, name in enumerate(("MARA", "MOTHER", "MARA")))
    text = f"INT. HALL - DAY\n\nMARA sits with TOM.\n{talk}\nTom stands up.\n\nEXT. ROAD - DAY\n\nThe rain falls.\n"
    script = direct(read(text, "pier.fountain"), fps=SMALL.fps)
    silent = next(shot.id for shot in script.shots if shot.action == "Tom stands up.")
    tone(voices / f"{silent}.wav", 1)
    async with studio.working():
        submitted, _ = await studio.make(text, sound=plan_sound(SoundRequest(voices=voices), script))
    tom = add_person(CastList(), Person(person_id=new_id(), film_id="", name="Tom"))
    await keep(studio, submitted, tom)
    assert (await plan_of(studio, submitted, Changes(recast=True))).film.sound == submitted.film.sound
    mara = Person(person_id=new_id(), film_id="", name="Mara", aliases=("MOTHER",))
    await keep(studio, submitted, add_person(tom, mara))
    with pytest.raises(InvalidRequest, match=f"The voice {silent}.wav begins with shot {silent}, which is another one"):
        await plan_of(studio, submitted, Changes(recast=True))


async def test_people_who_are_merged_after_a_film_are_one_in_its_next_version(studio: Studio) -> None:
    async with studio.working():
        submitted, first = await studio.make(SCRIPT)
    assert {one.id for one in (await breakdown_of(studio, first)).characters} == {"mara", "mother", "tom"}
    people = [Person(person_id=new_id(), film_id="", name=name) for name in ("Mara", "MOTHER")]
    cast = add_person(add_person(CastList(), people[0]), people[1])
    await keep(studio, submitted, merge_people(cast, *(one.person_id for one in people)))
    plan = await plan_of(studio, submitted, Changes(recast=True))
    assert {one.id for one in plan.breakdown.characters} == {"mara", "tom"}
    priced = await price_revision(plan, looks=craft_of(studio.settings).looks_of_film)
    hers = {shot.id for shot in plan.breakdown.shots if "mara" in shot.subjects}
    assert set(priced.shots) <= hers
    assert {shot.id for shot in plan.breakdown.shots if "mother" in shot.subjects} == set()
