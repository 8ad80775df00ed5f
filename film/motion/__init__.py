"""Moves the camera over keyframes."""

from film.motion.camera import StillCamera
from film.motion.easing import ease, framing_at
from film.motion.layered import LayeredCamera
from film.motion.plan import plan_move
from film.motion.samplers import matrix

__all__ = ["LayeredCamera", "StillCamera", "ease", "framing_at", "matrix", "plan_move"]
