"""Who goes away in narration, so that it is nobody's turn whom nobody could hear."""

from __future__ import annotations

import re

_ROOMS = (
    r"room|house|building|office|flat|apartment|shop|store|bar|cafe|pub|restaurant|kitchen|hall|bedroom|cabin|cell|"
    r"church|chapel|classroom|school|hospital|ward|station|train|car|carriage|bus|ship|boat|tent|barn|garden|park|"
    r"workshop|library|study|parlour|drawing-room|dining-room|table|verandah|terrace|deck|yard|company|party|place|spot"
)
_GOES = (
    r"went|walked|hurried|rushed|ran|strode|slipped|marched|stalked|swept|stumped|shuffled|skimmed|stole|crept|drove|"
    r"rode|sailed|trotted|bolted|dashed|stormed|wandered|tiptoed|limped|bustled|flounced|scurried|stamped"
)
_ON = r"(?=[.,;]| (?:and|over|before|with|into|to|through|without|as|from|in|out|down|up|upstairs|again)\b)"
LEAVES = re.compile(
    rf"(?<![\w-])(?:left (?:(?:the|his|her|their|my) (?:[\w-]+ )?(?:{_ROOMS})|"
    r"them|us|him|her(?= (?:and|to|alone|with|there)|[.,;])|me)"
    rf"|(?:quitted|fled) (?:the|his|her) (?:[\w-]+ )?(?:{_ROOMS})"
    rf"|(?:{_GOES}) (?:straight |slowly |quickly |back )?"
    r"(?:out(?! of (?:the|his|her) (?:chair|bed))|off|away|upstairs|downstairs|home|to bed)"
    rf"|(?:withdrew|departed|vanished|disappeared|was gone){_ON}"
    r"|took (?:his|her|their) (?:leave|departure)|hung up(?=[.,;]| and)|rang off"
    r"|(?:went|ran|hurried) (?:up|down) the (?:stairs|steps|road|path|street))(?![\w-])"
)
"""What somebody does who is not there any more afterwards."""
