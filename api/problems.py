"""Errors as RFC 9457 says them: `application/problem+json`, whatever went wrong and wherever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Field
from starlette.exceptions import HTTPException

from api.models.base import Answer
from api.openapi import PROBLEM, allowed
from schemas import errors

RETRY_AFTER_S = 5
"""When whoever is told that something is away should come back."""

_DIED = "What was sent took more memory than there is for it, or cannot be read; send less of it, or something else."

_STATUS: Sequence[tuple[type[errors.StudioError], int]] = (
    (errors.NotFound, 404),
    (errors.NotSignedIn, 401),
    (errors.InsufficientCredits, 402),
    (errors.AccountFrozen, 402),
    (errors.NotAllowed, 403),
    (errors.Conflict, 409),
    (errors.SignatureRefused, 400),
    (errors.Outdated, 412),
    (errors.TooLarge, 413),
    (errors.TooManyRequests, 429),
    (errors.InputError, 422),
    (errors.ProcessDied, 422),  # under what was sent: see `api.apart`
    (errors.DependencyDown, 503),
    (errors.StorageFull, 503),
)

log = structlog.get_logger(__name__)


class Fault(Answer):
    """One thing that is wrong with a request."""

    pointer: str = Field(examples=["/title"])
    """Where: a JSON pointer into the body, or the name of a parameter."""
    detail: str = Field(examples=["Field required"])


class Problem(Answer):
    """What went wrong, after RFC 9457."""

    type: str = Field(examples=["/problems/NotFound"])
    """Which kind of error it is; for programs."""
    title: str = Field(examples=["Not Found"])
    """The status in words."""
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no such project."])
    """A sentence that says what, where and what to do; for people."""
    request_id: str = Field(examples=["01939a3e7c1e7d529b0c5f2f4f0f9a11"])
    """Names this request in our logs."""
    errors: list[Fault] = []
    """What is wrong with which field, where that is known."""


def status_of(error: errors.StudioError) -> int:
    """Choose the status that says of an error what it means to a client."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def answer(
    request_id: str,
    status: int,
    detail: str,
    *,
    code: str | None = None,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Write a problem document.

    Args:
        request_id: Of the request.
        status: HTTP's.
        detail: A sentence for people.
        code: Of the error; None where the status says all.
        faults: What is wrong with which field.
        headers: More headers.
    """
    title = HTTPStatus(status).phrase
    kind = f"/problems/{code}" if code else "about:blank"
    problem = Problem(type=kind, title=title, status=status, detail=detail, request_id=request_id, errors=list(faults))
    exclude = set() if faults else {"errors"}
    return JSONResponse(problem.model_dump(exclude=exclude), status, dict(headers or {}), PROBLEM)


def of_error(request_id: str, error: errors.StudioError) -> JSONResponse:
    """Write the problem document of one of our errors."""
    status = status_of(error)
    headers: dict[str, str] = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in {429, 503}:
        headers["Retry-After"] = str(max(1, round(error.retry_after_s or RETRY_AFTER_S)))
    if status == 500:
        return unexpected(request_id)
    # What is away is our business; its address is nobody's.
    detail = "A part of the studio is away; try again in a moment." if status == 503 else str(error)
    if isinstance(error, errors.ProcessDied):  # its sentence names a function of ours
        detail = _DIED
    return answer(request_id, status, detail, code=error.code, headers=headers)


def unexpected(request_id: str) -> JSONResponse:
    """Say that something went wrong that nobody thought of, and no more."""
    return answer(request_id, 500, f"Something went wrong here, and we have been told. Request {request_id}.")


def told(request: Request, error: errors.StudioError) -> JSONResponse:
    """Answer a request with one of our errors, and tell the log of what is ours to mend."""
    if status_of(error) >= 500 or isinstance(error, errors.ProcessDied):
        log.error("a request failed", code=error.code, reason=str(error))
    return of_error(_request_id(request), error)


def add_handlers(app: FastAPI) -> None:
    """Let an application answer every error with a problem document."""

    async def ours(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, errors.StudioError)
        return told(request, error)

    async def invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return _invalid(_request_id(request), error.errors())

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        detail = _HTTP.get(error.status_code, error.detail)
        headers = dict(error.headers or {})
        if error.status_code == 405:  # what raises this has seen one route, and there may be several
            headers["Allow"] = ", ".join(allowed(app.openapi(), request.url.path))
        return answer(_request_id(request), error.status_code, detail, headers=headers)

    app.add_exception_handler(errors.StudioError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


_HTTP = {
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    415: "Send JSON, with Content-Type: application/json.",
}


def _invalid(request_id: str, found: Sequence[Any]) -> JSONResponse:
    """Say what is wrong with which field. What was sent is not repeated: it may be a password."""
    if any(one["type"] == "json_invalid" for one in found):
        return answer(request_id, 400, "The body is not JSON.", code="InvalidRequest")
    faults = [Fault(pointer=_pointer(one["loc"]), detail=one["msg"].removeprefix("Value error, ")) for one in found]
    first = faults[0]
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    sentence = f"{first.pointer or 'The body'}: {first.detail}{more}."
    return answer(request_id, 422, sentence, code="InvalidRequest", faults=faults)


def _pointer(place: Sequence[str | int]) -> str:
    kind, *rest = place
    if kind == "body":
        return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in rest)
    return f"{kind}.{'.'.join(map(str, rest))}"


def _request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


RESPONSES: dict[int | str, dict[str, Any]] = {"default": {"model": Problem, "description": "What went wrong"}}
"""What every operation may answer besides what it is for; `api.openapi` says in which media type."""
