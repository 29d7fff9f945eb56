"""A learner's side of the talk under their work."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from academy import db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.guards import signed_in
from courses.lessons.outline import lesson_url
from courses.lessons.panels import LessonContext
from courses.tasks import panel, queries, rules, talking
from courses.tasks.forms import MessageForm, WorkForm
from courses.tasks.models import Work
from courses.tasks.panel import Sheet
from courses.tasks.talking import Line
from courses.tasks.views import bp, context_of


@bp.post("/messages")
@signed_in
def say(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Write to whoever marks."""
    context, form = context_of(slug, module, lesson), MessageForm()
    work = _newest(context)
    if not form.validate_on_submit():
        return panel.again(context, Sheet(WorkForm(formdata=None), message=form)), 422
    line = Line(context.actor.id, form.message.data or "", context.lesson.title, f"/teach/marking/tasks/{work.id}#talk")
    talking.write(db.session, work=work, line=line, now=context.now)
    flash(_("Your message is sent."), "done")
    return _back(context)


@bp.post("/messages/read")
@signed_in
def heard(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Note that the messages were read."""
    context = context_of(slug, module, lesson)
    talking.read(db.session, work=_newest(context), by_learner=True, now=context.now)
    return _back(context)


def _newest(context: LessonContext) -> Work:
    """The version that was handed in last; before there is one, there is nobody to talk to."""
    versions = queries.versions_of(db.session, context.actor.id, context.live.slug, context.lesson.key)
    work = rules.newest([each for each in versions if not each.is_draft])
    if work is None:
        raise NotFound
    return work


def _back(context: LessonContext) -> Response:
    return redirect(f"{lesson_url(context.live.slug, context.lesson)}#talk", code=303)
