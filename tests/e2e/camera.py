"""What a phone brings to the check of a paper: a reader of squares, a photograph, a camera over a sheet."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext

from tests.chromium import installed
from tests.conftest import CHROMIUM_ARGUMENTS

FRAME = (1280, 720)
FRAMES = 5
PAPER_WHITE, TABLE = "white", "#7a6a58"

# The part that Chromium lacks on Debian. The pixels of whatever the page hands over are read outside the browser.
DETECTOR = """
window.BarcodeDetector = class {
  static getSupportedFormats = async () => FORMATS;
  async detect(source) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [source.videoWidth ?? source.width, source.videoHeight ?? source.height];
    if (!canvas.width) throw new DOMException("No picture yet", "InvalidStateError");
    canvas.getContext("2d").drawImage(source, 0, 0);
    return (await readSquares(canvas.toDataURL())).map((rawValue) => ({ rawValue }));
  }
};
"""

# Notes which streams the page was given, so that a test can see whether their light is off again.
STREAMS = """
window.streams = [];
const given = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (given) navigator.mediaDevices.getUserMedia = async (wish) => {
  const stream = await given(wish);
  streams.push(stream);
  return stream;
};
"""
LIGHTS = "streams.map((stream) => stream.getTracks().map((track) => track.readyState).join())"
REFUSAL = "navigator.mediaDevices.getUserMedia({ video: true }).catch((error) => error.name)"


class Reader:
    """Reads squares in what a page shows it, unless it is told what to have seen."""

    def __init__(self) -> None:
        self.instead: list[str] | None = None
        self.looks = 0

    def read(self, picture: str) -> list[str]:
        """What the squares in this picture (a data: address) say."""
        self.looks += 1
        with Image.open(io.BytesIO(base64.b64decode(picture.partition(",")[2]))) as opened:
            found = zxingcpp.read_barcodes(opened.convert("RGB"))
        return [each.text for each in found] if self.instead is None else self.instead


def reader_for(context: BrowserContext, formats: str | None) -> Reader:
    """Let the browser read these formats (JSON) as Chromium on a phone does; without any it knows no reader."""
    reader = Reader()
    context.add_init_script(STREAMS)
    context.expose_function("readSquares", reader.read)
    if formats is not None:
        context.add_init_script(DETECTOR.replace("FORMATS", formats))
    return reader


def photographed(sheet: bytes) -> bytes:
    """A sheet as it looks in a photograph: on a table, a little askew, smaller, and with nothing written beside it."""
    with Image.open(io.BytesIO(sheet)) as opened:
        paper = opened.convert("RGB")
    turned = paper.rotate(4, Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE)
    return _jpeg(turned.resize((turned.width * 4 // 5, turned.height * 4 // 5), Image.Resampling.BILINEAR), 80)


def with_sum(sheet: bytes, letters: bytes) -> bytes:
    """The sheet whose words beside the picture end in a sum of these letters, as one in six ends in some."""
    start = sheet.index(b"tEXt") - 4
    end = start + 8 + int.from_bytes(sheet[start : start + 4], "big")
    return sheet[:end] + letters + sheet[end + len(letters) :]


def without_square() -> bytes:
    """A photograph of an empty table."""
    return _jpeg(Image.new("RGB", (640, 480), TABLE), 80)


def film_of(sheet: bytes) -> bytes:
    """What a camera sees that is held over the square of a sheet: a film (MJPEG) whose pictures are all alike."""
    with Image.open(io.BytesIO(sheet)) as opened:
        paper = opened.convert("RGB")
    (square,) = zxingcpp.read_barcodes(paper)
    middle = (square.position.top_left.x + square.position.bottom_right.x) // 2
    centre = (square.position.top_left.y + square.position.bottom_right.y) // 2
    around = (middle - FRAME[0] // 4, centre - FRAME[1] // 4, middle + FRAME[0] // 4, centre + FRAME[1] // 4)
    return _jpeg(paper.crop(around).rotate(5, fillcolor=PAPER_WHITE).resize(FRAME), 90) * FRAMES


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality)
    return written.getvalue()


@contextmanager
def with_camera(chromium: Browser, film: Path) -> Iterator[Browser]:
    """One more browser beside the one of all tests, whose camera shows this film."""
    seeing = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    browser = chromium.browser_type.launch(executable_path=installed(), args=[*CHROMIUM_ARGUMENTS, *seeing])
    try:
        yield browser
    finally:
        browser.close()
