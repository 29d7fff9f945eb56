"""Questions from elsewhere into a quiz of a draft, with a list of what could not come along."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.i18n import ngettext
from academy.people.guards import trainers
from academy.web import limits
from academy.web.file_forms import content_of, takes_files
from academy.web.forms import hang
from courses.authoring import queries, service
from courses.authoring.queries import Kept
from courses.authoring.texts import shown, written
from courses.authoring.views.blueprint import draft_or_404, writer_of
from courses.authoring.views.questions import read as read_quiz
from courses.catalogue import writing
from courses.catalogue.reader.documents import LARGEST
from courses.exchange import gift, moodle
from courses.exchange.carried import Carried, TooManyQuestions
from courses.exchange.forms import QuestionsForm
from courses.exchange.views import IMPORTS, INVALID, MOST, bp


@bp.route("/<slug>/questions-from-elsewhere/<path:path>", methods=["GET", "POST"])
@trainers
@takes_files(MOST)
def questions(slug: str, path: str) -> ResponseReturnValue:
    """Bring questions of GIFT or Moodle XML into a quiz; what could not come along is listed."""
    actor, form = writer_of(slug), QuestionsForm()
    if form.is_submitted():
        limits.spend(IMPORTS, actor.id)
    draft_or_404(slug)
    file = queries.file_of(db.session, slug, path)
    if file is None or not path.endswith(".md"):
        raise NotFound
    carried: Carried | None = None
    if form.validate_on_submit():
        carried = _carried(form, file)
    content = _with(file, carried, form) if carried is not None and carried.questions else ""
    if carried is not None and content:
        now = clock.now()
        service.save(db.session, slug=slug, path=path, text=content, base=file.digest, by=actor.id, now=now)
        count = len(carried.questions)
        flash(ngettext("%(num)s question came along.", "%(num)s questions came along.", count), "done")
        if not carried.remarks:
            return redirect(url_for("authoring.questions", slug=slug, path=path), code=303)
    remarks = [(each, _(each.text, **each.values)) for each in carried.remarks] if carried else []
    page = render_template("courses/exchange/questions.html", slug=slug, path=path, form=form, remarks=remarks)
    return page, INVALID if form.errors else 200


def _carried(form: QuestionsForm, file: Kept) -> Carried | None:
    content, taken = content_of(form.file), {each.id for each in read_quiz(file.path, shown(file.content))[0]}
    try:
        if content.lstrip().startswith(b"<"):
            return moodle.read(content, taken)
        return gift.read(content.decode("utf-8-sig"), taken)
    except TooManyQuestions as refusal:
        hang(form.file, refusal)
    except (moodle.NotMoodle, UnicodeDecodeError):
        hang(form.file, _("This is neither GIFT in UTF-8 nor Moodle XML."))
    return None


def _with(file: Kept, carried: Carried, form: QuestionsForm) -> str:
    """The quiz with the questions at its end; '' with the reason on the form when it would be too long."""
    text = shown(file.content)
    for question in carried.questions:
        text = writing.with_question(text, question)
    content = written(text, file.content)
    if len(content.encode()) > LARGEST:
        most = LARGEST // 1024
        hang(form.file, _("With these questions the quiz is larger than %(most)s KB. Bring in fewer.", most=most))
        return ""
    return content
