"""Things in hands: how large, how turned, and which part of them is held."""

from __future__ import annotations

from film.render.storyboard.anatomy import Anatomy, bones_of
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import mix
from film.render.storyboard.light import Light
from film.render.storyboard.measures import GLOWING, HAND_METRES, grip_of, metres_of
from film.render.storyboard.props import FEET, draw_glyph
from schemas.enums import Pose
from schemas.prompt import Figure

_LOADS = frozenset({"ladder"})
"""What is longer than whoever carries it."""
_NECK = 46.0
"""How far from the hand what is poured out of ends, in local units."""
_HANGING = frozenset({"suitcase", "bucket", "basket", "lantern", "case", "cage", "umbrella"})
"""What hangs from the hand that carries it."""
_TILT: dict[Pose, float] = {
    Pose.FIGHT: 20.0,
    Pose.DRINK: -38.0,
    Pose.DIG: -30.0,
    Pose.SWEEP: 16.0,
    Pose.PLAY: -8.0,
    Pose.POUR: 118.0,
}


def draw_held(
    c: Canvas,
    front: Canvas,
    figure: Figure,
    light: Light,
    held: str,
    hand: tuple[float, float],
    body: Anatomy,
    placed: tuple[float, float, float, float],
    depth: float,
    paint: str,
) -> None:
    """Draw a thing in the hand of a body, in the body's group."""
    x, y, mirror, scale = placed
    metres = metres_of(held)
    size = (metres if metres < 1.5 else HAND_METRES) * body.height / body.metres / 100
    grip = grip_of(held)
    turn = _TILT.get(figure.pose, 0.0)
    if figure.pose is Pose.FIGHT and held in {"gun", "rifle"}:
        turn = 0.0
    if figure.pose is Pose.PHONE and held == "phone":
        hand, grip, size, turn = (hand[0] + 4, hand[1] - 22), (0.0, 0.0), 0.62, 14.0
    elif figure.pose is Pose.DRINK:
        size = min(size, 0.86)
        hand = (hand[0] + 16, hand[1] + 14)
    elif figure.pose is Pose.SMOKE:
        size, hand, grip = 0.5, (hand[0] + 10, hand[1] - 10), (0.0, 0.0)
    elif figure.pose is Pose.EAT and held not in {"bowl", "plate"}:
        size = min(size, 0.8)
    elif figure.pose is Pose.SWEEP:
        # Whatever sweeps reaches the ground.
        grip, turn = (0.0, -34.0), 12.0
        size = -hand[1] / (FEET.get(held, 48) + 34)
    elif held == "umbrella":
        hand = (body.head[0] + 60, body.head[1] + 96)
        size *= 1.25
    elif figure.pose is Pose.POUR:
        size = max(size, 0.9)
    elif figure.pose is Pose.THROW:
        # It has just left the hand.
        hand = (body.head[0] + 330, body.head[1] - 90)
        grip = (0.0, 0.0)
    elif figure.pose is Pose.CARRY and held not in _LOADS and held not in _HANGING:
        hand = (hand[0] + 22, hand[1] - 26 * size)
        grip = (0.0, 0.0)
    elif figure.pose is Pose.PICK_UP:
        hand = (hand[0] + 10, hand[1] + 20)
        grip = (0.0, 0.0)
    elif figure.pose is Pose.PULL:
        hand = (hand[0] + 60, hand[1])
    elif held in _LOADS and figure.pose in {Pose.CARRY, Pose.HOLD, Pose.WALK}:
        # Long things are carried along, on the shoulder.
        hand, grip, turn = (bones_of(figure).neck[0], bones_of(figure).neck[1] + 54), (0.0, 0.0), 84.0
        size = min(metres, 2.2) * body.height / body.metres / 100
    slim = " scale(0.5 1)" if held in _LOADS else ""
    share = 0.75 if held in GLOWING else 0.3
    if held in GLOWING and figure.pose not in {Pose.PHONE, Pose.SMOKE}:
        c.glow(*hand, 230, GLOWING[held], 0.7)
        front.glow(x + mirror * hand[0] * scale, y + hand[1] * scale, 420 * scale, GLOWING[held], 0.7)
    line, c.line = c.line, c.line / size
    c.push(
        f"translate({hand[0]:.1f} {hand[1]:.1f}) rotate({turn:.0f}){slim} scale({size:.3f})"
        f" translate({-grip[0]:.1f} {-grip[1]:.1f})"
    )
    draw_glyph(c, held, lambda colour: mix(light.lit(colour, depth), colour, share), paint)
    c.pop()
    c.line = line


def stream(c: Canvas, from_: tuple[float, float], to: tuple[float, float], colour: str) -> None:
    """Draw what is poured out of a thing in one hand into a thing in the other, in the body's group."""
    x, y = from_[0] + _NECK, from_[1] + 0.4 * _NECK
    end = to[1] - 20
    c.stroke(f"M{x:.1f} {y:.1f}Q{to[0] + 22:.1f} {y + 6:.1f} {to[0] + 14:.1f} {end:.1f}", colour, 9)
