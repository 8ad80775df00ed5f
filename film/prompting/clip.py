"""Counts tokens exactly, by the vocabulary of a model that lies on this machine."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from film.prompting.tokens import CACHED
from schemas.errors import InvalidRequest

_PIECES = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
"""Where CLIP cuts a text before it merges bytes."""


class ClipTokens:
    """Counts as CLIP's tokenizer does; see `film.prompting.tokens.TokenCounter`."""

    def __init__(self, folder: Path) -> None:
        """Read a vocabulary.

        Args:
            folder: A model's `tokenizer` folder, with `vocab.json` and `merges.txt`.

        Raises:
            InvalidRequest: There is no vocabulary, or what reads it is not installed.
        """
        vocab, merges = folder / "vocab.json", folder / "merges.txt"
        for path in (vocab, merges):
            if not path.is_file():
                raise InvalidRequest(
                    f"There is no {path.name} in {folder}: STUDIO_TOKENIZER must name a model's tokenizer folder."
                )
        self._tokenizer = _tokenizer(vocab, merges)
        digest = hashlib.sha256(vocab.read_bytes() + merges.read_bytes()).hexdigest()
        self.name = f"clip-{digest[:16]}"
        self._counted = lru_cache(maxsize=CACHED)(self._count)

    def count(self, text: str) -> int:
        """Count the tokens of a text, without begin and end."""
        return self._counted(text)

    def _count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)


def _tokenizer(vocab: Path, merges: Path) -> Any:
    try:
        from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
    except ImportError as error:
        raise InvalidRequest(
            "STUDIO_TOKENIZER needs the package tokenizers, which the extra “gpu” brings: install it, or unset it."
        ) from error
    try:
        model = models.BPE.from_file(str(vocab), str(merges), end_of_word_suffix="</w>", unk_token="<|endoftext|>")
    except Exception as error:  # The library raises nothing narrower than Exception for a file it cannot read.
        raise InvalidRequest(f"The vocabulary in {vocab.parent} cannot be read: {error}.") from error
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    return tokenizer
