"""What is lettered over a film's pictures and between them, and how it is asked for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.artifact import Sha256
from schemas.base import Document, is_none
from schemas.enums import Corner, OverlayKind, SubtitleMode

MAX_CARD = 300
"""Characters of a title, and of what stands below it."""

MAX_CREDIT_LINES = 2000
MAX_CREDITS_TEXT = 60_000
"""Characters of credits that come with an order."""

LOGO_SHARE = 0.12
"""How much of the frame's width, or of its height where that is less, a logo takes unless it is said."""


def is_soft(mode: SubtitleMode) -> bool:
    """Whether subtitles are a track of the film: documents leave it out then, as those written before."""
    return mode is SubtitleMode.SOFT


def _is_true(value: bool) -> bool:
    return value


def _is_false(value: bool) -> bool:
    return not value


class TitleCard(Document):
    """The film's title, on a card of its own before the first shot."""

    title: Annotated[str, Field(min_length=1, max_length=MAX_CARD)]
    subtitle: Annotated[str, Field(max_length=MAX_CARD)] = ""
    """What stands below it: whose film it is, or a place and a year."""


class Credits(Document):
    """The credits, on cards of their own behind the last shot."""

    sha256: Sha256
    """Of the text, in UTF-8: a credit a line, `role: name`, or a name or heading alone; an empty line parts groups."""
    lines: Annotated[int, Field(ge=1, le=MAX_CREDIT_LINES)]
    """Lines of it that are not empty: the time that the credits take follows from them."""


class Logo(Document):
    """A picture that stands in a corner of every frame."""

    sha256: Sha256
    """Of the picture, a PNG."""
    corner: Corner = Corner.UPPER_RIGHT
    share: Annotated[float, Field(ge=0.02, le=0.5)] = LOGO_SHARE
    """The box that it fits into: this share of the frame's width, and of its height."""


class Graphics(Document):
    """What a user may choose to have lettered."""

    card: Annotated[TitleCard | None, Field(exclude_if=is_none)] = None
    credits: Annotated[Credits | None, Field(exclude_if=is_none)] = None
    captions: Annotated[bool, Field(exclude_if=_is_true)] = True
    """Whether what a script asks to be read over the picture (`SUPER:`) is drawn over its shot."""
    subtitles: Annotated[SubtitleMode, Field(exclude_if=is_soft)] = SubtitleMode.SOFT
    logo: Annotated[Logo | None, Field(exclude_if=is_none)] = None
    font: Annotated[Sha256 | None, Field(exclude_if=is_none)] = None
    """Of a TrueType or OpenType font of the user's own, whose letters are taken first."""

    @property
    def files(self) -> tuple[str, ...]:
        """The digests of the files that must come with the order."""
        named = (self.credits and self.credits.sha256, self.logo and self.logo.sha256, self.font)
        return tuple(dict.fromkeys(digest for digest in named if digest))


class LogoChoice(Document):
    """A picture that shall stand in a corner of every frame."""

    sha256: Sha256
    """Of the file."""
    corner: Corner = Corner.UPPER_RIGHT


class LetteringChoice(Document):
    """What somebody may choose to have lettered, by the sha256 of their files."""

    title: Annotated[str, Field(max_length=MAX_CARD)] = ""
    """Of a card before the first shot; empty for none."""
    subtitle: Annotated[str, Field(max_length=MAX_CARD)] = ""
    credits: Annotated[str, Field(max_length=MAX_CREDITS_TEXT)] = ""
    """A credit a line, as in a file of them; empty for none."""
    captions: bool = True
    subtitles: SubtitleMode = SubtitleMode.SOFT
    logo: LogoChoice | None = None
    font: Sha256 | None = None

    @property
    def words(self) -> str:
        """All that it would have read by whoever sees the film."""
        return "\n\n".join(part for part in (self.title, self.subtitle, self.credits) if part)


class Lettering(Document):
    """Whose letters are drawn."""

    font: Annotated[Sha256 | None, Field(exclude_if=is_none)] = None
    """A font that comes first; None for those that are always there."""
    tongue: Annotated[str, Field(pattern="^(zh|ja|ko)?$")] = ""
    """ISO 639-1 code whose forms Chinese, Japanese and Korean signs have; empty where there are none."""


class Overlay(Document):
    """Words over the picture, for a while."""

    kind: OverlayKind
    start: Annotated[int, Field(ge=0)]
    """First frame at which they are seen: of the film in a cut, of the segment in a segment."""
    end: Annotated[int, Field(gt=0)]
    """First frame at which they are seen no longer."""
    text: str
    raised: Annotated[bool, Field(exclude_if=_is_false)] = False
    """Whether a caption leaves the bottom of the frame to subtitles: somebody speaks meanwhile."""


def is_plain(graphics: Graphics) -> bool:
    """Whether nothing was chosen: documents leave the field out then, so that older ones keep their names."""
    return graphics == Graphics()
