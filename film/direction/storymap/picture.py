"""The story map as a PNG."""

from __future__ import annotations

from pathlib import Path


def to_png(svg: str, *, zoom: int = 2) -> bytes:
    """Draw a story map as pixels.

    Args:
        svg: As `draw_story_map` returns it.
        zoom: Pixels a unit, so that small words can be read.

    Returns:
        The PNG. Letters are Roboto's; scripts that it does not know are set in the system's fonts, where there are any.
    """
    # Imported here: whoever only directs needs no rasteriser.
    import font_roboto
    import resvg_py

    fonts = [str(Path(name)) for name in (font_roboto.Roboto, font_roboto.RobotoMedium, font_roboto.RobotoBold)]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, font_files=fonts, sans_serif_family="Roboto"))
