"""`python -m workers.cpu`: the CPU worker as a process."""

from workers.cpu.worker import serve
from workers.process import run_process

if __name__ == "__main__":
    run_process("worker-cpu", serve)
