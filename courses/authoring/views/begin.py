"""A new course, from a skeleton that is already a good course."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import OWN_NAMES, current_code, offered, speak
from academy.i18n import gettext as _
from academy.people import queries as people
from academy.people.actor import OWNER, Actor, Role, signed_in_actor
from academy.people.guards import require, trainers
from academy.people.standing import give_role
from academy.web.forms import hang, said
from courses.authoring import queries as drafts
from courses.authoring import rules, service, skeletons
from courses.authoring.forms import NewCourseForm
from courses.authoring.views.blueprint import bp
from courses.catalogue.content import Level
from courses.catalogue.slugs import free_slug
from courses.catalogue.words import LEVELS


@bp.route("/new", methods=["GET", "POST"])
@trainers
def new_course() -> ResponseReturnValue:
    """Begin a course; whoever begins it owns it."""
    actor, form = signed_in_actor(), NewCourseForm()
    require(rules.may_begin_courses(actor))
    form.offer(list(OWN_NAMES.items()), [(Level(level), str(name)) for level, name in LEVELS.items()])
    if form.validate_on_submit() and _begun(form, actor):
        flash(_("The course is there, as a draft that only its staff can see. Write over what it begins with."), "done")
        return redirect(url_for("authoring.show", slug=said(form.slug)), code=303)
    return render_template("courses/authoring/new_course.html", form=form), 422 if form.errors else 200


def _begun(form: NewCourseForm, actor: Actor) -> bool:
    slug, now = said(form.slug) or _free_name(said(form.title)), clock.now()
    form.slug.data = slug
    if slug in rules.RESERVED:
        hang(form.slug, _("This word has another meaning here. Please choose another."))
        return False
    try:
        service.create(db.session, slug=slug, contents=_skeleton(form), by=actor.id, now=now)
    except service.SlugTaken as error:
        hang(form.slug, error)
        return False
    member = people.member(db.session, actor.id)
    if member is not None and not actor.is_admin:
        give_role(db.session, member=member, role=Role(OWNER, f"course:{slug}"), by=actor, now=now)
    return True


def _free_name(title: str) -> str:
    with db.glance() as session:
        return free_slug(title, "course", lambda name: name not in {*rules.RESERVED, *drafts.known(session, [name])})


def _skeleton(form: NewCourseForm) -> dict[str, bytes]:
    spoken, language = current_code(), said(form.language)
    speak(language if language in offered() else "en")
    files = skeletons.course_files(
        title=said(form.title),
        summary=said(form.summary),
        language=language,
        level=said(form.level),
        hours=form.hours.data or 1,
        _=_,
    )
    speak(spoken)
    return files
