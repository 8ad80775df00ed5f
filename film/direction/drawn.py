"""Things that a camera may be sent to. Tables only; the rules stand elsewhere."""

from __future__ import annotations

from film.direction.vocabulary import PROPS

DRAWN = PROPS | frozenset(
    "aircraft airliner album ambulance armchair arrow automobile baby badge baguette bale bales bandage bandages "
    "banjo banknote banner barrel basketball beaker beer bible bill bills binoculars birdcage biscuit blade blaster "
    "blaze blouse blueprint bomb bomber bonfire bonnet bouquet bow bracelet branch breakfast brick briefcase brush "
    "buggy bugle bulldozer bust cab cable camcorder camper candlestick cannon canoe canteen cap caravan carbine "
    "cards carriage cart carton cash cask casket cauldron cello cello-case cellphone chain chains chalice "
    "chalk champagne chart chopper cigar cigarette clarinet cleaver cloak cloth coach coach-bus coffee "
    "coffin comic contract convertible cookie couch cradle crib croissant crucifix crust crusts crutches crystal "
    "cuffs cupcake cushion dagger decanter desk diamond digger dinghy dinner dish dishes document documents "
    "doorknob doorway dossier dress drink duster dynamite excavator fedora ferryboat fiddle file fire-engine "
    "fire-truck fireplace fireside firetruck fishing-rod flame flames flask folder folders food football fork form "
    "fountain frame freighter fruit galleon gate gavel gem gift globe goblet gold gown grail grave gravestone "
    "grenade guitar-case gurney handbag handcart handcuffs handgun handkerchief handset harp harpoon hatchet hay "
    "haystack hearth helicopter helm helmet hypodermic infant instrument-case invitation jacket jar javelin jeep "
    "jet jewel journal jug juice jukebox jumper keg keyboard-instrument keyring knitting lamplight lance laser "
    "lasso leaflet ledger lemon lifeboat limo limousine liner loaf locomotive log lorries lorry luggage lunch lute "
    "machete magazine mallet manacles mask matches matchstick meal meat medal medicine menu message microscope milk "
    "minibus minivan missile mitten mittens mobile monitor monument mop motorbike motorhome musket napkin newborn "
    "noose novel oak oil-lamp onion orange orb organ oven overcoat package page pail paintbrush pan parasol parcel "
    "parchment patrol-car peach pear pearl perambulator phonograph photographer-camera pickaxe pickup pickup-truck "
    "pie pills pipe pitcher pitchfork pizza placard plan plum plume pocketwatch poker police-car porridge portrait "
    "postcard poster pot potato potatoes potion pram present probe pumpkin purse quill quilt rag raincoat rake "
    "rapier razor receipt receiver record-player revolver rod rosary rug sabre sack sailboat sandal sandwich "
    "satchel saucepan saucer saxophone scales scalpel scepter sceptre schoolbus schooner scissors scooter "
    "screwdriver scroll scythe seashell sedan settee shackles shawl shield shirt shotgun shuttle sickle signboard "
    "signpost skeleton skiff sledge sleigh slipper sofa soup spacecraft spaceship speaker spear spyglass squad-car "
    "stagecoach starship steamer steamship stew stool stopwatch stretcher stroller stump summons sweater "
    "syringe tablet tank tanks taxicab tea teacup teddy-bear telegram telly tent test-tube textbook thread tiara "
    "toast toboggan tomato tombstone tool torches torchlight towel tractor tram transmitter trawler tray treasure "
    "trolleybus trophy trunk tug tulip turnip typewriter ufo ukulele urn vase vessel vial violin-case wagon "
    "walkie-talkie walking-stick wallet wand water weapon wheelbarrow whip whiskey whisky wine wool wrench x-ray "
    "yacht yarn".split()
)
"""All that is drawn: the things that act in a shot, and those that only lie there."""
BODY = frozenset(
    "hand hands finger fingers fingertips fist fists palm palms thumb thumbs wrist wrists knuckles arm arms elbow "
    "elbows shoulder shoulders neck throat hair ear ears nose brow forehead cheek cheeks chin jaw back chest heart "
    "waist hip hips lap leg legs knee knees foot feet toe toes heel heels shadow silhouette reflection".split()
)
"""What is seen with whose it is, and never alone."""
FACES = frozenset("face faces eyes eye reaction look expression smile gaze tears mouth lips".split())
"""What a close shot of somebody shows."""
