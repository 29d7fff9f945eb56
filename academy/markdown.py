"""The one door from Markdown to safe HTML: one renderer for courses, one for members, one sanitiser behind both.

Data types (`Source`, `RenderedText`, `Labels`, `Picture`, `MarkdownTooHard`) are in `academy.prose.texts`.
"""

import math
from collections.abc import Iterable
from typing import cast

from markupsafe import Markup

from academy.later import loaded
from academy.prose import guard, members, posts
from academy.prose.posts import PostText
from academy.prose.texts import RenderedText, Source

SECONDS = 2.0


def render_member_text(source: str) -> Markup:
    """Render what a member wrote: headings from h3 on, no pictures, no raw HTML."""
    return members.render(source)


def read_post(source: str) -> PostText:
    """Read a post of the forum: members' Markdown, with mentions, numbers of posts, footnotes and bare addresses."""
    return posts.read(source)


def kept(html: str) -> Markup:
    """What `render_member_text` made when a text was saved, out of the column that only it fills."""
    return Markup(html)  # noqa: S704  the sanitiser was the last to touch it


def render_course_text(source: Source) -> RenderedText:
    """Render a course text in this process: for texts of our own only, because hostile ones are slow."""
    return cast("RenderedText", loaded("academy.prose.course:render")(source))


def render_guarded(
    sources: Iterable[Source], *, seconds: float = SECONDS, in_all: float = math.inf
) -> list[RenderedText]:
    """Render course texts in a child that has so many seconds for each of them, and so many for all together.

    Raises MarkdownTooHard, which says which text it was, if one takes longer or is nested too deeply.
    """
    return guard.render_all(sources, seconds, in_all)
