"""Addresses as squares that a phone reads."""

import io

from markupsafe import Markup

from academy.later import loaded


def drawing(address: str) -> Markup:
    """The QR code as a drawing in the page: black on white in every colour scheme, with a quiet margin."""
    buffer = io.BytesIO()
    loaded("segno:make")(address, error="m").save(
        buffer, kind="svg", border=4, scale=4, dark="#000", light="#fff", xmldecl=False, svgns=False, nl=False
    )
    return Markup(buffer.getvalue().decode())  # noqa: S704  drawn by our own code from hexadecimal colours and paths
