"""`python -m workers.gpu`: the GPU worker as a process."""

if __name__ == "__main__":
    from workers.gpu.worker import serve
    from workers.process import run_process

    run_process("worker-gpu", serve)
