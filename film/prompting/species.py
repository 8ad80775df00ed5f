"""Animals by their names: what is built alike, what of it differs, what colour its coat is, how large it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.enums import FigureKind


@dataclass(frozen=True, slots=True)
class Species:
    """An animal as a draughtsman knows it."""

    kind: FigureKind
    name: str = ""
    """What sets it apart from others of its kind, by one of `SPECIES`; empty for the kind's own shape."""
    coat: str = ""
    """Its colour where the script tells none, as #rrggbb; the kind's own where empty."""
    build: float = 1.0
    """Its size in relation to its kind's."""


SPECIES: tuple[str, ...] = (
    "fox", "lion", "donkey", "deer", "owl", "hen", "goose", "raptor", "goat", "sheep", "squirrel", "frog", "walker",
)  # fmt: skip
"""Shapes of their own."""

_KIND = FigureKind
_ROWS: tuple[tuple[str, Species], ...] = (
    (
        "dog puppy pup hound terrier collie poodle chihuahua sheepdog spaniel labrador retriever beagle whippet "
        "lurcher dachshund corgi mongrel mutt foxhound",
        Species(_KIND.DOG),
    ),
    ("mastiff bulldog rottweiler", Species(_KIND.DOG, coat="#a98458", build=1.3)),
    ("greyhound wolfhound deerhound husky alsatian", Species(_KIND.DOG, coat="#7f7a74", build=1.25)),
    ("bloodhound dalmatian", Species(_KIND.DOG, build=1.15)),
    ("wolf coyote jackal werewolf hyena", Species(_KIND.DOG, coat="#7d8087", build=1.25)),
    ("fox vixen", Species(_KIND.DOG, "fox", "#c8642c", 0.8)),
    ("cat kitten tomcat", Species(_KIND.CAT)),
    ("panther jaguar", Species(_KIND.CAT, coat="#2b2c33", build=1.4)),
    ("tiger leopard cheetah", Species(_KIND.CAT, coat="#d0822f", build=1.4)),
    ("lion lioness", Species(_KIND.CAT, "lion", "#d0a050", 1.4)),
    ("horse mare stallion foal unicorn zebra colt filly gelding steed carthorse racehorse nag", Species(_KIND.HORSE)),
    ("pony", Species(_KIND.HORSE, build=0.8)),
    ("donkey mule ass", Species(_KIND.HORSE, "donkey", "#8b8178", 0.72)),
    ("camel", Species(_KIND.HORSE, "donkey", "#c49a62")),
    ("deer stag doe reindeer elk moose antelope fawn", Species(_KIND.HORSE, "deer", "#9a6a42", 0.72)),
    ("bird sparrow robin nightingale swallow canary wren thrush lark", Species(_KIND.BIRD, build=0.64)),
    ("crow raven jackdaw magpie blackbird", Species(_KIND.BIRD, coat="#2f333d")),
    ("gull seagull albatross", Species(_KIND.BIRD, coat="#dfe3e6")),
    ("pigeon dove", Species(_KIND.BIRD, coat="#9aa2ad", build=0.8)),
    ("parrot parakeet macaw", Species(_KIND.BIRD, coat="#3f9a5a")),
    ("owl", Species(_KIND.BIRD, "owl", "#8a6a48", 1.25)),
    ("eagle hawk falcon vulture buzzard kite-bird condor", Species(_KIND.BIRD, "raptor", "#5d4634", 1.4)),
    ("hen rooster chicken cockerel turkey peacock", Species(_KIND.BIRD, "hen", "#b5682f", 1.2)),
    ("goose swan heron stork crane-bird flamingo", Species(_KIND.BIRD, "goose", "#efece4", 1.4)),
    ("duck duckling drake", Species(_KIND.BIRD, "goose", "#8a7a52")),
    ("penguin", Species(_KIND.BIRD, coat="#2b2f3a", build=1.25)),
    ("robot android droid machine automaton cyborg", Species(_KIND.ROBOT)),
    ("ghost spirit phantom spectre wraith", Species(_KIND.GHOST)),
    ("cloud", Species(_KIND.CLOUD)),
    ("cow bull ox calf buffalo bison heifer", Species(_KIND.COW)),
    ("goat kid-goat billy-goat", Species(_KIND.COW, "goat", "#d8cdb8", 0.62)),
    ("sheep lamb ewe ram", Species(_KIND.COW, "sheep", "#e9e3d6", 0.62)),
    ("pig hog piglet sow", Species(_KIND.PIG)),
    ("boar", Species(_KIND.PIG, coat="#5a4438")),
    ("bear gorilla ape monster troll ogre", Species(_KIND.BEAR)),
    ("elephant rhino rhinoceros hippo hippopotamus", Species(_KIND.BEAR, coat="#8b8d92", build=1.4)),
    ("rabbit hare bunny", Species(_KIND.RABBIT)),
    ("squirrel", Species(_KIND.RABBIT, "squirrel", "#b5622f", 0.8)),
    ("frog toad", Species(_KIND.RABBIT, "frog", "#6f9a48", 0.7)),
    ("turtle tortoise", Species(_KIND.MOUSE, coat="#6a7a4a", build=1.3)),
    ("mouse rat hedgehog hamster spider crab", Species(_KIND.MOUSE)),
    ("shark whale dolphin fish seal mermaid-fish crocodile alligator", Species(_KIND.FISH)),
    ("snake rattlesnake serpent worm python lizard viper cobra adder", Species(_KIND.SNAKE)),
    ("dragon dinosaur wyvern", Species(_KIND.DRAGON)),
    ("alien martian extraterrestrial", Species(_KIND.ALIEN)),
)
NAMES: Mapping[str, Species] = {word: species for words, species in _ROWS for word in words.split()}
"""Each animal, and what else is no human, by its name in the singular."""
ANIMALS: frozenset[str] = frozenset(
    word
    for word, species in NAMES.items()
    if species.kind not in {_KIND.ROBOT, _KIND.GHOST, _KIND.CLOUD, _KIND.ALIEN} and "-" not in word
) - set("ass ram sow worm kid drake colt monster troll ogre doe pup nag".split())
"""Those of them that an action may name."""
BEASTS: frozenset[str] = ANIMALS | frozenset(
    word for word, species in NAMES.items() if species.kind in {_KIND.ROBOT, _KIND.DRAGON} and "-" not in word
)
"""What an `it` that does something may be."""
WALKER = Species(_KIND.HORSE, "walker", "#8f999f", 0.8)
"""A machine that walks on four legs, whatever it is called."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def species_named(words: str) -> tuple[int, Species] | None:
    """Find the first word of a text that names an animal, or another that is no human.

    Args:
        words: In lower case.

    Returns:
        Where it stands, and what it is; None where there is none.
    """
    for match in _WORD.finditer(words):
        for form in (match[0], match[0].removesuffix("s")):
            if form in NAMES:
                return match.start(), NAMES[form]
    return None
