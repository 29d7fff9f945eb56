"""How publishing joins the application."""

from flask import Flask, url_for
from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from academy.people.actor import Actor
from academy.web import ways
from academy.web.ways import Way
from courses.authoring import remarks as said
from courses.authoring import waiting
from courses.authoring.remarks import Said
from courses.authoring.waiting import Waits
from courses.catalogue import library, moves
from courses.catalogue.staff import is_staff_of, reviews, teaches
from courses.catalogue.ways import once_published
from courses.publishing import queries, remark_queries, reviewing, telling
from courses.publishing.models import GuestLink
from courses.publishing.places import line_of
from courses.publishing.sides import draft_side
from courses.publishing.views import compare, editions, guest, guests, publish, remarks
from courses.publishing.views import reviews as review_pages
from courses.publishing.views.shared import bp, title_of

PAGES = (compare, editions, guests, publish, remarks, review_pages)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the pages, say what waits for reviewers, and what is kept of members."""
    app.register_blueprint(bp)
    app.register_blueprint(guest.bp)
    telling.register()
    waiting.add("reviews", _waiting)
    said.add("publishing", _said)
    moves.add("guest_link", moves.plain(GuestLink))
    compared = frozenset({"publishing.compare", "publishing.compare_file"})
    ways.add(Way(_l("Reviews"), "publishing.all_reviews", 40, reviews, frozenset({"publishing.review"})))
    ways.add(Way(_l("Comments"), "publishing.remarks", 45, reviews))
    ways.add(Way(_l("Guests"), "publishing.guest_links", 50, teaches))
    ways.add(Way(_l("Editions"), "publishing.editions", 60, once_published(is_staff_of), compared))
    data_rights.add_provider("publishing", remark_queries.known_of)
    data_rights.add_eraser(reviewing.forget)


def _said(session: Session, slug: str, path: str, text: str) -> list[Said]:
    """The comments on a file that are not settled, each beside the line it belongs to now."""
    listed = url_for("publishing.remarks", slug=slug)
    return [
        Said(
            each.author,
            each.comment.text,
            line_of(text, each.comment.quote, each.comment.line),
            f"{listed}#comment-{each.comment.id}",
        )
        for each in remark_queries.remarks(session, slug, path=path, settled=False)
    ]


def _waiting(session: Session, actor: Actor) -> list[Waits]:
    """The drafts that somebody asked this person to review."""
    found = []
    for each in queries.waiting_for(session, actor.id):
        if reviews(actor, each.course_slug):
            live = library.live_course(session, each.course_slug)
            title = title_of(live.course if live else draft_side(session, each.course_slug).course)
            url = url_for("publishing.review", slug=each.course_slug, number=each.id)
            found.append(Waits(_("Review the draft of “%(title)s”", title=title), url, each.asked_at))
    return found
