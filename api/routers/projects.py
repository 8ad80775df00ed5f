"""`/projects`: scripts, and all that is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import PlainTextResponse

from api.conditions import IfMatch, version_of
from api.deps import Reader, Uses, Writer
from api.models import projects as models
from api.paging import Cursor, Limit, Page, cursor_of, page_of, place_of
from api.services import Services
from api.usecases import projects as usecases
from api.usecases.compare_scripts import compare_scripts
from infrastructure.db.repositories.posters import Posters
from infrastructure.db.repositories.projects import Projects
from infrastructure.db.tables import ProjectRow
from schemas.errors import InvalidRequest

router = APIRouter(prefix="/projects", tags=["projects"])

FileName = Annotated[
    str, Query(alias="name", min_length=1, max_length=255, description="The file's name: a hint at its format.")
]
EXAMPLE = "INT. KITCHEN - DAY\n\nAnna opens the window.\n\nANNA\nIt rains.\n"


@router.post("", status_code=201)
async def create(body: models.NewProject, principal: Writer, uses: Uses, response: Response) -> models.ProjectShown:
    """Make a project. It has no script yet."""
    async with uses.db.begin() as session:
        project = await Projects(session).create(principal.user_id, body.title)
    response.headers["location"] = f"/api/v1/projects/{project.project_id}"
    return await _shown(project, uses, response)


@router.get("")
async def index(
    principal: Reader,
    uses: Uses,
    request: Request,
    response: Response,
    limit: Limit = 25,
    cursor: Cursor = None,
    search: Annotated[str, Query(max_length=100, description="What titles shall hold, in any case.")] = "",
) -> Page[models.ProjectShown]:
    """Your projects, the newest first."""
    if "\x00" in search:
        raise InvalidRequest("search: holds a character that is none.")
    async with uses.db.begin() as session:
        rows = await Projects(session).page(principal.user_id, limit + 1, place_of(cursor), search)
    posters = await _posters(rows[:limit], uses)
    return page_of(
        rows,
        limit,
        lambda row: cursor_of((row.created_at, row.project_id)),
        lambda row: _of(row, posters.get(row.project_id)),
        request,
        response,
    )


@router.get("/{project_id}")
async def read(project_id: UUID, principal: Reader, uses: Uses, response: Response) -> models.ProjectShown:
    """A project."""
    return await _shown(await usecases.project_of(principal.user_id, project_id, db=uses.db), uses, response)


@router.patch("/{project_id}")
async def change(
    project_id: UUID,
    body: models.ChangedProject,
    principal: Writer,
    uses: Uses,
    response: Response,
    if_match: IfMatch = None,
) -> models.ProjectShown:
    """Give a project another title."""
    changed = await usecases.rename_project(principal.user_id, project_id, body.title, version_of(if_match), db=uses.db)
    return await _shown(changed, uses, response)


@router.delete("/{project_id}", status_code=204)
async def delete(project_id: UUID, principal: Writer, uses: Uses) -> None:
    """Delete a project with its scripts and films."""
    await usecases.delete_project(principal.user_id, project_id, db=uses.db)


@router.put(
    "/{project_id}/script",
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}, "example": EXAMPLE}
                for kind in ("text/plain", "application/octet-stream")
            },
        }
    },
)
async def hand_in(
    project_id: UUID,
    request: Request,
    principal: Writer,
    uses: Uses,
    name: FileName = "script.fountain",
    if_match: IfMatch = None,
) -> models.ScriptShown:
    """Give a project a new version of its script: the file itself is the body.

    Fountain, Final Draft, Word, PDF, Markdown and plain text are read; the content decides which it is.
    """
    data = await request.body()
    last = name.replace("\\", "/").rpartition("/")[2]
    file_name = "".join(letter for letter in last if letter.isprintable()) or "script"
    row = await usecases.hand_in_script(
        principal.user_id, project_id, data, file_name, version_of(if_match), db=uses.db, store=uses.store
    )
    return models.ScriptShown.model_validate(row)


@router.get(
    "/{project_id}/script",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"example": EXAMPLE}}}},
)
async def script(
    project_id: UUID,
    principal: Reader,
    uses: Uses,
    number: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Which version; the newest without.")] = None,
) -> PlainTextResponse:
    """The text of a project's script, as it was read: what all spans count."""
    row = await usecases.script_of(principal.user_id, project_id, number, db=uses.db)
    text = await uses.store.get_bytes(row.key, sha256=row.sha256)
    return PlainTextResponse(text, headers={"etag": f'"{row.sha256}"', "x-script-number": str(row.number)})


@router.get("/{project_id}/scripts")
async def scripts(project_id: UUID, principal: Reader, uses: Uses) -> list[models.ScriptShown]:
    """The versions of a project's script, the newest first."""
    rows = await usecases.scripts_of(principal.user_id, project_id, db=uses.db)
    return [models.ScriptShown.model_validate(row) for row in rows]


@router.get("/{project_id}/scripts/{number}/diff")
async def diff(
    project_id: UUID,
    number: Annotated[int, Path(ge=1, le=2**31 - 1, description="The version that is asked about.")],
    principal: Reader,
    uses: Uses,
    against: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="The one it is held against; the one before without.")
    ] = None,
) -> models.ScriptDiffShown:
    """What a version of a script changes: lines, scenes and shots. Both are directed by the rules."""
    found = await compare_scripts(principal.user_id, project_id, number, against, db=uses.db, store=uses.store)
    film = found.film.model_dump(exclude={"scenes"})
    return models.ScriptDiffShown(
        number=found.number,
        against=found.against,
        scenes=list(found.film.scenes),
        lines=[models.LinesChanged.model_validate(one) for one in found.lines],
        complete=found.complete,
        **film,
    )


async def _posters(projects: Sequence[ProjectRow], uses: Services) -> dict[UUID, str]:
    """Sign links to the posters that projects have; nothing is looked up in the store."""
    async with uses.db.begin() as session:
        keys = await Posters(session).of([project.project_id for project in projects])
    return {project_id: await uses.store.presign_get(key) for project_id, key in keys.items()}


def _of(project: ProjectRow, poster: str | None) -> models.ProjectShown:
    return models.ProjectShown(
        project_id=project.project_id,
        title=project.title,
        status=project.status,
        version=project.version,
        has_script=bool(project.script),
        poster=poster,
        created_at=project.created_at,
        updated_at=project.updated_at,
    )


async def _shown(project: ProjectRow, uses: Services, response: Response) -> models.ProjectShown:
    response.headers["etag"] = f'"{project.version}"'
    return _of(project, (await _posters([project], uses)).get(project.project_id))
