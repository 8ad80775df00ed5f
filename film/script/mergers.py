"""Which names of a story are one person's: `Zubov` and `Doctor Andrei Zubov`."""

from __future__ import annotations

from collections.abc import Mapping

from film.script.evidence import Key, fits
from film.script.people import COURTESY, TITLES
from film.script.persons import Evidence

_SPELT = {"madame": ["mme"], "mademoiselle": ["mlle"], "doctor": ["dr"], "captain": ["capt"], "professor": ["prof"]}
_MOST_KEYS = 400
_BOTH = 2
"""So often a story says `Mr. Bell` that `Will` is his son, where there is a Mrs. Bell."""


class Names:
    """The names of a story, each with the longest one of whoever it means."""

    def __init__(self, names: Mapping[Key, Evidence], beside: Mapping[Key, set[Key]]) -> None:
        """Find which of some names are one.

        Args:
            names: They.
            beside: For a man's title and surname, the names without a title that stand beside it in a sentence.
        """
        self._names = names
        self._beside = beside
        self._owner: dict[Key, Key] = {}
        self._merge_names()

    def root(self, key: Key) -> Key:
        """The longest name of whoever a name means."""
        while self._owner.get(key, key) != key:
            key = self._owner[key]
        return key

    def _merge_names(self) -> None:
        """Take shorter names for the person of the one longer name they fit: `Zubov` for `Doctor Andrei Zubov`."""
        by_word: dict[str, list[Key]] = {}
        order = sorted(self._names, key=lambda key: (-len(key[1]), -bool(key[0]), self._names[key].first))
        for key in order:
            longer = [
                other
                for other in by_word.get(key[1][0], ())
                if self.root(other) == other and fits(key, other) and other != key and not self._apart(key, other)
            ]
            if len(longer) > 1 and not key[0]:
                plain = [other for other in longer if other[0] not in {"mrs", "miss", "lady"}]
                longer = plain if len(plain) == 1 else self._dominant(longer)
            if not longer and not key[0] and len(key[1]) == 1 and key[1][0] in TITLES:
                longer = [other for other in self._names if other[0] and self._addressed_as(other, key[1][0])]
            if len(longer) == 1:
                self._owner[key] = longer[0]
            for word in key[1]:
                keys = by_word.setdefault(word, [])
                if len(keys) < _MOST_KEYS:
                    keys.append(key)

    def _addressed_as(self, key: Key, title: str) -> bool:
        """Whether somebody is called by a title in one of its spellings: `Madame` is `Mme. Odile`, not `Mrs. Bell`."""
        firsts = {written.split()[0].lower().rstrip(".") for written in self._names[key].written}
        return bool(firsts & {title, *_SPELT.get(title, ())})

    def _apart(self, key: Key, longer: Key) -> bool:
        """Whether a man of a title and a surname is told beside whoever bears it: `Mr. White and his son Herbert`."""
        if key[0] not in COURTESY or longer[0]:
            return False
        given = self._names.get(("", longer[1][:1]))
        if (
            key[0] == "mister"
            and len(longer[1]) > 1
            and given is not None
            and self._names[key].count >= _BOTH
            and ("mrs", longer[1][-1:]) in self._names
        ):
            return True
        return any(one[1][-1] != key[1][-1] and fits(one, longer) for one in self._beside.get(key, ()))

    def _dominant(self, keys: list[Key]) -> list[Key]:
        ranked = sorted(keys, key=lambda key: -self._names[key].count)
        first, second = (self._names[key].count for key in ranked[:2])
        return ranked[:1] if first >= 3 * second else []
