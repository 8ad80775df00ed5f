"""What several words together make visible: sitting on a wall, picking something up from a table. A row each."""

from __future__ import annotations

import re

from film.prompting.gestures import GESTURES
from film.prompting.verbs import Act, act_of

_PHRASES = """
pose=point held=flashlight rank=9: (?:shin(?:es?|ed|ing)|shone|sweeps?|swept|sweeping|swings?|swung|plays?|played|poi\
nts?|pointed|aims?|aimed|moves?|moved|turns?|turned|runs?|ran) (?:the|his|her|its|their|a) (?:\\w+ )?(?:beam|flashlig\
ht|searchlight|torchlight)\\b
pose=sit stance=sit on=table held=cards rank=8: (?:deal(?:s|t|ing)?|shuffl(?:es?|ed|ing)|play(?:s|ed|ing)|lays? out|l\
aid out|fans? out|cut|cuts) (?:\\w+ ){0,3}?(?:cards|poker|patience|solitaire|whist|rummy|bridge)\\b|(?:turn(?:s|ed|in\
g)?|flip(?:s|ped)?|lays?|laid|plays?|played|draws?|drew|picks?|picked|pulls?|pulled) (?:over |up |down |out )?(?:the \
|an? |his |her |one |another |a \\w+ )(?:\\w+ )?card\\b
pose=sit stance=sit rank=7: (?:on|in) (?:his|her|their) (?:lap|knees)\\b
pose=read held=tablet rank=8: (?:tap(?:s|ped|ping)?|swip(?:es?|ed|ing)|scroll(?:s|ed|ing)?|typ(?:es?|ed|ing)|pok(?:es\
?|ed)) (?:\\w+ )?(?:at |on |through |down |across |over )?(?:the |his |her |a |their )(?:\\w+ )?(?:tablet|touchscreen\
)\\b
pose=open on=door rank=7: (?:knock(?:s|ed|ing)?|tap(?:s|ped|ping)?|rap(?:s|ped|ping)?|bang(?:s|ed|ing)?|pound(?:s|ed|\
ing)?|hammer(?:s|ed|ing)?|beat|beats|beating) (?:\\w+ )?(?:on|at|upon) (?:the|a|an|his|her|their) (?:\\w+ )?(?:door|h\
atch|gate)\\b
pose=look_out on=window rank=7: (?:knock(?:s|ed|ing)?|tap(?:s|ped|ping)?|rap(?:s|ped|ping)?|bang(?:s|ed|ing)?|pound(?\
:s|ed|ing)?|beat|beats|beating) (?:\\w+ )?(?:on|at|against) (?:the|a|an|his|her|their) (?:\\w+ )?(?:window|pane|windo\
wpane|shutters?)\\b
pose=ride on=horse rank=8: on horseback|in the saddle|astride (?:a|an|the|his|her) |(?:gallop(?:s|ed|ing)?|canter(?:s\
|ed|ing)?|trot(?:s|ted|ting)?|came|comes|goes|went|sat|sits|rides?|rode) (?:\\w+ )?(?:on|upon) (?:a|an|the|his|her|th\
eir) (?:\\w+ ){0,2}?(?:horse|pony|mare|stallion|colt|filly|gelding|steed|mule|donkey)\\b
pose=fly rank=8: (?:opens?|opened|spreads?|spread|flaps?|flapped|beats?|beat|unfolds?|unfolded|stretch(?:es|ed)?) (?:\
its|his|her|their|both) (?:\\w+ )?wings\\b
stance=sit on=rowboat rank=5: s[ia]t(?:s|ting)? (?:\\w+ ){0,2}?in (?:the|a|his|her|their) (?:\\w+ )?(?:rowboat|dinghy\
|canoe|skiff|punt)\\b
pose=carry rank=9: (?:lifts?|lifted|carr(?:y|ies|ied)|scoops?|picks?|gathers?|sweeps?|takes?|took) (?:him|her|them|\
[a-z]+) (?:up )?(?:in|into) (?:his|her) arms
pose=walk rank=9: (?:gets?|got|climbs?|jumps?|steps?|climbed) (?:down )?(?:out of|from|off) (?:a|the|his|her|\
their) (?:\\w+ )?(?:car|taxi|cab|truck|van|jeep|bus|limousine|lorry|pickup|ambulance|tractor|train|carriage|wagon|\
coach)
pose=stand rank=9: (?:rides?|riding|rode) (?:in |on )?(?:the|a|an) (?:\\w+ )?(?:elevator|lift|bus|train|tram|subway|\
escalator|wave|ferry|carriage|wagon)
pose=stand rank=6: (?:puts?|sticks?|pokes?|pops?|put) (?:his|her|its) head (?:out|in|round|around|through|up)
pose=work on=stove held=spoon rank=7: m(?:akes?|ade|aking) (?:some |the |a |his |her )?(?:\\w+ )?(?:coffee|tea|\
breakfast|dinner|lunch|supper|sandwich|soup|pancakes)
pose=work on=table stance=stand held=plate rank=8: (?:sets?|lays?|laid|setting|laying) the (?:\\w+ )?table\\b
pose=wave held=cloth rank=7: hangs? (?:out |up )?(?:the|some|her|his|a) (?:\\w+ )?(?:laundry|washing|sheets?|clothes|\
shirts?)
pose=look_out on=window rank=8: (?:opens?|opened|shuts?|closes?|closed|slams?|pulls?|raises?) (?:back |aside |open |\
up )?(?:a|the|his|her) (?:\\w+ )?(?:window|shutters?|curtains?|blinds?)\\b
pose=read rank=8: (?:opens?|opened|tears? open|unfolds?|unfolded|unseals?) (?:a|an|the|his|her) (?:\\w+ )?(?:letter|\
envelope|telegram|note|map|newspaper|book|file|folder)\\b
pose=work rank=6: (?:turns?|switch(?:es)?|flips?|flicks?|turned|presses?|pressed) (?:on |off )?(?:the|\
a) (?:\\w+ )?(?:light|\
lights|lamp|switch|television|tv|radio|button|dial|knob)\\b
pose=pull rank=7: helps? (?:him|her|them|[a-z]+) (?:up|out|down|into|across|onto|off|over|to (?:his|her))\\b|\
(?:grabs?|grabbed|seizes?|seized|drags?|holds?) (?:him|her|them|[a-z]+) (?:by the|by (?:his|her)|back|down|away|off)\\b
pose=give rank=6: (?:pats?|patted|taps?|tapped|touch(?:es|ed)?) (?:him|her|them|(?:his|her|\
[a-z]+['’]s) (?:\\w+ )?(?:arm|\
shoulder|cheek|face|back|hand|head))\\b|(?:puts?|lays?|laid|rests?) (?:a|his|her|one) hand (?:on|upon)\\b
pose=ride on=bicycle rank=9: pedall?(?:ed|ing)\\b|cycled\\b|cycling\\b|bicycles (?:down|up|past|along|through|home)
pose=give rank=8: (?:shakes?|shook|shaking) (?:[\\w'’]+ )?hands?\\b(?! at)|(?:holds?|holding|held) hands\\b|\
hand in hand|\
(?:takes?|took|squeezes?|squeezed) (?:[\\w'’]+) (?:\\w+ )?(?:hands?|wrists?|arm)\\b
pose=give rank=7: pass(?:es|ed)? (?:him|her|them|it|(?:the|a|an|his|her) \\w+) (?:the|a|an|his|over|to|across)\\b|\
(?:slides?|slid) (?:it|(?:the|a|an|his|her) (?:\\w+ )?\\w+) (?:over|across|to)\\b|(?:holds?|held) (?:out|it out)\\b
pose=kneel stance=kneel rank=9: (?:drops?|dropped|falls?|fell|sinks?|sank|goes|went|gets?|got|down) (?:down )?(?:on|\
to|onto) (?:his|her|their|one|both) (?:bare )?knees?|(?:is|was|are|were|begging|praying|back) on (?:his|her|\
their) knees\\b|on one knee\\b
pose=crawl rank=9: on all fours|on (?:his|her|their) hands and knees
pose=walk rank=5: (?:sets?) (?:off|out)\\b|takes? (?:a|an|one|two|three|another|\\w+) (?:\\w+ )?steps?\\b|took (?:a|\
an|\
one|two|three|\\w+) (?:\\w+ )?steps?\\b|makes? (?:his|her|their) way|backs? (?:away|out|off|into)|backed (?:away|out|\
off|into)
pose=run rank=7: (?:storms?|stormed|tears?|tore|bursts?|burst) (?:out|in|into|off|past|down|up)\\b(?! (?:laughing|\
laughter|tears|song|flames))
pose=sit stance=sit rank=5: takes? (?:a|his|her|their|the) (?:\\w+ )?seats?\\b|took (?:a|his|her|their|\
the) (?:\\w+ )?seats?\\b
pose=stand rank=6: takes? (?:a|one|another) (?:\\w+ )?(?:breath|look|moment|beat)|took (?:a|one) (?:\\w+ )?(?:breath|\
look)
pose=stand rank=6 face=surprised: raises? (?:an|his|her|one) (?:\\w+ )?(?:eyebrow|brow|chin|head|voice|eyes)
pose=wave rank=7: (?:(?:raises?|raised|lifts?|lifted) (?:up )?|(?:holds?|held) up )(?:his|her|a|an|the|\
their) (?:\\w+ )?(?:glass|\
mug|tankard|lantern|lamp|torch|banner|sign|trophy|flag)(?: (?:up|high|aloft))?\\b
pose=wave held=hammer rank=9: (?:bangs?|banged|raps?|pounds?|slams?|brings? down|hits?) (?:his|her|the|a) gavel
pose=lie stance=lie on=stretcher rank=9: (?:lies|lying|lay|carried|borne|wheeled|brought|strapped|is|\
on) (?:[\\w-]+ ){0,4}?\
(?:on|onto|to) (?:a|the) (?:\\w+ )?(?:stretcher|gurney)
pose=carry on=stretcher rank=9: (?:carr(?:y|ies|ied|ying)|bears?|bore|lifts?|lifting|\
with) (?:[\\w-]+ ){0,4}?(?:stretcher|gurney)
pose=carry on=coffin rank=9: (?:carr(?:y|ies|ied|ying)|bears?|bore|lifts?|lowers?) (?:[\\w-]+ ){0,4}?coffin
pose=push rank=8: (?:push(?:es|ed|ing)?|wheels?|wheeled|wheeling) (?:[\\w-]+ ){0,3}?(?:stretcher|gurney|wheelbarrow|\
pram|\
trolley|cart|bicycle|motorcycle|wheelchair)
pose=talk on=lectern rank=5: (?:at|behind|takes?|took|on|in|to|from) (?:the|a|his|her) (?:\\w+ )?(?:podium|lectern|\
pulpit|witness stand|witness box|witness chair|rostrum)|(?:takes?|took|on) the stand\\b|in the dock\\b
pose=sit stance=sit on=chair face=afraid rank=9: (?:tied|bound|strapped|taped|roped) to (?:a|the) (?:\\w+ )?chair
pose=hold held=handcuffs face=sad rank=6: (?:in|wearing|with) (?:handcuffs|cuffs|shackles|manacles)|handcuffed|in irons
pose=stand on=counter rank=4: behind the (?:\\w+ )?(?:bar|counter|till|register)\\b
pose=work on=table stance=stand rank=7: (?:leans?|leaned|leaning|bends?|bent) (?:\\w+ )?(?:on|over|across|upon) \
(?:the|\
a|his|her) (?:\\w+ )?(?:table|desk|counter|map|chart|plans)
pose=work on=table stance=stand rank=8: (?:puts?|sets?|places?|lays?|laid|slams?|slaps?|slapped|drops?|empties|\
spreads?|\
unrolls?|placed) (?:[\\w'’-]+ ){1,5}?(?:on|onto|down on|across|upon) (?:the|a|his|her|their) (?:\\w+ )?(?:table|desk|\
counter|bench|bar|worktop|sideboard)\\b
pose=pick_up rank=6: (?:puts?|sets?|lays?|places?) (?:[\\w'’-]+ ){0,4}?(?:down|on the (?:ground|floor|grass|snow|\
step|\
doorstep|grave))\\b
pose=fall rank=9: (?:hits?|hitting) the (?:ground|floor|deck|dirt|water)
pose=drive on=car rank=9: (?:hits?|slams?|stamps?) (?:on )?the (?:brakes?|gas|horn|accelerator)
pose=fight rank=8: box(?:es|ed|ing)? (?:with|against|him|her)|tackles? (?:him|her|the|\\w+)|tackled (?:him|her|the)|\
whips? (?:him|her|the (?:horse|mule|man|boy))|lashes out|throws a punch
pose=work on=table stance=stand rank=7: irons? (?:a|the|his|her)|ironing\\b|counts? (?:out )?(?:the|his|her|a) \
(?:\\w+ \
)?(?:money|coins|notes|cash|bills|takings)
pose=work rank=7: (?:packs?|packed|unpacks?|fills?) (?:a|the|his|her|their) (?:\\w+ )?(?:suitcase|bag|trunk|case|box|\
crate)|\
(?:lights?|lit) (?:a|the|his|her|another|some) (?:\\w+ )?(?:candles?|lamps?|lantern|torch|stove|fire|fuse)|\
plants? (?:a|the|his|her) (?:\\w+ )?(?:seeds?|tree|flowers?|flag|bulbs?)
pose=hold held=match rank=9: (?:lights?|lit|strikes?|struck) (?:a|the|his|her|another|one) (?:\\w+ )?(?:match|lighter)
pose=smoke held=cigarette rank=9: (?:lights?|lit) (?:a|the|his|her|another|up a) (?:\\w+ )?(?:cigarette|cigar|pipe)|\
lights up\\b
pose=eat held=cloth rank=8: (?:wipes?|wiped|mops?|dabs?|blows?) (?:at )?(?:the \\w+ (?:from|off) )?(?:his|her|\
their) (?:\\w+ \
)?(?:brow|forehead|face|mouth|nose|lips|chin)
pose=salute held=brush rank=7: (?:brush(?:es|ed)?|combs?|combed) (?:his|her|the \\w+['’]s) (?:\\w+ )?hair
pose=eat held=brush rank=7: brush(?:es|ed)? (?:his|her|their) teeth
pose=work stance=sit on=chair rank=8: milk(?:s|ed|ing)? (?:a|the|his|her|their) (?:\\w+ )?(?:goats?|cows?)\\b
pose=fight rank=9: knock(?:s|ed)? (?:him|her|them|[a-z]+) (?:down|out|flat|over|unconscious|to the)\\b
pose=work rank=6: brush(?:es|ed)? (?:the|a|some|snow|dust|crumbs)\\b
pose=think rank=8: chew(?:s|ed|ing)? (?:on )?(?:a|his|her|the) (?:\\w+ )?(?:match|matchstick|lip|gum|pencil|straw|\
toothpick|nails)|\
(?:bites?|bit|biting) (?:his|her|their) (?:\\w+ )?(?:lip|lips|nails?|tongue|thumb)|rubs? (?:his|her) (?:chin|beard|\
jaw|neck)
pose=stand face=afraid rank=7: swallow(?:s|ed)?(?: hard)?(?= *(?:[.,;!]|$))
pose=hold held=rod rank=8: (?:fishes|fishing|fished)\\b(?! (?:out|for|in (?:his|her)|a |the |his|her))|casts? (?:a|\
his|her|the) \
(?:\\w+ )?line|reels? (?:in|it)
pose=aim held=gun event=muzzle rank=9: (?:pulls?|squeezes?|pulled) the trigger
pose=stand rank=9: dismounts?|(?:gets?|got|climbs?|jumps?|swings?|slides?|slid) (?:down )?(?:off|down from) (?:a|the|\
his|\
her|its) (?:\\w+ )?(?:horse|mule|pony|donkey|camel|saddle|back)
pose=ride on=horse rank=8: in the saddle|mounts? up|swings? (?:up )?into the saddle
pose=climb on=wall rank=9: (?:hangs?|hung|hanging|dangles?|dangling|clings?|clung|clinging) (?:\\w+ )?(?:from|to|onto|\
off) \
(?:the|a) (?:\\w+ )?(?:cliff|ledge|edge|roof|wall|rock|window|gutter|balcony|bridge)
pose=kick rank=9: kick(?:s|ed)? (?:a|the|at the|his|her) (?:\\w+ )?(?:ball|stone|football|can|bucket|snow|dust|leaves|\
pebble)
pose=sit stance=sit on=desk rank=4: behind (?:the|a|an|his|her) (?:\\w+ )?desk\\b
pose=work on=counter held=knife rank=7: (?:peels?|peeled|peeling|carves?) (?:an?|the|some|two|his|her)? ?(?:\\w+ )?\
(?:apples?|oranges?|potato|potatoes|onions?|carrots?|eggs?|fruit|turnips?|turkey|ham|roast)\\b|\
(?:chops?|slices?) (?!(?:the |\
a |some )?(?:wood|tree|logs?|firewood))
pose=work on=counter held=bread rank=7: kneads?\\b|kneading\\b
pose=drive on=car rank=8: (?:gets?|got|climbs?|jumps?|steps?|sits?|sat|is|are|waits?|was) (?:\\w+ )?(?:in|into|\
inside|behind the wheel of) (?:a|an|the|his|her|their) (?:\\w+ )?(?:car|taxi|cab|truck|van|jeep|bus|limousine|lorry|\
pickup|ambulance|tractor|minibus)
pose=ride on=horse rank=8: on (?:a |the |his |her )?(?:\\w+ )?(?:horse|pony|donkey|mule|camel)(?:back)?|(?:riders?|\
cowboys|horsemen|cavalry|knights) (?:gallops?|rides?|races?|charges?)|mounts? (?:a|the|his|her) (?:\\w+ \
)?(?:horse|pony)
pose=ride on=bicycle rank=9: (?:rides?|rode|riding|on|cycles?|pedals?) (?:(?:a|the|his|her|\
their) )?(?:\\w+ )?(?:bicycle|bike|bikes)|cycles|pedals
pose=ride on=motorcycle rank=9: (?:rides?|rode|riding|on) (?:a|the|his|her|their) (?:\\w+ )?(?:motorcycle|motorbike|\
scooter)
pose=phone held=phone rank=8: (?:on the|answers? (?:the|his|her|a)|answered (?:the|his|her|a)|into (?:the|his|her|a)|\
picks? up (?:the|his|her|a)|hangs? up (?:the|his|her|a)|talks? (?:on|into) (?:the|his|her|a)) (?:\\w+ \
)?(?:phone|telephone|receiver|cellphone|mobile)|(?:makes?|takes?|made|took) (?:a|the) (?:phone )?call
pose=look_out on=window rank=8: (?:look|looks|looked|looking|stare|stares|stared|gaze|gazes|gazed|peer|peers|peered|\
watch|watches|watched|leans?|leaned|stands?|stood|sits?|sat|is|waits?)\\b[^.]{0,40}(?:out of|through|at|by|from|out) \
(?:the|a|her|his) (?:\\w+ )?(?:window|porthole|windows)
pose=open on=door rank=8: (?:opens?|opened|opening|shuts?|closes?|closed|slams?|slammed|locks?|locked|unlocks?|\
knocks?|knocked|bangs?|enters?|entered|leaves?|peeks?|bursts?|burst)\\b[^.]{0,24}\
(?:the|a|his|her|their|at|on|through) \
(?:\\w+ )?(?:door|gate|doorway)|knocks?\\b|knocked\\b|in the doorway
pose=fold rank=5: arms? (?:\\w+ )?(?:folded|crossed)|(?:folds?|folded|folding|cross|crosses|crossed|crossing) (?:his|\
her|\
their|its) arms
pose=hold held=hat rank=8: (?:takes?|took|taking|pulls?|pulled|doffs?|doffed|removes?|removed|lifts?|lifted|raises?|\
raised|tips?|tipped|sweeps|swept) (?:off )?(?:his|her|their|its) (?:\\w+ ){0,2}?(?:cap|hat|bonnet|helmet)\\b
pose=work rank=9: (?:opens?|opened|opening|unlocks?|unlocked|locks?|locked|shuts?|closes?|closed) (?:the|a|an|his|her|\
their) (?:[\\w-]+ ){0,2}?(?:safe|box|chest|drawer|case|suitcase|bag|trunk|cupboard|casket|tin|purse|wallet|cello-case|\
violin-case|guitar-case|instrument-case)\\b
pose=cheer rank=8: (?:raises?|raised|lifts?|puts?|throws?) (?:up )?(?:his|her|their|both) (?:hands|arms)|hands up|\
arms (?:up|raised)|surrenders?|surrendered
pose=wave rank=7: raises? (?:his|her|a|their) hand\\b|raised (?:his|her|a|their) hand\\b
pose=weep rank=7 face=crying: (?:face|head) in (?:his|her) hands|buries (?:his|her) face|bursts into tears|in tears|\
wipes (?:away )?(?:a |his |her )?(?:tears?|eyes)
pose=weep rank=7 face=surprised: covers? (?:his|her) (?:mouth|face|eyes|ears)
pose=work on=table stance=stand rank=9: (?:picks?|picked|takes?|took|lifts?|snatch(?:es|ed)?|grabs?|grabbed)\\b\
[^.;]{0,40}(?:from|off) (?:the|a|his|her|their) (?:\\w+ )?(?:table|desk|counter|bench|sideboard|worktop)
pose=pick_up rank=7: pick(?:s|ed|ing)? up|bends? down|bent down|bends? over|bent over|stoops
pose=stand stance=stand rank=4: (?:stands?|stood|gets?|got|rises?|rose) (?:\\w+ )?up\\b|to (?:his|her|their) feet
pose=sit stance=sit on=bed rank=5 face=surprised: (?:(?:wakes?|woke) up|\
wakes?(?= *(?:[.,;!]|$|in |with |to |from |at ))|\
woke(?= *(?:[.,;!]|$|in |with |to |from |at ))|awakes|awoke|sits? up)\\b
pose=sit stance=sit on=table rank=4: sit(?:s|ting)? (?:down )?(?:alone |together )?at (?:the|a|his|her|\
their) (?:\\w+ )?(?:table|desk|counter|bar)|sat (?:down )?(?:alone |together )?at (?:the|a|his|her|their) (?:\\w+ \
)?(?:table|desk|counter|bar)|(?:alone|waits?|waited) at (?:the|a|his|her|their) (?:\\w+ )?(?:table|desk)
pose=sit stance=sit on=floor rank=4: s[ia]t(?:s|ting)? (?:\\w+ )?(?:\\w+ )?(?:on|upon|in) the (?:\\w+ )?(?:floor|\
ground|grass|steps?|stairs|doorstep|stoop|carpet|rug|deck|mud|planks|bank|sidewalk|hay|straw|leaves|earth|dirt|\
sand|snow|pavement|kerb|curb)|sits? by (?:the|a) (?:fire|campfire)|sat by (?:the|a) (?:fire|campfire)
pose=sleep stance=sit on=desk rank=9 face=asleep: (?:sleeps?|slept|sleeping|asleep|dozes?|\
snores?) (?:\\w+ )?at (?:the|a|his|her|their) (?:\\w+ )?(?:desk|table)
pose=sleep stance=sit on=desk rank=10 face=asleep: (?:asleep|sleeps?|slept|sleeping|dozes?|snores?) (?:\\w+ )?(?:over|\
at|on|upon) \
(?:the|a|an|his|her|their) (?:\\w+ )?(?:desk|table|counter|bar|book|books|bowl|soup|plate|work|papers|letters|\
keyboard|\
supper|dinner|meal|homework)\\b
pose=sleep stance=sit on=bench rank=9 face=asleep: (?:sleeps?|slept|sleeping|asleep|dozes?|\
snores?) (?:\\w+ )?on (?:the|a|an|his|her|their) (?:\\w+ )?bench
pose=read rank=7: (?:looks?|looked|stares?|stared|gazes?|glances?|peers?) at (?:a|an|the|his|her|their|it|\
some) (?:\\w+ )?(?:map|letter|photo|photograph|picture|phone|book|note|paper|papers|x-ray|ring|newspaper|menu|ticket)
pose=sleep stance=sit on=armchair rank=9 face=asleep: (?:sleeps?|slept|sleeping|asleep|dozes?|\
snores?) (?:\\w+ )?(?:in|on) (?:the|a|an|his|her|their) (?:\\w+ )?(?:chair|armchair|bench|seat)
stance=sit on=armchair rank=4: in (?:the|a|an|his|her) (?:\\w+ )?(?:armchair|rocking chair|captain's chair|\
command chair)
stance=sit on=throne rank=4: on (?:the|a|his|her) throne
stance=sit on=sofa rank=4: s[ia]t(?:s|ting)? (?:\\w+ )?on (?:the|a|his|her) (?:\\w+ )?(?:sofa|couch)
stance=sit on=bed rank=4: s[ia]t(?:s|ting)? (?:\\w+ )?on (?:the edge of )?(?:the|a|his|her) (?:\\w+ )?(?:bed|bunk)
pose=crouch on=table rank=9: (?:hides?|hid|hiding|crouch(?:es)?|dives?|dived|dove|ducks?|crawls?|crawled|slips?|\
slides?) (?:\\w+ )?(?:under|beneath) (?:the|\
a) (?:\\w+ )?(?:table|desk)
pose=crouch on=hiding rank=8: (?:hides?|hid|hiding|ducks?|crouch(?:es)?|dives?|dived|dove) (?:\\w+ )?(?:behind|under|\
beneath|in) 
pose=peer held=telescope rank=8: (?:raises?|lifts?) (?:a|the|his|her) (?:\\w+ )?(?:telescope|spyglass|binoculars)
pose=peer held=telescope rank=8: through (?:a|the|his|her) (?:\\w+ )?(?:telescope|spyglass|binoculars)
pose=peer held=camera rank=8: (?:takes?|took|taking|snaps?|shoots?) (?:a|the|his|her|some) (?:photo|photograph|\
picture|photos|pictures)|photographs
pose=peer held=mirror rank=7: (?:in|into|at) (?:the|a|his|her) mirror
pose=peer held=clock rank=6: (?:checks?|looks? at|glances? at) (?:his|her|the|a) (?:\\w+ )?(?:watch|wristwatch)
pose=work on=stove held=spoon rank=7: stirs? (?:a|the)|stirred (?:a|the)|cooks?\\b|cooked\\b|fries|at the stove|\
cooking
pose=work on=counter held=plate rank=7: (?:wash|washes|washed|dries|does|clean|cleans) (?:the )?(?:dishes|plates|\
cups|glasses)|at the sink
pose=work on=helm rank=7: at the (?:wheel|helm)|turns? the wheel|steers? the ship|(?:holds?|grips?) the wheel
pose=play on=piano event=music rank=8: (?:plays?|played|playing|at|sits? at) (?:the|a|his|her) (?:\\w+ )?(?:piano|\
organ)|piano player plays|pianist plays
pose=play held=guitar event=music rank=8: (?:plays?|played|playing|strums?) (?:the|a|his|her) (?:\\w+ )?(?:guitar|\
lute|banjo|ukulele|harp)
pose=play held=violin event=music rank=8: (?:plays?|played|playing) (?:the|a|his|her) (?:\\w+ )?(?:violin|fiddle|\
cello)
pose=play held=trumpet event=music rank=8: (?:plays?|played|playing|blows?) (?:the|a|his|her) (?:\\w+ )?(?:trumpet|\
horn|flute|saxophone|bugle|whistle)
pose=play held=drum event=music rank=8: (?:plays?|played|playing|beats?) (?:the|a|his|her) (?:\\w+ )?drums?
pose=sit stance=sit on=table held=cards rank=8: (?:plays?|played|playing|deals?) (?:\\w+ )?(?:cards|poker)
pose=sit stance=sit on=table held=chess rank=8: (?:plays?|played|playing) chess
pose=write on=board held=chalk rank=8: (?:writes?|wrote|draws?|drew|writing) [^.]{0,30}(?:black|white)?board
pose=climb on=ladder rank=8: (?:climbs?|climbed|up|down) (?:up |down )?(?:a|the|his) (?:\\w+ )?(?:ladder|mast|rope|\
rigging)
pose=climb on=tree rank=8: (?:climbs?|climbed|up) (?:up )?(?:a|the|an) (?:\\w+ )?(?:tree|oak|beanstalk|palm)
pose=climb on=wall rank=8: (?:climbs?|climbed|climbing|scales) (?:up |over |on |onto |through |out of )*(?:a|\
the) (?:\\w+ )?(?:wall|cliff|roof|tower|window|fence|mountain|rock|rocks|building|balcony|gate)
on=top rank=8: (?:stands?|stood|climbs?|climbed|jumps?|jumped|dances?|danced|sings?) (?:up )?on(?:to)? (?:a|the|his|\
her|their) (?:\\w+ )?(?:table|desk|chair|bar|counter|box|barrel)
pose=write on=easel held=brush rank=8: paints? (?:a|the|his|her|their)|painted (?:a|the|his|her)|paints at
pose=stand rank=9: falls? (?:silent|quiet|in love|apart|ill|sick|over (?:him|her)self)|fell (?:silent|quiet|in love|\
ill|sick)
pose=sleep stance=lie rank=9 face=asleep: (?:falls?|fell) (?:fast )?asleep
pose=embrace rank=9: into (?:\\w+['’]s?|his|her|their|each other['’]s) (?:\\w+ )?arms|in each other['’]s arms|\
(?:throws?|threw|wraps?|wrapped|puts?|flings?|flung|slips?) (?:his|her|an) arms? (?:a?round)|\
holds? (?:him|her) (?:tight|close)
pose=kiss event=love rank=9: kiss(?:es|ed|ing)?\\b|lips meet
pose=fight face=angry rank=9: breath(?:es|ed) fire|spits? fire
pose=cheer face=afraid rank=7: (?:is|are|was|were) tied|hands tied
pose=salute rank=7: stands? (?:at|to) attention
pose=aim held=rifle rank=9: (?:aims?|fires?|fired|shoots?|raises?|points?) (?:a|the|his|her|\
their) (?:\\w+ )?(?:rifle|shotgun|musket|rifles)
pose=aim held=gun rank=9: (?:aims?|aimed|fires?|fired|draws?|drew|points?|pointed|pulls?|raises?) (?:out )?(?:a|the|\
his|her|their) (?:\\w+ )?(?:gun|pistol|revolver|weapon|blaster|guns|laser)
pose=aim held=gun event=muzzle rank=9: (?:shoots?|shot|fires?|fired) (?:at\\b|(?:a|the|his|her|\
their) (?:\\w+ )?(?:gun|pistol|revolver|laser|weapon|blaster))
pose=fight held=sword rank=9: (?:fights?|fought|fighting|duels?|dueled|swings?|swung|draws?|drew|raises?|\
raised) (?:with )?(?:a |the |his |her |their )?(?:\\w+ )?(?:sword|swords|sabre|blade)|sword ?fight
pose=fight held=knife rank=9: (?:stabs?|stabbed)|(?:pulls?|draws?|drew|raises?|swings?) (?:out )?(?:a|the|his|\
her) (?:\\w+ )?(?:knife|dagger)
pose=fight held=axe rank=8: (?:chops?|swings?|raises?) (?:a|the|his|her) (?:\\w+ )?axe|(?:chops?|\
cuts?) (?:the )?(?:wood|down)
pose=carry held=baby rank=8: (?:carr(?:y|ies|ied)|holds?|held|rocks?|cradles?|with) (?:a|the|her|his|\
their) (?:\\w+ )?(?:baby|infant|newborn)
pose=carry held=cat rank=8: (?:carr(?:y|ies|ied)|holds?|held|strokes?|pets?) (?:a|the|her|his) (?:\\w+ )?(?:cat|\
kitten|rabbit)
pose=carry held=chicken rank=7: with (?:a|the) (?:chicken|hen|goose|duck)
pose=swim rank=8: (?:falls?|fell|jumps?|jumped|dives?|dived|dove|thrown|pushed|is) (?:\\w+ )?(?:in|into|\
overboard) (?:the )?(?:\\w+ )?(?:sea|water|river|lake|pool|ocean|waves|\
pond|stream|canal|lagoon|surf|moat)|falls overboard|in the water
pose=fly rank=8: floats? (?:in|through) (?:the )?(?:space|air|room|void|zero)|floated through|weightless
pose=lie stance=lie on=bed rank=8: (?:lies?|lay|lying|asleep|sleeps?|slept|sleeping|rests?|\
wakes?) (?:\\w+ )?(?:\\w+ )?(?:in|on|upon) (?:a|the|her|his|their) (?:\\w+ \
)?(?:bed|bunk|cot|stretcher|couch|sofa)|lies? in bed|lay in bed|in bed\\b
pose=lie stance=lie rank=9 face=asleep: (?:lies?|lay|lying|falls?|fell|drops?|is|was) (?:\\w+ )?(?:dead|unconscious|\
motionless|lifeless)
pose=ride on=wheelchair rank=8: in (?:a|the|his|her) wheelchair
pose=walk held=crutch rank=8: on crutches|with (?:a|his|her) (?:\\w+ )?(?:cane|crutch|stick)
pose=walk held=umbrella rank=6: under (?:an?|the|his|her) umbrella
pose=dance event=music rank=8: skips? rope
pose=think rank=6: scratches? (?:his|her) head|chin in (?:his|her) hand
pose=hold rank=6: puts? on|takes? off|smells?|sniffs?
pose=pray rank=7: folds? (?:his|her) hands|crosses? (?:him|her)self
pose=push rank=7: (?:pushes|pushed|shoves|shoved) 
pose=salute rank=6: shades? (?:his|her) eyes
pose=talk rank=6: proposes?\\b
pose=give held=ring stance=kneel rank=9: (?:holds?|offers?|gives?) (?:out |up )?(?:\\w+ )?(?:a|the|\
her) (?:\\w+ )?ring\\b|proposes
"""

PHRASES: tuple[tuple[re.Pattern[str], Act], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})"), act_of(spec, 7))
    for spec, pattern in (
        row.split(": ", 1) for row in (*_PHRASES.strip().splitlines(), *GESTURES.strip().splitlines())
    )
)
"""What several words together make visible, in lower case; each outranks its verb alone."""
