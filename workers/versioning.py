"""Which build of our workers a film runs on: Temporal's worker versioning, where `STUDIO_BUILD` names the build.

A film stays on the build that it began on (pinned), however long a shot waits for an answer; new films begin on the
build that leads. GPU workers are a deployment of their own, so that no film holds an old build of them: pinned films
that shared one with them would send their pictures to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from temporalio.api.deployment.v1 import WorkerDeploymentVersion as Named
from temporalio.api.enums.v1 import WorkerDeploymentVersionStatus as Status
from temporalio.api.workflowservice.v1 import (
    DescribeWorkerDeploymentVersionRequest,
    SetWorkerDeploymentCurrentVersionRequest,
    SetWorkerDeploymentRampingVersionRequest,
)
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import WorkerDeploymentConfig

from infrastructure.settings import Settings
from schemas.errors import DependencyDown

CPU = "film-cpu"
GPU = "film-gpu"
"""Names of the two deployments."""

RPC_TIMEOUT = timedelta(seconds=20)
"""Temporal keeps deployments in workflows of its own, the first of which take a while."""
PAUSE_S = 1.0
IDENTITY = "studio promote"

log = structlog.get_logger(__name__)


def deployment(name: str, settings: Settings) -> WorkerDeploymentConfig | None:
    """Say to Temporal which build a worker is.

    Args:
        name: `CPU` or `GPU`.
        settings: Name the build.

    Returns:
        None where no build is named: then any worker takes any film, as in the lab.
    """
    if not settings.build:
        return None
    behaviour = VersioningBehavior.PINNED if name == CPU else VersioningBehavior.UNSPECIFIED
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(deployment_name=name, build_id=settings.build),
        use_worker_versioning=True,
        default_versioning_behavior=behaviour,
    )


async def lead(client: Client, name: str, build: str, patience_s: float, *, asleep: bool = False) -> None:
    """Let new films begin on a build; those that run stay where they are. Ends a ramp, too. Twice is as once.

    Args:
        client: Connected to Temporal.
        name: `CPU` or `GPU`.
        build: Its workers ask for work, or will within the time.
        patience_s: How long to wait for them.
        asleep: Whether there may be none: GPU workers come when there is work.

    Raises:
        DependencyDown: Nobody of that build asks for work, or Temporal is away.
    """
    request = SetWorkerDeploymentCurrentVersionRequest(
        namespace=client.namespace,
        deployment_name=name,
        build_id=build,
        identity=IDENTITY,
        allow_no_pollers=asleep,
        ignore_missing_task_queues=asleep,
    )

    async def attempt() -> None:
        await client.workflow_service.set_worker_deployment_current_version(request, timeout=RPC_TIMEOUT)

    await _until_accepted(attempt, f"{name} {build}", patience_s)
    log.info("leads", deployment=name, build=build)


async def ramp(client: Client, build: str, percent: float, patience_s: float) -> None:
    """Let a share of new films begin on another build of `CPU` than the one that leads; 0 takes it back.

    Args:
        client: Connected to Temporal.
        build: The other build.
        percent: 0 to 100.
        patience_s: How long to wait for its workers.

    Raises:
        DependencyDown: Nobody of that build asks for work, or Temporal is away.
    """
    request = SetWorkerDeploymentRampingVersionRequest(
        namespace=client.namespace,
        deployment_name=CPU,
        build_id=build if percent else "",
        percentage=percent,
        identity=IDENTITY,
    )

    async def attempt() -> None:
        await client.workflow_service.set_worker_deployment_ramping_version(request, timeout=RPC_TIMEOUT)

    await _until_accepted(attempt, f"{CPU} {build}", patience_s)
    log.info("ramps", deployment=CPU, build=build, percent=percent)


async def drained(client: Client, build: str) -> bool:
    """Tell whether no film is on a build of `CPU` any more, as far as Temporal has looked.

    Raises:
        DependencyDown: There is no such build, or Temporal is away.
    """
    version = Named(deployment_name=CPU, build_id=build)
    request = DescribeWorkerDeploymentVersionRequest(namespace=client.namespace, deployment_version=version)
    try:
        answer = await client.workflow_service.describe_worker_deployment_version(request, timeout=RPC_TIMEOUT)
    except RPCError as error:
        raise DependencyDown(f"Temporal does not tell of {CPU} {build}: {error.message}") from error
    empty = {
        Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED,
        Status.WORKER_DEPLOYMENT_VERSION_STATUS_INACTIVE,  # it never led, and never had a share
    }
    return answer.worker_deployment_version_info.status in empty


_NOT_YET = {
    RPCStatusCode.NOT_FOUND,
    RPCStatusCode.FAILED_PRECONDITION,
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,  # what the SDK says when the time is over
    RPCStatusCode.RESOURCE_EXHAUSTED,
}
"""What Temporal says while workers of the build, or some of their queues, are not known yet, or it is busy itself."""


async def _until_accepted(attempt: Callable[[], Awaitable[None]], what: str, patience_s: float) -> None:
    deadline = asyncio.get_running_loop().time() + patience_s
    while True:
        try:
            return await attempt()
        except RPCError as error:
            if error.status not in _NOT_YET or asyncio.get_running_loop().time() > deadline:
                raise DependencyDown(
                    f"Temporal does not take {what} ({error.message}): see that its workers run."
                ) from error
        await asyncio.sleep(PAUSE_S)
