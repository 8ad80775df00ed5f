"""The sandbox workflows run in: on, with this project's contracts passed through.

Workers, replays and tests share it, so that what replays is what ran.
"""

from __future__ import annotations

from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions


def sandboxed_runner() -> SandboxedWorkflowRunner:
    """Build the runner.

    `schemas` holds constants and models alone, so that importing it once for all workflows is safe and saves
    importing pydantic anew for each of them.
    """
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules("schemas"))
