"""The lexicon of moderation: categories, rules and phrases, read from TOML files."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from film.script.folding import plain_words
from schemas.base import Document
from schemas.errors import InvalidRequest
from schemas.moderation import Severity

MAX_PHRASES = 20_000
"""So many phrases one may stand for, with all its alternatives written out."""

MAX_DEPTH = 4
"""So deep lists may name lists."""

COMPACT_LETTERS = 8
"""A phrase of several words is found without its spaces, too, if it has so many letters."""

_CHOICE = re.compile(r"\(([^()]*)\)|\{(\w+)\}")


class Rule(Document):
    """Phrases, any of which is a finding; or words of several lists, which are one where they stand close together.

    `near` asks for them in any order, `steps` in theirs, within one sentence.
    """

    severity: Severity
    phrases: tuple[str, ...] = ()
    near: dict[str, Annotated[int, Field(ge=1)]] = {}
    """For each list, how many different phrases of it must be there; the first list's tells the line."""
    within: Annotated[int, Field(ge=2, le=200)] = 40
    """Within how many words of the script."""
    steps: tuple[str, ...] = ()
    """Lists of which a phrase each follows the other; the first one's tells the line."""
    gaps: tuple[Annotated[int, Field(ge=0, le=40)], ...] = ()
    """For each step but the first, how many other words may stand before it at most."""
    stops: str = ""
    """The list of what may not stand between two steps; a step that ends in such a phrase is none."""
    unless: str = ""
    """The list of what excuses it, where it stands shortly before the first step in its sentence."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(map(bool, (self.phrases, self.near, self.steps))) != 1:
            raise ValueError("a rule has either phrases or near or steps")
        if len(self.gaps) != max(0, len(self.steps) - 1):
            raise ValueError("a rule has a gap before each of its steps but the first")
        if (self.stops or self.unless) and not self.steps:
            raise ValueError("only a rule with steps has stops and unless")
        return self

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that it looks for close together, each once."""
        return tuple(dict.fromkeys(filter(None, (*self.near, *self.steps, self.stops, self.unless))))


class Category(Document):
    """Rules about one subject."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    title: Annotated[str, Field(min_length=1, max_length=80)]
    rule: Annotated[tuple[Rule, ...], Field(min_length=1)]


class LexiconFile(Document):
    """What a file holds."""

    words: dict[str, tuple[str, ...]] = {}
    category: tuple[Category, ...] = ()


@dataclass(frozen=True)
class Found:
    """What it means that a phrase was found."""

    category: Category
    severity: Severity


@dataclass(frozen=True)
class Part:
    """A phrase that means something only near others."""

    rule: int
    """Index into `Lexicon.near`."""
    words: str
    """Name of its list."""


@dataclass(frozen=True)
class Lexicon:
    """All rules, ready to be looked for."""

    phrases: Mapping[str, Sequence[Found | Part]]
    """By what is looked for: words in small letters, with single spaces."""
    near: Sequence[tuple[Category, Rule]]
    """Those rules whose words count together."""


@cache
def built_in() -> Lexicon:
    """Read the lexicon that comes with this package."""
    folder = files("film.script") / "lexicon"
    return _lexicon([_checked((folder / "en.toml").read_text(encoding="utf-8"), "en.toml")])


def lexicon(folder: Path | None = None) -> Lexicon:
    """Read the lexicon.

    Args:
        folder: Files of an installation's own, besides ours.

    Raises:
        InvalidRequest: A file cannot be used; the sentence says which and why.
    """
    if folder is None:
        return built_in()
    if not folder.is_dir():
        raise InvalidRequest(f"The folder of lexicons {folder} does not exist; correct STUDIO_MODERATION_LEXICON.")
    ours = (files("film.script") / "lexicon" / "en.toml").read_text(encoding="utf-8")
    found = [_checked(ours, "en.toml")]
    for path in sorted(folder.glob("*.toml")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidRequest(f"The lexicon {path} cannot be read: {error}.") from error
        found.append(_checked(text, str(path)))
    return _lexicon(found)


def _checked(text: str, name: str) -> LexiconFile:
    try:
        return LexiconFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidRequest(f"The lexicon {name} is not TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InvalidRequest(f"The lexicon {name} has a mistake at {where}: {first['msg']}.") from error
    except RecursionError as error:
        raise InvalidRequest(f"The lexicon {name} is nested too deeply.") from error


def _lexicon(given: Sequence[LexiconFile]) -> Lexicon:
    phrases: dict[str, list[Found | Part]] = {}
    near: list[tuple[Category, Rule]] = []
    for file in given:
        for category in file.category:
            for rule in category.rule:
                for phrase in rule.phrases:
                    _enter(phrases, phrase, file.words, Found(category, rule.severity))
                for name in rule.lists:
                    for phrase in _list(name, file.words):
                        _enter(phrases, phrase, file.words, Part(len(near), name))
                if rule.lists:
                    near.append((category, rule))
    return Lexicon(phrases, near)


def _enter(
    phrases: dict[str, list[Found | Part]], phrase: str, words: Mapping[str, Sequence[str]], what: Found | Part
) -> None:
    for written in _written_out(phrase, words):
        compact = written.replace(" ", "")
        for key in {written, compact} if len(compact) >= COMPACT_LETTERS else {written}:
            if key:
                phrases.setdefault(key, []).append(what)


def _list(name: str, words: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if name not in words:
        raise InvalidRequest(
            f"A lexicon names a list “{name}” that it does not have; the lists are {', '.join(words)}."
        )
    return words[name]


def _written_out(phrase: str, words: Mapping[str, Sequence[str]], depth: int = 0) -> list[str]:
    """Write out all that a phrase with alternatives and lists stands for, in folded words."""
    if depth > MAX_DEPTH:
        raise InvalidRequest(f"A lexicon's list names itself, or lists lie more than {MAX_DEPTH} deep: {phrase}.")
    pieces: list[list[str]] = []
    count, at = 1, 0
    for match in _CHOICE.finditer(phrase):
        pieces.append([_plain(phrase[at : match.start()])])
        if match[1] is not None:
            pieces.append([_plain(choice) for choice in match[1].split("|")])
        else:
            pieces.append([each for item in _list(match[2], words) for each in _written_out(item, words, depth + 1)])
        count *= len(pieces[-1])
        at = match.end()
        if count > MAX_PHRASES:
            raise InvalidRequest(f"A lexicon's phrase stands for more than {MAX_PHRASES} phrases: {phrase}.")
    pieces.append([_plain(phrase[at:])])
    return [" ".join(filter(None, parts)) for parts in itertools.product(*pieces)]


def _plain(text: str) -> str:
    return " ".join(plain_words(text))
