"""A plugin for ./test --fast (`pytest -p tests.before_commit`): what is worth running before every commit.

Each feature's own story (`test_<feature>.py`), the table of permissions and the shape of the code always run. What goes
deeper (`test_<feature>_<aspect>.py`) runs when something of that feature is not committed yet; a file that is named
after no feature, when anything of its package is not. ./test runs everything.
"""

import re
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("academy", "courses", "alumni")
ALWAYS = frozenset({"tests/test_permissions.py", "tests/test_architecture.py", "tests/test_before_commit.py"})
OF_ALL = frozenset({"base.html", "macros", "layouts", "static", "conftest.py", "requirements.txt"})
"""Parts of paths that concern every page: what goes deeper in every feature runs."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A noun of a package, such as quizzes of courses."""

    package: str
    noun: str


@cache
def features() -> frozenset[Feature]:
    """Every feature folder, and every module that stands by itself in a package or in academy/web."""
    found = {
        Feature(package, path.stem)
        for package in PACKAGES
        for folder in (ROOT / package, ROOT / package / "web")
        for path in (folder.iterdir() if folder.is_dir() else ())
        if not path.name.startswith(("_", "."))
    }
    return frozenset(found)


def feature_of_test(path: str) -> Feature | None:
    """The feature a test file is named after: the longest that fits."""
    parts = PurePosixPath(path).parts
    if len(parts) != len(("tests", "package", "file")):
        return None
    name = parts[2].removeprefix("test_").removesuffix(".py")
    fitting = [each for each in features() if each.package == parts[1] and re.match(rf"{each.noun}(_|$)", name)]
    return max(fitting, key=lambda each: len(each.noun), default=None)


def is_story(path: str) -> bool:
    """Whether this is a feature's own test file, and not one that goes deeper."""
    feature = feature_of_test(path)
    return feature is not None and path == f"tests/{feature.package}/test_{feature.noun}.py"


def touched(path: str) -> set[Feature]:
    """The features that a changed file belongs to; for one that concerns all, every feature."""
    parts = [part for part in PurePosixPath(path).parts if part not in {"templates", "tests"}]
    if OF_ALL & set(parts):
        return set(features())
    tested = feature_of_test(path)
    package = parts[0] if parts and parts[0] in PACKAGES else ""
    nouns = {PurePosixPath(part).stem for part in parts[1:3]}
    named = {each for each in features() if each.package == package and each.noun in nouns}
    return named | ({tested} if tested else set())


def is_wanted(path: str, changed: Collection[str]) -> bool:
    """Whether this test file runs while these files are not committed."""
    if path in ALWAYS or path in changed or is_story(path):
        return True
    feature = feature_of_test(path)
    if feature is not None:
        return any(feature in touched(each) for each in changed)
    package = PurePosixPath(path).parts[1]
    return any(each.startswith((f"{package}/", f"templates/{package}/")) for each in changed)


def uncommitted() -> set[str]:
    """The files that differ from the last commit, new ones included; without git anything may have changed."""
    asked = (["git", "diff", "--name-only", "HEAD"], ["git", "ls-files", "--others", "--exclude-standard"])
    try:
        said = [subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout for words in asked]
    except (OSError, subprocess.CalledProcessError):
        return set(OF_ALL)
    return {line for lines in said for line in lines.splitlines()}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what goes deeper in features that nobody has touched."""
    changed = uncommitted()
    wanted = {path for path in {_path(item) for item in items} if is_wanted(path, changed)}
    kept = [item for item in items if _path(item) in wanted]
    config.hook.pytest_deselected(items=[item for item in items if _path(item) not in wanted])
    items[:] = kept


def _path(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT).as_posix()
