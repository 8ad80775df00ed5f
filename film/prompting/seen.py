"""What of a shot is seen in its picture, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from film.direction.storyplaces import Setting
from film.prompting.acts import ShotActs
from schemas.enums import Angle, ShotSize
from schemas.script import Rack, Shot, Staging

_TELLING = frozenset({"planned", "note", "script_camera", "group", "cutaway"})
"""Rules of the grammar of which a picture still knows that they chose the shot."""


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

    @classmethod
    def of(cls, shot: Shot, acts: ShotActs, where: Setting | None = None) -> Seen:
        """Take from a shot what is seen of it.

        Args:
            shot: The shot.
            acts: What is done in it; see `film.prompting.acts.acts_of`.
            where: Where it plays, where that is elsewhere; see `film.prompting.whereabouts.settings_of`.
        """
        speakers = tuple([line.character for line in shot.dialogue])
        if speakers and not shot.action:  # then nobody else can be in the picture
            speakers = tuple([who for who in shot.subjects if who in speakers])
        return cls(
            scene=shot.scene,
            rule=shot.rule if shot.rule in _TELLING else "",
            size=shot.size,
            angle=shot.angle,
            rack=shot.rack if shot.rack and shot.racks else None,
            subjects=shot.subjects,
            staging=shot.staging,
            props=shot.props,
            action=shot.action,
            speakers=speakers,
            acts=acts,
            where=where,
        )
