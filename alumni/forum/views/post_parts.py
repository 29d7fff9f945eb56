"""Posts as they are drawn: what stands around a post's words is drawn once for all who see it alike.

What is kept has a name that holds everything the drawing depends on: language, time zone, what the page decides of its
posts (`Around`), how the post stands to whoever reads (`Glance`), and its row but for the words themselves, which are
put in anew each time. The drawing is handed nothing else, so that nobody can find in it what is somebody else's.
"""

import secrets
from collections.abc import Hashable, Sequence
from typing import Any

from flask import current_app, get_template_attribute, url_for
from markupsafe import Markup

from academy import zones
from academy.i18n import current_code
from academy.i18n import gettext as _
from academy.kept import keep
from academy.markdown import kept
from alumni.forum.views import post_acts
from alumni.forum.views.post_lines import Around, Glance, line_of

MOST_KEPT = 600
TEMPLATE = "alumni/forum/_post.html"
HERE = f"words-{secrets.token_hex(16)}"
"""What stands for a post's words while the rest is drawn; nobody outside this process knows it."""
Parts = tuple[Markup, Markup]


def posts(page: Around, rows: Sequence[tuple[Any, Glance]], poll: Markup | None = None) -> Markup:
    """The posts of a page one after the other; the poll stands in the first of a topic."""
    shelf: dict[tuple[Hashable, ...], Parts] = current_app.extensions.setdefault("forum.posts", {})
    common = (current_code(), zones.current().key, page)
    drawn: list[str] = []
    for row, glance in rows:
        if poll and row.number == 1:
            before, after = _draw(page, row, glance, poll)
        else:
            name = (*common, glance, row[1:])
            before, after = shelf.get(name) or keep(shelf, name, _draw(page, row, glance), MOST_KEPT)
        drawn += (before, row.html, after) if after else (before,)
    return kept("".join(drawn))


def _draw(page: Around, row: Any, glance: Glance, poll: Markup | None = None) -> Parts:  # noqa: ANN401
    """What stands before and after the words of a post; without an end where its words are not shown."""
    line = line_of(page, row, glance)
    draw = get_template_attribute(TEMPLATE, "post")
    before, _words, after = draw(line, page, _words_of_posts(), Markup(HERE), poll).partition(HERE)  # noqa: S704  a word of ours
    return before, after


def _words_of_posts() -> dict[str, str]:
    """What every post says: looked up once in each language."""
    known: dict[str, dict[str, str]] = current_app.extensions.setdefault("forum.words_of_posts", {})
    code = current_code()
    if code not in known:
        known[code] = {
            "people": url_for("profiles.show", handle="-").removesuffix("-"),
            "new": _("new"),
            "answer": _("the answer"),
            "changed": _("changed"),
            "wiki": _("everybody may change it"),
            "waits": _("waits for a moderator"),
            "warning": _("Please note:"),
            "hidden": _("Out of sight of others"),
            "kept_away": _("By somebody you keep away"),
            **post_acts.words(),
        }
    return known[code]
