"""The page that shows what publishing would change, and the button that publishes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import clock, db
from academy.errors import DomainError, NotFound
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.people.actor import Actor
from academy.people.guards import trainers
from academy.people.queries import names_of
from academy.prose.texts import MarkdownTooHard
from courses.authoring import queries as drafts
from courses.authoring.models import Draft
from courses.authoring.views.blueprint import writer_of
from courses.catalogue import library
from courses.catalogue import service as catalogue
from courses.catalogue.content import Status
from courses.catalogue.library import LiveCourse
from courses.catalogue.reader.faults import CourseFaults, Fault
from courses.catalogue.service import Prepared
from courses.publishing import changes, queries, remark_queries, service, standings, telling
from courses.publishing.forms import PublishForm
from courses.publishing.service import ChangedMeanwhile, PublishedMeanwhile, Wish
from courses.publishing.sides import Side, draft_side, edition_side
from courses.publishing.views.shared import INVALID, bp, refuse_open_transaction, title_of


@bp.get("/<slug>/publish")
@trainers
def publish(slug: str) -> ResponseReturnValue:
    """What changes, whom it affects, who looked at it."""
    writer_of(slug)
    return _page(db.session, slug, None)


@bp.post("/<slug>/publish")
@trainers
def publish_now(slug: str) -> ResponseReturnValue:
    """Make the draft the edition that learners read."""
    actor, form = writer_of(slug), PublishForm()
    with db.glance() as brief:
        status = service.status_of(brief, slug)
        live = library.live_course(brief, slug)
        files = drafts.files_of(brief, slug)
    if not files:
        raise NotFound
    if status is not Status.DRAFT:
        form.without_choice()
    if not form.validate_on_submit():
        return _again(slug, form), INVALID
    try:
        if catalogue.digest_of(files) != form.digest.data:
            raise ChangedMeanwhile
        return _published(slug, form, live, _prepared(slug, files, live), actor)
    except DomainError as refusal:
        return _again(slug, form, _told(slug, refusal)), refusal.status
    except CourseFaults as refusal:
        return _again(slug, form, faults=refusal.faults), INVALID
    except MarkdownTooHard:
        return _again(slug, form, _("A text of this course is too complicated to be shown.")), INVALID


def _prepared(slug: str, files: dict[str, bytes], live: LiveCourse | None) -> Prepared:
    if live is not None and live.shelf.digest == catalogue.digest_of(files):
        return Prepared(live.course, files, live.shelf.digest, ())  # nothing is new: the service says so
    refuse_open_transaction()
    return catalogue.prepare(slug, files)


def _published(
    slug: str, form: PublishForm, live: LiveCourse | None, prepared: Prepared, actor: Actor
) -> ResponseReturnValue:
    base, now = form.base.data or "", clock.now()
    if not prepared.pages and form.shown and live is not None and base == str(live.edition_number):
        service.show_in_catalogue(db.session, slug=slug, by=actor, now=now)
        flash(_("The course is in the catalogue now."), "done")
        return redirect(url_for("publishing.editions", slug=slug), code=303)
    wish = Wish(int(base) if base.isdecimal() and len(base) < 9 else 0, (form.note.data or "").strip(), form.shown)  # noqa: PLR2004
    done = service.publish(db.session, prepared=prepared, wish=wish, by=actor, now=now)
    if live is not None and live.status is not Status.DRAFT:
        title = prepared.course.title
        telling.tell_learners(db.session, slug=slug, title=title, before=wish.base, number=done.number, now=now)
    flash(_said(done.number, hidden=service.status_of(db.session, slug) is Status.DRAFT), "done")
    return redirect(url_for("publishing.editions", slug=slug), code=303)


def _said(number: int, *, hidden: bool) -> str:
    if hidden:
        return _("Edition %(number)s is published. Only those who have a part in the course see it yet.", number=number)
    return _("Edition %(number)s is what learners read from now on.", number=number)


def _told(slug: str, refusal: DomainError) -> Text:
    if not isinstance(refusal, PublishedMeanwhile):
        return refusal.sentence
    with db.glance() as brief:
        live = library.live_course(brief, slug)
        number = live.edition_number if live else 0
        name = queries.publisher_of(brief, slug, number) or _("Somebody else")
    return _(
        "%(name)s published exactly this draft a moment ago, as edition %(number)s. Nothing was published twice.",
        name=name,
        number=number,
    )


def _again(slug: str, form: PublishForm, problem: Text = "", faults: tuple[Fault, ...] = ()) -> str:
    """The page anew with what was typed, as things stand now."""
    db.abandon()
    with db.glance() as brief:
        return _page(brief, slug, form, problem, faults)


def _page(
    session: Session, slug: str, form: PublishForm | None, problem: Text = "", faults: tuple[Fault, ...] = ()
) -> str:
    draft, live = drafts.draft_of(session, slug), library.live_course(session, slug)
    if draft is None:
        if live is None:
            raise NotFound
        return render_template("courses/publishing/no_draft.html", slug=slug, title=title_of(live.course))
    new, old = draft_side(session, slug), edition_side(session, live) if live else None
    return _drawn(session, draft, (old, new), form or _fresh(session, slug, old, new), problem, faults or new.faults)


def _fresh(session: Session, slug: str, old: Side | None, new: Side) -> PublishForm:
    hidden = service.status_of(session, slug) is Status.DRAFT
    usual = "no" if new.course.status is Status.DRAFT else "yes"
    form = PublishForm(data={"show": usual if old else None})  # of a first edition somebody says it
    if not hidden:
        form.without_choice()
    return form


def _drawn(
    session: Session,
    draft: Draft,
    sides: tuple[Side | None, Side],
    form: PublishForm,
    problem: Text,
    faults: tuple[Fault, ...],
) -> str:
    (old, new), slug = sides, draft.course_slug
    digest = catalogue.digest_of(new.files)
    form.digest.data, form.base.data, form.revision.data = digest, str(old.number if old else 0), str(draft.revision)
    rows = changes.file_rows(old, new)
    return render_template(
        "courses/publishing/publish.html",
        slug=slug,
        title=title_of(new.course),
        draft=draft,
        old=old,
        form=form,
        problem=str(problem),
        rows_of_files=rows,
        faults=changes.fault_rows(slug, faults),
        affected=changes.affected(session, old, new),
        authors=sorted(names_of(session, queries.authors(session, slug)).values()),
        reviews=queries.reviews(session, slug, since=old.live.published_at if old and old.live else None),
        required=queries.review_required(session, slug),
        approved=queries.is_approved(session, slug, digest),
        standings=standings.said_of(slug, new.course.language, new.files),
        open_remarks=len(remark_queries.remarks(session, slug, settled=False)),
    )
