"""Mentoring in numbers, for those who run the place: no names, no words."""

from flask.typing import ResponseReturnValue

from academy import db, i18n
from academy.i18n import gettext as _
from academy.people.guards import admins
from alumni.mentoring import pair_queries, rules, words
from alumni.mentoring.views.blueprint import bp, page


def _told(count: int) -> str:
    told = rules.told(count)
    return _("fewer than 5") if told is None else i18n.number(told)


@bp.get("/admin/mentoring")
@admins
def overview() -> ResponseReturnValue:
    """How many offer, ask, go together and have ended."""
    figures, topics = pair_queries.figures(db.session), pair_queries.topics_asked(db.session)
    offered = pair_queries.topics_offered(db.session)
    keys = sorted({*topics, *offered}, key=lambda key: (-topics.get(key, 0), key))
    rows = [[words.topic(key), _told(topics.get(key, 0)), _told(offered.get(key, 0))] for key in keys]
    return page("overview", figures=figures, told=_told, rows=rows)
