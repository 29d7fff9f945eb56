"""Orders to the typesetter, which works in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

SCRIPT = Path(__file__).with_name("typesetting.py")
SECONDS = 20.0
_TWO_AT_ONCE = BoundedSemaphore(2)


def press(work: str, *, folder: Path | None, **values: object) -> bytes:
    """Have this work done with the fonts of a folder; raises what `subprocess` raises when it cannot be."""
    order = json.dumps({"work": work, "folder": str(folder) if folder else "", **values})
    needed = {name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")}  # no secrets
    with _TWO_AT_ONCE:
        done = subprocess.run(  # noqa: S603  our own script
            (sys.executable, "-I", SCRIPT),
            input=order.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env=needed,
        )
    return done.stdout
