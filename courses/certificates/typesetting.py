"""The typesetter: a process of its own that sets one order and ends. Stands alone: nothing of ours is imported.

Typst takes 40 MiB and never gives them back, so no process that stays may load it (docs/decisions/0016). It is started
as a script by `courses.certificates.press`: an order of JSON comes in, the work goes out.
"""

import io
import json
import sys
from pathlib import Path
from typing import Any

import segno
import typst

HERE = Path(__file__).parent
ARABIC_FAMILY = "Amiri"
SHARE_PPI = 150
QUIET_MODULES = 4
NIGHT = "#10264d"

Order = dict[str, Any]


def fonts_of(order: Order) -> typst.Fonts:
    """The fonts that the engine carries, and those of one folder."""
    folders = [order["folder"]] if order["folder"] else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def compiler_of(order: Order, template: str) -> typst.Compiler:
    """A compiler for one of the templates beside this file; it reads nothing outside their folder."""
    return typst.Compiler(str(HERE / template), root=str(HERE), font_paths=fonts_of(order))


def inputs_of(order: Order) -> dict[str, str]:
    """What the template is given: the sheet as JSON with its code square, and perhaps a credential."""
    sheet = order["sheet"]
    drawn = json.dumps({**sheet, "qr": qr_svg(sheet["address"])}, ensure_ascii=False)
    return {"sheet": drawn, **order.get("attached", {})}


def qr_svg(address: str) -> str:
    """The address as a code square with error level M or better and the quiet edge that scanners need."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=QUIET_MODULES, dark=NIGHT, light="#ffffff", xmldecl=False
    )
    return drawing.getvalue().decode("utf-8")


def pdf(order: Order) -> bytes:
    """The sheet as a tagged PDF."""
    compiler, inputs = compiler_of(order, "document.typ"), inputs_of(order)
    try:
        sheet = compiler.compile(
            format="pdf", pdf_standards=["ua-1", "a-3a"], timestamp=order["moment"], sys_inputs=inputs
        )
    except typst.TypstError:  # a letter that no font has: better a page with a box than no page
        sheet = compiler.compile(format="pdf", pdf_standards=[], timestamp=order["moment"], sys_inputs=inputs)
    return one_page(sheet)


def png(order: Order) -> bytes:
    """The sheet as a picture."""
    compiler = compiler_of(order, "document.typ")
    return one_page(compiler.compile(format="png", ppi=SHARE_PPI, sys_inputs=inputs_of(order)))


def one_page(sheet: bytes | list[bytes] | None) -> bytes:
    """The only page there may be."""
    if not isinstance(sheet, bytes):
        raise TypeError("the certificate's template must give exactly one page")
    return sheet


def arabic(order: Order) -> bytes:
    """Whether letters of Arabic script are among the fonts."""
    return json.dumps(ARABIC_FAMILY in fonts_of(order).families()).encode()


def letters(order: Order) -> bytes:
    """For each name the letters that no font has."""
    compiler = compiler_of(order, "letters.typ")
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


WORK = {"pdf": pdf, "png": png, "arabic": arabic, "letters": letters}

if __name__ == "__main__":
    wanted = json.load(sys.stdin)
    sys.stdout.buffer.write(WORK[wanted["work"]](wanted))
