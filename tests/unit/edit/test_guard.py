"""FFmpeg that misbehaves: programs put in its place, where an installation may set its own."""

from __future__ import annotations

import threading
from pathlib import Path

import psutil
import pytest

from film.edit.guard import Guard, run_guarded
from film.edit.join import join_segments
from film.edit.said import HEAD, LINE, TAIL, Progress, Said
from schemas.errors import EncoderFailed

QUICK = Guard(still_s=2.0, grace_s=0.5)
"""So long a shell may take to begin, where others work, too."""


class Stage:
    """A folder with two finished segments, and a program in FFmpeg's place that notes each process it starts."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._monkeypatch = folder, monkeypatch
        self.out = folder / "film.mp4"
        self.segments = [folder / "1.mp4", folder / "2.mp4"]
        for segment in self.segments:
            segment.write_bytes(b"finished")
        self._pids = folder / "pids"

    def plays(self, script: str) -> None:
        """Let this shell script be FFmpeg; `note` writes down a process, `$out` is what it is to make."""
        program = self._folder / "ffmpeg"
        head = f'#!/bin/bash\nnote() {{ echo $1 >> "{self._pids}"; }}\nnote $$\nout="{self.out}"\n'
        program.write_text(head + script)
        program.chmod(0o755)
        self._monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(program))

    def fails(self, match: str, guard: Guard = QUICK) -> str:
        """Join; return the message. Nothing is left running, no film is left, and the segments are."""
        with pytest.raises(EncoderFailed, match=match) as refused:
            join_segments(self.segments, None, self.out, "t", rate=24, guard=guard)
        self.is_left_alone()
        assert not self.out.exists()
        assert [segment.read_bytes() for segment in self.segments] == [b"finished"] * 2
        return str(refused.value)

    def is_left_alone(self) -> None:
        """Wait until all that was started has ended: a killed orphan is its new parent's to reap."""
        pids = [int(line) for line in self._pids.read_text().split()]
        assert pids
        for pid in pids:
            while _runs(pid):
                threading.Event().wait(0.01)


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return Stage(tmp_path, monkeypatch)


def test_one_that_sleeps_is_ended(stage: Stage) -> None:
    stage.plays("sleep 1000 & note $!; wait")
    message = stage.fails("stood still on film.mp4 after frame 0")
    assert "for 2 s" in message
    assert "run the film again" in message


def test_one_that_says_the_same_for_ever_is_ended(stage: Stage) -> None:
    stage.plays("while :; do echo frame=12; echo speed=$RANDOM; echo progress=continue; sleep 0.02; done")
    stage.fails("stood still on film.mp4 after frame 12")


def test_one_that_will_not_listen_is_killed(stage: Stage) -> None:
    stage.plays("trap '' TERM; sleep 1000 & note $!; while :; do wait; done")
    stage.fails("stood still")


def test_one_that_closes_its_pipes_and_stays_is_ended(stage: Stage) -> None:
    stage.plays("exec >&- 2>&-; exec sleep 1000")
    stage.fails("stood still")


@pytest.mark.parametrize("pipe", ["&1", "&2"])
def test_one_that_floods_for_ever_is_ended(stage: Stage, pipe: str) -> None:
    stage.plays(f"exec yes flood >{pipe}")
    stage.fails("stood still")


def test_a_flood_does_not_hide_the_cause(stage: Stage) -> None:
    stage.plays("echo '[mp4 @ 0x1] the cause' >&2; head -c 30000000 /dev/zero | tr '\\0' x >&2; exit 3")
    assert stage.fails("could not join").endswith("film.mp4: the cause")


def test_a_flood_without_an_end_of_line_makes_no_long_message(stage: Stage) -> None:
    stage.plays("head -c 30000000 /dev/zero | tr '\\0' x >&2; exit 3")
    assert len(stage.fails("could not join")) < 600


def test_one_that_dies_midway_is_said_to_have(stage: Stage) -> None:
    stage.plays('echo frame=5; echo part > "$out"; kill -KILL $$')
    stage.fails("ended by SIGKILL")


def test_one_that_writes_without_end_is_ended(stage: Stage) -> None:
    stage.plays('exec cat /dev/zero > "$out"')
    stage.fails("wrote far more than its parts hold", Guard())


def test_what_outlives_it_is_ended_although_all_went_well(stage: Stage) -> None:
    stage.plays('sleep 1000 & note $!; echo film > "$out"; exit 0')
    join_segments(stage.segments, None, stage.out, "t", rate=24)
    stage.is_left_alone()
    assert stage.out.read_text() == "film\n"


def test_one_that_is_not_there_is_named(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(stage.out.with_name("none")))
    with pytest.raises(EncoderFailed, match=r"cannot be started for film.mp4: No such file"):
        join_segments(stage.segments, None, stage.out, "t", rate=24)


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["echo frame=$n", 'echo >> "$out"'])
def test_a_slow_one_that_gets_somewhere_is_let_be(stage: Stage, sign: str) -> None:
    stage.plays(f'echo film > "$out"; for n in 1 2 3 4 5 6 7 8 9 10; do {sign}; sleep 0.4; done')
    join_segments(stage.segments, None, stage.out, "t", rate=24, guard=Guard(still_s=3.0))
    assert stage.out.exists()


def test_its_frames_are_told(stage: Stage) -> None:
    stage.plays('echo film > "$out"; echo frame=7; echo progress=continue; echo frame=31; echo progress=end')
    seen: list[int] = []
    join_segments(stage.segments, None, stage.out, "t", rate=24, guard=Guard(progress=seen.append))
    assert seen == sorted(seen)
    assert seen[-1] == 31


def test_limits_are_set_in_the_child(stage: Stage) -> None:
    stage.plays("ulimit -c >&2; ulimit -v >&2; exit 0")
    ended = run_guarded([str(stage.out.with_name("ffmpeg"))], stage.out, Guard())
    assert ended == (0, "0\n4194304\n")


def test_what_was_said_is_kept_from_both_ends() -> None:
    said = Said()
    for number in range(100_000):
        said.take(b"line %d\n" % number)
    text = said.text()
    assert len(text) == HEAD + TAIL
    assert text.startswith("line 0\n")
    assert text.endswith("line 99999\n")


def test_progress_is_read_however_it_is_cut() -> None:
    report = b"frame=12\nfps=3\nout_time_us=500\ntotal_size=N/A\nprogress=continue\n"
    for size in (1, 2, 7, 100):
        progress = Progress()
        for start in range(0, len(report), size):
            progress.take(report[start : start + size])
        assert progress.frame == 12
        assert progress.state == {b"frame": b"12", b"out_time_us": b"500", b"total_size": b"N/A"}
    progress.take(b"x" * 3 * LINE)
    progress.take(b"\nframe=nonsense\n")
    assert progress.frame == 0
