"""Scripts as wild as they come: any text, screenplays of hostile blocks, and real scripts with something broken."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from hypothesis import strategies as st

_ROOT = Path(__file__).parents[1]
_FOLDERS = (_ROOT / "examples", _ROOT.parent / "shared" / "scripts")
"""The second is only with those who have it; the examples are mutated everywhere."""
_SUFFIXES = {".fountain", ".md", ".txt"}
_WINDOW = 60
"""Longest stretch of a script that is mutated at once, in lines."""

NAMES = ("a.fountain", "a.txt", "a.md")
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
    paths = [path for folder in _FOLDERS for path in sorted(folder.rglob("*")) if path.suffix in _SUFFIXES]
    return tuple(path.read_text("utf-8-sig") for path in paths if path.name != "README.md")


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


MUTATED = st.builds(mutated, st.integers(0, 999), st.integers(0, 2**40))
"""Real scripts with something broken."""
ANY_TEXT = st.one_of(st.text(max_size=200), _LINES, MUTATED)
"""Anything."""
