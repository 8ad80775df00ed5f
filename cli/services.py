"""`studio up|down|status|doctor`: the lab from the command line."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from cli import output
from cli.lab import Lab, LabStatus, doctor
from cli.lab.config import built_pages

PATIENCE_S = 120.0
"""How long whoever is told where the pages are waits for them, in seconds."""


def start_lab() -> None:
    """Start the lab, unless it runs."""
    lab = Lab()
    state = lab.up(output.tell)
    output.say(f"The lab is up. Temporal: {state.temporal_ui_url}")
    if built_pages() is None:
        output.say("The pages are not built: make pages builds them, and needs Node.js 20 or later.")
    else:
        lab.wait_for("api", PATIENCE_S)
        output.say(f"The studio: {state.config.url('api')}")


def stop_lab() -> None:
    """Stop the lab."""
    ended = Lab().down()
    output.say(f"Stopped: {', '.join(ended)}." if ended else "The lab was not running.")


def show_status(*, as_json: bool) -> int:
    """Print each service's health.

    Returns:
        0 if all is well, else 1.
    """
    status = Lab().status()
    if as_json:
        output.say_json(asdict(status) | {"root": str(status.root), "healthy": status.healthy})
        return 0 if status.healthy else 1
    if not status.running:
        output.say("The lab is not running; start it with: studio up")
        return 1
    console = Console()
    console.print(service_table(status))
    for note in status.notes:
        console.print(note)
    return 0 if status.healthy else 1


def service_table(status: LabStatus) -> Table:
    """Lay the services of a lab out as a table."""
    table = Table("service", "state", "pid", "up", "restarts", "address", show_edge=False)
    for service in status.services:
        colour = "green" if service.healthy else "red"
        table.add_row(
            service.name,
            f"[{colour}]{service.state}[/]",
            str(service.pid or ""),
            f"{service.uptime_s:.0f} s",
            str(service.restarts),
            service.url or "",
        )
    return table


def examine() -> int:
    """Print what this machine has and lacks.

    Returns:
        0 if nothing is missing, else 1.
    """
    checks = doctor()
    for check in checks:
        output.say(f"{'ok     ' if check.ok else 'MISSING'} {check.name}: {check.words}")
        if not check.ok and check.remedy:
            output.say(f"        {check.remedy}")
    return 0 if all(check.ok for check in checks) else 1
