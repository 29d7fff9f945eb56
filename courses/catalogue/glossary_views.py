"""The glossary of all courses: open to everybody; a draft's terms to its staff alone."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from academy import db
from academy.i18n import current_code, language_of, reading_order
from academy.people.actor import current_actor
from academy.people.guards import public
from courses.catalogue import library, terms
from courses.catalogue.content import Status
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import is_staff_of
from courses.catalogue.terms import Term

bp = Blueprint("glossary", __name__)
LONGEST = 60


def _terms(live: LiveCourse, languages: tuple[str, ...]) -> list[Term]:
    """The terms of a course, worked out once for each edition."""
    return live.shelf.kept(("terms", languages), lambda: terms.terms_of(live.course, languages))


@bp.get("/courses/glossary")
@public
def show() -> ResponseReturnValue:
    """The terms under one letter, or those that fit what was typed."""
    actor, languages = current_actor(), reading_order(current_code())
    open_ones = [
        live
        for live in library.live_courses(db.session).values()
        if live.status is not Status.DRAFT or is_staff_of(actor, live.slug)
    ]
    together = terms.together(_terms(live, languages) for live in open_ones)
    everything = [each for each in together if not each.names.keys().isdisjoint(languages)]
    index = dict(terms.letters(everything, languages))
    typed = request.args.get("q", "")[:LONGEST].strip()
    letter = request.args.get("letter", "")[:1].upper()
    letter = letter if letter in index else next(iter(index), "")
    found = [each for each in everything if each.fits(typed)] if typed else index.get(letter, [])
    return render_template(
        "courses/catalogue/glossary.html",
        typed=typed,
        letter="" if typed else letter,
        index=list(index),
        total=len(everything),
        found=sorted(found, key=lambda each: each.names[each.language(languages)].casefold()),
        languages=languages,
        beside=[language_of(code) for code in terms.BESIDE],
        language_of=language_of,
    )
