"""The application: what is served at `/api/v1`, and what every request goes through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute

from api import openapi, problems
from api.craft import Craft
from api.deps import count_place
from api.middleware.bodies import Bodies
from api.middleware.origin import OwnOrigin
from api.middleware.requests import Requests
from api.middleware.traces import Traces
from api.pages import Pages, find_pages, store_origin
from api.polled import Polled, Polling
from api.routers import (
    admin,
    auth,
    breakdowns,
    casts,
    credits,
    health,
    job_events,
    jobs,
    loras,
    metrics,
    moderation,
    oauth,
    previews,
    projects,
    quotes,
    references,
    revisions,
    shares,
    shots,
    stripe,
    webhooks,
)
from api.services import services
from infrastructure.settings import Settings
from infrastructure.tracing import check_variables, tracing

PREFIX = "/api/v1"
ROUTERS = (
    jobs.router,  # what is polled comes first: routes are tried in their order
    job_events.router,
    auth.router,
    oauth.router,
    projects.router,
    casts.router,
    references.router,
    breakdowns.router,
    revisions.router,
    quotes.router,
    loras.router,
    shots.router,
    previews.router,
    shares.router,
    credits.router,
    stripe.router,
    admin.router,
    moderation.router,
    webhooks.router,
)
"""What stands below `PREFIX`: a new subject is one module and one entry here."""
POLLED = (
    Polling(jobs.router, [jobs.read], PREFIX, [count_place]),
    Polling(job_events.router, [job_events.events], PREFIX, [count_place]),  # open for hours, and many at once
    Polling(health.router, [health.healthz, health.readyz, health.version]),
)
"""What is answered before FastAPI is asked."""


def create_app(settings: Settings, craft: Craft) -> FastAPI:
    """Build the application.

    Args:
        settings: The installation's.
        craft: What it asks of the craft.

    Raises:
        InvalidRequest: The folder that is named for the pages holds none.
        LabError: A variable of OpenTelemetry's makes no sense; or, when it starts, it has no secret to sign sessions
            with.
    """
    if settings.traces is not None:
        check_variables()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with tracing(settings, "api"):
            async with services(settings, craft) as built:
                app.state.services = built
                yield

    app = openapi.Described(
        title="AI Film Studio",
        version=version("ai-film-studio"),
        description="A script goes in, a film comes out.",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
        responses=problems.RESPONSES,
        redirect_slashes=False,
    )
    api = APIRouter(prefix=PREFIX, dependencies=[Depends(count_place)])
    for router in ROUTERS:
        api.include_router(router)
    for router in (health.router, metrics.router, api):  # asked often, and so first
        app.include_router(router)
    problems.add_handlers(app)
    # The last one added is the first that a request meets.
    if settings.pages is not None:
        app.add_middleware(Pages, pages=find_pages(settings.pages, store_origin(settings)))
    app.add_middleware(Bodies)
    app.add_middleware(OwnOrigin, site=settings.public_url)
    if settings.traces is not None:
        app.add_middleware(Traces)
    app.add_middleware(Requests)
    app.around = lambda stack: Polled(stack, POLLED, Requests)
    return app


def _operation_id(route: APIRoute) -> str:
    """Name an operation as its function is named: clients are generated from it."""
    subject = route.tags[0] if route.tags else "api"
    return f"{subject}_{route.name}"
