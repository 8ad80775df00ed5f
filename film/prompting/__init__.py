"""Says what each picture shall show, in words and as a plan."""

from film.prompting.style import Style, styles
from film.prompting.write import write_prompts

__all__ = ["Style", "styles", "write_prompts"]
