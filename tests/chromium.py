"""The browser of the tests: the system's own Chromium or Chrome, else the one Playwright brought."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")


def installed() -> str | None:
    """Where the browser is; None when there is none that can be steered."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and not _is_snap(Path(path))), None) or _of_playwright()


def _is_snap(program: Path) -> bool:
    # Ubuntu's package is a script that calls snap, which a container has not and which lets no test look inside.
    with program.resolve().open("rb") as file:
        return b"/snap" in file.read(4096) or "/snap/" in str(program)


def _of_playwright() -> str | None:
    with sync_playwright() as play:
        path = Path(play.chromium.executable_path)
    return str(path) if path.exists() else None


if __name__ == "__main__":
    sys.exit(0 if installed() else 1)
