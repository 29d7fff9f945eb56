"""Static files: joined, named by their content, compressed once, served for a year."""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from wsgiref.headers import Headers

import brotli
import rjsmin
from flask import Flask
from whitenoise import WhiteNoise

from academy.web import styles
from academy.web.headers import ALWAYS

STATIC = Path(__file__).resolve().parents[2] / "static"
SCRIPTS = {
    "app.js": "js",
    "workshop.js": "js/workshop",
    "marking.js": "js/marking",
    "sheet.js": "js/sheet",
    "check.js": "js/check",
    "forum.js": "js/forum",
}
# What every page loads, and what only some do: desks of staff; quizzes; people and their talk, with what
# a feature of the network needs alone.
CIRCLE = ("css/circle", "css/people", "css/mentoring", "css/beside")
SHEETS = {
    "app.css": ("css",),
    "quiz.css": ("css/quiz",),
    "desk.css": (
        "css/quiz",
        "css/desk",
        "css/timeline",
        "css/beside",
    ),  # who writes, compares and marks sees questions too
    "guide.css": ("css/beside", "css/guide"),
    "circle.css": CIRCLE,
    "profiles.css": (*CIRCLE, "css/profiles"),
    "directory.css": (*CIRCLE, "css/directory"),
    "meetings.css": (*CIRCLE, "css/events", "css/groups"),
    "mentoring.css": (*CIRCLE, "css/timeline"),
    "messages.css": (*CIRCLE, "css/messages"),
    "forum.css": ("css/circle", "css/beside", "css/forum"),
}
COMPRESSED = frozenset({".css", ".js", ".svg", ".json"})
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Assets:
    """The addresses of the static files of one build."""

    folder: Path
    urls: dict[str, str]

    def url(self, name: str) -> str:
        """The address of a sheet, of `app.js` or of a file under static/ such as `images/mark.svg`."""
        return self.urls[name]

    def text(self, name: str) -> str:
        """What is in a sheet: for pages that must stand without the site."""
        return (self.folder / self.urls[name].removeprefix("/static/")).read_text("utf-8")


def build(folder: Path, static: Path = STATIC) -> Assets:
    """Write every static file under `folder` with its hash in its name, beside compressed copies."""
    folder.mkdir(parents=True, exist_ok=True)
    urls = {}
    for name, content in _contents(static):
        hashed = _hashed(name, content)
        _write(folder / hashed, content)
        urls[name] = f"/static/{hashed}"
    return Assets(folder, urls)


def _contents(static: Path) -> Iterator[tuple[str, bytes]]:
    for name, text in styles.shrunk({name: sheet(name, static) for name in SHEETS}).items():
        yield name, text.encode()
    for name, part in SCRIPTS.items():
        yield name, b"\n".join(_block(file) for file in _parts(static / part, "js"))
    for file in sorted(static.rglob("*")):
        if file.is_file() and file.suffix not in {".css", ".js"}:
            yield file.relative_to(static).as_posix(), file.read_bytes()


def sheet(name: str, static: Path = STATIC) -> str:
    """A style sheet as it is written, its files joined."""
    files = (file for part in SHEETS[name] for file in _parts(static / part, "css"))
    return "\n".join(file.read_text("utf-8") for file in files)


def _parts(folder: Path, suffix: str) -> list[Path]:
    return sorted(folder.glob(f"*.{suffix}"))


def _block(script: Path) -> bytes:
    # Each script is a block of its own: no name of one is seen by another.
    return b"{" + bytes(rjsmin.jsmin(script.read_bytes())) + b"}"


def _hashed(name: str, content: bytes) -> str:
    path = Path(name)
    digest = hashlib.sha256(content).hexdigest()[:12]
    return path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    copies = {path: content}
    if path.suffix in COMPRESSED:
        copies[path.with_name(path.name + ".br")] = brotli.compress(content, quality=11)
        copies[path.with_name(path.name + ".gz")] = gzip.compress(content, 9, mtime=0)
    for target, data in reversed(copies.items()):
        draft = target.with_name(target.name + ".part")
        draft.write_bytes(data)
        draft.replace(target)


def _dress(headers: Headers, _path: str, _url: str) -> None:
    for name, value in ALWAYS.items():
        headers[name] = value


def init_app(app: Flask, folder: Path) -> None:
    """Build what is not built yet and serve it in front of the application."""
    assets = build(folder)
    app.extensions["academy.assets"] = assets
    app.jinja_env.globals["asset"] = assets.url
    server = WhiteNoise(
        app.wsgi_app,
        max_age=YEAR,
        immutable_file_test=lambda _path, _url: True,
        charset="utf-8",
        add_headers_function=_dress,
    )
    server.add_files(str(assets.folder), prefix="/static/")
    app.wsgi_app = server  # type: ignore[method-assign]
