"""Give a file out: always as an attachment, never to be shown by the browser, never kept by a cache between."""

from urllib.parse import quote

from flask import Response

from academy.uploads import store
from academy.uploads.kinds import ENDINGS
from academy.uploads.models import Upload

BOXED = "sandbox; default-src 'none'; frame-ancestors 'none'"


def attachment(upload: Upload, name: str = "") -> Response:
    """The file under its own name, or under another where whose it is must not be seen."""
    response = Response(store.read(upload.place), mimetype=upload.media_type)
    response.content_length = upload.size
    response.headers["Content-Disposition"] = _disposition(with_ending(name or upload.name, upload))
    response.headers["Content-Security-Policy"] = BOXED
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _disposition(name: str) -> str:
    plain = "".join(char if char.isascii() and (char.isalnum() or char in " .-_()") else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def with_ending(name: str, upload: Upload) -> str:
    """The name with the ending that fits its content."""
    ending = ENDINGS.get(upload.media_type, "bin")
    fitting = {ending, "jpeg"} if ending == "jpg" else {ending}
    return name if name.rpartition(".")[2].lower() in fitting else f"{name}.{ending}"
