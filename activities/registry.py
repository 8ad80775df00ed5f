"""Which worker offers which activity: those of the pipeline's table, by queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from activities.dead_letters import DeadLetterActivities
from activities.demand import DemandActivities
from activities.deps import Deps
from activities.housekeeping import HousekeepingActivities
from activities.projection import ProjectionActivities
from activities.s1_script import ScriptActivities
from activities.s2_prompts import PromptActivities
from activities.s3_consistency import ConsistencyActivities
from activities.s3_keyframes import KeyframeActivities
from activities.s4_motion import MotionActivities
from activities.s5_composition import CompositionActivities
from activities.s6_post import PostActivities
from activities.s6_sound import SoundActivities
from activities.standing import StandingActivities
from activities.versions import VersionActivities
from schemas.stages import ACTIVITY_ROWS, Queue

GROUPS = (
    ScriptActivities,
    PromptActivities,
    KeyframeActivities,
    StandingActivities,
    ConsistencyActivities,
    MotionActivities,
    CompositionActivities,
    SoundActivities,
    PostActivities,
    VersionActivities,
    ProjectionActivities,
    DeadLetterActivities,
    DemandActivities,
    HousekeepingActivities,
)


def activities_of(queue: Queue, deps: Deps) -> list[Callable[..., Any]]:
    """List the activities that the table assigns to a queue."""
    return [function for name, function in all_activities(deps).items() if queue in ACTIVITY_ROWS[name].queues]


def all_activities(deps: Deps) -> dict[str, Callable[..., Any]]:
    """List all activities by name."""
    found = {}
    for group in GROUPS:
        instance = group(deps)
        for attribute in dir(instance):
            function = getattr(instance, attribute)
            name = activity_name(function)
            if name is not None:
                found[name] = function
    return found


def activity_name(function: object) -> str | None:
    """Return the name under which Temporal knows a function, or None if it is no activity."""
    definition = getattr(function, "__temporal_activity_definition", None)
    return definition.name if definition is not None else None
