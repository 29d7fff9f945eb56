"""Somebody else's verifier: libraries from npm and the published schema, brought once into .cache for the tests."""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openbadgeslib.ob3.contexts import bundled_contexts

ROOT = Path(__file__).parents[2]
OURS = ROOT / "tests" / "verifier"
LIBRARY = "openbadgeslib"
SCHEMA = "ob_v3p0_achievementcredential_schema.json"
PATIENCE = 240.0


@dataclass(frozen=True)
class Case:
    """A credential, what the web answers whoever checks it, and when they do."""

    credential: dict[str, Any]
    documents: dict[str, Any]
    now: datetime


def verified(cases: Mapping[str, Case]) -> dict[str, dict[str, Any]]:
    """What the outside verifier says of each case, by its name."""
    asked = [{**asdict(case), "now": case.now.isoformat()} for case in cases.values()]
    given = answers({"contexts": bundled_contexts(), "schema": schema(), "cases": asked})
    return dict(zip(cases, given, strict=True))


def published(app: Flask) -> dict[str, Any]:
    """What anybody gets from the site: its keys, and its lists by their addresses."""
    client = app.test_client()
    did = json.loads(client.get("/.well-known/did.json").data)
    listed = json.loads(client.get("/status/revocation/1").data)
    return {did["id"]: did, listed["id"]: listed}


def answers(question: dict[str, Any]) -> list[dict[str, Any]]:
    """Ask the verifier."""
    done = subprocess.run(
        ["node", folder() / "verify.mjs"],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return list(json.loads(done.stdout))


@cache
def folder() -> Path:
    """Where the verifier is installed; tests are left out, with the reason, where it cannot be had."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("the outside verifier needs nodejs and npm")
    wanted = (OURS / "package.json").read_bytes()
    place = ROOT / ".cache" / f"verifier-{hashlib.sha256(wanted).hexdigest()[:12]}"
    if not (place / "node_modules").is_dir():
        _install(place)
    shutil.copy(OURS / "verify.mjs", place)
    return place


def _install(place: Path) -> None:
    """Install beside the place and then move, so that of two processes neither sees half of it."""
    place.parent.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place.parent))
    shutil.copy(OURS / "package.json", draft)
    quiet = ("--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    try:
        subprocess.run(["npm", "install", *quiet], cwd=draft, timeout=PATIENCE, check=True, capture_output=True)
        draft.rename(place)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("the outside verifier could not be brought from npm")
    except OSError:  # another process was quicker
        pass
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@cache
def schema() -> dict[str, Any] | None:
    """The published schema, as the sources of the library carry it; None where they cannot be had."""
    place = ROOT / ".cache" / SCHEMA
    if not place.is_file():
        _bring_schema(place)
    return dict(json.loads(place.read_bytes())) if place.is_file() else None


def _bring_schema(place: Path) -> None:
    place.parent.mkdir(exist_ok=True)
    pinned = next(line for line in (ROOT / "requirements.txt").read_text().splitlines() if line.startswith(LIBRARY))
    wanted = pinned.split(" ")[0].replace("[ldp]", "")
    with tempfile.TemporaryDirectory(dir=place.parent) as name:
        call = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary",
            LIBRARY,
            "-d",
            name,
            wanted,
        ]
        try:
            subprocess.run(call, timeout=PATIENCE, check=True, capture_output=True)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return
        with tarfile.open(next(Path(name).glob("*.tar.gz"))) as sources:
            found = next(each for each in sources.getnames() if each.endswith(SCHEMA))
            content = sources.extractfile(found)
            if content is not None:
                draft = Path(name) / SCHEMA
                draft.write_bytes(content.read())
                draft.replace(place)
