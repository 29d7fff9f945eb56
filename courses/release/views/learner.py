"""When the lessons of a course open for one learner, and the form that changes it."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import trainers
from academy.people.queries import names_of
from academy.web.forms import said
from courses.catalogue.library import LiveCourse
from courses.catalogue.taught import taught_or_404
from courses.cohorts.words import title_of
from courses.progress.queries import Standing, standing_of
from courses.release import queries, service, words
from courses.release.forms import OpeningForm
from courses.release.gates import gate_of, rulebook_of
from courses.release.rules import NOTHING
from courses.release.service import Wish
from courses.release.views.shared import INVALID, NUMBER, bp, choices, naming, rows_of


@dataclass(frozen=True, slots=True)
class Person:
    """A learner of the course."""

    id: int
    name: str
    standing: Standing


@bp.get(f"/learners/{NUMBER}")
@trainers
def learner(slug: str, number: int) -> ResponseReturnValue:
    """What is open to this learner, what opens when, and what was said for them."""
    live = taught_or_404(slug)
    return _page(live, _person(live, number), _form(live, OpeningForm(formdata=None)))


@bp.post(f"/learners/{NUMBER}")
@trainers
def open_for_learner(slug: str, number: int) -> ResponseReturnValue:
    """Let something open at another time for this learner."""
    live = taught_or_404(slug)
    person, form = _person(live, number), _form(live, OpeningForm())
    if not form.validate_on_submit():
        return _page(live, person, form), INVALID
    wish = Wish(said(form.target), form.day, member_id=person.id)
    service.say(db.session, live=live, wish=wish, by=signed_in_actor(), now=clock.now())
    flash(_("Saved. %(name)s was told.", name=person.name), "done")
    return redirect(url_for("release.learner", slug=slug, number=number), code=303)


def _person(live: LiveCourse, number: int) -> Person:
    standing = standing_of(db.session, number, live.slug)
    name = names_of(db.session, [number]).get(number) if standing else None
    if standing is None or name is None:
        raise NotFound
    return Person(number, name, standing)


def _form(live: LiveCourse, form: OpeningForm) -> OpeningForm:
    form.offer(choices(rows_of(live)))
    return form


def _page(live: LiveCourse, person: Person, form: OpeningForm) -> str:
    title = naming(live)
    facts = queries.facts_of(db.session, [live.slug], [person.id]).get((person.id, live.slug), NOTHING)
    gate = gate_of(live, person.standing, facts, clock.now())
    return render_template(
        "courses/release/learner.html",
        live=live,
        title=title_of(live),
        person=person,
        form=form,
        lessons=[
            (title(ruled.lesson.key), words.short(gate.closed[ruled.lesson.key], title))
            if ruled.lesson.key in gate.closed
            else (title(ruled.lesson.key), "")
            for ruled in rulebook_of(live).ruled
        ],
        lines=[
            (each.id, title(each.target), words.said(each.target, each.opens_on, each.shift_days))
            for each in queries.said_for_learners(db.session, live.slug, person.id)
        ],
    )
