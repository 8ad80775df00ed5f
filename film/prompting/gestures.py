"""What several words together tell of a body: leaning, reaching, a hand held up. Rows of `film.prompting.phrases`."""

from __future__ import annotations

GESTURES = """
pose=walk rank=8: pour(?:s|ed|ing)? (?:in|out|into|onto|through|down|from) (?:of )?(?:the|a|every|all) (?:\\w+ \
)?(?:door|doors|gate|gates|street|streets|house|houses|hall|church|school|station|yard|square|windows?)\\b
pose=walk rank=8: wad(?:es?|ed|ing) (?:\\w+ )?(?:through|into|across) (?:the |a |an |deep |high |tall )*(?:\\w+ \
)?(?:crowds?|snow|grass|reeds|corn|wheat|mud|sand|people|ice|smoke|dark|leaves|papers?|drifts?)\\b
pose=wade rank=9: (?:knee|waist|thigh|ankle|chest|hip)[- ](?:deep|high) in (?:the |a |cold |icy |brown |black \
)*(?:\\w+ )?(?:water|river|stream|sea|lake|surf|pond|swamp|flood|ford|brook|tide)\\b|up to (?:his|her|their|the) \
(?:knees|waist|thighs|chest|hips) in (?:the |a |cold |icy )*(?:\\w+ )?(?:water|river|stream|sea|lake|surf|pond|swamp|\
flood|ford|tide)\\b
pose=lean on=post rank=7: lean(?:s|ed|ing|t)? (?:back |heavily |casually |idly |there )?(?:against|on) (?:a|an|the|\
his|her|its) (?:\\w+ ){0,2}?(?:wall|door|doorframe|doorpost|doorway|tree|post|pillar|column|lamppost|mast|trunk|\
gatepost|oak|chimney|bollard|boulder|rock|barrel|shelf|shelves|cupboard)\\b|lounges? (?:against|in the doorway)|\
slouch(?:es|ed)? against
pose=lean rank=6: lean(?:s|ed|ing|t)? (?:back )?(?:against|on)\\b|leans? back\\b|leaned back\\b
pose=kick on=door rank=9: kick(?:s|ed)? (?:open |in |down |at )?(?:the|a|his|her) (?:\\w+ )?(?:door|gate)(?: open| in|\
 down| shut)?\\b|kick(?:s|ed)? (?:it|the door) (?:open|shut)
pose=listen on=door rank=9: listen(?:s|ed|ing)? (?:\\w+ )?(?:at|behind|through) (?:the|a|his|her) (?:\\w+ )?door\\b|\
(?:an|his|her) ear (?:to|against|on) (?:the|a) (?:\\w+ )?(?:door|wall)
pose=listen rank=6: cocks? (?:his|her|an|its) (?:head|ear)|strains? to hear|(?:cups?|cupped) (?:a|his|her) hand (?:to|\
behind)
pose=reach rank=7: reach(?:es|ed|ing)? (?:up|out|for|towards?|over|across|down)\\b|stretch(?:es|ed)? (?:up|out) \
(?:for|to|towards?|(?:a|his|her) (?:hand|arm))|on (?:tiptoes?|his toes|her toes)
pose=work rank=7: reach(?:es|ed|ing)? (?:into|inside|in|under|behind)\\b|rummag(?:es|ed) in
pose=halt rank=8: (?:holds?|held|puts?|raises?|raised|throws?) (?:up |out )?(?:a|his|her|one) (?:\\w+ )?(?:hand|palm|\
arm) (?:to stop|to silence|up to|out to|for silence|in warning)|(?:blocks?|bars?|blocked|barred) (?:his|her|the|\
their) (?:way|path|door|road|passage)\\b
pose=halt rank=8: stops? (?:him|her|them|[a-z]+) with (?:a|one|his|her) (?:\\w+ )?hand|waves? (?:him|her|them|it|\
[a-z]+) (?:off|away|back)\\b
pose=shrug rank=7: spreads? (?:his|her|both|out his|out her) (?:hands|arms|palms)|(?:throws?|threw) up (?:his|her) \
hands
pose=vow rank=7: (?:swears?|swore|sworn|swearing) (?:on|by|that|to|an oath|in|it)\\b|takes? (?:the|an|his|her) oath
pose=vow rank=8: (?:hands?|palm) (?:on|over|to) (?:his|her|the) (?:heart|chest|breast)\\b|(?:clutch(?:es|ed)?|\
touch(?:es|ed)?|puts?) (?:a hand to |at )?(?:his|her) (?:chest|heart)\\b
pose=whisper rank=8: (?:whispers?|whispered|murmurs?|mutters?|says something) (?:in|into) (?:his|her|[a-z]+['’]s) \
ear\\b
"""
"""A row each, as there: the act, and the words that tell it."""
