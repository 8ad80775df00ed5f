"""`python -m workers.gpu [FAMILY]`: the GPU worker as a process, for models of a family; by default SDXL's."""

if __name__ == "__main__":
    import sys
    from functools import partial

    from schemas.models import ModelFamily
    from workers.gpu.worker import serve
    from workers.process import run_process

    family = ModelFamily(sys.argv[1] if len(sys.argv) > 1 else ModelFamily.SDXL.value)
    run_process(f"worker-{family}", partial(serve, family))
