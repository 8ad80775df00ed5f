"""Final Draft: the FDX that must become what the Fountain beside it becomes, and files as Final Draft writes them."""

from __future__ import annotations

import html
import re
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.script import open_script, part_span, read
from schemas.enums import ElementKind, ScriptFormat, SkippedKind
from schemas.errors import InvalidScript
from schemas.script import Screenplay
from tests.effort import tries
from tests.unit.script.tiling import assert_tiles

_ROOT = Path(__file__).parents[3].parent / "shared" / "scripts" / "screenplain"
needs_scripts = pytest.mark.skipif(not _ROOT.is_dir(), reason="the public scripts of ../shared/scripts are not here")

FINAL_DRAFT = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">

  <Content>
    <Paragraph Number="1A" Type="Scene Heading">
      <SceneProperties Color="#FFFF" Length="4/8" Page="1" Title="Arrival">
        <SceneArcBeats><CharacterArcBeat Name="ANNA"/></SceneArcBeats>
        <Summary>
          <Paragraph Alignment="Left"><Text>Anna comes home &amp; waits.</Text></Paragraph>
        </Summary>
      </SceneProperties>
      <Text>INT. HOUSE - NIGHT</Text>
    </Paragraph>
    <Paragraph Type="Action">
      <Text>She </Text>
      <Text Style="Bold">opens</Text>
      <Text> the <Bookmark/>door &lt;slowly&gt;.</Text>
      <ScriptNote ID="1" Name="" WriterName="ed">
        <Paragraph><Text>Too slow?</Text></Paragraph>
      </ScriptNote>
    </Paragraph>
    <Paragraph Type="Shot"><Text>CLOSE ON THE KEY</Text></Paragraph>
    <Paragraph Type="Character"><Text>ANNA (O.S.)</Text></Paragraph>
    <Paragraph Type="Parenthetical"><Text>(softly)</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text RevisionID="2">Caf\u00e9</Text><Text>? \U0001f3ac</Text></Paragraph>
    <Paragraph>
      <DualDialogue>
        <Paragraph Type="Character"><Text>BO</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Yes.</Text></Paragraph>
        <Paragraph Type="Character"><Text>CY</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>No.</Text></Paragraph>
      </DualDialogue>
    </Paragraph>
    <Paragraph Type="Lyrics"><Text>La la.</Text></Paragraph>
    <Paragraph Type="Transition"><Text>CUT TO:</Text></Paragraph>
    <Paragraph Number="2" Type="Scene Heading"><SceneProperties Length="1/8" Title=""/><Text>EXT. SEA - DAY</Text>
    </Paragraph>
    <Paragraph Alignment="Center" Type="General"><Text>ONE YEAR LATER</Text></Paragraph>
    <Paragraph Type="Action"/>
    <Paragraph Type="End of Act"><Text>END OF ACT ONE</Text></Paragraph>
    <Paragraph Type="New Act"><Text>ACT TWO</Text></Paragraph>
    <Paragraph Type="Cast List"><Text>(Anna, Bo)</Text></Paragraph>
  </Content>
  <HeaderAndFooter FooterFirstPage="Yes">
    <Header><Paragraph><DynamicLabel Type="Page #"/><Text>.</Text></Paragraph></Header>
  </HeaderAndFooter>
  <SmartType><Characters><Character>ANNA</Character></Characters></SmartType>
  <TitlePage>
    <Content>
      <Paragraph Alignment="Left"><Text></Text></Paragraph>
      <Paragraph Alignment="Center"><Text>The </Text><Text Style="Underline">House</Text></Paragraph>
      <Paragraph Alignment="Center"><Text>by Nobody</Text></Paragraph>
    </Content>
  </TitlePage>
  <ElementSettings Type="Scene Heading"><FontSpec Style="AllCaps"/></ElementSettings>
</FinalDraft>
"""


def rows(play: Screenplay) -> list[list[object]]:
    """Elements without their spans; lines of one speech, each a paragraph in FDX, are one."""
    found: list[list[object]] = []
    for one in play.elements:
        row: list[object] = [one.kind, one.text, one.dual, one.number, one.scene]
        if found and one.kind is ElementKind.DIALOGUE and found[-1][0] is ElementKind.DIALOGUE:
            found[-1][1] = f"{found[-1][1]}\n{one.text}"
        else:
            found.append(row)
    return found


@needs_scripts
@pytest.mark.parametrize("path", sorted(_ROOT.glob("*.fdx")) or [Path("none")], ids=lambda path: path.stem)
def test_an_fdx_is_what_the_fountain_beside_it_becomes(path: Path) -> None:
    beside = path.with_suffix(".fountain")
    ours = open_script(path.read_bytes(), path.name)
    assert ours.screenplay.format is ScriptFormat.FDX
    assert rows(ours.screenplay) == rows(open_script(beside.read_bytes(), beside.name).screenplay)
    assert_tiles(ours.text, ours.screenplay)


def test_what_final_draft_writes() -> None:
    play = read(FINAL_DRAFT, "house.fdx")
    assert play.title == "The House"
    kinds = ElementKind
    assert rows(play) == [
        [kinds.SYNOPSIS, "Arrival\nAnna comes home & waits.", False, None, 0],
        [kinds.HEADING, "INT. HOUSE - NIGHT", False, "1A", 0],
        [kinds.ACTION, "She opens the door <slowly>.", False, None, 0],
        [kinds.ACTION, "CLOSE ON THE KEY", False, None, 0],
        [kinds.CHARACTER, "ANNA (O.S.)", False, None, 0],
        [kinds.PARENTHETICAL, "(softly)", False, None, 0],
        [kinds.DIALOGUE, "Caf\u00e9? \U0001f3ac", False, None, 0],
        [kinds.CHARACTER, "BO", False, None, 0],
        [kinds.DIALOGUE, "Yes.", False, None, 0],
        [kinds.CHARACTER, "CY", True, None, 0],
        [kinds.DIALOGUE, "No.", True, None, 0],
        [kinds.LYRIC, "La la.", False, None, 0],
        [kinds.TRANSITION, "CUT TO:", False, None, 0],
        [kinds.HEADING, "EXT. SEA - DAY", False, "2", 1],
        [kinds.CENTERED, "ONE YEAR LATER", False, None, 1],
        [kinds.SECTION, "END OF ACT ONE", False, None, 1],
        [kinds.SECTION, "ACT TWO", False, None, 1],
        [kinds.NOTE, "(Anna, Bo)", False, None, 1],
    ]
    assert_tiles(FINAL_DRAFT, play)


def test_it_can_be_directed() -> None:
    made = direct(read(FINAL_DRAFT, "house.fdx"))
    assert made.format is ScriptFormat.FDX
    assert [scene.heading for scene in made.scenes] == ["INT. HOUSE - NIGHT", "EXT. SEA - DAY"]
    assert {character.id for character in made.characters} >= {"anna", "bo", "cy"}


def test_spans_are_paragraphs_of_the_file() -> None:
    play = read(FINAL_DRAFT, "house.fdx")
    for one in play.elements:
        source = FINAL_DRAFT[one.span.start : one.span.end]
        assert source.endswith(("</Paragraph>", "</SceneProperties>"))
        if one.kind not in (ElementKind.HEADING, ElementKind.SYNOPSIS):
            assert re.match(r"<Paragraph [^>]*>", source)
    pages = [one for one in play.skipped if one.kind is SkippedKind.TITLE_PAGE]
    assert [FINAL_DRAFT[one.span.start : one.span.end][:11] for one in pages] == ["<TitlePage>"]


def test_every_letter_is_found_in_the_xml() -> None:
    for one in read(FINAL_DRAFT, "house.fdx").elements:
        if one.kind is ElementKind.SYNOPSIS:
            continue  # its title is an attribute
        for at, letter in enumerate(one.text):
            span = part_span(one, at, at + 1)
            assert html.unescape(FINAL_DRAFT[span.start : span.end]) == letter


def test_an_edit_at_a_span_changes_that_element_alone() -> None:
    before = read(FINAL_DRAFT, "house.fdx")
    for at, one in enumerate(before.elements):
        if one.kind is ElementKind.SYNOPSIS or one.text not in FINAL_DRAFT[one.span.start : one.span.end]:
            continue
        source = FINAL_DRAFT[one.span.start : one.span.end].replace(one.text, f"{one.text} \u00e9")
        edited = FINAL_DRAFT[: one.span.start] + source + FINAL_DRAFT[one.span.end :]
        after = rows(read(edited, "house.fdx"))
        expected = [list(row) for row in rows(before)]
        expected[at][1] = f"{one.text} \u00e9"
        assert after == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_declared_encoding_does_not_mislead(encoding: str) -> None:
    script = open_script(FINAL_DRAFT.replace("\n", "\r\n").encode(encoding), "house.fdx")
    assert script.text == FINAL_DRAFT
    assert rows(script.screenplay) == rows(read(FINAL_DRAFT, "house.fdx"))


def test_a_western_declaration_is_followed() -> None:
    text = FINAL_DRAFT.replace("UTF-8", "ISO-8859-1").replace("\U0001f3ac", "\u00c3\u00a9")
    script = open_script(text.encode("latin-1"), "house.fdx")
    assert script.encoding == "WINDOWS-1252"
    assert any(one.text == "Caf\u00e9? \u00c3\u00a9" for one in script.screenplay.elements)


def test_the_content_tells_not_the_name() -> None:
    assert open_script(FINAL_DRAFT.encode(), "house.txt").screenplay.format is ScriptFormat.FDX
    assert open_script(b"INT. HOUSE - DAY\n\nRain.", "house.fdx").screenplay.format is ScriptFormat.FOUNTAIN


_BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
_FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_DTD = '<!DOCTYPE FinalDraft SYSTEM "http://127.0.0.1/x.dtd">'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FINAL_DRAFT.replace("</Content>", "", 1), "line 56, column 3"),
        (FINAL_DRAFT[:900], "not well-formed"),
        (FINAL_DRAFT.replace("&amp;", "&undefined;"), "undefined entity"),
        (FINAL_DRAFT.replace("&amp;", "&"), "line 9, column"),
        (FINAL_DRAFT.replace("<FinalDraft", f"{_BOMB}<FinalDraft", 1), "<!DOCTYPE>"),
        (FINAL_DRAFT.replace("<FinalDraft", f"{_FILE}<FinalDraft", 1), "<!DOCTYPE>"),
        (f"{_BOMB}<FinalDraft><Content/></FinalDraft>", "<!DOCTYPE>"),
        (FINAL_DRAFT.replace("<FinalDraft", f"{_DTD}<FinalDraft", 1), "<!DOCTYPE>"),
        ('<?xml version="1.0"?>\n<FinalDraft DocumentType="Script"/>', "<Content>"),
        ("<FinalDraft><Content/></FinalDraft>", "nothing that can be shown"),
        ("<FinalDraft><Content>" + "<a>" * 1_000, "deep"),
        ("<script><scene>INT. HOUSE</scene></script>", "<Content>"),
    ],
)
def test_what_is_broken_is_named(text: str, words: str) -> None:
    with pytest.raises(InvalidScript) as caught:
        read(text, "bad.fdx")
    message = str(caught.value)
    assert words in message
    assert message.startswith("bad.fdx ")
    assert message.endswith(".")


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=30
).filter(lambda words: "\ufffe" not in words and "\uffff" not in words)


@settings(max_examples=tries(150, 15))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Action", "Scene Heading", "Character", "Dialogue", "Transition", "Shot"]),
            st.lists(_WORDS, min_size=1, max_size=3),
            st.booleans(),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_run_of_text_is_read_and_every_character_placed(found: list[tuple[str, list[str], bool]]) -> None:
    body = "".join(
        f'<Paragraph Type="{kind}" Note="a>b">'
        + "".join(f"<Text>{escape(run)}</Text>" for run in runs)
        + ("<Text/><!-- / -->" if empty else "")
        + "</Paragraph>"
        for kind, runs, empty in found
    )
    text = f"<FinalDraft><Content>{body}</Content></FinalDraft>"
    expected = ["".join(runs) for _, runs, _ in found if "".join(runs).strip()]
    if not expected:
        return
    play = read(text, "a.fdx")
    assert [re.sub(r"\s+", " ", one.text) for one in play.elements] == [
        re.sub(r"\s+", " ", words).strip() for words in expected
    ]
    assert_tiles(text, play)
