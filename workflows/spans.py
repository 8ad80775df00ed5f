"""How workflows and activities become spans of a trace: for whoever connects to Temporal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from temporalio.client import Interceptor

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer


def interceptors(tracer: Tracer | None) -> list[Interceptor]:
    """Let what a client asks of workflows, and what its workers do, be spans.

    Args:
        tracer: Makes the spans; None where the process does not trace. Nothing is imported for it then.
    """
    if tracer is None:
        return []
    from temporalio.contrib.opentelemetry import TracingInterceptor

    return [TracingInterceptor(tracer)]
