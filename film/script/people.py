"""Words that tell people: nouns that name somebody, titles, kin, first names, and what they say of man or woman."""

from __future__ import annotations

from types import MappingProxyType

CREATURES = frozenset(
    "robot dog puppy cat kitten horse bird crow gull owl raven fox wolf bear dragon mouse fish whale monster lion "
    "tiger elephant monkey rabbit turtle penguin seal squirrel pigeon parrot goat sheep snowman scarecrow hare "
    "dormouse caterpillar swallow nightingale sparrow eagle hawk falcon hen rooster goose swan frog toad snake "
    "serpent spider hedgehog badger deer stag cow ox donkey mule pig lamb camel ape hound pony foal duckling "
    "tortoise gryphon griffin unicorn".split()
)
"""Whom people call `it`."""
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
    "conductor magician clown beekeeper shepherd goat sheep snowman scarecrow "
    "nephew niece cousin grandson granddaughter stepmother step-mother stepfather step-father godmother godfather "
    "landlady landlord innkeeper maid servant butler governess tutor professor inspector constable policeman "
    "policewoman sergeant colonel lieutenant sheriff deputy mayor bishop vicar parson clergyman rabbi abbot nobleman "
    "duke duchess countess baron baroness emperor empress tsar stationmaster coachman blacksmith miller shoemaker "
    "cobbler peasant beggar merchant woodcutter wood-cutter huntsman goatherd swineherd undertaker apothecary "
    "prisoner sentry porter hostess visitor secretary reporter journalist photographer actor actress barber butcher "
    "mate grocer bride bridegroom lad lass fellow chap youth schoolboy schoolgirl schoolmaster headmaster "
    "groom governor ambassador president senator emissary messenger herald jester minstrel warrior samurai ninja "
    "archer mermaid goblin troll ogre gnome vampire werewolf zombie alien android cyborg skeleton puppet "
    "hare dormouse caterpillar swallow nightingale sparrow eagle hawk falcon hen rooster goose swan frog toad snake "
    "serpent spider hedgehog badger deer stag cow ox donkey mule pig lamb camel ape hound pony foal kid duckling "
    "tortoise gryphon griffin unicorn hatter tramp housekeeper charwoman midwife surgeon dentist therapist "
    "psychiatrist scholar inventor sculptor architect composer violinist pianist cellist drummer guitarist barista "
    "bouncer bodyguard assassin mercenary smuggler gangster burglar hacker programmer technician colleague partner "
    "roommate lover fiancé fiancée fiance fiancee girlfriend boyfriend teenager toddler infant oldster elder "
    "viscount vicomte abbe abbé marquis marquise earl commander adjutant aide-de-camp corporal "
    "sergeant-major bosun boatswain skipper pawnbroker attendant proprietor manager operator workman cabman cabby "
    "footman valet barmaid barman seaman steward stewardess curate schoolmistress parlourmaid "
    "countryman townsman villager townswoman fisherwoman washerwoman milkmaid dairymaid seamstress maiden".split()
)
"""Nouns of people, animals and beings that act in stories, in lower case and singular."""

FEMALE = frozenset(
    "woman girl mother mom mum grandmother grandma wife daughter sister aunt queen princess lady nun "
    "witch waitress widow fairy niece granddaughter stepmother step-mother godmother landlady maid governess "
    "policewoman duchess countess baroness empress hostess actress bride lass schoolgirl mermaid charwoman midwife "
    "townswoman fisherwoman washerwoman milkmaid dairymaid seamstress fiancée fiancee girlfriend hen cow "
    "marquise maiden barmaid stewardess schoolmistress parlourmaid".split()
)
MALE = frozenset(
    "man boy father dad grandfather grandpa husband son brother uncle king prince gentleman monk "
    "fisherman ferryman postman mailman widower wizard waiter nephew grandson stepfather step-father godfather "
    "landlord butler policeman constable bishop vicar parson clergyman rabbi abbot nobleman duke baron emperor tsar "
    "workman cabman cabby footman valet barman seaman steward curate "
    "coachman blacksmith woodcutter wood-cutter huntsman bridegroom lad fellow chap schoolboy schoolmaster "
    "groom headmaster countryman townsman fiancé fiance boyfriend viscount vicomte "
    "abbe abbé marquis earl rooster stag ox knight priest".split()
)
"""Those of them that `she` and `he` mean."""

KIN = frozenset(
    "grandmother grandfather grandma grandpa mother father mom dad mum sister brother daughter son aunt uncle wife "
    "husband nephew niece cousin grandson granddaughter stepmother step-mother stepfather step-father godmother "
    "godfather".split()
)
"""Nouns that say whose somebody is."""
MATTER = frozenset(
    "snow rain water wind fire smoke fog mist dust light darkness dusk sunlight moonlight sun moon stars clouds "
    "thunder lightning ice frost steam sand mud blood tears sweat music silence laughter voices footsteps "
    "umbrellas papers coins leaves petals sparks flames ash ashes waves spray foam hail sleet hailstones icicles "
    "shadows bells lamps candles lanterns flags curtains shutters doors windows chairs bottles glasses plates "
    "stones pebbles bricks tiles branches roots flowers grass feathers ropes sails oars wheels engines motors "
    "horns sirens drums applause bread cheese milk honey wine beer soup salt sugar paint ink paper wood iron "
    "glass steel gold silver copper".split()
)
"""Matter and things that begin sentences: a capital makes no name of them."""
YOUNG = frozenset("boy girl child kid lad lass maiden schoolboy schoolgirl youth".split())
"""Nouns of the young: two of them may be one."""

TITLES = MappingProxyType(
    dict.fromkeys(
        "mr mister sir lord monsieur herr signor señor don count king prince duke baron emperor tsar father brother "
        "uncle grandpa grandfather squire reverend rev rabbi pope friar bishop".split(),
        "m",
    )
    | dict.fromkeys(
        "mrs miss ms madam madame mme mlle mademoiselle frau fräulein signora señora señorita donna lady dame countess "
        "queen princess duchess baroness empress mother sister aunt auntie grandma grandmother granny".split(),
        "f",
    )
    | dict.fromkeys(
        "dr doctor professor prof captain capt colonel col major general lieutenant lt sergeant sgt corporal private "
        "inspector constable officer detective sheriff deputy judge justice senator president governor mayor agent "
        "commander admiral chief comrade cousin nurse master det ensign cadet marshal cpl pvt gen maj cmdr adm gov sen "
        "insp superintendent supt bosun boatswain "
        "sergeant-major commissioner chancellor minister ambassador pastor coach principal".split(),
        "",
    )
)
"""Titles before a name, in lower case and without a full stop: `m` a man's, `f` a woman's, empty for either."""

TITLE_WORDS = MappingProxyType(
    {
        "mr": "mister",
        "dr": "doctor",
        "prof": "professor",
        "capt": "captain",
        "col": "colonel",
        "lt": "lieutenant",
        "sgt": "sergeant",
        "det": "detective",
        "cpl": "corporal",
        "pvt": "private",
        "gen": "general",
        "maj": "major",
        "cmdr": "commander",
        "adm": "admiral",
        "gov": "governor",
        "sen": "senator",
        "insp": "inspector",
        "supt": "superintendent",
        "rev": "reverend",
        "auntie": "aunt",
        "granny": "grandmother",
        "grandma": "grandmother",
        "grandpa": "grandfather",
        "ms": "miss",
        "madame": "mrs",
        "mme": "mrs",
        "monsieur": "mister",
    }
)
"""What short titles stand for: two titles are one where these are."""

COURTESY = frozenset("mister mrs miss sir lord lady madam master".split())
"""Titles of courtesy: `Mr. Smith` may be a doctor as well; `Mrs. Smith` is never `Miss Smith`."""

FEMALE_NAMES = frozenset(
    "abigail ada adele agatha agnes alexandra alice alma amanda amelia amy andrea angela anita anna anne annie ava "
    "barbara beatrice bella bertha beth betty bridget camille carla carmen carol caroline catherine cecilia charlotte "
    "chloe christina claire clara claudia cora daisy daphne deborah diana donna dora dorothy edith eleanor elena "
    "elise eliza elizabeth ella ellen elsa elsie emilia emily emma esther eva eve evelyn fanny fiona flora florence "
    "frances gertrude gina grace greta gretel gwen hannah harriet heidi helen helena hilda ida ingrid irene iris "
    "isabel isabella ivy jane janet jean jenny jessica jill joan joanna josephine judith julia juliet kate katerina "
    "katherine kathleen kitty lara laura lena lily linda lisa liz lizzie lizzy lola louise lucia lucy lydia mabel "
    "madeleine maggie mara margaret maria marianne marie marina martha mary matilda maud megan mia milena minnie "
    "miriam molly monica nadia nancy natalie natasha nell nina nora olga olivia pamela patricia paula pauline peggy "
    "penelope polly priya rachel rebecca rita rosa rose rosie ruby ruth sally samantha sandra sara sarah sofia "
    "sonia sophia sophie stella susan suzanne svetlana sylvia tanya tatiana teresa theresa tina ursula valentina "
    "vanessa vera veronica victoria viola violet virginia wendy yvonne zoe".split()
)
OTHER_FEMALE_NAMES = frozenset(
    "aisha amina anjali astrid beatrix carmela chantal clarissa colette consuela dana della denise doris dunya "
    "fatima freda freya galina genevieve giselle gladys hanna hermione hester hetty imogen ines janice joyce "
    "karen katie keiko kim lakshmi larisa lauren leah leila letty leyla lois lorna louisa lucille lucinda ludmila "
    "maisie marcia margot marian marjorie maureen mavis meera mei melissa meredith michelle mildred mireille "
    "moira mollie monique muriel nadezhda nadine naomi natalya nellie nicole nicolette noelle odette ophelia "
    "petra philippa phoebe phyllis priyanka prudence rhoda rosalind rosamund rosemary roxanne sabrina sadie "
    "sakura serena sheila simone sonya sybil sylvie tabitha tamara tatyana tess tessa thelma tilda tilly trudy "
    "varvara verity vivien wilma winifred winnie ximena yasmin yelena yuki yvette zara zelda".split()
)
MALE_NAMES = frozenset(
    "aaron abel abraham adam adrian ahmed alan albert alec alexander alfred ali andrei andrew andy anthony anton "
    "antonio arnold arthur ben benjamin bernard bert bill billy bob boris brian bruce carl carlos charles charlie "
    "chris christian christopher claude colin daniel danny david dennis dimitri dmitri donald duncan edgar edmund "
    "eduardo edward edwin elias emil eric ernest eugene felix ferdinand fernando francis francisco frank franz fred "
    "frederick fritz gabriel gary george gerald gilbert giovanni gordon graham greg gregory grigory gustav hans "
    "hansel harold harry hassan heinrich henri henry herbert herman hiroshi howard hubert hugh hugo igor ilya isaac "
    "ivan jack jacob jacques james jan jason jeff jeremy jerome jim jimmy joe joel johann john johnny jonas jonathan "
    "jorge jose joseph josh joshua juan julian karl keith ken kevin klaus konstantin lars laurence lawrence leo "
    "leon leonard leopold louis luca lucas luis luke manuel marcel marco marcus mario mark martin matthew maurice "
    "max michael miguel mike mikhail milo mohammed nathan ned nicholas nick nicolas nikolai noah norman oleg oliver "
    "oscar oskar otto owen pablo patrick paul pavel pedro peter philip pierre ralph raymond rené richard robert "
    "roberto robin rodrigo roger roland roman ronald rudolf rupert samuel sebastian sergei sherlock simon stefan "
    "stephen steve steven stuart ted theodore thomas tim timothy tobias tom tomas tommy tony victor viktor vincent "
    "vladimir walter wilhelm william yuri".split()
)
OTHER_MALE_NAMES = frozenset(
    "akira alain alastair alfredo algernon alistair ambrose andre angus antoine archibald archie arjun armand "
    "arturo aubrey austin barnaby barney basil bertie bertram bradley brandon brendan brent brett bryan byron "
    "calvin cecil cedric chad chester clarence clement clifford clive conrad craig curtis cyril cyrus damian "
    "darren dave derek desmond diego dominic doug douglas dylan ebenezer elijah elliot ellis emile emmett enrique "
    "ernesto ethan etienne evan felipe fergus fletcher floyd frankie freddie freddy fyodor garth gaston gavin "
    "geoff geoffrey gerard gideon glenn godfrey grisha guillaume guillermo gus hamid harvey hector herb hiram "
    "horace horatio humphrey ian ignacio ignatius isaiah jake jasper javier jed jeremiah jerry jesse joaquin "
    "josiah justin karim kenji kirk kolya kyle laurent lawson lester liam lionel lloyd logan lorenzo lucien lyle "
    "malcolm marvin mateo maximilian mervyn misha mitchell montague mortimer neil nigel nikita obadiah olivier "
    "omar orville osbert pascal percival percy phil pyotr quentin raoul raul ravi reggie reginald ricardo rodney "
    "ronnie roy rufus russell salvador sam sammy sanjay sean seth sidney silas solomon stanley stewart sylvester "
    "takeshi tariq terence theo thierry toby trevor tristan tyler vanya vasily vernon wallace warren wayne wilbur "
    "wilfred willie winston yegor yusuf yves zachary zeke".split()
)
"""Common first names that leave no doubt, in lower case; a screenplay goes by those alone that are most common."""


def gender_of_name(name: str) -> str:
    """Tell from the first names of a story's people whether `he` or `she` is meant; empty where nothing tells."""
    first = name.split(" ", 1)[0].strip(".,'’").lower()
    return "f" if first in OTHER_FEMALE_NAMES else "m" if first in OTHER_MALE_NAMES else ""


def gender_of(words: str) -> str:
    """Tell from a name or a phrase whether `he` or `she` is meant.

    Args:
        words: Such as `Mrs. Bennet`, `the old fisherman` or `Emil`.

    Returns:
        `m`, `f`, or an empty string where nothing tells.
    """
    found = [word.strip(".,'’").lower() for word in words.replace("’s ", " ").replace("'s ", " ").split()]
    if not found:
        return ""
    title = TITLES.get(found[0], "")
    if title:
        return title
    head = found[-1]
    if head in FEMALE:
        return "f"
    if head in MALE:
        return "m"
    for word in found:
        if word in FEMALE_NAMES:
            return "f"
        if word in MALE_NAMES:
            return "m"
    return ""
