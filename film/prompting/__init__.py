"""Says what each picture shall show, in words and as a plan."""

from film.prompting.style import style_named, styles
from film.prompting.write import write_prompts

__all__ = ["style_named", "styles", "write_prompts"]
