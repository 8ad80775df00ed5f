"""What holds for every script whatever it says."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.script import decode, read
from schemas.enums import ElementKind, ScriptFormat, Side, TransitionKind
from schemas.errors import InvalidScript
from schemas.script import Breakdown, Element, Screenplay, Span
from tests.effort import tries

_NAMES = st.sampled_from(["ANNA", "BO", "OLD BO", "DR. CRANE", "DOG", "THE MAYOR", "R2", "ÉLODIE (V.O.)", "@McCoy"])
_WORDS = st.lists(
    st.sampled_from(
        "the storm phone runs Anna Bo holds a letter sits quickly! and *never* returns? because night falls, slowly: "
        "INSERT CLOSE ON POV he she they (beat) away... Oh. -- “so” 12 lamp sea".split()
    ),
    min_size=1,
    max_size=60,
).map(" ".join)
_BLOCKS = st.one_of(
    st.tuples(
        st.sampled_from(["INT.", "EXT.", "INT./EXT."]), _WORDS, st.sampled_from(["DAY", "NIGHT", "LATER", "DAWN"])
    ).map(lambda parts: f"{parts[0]} {parts[1].upper()[:30].strip()} - {parts[2]}"),
    st.tuples(_NAMES, _WORDS).map("\n".join),
    st.tuples(_NAMES, _WORDS, _WORDS).map(lambda parts: f"{parts[0]}\n{parts[1]}\n(softly)\n{parts[2]}"),
    _WORDS,
    st.sampled_from(["CUT TO:", "> FADE OUT.", "DISSOLVE TO:", "[[note]]", "/* cut */", "===", "# Act", "> centred <"]),
)
_SCREENPLAYS = st.lists(_BLOCKS, min_size=1, max_size=25).map("\n\n".join)
_ANY = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="AB ab.!?,\n\t'\"“”*_[]/#=>^~@()-0:", max_size=400),
    _SCREENPLAYS,
)


def _film(text: str, name: str = "any.txt") -> tuple[str, Screenplay, Breakdown] | None:
    """The film of any text, or None where it is refused: nothing else may be raised."""
    try:
        decoded = decode(text.encode("utf-8", "surrogatepass"), name)
        play = read(decoded, name)
        return decoded, play, direct(play)
    except InvalidScript:
        return None


def check_spans(text: str, elements: Sequence[Element]) -> None:
    at = 0
    for element in elements:
        assert at <= element.span.start < element.span.end <= len(text)
        assert text[element.span.start : element.span.end].strip()
        at = element.span.end


def check_dialogue(film: Breakdown) -> None:
    """Every line of every speech is in the shots once, verbatim and in order."""
    lines = [line for shot in film.shots for line in shot.dialogue]
    written = [element for element in film.elements if element.kind is ElementKind.DIALOGUE]
    at, said = 0, [""] * len(written)
    for line in lines:
        place = next((at for at, element in enumerate(written) if _within(line.span, element.span)), None)
        if place is not None:
            assert at <= place
            at = place
            said[at] += line.text  # an endless word is divided within: nothing goes between two parts
    assert [text.split() for text in said] == [element.text.split() for element in written]


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def check_times(film: Breakdown) -> None:
    assert film.runtime_s == sum(shot.frames for shot in film.shots) / film.fps
    for index, shot in enumerate(film.shots):
        assert shot.duration_s == shot.frames / film.fps
        assert shot.transition_in_frames + shot.transition_out_frames <= shot.frames
        if shot.transition_in is TransitionKind.DISSOLVE:
            assert shot.transition_in_frames * 2 <= min(shot.frames, film.shots[index - 1].frames)
        assert shot.transition_out is not TransitionKind.DISSOLVE
        at = 0
        for line in shot.dialogue:
            assert at <= line.start_frame
            at = line.start_frame + line.frames
            assert len(line.text.strip()) <= 20 * line.frames / film.fps
        assert at <= shot.frames


def check_references(film: Breakdown) -> None:
    people = {person.id for person in film.characters}
    assert len(people) == len(film.characters)
    assert {scene.location for scene in film.scenes} <= {place.id for place in film.locations}
    assert [scene.index for scene in film.scenes] == list(range(len(film.scenes)))
    assert len({shot.id for shot in film.shots}) == len(film.shots)
    nodes = {node.id for node in film.graph.nodes}
    assert all(edge.source in nodes and edge.target in nodes for edge in film.graph.edges)
    for scene in film.scenes:
        sides: dict[str, Side] = {}
        shots = film.shots_of(scene.index)
        assert shots
        for number, shot in enumerate(shots, 1):
            assert shot.id == f"s{scene.index + 1:03d}-{number:03d}"
            assert tuple(one.character for one in shot.staging) == shot.subjects
            assert people.issuperset(shot.subjects)
            assert len({one.side for one in shot.staging}) == len(shot.staging)
            assert people.issuperset(line.character for line in shot.dialogue if line.character != "narrator")
            for one in shot.staging:
                assert sides.setdefault(one.character, one.side) is one.side


@settings(max_examples=tries(120, 12))
@given(_ANY, st.sampled_from(["a.txt", "a.fountain", "a.md"]))
def test_any_text_is_a_film_or_refused(text: str, name: str) -> None:
    made = _film(text, name)
    if made is None:
        return
    decoded, play, film = made
    check_spans(decoded, play.elements)
    check_times(film)
    check_references(film)
    check_dialogue(film)


@settings(max_examples=tries(60, 6))
@given(_SCREENPLAYS)
def test_any_screenplay(text: str) -> None:
    made = _film(text, "a.fountain")
    if made is None or made[1].format is not ScriptFormat.FOUNTAIN:
        return
    _, play, film = made
    headings = sum(element.kind is ElementKind.HEADING for element in play.elements)
    assert len(film.scenes) == max(1, headings)
    check_dialogue(film)
    check_times(film)
    check_references(film)
    assert direct(play) == film


@settings(max_examples=tries(25, 4))
@given(st.sampled_from([1, 12, 24, 25, 30, 60]))
def test_any_frame_rate(fps: int) -> None:
    check_times(direct(read("INT. HOUSE - DAY\n\nAnna runs.\n\nANNA\nWhere is everybody tonight?", "a.txt"), fps=fps))
