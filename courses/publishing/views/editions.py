"""Every edition of a course: the list, each as learners saw it, any two side by side, one of them back as a draft."""

from collections.abc import Mapping

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, language_of, offered, speak
from academy.i18n import gettext as _
from academy.kept import nothing_kept
from academy.people.actor import Actor, seen_by
from academy.people.guards import trainers
from academy.people.queries import names_of
from academy.web.headers import policy
from academy.web.paging import row_number
from courses.authoring import previews
from courses.authoring import queries as drafts
from courses.authoring.drafted import languages_for
from courses.authoring.inert import inert, with_ribbon
from courses.authoring.previews import Shown, View
from courses.authoring.views.blueprint import writer_of
from courses.catalogue import library
from courses.catalogue.content import LANGUAGES, Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import teaches
from courses.publishing import queries, service
from courses.publishing.views.shared import NUMBER, bp, edition_or_404, staff_of, title_of

INERT = policy(form_action="'none'")


@bp.get("/<slug>/editions/")
@trainers
def editions(slug: str) -> ResponseReturnValue:
    """Every edition: number, when, by whom, what was said about it, its size."""
    actor = staff_of(slug)
    live = library.live_course(db.session, slug)
    found = queries.editions(db.session, slug, request.args.get("before", type=row_number))
    if not found and live is None and drafts.draft_of(db.session, slug) is None:
        raise NotFound
    shown = found[: queries.MOST_SHOWN]
    return render_template(
        "courses/publishing/editions.html",
        slug=slug,
        title=title_of(live.course) if live else slug,
        live=live,
        found=shown,
        names=names_of(db.session, {each.published_by for each in shown if each.published_by}),
        approvers=queries.approvers(db.session, slug, {each.digest for each in shown}),
        has_draft=drafts.draft_of(db.session, slug) is not None,
        may_write=teaches(actor, slug),
        older=url_for("publishing.editions", slug=slug, before=shown[-1].number) if len(found) > len(shown) else "",
    )


@bp.get(f"/<slug>/editions/<{NUMBER}>/")
@trainers
def edition(slug: str, number: int) -> ResponseReturnValue:
    """The course page of an edition as learners saw it."""
    actor = staff_of(slug)
    return _shown(edition_or_404(slug, number), None, actor)


@bp.get(f"/<slug>/editions/<{NUMBER}>/<module>/<lesson>/")
@trainers
def edition_lesson(slug: str, number: int, module: str, lesson: str) -> ResponseReturnValue:
    """A lesson of an edition as learners saw it."""
    actor, then = staff_of(slug), edition_or_404(slug, number)
    found = then.lessons.get(f"{module}/{lesson}")
    if found is None:
        raise NotFound
    return _shown(then, found, actor)


def _shown(then: LiveCourse, lesson: Lesson | None, actor: Actor) -> Response:
    asked = request.args.get("language", "")
    language = asked if asked in LANGUAGES else current_code()
    languages = languages_for(then.course, language)
    page = library.lesson_page(db.session, then, lesson.key if lesson else "", languages)
    if page is None:
        raise NotFound
    views = previews.views_of(lesson.kind if lesson else None)
    view = next((each for each in views if each.name == request.args.get("view", "")), views[0])
    learner = Actor(actor.id, actor.display_name, language, actor.theme)
    html = _painted(view, Shown(learner, then, lesson, page, languages, clock.now()), language)
    ribbon = _ribbon(then, lesson, views, view, language)
    response = make_response(with_ribbon(inert(html, _targets(then, language), f"/courses/{then.slug}/"), ribbon))
    response.headers["Content-Security-Policy"] = INERT
    return response


def _painted(view: View, shown: Shown, language: str) -> str:
    before = current_code()
    with seen_by(shown.learner), nothing_kept():
        if language in offered():
            speak(language)
        try:
            return view.paint(shown)
        finally:
            speak(before)


def _targets(then: LiveCourse, language: str) -> Mapping[str, str]:
    """The page of this edition for every address a learner's page may link to."""
    slug, number = then.slug, then.edition_number
    pages = {f"/courses/{slug}/": url_for("publishing.edition", slug=slug, number=number, language=language)}
    for each in then.course.lessons:
        pages[f"/courses/{slug}/{each.key}/"] = lesson_url(then, each, language)
    return pages | {address: address for address in pages.values()}


def lesson_url(then: LiveCourse, lesson: Lesson, language: str) -> str:
    """Where a lesson of an edition is shown."""
    return url_for(
        "publishing.edition_lesson",
        slug=then.slug,
        number=then.edition_number,
        module=lesson.module,
        lesson=lesson.slug,
        language=language,
    )


def _ribbon(then: LiveCourse, lesson: Lesson | None, views: tuple[View, ...], view: View, language: str) -> Markup:
    """What stands above the page: which edition this is, the way back, other ways to look at it."""
    plain = request.path
    languages = lesson.texts if lesson else then.course.texts
    return Markup(  # noqa: S704  a template of ours
        render_template(
            "courses/publishing/ribbon.html",
            then=then,
            views=[(each.words, f"{plain}?language={language}&view={each.name}", each is view) for each in views],
            languages=[
                (language_of(code), f"{plain}?language={code}&view={view.name}", code == language) for code in languages
            ],
        )
    )


@bp.route(f"/<slug>/editions/<{NUMBER}>/restore", methods=["GET", "POST"])
@trainers
def restore(slug: str, number: int) -> ResponseReturnValue:
    """Bring an edition back as the draft, after asking."""
    actor = writer_of(slug)
    then = edition_or_404(slug, number)
    if request.method != "POST":
        draft = drafts.draft_of(db.session, slug)
        return render_template("courses/publishing/restore.html", then=then, draft=draft, title=title_of(then.course))
    step = service.restore(db.session, slug=slug, number=number, by=actor, now=clock.now())
    if step is None:
        flash(_("The draft says exactly what edition %(number)s said.", number=number), "info")
    else:
        flash(_("The draft is edition %(number)s again. The history can take this step back.", number=number), "done")
    return redirect(url_for("authoring.show", slug=slug), code=303)
