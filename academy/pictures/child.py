"""The child: decodes a stranger's picture or document with little memory and time, and writes it anew without metadata.

Reads the upload from standard input, writes one line of JSON: the new files in base64 by ending, or the reason.
"""

import base64
import io
import json
import resource
import sys
from collections.abc import Iterator, Sequence

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

MEMORY = 1 << 30
SECONDS = 20
MOST_PIXELS = 50_000_000
TRIES = ((720, 72), (720, 58), (720, 45), (600, 45), (480, 45), (360, 40), (240, 40))
AVIF_EASIER = 12
"""AVIF looks like WebP at a quality so much lower."""


def main() -> None:
    """Answer for what stands on standard input.

    The first argument is the most bytes a picture may have, the others are the sides of squares to cut from its middle.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    data, most, *sides = sys.stdin.buffer.read(), *map(int, sys.argv[1:])
    if sides:
        files = squares(data, most, sides)
    else:
        files = document(data) if data.startswith(b"%PDF-") else pictures(data, most)
    encoded = {ending: base64.b64encode(content).decode() for ending, content in files.items()}
    sys.stdout.write(json.dumps(encoded))


def document(data: bytes) -> dict[str, bytes]:
    """A PDF without its author, its history, its scripts and its attachments; nothing if it cannot be read."""
    written = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for key in ("/Metadata", "/OpenAction", "/AA", "/PieceInfo"):
                if key in pdf.Root:
                    del pdf.Root[key]
            if "/Names" in pdf.Root:
                for key in ("/JavaScript", "/EmbeddedFiles"):
                    if key in pdf.Root.Names:
                        del pdf.Root.Names[key]
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            pdf.save(written, deterministic_id=True)
    except (pikepdf.PdfError, ValueError, TypeError):
        return {}
    return {"pdf": written.getvalue()}


def pictures(data: bytes, most: int) -> dict[str, bytes]:
    """A raster picture as WebP and AVIF, each within so many bytes if that can be done; nothing if it is none."""
    image = opened(data)
    return _both(image, most) if image else {}


def squares(data: bytes, most: int, sides: Sequence[int]) -> dict[str, bytes]:
    """Squares of the middle of a picture, by side and ending (`256.webp`); nothing if it is none."""
    image = opened(data)
    if image is None:
        return {}
    cut = {side: ImageOps.fit(image.convert("RGB"), (side, side), Image.Resampling.LANCZOS) for side in sides}
    files = {side: _both(square, most) for side, square in cut.items()}
    return {f"{side}.{ending}": content for side, each in files.items() for ending, content in each.items()}


def _both(image: Image.Image, most: int) -> dict[str, bytes]:
    return {"webp": small(image, "WEBP", most, 0), "avif": small(image, "AVIF", most, AVIF_EASIER)}


def opened(data: bytes) -> Image.Image | None:
    """The picture in these bytes, turned the way up it was taken."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "AVIF", "GIF")) as file:
            return ImageOps.exif_transpose(file).convert("RGBA" if _clear(file) else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _clear(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def small(image: Image.Image, kind: str, most: int, easier: int) -> bytes:
    """The picture at the best width and quality that fits, else at the smallest that is tried."""
    best = b""
    for best in attempts(image, kind, easier):
        if len(best) <= most:
            break
    return best


def attempts(image: Image.Image, kind: str, easier: int) -> Iterator[bytes]:
    """The picture in ever fewer bytes; only its pixels are written."""
    for width, quality in TRIES:
        shrunk = (
            image if image.width <= width else image.resize((width, _height(image, width)), Image.Resampling.LANCZOS)
        )
        bare = Image.new(shrunk.mode, shrunk.size)
        bare.paste(shrunk)
        written = io.BytesIO()
        bare.save(written, kind, quality=quality - easier)
        yield written.getvalue()


def _height(image: Image.Image, width: int) -> int:
    return max(1, round(image.height * width / image.width))


if __name__ == "__main__":
    main()
