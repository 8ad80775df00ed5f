"""Scripts that stay valid whatever is done to them here, with all that must be read in them.

A real script is taken apart into blocks (a heading, a paragraph, a speech), each with the rows that it must become.
Blocks are moved, dropped, repeated and put in, and written down again in Fountain or as Final Draft would, with
everything that means nothing varied: blank lines, comments, emphasis, byte order marks, encodings, attributes, runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from film.script import decode, read
from schemas.enums import ElementKind
from schemas.script import Element

_ROOT = Path(__file__).parents[1]
FOLDERS = (_ROOT / "examples", _ROOT.parent / "shared" / "scripts")
"""The second is only with those who have it; the examples are mutated everywhere."""
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32")
_SPOKEN = {ElementKind.CHARACTER, ElementKind.DIALOGUE, ElementKind.PARENTHETICAL, ElementKind.LYRIC}
_TYPES = {
    ElementKind.HEADING: "Scene Heading",
    ElementKind.ACTION: "Action",
    ElementKind.CENTERED: "Action",
    ElementKind.CHARACTER: "Character",
    ElementKind.PARENTHETICAL: "Parenthetical",
    ElementKind.DIALOGUE: "Dialogue",
    ElementKind.TRANSITION: "Transition",
    ElementKind.LYRIC: "Lyrics",
    ElementKind.SECTION: "New Act",
    ElementKind.SYNOPSIS: "Outline Body",
    ElementKind.NOTE: "Cast List",
}


class Row(NamedTuple):
    """What a reader must find."""

    kind: ElementKind
    words: tuple[str, ...]
    number: str | None = None
    dual: bool = False


@dataclass(frozen=True)
class Block:
    """A stretch between blank lines, as Fountain writes it, and what it must become."""

    source: str
    rows: tuple[Row, ...]

    @property
    def opens(self) -> bool:
        """Whether it begins a scene."""
        return bool(self.rows) and self.rows[0].kind is ElementKind.HEADING


def row(element: Element) -> Row:
    """What is compared of an element."""
    return Row(element.kind, tuple(element.text.split()), element.number, element.dual)


def _made(source: str, *rows: tuple[ElementKind, str]) -> Block:
    return Block(source, tuple(Row(kind, tuple(words.split())) for kind, words in rows))


_NEW = (
    _made("INT. BOILER ROOM - NIGHT", (ElementKind.HEADING, "INT. BOILER ROOM - NIGHT")),
    _made(".THE MOON", (ElementKind.HEADING, "THE MOON")),
    _made("EXT. PIER 9--DAWN\n\nGulls.", (ElementKind.HEADING, "EXT. PIER 9--DAWN"), (ElementKind.ACTION, "Gulls.")),
    _made("The pipes knock, twice.", (ElementKind.ACTION, "The pipes knock, twice.")),
    _made("!INT. is what it says.", (ElementKind.ACTION, "INT. is what it says.")),
    _made("MARTA\nWho is there?", (ElementKind.CHARACTER, "MARTA"), (ElementKind.DIALOGUE, "Who is there?")),
    _made(
        "@McCrae (V.O.)\n(softly)\nNobody.",
        (ElementKind.CHARACTER, "McCrae (V.O.)"),
        (ElementKind.PARENTHETICAL, "(softly)"),
        (ElementKind.DIALOGUE, "Nobody."),
    ),
    _made("CUT TO:", (ElementKind.TRANSITION, "CUT TO:")),
    _made("> Burn to white.", (ElementKind.TRANSITION, "Burn to white.")),
    _made("> THE END <", (ElementKind.CENTERED, "THE END")),
    _made("# Act Nine", (ElementKind.SECTION, "Act Nine")),
    _made("= They meet.", (ElementKind.SYNOPSIS, "They meet.")),
    _made("~La la la", (ElementKind.LYRIC, "La la la")),
    _made("[[ask the lawyer]]", (ElementKind.NOTE, "ask the lawyer")),
    _made("/* INT. GONE - DAY\n\nBOB\nNobody hears this.\n*/"),
    _made("==="),
)
_PLAIN = re.compile(r"[A-Za-z]{3,}")


@cache
def real_blocks() -> tuple[tuple[Block, ...], ...]:
    """Real screenplays as blocks: those of Fountain that have a speech or a heading."""
    paths = [path for folder in FOLDERS for path in sorted(folder.rglob("*.fountain"))]
    found = []
    for path in paths:
        text = decode(path.read_bytes(), path.name)
        elements = read(text, path.name).elements
        found.append(tuple(_blocks(text, [one for one in elements if one.kind is not ElementKind.PAGE_BREAK])))
    return tuple(blocks for blocks in found if any(one.rows[0].kind in _SPOKEN or one.opens for one in blocks))


def _blocks(text: str, elements: list[Element]) -> list[Block]:
    found: list[Block] = []
    group: list[Element] = []
    for number, element in enumerate(elements):
        group.append(element)
        following = elements[number + 1] if number + 1 < len(elements) else None
        goes_on = (
            following is not None
            and {element.kind, following.kind} <= _SPOKEN
            and (following.kind is not ElementKind.CHARACTER or following.dual)
        )
        if not goes_on:
            source = "\n\n".join(_speeches(text, group))
            found.append(Block(source, tuple(map(row, group))))
            group = []
    return found


def _speeches(text: str, group: list[Element]) -> list[str]:
    """The source of each speech of a block: one, or those that are spoken at once."""
    parts: list[list[Element]] = []
    for element in group:
        if element.kind is ElementKind.CHARACTER or not parts:
            parts.append([])
        parts[-1].append(element)
    return [_without_comments(text[part[0].span.start : part[-1].span.end]) for part in parts]


def _without_comments(source: str) -> str:
    return re.sub(r"\n[ \t]*\n+", "\n", re.sub(r"/\*.*?\*/|\[\[.*?\]\]\n", "", source, flags=re.DOTALL))


def mutated(script: int, seed: int) -> list[Block]:
    """Move, drop, repeat and put in blocks and scenes of a real screenplay, up to twelve times.

    Args:
        script: Which screenplay.
        seed: What is done: the same seed does the same.

    Returns:
        The blocks; at least one of them is shown.
    """
    random = Random(seed)
    blocks = list(real_blocks()[script % len(real_blocks())])
    for _ in range(random.randint(1, 12)):
        first, last = _scene(blocks, random) if random.random() < 0.4 else _one(blocks, random)
        part = blocks[first:last]
        at = random.randrange(len(blocks) + 1)
        match random.randrange(4):
            case 0:
                blocks = blocks[:first] + blocks[last:]
            case 1:
                rest = blocks[:first] + blocks[last:]
                at = min(at, len(rest))
                blocks = rest[:at] + part + rest[at:]
            case 2:
                blocks = blocks[:at] + part + blocks[at:]
            case _:
                blocks = [*blocks[:at], random.choice(_NEW), *blocks[at:]]
    return [_NEW[3], *blocks]


def _one(blocks: list[Block], random: Random) -> tuple[int, int]:
    at = random.randrange(max(1, len(blocks)))
    return at, at + 1


def _scene(blocks: list[Block], random: Random) -> tuple[int, int]:
    """A whole scene, or one block where there is none."""
    opening = [at for at, block in enumerate(blocks) if block.opens]
    if not opening:
        return _one(blocks, random)
    at = random.randrange(len(opening))
    return opening[at], opening[at + 1] if at + 1 < len(opening) else len(blocks)


def fountain_of(blocks: list[Block], random: Random) -> tuple[bytes, list[Row]]:
    """Write blocks as Fountain, with what means nothing varied.

    Returns:
        The file, and what must be read in it; page breaks are left out of it.
    """
    parts: list[str] = ["Title: Known\nAuthor: Nobody"]
    rows: list[Row] = []
    for block in blocks:
        block = _varied(block, random)
        parts += [random.choice(("\n\n", "\n\n", "\n\n\n", "\n \n", "\n\n/* out */\n\n")), block.source]
        rows += block.rows
    text = "".join(parts) + random.choice(("", "\n", "\n\n"))
    ends = random.choice(("\n", "\n", "\r\n", "\r"))
    return text.replace("\n", ends).encode(random.choice(ENCODINGS)), rows


def _varied(block: Block, random: Random) -> Block:
    """Number a heading, or put emphasis, a note or a comment into words that remain the same."""
    if not block.rows or random.random() < 0.7:
        return block
    if block.opens and "\n" not in block.source and "#" not in block.source and block.rows[0].number is None:
        number = random.choice(("1", "12A", "A-7", "110-B."))
        return Block(f"{block.source} #{number}#", (block.rows[0]._replace(number=number),))
    if len(block.rows) > 1 or block.rows[0].kind is not ElementKind.ACTION or set("*_\\") & set(block.source):
        return block
    words = _PLAIN.search(block.source)
    if words is None or block.source[:1] == "!":
        return block
    before, word, after = block.source[: words.start()], words.group(), block.source[words.end() :]
    around = ["{}/* two\n\nlines */"]
    if not (before[-1:].isalnum() or after[:1].isalnum()):  # an underscore within a word is a letter
        around += ["*{}*", "**{}**", "_{}_", "***{}***"]
    if before.strip() and after.strip():
        around += ["{}[[why?]]", "[[so]]{}"]
    return replace(block, source=before + random.choice(around).format(word) + after)


def final_draft_of(blocks: list[Block], random: Random) -> tuple[bytes, list[Row]]:
    """Write blocks as Final Draft's XML, with what means nothing varied.

    Returns:
        The file, and what must be read in it.
    """
    space = random.choice(("namespace", "prefix", "none", "none"))
    prefix = "fd:" if space == "prefix" else ""
    names = {"namespace": ' xmlns="urn:x"', "prefix": ' xmlns:fd="urn:x"'}.get(space, "")
    rows: list[Row] = []
    parts: list[str] = []
    for block in blocks:
        kept = [one for one in block.rows if one.words]
        rows += kept
        written = [_paragraph(one, prefix, random) for one in kept]
        if any(one.dual for one in kept):
            inner = _gap(random).join(written)
            written = [f"<{prefix}Paragraph><{prefix}DualDialogue>{inner}</{prefix}DualDialogue></{prefix}Paragraph>"]
        parts += [part for one in written for part in (_gap(random), one)]
    encoding = random.choice(ENCODINGS)
    declared = random.choice(('<?xml version="1.0"?>\n', f'<?xml version="1.0" encoding="{encoding[:6].upper()}"?>'))
    attributes = _attributes({"DocumentType": "Script", "Template": "No", "Version": "5"}, random)
    text = (
        f"{declared}<{prefix}FinalDraft{names}{attributes}><{prefix}Content>{''.join(parts)}{_gap(random)}"
        f"</{prefix}Content></{prefix}FinalDraft>"
    )
    return text.replace("\n", random.choice(("\n", "\r\n"))).encode(encoding), rows


def _gap(random: Random) -> str:
    return random.choice(("", "\n", "\n    ", "\n\n", "<!-- a <comment> & more -->", "<?fd layout?>\n"))


def _attributes(known: dict[str, str], random: Random) -> str:
    extra = {"Alignment": "Left", "RevisionID": "3", "StartsNewPage": "No", "Color": "#0000'0", "Flags": 'a "b" > <'}
    found = list({**dict(random.sample(sorted(extra.items()), random.randrange(4))), **known}.items())
    random.shuffle(found)
    return "".join(f"{random.choice((' ', '  ', chr(10)))}{name}={quoteattr(value)}" for name, value in found)


def _paragraph(one: Row, prefix: str, random: Random) -> str:
    known = {"Type": _TYPES[one.kind]}
    if one.kind is ElementKind.CENTERED:
        known["Alignment"] = "Center"
    if one.number is not None:
        known["Number"] = one.number
    words = " ".join(one.words)
    cuts = sorted(random.randrange(len(words) + 1) for _ in range(random.choice((0, 0, 1, 2, 5))))
    runs = [words[first:last] for first, last in pairwise([0, *cuts, len(words)])]
    written = [f"<{prefix}Text{_attributes({}, random)}>{_escaped(run, random)}</{prefix}Text>" for run in runs]
    inside = random.choice(("", f'<{prefix}SceneProperties Length="1/8" Page="1"/>', f"<{prefix}Bookmark/>"))
    note = random.choice(
        (
            "",
            f"<{prefix}ScriptNote><{prefix}Paragraph><{prefix}Text>no</{prefix}Text></{prefix}Paragraph></{prefix}ScriptNote>",
        )
    )
    return f"<{prefix}Paragraph{_attributes(known, random)}>{inside}{''.join(written)}{note}</{prefix}Paragraph>"


def _escaped(run: str, random: Random) -> str:
    if random.random() < 0.2:
        return "".join(f"&#{ord(letter)};" if random.random() < 0.3 else escape(letter) for letter in run)
    if random.random() < 0.1 and run:
        return f"<![CDATA[{run}]]>"
    return escape(run)
