"""Course Markdown, trainers' and authors': rich, and therefore rendered in a guarded child when it matters."""

from academy.prose.engine import convert
from academy.prose.sanitiser import clean_course
from academy.prose.shape import Shaper
from academy.prose.texts import RenderedText, Source


def render(source: Source) -> RenderedText:
    """Render one text in this process; hostile text may raise RecursionError or take very long."""
    shaper = Shaper(source)
    html = clean_course(convert(source, shaper))
    return RenderedText(
        html=html,
        headings=tuple(shaper.headings),
        terms=shaper.terms,
        words=shaper.words,
        links=tuple(shaper.links),
        images=tuple(shaper.images),
    )
