"""PDF: what was printed is read again, and hostile files end in a sentence."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screenplain.parsers import fountain
from screenplain.types import Dialog, DualDialog

from film.script import import_text, open_script, read
from schemas.enums import ElementKind, ScriptFormat
from schemas.errors import InvalidScript
from schemas.script import Screenplay
from tests.effort import tries
from tests.unit.script.documents import COLUMNS, pdf_of, printed
from tests.unit.script.tiling import assert_tiles

_EXAMPLES = Path(__file__).parents[3] / "examples"
_PUBLIC = Path(__file__).parents[3].parent / "shared" / "scripts" / "cyber_bob_ep1.fountain"
_KINDS = (ElementKind.HEADING, ElementKind.CHARACTER, ElementKind.TRANSITION, ElementKind.PARENTHETICAL)


def counts(play: Screenplay) -> dict[ElementKind, int]:
    found = Counter(one.kind for one in play.elements)
    return {kind: found[kind] for kind in _KINDS}


def words_of(play: Screenplay, *kinds: ElementKind) -> list[str]:
    return [" ".join(one.text.split()) for one in play.elements if one.kind in kinds]


def again(text: str) -> tuple[Screenplay, Screenplay]:
    """A screenplay as written, and as read from its print."""
    script = open_script(pdf_of(text), "print.pdf")
    assert_tiles(script.text, script.screenplay)
    return read(text, "a.fountain"), script.screenplay


@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*.fountain")), ids=lambda path: path.stem)
def test_a_printed_screenplay_is_read_again(path: Path) -> None:
    written, read_again = again(path.read_text("utf-8"))
    assert read_again.format is ScriptFormat.FOUNTAIN
    assert read_again.title == written.title
    assert counts(read_again) == counts(written)
    for kind in (ElementKind.HEADING, ElementKind.CHARACTER, ElementKind.PARENTHETICAL):
        assert words_of(read_again, kind) == words_of(written, kind)
    spoken = [" ".join(words_of(play, ElementKind.DIALOGUE)) for play in (written, read_again)]
    assert spoken[0] == spoken[1]


@pytest.mark.skipif(not _PUBLIC.is_file(), reason="the public scripts of ../shared/scripts are not here")
def test_a_public_screenplay_is_read_again() -> None:
    text = _PUBLIC.read_text("utf-8")
    written, read_again = again(text)
    assert words_of(read_again, ElementKind.HEADING) == [one.upper() for one in words_of(written, ElementKind.HEADING)]
    assert counts(read_again)[ElementKind.TRANSITION] == counts(written)[ElementKind.TRANSITION]
    printed_speeches = [
        str(side.character)
        for one in fountain.parse(io.StringIO(text))
        for side in ([one.left, one.right] if isinstance(one, DualDialog) else [one] if isinstance(one, Dialog) else [])
    ]
    assert words_of(read_again, ElementKind.CHARACTER) == printed_speeches


_SCENES = st.lists(
    st.tuples(
        st.sampled_from(["INT. HOUSE - DAY", "EXT. SEA - NIGHT", "I/E. CAR - DUSK"]),
        st.lists(
            st.sampled_from(
                [
                    "The door opens. Somebody whom nobody expected stands there with a lamp, and does not come in.",
                    "Rain.",
                    "ANNA\nHello.",
                    "BO (V.O.)\n(softly)\nWho is it? I have waited for so long that I no longer know for whom.",
                    "ANNA (CONT'D)\nOne.\n(a beat)\nTwo.",
                    "DR. CRANE\nYes.\n\nBO ^\nNo.",
                    "CUT TO:",
                ]
            ),
            min_size=1,
            max_size=12,
        ),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=tries(25, 4))
@given(_SCENES)
def test_any_printed_screenplay_is_read_again(scenes: list[tuple[str, list[str]]]) -> None:
    text = "\n\n".join("\n\n".join([heading, *parts]) for heading, parts in scenes)
    written, read_again = again(text)
    assert counts(read_again) == counts(written)
    for kind in (ElementKind.HEADING, ElementKind.CHARACTER):
        assert words_of(read_again, kind) == words_of(written, kind)
    assert sum(one.dual for one in read_again.elements) == sum(one.dual for one in written.elements)
    assert Counter(" ".join(words_of(read_again, ElementKind.DIALOGUE)).split()) == Counter(
        " ".join(words_of(written, ElementKind.DIALOGUE)).split()
    )


def at(column: str, line: float, words: str) -> tuple[float, float, str]:
    return COLUMNS[column], line, words


def test_what_pages_add_is_taken_away() -> None:
    """Scene numbers, revision marks, headers, page numbers, (MORE), (CONT'D), (CONTINUED)."""
    pages = [
        [
            (1.5, -3, "THE HOUSE - Blue Rev. 1/2/26"),
            (7.2, -3, "1."),
            (0.8, 0, "12A"),
            at("action", 0, "INT. HOUSE - DAY"),
            (7.4, 0, "12A"),
            at("action", 2, "Anna waits by the window, as she has done for so"),
            (7.9, 2, "*"),
            at("action", 3, "many years."),
            at("cue", 5, "ANNA"),
            at("dialogue", 6, "He is not coming. He never"),
            at("cue", 7, "(MORE)"),
            at("transition", 9, "(CONTINUED)"),
        ],
        [
            (1.5, -3, "THE HOUSE - Blue Rev. 1/2/26"),
            (7.2, -3, "2."),
            (0.8, 0, "12A"),
            at("action", 0, "CONTINUED:"),
            (7.4, 0, "12A"),
            at("cue", 2, "ANNA (CONT'D)"),
            at("dialogue", 3, "came."),
            at("cue", 5, "BO"),
            at("parenthetical", 6, "(at the"),
            at("parenthetical", 7, " door)"),
            at("dialogue", 8, "I am here."),
            at("transition", 10, "CUT TO:"),
        ],
        [
            (1.5, -3, "THE HOUSE - Blue Rev. 1/2/26"),
            (7.2, -3, "3."),
            (0.8, 0, "13"),
            at("action", 0, "EXT. SEA - NIGHT"),
            (7.4, 0, "13"),
            at("action", 2, "Waves."),
        ],
    ]
    play = open_script(printed(pages), "house.pdf").screenplay
    assert [(one.kind.value, one.text, one.number) for one in play.elements] == [
        ("heading", "INT. HOUSE - DAY", "12A"),
        ("action", "Anna waits by the window, as she has done for so many years.", None),
        ("character", "ANNA", None),
        ("dialogue", "He is not coming. He never came.", None),
        ("character", "BO", None),
        ("parenthetical", "(at the door)", None),
        ("dialogue", "I am here.", None),
        ("transition", "CUT TO:", None),
        ("heading", "EXT. SEA - NIGHT", "13"),
        ("action", "Waves.", None),
    ]


@pytest.mark.parametrize(("left", "right"), [("ANNA", "BO"), ("ANNA", "McCoy (V.O.)"), ("Mrs. de Winter", "O'Brien")])
def test_two_speeches_beside_each_other_are_dual(left: str, right: str) -> None:
    page = [
        at("action", 0, "INT. HOUSE - DAY"),
        (2.4, 2, left),
        (5.2, 2, right),
        (1.9, 3, "Stay here"),
        (4.7, 3, "I am going"),
        (1.9, 4, "with me."),
        (4.7, 4, "now."),
        (4.7, 5, "Farewell."),
        at("action", 7, "Silence."),
    ]
    play = open_script(printed([page]), "house.pdf").screenplay
    assert [(one.text, one.dual) for one in play.elements[1:]] == [
        (left, False),
        ("Stay here with me.", False),
        (right, True),
        ("I am going now. Farewell.", True),
        ("Silence.", False),
    ]


def test_two_columns_of_something_else_are_no_speeches() -> None:
    page = [
        at("action", 0, "INT. HOUSE - DAY"),
        (1.5, 2, "Left door"),
        (4.7, 2, "Right door"),
        (1.5, 3, "a lamp"),
        (4.7, 3, "a rope"),
        at("action", 5, "Silence."),
    ]
    play = open_script(printed([page]), "house.pdf").screenplay
    assert {one.kind for one in play.elements} == {ElementKind.HEADING, ElementKind.ACTION}


def test_prose_is_put_together_from_its_lines() -> None:
    first = [
        (3.6, -1, "The Lamp"),
        (1.25, 2, "Once there was a lamp that nobody had lit since the war was over,"),
        (1.0, 3, "and it stood in a window by the sea where ships went by at night and"),
        (1.0, 4, "looked for it in vain."),
        (1.25, 5, "\u201cLight it,\u201d said Anna."),
        (1.25, 6, "Nobody answered her, for nobody was there to hear what she had said"),
        (4.2, 55, "1"),
    ]
    second = [(1.0, 0, "to the dark."), (1.25, 1, "She lit it."), (4.2, 55, "2")]
    script = open_script(printed([first, second]), "lamp.pdf")
    assert script.screenplay.format is ScriptFormat.PROSE
    assert script.screenplay.title == "The Lamp"
    assert script.text.split("\n\n")[1:] == [
        "Once there was a lamp that nobody had lit since the war was over, and it stood in a window by the sea "
        "where ships went by at night and looked for it in vain.",
        "\u201cLight it,\u201d said Anna.",
        "Nobody answered her, for nobody was there to hear what she had said to the dark.",
        "She lit it.\n",
    ]


def test_a_pdf_is_a_pdf_under_any_name() -> None:
    data = pdf_of("INT. HOUSE - DAY\n\nRain.\n")
    for name in ("a.fountain", "a.fdx", "a"):
        assert import_text(data, name).encoding == "PDF"
        assert read(import_text(data, name).text, name).elements[0].text == "INT. HOUSE - DAY"


def _pages(count: int) -> bytes:
    return printed([[(1.0, 1.0, "Words.")]] * count)


_WHOLE = pdf_of("INT. HOUSE - DAY\n\nRain.\n")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: printed([[]]), "OCR"),
        (lambda: printed([[], [(6.0, -3.0, "2.")]]), "page numbers"),
        (lambda: printed([[(1.0, 1.0, "Secret.")]], password="secret"), "password"),
        (lambda: _WHOLE[:400], "damaged"),
        (lambda: b"%PDF-1.7 ...", "damaged"),
        (lambda: _pages(1_501), "1,501 pages"),
    ],
    ids=["blank", "numbers alone", "encrypted", "cut short", "nothing", "long"],
)
def test_bad_files_are_refused_with_a_sentence(made: Callable[[], bytes], words: str) -> None:
    data = made()
    with pytest.raises(InvalidScript) as caught:
        import_text(data, "bad.pdf")
    assert words in str(caught.value)
    assert str(caught.value).startswith("bad.pdf ")


@settings(max_examples=tries(20, 4))
@given(st.integers(0, len(_WHOLE) - 1), st.integers(1, 40), st.binary(max_size=20))
def test_damaged_files_raise_nothing_else(start: int, length: int, instead: bytes) -> None:
    try:
        open_script(_WHOLE[:start] + instead + _WHOLE[start + length :], "damaged.pdf")
    except InvalidScript as error:
        assert str(error).startswith("damaged.pdf ")  # noqa: PT017
