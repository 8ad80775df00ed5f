"""How prompts are measured, as the workers of this installation do."""

from __future__ import annotations

from film.prompting.clip import ClipTokens
from film.prompting.tokens import EstimatedTokens, TokenCounter
from infrastructure.settings import Settings


def tokens_of(settings: Settings) -> TokenCounter:
    """Choose the counter that the settings name."""
    return ClipTokens(settings.tokenizer) if settings.tokenizer else EstimatedTokens()
