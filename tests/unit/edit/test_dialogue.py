"""The film says what the script says: every line once, verbatim, in order, and slowly enough to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.edits import apply_edits
from film.direction.legibility import LINE
from film.edit.cues import LINES, cues_of
from film.edit.cut import shifted
from film.edit.dialogue import check_dialogue, compare_dialogue, compare_rearranged, is_rearranged, lines_of
from film.edit.subtitles import Shown, write_subtitles
from film.script import decode, read
from film.script.second_reader import SecondReading, read_again
from film.studio import make_film
from schemas.edits import Edits, Placement
from schemas.enums import ScriptFormat
from schemas.errors import DialogueLost, InvalidScript
from schemas.jobs import DialogueFigures, FilmOptions
from schemas.rate import NTSC, Rate, seconds_of
from schemas.script import Breakdown
from schemas.timeline import Cue
from tests.effort import tries

_EXAMPLES = Path(__file__).parents[3] / "examples"
_SCRIPTS = Path(__file__).parents[3].parent / "shared" / "scripts"
SCREENPLAY = """INT. KITCHEN - NIGHT

ANNA
(quietly)
Who is *there*?
(she turns)
Answer me, you fool < or > I'll call {\\an8} <i>them</i>.

BO
~la la la

ANNA ^
Stop it. Stop it.

She laughs.

BO
Stop it.
"""
PROSE = """The Lighthouse

Otto climbed the stairs. “Who is there?” said the old man quietly. He waited for a "good" while.

“Nobody,” answered the sea, “nobody at all.” Then it was silent.
"""


def breakdown(text: str, name: str, fps: Rate = 24) -> Breakdown:
    return direct(read(text, name), fps=fps)


def cues(film: Breakdown) -> list[Cue]:
    spoken, found, begin = cues_of(film), [], 0
    for shot in film.shots:
        found += [shifted(cue, begin) for cue in spoken.get(shot.id, ())]
        begin += shot.frames
    return found


def shown(film: Breakdown) -> list[Shown]:
    return [Shown(seconds_of(cue.start, film.fps), seconds_of(cue.end, film.fps), cue.text) for cue in cues(film)]


def figures(text: str, name: str, change: Callable[[list[Shown]], Sequence[Shown]] = list) -> DialogueFigures:
    film = breakdown(text, name)
    return compare_dialogue(change(shown(film)), lines_of(film), read_again(text, film.format))


@pytest.mark.parametrize(("text", "name", "lines"), [(SCREENPLAY, "a.fountain", 5), (PROSE, "a.md", 7)])
def test_a_film_that_says_what_its_script_says(text: str, name: str, lines: int) -> None:
    found = figures(text, name)
    assert (found.lines, found.verbatim, found.missing) == (lines, lines, 0)
    assert found.second_reader_agrees
    assert found.second_lines == found.second_found > 0
    assert not found.warnings


def test_read_back_from_an_mp4(tmp_path: Path) -> None:
    film = breakdown(SCREENPLAY, "a.fountain")
    write_subtitles(cues(film), film.fps, tmp_path / "film.mp4")
    again = read_again(SCREENPLAY, film.format)
    assert check_dialogue(tmp_path / "film.mp4", lines_of(film), again) == figures(SCREENPLAY, "a.fountain")


def _without(word: str) -> Callable[[list[Shown]], list[Shown]]:
    return lambda cues: [cue for cue in cues if word not in cue.text]


def _saying(word: str, other: str) -> Callable[[list[Shown]], list[Shown]]:
    return lambda cues: [cue._replace(text=cue.text.replace(word, other)) for cue in cues]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (_without("there"), "1 of 5 .*Who is there"),
        (_saying("there", "here"), "Who is there.*Who is here"),
        (_saying("Stop it. Stop it.", "Stop it."), "1 of 5 .*Stop it"),
        (_saying("Stop it. Stop it.", "stop it. Stop it."), "Stop it. Stop it."),
        (lambda cues: [*cues, cues[-1]], "Stop it.*which the script does not"),
        (lambda cues: cues[::-1], "Who is there"),
        (lambda _: [], "5 of 5"),
    ],
)
def test_a_film_that_says_something_else_is_refused(
    change: Callable[[list[Shown]], list[Shown]], complaint: str
) -> None:
    with pytest.raises(DialogueLost, match=complaint):
        figures(SCREENPLAY, "a.fountain", change)


@pytest.mark.parametrize("word", ["Otto", "Nobody", "silent", "while"])
def test_narration_and_speech_of_prose_are_not_lost(word: str) -> None:
    with pytest.raises(DialogueLost):
        figures(PROSE, "a.md", _saying(word, "X"))


def test_what_is_sung_before_the_first_heading_is_not_lost() -> None:
    assert figures("ANNA\n~la la la\n\nINT. HOUSE - DAY\n\nShe runs.\n", "a.fountain").verbatim == 1


def test_a_line_that_begins_like_the_end_of_a_tag_is_not_taken_for_it() -> None:
    text = "“Who goes there?” said Anna. go\n\ngo Yes! They all went home then, one after the other, and slept.\n"
    assert figures(text, "a.md").missing == 0


def test_a_disagreement_of_the_readers_is_told_and_fails_nothing() -> None:
    text = "INT. A - DAY\n\nCYBER BOSS, 40 (A CLOUD,\nfaceless and voiceless) enters.\n\nANNA\nHello.\n"
    found = figures(text, "a.fountain")
    assert found.verbatim == 1
    assert (found.second_lines, found.second_found, found.second_reader_agrees) == (2, 1, False)
    assert "screenplain" in found.warnings[0]
    assert "faceless" in found.warnings[0]


def test_a_second_reader_that_fails_is_told() -> None:
    found = figures("INT. A - DAY\n\nANNA\nA private letter: \ue701!\n", "a.fountain")
    assert found.verbatim == 1
    assert not found.second_reader_agrees
    assert "KeyError" in found.warnings[0]


def test_final_draft_is_read_again_from_its_paragraphs() -> None:
    text = """<?xml version="1.0" encoding="UTF-8"?><FinalDraft><Content>
        <Paragraph Type="Character"><Text>ANNA</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Who </Text><Text Style="Bold">are</Text><Text> you?</Text></Paragraph>
        <Paragraph><DualDialogue><Paragraph Type="Dialogue"><Text>Me.</Text></Paragraph></DualDialogue></Paragraph>
        </Content><TitlePage><Paragraph Type="Dialogue"><Text>No.</Text></Paragraph></TitlePage></FinalDraft>"""
    assert [line.text for line in read_again(text, ScriptFormat.FDX).lines] == ["Who are you?", "Me."]
    assert "cannot read" in read_again("<FinalDraft>", ScriptFormat.FDX).trouble
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa">]><FinalDraft>&a;</FinalDraft>'
    assert "EntitiesForbidden" in read_again(bomb, ScriptFormat.FDX).trouble


def test_hurried_subtitles_are_told() -> None:
    lines = lines_of(breakdown(SCREENPLAY, "a.fountain"))
    texts = [cue.text for cue in shown(breakdown(SCREENPLAY, "a.fountain"))]
    fast = [Shown(number, number + 0.1, text) for number, text in enumerate(texts)]
    found = compare_dialogue(fast, lines, SecondReading("screenplain", ()))
    assert found.cps_max > 100
    assert "characters a second" in found.warnings[-1]


@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*.*")) + sorted(_SCRIPTS.rglob("*.fountain")), ids=str)
def test_the_films_of_all_scripts_here(path: Path) -> None:
    text = decode(path.read_bytes(), path.name)
    try:
        found = figures(text, path.name)
    except InvalidScript:
        return
    assert found.lines == found.verbatim
    assert found.cps_max <= 20
    # screenplain takes a line of action of this one for a cue.
    assert found.second_reader_agrees == ("cyber_bob" not in path.name)


def test_a_made_film_was_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("film.edit.cut.cues_of", lambda _: {})
    with pytest.raises(DialogueLost):
        make_film(SCREENPLAY, "a.fountain", tmp_path / "film.mp4", FilmOptions(width=160, height=90, fps=6))
    assert not list(tmp_path.iterdir())


_WORD = st.text(st.characters(categories=("Lu", "Ll", "Lo", "Po", "Nd", "Sm")), min_size=1, max_size=12)
_LONG = st.sampled_from(["海" * 70, "x" * 130, "a-b" * 30])
_SPEECH = st.lists(st.one_of(_WORD, _WORD, _LONG), min_size=1, max_size=60).map(" ".join)
_BLOCK = st.one_of(
    st.tuples(st.sampled_from(["ANNA", "BO (V.O.)", "@McCoy", "BO ^"]), _SPEECH).map("\n".join),
    st.tuples(st.just("ANNA\n(softly)"), _SPEECH, st.sampled_from(["(beat)", "~la"]), _SPEECH).map("\n".join),
    st.tuples(_SPEECH, _SPEECH).map(lambda two: f"{two[0]} “{two[1]}” said Anna. {two[1]}"),
    st.sampled_from(
        ["INT. HOUSE - DAY", "EXT. SEA - NIGHT", "CUT TO:", "She runs.", "[[note]]", "~song", "===", "THE END"]
    ),
)


@settings(max_examples=tries(150, 12))
@given(
    st.lists(_BLOCK, min_size=1, max_size=12).map("\n\n".join),
    st.sampled_from(["a.fountain", "a.txt", "a.md"]),
    st.sampled_from([1, 2, 5, 12, 24, 25, 60, *NTSC.values()]),
)
def test_every_script_is_said_and_can_be_read(text: str, name: str, fps: Rate) -> None:
    try:
        film = breakdown(text, name, fps)
    except InvalidScript:
        return
    found = compare_dialogue(shown(film), lines_of(film), read_again(text, film.format))
    assert found.missing == 0
    assert found.cps_max <= 20
    assert found.columns_max <= LINE
    assert all(cue.text.count("\n") < LINES for cue in cues(film))


@pytest.mark.parametrize(("text", "name"), [(SCREENPLAY, "a.fountain"), (PROSE, "a.txt")])
def test_a_film_without_some_shots_says_the_lines_of_the_others(text: str, name: str) -> None:
    script = breakdown(text, name)
    second = read_again(text, script.format)
    speaking = [shot for shot in script.shots if shot.dialogue]
    for gone in speaking:
        film = apply_edits(script, Edits(removed=(gone.key,))).breakdown
        assert is_rearranged(script, film)
        found = compare_rearranged(_shown(film), script, film, second)
        whole = compare_dialogue(_shown(script), lines_of(script), second)
        assert (found.missing, found.second_reader_agrees) == (0, whole.second_reader_agrees)
        assert found.verbatim == found.lines
        with pytest.raises(DialogueLost, match="Please report"):
            compare_rearranged(_shown(script), script, film, second)
        with pytest.raises(DialogueLost, match="do not show"):
            compare_rearranged(_shown(film), script, script, second)


def test_lines_follow_their_shots_into_another_order() -> None:
    script = breakdown(SCREENPLAY, "a.fountain")
    speaking = [shot.key for shot in script.shots if shot.dialogue]
    film = apply_edits(script, Edits(order=(Placement(shot=speaking[-1], anchor=speaking[0], before=True),))).breakdown
    found = compare_rearranged(_shown(film), script, film, read_again(SCREENPLAY, script.format))
    assert (found.missing, found.removed) == (0, 0)
    assert not is_rearranged(script, apply_edits(script, Edits()).breakdown)


def _shown(film: Breakdown) -> list[Shown]:
    """The subtitles of a film, as a player shows them."""
    cues, begin, found = cues_of(film), 0, []
    for shot in film.shots:
        found += [shifted(cue, begin) for cue in cues.get(shot.id, ())]
        begin += shot.frames
    return [Shown(float(cue.start / film.fps), float(cue.end / film.fps), cue.text) for cue in found]
