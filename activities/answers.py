"""What a language model answered, kept as artifacts: the same question is not asked twice."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from activities.artifacts import LOOKUPS_AT_ONCE, ArtifactCache
from film.direction.model import SceneAnswer
from schemas.base import canonical_json, spec_hash
from schemas.director import ModelRequest
from schemas.errors import ArtifactMissing
from schemas.stages import Stage

ANSWER_VERSION = 1


class StoredAnswers:
    """The answers that a project's films got from one model.

    Their key is the question and the model: an edit elsewhere in the script asks nothing anew here, so that the
    answer, which would be another one each time, stays what it was.
    """

    def __init__(self, cache: ArtifactCache, project_id: UUID, model: str) -> None:
        """Use a cache.

        Args:
            cache: Where they are kept.
            project_id: Whose they are.
            model: The model's identity.
        """
        self._cache = cache
        self._project = project_id
        self._model = model

    async def find(self, requests: Sequence[ModelRequest]) -> Mapping[str, str]:
        """Look answers up; by the question's key."""
        keys = {self._spec(request): request.key for request in requests}
        refs = await self._cache.find(self._project, Stage.SCRIPT, list(keys), "json")
        window = asyncio.Semaphore(LOOKUPS_AT_ONCE)
        answers: dict[str, str] = {}

        async def load(spec: str) -> None:
            async with window:
                try:
                    answers[keys[spec]] = canonical_json(await self._cache.load(SceneAnswer, refs[spec]))
                except ArtifactMissing:
                    return  # it has just expired: the model is asked again

        await asyncio.gather(*(load(spec) for spec in refs))
        return answers

    async def keep(self, request: ModelRequest, answer: str) -> None:
        """Keep an answer that was of use."""
        document = SceneAnswer.model_validate_json(answer)
        await self._cache.keep_document(self._project, Stage.SCRIPT, self._spec(request), document)

    def _spec(self, request: ModelRequest) -> str:
        return spec_hash("answer", ANSWER_VERSION, {"model": self._model, "request": request.key})
