"""Scripts as wild as they come: any text, screenplays of hostile blocks, and real scripts with something broken."""

from __future__ import annotations

from functools import cache
from random import Random

from hypothesis import strategies as st

from tests.valid import FOLDERS, final_draft_of, real_blocks

_SUFFIXES = {".fountain", ".md", ".txt"}
_WINDOW = 60
"""Longest stretch of a script that is mutated at once, in lines."""

NAMES = ("a.fountain", "a.txt", "a.md", "a.fdx")
_TAGS = (
    "<Text>|</Text>|<Text/>|<Paragraph>|</Paragraph>|<Paragraph Type='Action'>|<DualDialogue>|</DualDialogue>|"
    "<SceneProperties Title='a'><Summary>|</Summary></SceneProperties>|<!-- -->|<!--|<![CDATA[ < ]]>|]]>|<?a b?>|"
    "&lt;|&#10;|&#x2028;|&|&no;|<|>|<Content>|</Content>|<TitlePage>|</TitlePage>|<FinalDraft>| Number='1'|"
    "\"|'|<a:b c='d'/>"
).split("|")
_WHOLE = (
    (
        "<Text/>|<Text>x y</Text>|<a:b c='d'/>|<!-- -->|<![CDATA[ < ]]>|<?a b?>|&lt;|&#10;|&#x2028;|\u2029|"
        "<Paragraph Type='Action'><Text>y</Text></Paragraph>|<Paragraph><DualDialogue/></Paragraph>|<Paragraph/>|"
        "<SceneProperties Title='a'><Summary><Paragraph><Text>z</Text></Paragraph></Summary></SceneProperties>|"
        "<TitlePage><Content><Paragraph><Text>T</Text></Paragraph></Content></TitlePage>|<Content>q</Content>"
    )
    .replace("a:b", "ab")
    .split("|")
)
_STORY = """---
title: The *Long* Sea
---

<!-- a draft -->
# The Long Sea

Chapter One
===========

It was **cold**, and [Anna](http://a.b/c "d") said, "Come _in_, Otto."

- a lamp
- a rope,
  which was wet
    1. and a knife
* * *

> "No," said he.
> She left.

| who  | what   |
|------|:------:|
| Anna | a `boat` |

1. First she ran.
2) Then she fell.

![a picture](x.png) He waited[^1] &amp; waited\\
until <b>noon</b>.

```
code
```

[^1]: a note
[ref]: http://a.b
"""
_MARKS = '[[ ]] /* */ * ** *** _ __ \\* \\ ( ) ^ @ ! > < ~ # ## = === . .. ... --- : " “ ” « » ‘ ’ 「 」 & &amp; <?xml'
_FORMS = "(V.O.) (CONT'D) INT. EXT. I/E. EST. TO: OUT. #1A# 12 12. (MORE) (CONTINUED) CONTINUED: SUPER: ANNA BOB Title:"
_LETTERS = "مرحبا 黒澤 Élodie ß ŉ ﷽ 👩‍🚀 a\u0301 \u200b \u202e \ufeff İ ǅ"
_SPACES = (" ", "  ", "   ", "\n", "\n\n", "\n  \n", "\t", "\x0b", "\x0c", "\x85", "\xa0", "\u2028", "\u3000")
_TOKENS = (*f"{_MARKS} {_FORMS} {_LETTERS}".split(" "), *_SPACES)

_WORDS = st.lists(st.sampled_from([*_TOKENS, "the", "storm", "runs", "Anna", "holds", "a", "phone."]), max_size=30)
_LINES = st.lists(
    st.one_of(
        _WORDS.map(" ".join),
        _WORDS.map("".join),
        st.sampled_from(
            ["ANNA", "BO (V.O.) ^", "INT. SEA - DAY", "12 INT. SEA 12", "~La la", "> THE END <", "", "  ", "===", "!x"]
        ),
        st.text(max_size=20),
    ),
    max_size=30,
).map("\n".join)


@cache
def real_scripts() -> tuple[str, ...]:
    """The scripts that are mutated."""
    paths = [path for folder in FOLDERS for path in sorted(folder.rglob("*")) if path.suffix in _SUFFIXES]
    return (_STORY, *(path.read_text("utf-8-sig") for path in paths if path.name != "README.md"))


@cache
def final_drafts() -> tuple[str, ...]:
    """Files of Final Draft that are mutated: those that are there, and the screenplays written as such."""
    paths = [path for folder in FOLDERS for path in sorted(folder.rglob("*.fdx"))]
    made = (final_draft_of(list(blocks[:40]), Random(seed))[0] for seed, blocks in enumerate(real_blocks()))
    return tuple(data.decode("utf-8-sig", "ignore") for data in (*(path.read_bytes() for path in paths), *made))


def mutated_xml(script: int, seed: int) -> str:
    """Break something in a file of Final Draft, one to four times.

    Args:
        script: Which file.
        seed: What is done to it: the same seed does the same.
    """
    random = Random(seed)
    text = final_drafts()[script % len(final_drafts())]
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(text) + 1)
        if random.random() < 0.6:  # between tags: more of it remains well-formed
            at = max(text.find(">", at), 0) + 1
        other = min(len(text), at + random.choice((0, 0, 1, 5, 40)))
        if random.random() < 0.7:
            text = text[:at] + random.choice(_WHOLE) + text[at:]
            continue
        words = random.choice((random.choice(_TAGS), random.choice(_TOKENS), text[at : at + 60], ""))
        text = text[:at] + words + text[other:]
    return text


def mutated(script: int, seed: int) -> str:
    """Take a stretch of a real script and break something in it, one to six times.

    Args:
        script: Which script.
        seed: What is done to it: the same seed does the same.
    """
    random = Random(seed)
    lines = real_scripts()[script % len(real_scripts())].split("\n")
    first = random.randrange(max(1, len(lines) - _WINDOW)) if random.random() < 0.7 else 0
    lines = lines[first : first + random.randrange(1, _WINDOW)]
    for _ in range(random.randint(1, 6)):
        lines = _mutate(lines, random)
    text = "\n".join(lines)
    return text.replace("\n", "\r\n") if random.random() < 0.1 else text


def _mutate(lines: list[str], random: Random) -> list[str]:
    at = random.randrange(len(lines)) if lines else 0
    other = random.randrange(len(lines)) if lines else 0
    line = lines[at] if lines else ""
    letter = random.randrange(len(line) + 1)
    token = random.choice(_TOKENS)
    kind = random.randrange(10)
    if kind == 0:
        return lines[:at] + lines[at + 1 :]
    if kind == 1:
        return [*lines[:at], line, line, *lines[at:]]
    if kind == 2:
        return lines[: min(at, other)] + lines[max(at, other) :]
    new = {
        3: line[:letter] + token + line[letter:],
        4: line[:letter] + line[letter + 1 :],
        5: line.upper(),
        6: token + line,
        7: line + token,
        8: "\n" + line,
        9: " " * random.randrange(4) + line[:letter] + "\n" + line[letter:],
    }[kind]
    return [*lines[:at], new, *lines[at + 1 :]] if lines else [new]


_ENDLESS: dict[str, tuple[str, str, str]] = {
    **{
        f"action-{words.strip() or 'space'}": ("", words, "")
        for words in (
            "a|A|Z|.|-|, |and |BOB |Bob, Tom |BOB and TOM |Two men walk and |BOB holding |BOB (|[[a]] |it is BOB |“|"
            "BOB, the man |He walks, and |is a |takes off the mask |we know him as BOB |BOB formerly MAN |A-|J.R.|"
            "Bob's |-- |* |a zander |picks up a cup and |BOB, 30, |Bob walks. |“a ”"
        ).split("|")
    },
    "known as": ("formerly ", "a", ""),
    "also known as": ("aka ", "A. ", ""),
    "one word known as": ("", "Z", " formerly known as BOB."),
    "spaces behind a name": ("BOB", " ", "x"),
    "spaces behind a pronoun": ("We know him", " ", "x"),
    "spaces in an introduction": ("BOB, a", " ", "x"),
    "a name with a dash": ("BOB A", "-", "A walks"),
    "a doer": ("", "z", "er walks"),
    "a compound": ("raises a-", "a-", " walks"),
}
"""Lines of action without an end: how each begins, what it repeats, and how it ends."""
_ENDLESS_PROSE: dict[str, tuple[str, str, str]] = {
    "quoted letters": ("", '"a" ', ""),
    "quotations": ("", '"Hi," said Tom. ', ""),
    "words in quotes": ('"Hi." ', 'a "b" ', ""),
    "openings": ("x ", "(“a ", ""),
    "single marks": ("", ";'a' ", ""),
    "dashes": ("", "— a ", ""),
    "asides": ("", "—Hi, —said Tom—. ", ""),
    "a name said": ('"Hi," said ', "Tom ", "."),
    "turning to": ('"Hi," said Tom ', "to Tom ", ""),
    "what is read": ("", "The letter and ", ""),
    "acts": ("", 'Tom went. "Hi." ', ""),
}
_ENDLESS_ELSEWHERE: dict[str, tuple[str, str, str]] = {
    f"{place}-{again.strip() or 'space'}": (begin, again, end)
    for place, begin, end in (
        ("heading", "INT. A", "B - DAY\n\nShe sits."),
        ("cue", "INT. ROOM - DAY\n\n@B", "B\nHi."),
        ("parenthetical", "INT. ROOM - DAY\n\nBOB\n(x", "x)\nHi."),
        ("speech", "INT. ROOM - DAY\n\nBOB\nx", "x"),
        ("transition", "INT. ROOM - DAY\n\nShe sits.\n\n> A", "TO:\n\nShe stands."),
        ("note", "INT. ROOM - DAY\n\nShe sits. [[x", "x]]"),
    )
    for again in (" ", "a", "a ", ". ", "- ", "(", " VO", "“a” ", "/ ")
}
"""Headings, cues and other lines of a screenplay without an end."""
ENDLESS: tuple[str, ...] = (*_ENDLESS, *_ENDLESS_PROSE, *_ENDLESS_ELSEWHERE)
"""Names of the shapes of endless lines."""


def endless(shape: str, characters: int) -> str:
    """Write a script of which one line repeats itself: what reads it must not read it all again for each word.

    Args:
        shape: One of `ENDLESS`.
        characters: How long the line is, about.
    """
    begin, again, end = (_ENDLESS | _ENDLESS_PROSE | _ENDLESS_ELSEWHERE)[shape]
    line = begin + again * (characters // len(again)) + end
    if shape in _ENDLESS:
        return f"INT. ROOM - DAY\n\n{line}\n\nBOB\nHi.\n\nMAN\nHi.\n"
    if shape in _ENDLESS_ELSEWHERE:
        return f"{line}\n\nMAN\nHi.\n"
    return f'{line}\n\n"Hi," said Tom.\n'


MUTATED = st.builds(mutated, st.integers(0, 999), st.integers(0, 2**40))
"""Real scripts with something broken."""
MUTATED_XML = st.builds(mutated_xml, st.integers(0, 999), st.integers(0, 2**40))
"""Files of Final Draft with something broken."""
ANY_TEXT = st.one_of(
    st.text(max_size=200), _LINES, MUTATED, st.builds(endless, st.sampled_from(ENDLESS), st.integers(0, 2000))
)
"""Anything."""
