"""The promises of docs/style.md that a machine can keep."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from academy.people.guards import guard_of

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("academy", "courses", "alumni")
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION, MOST_COMMITS = 250, 40, 8, 4
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)"
    r"|left|right|top|bottom)\s*:"
)
MEDIA_QUERY = re.compile(r"@(?:media|container)[^{]*")


def sources() -> list[Path]:
    return [*(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))), ROOT / "wsgi.py"]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sources():
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


def length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_files_are_small() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {path: size for path, size in sizes.items() if size > LONGEST_FILE} == {}


def test_functions_are_small() -> None:
    found = [(path, function) for path, tree in trees() for function in functions(tree)]
    long = [
        f"{path.relative_to(ROOT)}:{each.lineno} {each.name}" for path, each in found if length(each) > LONGEST_FUNCTION
    ]
    assert long == []
    assert statistics.median(length(function) for _, function in found) <= MEDIAN_FUNCTION


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path, tree in trees()
        for function in functions(tree)
        for inner in ast.walk(function)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]
    assert hidden == []


def test_only_the_transaction_commits() -> None:
    commits = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert len(commits) <= MOST_COMMITS, commits


def test_nothing_catches_everything() -> None:
    broad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]
    assert len(broad) <= 1, broad


def test_init_files_do_little() -> None:
    for path in ROOT.glob("**/__init__.py"):
        if path.relative_to(ROOT).parts[0] not in PACKAGES:
            continue
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert [node for node in body if isinstance(node, (ast.ClassDef, ast.If, ast.For, ast.Try))] == [], path
        assert [node.name for node in body if isinstance(node, ast.FunctionDef)] in ([], ["init_app"]), path


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_never_trust_and_never_carry_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "|safe" not in text.replace(" ", "")
    assert "style=" not in text
    assert not re.search(r"\son\w+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "css").rglob("*.css")), ids=lambda path: path.name)
def test_styles_know_no_left_and_right(path: Path) -> None:
    text = MEDIA_QUERY.sub("", re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
    assert PHYSICAL.findall(text) == []


def test_every_view_wears_a_guard(app: Flask) -> None:
    naked = sorted(
        rule.endpoint for rule in app.url_map.iter_rules() if not guard_of(app.view_functions[rule.endpoint])
    )
    assert naked == []


def test_every_template_belongs_to_a_view_or_a_letter() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in [*sources(), *templates()])
    parts = ROOT / "templates"
    unused = [
        str(path.relative_to(parts))
        for path in templates()
        if path.relative_to(parts).parts[0] in PACKAGES
        and f"{path.stem}.html" not in code
        and f'"{path.stem}"' not in code
        and f'/{path.stem}"' not in code
    ]
    assert unused == []
