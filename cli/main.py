"""The `studio` command: names and options. What a command does lies in the module of its name.

Those modules are imported when their command runs, so that `studio --help` and a Ctrl-C answer at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from cli import output
from schemas.enums import (
    ExportFormat,
    MotionKind,
    Movement,
    Paper,
    ProfileName,
    RendererName,
    ShotSize,
    SubtitleMode,
    Tier,
)
from schemas.errors import InputError, StudioError
from schemas.models import ModelFamily
from schemas.painting import Scheduler

app = typer.Typer(
    name="studio",
    help="Turn a script into a film.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
worker_app = typer.Typer(help="Run a worker process in the foreground.", no_args_is_help=True)
app.add_typer(worker_app, name="worker")
models_app = typer.Typer(help="Models that paint: list, fetch and check them.", no_args_is_help=True)
app.add_typer(models_app, name="models")
dlq_app = typer.Typer(help="What failed for good: list it, run it again, or set it aside.", no_args_is_help=True)
app.add_typer(dlq_app, name="dlq")
user_app = typer.Typer(help="Accounts of an installation.", no_args_is_help=True)
app.add_typer(user_app, name="user")

Script = Annotated[
    Path,
    typer.Argument(
        metavar="SCRIPT",
        help="A screenplay (Fountain, FDX, PDF, DOCX) or a story (text, Markdown, PDF, DOCX).",
        show_default=False,
    ),
]
Job = Annotated[UUID, typer.Argument(metavar="JOB", help="The job's id, as `studio film` prints it.")]
Shot = Annotated[str, typer.Option("--shot", help="The shot's number, such as s002-004.")]
Cast = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Who the people are and look like: JSON, as docs/directing.md says.")
]
Runtime = Annotated[
    str | None, typer.Option(metavar="TIME", help="How long the film shall last: 90, or 1:30.", show_default=False)
]
LETTERED = "Titles, subtitles, logo"
SOUND = "Sound"
PAINTED = "Painted films (--renderer sdxl)"
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]


@app.command()
def film(
    script: Script,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where the film goes.", show_default="film.mp4")
    ] = None,
    style: Annotated[
        str, typer.Option(help="The look of the film: a name that `studio styles` lists, or a style's file.")
    ] = "cinematic",
    renderer: Annotated[
        RendererName, typer.Option(help="Who makes the pictures: the draughtsman, or Stable Diffusion XL.")
    ] = RendererName.STORYBOARD,
    size: Annotated[
        str,
        typer.Option(metavar="SIZE", help="1280x720, or 16:9, 9:16, 1:1, 2.39:1; with @1080, as many lines."),
    ] = "1280x720",
    fps: Annotated[str, typer.Option(help="Frames a second: 1 to 60, 23.976, 29.97, 59.94.")] = "24",
    tier: Annotated[Tier, typer.Option(help="The plan; the free one carries a watermark.")] = Tier.PRO,
    project: Annotated[str | None, typer.Option(help="The project's name; the script's path if not given.")] = None,
    job_id: Annotated[UUID | None, typer.Option(help="The job's id; asking twice for one id makes one film.")] = None,
    runtime: Runtime = None,
    seed: Annotated[int, typer.Option(help="Another number gives another take of every picture.")] = 0,
    review: Annotated[bool, typer.Option("--review", help="Wait for `studio approve` before drawing.")] = False,
    keep_open: Annotated[
        bool, typer.Option("--keep-open", help="Wait for a decision on shots that failed, instead of cancelling.")
    ] = False,
    stop: Annotated[bool, typer.Option("--stop", help="Stop the lab afterwards.")] = False,
    motion: Annotated[
        MotionKind,
        typer.Option(help="What moves: the camera; pictures too, between like ones; or what a video model makes."),
    ] = MotionKind.CAMERA,
    subtitles: Annotated[
        SubtitleMode,
        typer.Option(help="A track of the film, files beside it, or burnt in.", rich_help_panel=LETTERED),
    ] = SubtitleMode.SOFT,
    title_card: Annotated[
        str | None,
        typer.Option(
            metavar="TITLE[|SUBTITLE]|auto",
            help="A card before the first shot; auto: as the script's title page says.",
            rich_help_panel=LETTERED,
        ),
    ] = None,
    credits_: Annotated[
        str | None,
        typer.Option(
            "--credits",
            metavar="FILE|auto",
            help="Cards behind the last shot: a credit a line, ROLE: NAME; auto: author and cast.",
            rich_help_panel=LETTERED,
        ),
    ] = None,
    captions: Annotated[
        bool,
        typer.Option(
            "--captions/--no-captions", help="Draw what the script titles: SUPER: Paris.", rich_help_panel=LETTERED
        ),
    ] = True,
    logo: Annotated[
        str | None,
        typer.Option(
            metavar="FILE[:CORNER]", help="A PNG in a corner; upper-right unless said.", rich_help_panel=LETTERED
        ),
    ] = None,
    font: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A TrueType or OpenType font that comes first.", rich_help_panel=LETTERED),
    ] = None,
    profile: Annotated[
        ProfileName,
        typer.Option(help="How it is encoded: nvenc by a graphics card, if there is one; preview small and fast."),
    ] = ProfileName.H264,
    music: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Music beneath the film.", rich_help_panel=SOUND)
    ] = None,
    music_gain: Annotated[
        float | None,
        typer.Option(metavar="DB", help="Its loudness where nobody speaks, against voices.", rich_help_panel=SOUND),
    ] = None,
    music_once: Annotated[
        bool, typer.Option("--music-once", help="Do not begin it anew where it is short.", rich_help_panel=SOUND)
    ] = False,
    voices: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="A folder of voices, named after lines: 12.wav, s002-004.wav.", rich_help_panel=SOUND
        ),
    ] = None,
    duck: Annotated[
        float | None,
        typer.Option(metavar="DB", help="How much music falls under a voice: 12 unless said.", rich_help_panel=SOUND),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Painted films: the model, as a check.", rich_help_panel=PAINTED)
    ] = None,
    steps: Annotated[int | None, typer.Option(help="Steps from noise to a picture.", rich_help_panel=PAINTED)] = None,
    guidance: Annotated[
        float | None, typer.Option(help="How closely the words are followed.", rich_help_panel=PAINTED)
    ] = None,
    scheduler: Annotated[
        Scheduler | None, typer.Option(help="The way from noise to a picture.", rich_help_panel=PAINTED)
    ] = None,
    lora: Annotated[
        str | None,
        typer.Option(metavar="NAME[:SCALE]", help="A LoRA of the models' folder.", rich_help_panel=PAINTED),
    ] = None,
    reference: Annotated[
        list[str] | None,
        typer.Option(metavar="WHO=FILE[:WEIGHT]", help="What somebody looks like.", rich_help_panel=PAINTED),
    ] = None,
    refiner: Annotated[
        str | None,
        typer.Option(
            metavar="NAME[:START]",
            help="A second model that ends each picture, from a share of the steps on.",
            rich_help_panel=PAINTED,
        ),
    ] = None,
    cast: Cast = None,
    upscale: Annotated[
        str | None,
        typer.Option(
            metavar="lanczos|NAME[:STEPS]",
            help="What brings pictures to the film's size: lanczos unless said, or a model first.",
            rich_help_panel=PAINTED,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a film of a script."""
    from cli.film import FilmOrder, make
    from cli.lettering import LetteringOrder
    from cli.orders import output_of
    from cli.painting import PaintingOrder
    from cli.sound import SoundArguments

    order = FilmOrder(
        script=script,
        output=out or output_of(profile),
        style=style,
        renderer=renderer,
        size=size,
        fps=fps,
        tier=tier,
        project=project,
        job_id=job_id,
        seed=seed,
        runtime=runtime,
        review=review,
        keep_open=keep_open,
        stop=stop,
        motion=motion,
        lettering=LetteringOrder(title_card, credits_, captions, subtitles, logo, font),
        painting=PaintingOrder(model, steps, guidance, scheduler, lora, tuple(reference or ()), refiner, upscale),
        profile=profile,
        sound=SoundArguments(music, voices, music_gain, duck, music_once),
        cast=cast,
    )
    raise typer.Exit(make(order, as_json=as_json))


@app.command()
def analyze(
    script: Script,
    runtime: Runtime = None,
    graph: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the scene graph, as its suffix says: .svg, .png, .mmd or .json."),
    ] = None,
    cast: Cast = None,
    as_json: Json = False,
) -> None:
    """Read and direct a script, without making a film."""
    from cli.analyze import analyze_script

    analyze_script(script, as_json=as_json, runtime=runtime, graph=graph, cast=cast)


@app.command()
def sheet(
    script: Script,
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="A .pdf, or a .png or .jpg for each page.")
    ] = Path("sheet.pdf"),
    style: Annotated[
        str, typer.Option(help="The look of the pictures: a name that `studio styles` lists, or a style's file.")
    ] = "cinematic",
    size: Annotated[str, typer.Option(metavar="WxH", help="The film's width and height in pixels.")] = "1280x720",
    fps: Annotated[str, typer.Option(help="The film's frames a second: 1 to 60, 23.976, 29.97.")] = "24",
    paper: Annotated[Paper, typer.Option(help="What it is printed on, in landscape.")] = Paper.A4,
    runtime: Runtime = None,
    seed: Annotated[int, typer.Option(help="The film's; another number gives another take of every picture.")] = 0,
) -> None:
    """Draw a storyboard to print: the script's lines, the pictures and the shot list side by side."""
    from cli.orders import FilmOrder
    from cli.sheet import write_sheet

    order = FilmOrder(script=script, output=out, style=style, size=size, fps=fps, runtime=runtime, seed=seed)
    write_sheet(order, paper)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The script as it was.", show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The script as it is now.", show_default=False)],
    runtime: Runtime = None,
    as_json: Json = False,
) -> None:
    """Say which scenes and shots a changed script changes, and what a new film would cost."""
    from cli.diff import compare_scripts

    compare_scripts(old, new, as_json=as_json, runtime=runtime)


@app.command()
def styles(
    sheet: Annotated[
        Path | None,
        typer.Option("--sheet", metavar="FILE", help="Draw the same shots in every style, as .png or .jpg."),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the styles, those of STUDIO_STYLES among them."""
    from cli.styles import show_styles

    show_styles(sheet, as_json=as_json)


@app.command()
def approve(job: Job) -> None:
    """Let a film go on that waits for its review."""
    from cli.decisions import approve_job

    approve_job(job)


@app.command()
def retry(
    job: Job, shot: Shot, seed: Annotated[int | None, typer.Option(min=0, help="Draw with another seed.")] = None
) -> None:
    """Try a shot again that failed for good."""
    from cli.decisions import retry_job_shot

    retry_job_shot(job, shot, seed)


@app.command()
def skip(job: Job, shot: Shot) -> None:
    """Let the draft's picture stand in for a shot that failed for good."""
    from cli.decisions import skip_job_shot

    skip_job_shot(job, shot)


@app.command()
def cancel(job: Job) -> None:
    """Call a film off; what is finished stays for the next time."""
    from cli.decisions import cancel_job

    cancel_job(job)


@app.command()
def revise(
    job: Job,
    shot: Annotated[str | None, typer.Option(help="The shot that is changed, such as s002-004.")] = None,
    prompt: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What it shall show; +TEXT adds to what it shows.")
    ] = None,
    seed: Annotated[str | None, typer.Option(metavar="N|new", help="Another take of its picture.")] = None,
    duration: Annotated[float | None, typer.Option(metavar="S", help="How long it lasts, in seconds.")] = None,
    move: Annotated[Movement | None, typer.Option(help="How its camera moves.")] = None,
    size: Annotated[ShotSize | None, typer.Option(help="How much of its subject the frame holds.")] = None,
    remove: Annotated[list[str] | None, typer.Option(metavar="SHOT", help="Remove a shot; repeatable.")] = None,
    order: Annotated[
        list[str] | None,
        typer.Option(metavar="'A after B'", help="Move a shot behind (or before) another; repeatable."),
    ] = None,
    tier: Annotated[Tier | None, typer.Option(help="Another plan: its watermark, or none.")] = None,
    script: Annotated[Path | None, typer.Option(metavar="FILE", help="The script, edited.")] = None,
    cast: Cast = None,
    out: Annotated[Path, typer.Option("--output", "-o", help="Where the film goes.")] = Path("film.mp4"),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Make it without asking.")] = False,
    keep_open: Annotated[
        bool, typer.Option("--keep-open", help="Wait for a decision on shots that failed, instead of cancelling.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Change a film: say what is drawn and encoded anew, ask, and make its next version."""
    from cli.revising import RevisionOrder
    from cli.revising import revise as make

    asked = RevisionOrder(
        job, out, shot, prompt, seed, duration, move, size, tuple(remove or ()), tuple(order or ()), tier, script, cast,
        yes, keep_open,
    )  # fmt: skip
    raise typer.Exit(make(asked, as_json=as_json))


@app.command()
def versions(job: Job, as_json: Json = False) -> None:
    """List the versions of a film."""
    from cli.versions import show_versions

    show_versions(job, as_json=as_json)


@app.command()
def restore(
    job: Job,
    version: Annotated[int, typer.Option(min=0, help="The version's number, as `studio versions` lists it.")],
    out: Annotated[Path | None, typer.Option("--output", "-o", help="Where the film goes, if anywhere.")] = None,
) -> None:
    """Make an earlier version the film again. Nothing is drawn or encoded."""
    from cli.versions import restore as bring_back

    bring_back(job, version, out)


@app.command()
def shots(job: Job, as_json: Json = False) -> None:
    """List a film's shots: what each is, and what was edited."""
    from cli.shots import show_shots

    show_shots(job, as_json=as_json)


@app.command()
def preview(
    job: Job,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write: preview.mp4 unless said.")
    ] = None,
    hls: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A folder for a playlist instead, which grows until the film is whole."),
    ] = None,
) -> None:
    """Watch the film so far, while the rest is made: what is encoded from its first frame on."""
    from cli.preview import preview as write_preview

    write_preview(job, out, hls)


@app.command()
def export(
    job: Job,
    to: Annotated[ExportFormat, typer.Option(help="What to write.")],
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder to write into; by default named after the film.")
    ] = None,
    paper: Annotated[Paper, typer.Option(help="What a storyboard (pdf) is printed on.")] = Paper.A4,
) -> None:
    """Hand a finished film over to an editor's program: a timeline, and its shots with handles beside it."""
    from cli.export import export_film

    export_film(job, to, out, paper)


@app.command()
def up() -> None:
    """Start the local lab: Temporal, PostgreSQL, S3, SQS, relay and worker."""
    from cli.services import start_lab

    start_lab()


@app.command()
def down() -> None:
    """Stop the local lab. Its data stays."""
    from cli.services import stop_lab

    stop_lab()


@app.command()
def status(
    as_json: Json = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Jobs, queues, workers, GPUs as well, until Ctrl-C; --json: a line a look.")
    ] = False,
    every: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=0.5, help="How often --watch looks.", show_default="2"),
    ] = None,
) -> None:
    """Show the lab's services: health and addresses. With --watch, what the installation is doing."""
    if watch:
        from cli.overview import EVERY_S, watch_installation

        watch_installation(every or EVERY_S, as_json=as_json)
    if every is not None:
        raise typer.BadParameter("--every goes with --watch")
    from cli.services import show_status

    raise typer.Exit(show_status(as_json=as_json))


@app.command()
def doctor() -> None:
    """Say what is missing on this machine."""
    from cli.services import examine

    raise typer.Exit(examine())


@app.command()
def verify(as_json: Json = False) -> None:
    """Look at ten things that must hold of the installation: money, films, objects, workflows. Nothing is changed."""
    from cli.verify import verify_installation

    verify_installation(as_json=as_json)


@app.command()
def replay(histories: Annotated[list[Path], typer.Argument(metavar="HISTORY.json …")]) -> None:
    """Replay recorded histories against today's workflow code."""
    from cli.replay import replay_histories

    raise typer.Exit(replay_histories(histories))


@app.command()
def api(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8000,
) -> None:
    """Serve the HTTP API in the foreground."""
    from api.serving import serve
    from cli.craft import craft_of
    from infrastructure.settings import Settings

    settings = Settings()
    serve(host, port, settings, craft_of(settings))


@app.command()
def relay() -> None:
    """Run the relay, which carries commands from the database to Temporal, in the foreground."""
    from workers.process import run_process
    from workers.relay import serve

    run_process("relay", serve)


@app.command()
def migrate(
    to: Annotated[str, typer.Option(metavar="REVISION", help="The revision to go to, forwards or back.")] = "head",
) -> None:
    """Bring the database of STUDIO_DATABASE_URL to a revision of its tables."""
    from cli.upgrading import migrate_database

    migrate_database(to)


@app.command()
def promote(
    film_cpu: Annotated[str | None, typer.Option(metavar="BUILD", help="New films begin on this build.")] = None,
    ramp: Annotated[str | None, typer.Option(metavar="BUILD", help="But a share of them on this one.")] = None,
    percent: Annotated[int, typer.Option(min=0, max=99, help="That share; 0 takes it back.")] = 0,
    film_gpu: Annotated[str | None, typer.Option(metavar="BUILD", help="Pictures are painted by this build.")] = None,
    patience: Annotated[float, typer.Option(min=0, help="Seconds to wait for their workers.")] = 300.0,
) -> None:
    """Tell Temporal which builds of the workers (STUDIO_BUILD) make new films."""
    from cli.upgrading import promote_builds

    promote_builds(film_cpu, ramp, percent, film_gpu, patience)


@app.command()
def drained(build: Annotated[str, typer.Argument(metavar="BUILD")]) -> None:
    """Say whether a build of the CPU workers may go: 0 where no film is on it any more, else 1."""
    from cli.upgrading import tell_drained

    raise typer.Exit(tell_drained(build))


@app.command()
def recover() -> None:
    """After a restore: have Temporal told again of all films of STUDIO_DATABASE_URL that have not ended."""
    from cli.upgrading import tell_again

    tell_again()


@worker_app.command("cpu")
def worker_cpu() -> None:
    """Run a worker for workflows, drawing and encoding."""
    from workers.cpu.worker import serve
    from workers.process import run_process

    run_process("worker-cpu", serve)


@worker_app.command("gpu")
def worker_gpu(
    family: Annotated[ModelFamily, typer.Option(help="sdxl paints keyframes, ltx makes clips.")] = ModelFamily.SDXL,
    device: Annotated[
        str | None, typer.Option(help="Where it calculates: cuda, cuda:1, mps, or cpu, which takes minutes a picture.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="The model: its name in the models' folder.")] = None,
) -> None:
    """Run a worker that paints keyframes, or makes clips."""
    from functools import partial

    from cli.orders import gpu_settings
    from workers.gpu.worker import serve
    from workers.process import run_process

    run_process(
        f"worker-{family}", partial(serve, family), partial(gpu_settings, family, device, model), output.complain
    )


@models_app.command("list")
def models_list(as_json: Json = False) -> None:
    """List the models of this machine, and those that can be pulled by name."""
    from cli.models import show_models

    show_models(as_json=as_json)


@models_app.command("pull")
def models_pull(
    source: Annotated[str, typer.Argument(metavar="MODEL", help="A published model's name, or a hub's owner/name.")],
    revision: Annotated[str | None, typer.Option(help="The commit, 40 hexadecimal digits; for owner/name.")] = None,
    family: Annotated[ModelFamily, typer.Option(help="What kind it is; for owner/name.")] = ModelFamily.SDXL,
    variant: Annotated[str, typer.Option(help="Which of its weights, such as fp16; for owner/name.")] = "",
    name: Annotated[str | None, typer.Option(help="What it is called here.")] = None,
) -> None:
    """Fetch a model at a pinned revision, and check it."""
    from cli.models import pull

    pull(source, revision, family, variant, name)


@models_app.command("verify")
def models_verify(
    name: Annotated[
        str | None, typer.Argument(metavar="[MODEL]", help="Which; all of this machine if not given.")
    ] = None,
) -> None:
    """Hold models against their manifests, byte by byte."""
    from cli.models import verify as verify_models

    verify_models(name)


@models_app.command("describe")
def models_describe(
    name: Annotated[str, typer.Argument(metavar="MODEL", help="The name of its folder in the models' folder.")],
    family: Annotated[
        ModelFamily | None, typer.Option(help="What kind it is; by default as its manifest says, or sdxl.")
    ] = None,
) -> None:
    """Write the manifest of a model that was copied here, or to which an IP-Adapter or the like was added."""
    from cli.models import describe_model

    describe_model(name, family)


@models_app.command("tiny")
def models_tiny(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; must be empty or absent.")],
    family: Annotated[
        ModelFamily, typer.Option(help="sdxl, which paints; its refiner, an upscaler; or ltx, which makes clips.")
    ] = ModelFamily.SDXL,
) -> None:
    """Write a complete, tiny model of random weights, to try everything without a GPU."""
    from cli.models import write_tiny_model

    write_tiny_model(folder, family)


@user_app.command("admin")
def user_admin(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address with which they have registered.")],
) -> None:
    """Make somebody an administrator, in the database of STUDIO_DATABASE_URL, or else in the lab's."""
    from cli.users import make_administrator

    make_administrator(email)


@user_app.command("export")
def user_export(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address of their account.")],
    out: Annotated[Path, typer.Option("--out", help="The file that is written.")],
) -> None:
    """Write down, as JSON, all that the installation knows of somebody."""
    from cli.users import export_user

    export_user(email, out)


@user_app.command("delete")
def user_delete(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address of their account.")],
    yes: Annotated[bool, typer.Option("--yes", help="Ask no more.")] = False,
) -> None:
    """Delete somebody's account with all projects, scripts and films. It cannot be undone."""
    from cli.users import delete_user

    if not yes:
        typer.confirm(f"Delete the account of {email}, with all that is in it?", abort=True)
    delete_user(email)


Message = Annotated[UUID, typer.Argument(metavar="ID", help="The message's id, as `studio dlq list` prints it.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the log of acts.")]


@dlq_app.command("list")
def dlq_list(as_json: Json = False) -> None:
    """List what failed for good, the newest first."""
    from cli.dead_letters import show_letters

    show_letters(as_json=as_json)


@dlq_app.command("redrive")
def dlq_redrive(message: Message, reason: Reason = "studio dlq redrive") -> None:
    """Run it again: a shot where its film waits for a decision, a film as its next revision."""
    from cli.dead_letters import redrive_letter

    redrive_letter(message, reason)


@dlq_app.command("discard")
def dlq_discard(message: Message, reason: Reason = "studio dlq discard") -> None:
    """Set it aside for good. What it tells of stays as it is."""
    from cli.dead_letters import discard_letter

    discard_letter(message, reason)


def main() -> None:
    """Run the command; say errors in one sentence and end with their exit code."""
    sys.exit(_run())


# Typer keeps its copy of Click to itself; what all of its usage errors derive from can be reached by this road only.
_UsageProblem: type[Any] = next(base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException")


def _run() -> int:
    try:
        return app(standalone_mode=False) or 0
    except StudioError as error:
        output.complain(str(error))
        return error.exit_code
    except _UsageProblem as error:
        return _explain(error.format_message())
    except (KeyboardInterrupt, typer.Abort):
        output.complain("Interrupted.")
        return StudioError.exit_code
    except OSError as error:
        output.complain(f"{error.filename or 'The system'}: {error.strerror or error}.")
        return StudioError.exit_code


def _explain(problem: str) -> int:
    """Say what is wrong with the arguments. When there were none at all, the help has been shown."""
    if problem:
        output.complain(f"{problem.replace(chr(10), ' ').replace('Value error, ', '').rstrip('.')}; see: studio --help")
    return InputError.exit_code


if __name__ == "__main__":
    main()
