"""What a GPU worker tells Prometheus of its machine's graphics cards, as NVIDIA's driver says it when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from infrastructure import metrics
from infrastructure.gpus import GpuUse, look_at_gpus

LABELS: Final = ("gpu", "model")
"""The card's number on its machine, and what it is."""


class GpuFigures(Collector):
    """Each card's memory and how busy it is. Where there is none, the count says 0, and nothing else is told."""

    def __init__(self, look: Callable[[], tuple[GpuUse, ...]] = look_at_gpus) -> None:
        """Prepare to ask.

        Args:
            look: Whom to ask.
        """
        self._look = look

    def collect(self) -> Iterator[Metric]:
        """Ask, and tell."""
        cards = self._look()
        count = GaugeMetricFamily("studio_gpus", "Graphics cards that NVIDIA's driver tells of.")
        count.add_metric((), len(cards))
        used = GaugeMetricFamily("studio_gpu_memory_used_bytes", "Of a card's memory, what is taken.", labels=LABELS)
        memory = GaugeMetricFamily("studio_gpu_memory_bytes", "A card's memory.", labels=LABELS)
        busy = GaugeMetricFamily(
            "studio_gpu_busy_ratio",
            "How much of the last moment a card calculated; not there where the driver does not tell.",
            labels=LABELS,
        )
        for card in cards:
            labels = (str(card.index), card.name)
            used.add_metric(labels, card.memory_used)
            memory.add_metric(labels, card.memory_bytes)
            if card.busy_percent is not None:
                busy.add_metric(labels, card.busy_percent / 100)
        yield from (count, used, memory, busy)


@contextmanager
def gpu_figures() -> Iterator[None]:
    """Tell of graphics cards as long as this lasts."""
    figures = GpuFigures()
    metrics.REGISTRY.register(figures)
    try:
        yield
    finally:
        metrics.REGISTRY.unregister(figures)
