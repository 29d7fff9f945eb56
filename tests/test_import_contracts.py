"""The import contracts of pyproject.toml can fail: each is broken once, on purpose, in a copy of the packages."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("academy", "courses", "alumni")
BREACHES = {
    "Packages are stacked": ("academy/breach.py", "courses.home.week"),
    "Features of courses are stacked": ("courses/catalogue/breach.py", "courses.lessons.words"),
    "Features of alumni are stacked": ("alumni/graduates/breach.py", "alumni.profiles.models"),
    "Inside a feature": ("courses/authoring/queries.py", "courses.authoring.service"),
    "Alumni enters courses only through": ("alumni/blocks/breach.py", "courses.marking.rules"),
    "Rules decide without the world": ("courses/teaching/rules.py", "academy.clock"),
    "Only people knows Flask-Login": ("courses/home/week.py", "flask_login"),
}
ALLOWED = ("alumni/blocks/visit.py", "courses.facts")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages without their content, beside the contracts."""
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("content", "translations", "__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(folder: Path, path: str, module: str) -> None:
    """Let a module import what it may not."""
    with (folder / path).open("a", encoding="utf-8") as file:
        file.write(f"\nimport {module}\n")


def verdicts(folder: Path) -> dict[str, str]:
    """What the contracts say of this folder: by their first words, KEPT or BROKEN."""
    program = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run(
        [str(program), "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    said = re.sub(r"\s+", " ", ran.stdout)
    return {name: found[1] for name in BREACHES if (found := re.search(f"{re.escape(name)}.*? (KEPT|BROKEN)", said))}


@pytest.mark.slow
def test_every_contract_can_fail(copy: Path) -> None:
    plant(copy, *ALLOWED)
    assert verdicts(copy) == dict.fromkeys(BREACHES, "KEPT"), "the door for alumni is open"
    for path, module in BREACHES.values():
        plant(copy, path, module)
    assert verdicts(copy) == dict.fromkeys(BREACHES, "BROKEN")


@pytest.mark.slow
def test_a_feature_that_no_contract_knows_is_refused(copy: Path) -> None:
    (copy / "courses" / "stowaway").mkdir()
    (copy / "courses" / "stowaway" / "__init__.py").write_text('"""Nobody said where it stands."""\n', encoding="utf-8")
    assert verdicts(copy)["Features of courses are stacked"] == "BROKEN"
