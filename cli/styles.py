"""`studio styles`: what a film can look like."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from cli import output
from cli.orders import read_settings
from film.prompting import styles
from film.prompting.style import built_in


def show_styles(sheet: Path | None, *, as_json: bool) -> None:
    """List the styles, and draw them if asked to.

    Args:
        sheet: Where to write a PNG with the same shots in each style.
        as_json: Whether to print one JSON object: each style whole, by name.

    Raises:
        InvalidRequest: The folder of the user's own styles, or a file in it, cannot be used.
    """
    known = styles(read_settings().styles)
    if sheet is not None:
        from film.contact_sheet import contact_sheet

        sheet.write_bytes(contact_sheet(list(known.values())))
    if as_json:
        output.say_json({name: style.model_dump(mode="json", exclude={"name"}) for name, style in known.items()})
        return
    table = Table("style", "title", "medium", "from", show_edge=False)
    for name, style in known.items():
        table.add_row(name, style.title, style.medium, "the package" if built_in().get(name) == style else "your own")
    Console().print(table)
