"""Links for guests as the course sees them: making one, the list, taking one back."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.mail.writing import public_url
from academy.people.guards import trainers
from courses.authoring import queries as drafts
from courses.authoring.views.blueprint import writer_of
from courses.catalogue import library
from courses.catalogue.content import Course
from courses.publishing import guests, remark_queries
from courses.publishing.forms import GuestForm
from courses.publishing.guests import Invitation
from courses.publishing.models import GuestLink, Source
from courses.publishing.sides import draft_side
from courses.publishing.views.shared import INVALID, NUMBER, bp, title_of


@dataclass(frozen=True, slots=True)
class Given:
    """A link in the list."""

    link: GuestLink
    lesson: str
    comments: int
    open: bool


@bp.route("/<slug>/guests", methods=["GET", "POST"])
@trainers
def guest_links(slug: str) -> ResponseReturnValue:
    """The links that were given to guests, and a form for another one."""
    actor, now = writer_of(slug), clock.now()
    course = _course(slug)
    form = GuestForm()
    form.offer([(lesson.key, lesson.title) for lesson in course.lessons])
    if not form.validate_on_submit():
        return _page(slug, course, form), INVALID if form.errors else 200
    lesson, live = course.lesson(form.lesson.data), library.live_course(db.session, slug)
    source = Source(form.source.data)
    if source is Source.LIVE and (live is None or form.lesson.data not in live.lessons):
        form.source.errors = [_("Learners do not read this lesson yet.")]
        return _page(slug, course, form), INVALID
    answers = bool(form.answers.data) and lesson is not None and lesson.quiz is not None
    days = form.days.data or guests.USUAL_DAYS
    invitation = Invitation(form.guest.data or "", form.lesson.data, source, days, answers)
    _link, token = guests.invite(db.session, slug=slug, invitation=invitation, by=actor, now=now)
    address = public_url("publishing_guest.lesson", token=token)
    return render_template(
        "courses/publishing/guest_made.html", slug=slug, address=address, guest=form.guest.data, days=form.days.data
    )


def _course(slug: str) -> Course:
    live = library.live_course(db.session, slug)
    if drafts.draft_of(db.session, slug) is not None:
        return draft_side(db.session, slug).course
    if live is None:
        raise NotFound
    return live.course


def _page(slug: str, course: Course, form: GuestForm) -> str:
    now, titles = clock.now(), {lesson.key: lesson.title for lesson in course.lessons}
    return render_template(
        "courses/publishing/guests.html",
        slug=slug,
        title=title_of(course),
        form=form,
        found=[
            Given(link, titles.get(link.lesson_key, link.lesson_key), count, _is_open(link))
            for link, count in remark_queries.guest_links(db.session, slug)
        ],
        now=now,
    )


def _is_open(link: GuestLink) -> bool:
    return link.revoked_at is None and link.expires_at > clock.now()


@bp.post(f"/<slug>/guests/<{NUMBER}>/revoke")
@trainers
def revoke_guest(slug: str, number: int) -> ResponseReturnValue:
    """Let a link open nothing any more."""
    actor = writer_of(slug)
    link = remark_queries.guest_link(db.session, slug, number)
    if link is None:
        raise NotFound
    guests.revoke(db.session, link=link, by=actor, now=clock.now())
    flash(_("The link opens nothing any more. What was written stays."), "done")
    return redirect(url_for("publishing.guest_links", slug=slug), code=303)
