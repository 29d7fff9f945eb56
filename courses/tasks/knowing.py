"""What is known of a member in tasks, for the file of their own data."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.tasks import queries
from courses.tasks.models import Work, WorkMessage, WorkReview


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """The works of a member, drafts included, what they wrote under works, and what they said of others' works."""
    works = session.scalars(select(Work).where(Work.member_id == member_id).order_by(Work.id)).all()
    files = queries.files_of(session, [work.id for work in works])
    said = session.scalars(select(WorkMessage).where(WorkMessage.author_id == member_id).order_by(WorkMessage.id))
    read = session.scalars(select(WorkReview).where(WorkReview.reader_id == member_id).order_by(WorkReview.id))
    return {
        "works": [{**_work(work), "files": [file.name for file in files.get(work.id, ())]} for work in works],
        "messages": [{"text": each.text, "at": each.written_at.isoformat()} for each in said],
        "reviews": [_review(each) for each in read],
    }


def _work(work: Work) -> dict[str, Any]:
    return {
        "course": work.course_slug,
        "lesson": work.lesson_key,
        "number": work.number,
        "state": work.state,
        "text": work.text,
        "saved_at": work.saved_at.isoformat(),
        "handed_in_at": work.handed_in_at.isoformat() if work.handed_in_at else None,
        "late": work.late,
        "points": work.points,
        "score": work.score,
        "comment": work.comment,
    }


def _review(review: WorkReview) -> dict[str, Any]:
    return {
        "assigned_at": review.assigned_at.isoformat(),
        "given_at": review.given_at.isoformat() if review.given_at else None,
        "points": review.points,
        "comment": review.comment,
        "helpful": review.helpful,
        "quality": review.quality,
    }
