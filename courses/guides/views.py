"""The guide of a course, for its staff and for those who run sessions of it; to everybody else there is none."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from courses.authoring.drafted import languages_for
from courses.catalogue import library
from courses.catalogue.content import GUIDE
from courses.catalogue.staff import is_staff_of, teaches
from courses.guides import pages, readers

bp = Blueprint("guides", __name__)


@bp.get("/courses/<slug>/guide")
@signed_in
def show(slug: str) -> ResponseReturnValue:
    """The guide to read and to print; the staff of a course without one are told how to begin it."""
    actor = signed_in_actor()
    staff = is_staff_of(actor, slug)
    reveal(staff or slug in readers.courses_of(db.session, actor.id, clock.now()))
    live = library.live_course(db.session, slug)
    languages = languages_for(live.course, current_code()) if live else ()
    page = library.lesson_page(db.session, live, GUIDE, languages) if live else None
    if live is not None and page is not None:
        return pages.drawn(live, page, languages)
    if live is None or not staff:
        raise NotFound
    title = live.course.text(*languages).title
    return render_template("courses/guides/none.html", slug=slug, course=title, may_write=teaches(actor, slug))
