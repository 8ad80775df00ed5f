"""The device that paints: whether it is there, which numbers it calculates in, and when its memory is full."""

from __future__ import annotations

import gc
import re

import torch

from schemas.errors import DeviceMissing
from schemas.painting import PaintingDevice, Precision

_FULL = re.compile(r"out of memory|can't allocate memory|not enough memory|ALLOC_FAILED", re.IGNORECASE)


def find_device(wanted: PaintingDevice) -> tuple[torch.device, torch.dtype]:
    """Find the device, and the type of number that it paints in.

    Args:
        wanted: Which device, and in which precision.

    Returns:
        The device as torch knows it, and the type of its weights.

    Raises:
        DeviceMissing: This machine has no such device, or it cannot calculate in that precision.
    """
    device = torch.device(wanted.device)
    if device.type == "cuda":
        _need_cuda(device)
    if device.type == "mps" and not torch.backends.mps.is_available():
        raise DeviceMissing("This machine has no Apple GPU that torch can use; choose --device cpu.")
    if wanted.precision is Precision.FLOAT32 or (wanted.precision is Precision.AUTO and device.type == "cpu"):
        return device, torch.float32
    if wanted.precision is Precision.FLOAT16:
        return device, torch.float16
    # Emulated bfloat16 would be slower than float32.
    has_bfloat16 = device.type != "cuda" or torch.cuda.is_bf16_supported(including_emulation=False)
    if wanted.precision is Precision.BFLOAT16:
        if not has_bfloat16:
            raise DeviceMissing(f"{torch.cuda.get_device_name(device)} has no bfloat16; choose float16.")
        return device, torch.bfloat16
    return device, torch.bfloat16 if device.type == "cuda" and has_bfloat16 else torch.float16


def _need_cuda(device: torch.device) -> None:
    if not torch.cuda.is_available():
        why = "this torch was built without CUDA" if torch.version.cuda is None else "the driver shows none"
        raise DeviceMissing(
            f"There is no CUDA device: {why}. Choose the CPU (--device cpu; for the lab STUDIO_GPU_DEVICE=cpu), "
            "or run on a machine with a GPU."
        )
    count = torch.cuda.device_count()
    if (device.index or 0) >= count:
        raise DeviceMissing(f"There is no {device}: this machine has {count} CUDA devices, counted from 0.")


def is_out_of_memory(error: BaseException) -> bool:
    """Tell a full memory from other failures: torch says it by class on a GPU, in words on a CPU."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    return isinstance(error, RuntimeError) and bool(_FULL.search(str(error)))


def free_memory(device: torch.device) -> None:
    """Give back what nothing holds any more, before something smaller is tried."""
    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
