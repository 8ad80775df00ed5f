"""`python -m workers.cpu`: the CPU worker as a process.

Processes of its pool import this module again, under another name: it must import nothing of weight by itself.
"""

if __name__ == "__main__":
    from workers.cpu.worker import serve
    from workers.process import run_process

    run_process("worker-cpu", serve)
