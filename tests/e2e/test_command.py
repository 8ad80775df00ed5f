"""The `studio` command, as users type it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
from pathlib import Path

import asyncpg
import pytest

from cli.lab import Lab, LabState
from film.edit.verify import check_film
from schemas.script import Breakdown
from tests.e2e.conftest import EXAMPLES, SMALL, Command, Ended
from tests.unit.edit.lettered import logo

pytestmark = [pytest.mark.lab, pytest.mark.timeout(1500)]

STAGES = ["script", "prompts", "keyframes", "motion", "composition", "post"]


def test_a_film_is_made_and_reported(studio: Command, state: LabState, script: Path, tmp_path: Path) -> None:
    report = studio.film(script, tmp_path / "film.mp4").report
    assert list(report["stages"]) == STAGES
    assert report["output"] == str(tmp_path / "film.mp4")
    assert report["temporal_ui"].startswith(state.temporal_ui_url)
    assert report["scenes"] == 2
    said = report["dialogue"]
    assert said["lines"] == said["verbatim"] == said["second_found"] > 0
    assert said["second_reader_agrees"]
    assert said["cps_max"] <= 20
    assert report["workflow_id"] == f"film-{report['job_id']}-r0"
    frames = round(report["duration_s"] * 12)
    check_film(tmp_path / "film.mp4", frames=frames, fps=12, width=320, height=180, full=True)


def test_an_edited_film_says_what_was_kept(studio: Command, script: Path, tmp_path: Path) -> None:
    def film(*options: str) -> Ended:
        return studio.run("film", script, "-o", tmp_path / "f.mp4", *SMALL, "--project", "edited-here", *options)

    whole = film("--json").report["kept"]
    assert (whole["pictures_kept"], whole["segments_kept"]) == (0, 0)
    script.write_text(script.read_text(encoding="utf-8").replace("holds a letter", "holds a lantern"), encoding="utf-8")
    out = film().out
    said = re.search(r"(\d+) of (\d+) pictures drawn, (\d+) kept; (\d+) of (\d+) segments? encoded, (\d+) kept", out)
    assert said, out
    drawn, pictures, kept, encoded, segments, segments_kept = map(int, said.groups())
    assert 0 < drawn < pictures == drawn + kept
    assert segments == encoded + segments_kept


def test_analyze_prints_the_breakdown(studio: Command, script: Path) -> None:
    ended = studio.run("analyze", script, "--json")
    breakdown = Breakdown.model_validate_json(ended.out)
    assert [scene.heading for scene in breakdown.scenes] == ["EXT. HARBOUR - DUSK", "INT. KITCHEN - NIGHT"]
    text = script.read_text(encoding="utf-8")
    lines = [line for shot in breakdown.shots for line in shot.dialogue]
    assert [text[line.span.start : line.span.end] for line in lines] == ["He said he would be here.", "I never left."]


def test_analyze_is_readable(studio: Command, script: Path) -> None:
    ended = studio.run("analyze", script)
    assert "The Pier" in ended.out
    assert "s001-001" in ended.out


def test_one_id_is_one_film(studio: Command, script: Path, tmp_path: Path) -> None:
    job = ("--job-id", "01920000-0000-7000-8000-000000000001")
    both = [studio.start("film", script, "-o", tmp_path / f"{n}.mp4", *SMALL, "--json", *job) for n in range(2)]
    reports = [studio.wait(process).report for process in both]
    assert reports[0]["job_id"] == reports[1]["job_id"] == job[1]
    assert (tmp_path / "0.mp4").read_bytes() == (tmp_path / "1.mp4").read_bytes()


def test_two_films_at_once(studio: Command, script: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("A lonely lighthouse keeper befriends a storm.", encoding="utf-8")
    both = [studio.start("film", s, "-o", f"{s}.mp4", *SMALL, "--json") for s in (script, other)]
    reports = [studio.wait(process).report for process in both]
    for report in reports:
        frames = round(report["duration_s"] * 12)
        check_film(Path(report["output"]), frames=frames, fps=12, width=320, height=180, full=True)


def test_the_free_tier_costs_an_encode_and_no_picture(studio: Command, script: Path, tmp_path: Path) -> None:
    assert studio.film(script, tmp_path / "pro.mp4").code == 0
    assert studio.film(script, tmp_path / "free.mp4", "--tier", "free").code == 0
    assert (tmp_path / "pro.mp4").read_bytes() != (tmp_path / "free.mp4").read_bytes()


def test_a_lettered_film_is_brought_home_with_its_subtitles_beside_it(
    studio: Command, script: Path, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(logo())
    text = script.read_text(encoding="utf-8").replace(
        "EXT. HARBOUR - DUSK\n", "EXT. HARBOUR - DUSK\n\nSUPER: 1931 \U0001f600\n"
    )
    script.write_text(text, encoding="utf-8")
    options = ("--title-card", "auto", "--credits", "auto", "--logo", f"{tmp_path / 'logo.png'}:upper-left")
    ended = studio.run("film", script, "-o", tmp_path / "film.mp4", *SMALL, *options, "--subtitles", "sidecar")
    assert ended.code == 0, ended.err
    assert "No font has \U0001f600 (U+1F600)" in ended.out
    assert {"film.mp4", "film.srt", "film.vtt"} < {path.name for path in tmp_path.iterdir()}
    assert "He said he would be here." in (tmp_path / "film.srt").read_text(encoding="utf-8")


def test_a_finished_film_is_handed_over_with_its_shots(studio: Command, script: Path, tmp_path: Path) -> None:
    made = studio.film(script, tmp_path / "film.mp4").report
    ended = studio.run("export", made["job_id"], "--to", "fcpxml", "-o", tmp_path / "cut")
    assert ended.code == 0, ended.err
    assert f"{made['shots']} shots" in ended.out
    assert "Not in it: " in ended.out
    there = {str(path.relative_to(tmp_path / "cut")) for path in (tmp_path / "cut").rglob("*") if path.is_file()}
    assert {"The_Pier.fcpxml", "The_Pier.srt", "media/s001-001.mp4"} < there
    assert len(there) == made["shots"] + 2
    printed = studio.run("export", made["job_id"], "--to", "pdf", "-o", tmp_path / "print")
    assert printed.code == 0, printed.err
    (pdf,) = (tmp_path / "print").iterdir()
    assert pdf.suffix == ".pdf"
    assert pdf.read_bytes().startswith(b"%PDF")
    unknown = studio.run("export", "01920000-0000-7000-8000-00000000dead", "--to", "edl", "-o", tmp_path / "no")
    assert unknown.code == 2
    _one_sentence(unknown.err, "no job")
    assert not (tmp_path / "no").exists()


def test_a_reviewed_film_waits_for_approval(studio: Command, script: Path, tmp_path: Path) -> None:
    process = studio.start("film", script, "-o", tmp_path / "film.mp4", *SMALL, "--review")
    assert process.stderr is not None
    said = ""
    while "studio approve" not in said:
        said = process.stderr.readline()
        assert said, "the command ended without asking for a review"
    approved = studio.run("approve", said.split("studio approve")[1].strip())
    assert approved.code == 0, approved.err
    assert studio.wait(process).code == 0


def test_ctrl_c_cancels_the_film_and_says_so(studio: Command, script: Path, tmp_path: Path) -> None:
    process = studio.start("film", script, "-o", tmp_path / "film.mp4", *SMALL, "--review", "--project", "cancelled")
    assert process.stderr is not None
    said = ""
    while "studio approve" not in said:
        said = process.stderr.readline()
        assert said
    os.kill(process.pid, signal.SIGINT)
    ended = studio.wait(process)
    assert ended.code == 1
    assert "cancelled" in ended.err
    assert not (tmp_path / "film.mp4").exists()
    job = said.split("studio approve")[1].strip()
    assert "nothing left to cancel" in studio.run("cancel", job).out


def test_replay_says_which_histories_replay(studio: Command) -> None:
    histories = sorted((EXAMPLES.parent / "temporal-dev" / "histories").glob("plain.*.json"))
    ended = studio.run("replay", *histories)
    assert ended.code == 0, ended.out
    assert ended.out.count("replays") == len(histories)


def test_status_shows_every_service(studio: Command) -> None:
    assert studio.run("up").code == 0
    status = json.loads(studio.run("status", "--json").out)
    while not status["healthy"]:  # what films do not wait for is still starting; the test's time limit ends this
        status = json.loads(studio.run("status", "--json").out)
    assert {service["name"] for service in status["services"]} >= {
        "temporal",
        "postgres",
        "s3",
        "sqs",
        "relay",
        "worker",
        "mail",
        "api",
    }


def test_verify_finds_nothing_wrong(studio: Command) -> None:
    ended = studio.run("verify")
    assert ended.code == 0, ended.out
    assert "0 faults" in ended.out


def test_verify_names_what_holds_and_ends_with_1_where_something_does_not(studio: Command, state: LabState) -> None:
    told = studio.run("verify", "--json").report
    assert told["holds"]
    assert len(told["invariants"]) == 10
    assert all(one["holds"] and one["looked_at"] and not one["faults"] for one in told["invariants"])
    dsn = state.environment()["STUDIO_DATABASE_URL"]
    _execute(
        dsn,
        "INSERT INTO mails (mail_id, recipient, subject, body, attempts, last_error) "
        "VALUES (gen_random_uuid(), 'a@b.c', 's', 'b', 12, 'nobody is there')",
    )
    try:
        ended = studio.run("verify")
    finally:
        _execute(dsn, "DELETE FROM mails WHERE last_error = 'nobody is there'")
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("FAULT")] == ["deliveries"]
    assert sum(line.startswith("holds") for line in lines) == 9
    assert lines[-1] == "9 of 10 hold, 1 fault."


def _execute(dsn: str, statement: str) -> None:
    async def execute() -> None:
        connection = await asyncpg.connect(dsn)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(execute())


def test_dead_letters_are_listed_and_unknown_ones_refused(studio: Command, lab: Lab) -> None:
    lab.wait_for("sqs", 300)  # films do not wait for it
    listed = studio.run("dlq", "list", "--json").report
    assert studio.run("dlq", "list").out.splitlines()[-1].startswith(str(len(listed["letters"])))
    for what in ("redrive", "discard"):
        ended = studio.run("dlq", what, "00000000-0000-4000-8000-000000000000")
        assert (ended.code, "no such dead letter" in ended.err) == (2, True)


BAD_SCRIPTS = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n\t \n", "script"),
    "binary": (bytes(range(256)) * 40, "bad"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(2000), "bad"),
    "huge": (b"A man walks.\n" * 800_000, "5 MiB"),
    "invalid UTF-8": ("夜の海。\n".encode()[:-2] + b"\xff\xfe\x81\n" * 3, "UTF-8"),
    "forbidden": (b"INT. ROOM - DAY\n\nA 12-year-old having sex.\n", "line 3"),
    "nothing to show": (b"Title: Nothing\nAuthor: Nobody\n", "shown"),
}


@pytest.mark.parametrize("name", BAD_SCRIPTS)
def test_a_script_that_cannot_be_filmed_is_refused(studio: Command, lab: Lab, tmp_path: Path, name: str) -> None:
    content, word = BAD_SCRIPTS[name]
    path = tmp_path / "bad.fountain"
    path.write_bytes(content)
    ended = studio.film(path, tmp_path / "film.mp4")
    _one_sentence(ended.err, word)
    assert ended.code == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.fountain"]


BAD_OPTIONS = {
    "music that is no sound": (("--music", "{script}"), "no sound file"),
    "music that is not there": (("--music", "/nowhere/theme.mp3"), "no such file"),
    "voices that are nobody's": (("--voices", "/etc"), "named after no line"),
    "ducking without music": (("--duck", "12"), "--music"),
    "a profile of another name": (("--profile", "prores"), "film.mov"),
    "style": (("--style", "cubism"), "cinematic"),
    "renderer": (("--renderer", "crayon"), "storyboard"),
    "renderer that is not there": (("--renderer", "sdxl"), "STUDIO_SDXL_MODEL"),
    "odd size": (("--size", "641x360"), "even"),
    "large size": (("--size", "3842x2160"), "3840x2160"),
    "tall size": (("--size", "3840x2162"), "3840x2160"),
    "no size": (("--size", "big"), "1280x720"),
    "no ratio": (("--size", "9:1"), "2.39:1"),
    "font that is none": (("--font", "{script}"), "is no font"),
    "logo that is none": (("--logo", "{script}"), "no PNG"),
    "credits that are gone": (("--credits", "/nonexistent/credits.txt"), "cannot be read"),
    "title without words": (("--title-card", "|below"), "--title-card"),
    "subtitles": (("--subtitles", "loud"), "burnt"),
    "frame rate": (("--fps", "0"), "1 to 60"),
    "output in no folder": (("-o", "/nonexistent/film.mp4"), "does not exist"),
    "output is a folder": (("-o", "/tmp"), "folder"),
    "output cannot be written": (("-o", "/proc/self/film.mp4"), "cannot be written"),
    "output is the script": (("-o", "{script}"), "script itself"),
    "output is a device": (("-o", "/dev/null"), "no ordinary file"),
    "output's name is too long": (("-o", "x" * 300), "cannot be written"),
    "seed": (("--seed", "-1"), "seed"),
    "no number": (("--fps", "many"), "23.976"),
    "no such option": (("--colour", "red"), "--colour"),
    "another film's id": (("--job-id", "01920000-0000-7000-8000-000000000001", "--fps", "7"), "another film"),
}


@pytest.mark.parametrize("name", BAD_OPTIONS)
def test_an_option_that_cannot_be_used_is_refused(studio: Command, script: Path, tmp_path: Path, name: str) -> None:
    options, word = BAD_OPTIONS[name]
    studio.run("film", script, "-o", tmp_path / "first.mp4", *SMALL, "--job-id", "01920000-0000-7000-8000-000000000001")
    before = sorted(p.name for p in tmp_path.iterdir())
    given = [option.replace("{script}", str(script)) for option in options]
    ended = studio.run("film", script, "-o", tmp_path / "film.mp4", *SMALL, *given)
    _one_sentence(ended.err, word)
    assert ended.code == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_without_arguments_the_help_is_shown(studio: Command) -> None:
    ended = studio.run()
    assert "analyze" in ended.out
    assert not ended.err


def test_a_script_whose_name_is_no_text_is_filmed(studio: Command, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("A cat sleeps on a chair.", encoding="utf-8")
    assert studio.film(tmp_path / name, tmp_path / "film.mp4").code == 0


def test_a_very_long_title_is_cut(studio: Command, tmp_path: Path) -> None:
    path = tmp_path / "long.fountain"
    path.write_text(f"Title: {'long ' * 6000}\n\nEXT. BEACH - DAY\n\nA dog runs.\n", encoding="utf-8")
    assert studio.film(path, tmp_path / "film.mp4").code == 0


def test_a_port_in_use_is_named(script: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        other = Command(tmp_path / "lab")
        ended = other.run("film", script, "-o", tmp_path / "f.mp4", env={"STUDIO_PORT_TEMPORAL": str(port)})
    _one_sentence(ended.err, str(port))
    assert ended.code == 1
    assert not Lab(tmp_path / "lab").status().running


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_ends_the_film_and_leaves_nothing(script: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk], check=True)
    other = Command(Path(f"/tmp/studio-full-{os.getpid()}"))
    try:
        ended = other.run("film", script, "-o", tmp_path / "film.mp4", env={"STUDIO_WORK_DIR": str(disk)})
        assert ended.code == 1
        assert "space" in ended.err
        assert "Traceback" not in ended.err
        assert not (tmp_path / "film.mp4").exists()
        assert not list(disk.iterdir())
        verified = other.run("verify")
        assert "0 jobs are open" in verified.out
        assert "0 faults" in verified.out
    finally:
        Lab(other.home).down()
        subprocess.run(["umount", disk], check=True)
        subprocess.run(["rm", "-rf", other.home], check=True)


def _one_sentence(said: str, word: str) -> None:
    assert "Traceback" not in said
    lines = [line for line in said.splitlines() if line.strip()]
    assert len(lines) == 1, said
    assert word in lines[0]
