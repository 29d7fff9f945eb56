"""The typesetter: a process of its own that sets orders until none comes. Stands alone: nothing of ours is imported.

Typst takes 40 MiB and never gives them back, so no process that stays may load it (docs/decisions/0017). It is started
as a script by `courses.certificates.press`. An order of JSON comes in, before it its length in eight bytes; the work
goes out, before it a byte that says whether it could be done, and its length. After a quarter of a minute without an
order it goes home.
"""

import io
import json
import signal
import sys
import traceback
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

HERE = Path(__file__).parent
ARABIC_FAMILY = "Amiri"
SHARE_PPI = 150
BADGE_PPI = 144
QUIET_MODULES = 4
PNG_HEAD = 33  # the signature and the header, which come first in every PNG
LENGTH = 8
SILENCE = 15
MOST_ORDERS = 500  # what the engine remembers of them grows
NIGHT = "#10264d"

Order = dict[str, Any]


@cache
def fonts_of(folder: str) -> typst.Fonts:
    """The fonts that the engine carries, and those of one folder."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder] if folder else [])


@cache
def compiler_of(folder: str, template: str) -> typst.Compiler:
    """A compiler for one of the templates beside this file; it reads nothing outside their folder."""
    return typst.Compiler(str(HERE / template), root=str(HERE), font_paths=fonts_of(folder))


def inputs_of(order: Order, sheets: list[dict[str, Any]]) -> dict[str, str]:
    """What the template is given: the sheets as JSON, each with its code square, and what travels inside the file."""
    drawn = [{**sheet, "qr": qr_svg(sheet["address"], sheet["statement"])} for sheet in sheets]
    return {"sheets": json.dumps(drawn, ensure_ascii=False), **order.get("attached", {})}


def qr_svg(address: str, statement: str = "") -> str:
    """The address, and after it the statement in the letters that squares hold best, with error level M.

    The quiet edge is drawn as well, so the size on paper counts it in.
    """
    content = [f"{address}#", statement] if statement else address
    drawing = io.BytesIO()
    # Several pieces, each in the mode that fits it: the library takes them, its types do not say so.
    square = segno.make(content, error="m", micro=False, boost_error=False)  # type: ignore[arg-type]
    square.save(drawing, kind="svg", border=QUIET_MODULES, dark=NIGHT, light="#ffffff", xmldecl=False)
    return drawing.getvalue().decode("utf-8")


def pdf(order: Order) -> bytes:
    """The sheets as a tagged PDF, a page each."""
    compiler, inputs = compiler_of(order["folder"], order["template"]), inputs_of(order, order["sheets"])
    try:
        return one_file(
            compiler.compile(format="pdf", pdf_standards=["ua-1", "a-3a"], timestamp=order["moment"], sys_inputs=inputs)
        )
    except typst.TypstError:  # a letter that no font has: better a page with a box than no page
        return one_file(compiler.compile(format="pdf", pdf_standards=[], timestamp=order["moment"], sys_inputs=inputs))


def png(order: Order) -> bytes:
    """The first sheet as a picture, which says inside where it is checked."""
    compiler, sheet = compiler_of(order["folder"], order["template"]), order["sheets"][0]
    picture = one_file(compiler.compile(format="png", ppi=SHARE_PPI, sys_inputs=inputs_of(order, [sheet])))
    told = "#".join(filter(None, (sheet["address"], sheet["statement"])))
    return picture[:PNG_HEAD] + png_chunk(b"tEXt", b"Certificate\0" + told.encode()) + picture[PNG_HEAD:]


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A piece of a PNG file, with its length and its sum."""
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def badge(order: Order) -> bytes:
    """The badge as PNG or SVG, with the credential in it as Open Badges 3.0 wants it."""
    compiler, inputs = compiler_of(order["folder"], "badge.typ"), {"badge": json.dumps(order["badge"])}
    if order["shape"] == "svg":
        return svg_with(one_file(compiler.compile(format="svg", sys_inputs=inputs)), order["credential"].encode())
    picture = one_file(compiler.compile(format="png", ppi=BADGE_PPI, sys_inputs=inputs))
    text = b"openbadgecredential\0\0\0\0\0" + order["credential"].encode()  # plain, of no language, not translated
    return picture[:PNG_HEAD] + png_chunk(b"iTXt", text) + picture[PNG_HEAD:]


def svg_with(picture: bytes, credential: bytes) -> bytes:
    """The drawing with the credential as an element inside; a browser shows nothing of it."""
    start = b'<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><![CDATA['
    told = credential.replace(b"]]>", b"]]]]><![CDATA[>")
    head, end, tail = picture.rpartition(b"</svg>")
    return head + start + told + b"]]></openbadges:credential>" + end + tail


def one_file(sheet: bytes | list[bytes] | None) -> bytes:
    """The only file there may be."""
    if not isinstance(sheet, bytes):
        raise TypeError("the template must give exactly one file")
    return sheet


def arabic(order: Order) -> bytes:
    """Whether letters of Arabic script are among the fonts."""
    return json.dumps(ARABIC_FAMILY in fonts_of(order["folder"]).families()).encode()


def letters(order: Order) -> bytes:
    """For each name the letters that no font has."""
    compiler = compiler_of(order["folder"], "letters.typ")
    return json.dumps([missing(compiler, name) for name in order["names"]]).encode()


def missing(compiler: typst.Compiler, name: str) -> str:
    """The letters of a name that no font has, each once."""
    if has_letters(compiler, name):
        return ""
    return "".join(letter for letter in dict.fromkeys(name) if not has_letters(compiler, letter))


def has_letters(compiler: typst.Compiler, words: str) -> bool:
    """Ask the engine itself: it refuses an accessible document with a letter that it cannot draw."""
    try:
        compiler.compile(format="pdf", pdf_standards=["ua-1"], sys_inputs={"words": words})
    except typst.TypstError:
        compiler.compile(format="pdf", sys_inputs={"words": words})  # any other fault shows itself here
        return False
    return True


WORK = {"pdf": pdf, "png": png, "badge": badge, "arabic": arabic, "letters": letters}


def answer(order: bytes) -> bytes:
    """The work, or what went wrong, as it goes back."""
    try:
        wanted = json.loads(order)
        done, work = b"\0", WORK[wanted["work"]](wanted)
    except Exception:  # noqa: BLE001  whatever it was, whoever asked is told
        done, work = b"\1", traceback.format_exc().encode()
    return done + len(work).to_bytes(LENGTH, "big") + work


def serve() -> None:
    """Set orders until none comes for a while, or whoever sends them is gone."""
    for _ in range(MOST_ORDERS):
        signal.alarm(SILENCE)
        head = sys.stdin.buffer.read(LENGTH)
        if len(head) < LENGTH:
            return
        order = sys.stdin.buffer.read(int.from_bytes(head, "big"))
        signal.alarm(0)
        sys.stdout.buffer.write(answer(order))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    serve()
