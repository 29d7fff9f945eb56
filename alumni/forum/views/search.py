"""The search in the forum, and what it gives to the search of the whole site."""

from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.validators import Optional

from academy import db, search
from academy.i18n import OWN_NAMES
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from academy.people.guards import public
from academy.searching.sources import Hit, Hits
from academy.web.forms import Form, LineField, said
from academy.web.limits import Limit, client, spend
from academy.web.plain_fields import DayField
from alumni.forum.finding import mapped, queries
from alumni.forum.finding.rules import Piece, Wish, excerpt, plain
from alumni.forum.places import queries as places
from alumni.forum.places.asking import asker_of
from alumni.forum.topics import authors
from alumni.forum.views.addresses import post_path, topic_path
from alumni.forum.views.blueprint import bp, page, the_asker
from alumni.profiles.queries import Byline

MOST, MOST_BESIDE, SHORT = 50, 5, 140
SEARCHES = Limit("forum search", times=60, seconds=600)


class SearchForm(Form):
    """What narrows the search."""

    q = LineField(_l("What are you looking for?"), most=200, required=False)
    place = SelectField(_l("In which place"), default="", validate_choice=False)
    author = LineField(_l("Written by (the address of their profile)"), most=64, required=False)
    tag = LineField(_l("Marked with"), most=32, required=False)
    language = SelectField(_l("Language"), default="", validate_choice=False)
    since = DayField(_l("Not before"), validators=[Optional()])
    until = DayField(_l("Not after"), validators=[Optional()])

    def wish(self) -> Wish:
        """What was asked for, as far as it makes sense."""
        return Wish(
            words=said(self.q)[:200],
            place=said(self.place),
            author=said(self.author).lstrip("@"),
            tag=search.asked(said(self.tag)).words[0][0] if search.asked(said(self.tag)) else "",
            language=said(self.language) if said(self.language) in OWN_NAMES else "",
            since=self.since.data if not self.since.errors else None,
            until=self.until.data if not self.until.errors else None,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A post that was found."""

    title: str
    path: str
    place: str
    number: int
    by: Byline
    posted_at: datetime
    language: str
    warning: str
    is_answer: bool
    pieces: list[Piece]


@bp.get("/search")
@public
def find() -> ResponseReturnValue:
    """Posts with the words that were typed."""
    asker, form = the_asker(), SearchForm(request.args)
    rooms = places.categories_for(db.session, asker)
    form.place.choices = [("", _l("All places")), *((each.slug, each.name) for each in rooms)]
    form.language.choices = [("", _l("All languages")), *OWN_NAMES.items()]
    form.validate()
    wish = form.wish()
    query = search.asked(wish.words)
    if query:
        spend(SEARCHES, asker.member_id or client())
    found = queries.posts(db.session, asker, wish, MOST)
    lines = [
        Line(
            title=row.title,
            path=post_path(row.topic_id, row.title, row.number),
            place=row.place,
            number=row.number,
            by=authors.byline(asker, row),
            posted_at=row.posted_at,
            language=row.language,
            warning=row.warning,
            is_answer=row.id == row.answer_id,
            pieces=[] if row.warning else excerpt(plain(row.text), query),
        )
        for row in found.rows
    ]
    return page("search", form=form, wish=wish, found=lines, more=found.more, asked=bool(query))


def beside(session: Session, actor: Actor | None, typed: str) -> Hits:
    """What the search of the whole site finds here."""
    asker = asker_of(session, actor)
    found = queries.posts(session, asker, Wish(typed), MOST_BESIDE)
    hits = [
        Hit(
            row.title,
            post_path(row.topic_id, row.title, row.number),
            "" if row.warning else plain(row.text)[:SHORT],
            row.language,
        )
        for row in found.rows
    ]
    return Hits(hits, url_for("forum.find", q=typed) if found.more else "")


def for_search_engines(session: Session) -> list[str]:
    """The addresses of topics that search engines may keep."""
    return [topic_path(row.id, row.title) for row in mapped.topics(session)]
