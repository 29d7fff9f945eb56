"""The code square that leads from paper to the page where a certificate is checked."""

import io

import segno

QUIET_MODULES = 4
NIGHT = "#10264d"


def qr_svg(address: str) -> str:
    """Draw the address as an SVG with error level M or better and the quiet edge that scanners need."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=QUIET_MODULES, dark=NIGHT, light="#ffffff", xmldecl=False
    )
    return drawing.getvalue().decode("utf-8")
