"""What of a shot is seen in its picture, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from film.direction.storyplaces import Setting
from film.direction.words import forms, tokens
from film.prompting.acts import ShotActs
from film.prompting.skies import Sky
from schemas.enums import Angle, ShotSize
from schemas.script import Rack, Shot, Staging

_TELLING = frozenset({"planned", "note", "script_camera", "group", "cutaway"})
"""Rules of the grammar of which a picture still knows that they chose the shot."""

_ASIDE = frozenset({"note", "script_camera"})
_CLOSE = frozenset({ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.ECU})


class Seen(NamedTuple):
    """What of a shot its words and its plan depend on, besides its scene: shots of one scene that are alike share them.

    Whoever plans a picture is handed this, not the shot. So nothing else can get into it, and a conversation, whose
    shots come back to the same faces, is planned once a face and not once a line.
    """

    scene: int
    rule: str
    """The rule that chose the shot; empty where any other would have led to the same picture."""
    size: ShotSize
    angle: Angle
    rack: Rack | None
    """How the focus moves; None also where it cannot be seen to."""
    subjects: tuple[str, ...]
    staging: tuple[Staging, ...]
    props: tuple[str, ...]
    action: str
    speakers: tuple[str, ...]
    """Who speaks, as far as they may be in the picture."""
    acts: ShotActs
    where: Setting | None = None
    """Where it plays, where that is elsewhere than its scene."""
    sky: Sky | None = None
    """Its hour and weather, where they are not its scene's."""

    @classmethod
    def of(cls, shot: Shot, acts: ShotActs, where: Setting | None = None, sky: Sky | None = None) -> Seen:
        """Take from a shot what is seen of it.

        Args:
            shot: The shot.
            acts: What is done in it; see `film.prompting.acts.acts_of`.
            where: Where it plays, where that is elsewhere; see `film.prompting.whereabouts.settings_of`.
            sky: Its hour and weather, where they have turned; see `film.prompting.skies.skies_of`.
        """
        speakers = tuple([line.character for line in shot.dialogue])
        if speakers and not shot.action:  # then nobody else can be in the picture
            speakers = tuple([who for who in shot.subjects if who in speakers])
        action = shot.action
        if _is_aside(shot):  # then nothing of what happens is seen
            action, acts = "", ShotActs()
        return cls(
            scene=shot.scene,
            rule=shot.rule if shot.rule in _TELLING else "",
            size=shot.size,
            angle=shot.angle,
            rack=shot.rack if shot.rack and shot.racks else None,
            subjects=shot.subjects,
            staging=shot.staging,
            props=shot.props,
            action=action,
            speakers=speakers,
            acts=acts,
            where=where,
            sky=sky,
        )


def _is_aside(shot: Shot) -> bool:
    """Whether the script sends the camera to things that its line does not tell of: away from what happens."""
    if shot.rule not in _ASIDE or shot.subjects or not shot.props or not shot.action or shot.size not in _CLOSE:
        return False
    told = {form for word in tokens(shot.action) for form in forms(word)}
    return told.isdisjoint(shot.props)
