"""Larger bodies for the few views that take files: a view says how much, everything else keeps the usual limit."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from flask import Flask, current_app, request
from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.fields import FileField

P = ParamSpec("P")
R = TypeVar("R")
FRAME = 64 * 1024
"""What a form weighs beside its file."""


def init_app(app: Flask) -> None:
    """Set the limit before anything, CSRF included, reads the body."""
    app.before_request(_widen)


def takes_files(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view take a body with files of so many bytes together."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.academy_most_bytes = most + FRAME  # type: ignore[attr-defined]
        return view

    return mark


def _widen() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most = cast("int", getattr(view, "academy_most_bytes", 0))
    if most:
        request.max_content_length = most


class UploadField(FileField):
    """One file; `data` is None when none was chosen."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the file a browser sent; a browser sends an empty one for none."""
        files = [file for file in valuelist if isinstance(file, FileStorage) and file.filename]
        self.data = files[0] if files else None


def content_of(field: Field) -> bytes:
    """The bytes of an uploaded file."""
    return bytes(field.data.read()) if field.data else b""
