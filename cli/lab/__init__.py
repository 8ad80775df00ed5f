"""The local lab: real servers on one machine.

`Lab` starts, ends and describes it; `doctor` says what a machine lacks. To import this takes a few milliseconds, since
every `studio` command does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.lab.config import LabConfig, default_root
from cli.lab.lab import Lab
from cli.lab.state import LabState, LabStatus, ServiceStatus

if TYPE_CHECKING:
    from cli.lab.checkup import Check, doctor

__all__ = ["Check", "Lab", "LabConfig", "LabState", "LabStatus", "ServiceStatus", "default_root", "doctor"]


def __getattr__(name: str) -> Any:
    """Loads the doctor when it is called for."""
    if name not in ("Check", "doctor"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module("cli.lab.checkup"), name)
