"""What the text encoders make of a prompt, remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from schemas.prompt import KeyframeSpec

REMEMBERED = 512
"""So many prompts are kept: about 0.3 MB each at SDXL's widths in half precision."""


@dataclass(frozen=True)
class Embedded:
    """A batch's words as the UNet reads them, a row a picture."""

    prompt: torch.Tensor
    pooled: torch.Tensor
    negative: torch.Tensor | None
    negative_pooled: torch.Tensor | None


@dataclass(frozen=True)
class _Words:
    """One prompt: what each token means, and the last encoder's summary before it is projected."""

    tokens: torch.Tensor
    summary: torch.Tensor


class PromptEncoder:
    """Encodes prompts one by one and keeps them.

    Each is encoded alone, so that what it becomes depends on no other; the summaries of a batch are projected together,
    as in a call of the bare pipeline, so that the same batch gives the same bits.
    """

    def __init__(self, pipeline: Any) -> None:
        """Encode with a pipeline's tokenizers and encoders."""
        self._pipeline = pipeline
        self._kept: OrderedDict[tuple[str, str], _Words] = OrderedDict()

    def forget(self) -> None:
        """Forget all prompts: the encoders have changed."""
        self._kept.clear()

    def embed(self, specs: Sequence[KeyframeSpec], *, guided: bool) -> Embedded:
        """Embed the words of a batch.

        Args:
            specs: The batch.
            guided: Whether negatives are needed.
        """
        words = [self._words(spec.positive, spec.positive_2 or spec.positive) for spec in specs]
        prompt, pooled = torch.cat([one.tokens for one in words]), self._project(words)
        if not guided:
            return Embedded(prompt, pooled, None, None)
        against = [self._words(spec.negative, spec.negative_2 or spec.negative) for spec in specs]
        negative, negative_pooled = torch.cat([one.tokens for one in against]), self._project(against)
        if self._pipeline.config.force_zeros_for_empty_prompt:
            # SDXL was trained with zeros, not with an empty text, for “nothing in particular”.
            for row, spec in enumerate(specs):
                if not (spec.negative or spec.negative_2):
                    negative[row], negative_pooled[row] = 0, 0
        return Embedded(prompt, pooled, negative, negative_pooled)

    def _words(self, first: str, second: str) -> _Words:
        key = (first, second)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        pipeline, summaries = self._pipeline, []
        # The encoder gives the projected summary alone; what goes into the projection is caught on its way.
        projection = pipeline.text_encoder_2.text_projection
        hook = projection.register_forward_pre_hook(lambda _, given: summaries.append(given[0]))
        try:
            with torch.no_grad():
                layers = [
                    _next_to_last(pipeline.tokenizer, pipeline.text_encoder, first),
                    _next_to_last(pipeline.tokenizer_2, pipeline.text_encoder_2, second),
                ]
        finally:
            hook.remove()
        self._kept[key] = _Words(torch.cat(layers, dim=-1), summaries[0])
        if len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)
        return self._kept[key]

    def _project(self, words: Sequence[_Words]) -> torch.Tensor:
        with torch.no_grad():
            projected: torch.Tensor = self._pipeline.text_encoder_2.text_projection(
                torch.cat([one.summary for one in words])
            )
        return projected


def _next_to_last(tokenizer: Any, encoder: Any, text: str) -> torch.Tensor:
    """Return what SDXL's UNet reads of a text: the encoder's last layer but one, 1 × 77 × width."""
    given = tokenizer(
        [text], padding="max_length", max_length=tokenizer.model_max_length, truncation=True, return_tensors="pt"
    )
    return encoder(given.input_ids.to(encoder.device), output_hidden_states=True).hidden_states[-2]
