"""What is told of graphics cards: of those there are, and that there is none."""

from __future__ import annotations

from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from infrastructure import metrics
from infrastructure.gpu_figures import GpuFigures, gpu_figures
from infrastructure.gpus import GpuUse, look_at_gpus

Found = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def told(*cards: GpuUse) -> Found:
    registry = CollectorRegistry()
    registry.register(GpuFigures(lambda: cards))
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in registry.collect()
        for sample in family.samples
    }


def test_each_card_is_told_of_and_what_the_driver_does_not_say_is_not() -> None:
    found = told(GpuUse(0, "NVIDIA A10G", 97, 3 << 30, 24 << 30), GpuUse(1, "NVIDIA H200 MIG", None, 0, 16 << 30))
    first, second = (("gpu", "0"), ("model", "NVIDIA A10G")), (("gpu", "1"), ("model", "NVIDIA H200 MIG"))
    assert found == {
        ("studio_gpus", ()): 2,
        ("studio_gpu_memory_used_bytes", first): 3 << 30,
        ("studio_gpu_memory_used_bytes", second): 0,
        ("studio_gpu_memory_bytes", first): 24 << 30,
        ("studio_gpu_memory_bytes", second): 16 << 30,
        ("studio_gpu_busy_ratio", first): 0.97,
    }


def test_where_there_is_none_the_count_says_so_and_no_card_is_told_of() -> None:
    assert told() == {("studio_gpus", ()): 0}


def test_this_machines_are_told_of_while_it_lasts_and_not_after() -> None:
    with gpu_figures():
        written = metrics.written().decode()
        samples = {
            sample.name: sample.value
            for family in text_string_to_metric_families(written)
            for sample in family.samples
            if sample.name.startswith("studio_gpu")
        }
        assert samples["studio_gpus"] == len(look_at_gpus())
        assert ("studio_gpu_memory_bytes" in samples) == (samples["studio_gpus"] > 0)
    assert "studio_gpu" not in metrics.written().decode()
