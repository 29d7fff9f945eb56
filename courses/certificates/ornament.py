"""The certificate's drawings without meaning, as SVG made once: the engine would take 20 ms for each sheet."""

from collections.abc import Iterator
from functools import cache

RADIUS = 41.4  # millimetres, like every length here
APART = 40.8
STEP = 5.1
NIGHT = "#10264d"
_ROWS = 24
_COLUMNS = 9
_TINTS = {"upper": "#d2dcec", "lower": "#d4ebea", "shared": "#f6ddc0"}
_LINES = {"upper": "#a6b9d7", "lower": "#aad7d4", "shared": "#f3d2ab"}

WEAVE_WIDTH = 279
WEAVE_HEIGHT = 7.5
_TRIANGLES = 58


@cache
def field_svg(tier: str) -> str:
    """Two lozenges woven of small ones share a ground of a third colour; only outlined for participation."""
    paths = {"upper": "", "lower": "", "shared": ""}
    for x, y in _knots():
        part, depth = _part_of(x, y)
        if depth > 0:
            paths[part] += lozenge(x, y, STEP * 0.47 * min(1, 0.42 + 0.75 * depth))
    drawn = "".join(f'<path d="{path}" {_paint(part, tier)}/>' for part, path in paths.items())
    return svg(drawn, 2 * RADIUS, 2 * RADIUS + APART, edge=1)  # small lozenges reach over the tips


@cache
def weave_svg() -> str:
    """Two rows of triangles, the lower one half a step behind: the woven edge."""
    step = WEAVE_WIDTH / _TRIANGLES
    upper = "".join(f"M{i * step:.2f} 3.45h{step:.2f}l{-step / 2:.2f} -2.5z" for i in range(_TRIANGLES))
    lower = "".join(f"M{(i - 0.5) * step:.2f} 4.05h{step:.2f}l{-step / 2:.2f} 2.5z" for i in range(_TRIANGLES + 1))
    ground = f'<path d="M0 0h{WEAVE_WIDTH}v{WEAVE_HEIGHT}h-{WEAVE_WIDTH}z" fill="{NIGHT}"/>'
    rows = f'<path d="{upper}" fill="#e2902f"/><path d="{lower}" fill="#2b9a94"/>'
    return svg(ground + rows, WEAVE_WIDTH, WEAVE_HEIGHT)


def _knots() -> Iterator[tuple[float, float]]:
    """The middles of the small lozenges, every second row half a step aside."""
    for row in range(-_ROWS, _ROWS + 1):
        for column in range(-_COLUMNS, _COLUMNS + 1):
            yield RADIUS + (column + row % 2 / 2) * STEP, RADIUS + APART / 2 + row * STEP / 2


def _part_of(x: float, y: float) -> tuple[str, float]:
    """Which large lozenge a knot lies in, and how deep from 0 at its edge to 1 in its middle."""
    aside = abs(x - RADIUS)
    upper = 1 - (aside + abs(y - RADIUS)) / RADIUS
    lower = 1 - (aside + abs(y - RADIUS - APART)) / RADIUS
    if upper > 0 and lower > 0:
        return "shared", max(upper, lower)
    return ("upper", upper) if upper > lower else ("lower", lower)


def lozenge(x: float, y: float, half: float) -> str:
    """The path of a lozenge around a middle."""
    return f"M{x - half:.2f} {y:.2f}l{half:.2f}-{half:.2f} {half:.2f} {half:.2f}-{half:.2f} {half:.2f}z"


def _paint(part: str, tier: str) -> str:
    if tier == "completion":
        return f'fill="{_TINTS[part]}"'
    return f'fill="none" stroke="{_LINES[part]}" stroke-width="0.25"'


def svg(drawn: str, width: float, height: float, edge: float = 0) -> str:
    """A drawing of this size, and an edge around it."""
    box = f"{-edge} {-edge} {width + 2 * edge:.2f} {height + 2 * edge:.2f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{drawn}</svg>'
