"""The service worker: a fixed script into which the addresses of this build's files are written."""

import hashlib
import json
from pathlib import Path

from academy.web.assets import Assets

SOURCE = Path(__file__).with_name("worker.js").read_text(encoding="utf-8")
FILES = ("app.css", "app.js", "images/icon.svg")


def script(assets: Assets, offline_url: str) -> str:
    """The script for these files; it differs whenever one of them does, so phones notice a new version."""
    shell = [offline_url, *(assets.url(name) for name in FILES)]
    version = hashlib.sha256(json.dumps([SOURCE, shell]).encode()).hexdigest()[:12]
    return SOURCE.replace('"{version}"', json.dumps(version)).replace('["{shell}"]', json.dumps(shell))
