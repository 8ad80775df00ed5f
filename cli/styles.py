"""`studio styles`: what a film can look like."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from cli import output
from cli.orders import check_output, printable, read_settings
from film.prompting import styles
from film.prompting.style import built_in
from schemas.errors import InvalidRequest


def show_styles(sheet: Path | None, *, as_json: bool) -> None:
    """List the styles, and draw them if asked to.

    Args:
        sheet: Where to draw the same shots in each style; a PNG or a JPEG, as its suffix says.
        as_json: Whether to print one JSON object: each style whole, by name.

    Raises:
        InvalidRequest: The folder of the user's own styles, or a file in it, cannot be used; or the sheet cannot be
            written there, or as that.
    """
    known = styles(read_settings().styles)
    if sheet is not None:
        from film.contact_sheet import SUFFIXES, contact_sheet

        suffix = sheet.suffix.lower()
        if suffix not in SUFFIXES:
            known_as = ", ".join(SUFFIXES)
            raise InvalidRequest(
                f"--sheet {printable(sheet)} does not say what to draw; end it with one of {known_as}."
            )
        check_output(sheet)
        sheet.write_bytes(contact_sheet(list(known.values()), suffix))
    if as_json:
        output.say_json({name: style.model_dump(mode="json", exclude={"name"}) for name, style in known.items()})
        return
    table = Table("style", "title", "medium", "from", show_edge=False)
    for name, style in known.items():
        table.add_row(name, style.title, style.medium, "the package" if built_in().get(name) == style else "your own")
    Console().print(table)
