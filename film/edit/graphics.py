"""What a user wants lettered, brought into the cut; and their files, looked at before anything is made."""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PIL import Image

from film.edit.card_drawing import draw_card
from film.edit.cards import Card, credit_cards, read_credits, title_card, with_cards
from film.edit.segments import overlays_of
from film.lettering import Face, Faces, read_font, tongue_of
from schemas.errors import InvalidRequest
from schemas.graphics import Graphics, Lettering
from schemas.rate import Rate
from schemas.timeline import Cut, CutItem

MAX_LOGO_BYTES = 32 << 20
MAX_LOGO_SIDE = 8192
"""In pixels; the largest film is 4,096 wide."""

MAX_CREDITS_BYTES = 1 << 20

_NAMED = 5
"""Letters that no font has, that are named one by one."""


def check_graphics(graphics: Graphics, files: Mapping[str, bytes]) -> None:
    """Look at the user's own files.

    Args:
        graphics: What is asked for.
        files: For each sha256 that it names, the file.

    Raises:
        InvalidRequest: One is missing, or is not what it should be; the sentence says which and why.
    """
    if any(digest not in files for digest in graphics.files):
        raise InvalidRequest("The files that came with the order are not those that its graphics name.")
    if graphics.font is not None:
        read_font(files[graphics.font], "The font")
    if graphics.logo is not None:
        check_logo(files[graphics.logo.sha256])
    if graphics.credits is not None:
        lines = sum(map(len, read_credits(credits_text(files[graphics.credits.sha256]))))
        if lines != graphics.credits.lines:
            raise InvalidRequest(f"The credits have {lines} lines, and were ordered with {graphics.credits.lines}.")


def credits_text(data: bytes) -> str:
    """Decode a file of credits.

    Raises:
        InvalidRequest: It is too large, or is no UTF-8 text.
    """
    if len(data) > MAX_CREDITS_BYTES:
        raise InvalidRequest(f"The credits have {len(data)} bytes; at most {MAX_CREDITS_BYTES} are read.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidRequest("The credits are no text in UTF-8; save them as plain text.") from error
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\r\t" for letter in text):
        raise InvalidRequest("The credits hold control characters; save them as plain text.")
    return text


def check_logo(data: bytes, name: str = "The logo") -> tuple[int, int]:
    """See that a logo is a PNG of a size that can be used, before its pixels are decoded.

    Args:
        data: The file.
        name: What messages call it.

    Returns:
        Its width and height, in pixels.

    Raises:
        InvalidRequest: It is something else.
    """
    if len(data) > MAX_LOGO_BYTES:
        raise InvalidRequest(f"{name} has {len(data) >> 20} MB; the largest logo has {MAX_LOGO_BYTES >> 20}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # sizes are checked below
            image = Image.open(io.BytesIO(data), formats=("PNG",))
        width, height = image.size
        if max(width, height) <= MAX_LOGO_SIDE:
            image.load()
    except Image.DecompressionBombError as error:
        raise InvalidRequest(f"{name} is too large: at most {MAX_LOGO_SIDE} pixels each way can be used.") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise InvalidRequest(f"{name} is no PNG that can be read; save it as PNG.") from error
    if max(width, height) > MAX_LOGO_SIDE:
        raise InvalidRequest(f"{name} is {width}×{height} pixels; at most {MAX_LOGO_SIDE} each way can be used.")
    return width, height


class CardPlan(NamedTuple):
    """A film's cards, not drawn yet."""

    before: tuple[Card, ...] = ()
    after: tuple[Card, ...] = ()

    @property
    def all(self) -> tuple[Card, ...]:
        """All of them, in order."""
        return (*self.before, *self.after)


def plan_cards(graphics: Graphics, files: Mapping[str, bytes], *, width: int, height: int, fps: Rate) -> CardPlan:
    """Plan a film's cards.

    Args:
        graphics: What is asked for.
        files: The credits, by their sha256.
        width: Of the film, in pixels.
        height: Likewise.
        fps: Frames a second.
    """
    before = () if graphics.card is None else (title_card(graphics.card, fps),)
    if graphics.credits is None:
        return CardPlan(before)
    text = credits_text(files[graphics.credits.sha256])
    return CardPlan(before, tuple(credit_cards(text, graphics.credits, width, height, fps)))


def lettering_of(cut: Cut, graphics: Graphics, cards: CardPlan) -> Lettering:
    """Say whose letters a film is lettered with: the user's font, and forms of Chinese, Japanese or Korean signs."""
    said = [*(cue.text for cue in cut.cues), *(caption.text for caption in cut.captions)]
    words = [word for card in cards.all for word in card.words]
    return Lettering(font=graphics.font, tongue=tongue_of([cut.title, *words, *said]))


def draw_cards(cards: Iterable[Card], lettering: Lettering, font: bytes | None, width: int, height: int) -> list[bytes]:
    """Draw cards; a PNG each. See `film.edit.cards.draw_card`."""
    own = face_of(font)
    return [draw_card(card, width, height, own, lettering.tongue) for card in cards]


def face_of(font: bytes | None) -> Face | None:
    """Open the user's font, where there is one."""
    return None if font is None else read_font(font, "The font")


def with_graphics(
    cut: Cut, graphics: Graphics, lettering: Lettering, before: Iterable[CutItem], after: Iterable[CutItem]
) -> Cut:
    """Bring what is asked for into a cut.

    Args:
        cut: The shots, with cues and captions.
        graphics: What is asked for.
        lettering: From `lettering_of`.
        before: The title's card, drawn.
        after: The credits' cards, drawn.
    """
    whole = with_cards(cut, tuple(before), tuple(after))
    chosen = {"subtitles": graphics.subtitles, "logo": graphics.logo}
    # Where nothing is lettered over the pictures, the timeline says nothing of letters.
    return whole.model_copy(update={**chosen, "lettering": lettering if _lettered(whole, graphics) else Lettering()})


def _lettered(cut: Cut, graphics: Graphics) -> bool:
    return bool(overlays_of(cut.model_copy(update={"subtitles": graphics.subtitles})))


def letters_missing(cut: Cut, cards: CardPlan, font: bytes | None) -> tuple[str, ...]:
    """Say which letters of what is drawn no font has.

    Args:
        cut: The film.
        cards: Its cards.
        font: The user's own font, or None.

    Returns:
        A sentence, or nothing.
    """
    faces = Faces(own=face_of(font))
    texts = [*(overlay.text for overlay in overlays_of(cut)), *(word for card in cards.all for word in card.words)]
    gone = list(dict.fromkeys(letter for text in texts for letter in faces.missing(text)))
    if not gone:
        return ()
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in gone[:_NAMED])
    more = f" and {len(gone) - _NAMED} more" if len(gone) > _NAMED else ""
    return (f"No font has {named}{more}: left out where words are drawn; --font may bring a font that has them.",)
