"""Nouns that name somebody without a name."""

ROLES = frozenset(
    "man woman boy girl child kid baby keeper fisherman sailor captain king queen prince princess knight "
    "soldier guard cop officer detective doctor nurse teacher student farmer baker cook chef waiter "
    "waitress driver pilot astronaut scientist engineer mechanic painter artist writer poet musician "
    "singer dancer priest nun monk witch wizard ghost robot dog puppy cat kitten horse bird crow gull owl "
    "raven fox wolf bear dragon mouse fish whale grandmother grandfather grandma grandpa mother father "
    "mom dad mum sister brother daughter son aunt uncle wife husband friend stranger thief pirate hunter "
    "clerk librarian judge lawyer boss janitor gardener carpenter tailor watchmaker clockmaker postman "
    "mailman ferryman bartender shopkeeper neighbour neighbor traveller traveler wanderer hermit monster "
    "giant dwarf elf fairy angel devil lady gentleman lion tiger elephant monkey rabbit turtle penguin "
    "seal squirrel pigeon parrot chihuahua lamplighter miner spy nomad widow widower orphan passenger "
    "conductor magician clown beekeeper shepherd goat sheep snowman scarecrow".split()
)
"""Nouns of people, animals and beings that act in stories, in lower case and singular."""

FEMALE = frozenset(
    "woman girl mother mom mum grandmother grandma wife daughter sister aunt queen princess lady nun "
    "witch waitress widow fairy".split()
)
MALE = frozenset(
    "man boy father dad grandfather grandpa husband son brother uncle king prince gentleman monk "
    "fisherman ferryman postman mailman widower wizard waiter".split()
)
"""Those of them that `she` and `he` mean."""
