"""What is printed on a storyboard sheet."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.orders import FilmOrder
from cli.sheet import write_sheet
from film.direction import direct
from film.prompting import style_named
from film.script import read
from film.sheet import MadeSheet, make_sheet, rasterise
from film.sheet.facts import ShotFacts
from film.sheet.lines import Line
from film.sheet.pages import Act, Panel, Sheet
from schemas.enums import ElementKind, Paper
from schemas.errors import InvalidRequest
from tests.effort import tries

SCRIPT = """\
Title: Two Rooms

INT. BAR - DAY

ANNA, 30, waits at the bar.

ANNA
Where is he?

DISSOLVE TO:

EXT. SEA - NIGHT

LOW ANGLE. A red ferry sails away.
"""
DOT = cv2.imencode(".jpg", np.zeros((9, 16, 3), np.uint8))[1].tobytes()
WILD = st.text(st.characters(exclude_categories=()), max_size=300)


def sheet_of(script: str, **options: object) -> MadeSheet:
    film = direct(read(script, "a.fountain"))
    return make_sheet(film, script, style=style_named("pencil"), width=320, height=180, **options)  # type: ignore[arg-type]


def words_of(pdf: bytes) -> list[str]:
    """The words of each page, as another reader finds them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_a_sheet_holds_the_script_the_shot_list_and_the_page_numbers() -> None:
    made = sheet_of(SCRIPT)
    (page,) = words_of(made.pdf)
    said = ["Two Rooms", "1 / 1", "INT. BAR - DAY", "ANNA, 30, waits at the bar.", "Where is he?", "DISSOLVE TO:"]
    facts = ["s002-001", "low angle", "dissolve in", "ANNA (", "ferry", "00:00:00:00"]
    assert [one for one in said + facts if one not in page] == []
    assert made.missing == ()


def test_a_shot_that_is_drawn_in_another_size_says_in_which() -> None:
    made = sheet_of("INT. HALL - DAY\n\nANNA, 30, waits.\n\nAnna sweeps the floor.\n\nAnna smiles. [[close-up]]\n")
    (page,) = words_of(made.pdf)
    assert "MS, drawn FS, full" in page
    assert "CU, close-up" in page


def test_the_same_film_gives_the_same_sheet_and_each_picture_is_drawn_once() -> None:
    drawn: list[str] = []
    first = sheet_of(SCRIPT, drawn=lambda shot: drawn.append(shot.id))
    assert first.pdf == sheet_of(SCRIPT).pdf
    assert drawn == [shot.id for shot in direct(read(SCRIPT, "a.fountain")).shots]


def test_a_letter_without_a_font_is_named_and_marked() -> None:
    made = sheet_of("INT. BAR - DAY\n\nAnna reads 😀 aloud, and 日本, and שלום, and नमस्ते, and Привет.\n")
    assert made.missing == ("😀",)
    (page,) = words_of(made.pdf)
    assert "Anna reads […] aloud" in page
    assert "Привет" in page


def test_a_paragraph_longer_than_a_page_goes_on_overleaf() -> None:
    words = [f"word{number}" for number in range(1200)]
    sheet = [Line(ElementKind.ACTION, " ".join(words))]
    pages = words_of(_sheet(tuple(sheet)))
    assert len(pages) > 1
    assert re.findall(r"word\d+", " ".join(pages)) == words
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert "s001-001, continued" in pages[1]


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (842, 595)), (Paper.LETTER, (792, 612))])
def test_paper_lies_on_its_side(paper: Paper, size: tuple[int, int]) -> None:
    with pypdfium2.PdfDocument(sheet_of(SCRIPT, paper=paper).pdf) as document:
        assert tuple(round(side) for side in document[0].get_size()) == size


@settings(max_examples=tries(40, 3))
@given(text=WILD, kind=st.sampled_from([kind for kind in ElementKind if kind not in {"heading", "page_break"}]))
def test_any_text_can_be_set(text: str, kind: ElementKind) -> None:
    pages = words_of(_sheet((Line(kind, text),), title=text, heading=text, who=text))
    # The spaces of some fonts are too narrow for the reader of the PDF.
    assert f"1/{len(pages)}" in pages[0].replace(" ", "")


def _sheet(lines: tuple[Line, ...], title: str = "Film", heading: str = "INT. BAR", who: str = "ANNA") -> bytes:
    facts = ShotFacts("s001-001", "2.0 s", (("Size", "WS, wide"), ("Who", who)))
    with TemporaryDirectory() as folder:
        sheet = Sheet(title, "1 shot", Paper.A4, 16 / 9, Path(folder), story=False)
        sheet.act(Act("1", heading, True, "1 shot", (Panel(facts, lines, lambda: DOT),)))
        return sheet.written()


def test_pages_become_pictures() -> None:
    (png,) = rasterise(sheet_of(SCRIPT).pdf, ".png")
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape[1] > picture.shape[0] > 1000


@pytest.mark.slow
def test_the_command_writes_what_the_name_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "a.fountain"
    script.write_text(SCRIPT + SCRIPT.partition("\n\n")[2], encoding="utf-8")
    for name in ("a.pdf", "b.jpg"):
        write_sheet(FilmOrder(script, tmp_path / name, size="320x180"), Paper.A4)
    written = [Path(line).name for line in capsys.readouterr().out.split()]
    assert written == ["a.pdf", "b-1.jpg", "b-2.jpg"]
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "b-2.jpg").read_bytes().startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("order", "word"),
    [
        ({"output": Path("sheet.gif")}, ".gif"),
        ({"output": Path("sheet")}, ".pdf"),
        ({"output": Path("/nowhere/sheet.pdf")}, "does not exist"),
        ({"style": "plaid"}, "plaid"),
        ({"size": "big"}, "--size"),
        ({"runtime": "soon"}, "--runtime"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_anything_is(
    tmp_path: Path, order: dict[str, object], word: str
) -> None:
    script = tmp_path / "a.fountain"
    script.write_text(SCRIPT, encoding="utf-8")
    with pytest.raises(InvalidRequest, match=re.escape(word)):
        write_sheet(FilmOrder(script, **{"output": tmp_path / "a.pdf", **order}), Paper.A4)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["a.fountain"]
