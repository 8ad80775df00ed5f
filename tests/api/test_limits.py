"""How many requests somebody may make, and what Prometheus is told of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from accounts.quota import OF_PLACE, OF_USER
from tests.api.conftest import serving
from tests.api.governing import arrive, user_id_of
from tests.api.people import Studio, problem

pytestmark = pytest.mark.lab

TOKEN = "what Prometheus sends"


async def spent(studio: Studio, who: str) -> None:
    """Let somebody have made all requests that they may make."""
    async with studio.db.begin() as session:
        await session.execute(
            text("INSERT INTO tallies (who, count, ends_at) VALUES (:who, 1000000, now() + interval '40 s')"),
            {"who": who},
        )


async def test_every_answer_tells_how_many_requests_are_left(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    told = [(await anna.get(path)).headers for path in ("/credits", "/jobs/nobodys", "/auth/me")]
    assert {one["ratelimit-policy"] for one in told} == {f'"requests";q={OF_USER.most};w=60'}
    left = [one["ratelimit"].split(";") for one in told]
    assert [(name, int(r.removeprefix("r="))) for name, r, _ in left] == [
        ('"requests"', OF_USER.most - number) for number in (1, 2, 3)
    ]
    assert all(0 < int(t.removeprefix("t=")) <= 60 for *_, t in left)
    stranger = await studio.client().get("/credits", headers={"x-forwarded-for": "10.9.9.7"})
    assert stranger.status_code == 401
    assert stranger.headers["ratelimit"].startswith(f'"requests-place";r={OF_PLACE.most - 1};')


async def test_one_too_many_is_refused_and_told_when_to_come_back(studio: Studio) -> None:
    anna, bert = await arrive(studio, "anna@example.org"), await arrive(studio, "bert@example.org")
    await spent(studio, f"{OF_USER.name}:{await user_id_of(studio, 'anna@example.org')}")
    refused = await anna.get("/credits")
    assert problem(refused, 429)["type"] == "/problems/TooManyRequests"
    assert 0 < int(refused.headers["retry-after"]) <= 40
    assert refused.headers["ratelimit"].startswith('"requests";r=0;')
    assert (await bert.get("/credits")).status_code == 200


async def test_an_address_that_floods_is_refused_whoever_it_says_it_is(studio: Studio) -> None:
    anna = await arrive(studio, "anna@example.org")
    anna.headers["x-forwarded-for"] = "10.9.9.8"
    await spent(studio, f"{OF_PLACE.name}:10.9.9.8")
    problem(await anna.get("/credits"), 429)
    problem(await anna.get("/credits/prices"), 429)
    anna.headers["x-forwarded-for"] = "10.9.9.9"
    assert (await anna.get("/credits")).status_code == 200


@pytest.fixture(scope="module")
def measured(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An API that Prometheus may ask."""
    log = tmp_path_factory.mktemp("measured") / "api.log"
    with serving(environment | {"STUDIO_METRICS_TOKEN": TOKEN}, log) as url:
        yield url


async def test_prometheus_is_told_by_route_and_only_with_its_token(studio: Studio, measured: str) -> None:
    studio.address = measured
    anna = await arrive(studio, "anna@example.org")
    for path in ("/jobs/01939a3e-7c1e-7d52-9b0c-5f2f4f0f9a11", "/jobs/01939a3e-7c1e-7d52-9b0c-5f2f4f0f9a12"):
        assert (await anna.get(path)).status_code == 404
    await anna.get("/made/up")
    prometheus = studio.client(TOKEN)
    told: list[str] = []
    while "studio_database_up 1.0" not in told:  # it has two seconds to answer: on a busy machine it may be late
        told = (await prometheus.get(f"{measured}/metrics")).text.splitlines()
    counted = 'studio_http_requests_total{method="GET",route="/jobs/{job_id}",status="404"} 2.0'
    assert counted in told, "\n".join(told)
    assert 'studio_http_requests_total{method="GET",route="(none)",status="404"} 1.0' in told
    assert 'studio_films{status="queued"} 0.0' in told
    assert not any(line.startswith("studio_queue_messages{") for line in told)  # SQS is away here
    for outbox in ("commands", "letters", "webhooks", "removals"):
        assert any(line.startswith(f'studio_outbox_waiting{{outbox="{outbox}"}} ') for line in told), outbox
    assert not any("01939a3e" in line or "made/up" in line for line in told)
    for client in (studio.client(), studio.client("another token"), anna):
        problem(await client.get(f"{measured}/metrics"), 401)


async def test_without_a_token_there_are_no_metrics(studio: Studio) -> None:
    problem(await studio.client().get(f"{studio.address}/metrics"), 404)
