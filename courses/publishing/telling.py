"""Who is told what: learners of a new edition, if they chose to be; reviewers of a draft; authors of a verdict."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.notices.kinds import Values
from academy.notices.models import AT_ONCE, NEVER
from academy.notices.service import tell
from courses.publishing import impact
from courses.publishing.models import Review, Verdict

EDITION, ASKED, GIVEN, REMARK = "course_changed", "review_asked", "review_given", "guest_comment"


def register() -> None:
    """Let members choose how they are told."""
    kinds.add(
        kinds.Kind(
            EDITION,
            _l("A course you take was changed"),
            _l("“%(title)s” has a new edition. See what changed; what you earned stays yours."),
            on_site=False,
            mail=NEVER,
        )
    )
    kinds.add(
        kinds.Kind(
            ASKED,
            _l("You are asked to review a draft"),
            _l("%(name)s asks you to review the draft of “%(title)s”."),
            mail=AT_ONCE,
        )
    )
    kinds.add(kinds.Kind(GIVEN, _l("Your draft was reviewed"), _verdict, mail=AT_ONCE))
    kinds.add(
        kinds.Kind(
            REMARK,
            _l("A guest commented on a lesson"),
            _l("%(name)s, whom you invited, commented on “%(title)s”."),
        )
    )


def _verdict(values: Values) -> str:
    title, name = values["title"], values["name"]
    if values["verdict"] == Verdict.APPROVED:
        return _("%(name)s approved the draft of “%(title)s”.", name=name, title=title)
    return _("%(name)s asks for changes in the draft of “%(title)s”.", name=name, title=title)


def tell_learners(session: Session, *, slug: str, title: str, before: int, number: int, now: datetime) -> None:
    """Tell everybody who takes a course and chose to hear of new editions."""
    tell(
        session,
        member_ids=impact.learners_of(session, slug),
        kind=EDITION,
        values={"title": title},
        url=url_for("lessons.what_changed", slug=slug, since=before),
        now=now,
        key=f"edition:{slug}:{number}",
    )


def tell_reviewer(session: Session, *, review: Review, name: str, title: str, now: datetime) -> None:
    """Tell whoever was asked for a review."""
    if review.reviewer_id is not None:
        url = url_for("publishing.review", slug=review.course_slug, number=review.id)
        values = {"name": name, "title": title}
        tell(session, member_ids=[review.reviewer_id], kind=ASKED, values=values, url=url, now=now)


def tell_author(session: Session, *, review: Review, name: str, title: str, now: datetime) -> None:
    """Tell whoever asked for a review what was decided."""
    if review.asked_by is not None and review.asked_by != review.decided_by:
        url = url_for("publishing.review", slug=review.course_slug, number=review.id)
        values = {"name": name, "title": title, "verdict": review.verdict}
        tell(session, member_ids=[review.asked_by], kind=GIVEN, values=values, url=url, now=now)


def tell_inviter(session: Session, *, member_id: int | None, slug: str, name: str, title: str, now: datetime) -> None:
    """Tell whoever invited a guest that the guest wrote something."""
    if member_id is not None:
        url = url_for("publishing.remarks", slug=slug)
        tell(session, member_ids=[member_id], kind=REMARK, values={"name": name, "title": title}, url=url, now=now)
