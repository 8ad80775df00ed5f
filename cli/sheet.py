"""`studio sheet`: a storyboard to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli import output
from cli.directing import read_and_direct
from cli.orders import FilmOrder, check_output, printable, read_settings
from film.sheet import SUFFIXES, make_sheet, rasterise
from schemas.enums import Paper
from schemas.errors import InvalidRequest

_NAMED = 8
"""Letters without a font that are named; the others are counted."""


def write_sheet(order: FilmOrder, paper: Paper) -> None:
    """Draw a script's storyboard sheet.

    Args:
        order: Script, output, style, size, frames a second, runtime and seed, as for a film.
        paper: What it is printed on.

    Raises:
        InvalidScript: The script cannot be read, or holds nothing that can be shown.
        InvalidRequest: An option cannot be used, or the output cannot be written.
    """
    target = order.output
    if target.suffix.lower() not in {".pdf", *SUFFIXES}:
        known = ", ".join((".pdf", *SUFFIXES))
        raise InvalidRequest(f"-o {printable(target)} does not say what to write; end it with one of {known}.")
    check_output(target, order.script)
    style = order.look(read_settings().styles)
    options = order.options(style.name)
    script, film = read_and_direct(order.script, order.runtime, order.rate)
    bars = (TextColumn("drawing"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*bars, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=len(film.shots))
        sheet = make_sheet(
            film,
            script.text,
            style=style,
            width=options.width,
            height=options.height,
            seed=options.seed,
            paper=paper,
            drawn=lambda _: progress.advance(task),
        )
    names = _write(sheet.pdf, sheet.pages, target, order.script)
    if sheet.missing:
        output.tell(without_font(sheet.missing))
    for note in film.direction.notes:
        output.tell(f"The rules directed {note}.")
    for name in names:
        output.say(printable(name))


def _write(pdf: bytes, pages: int, target: Path, script: Path) -> list[Path]:
    """Write a document, or a picture a page; a single page has the name itself, several have it with their numbers."""
    suffix = target.suffix.lower()
    if suffix == ".pdf":
        target.write_bytes(pdf)
        return [target]
    names = [target] if pages == 1 else [target.with_stem(f"{target.stem}-{page}") for page in range(1, pages + 1)]
    for name in names:
        check_output(name, script)
    for name, picture in zip(names, rasterise(pdf, suffix), strict=True):
        name.write_bytes(picture)
    return names


def without_font(missing: Iterable[str]) -> str:
    """Say which letters cannot be printed."""
    letters = list(missing)
    named = ", ".join(f"U+{ord(one):04X} {unicodedata.name(one, 'without a name')}" for one in letters[:_NAMED])
    more = f" and {len(letters) - _NAMED} more" if len(letters) > _NAMED else ""
    return f"No font at hand has {named}{more}; […] stands for them on the sheet."
