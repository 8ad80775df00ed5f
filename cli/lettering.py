"""What a user ordered to be lettered, checked before anything is started."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from schemas.enums import Corner, SubtitleMode
from schemas.errors import InvalidRequest
from schemas.graphics import MAX_CARD, Credits, Graphics, LetteringChoice, Logo, TitleCard
from schemas.script import Breakdown

AUTO = "auto"
"""What stands for the words of the script's own title page, and of its cast."""

_LARGEST = 64 << 20


@dataclass(frozen=True)
class LetteringOrder:
    """The arguments of `studio film` that say what is lettered, as given."""

    title_card: str | None = None
    """`TITLE`, `TITLE|SUBTITLE` or `auto`."""
    credits: str | None = None
    """A file, or `auto`."""
    captions: bool = True
    subtitles: SubtitleMode = SubtitleMode.SOFT
    logo: str | None = None
    """`FILE` or `FILE:CORNER`."""
    font: Path | None = None


class LetteringPlan(NamedTuple):
    """What is lettered, and with which files."""

    graphics: Graphics
    files: tuple[bytes, ...] = ()


class Source(NamedTuple):
    """Where words are taken from that the order does not say."""

    film: Breakdown
    text: str
    """The script, decoded."""


def plan_lettering(order: LetteringOrder, source: Source) -> LetteringPlan:
    """Check what is to be lettered, and read its files.

    Args:
        order: What was ordered.
        source: The film, of which title and cast are taken.

    Returns:
        What is lettered, with the files' digests, and the files.

    Raises:
        InvalidRequest: A file is missing, or is not what it should be, or a value cannot be used.
    """
    from film.edit.graphics import check_graphics

    files: dict[str, bytes] = {}

    def keep(data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        files[digest] = data
        return digest

    graphics = Graphics(
        card=_card(order.title_card, source),
        captions=order.captions,
        subtitles=order.subtitles,
        font=None if order.font is None else keep(_read("--font", order.font)),
        logo=None if order.logo is None else _logo(order.logo, keep),
        credits=None if order.credits is None else _credits(order.credits, source, keep),
    )
    try:
        check_graphics(graphics, files)
    except InvalidRequest as error:
        raise InvalidRequest(_named(str(error), order)) from error
    return LetteringPlan(graphics, tuple(files.values()))


def choose_lettering(choice: LetteringChoice) -> LetteringPlan:
    """Check what is to be lettered where logo and font are named by their sha256.

    Args:
        choice: What was chosen.

    Returns:
        What is lettered, with the credits' digest, and the credits: logo and font are the caller's to bring.

    Raises:
        InvalidRequest: The credits are not what they should be, or a title is only white space.
    """
    files: dict[str, bytes] = {}

    def keep(data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        files[digest] = data
        return digest

    title, subtitle = (" ".join(words.split()) for words in (choice.title, choice.subtitle))
    if not title and (choice.title or subtitle):
        raise InvalidRequest("A title card needs a title: only what stands below one is given.")
    graphics = Graphics(
        card=TitleCard(title=title, subtitle=subtitle) if title else None,
        captions=choice.captions,
        subtitles=choice.subtitles,
        credits=_kept_credits(choice.credits.encode("utf-8"), keep) if choice.credits else None,
        logo=None if choice.logo is None else Logo(sha256=choice.logo.sha256, corner=choice.logo.corner),
        font=choice.font,
    )
    return LetteringPlan(graphics, tuple(files.values()))


def _named(sentence: str, order: LetteringOrder) -> str:
    """Say which file a sentence speaks of."""
    named = {"The font": order.font, "The logo": order.logo, "The credits": order.credits}
    for what, given in named.items():
        if given is not None and sentence.startswith(what):
            return f"{what} {given}{sentence.removeprefix(what)}"
    return sentence


def _card(given: str | None, source: Source) -> TitleCard | None:
    if given is None:
        return None
    if given == AUTO:
        return TitleCard(title=source.film.title[:MAX_CARD], subtitle=_by(source)[:MAX_CARD])
    title, _, subtitle = (" ".join(part.split()) for part in given.partition("|"))
    if not title or max(len(title), len(subtitle)) > MAX_CARD:
        raise InvalidRequest(
            f"--title-card takes a title, or TITLE|SUBTITLE, of up to {MAX_CARD} characters each, or {AUTO}."
        )
    return TitleCard(title=title, subtitle=subtitle)


def _by(source: Source) -> str:
    """Whose the script is, as its title page says: `Written by Jane Doe`."""
    credit, author = _author(source)
    return f"{credit} {author}" if author else ""


def _author(source: Source) -> tuple[str, str]:
    from film.script.titlepage import title_page_of

    page = title_page_of(source.text)
    credit = " ".join(page.get("credit", "").split()) or "Written by"
    return credit[:1].upper() + credit[1:], " ".join((page.get("author") or page.get("authors") or "").split())


def _credits(given: str, source: Source, keep: Callable[[bytes], str]) -> Credits:
    data = _own_credits(source).encode("utf-8") if given == AUTO else _read("--credits", Path(given))
    try:
        return _kept_credits(data, keep)
    except InvalidRequest as error:
        raise InvalidRequest(str(error).replace("The credits", f"The credits {given}", 1)) from error


def _kept_credits(data: bytes, keep: Callable[[bytes], str]) -> Credits:
    from film.edit.cards import read_credits
    from film.edit.graphics import credits_text

    groups = read_credits(credits_text(data))
    return Credits(sha256=keep(data), lines=sum(map(len, groups)))


def _own_credits(source: Source) -> str:
    """Write credits of what the script says: who wrote it, and who speaks in it, who says most first."""
    film = source.film
    credit, author = _author(source)
    lines = [line.character for shot in film.shots for line in shot.dialogue]
    cast = [character for character in film.characters if character.id in lines]
    cast.sort(key=lambda character: -lines.count(character.id))
    groups = [[f"{credit}: {author}"]] if author else []
    groups += [["Cast", *(" ".join(character.name.split()) for character in cast)]] if cast else []
    if not groups:
        raise InvalidRequest(
            f"--credits {AUTO} finds neither an author nor anybody who speaks in the script; write them to a file."
        )
    return "\n\n".join("\n".join(group) for group in groups) + "\n"


def _logo(given: str, keep: Callable[[bytes], str]) -> Logo:
    file, colon, corner = given.rpartition(":")
    if not colon or Path(given).exists():
        file, corner = given, Corner.UPPER_RIGHT.value
    if corner not in set(Corner):
        raise InvalidRequest(f"--logo {given}: a logo stands in one of the corners {', '.join(Corner)}.")
    return Logo(sha256=keep(_read("--logo", Path(file))), corner=Corner(corner))


def _read(option: str, path: Path) -> bytes:
    """Read a file of the user's own, or refuse it."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise InvalidRequest(f"{option} {path} cannot be read: {error.strerror}.") from error
    if not data:
        raise InvalidRequest(f"{option} {path} is empty.")
    if len(data) > _LARGEST:
        raise InvalidRequest(f"{option} {path} is too large: at most {_LARGEST >> 20} MB are read.")
    return data
