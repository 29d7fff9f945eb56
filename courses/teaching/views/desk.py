"""The trainers' first page: what waits, and the courses I have a part in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import current_code, long_date, ngettext, reading_order
from academy.i18n import gettext as _
from academy.people.actor import COURSE_ROLES, Actor, signed_in_actor
from academy.people.guards import trainers
from courses.authoring import queries as authoring
from courses.authoring import waiting
from courses.authoring.drafted import Drafted
from courses.authoring.rules import may_begin_courses
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import courses_as, is_staff_of, owns, reviews, teaches
from courses.enrolment import queries as enrolment
from courses.marking import queries as marking
from courses.marking.rules import courses_owned, courses_to_mark
from courses.teaching import stuck as who_is_stuck
from courses.teaching.rules import SILENT_AFTER
from courses.teaching.views.blueprint import bp, overdue


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go from a course."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Taught:
    """A course on the trainer's desk; `facts` are finished words."""

    title: str
    url: str
    facts: tuple[str, ...]
    stuck: int
    hidden: bool
    links: tuple[Link, ...]


@bp.get("/teach/")
@trainers
def index() -> ResponseReturnValue:
    """What waits for me, and the courses I have a part in."""
    actor = signed_in_actor()
    lives = {slug: live for slug, live in library.live_courses(db.session).items() if is_staff_of(actor, slug)}
    drafts = authoring.drafts(db.session, courses_as(actor, COURSE_ROLES))
    to_mark = marking.Desk(actor.id, courses_to_mark(actor), courses_owned(actor))
    return render_template(
        "courses/teaching/index.html",
        courses=[*_published(actor, lives, drafts), *_unpublished(actor, drafts.keys() - lives.keys())],
        to_mark=marking.how_many(db.session, to_mark),
        waits=[(each, long_date(each.since)) for each in waiting.waiting_for(db.session, actor)],
        may_mark=courses_to_mark(actor) is None or bool(courses_to_mark(actor)),
        teaches_any=any(teaches(actor, slug) for slug in {*lives, *drafts}),
        may_begin=may_begin_courses(actor),
    )


def _published(actor: Actor, lives: Mapping[str, LiveCourse], drafts: Collection[str]) -> list[Taught]:
    looked_after = [slug for slug in lives if teaches(actor, slug)]
    learners = enrolment.learners_by_course(db.session, looked_after)
    now = clock.now()
    stuck = who_is_stuck.by_course(
        db.session, {slug: overdue(lives[slug], now) for slug in looked_after}, now - SILENT_AFTER
    )
    languages = reading_order(current_code())
    return [
        Taught(
            live.course.text(*languages).title,
            url_for("teaching.board", slug=slug) if slug in looked_after else url_for("lessons.index", slug=slug),
            _facts(live, learners.get(slug, 0) if slug in looked_after else None, slug in drafts),
            stuck.get(slug, 0),
            live.status == "draft",
            _links(actor, slug, published=True),
        )
        for slug, live in lives.items()
    ]


def _facts(live: LiveCourse, learners: int | None, drafted: bool) -> tuple[str, ...]:
    facts = [
        _("Edition %(number)d", number=live.edition_number),
        ngettext("%(num)s learner takes it now", "%(num)s learners take it now", learners)
        if learners is not None
        else "",
        _("A draft is being written") if drafted else "",
    ]
    return tuple(fact for fact in facts if fact)


def _unpublished(actor: Actor, slugs: Collection[str]) -> list[Taught]:
    """Courses that were begun and never published; their titles stand in their files."""
    return [
        Taught(
            Drafted(slug, authoring.files_of(db.session, slug)).course.title,
            url_for("authoring.show", slug=slug),
            (_("Not published yet"),),
            0,
            hidden=True,
            links=_links(actor, slug, published=False),
        )
        for slug in sorted(slugs)
    ]


def _links(actor: Actor, slug: str, *, published: bool) -> tuple[Link, ...]:
    links = [Link(_("Look at it"), url_for("lessons.index", slug=slug))] if published else []
    if teaches(actor, slug):
        links.append(Link(_("Write"), url_for("authoring.show", slug=slug)))
        links.append(Link(_("Files"), url_for("exchange.index", slug=slug)))
        links += [Link(_("Questions"), url_for("questions.index", slug=slug))] if published else []
    if published:
        links.append(Link(_("Editions"), url_for("publishing.editions", slug=slug)))
    if reviews(actor, slug):
        links.append(Link(_("Reviews"), url_for("publishing.all_reviews", slug=slug)))
    if owns(actor, slug) and published:
        links.append(Link(_("Certificates"), url_for("certificates.of_course", slug=slug)))
    if owns(actor, slug):
        links.append(Link(_("People"), url_for("authoring.people", slug=slug)))
    return tuple(links)
