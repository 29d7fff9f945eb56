"""Change drafts: every change is a step that says what each file was before and is after, so that it can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from courses.authoring import queries, rules
from courses.authoring.merging import Merge, merge
from courses.authoring.models import Change, Draft, DraftFile, Step, StepKind
from courses.catalogue import library, stored
from courses.catalogue.content import Status
from courses.catalogue.models import CourseRecord
from courses.catalogue.queries import edition_digests


class SlugTaken(DomainError):
    """A course with this slug exists."""

    status = 409
    sentence = _l("There is a course with this address already.")


class NoDraft(DomainError):
    """The draft was published, discarded or never begun."""

    status = 409
    sentence = _l("This draft is no longer there.")


class ChangedSince(DomainError):
    """A file a step touched was changed after it."""

    status = 409
    sentence = _l("A later step changed the same file. Undo the later step first.")


class Disputed(Exception):
    """Somebody else saved the same lines meanwhile: `merge` shows both, `theirs` is the digest of what is there now."""

    def __init__(self, disputed: Merge, theirs: str) -> None:
        super().__init__("The same lines were changed by somebody else.")
        self.merge = disputed
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Saved:
    """A file as it stands now. `joined`: somebody else had changed other lines of it, and both changes are in it."""

    digest: str
    text: str
    joined: bool = False


def create(
    session: Session,
    *,
    slug: str,
    contents: Mapping[str, bytes],
    by: int,
    now: datetime,
    kind: StepKind = StepKind.BEGUN,
) -> Draft:
    """Begin a new course as a draft with these files; raise SlugTaken."""
    try:
        with session.begin_nested():
            session.add(CourseRecord(slug=slug, status=Status.DRAFT, edition_id=None, created_at=now))
    except IntegrityError as error:
        raise SlugTaken from error
    draft = _new_draft(session, slug, None, now)
    apply(session, draft=draft, kind=kind, about="", contents=contents, by=by, now=now)
    return draft


def begin(session: Session, *, slug: str, now: datetime) -> Draft:
    """The working copy of a course: the one there is, else a new one of the edition readers see."""
    draft = session.get(Draft, slug, with_for_update=True)
    if draft is not None:
        return draft
    live = library.live_course(session, slug)
    if live is None:
        raise NoDraft
    try:
        with session.begin_nested():
            draft = _new_draft(session, slug, live.edition_number, now)
            for path, digest in edition_digests(session, live.edition_id).items():
                session.add(DraftFile(course_slug=slug, path=path, digest=digest, changed_at=now, changed_by=None))
    except IntegrityError:
        return begin(session, slug=slug, now=now)  # somebody else began it in the same moment
    return draft


def _new_draft(session: Session, slug: str, base: int | None, now: datetime) -> Draft:
    draft = Draft(course_slug=slug, base_edition=base, begun_at=now, changed_at=now)
    session.add(draft)
    session.flush()
    return draft


def apply(
    session: Session,
    *,
    draft: Draft,
    kind: StepKind,
    about: str,
    contents: Mapping[str, bytes | None],
    by: int | None,
    now: datetime,
) -> Step | None:
    """Put these bytes at these paths (None removes a file) as one step; None if that changes nothing."""
    session.refresh(draft, with_for_update=True)
    current = queries.digests_of(session, draft.course_slug)
    wanted = {path: None if content is None else stored.digest_of(content) for path, content in contents.items()}
    changed = {path: digest for path, digest in wanted.items() if current.get(path) != digest}
    if not changed:
        return None
    stored.keep(session, [content for path in changed if (content := contents[path]) is not None])
    _put(session, draft, changed, by, now)
    return _note(session, draft, kind, about, {path: (current.get(path), changed[path]) for path in changed}, by, now)


def save(
    session: Session, *, slug: str, path: str, text: str, base: str, by: int, now: datetime, about: str = ""
) -> Saved:
    """Save one text that was opened when its digest was `base`.

    What somebody else saved meanwhile is joined with it; raises Disputed when both changed the same lines.
    """
    draft = session.get(Draft, slug, with_for_update=True)
    if draft is None:
        raise NoDraft
    there = queries.file_of(session, slug, path)
    joined = False
    if there is not None and there.digest != base and there.text != text:
        base_text = stored.load(session, [base]).get(base, b"").decode("utf-8", errors="replace")
        both = merge(base_text, text, there.text)
        if not both.clean:
            raise Disputed(both, there.digest)
        text, joined = both.text, text != both.text
    content = text.encode()
    apply(session, draft=draft, kind=StepKind.SAVED, about=about or path, contents={path: content}, by=by, now=now)
    return Saved(stored.digest_of(content), text, joined)


def undo(session: Session, *, slug: str, number: int, by: int, now: datetime) -> Step | None:
    """Take a step back, as a step of its own; raise ChangedSince if a later one changed the same files."""
    draft = session.get(Draft, slug, with_for_update=True)
    step = queries.step(session, slug, number)
    if draft is None or step is None:
        raise NoDraft
    changes = queries.changes_of(session, [step.id])[step.id]
    if not rules.can_be_undone(changes, queries.digests_of(session, slug)):
        raise ChangedSince
    kept = stored.load(session, [change.before for change in changes if change.before])
    contents = {change.path: kept[change.before] if change.before else None for change in changes}
    return apply(session, draft=draft, kind=StepKind.UNDONE, about=step.about, contents=contents, by=by, now=now)


def replace(
    session: Session,
    *,
    draft: Draft,
    kind: StepKind,
    about: str,
    contents: Mapping[str, bytes],
    by: int | None,
    now: datetime,
) -> Step | None:
    """Make the draft exactly these files: an older edition, an imported folder."""
    gone = queries.digests_of(session, draft.course_slug).keys() - contents.keys()
    whole: dict[str, bytes | None] = {**dict.fromkeys(gone), **contents}
    return apply(session, draft=draft, kind=kind, about=about, contents=whole, by=by, now=now)


def close_at_edition(
    session: Session, *, draft: Draft, edition: int, about: str, by: int | None, now: datetime
) -> Step:
    """Note that the draft is what this edition says: work goes on from there, the steps so far are history."""
    draft.base_edition, draft.changed_at = edition, now
    return _next_step(session, draft, StepKind.PUBLISHED, about, by, now)


def discard(session: Session, *, slug: str) -> None:
    """Give the working copy up; what is published stays as it is."""
    session.execute(delete(Draft).where(Draft.course_slug == slug))
    session.expire_all()


def _put(session: Session, draft: Draft, changed: Mapping[str, str | None], by: int | None, now: datetime) -> None:
    there = {path: session.get(DraftFile, (draft.course_slug, path)) for path in changed}
    for path, digest in changed.items():
        file = there[path]
        if digest is None:
            session.delete(file)
        elif file is None:
            session.add(
                DraftFile(course_slug=draft.course_slug, path=path, digest=digest, changed_at=now, changed_by=by)
            )
        else:
            file.digest, file.changed_at, file.changed_by = digest, now, by
    session.flush()


def _note(
    session: Session,
    draft: Draft,
    kind: StepKind,
    about: str,
    changes: Mapping[str, tuple[str | None, str | None]],
    by: int | None,
    now: datetime,
) -> Step:
    draft.changed_at = now
    last = queries.step(session, draft.course_slug, draft.revision)
    if kind is StepKind.SAVED and len(changes) == 1 and last is not None:
        ((path, (_, after)),) = changes.items()
        if rules.joins(last, queries.changes_of(session, [last.id])[last.id], path=path, by=by, now=now):
            session.execute(update(Change).where(Change.step_id == last.id).values(after=after))
            last.made_at = now
            session.flush()
            return last
    step = _next_step(session, draft, kind, about, by, now)
    session.add_all(
        Change(step_id=step.id, path=path, before=before, after=after) for path, (before, after) in changes.items()
    )
    session.flush()
    return step


def _next_step(session: Session, draft: Draft, kind: StepKind, about: str, by: int | None, now: datetime) -> Step:
    draft.revision += 1
    step = Step(
        course_slug=draft.course_slug, number=draft.revision, kind=kind, about=about[:255], made_at=now, made_by=by
    )
    session.add(step)
    session.flush()
    return step
