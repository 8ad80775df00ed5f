"""All SQL. Each repository is made with a session and lives as long as its transaction."""

from infrastructure.db.repositories.artifacts import Artifacts
from infrastructure.db.repositories.commands import Commands
from infrastructure.db.repositories.credits import Credits
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.money import Money, OpenReservation
from infrastructure.db.repositories.projects import Projects
from infrastructure.db.repositories.renders import Renders, Tally
from infrastructure.db.repositories.users import LOCAL_EMAIL, Users
from infrastructure.db.repositories.versions import Versions

__all__ = [
    "LOCAL_EMAIL",
    "Artifacts",
    "Commands",
    "Credits",
    "Events",
    "Jobs",
    "Money",
    "OpenReservation",
    "Projects",
    "Renders",
    "Tally",
    "Users",
    "Versions",
]
