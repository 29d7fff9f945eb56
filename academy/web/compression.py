"""Pages travel compressed: with brotli where the browser takes it, else with gzip.

A page holds no secret beside words of a stranger's choice that compression could give away (BREACH): the CSRF token is
signed anew every second, and the part of it that stays is worth nothing without the signature.
"""

from flask import Flask
from flask_compress import Compress

TYPES = ("text/html", "text/javascript", "application/json", "application/manifest+json", "image/svg+xml")
LEVEL = 5  # a lesson in half a millisecond; 11 would save another tenth and cost fifty times as much
SMALLEST = 500


def init_app(app: Flask) -> None:
    """Compress what views answer; static files have compressed copies already."""
    app.config.update(
        COMPRESS_MIMETYPES=TYPES,
        COMPRESS_ALGORITHM=("br", "gzip"),
        COMPRESS_BR_LEVEL=LEVEL,
        COMPRESS_LEVEL=LEVEL,
        COMPRESS_MIN_SIZE=SMALLEST,
    )
    Compress(app)
