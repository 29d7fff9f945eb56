"""What a picture file really is: its type and size from its bytes, and whether an SVG is only a drawing."""

import re
import struct
from xml.etree import ElementTree as ET

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from courses.catalogue.reader.faults import sentence

SVG_NAMESPACE = "{http://www.w3.org/2000/svg}"
SVG_TAGS = frozenset(
    (
        *(
            "svg",
            "g",
            "defs",
            "symbol",
            "use",
            "title",
            "desc",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
        ),
        *("polygon", "text", "tspan", "textPath", "marker", "pattern", "clipPath", "mask", "linearGradient"),
        *("radialGradient", "stop", "metadata"),
    )
)
BYTE_ORDER = b"\xef\xbb\xbf"
NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*")
ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)|(?:https?:|data:|javascript:|//)", re.IGNORECASE)
START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
Size = tuple[int | None, int | None]

NOT_SVG = sentence("this is not a readable SVG picture")
SVG_DOCTYPE = sentence("an SVG of a course has no DOCTYPE and no ENTITY")
SVG_TAG = sentence("an SVG of a course is only a drawing: <%(tag)s> is not allowed")
SVG_ATTRIBUTE = sentence('an SVG of a course may not have the attribute "%(name)s"')
SVG_ELSEWHERE = sentence('an SVG of a course refers to nothing outside itself: "%(name)s" does')
SVG_INSTRUCTION = sentence("an SVG of a course is UTF-8 and has no instruction such as <?xml-stylesheet ?>")
SVG_REPEATS = sentence('an SVG of a course repeats no part that repeats another: "%(name)s" does')
SVG_BOX = sentence("the SVG has no viewBox with four numbers")


class Refused(Exception):
    """A picture that is not what it should be: the sentence and its values."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values


def svg_size(data: bytes) -> Size:
    """Check an SVG and answer the size of its viewBox; raise Refused."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused(SVG_DOCTYPE) from error
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Refused(NOT_SVG) from error
    if data.removeprefix(BYTE_ORDER).removeprefix(b"<?xml ").count(b"<?") or b"\0" in data:
        raise Refused(SVG_INSTRUCTION)
    if root.tag != f"{SVG_NAMESPACE}svg":
        raise Refused(NOT_SVG)
    for element in root.iter():
        _check_element(element)
    _check_repeats(root)
    return _box(root.get("viewBox", ""))


def _check_element(element: "ET.Element") -> None:
    tag = str(element.tag).rpartition("}")[2]
    if not str(element.tag).startswith(SVG_NAMESPACE) or tag not in SVG_TAGS:
        raise Refused(SVG_TAG, tag=tag)
    for full_name, value in element.attrib.items():
        name = full_name.rpartition("}")[2].lower()
        if name.startswith("on") or name in {"style", "base"}:
            raise Refused(SVG_ATTRIBUTE, name=name)
        if (name in {"href", "src"} and not value.startswith("#")) or ELSEWHERE.search(value):
            raise Refused(SVG_ELSEWHERE, name=name)


def _check_repeats(root: "ET.Element") -> None:
    """What is repeated repeats nothing itself: ten lines could else draw a thousand million things."""
    use = f"{SVG_NAMESPACE}use"
    around = {element.get("id") for element in root.iter() if next(element.iter(use), None) is not None}
    for element in root.iter(use):
        names = {value.removeprefix("#") for name, value in element.attrib.items() if name.endswith("href")}
        if names & around:
            raise Refused(SVG_REPEATS, name=min(names & around, key=str))


def _box(view_box: str) -> Size:
    numbers = [NUMBER.fullmatch(part) for part in view_box.replace(",", " ").split()[2:]]
    if len(numbers) != 2 or not numbers[0] or not numbers[1]:  # noqa: PLR2004 - width and height
        raise Refused(SVG_BOX)
    width, height = (round(float(number[1])) for number in numbers if number)
    if not (0 < width <= 10_000 and 0 < height <= 10_000):  # noqa: PLR2004 - sane pixels
        raise Refused(SVG_BOX)
    return width, height


def png_size(data: bytes) -> Size | None:
    """Width and height if this is a PNG."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:  # noqa: PLR2004 - the format
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def jpeg_size(data: bytes) -> Size | None:
    """Width and height if this is a JPEG."""
    if data[:3] != b"\xff\xd8\xff":
        return None
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:  # noqa: PLR2004 - a marker
        if data[place + 1] in START_OF_FRAME:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
    return None


def webp_size(data: bytes) -> Size | None:
    """Width and height if this is a WebP."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:  # noqa: PLR2004 - the format
        return None
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def avif_size(data: bytes) -> Size | None:
    """Width and height if this is an AVIF."""
    if data[4:8] != b"ftyp" or b"avif" not in data[8:64]:
        return None
    place = data.find(b"ispe")
    if place < 0 or len(data) < place + 16:
        return None
    width, height = struct.unpack(">II", data[place + 8 : place + 16])
    return width, height
