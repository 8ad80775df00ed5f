"""How long a prompt is for SDXL's text encoders, which read 77 tokens each, two of which are its begin and its end.

Both encoders split words by CLIP's byte-pair encoding: a text is lower-cased, cut into runs of letters, single
digits and runs of other signs, and each of these is spelled out in UTF-8 bytes of which pairs are merged as long as
the vocabulary allows. Every byte has a token of its own, so that nothing takes more tokens than bytes.

From this follows an upper bound without any vocabulary: the words of `word_tokens.txt`, whose counts are known, count
what is known, and all else its bytes. It can exceed the truth, by most for rare names, and never falls short of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Protocol

ENCODER_TOKENS = 75
"""What an encoder reads of a prompt: 77 tokens less begin and end."""

CACHED = 4096
"""So many counts are remembered."""

_RUN = re.compile(r"[^\W\d_]+|\S|[\x1c-\x1f]")
"""A run of letters, or any other sign but white space; Python takes four control characters for that which are not."""


class TokenCounter(Protocol):
    """Counts a text's tokens as a model's text encoders do."""

    @property
    def name(self) -> str:
        """What the counts depend on: equal names mean equal counts."""
        ...

    def count(self, text: str) -> int:
        """Count the tokens of a text, without begin and end."""
        ...


class EstimatedTokens:
    """The upper bound, for machines without the model's vocabulary."""

    name = "bound-1"

    def __init__(self, known: Mapping[str, int] | None = None) -> None:
        """Bound texts by what is known of words.

        Args:
            known: How many tokens words of a to z have; by default those of CLIP's vocabulary.
        """
        self._known = _known_words() if known is None else known
        # A film says most of its phrases in many shots.
        self._counted = lru_cache(maxsize=CACHED)(self._count)

    def count(self, text: str) -> int:
        """Bound the tokens of a text from above, without begin and end."""
        return self._counted(text)

    def _count(self, text: str) -> int:
        known, total, before = self._known, 0, ""
        for run in _RUN.findall(unicodedata.normalize("NFC", text).lower()):
            # After an apostrophe CLIP takes 's, 't, 're … for a token of their own, and what follows is another word.
            counted = known.get(run) if before != "'" else None
            total += counted or len(run.encode("utf-8", "surrogatepass"))
            before = run
        return total


@cache
def _known_words() -> Mapping[str, int]:
    """Read how many tokens CLIP's vocabulary makes of words of a to z: `word` is one, `word:2` are two."""
    text = (files("film.prompting") / "word_tokens.txt").read_text(encoding="ascii")
    entries = (entry.partition(":") for line in text.splitlines() if line[:1] != "#" for entry in line.split())
    return {word: int(count or 1) for word, _, count in entries}
