"""What the graphics cards of this machine are doing, as NVIDIA's driver tells."""

from __future__ import annotations

from dataclasses import dataclass

import pynvml


@dataclass(frozen=True)
class GpuUse:
    """A card, now.

    Attributes:
        index: Its number on this machine.
        name: What it is.
        busy_percent: How much of the last moment it calculated; None where the driver does not tell, as of a card in
            parts.
        memory_used: Bytes of its memory that are taken.
        memory_bytes: Bytes that it has.
    """

    index: int
    name: str
    busy_percent: int | None
    memory_used: int
    memory_bytes: int


def look_at_gpus() -> tuple[GpuUse, ...]:
    """Ask the driver. Nothing where there is no card, or no driver for it."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return ()
    try:
        return tuple(map(_look_at, range(pynvml.nvmlDeviceGetCount())))
    except pynvml.NVMLError:
        return ()  # it was taken away meanwhile
    finally:
        pynvml.nvmlShutdown()


def _look_at(index: int) -> GpuUse:
    card = pynvml.nvmlDeviceGetHandleByIndex(index)
    memory = pynvml.nvmlDeviceGetMemoryInfo(card)
    return GpuUse(index, str(pynvml.nvmlDeviceGetName(card)), _busy(card), int(memory.used), int(memory.total))


def _busy(card: object) -> int | None:
    try:
        return int(pynvml.nvmlDeviceGetUtilizationRates(card).gpu)
    except pynvml.NVMLError:
        return None
