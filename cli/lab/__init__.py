"""The local lab: real servers on one machine."""

from cli.lab.config import LabConfig, default_root
from cli.lab.lab import Lab
from cli.lab.state import LabState, LabStatus, ServiceStatus

__all__ = ["Lab", "LabConfig", "LabState", "LabStatus", "ServiceStatus", "default_root"]
