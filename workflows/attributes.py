"""By what films and their children are found in Temporal: search attributes."""

from __future__ import annotations

from temporalio import workflow
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from schemas.jobs import FilmInput
from schemas.stages import Stage
from workflows.logbook import Logbook

FILM_ID = SearchAttributeKey.for_keyword("FilmId")
STAGE = SearchAttributeKey.for_keyword("Stage")


def of_children(film: FilmInput) -> TypedSearchAttributes:
    """By what the film's children are found."""
    return TypedSearchAttributes([SearchAttributePair(FILM_ID, str(film.job_id))])


def during(log: Logbook, stage: Stage) -> Logbook.StageEntry:
    """Enter a stage: say so where films are searched for, and in the log."""
    workflow.upsert_search_attributes([STAGE.value_set(stage.value)])
    return log.during(stage)
