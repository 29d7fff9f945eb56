"""The badge of a certificate: a picture of what was achieved that carries the signed credential inside."""

from collections.abc import Iterator
from functools import cache
from typing import Literal

from academy import i18n
from academy.current import the_settings
from academy.mail.writing import speaking
from courses.certificates import wording
from courses.certificates.fonts import installed_faces
from courses.certificates.models import Certificate
from courses.certificates.ornament import NIGHT, lozenge, svg
from courses.certificates.press import press
from courses.progress.rules import Tier

Shape = Literal["png", "svg"]
MIME = {"png": "image/png", "svg": "image/svg+xml"}
SIDE = 300
"""Of the square that the drawing fills, in its own units."""
_EDGE, _GAP, _SMALL, _ROWS = 4, 9.6, 4.6, 3
_COLOURS = ("#e2902f", "#2b9a94", "#7fa6e0")


def badge(certificate: Certificate, credential: bytes, shape: Shape) -> bytes:
    """The picture in the certificate's language, with the credential in it as it was signed."""
    return press(
        "badge", folder=installed_faces().folder, shape=shape, badge=_sheet(certificate), credential=credential.decode()
    )


def _sheet(certificate: Certificate) -> dict[str, str]:
    language = i18n.language_of(certificate.language)
    with speaking(certificate.language):
        tier = str(wording.TIERS[Tier(certificate.tier)]) if certificate.tier else ""
    return {
        "lang": language.code,
        "dir": language.direction,
        "title": certificate.course_title,
        "tier": tier,
        "issuer": the_settings().name,
        "drawing": drawing(certificate.tier != Tier.PARTICIPATION),
    }


@cache
def drawing(filled: bool) -> str:
    """A lozenge of night with a woven edge of small ones; only outlined for those who took part."""
    ground = f'<path d="{lozenge(SIDE / 2, SIDE / 2, SIDE / 2 - 1)}" fill="{NIGHT}"/>'
    paths = dict.fromkeys(_COLOURS, "")
    for row in range(_ROWS):
        for x, y in _along(row):
            paths[_COLOURS[row]] += lozenge(x, y, _SMALL * (1 - 0.14 * row))
    paint = 'fill="{}"' if filled else 'fill="none" stroke="{}" stroke-width="1"'
    return svg(ground + "".join(f'<path d="{path}" {paint.format(tint)}/>' for tint, path in paths.items()), SIDE, SIDE)


def _along(row: int) -> Iterator[tuple[float, float]]:
    """The middles of the small lozenges of one row around the large one, each row half a step further in."""
    reach = SIDE / 2 - _EDGE - _GAP * (row + 0.8)
    count = round(reach / _GAP)
    for turn in range(count):
        share = reach * turn / count
        for x, y in ((share, share - reach), (reach - share, share), (-share, reach - share), (share - reach, -share)):
            yield SIDE / 2 + x, SIDE / 2 + y
