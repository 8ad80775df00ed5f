"""Edits of a film's cast: who is called how, who looks how, and who is the same as somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from film.direction.graph import scene_graph
from film.direction.sex import sex_told
from schemas.cast import Settled
from schemas.edits import CharacterChange, CharacterEdit
from schemas.errors import InvalidRequest
from schemas.script import Breakdown, Character, Shot, character_named

_NAMED = 8
"""Characters of a film that a message names."""


def recasting_asked(film: Breakdown, asked: Sequence[CharacterChange]) -> dict[str, CharacterEdit]:
    """Find the characters that somebody names, and say what is asked of them in edits.

    Args:
        film: The version that they are named in.
        asked: The changes.

    Returns:
        The edits, by the characters' ids.

    Raises:
        InvalidRequest: Somebody is not in the film or is named twice, nothing is asked of them, or two cannot be one.
    """
    found: dict[str, CharacterEdit] = {}
    for change in asked:
        who = _named(change.character, film)
        if who.id in found:
            raise InvalidRequest(f"{who.name} is changed twice; say all that is to be changed about them at once.")
        found[who.id] = _edit(change, who, film)
    for edit in found.values():
        if edit.into is not None and edit.into in found and found[edit.into].into is not None:
            raise InvalidRequest("Somebody is made one with a character who is to go as well; name the one who stays.")
    return found


def _edit(change: CharacterChange, who: Character, film: Breakdown) -> CharacterEdit:
    name, description = (_line(words) for words in (change.name, change.description))
    if change.into is None:
        if name is None and description is None:
            raise InvalidRequest(f"Nothing is to be changed about {who.name}: give a name, a look, or who they are.")
        return CharacterEdit(name=name, description=description)
    other = _named(change.into, film)
    if other.id == who.id:
        raise InvalidRequest(f"{who.name} is {who.name} already; name another character of the film.")
    if name is not None or description is not None:
        raise InvalidRequest(f"{who.name} is made one with {other.name}: change the name or the look of {other.name}.")
    if who.members or other.members:
        raise InvalidRequest(f"{who.name} and {other.name} cannot be one: several people speak under one name there.")
    return CharacterEdit(into=other.id)


def _line(words: str | None) -> str | None:
    if words is None:
        return None
    line = " ".join(words.split())
    if not line:
        raise InvalidRequest("A name, or a look, is empty; write one.")
    return line


def _named(who: str, film: Breakdown) -> Character:
    found = character_named(who, film.characters)
    if found is None:
        names = ", ".join(character.name for character in film.characters[:_NAMED]) or "nobody"
        raise InvalidRequest(f"There is no {who} in this film; in it are {names}.")
    return found


def recast(script: Breakdown, edits: Mapping[str, CharacterEdit]) -> Breakdown:
    """Make the breakdown of a film whose cast is edited.

    Shots keep their keys, and every line of the script stays what it is. Who is made one with somebody else stands and
    speaks as that one from then on, once in each picture. Of characters that the script does not have, edits are
    without effect.

    Args:
        script: The breakdown of the script.
        edits: By the characters' ids.

    Returns:
        The breakdown; the same where nothing is edited.
    """
    known = {character.id for character in script.characters}
    edits = {who: edit for who, edit in edits.items() if who in known}
    if not edits:
        return script
    becomes = {who: end for who in edits if (end := _end(who, edits, known)) != who}
    characters = tuple(
        _recast(one, edits.get(one.id), [same for same in script.characters if becomes.get(same.id) == one.id], becomes)
        for one in script.characters
        if one.id not in becomes
    )
    shots = tuple(played(shot, becomes) for shot in script.shots)
    graph = scene_graph(characters, script.locations, script.scenes, shots)
    return script.model_copy(update={"characters": characters, "shots": shots, "graph": graph})


def _end(who: str, edits: Mapping[str, CharacterEdit], known: set[str]) -> str:
    """Follow who somebody is, who that one is, and so on; in a circle, nobody is anybody else."""
    met = [who]
    while (edit := edits.get(met[-1])) is not None and edit.into is not None and edit.into in known:
        if edit.into in met:
            return who
        met.append(edit.into)
    return met[-1]


def _recast(
    character: Character, edit: CharacterEdit | None, same: Sequence[Character], becomes: Mapping[str, str]
) -> Character:
    edit = edit or CharacterEdit()
    name = edit.name or character.name
    also = [character.name] if edit.name else []
    for one in same:
        also += [one.name, *one.aliases]
    return character.model_copy(
        update={
            "name": name,
            "aliases": tuple(one for one in dict.fromkeys((*character.aliases, *also)) if one != name),
            "description": edit.description or character.description,
            "age": character.age if edit.description is None else None,  # the words say how old they look
            "speeches": character.speeches + sum(one.speeches for one in same),
            "importance": max((character.importance, *(one.importance for one in same))),
            "members": _once(becomes.get(who, who) for who in character.members),
            "settled": _settled(character, edit),
        }
    )


def _settled(character: Character, edit: CharacterEdit) -> Settled | None:
    """What stays settled of who is kept: whether it is a woman goes by a new look that tells it, else by a new name."""
    settled, look = character.settled, edit.description or character.description
    words = edit.description if sex_told(look.lower()) is not None else edit.name
    female = None if words is None else sex_told(words.lower())
    return settled if settled is None or female is None else settled.model_copy(update={"female": female})


def played(shot: Shot, becomes: Mapping[str, str]) -> Shot:
    """Let those who are one stand in a shot once, and speak with one name.

    Args:
        shot: With those whom it had.
        becomes: By the ids of those who are somebody else, who they are.

    Returns:
        The shot, with its key as it was.
    """
    told = {*shot.subjects, *(line.character for line in shot.dialogue), shot.rack.behind if shot.rack else ""}
    if not told & becomes.keys():
        return shot
    staged = {becomes.get(one.character, one.character): one for one in reversed(shot.staging)}
    rack = shot.rack
    if rack is not None and rack.behind in becomes:
        rack = rack.model_copy(update={"behind": becomes[rack.behind]})
    subjects = _once(becomes.get(who, who) for who in shot.subjects)
    return shot.model_copy(
        update={
            "subjects": subjects,
            "staging": tuple(
                staged[who].model_copy(update={"character": who})
                for who in _once(becomes.get(one.character, one.character) for one in shot.staging)
            ),
            "dialogue": tuple(
                line.model_copy(update={"character": becomes.get(line.character, line.character)})
                for line in shot.dialogue
            ),
            "rack": None if rack is not None and rack.behind and len(subjects) < 2 else rack,
        }
    )


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
