"""What keepers decide about single posts: each decision is a case of moderation, told and appealed like any other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.people.actor import Actor
from academy.people.models import Member
from alumni.forum.order import states
from alumni.forum.order.reporting import KIND
from alumni.forum.topics.models import Post, State, Topic
from alumni.moderation import deciding
from alumni.moderation import queries as cases
from alumni.moderation import service as moderation
from alumni.moderation.deciding import Decision
from alumni.moderation.measures import APPROVED, KEPT
from alumni.moderation.models import DECIDED, IN_REVIEW, OPEN, REPORTED, Case
from alumni.moderation.refusals import Overtaken
from alumni.moderation.subjects import subject_of
from alumni.moderation.words import REASONS

PAGE = 20
OUT_OF_SIGHT = frozenset({State.HIDDEN, State.REMOVED})


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a post was reported, without by whom."""

    reason: str
    words: str


def waiting_in(session: Session, category_id: int, after: int = 0) -> Sequence[Row[Case, str, int]]:
    """Open cases about posts of a place, the oldest first, with the topic's title and number; one more than a page."""
    theirs = (
        select(Case, Topic.title, Topic.id)
        .join(Post, (Post.id == Case.number) & (Case.kind == KIND))
        .join(Topic, Topic.id == Post.topic_id)
        .where(Topic.category_id == category_id, Case.state == OPEN, Case.id > after)
    )
    return session.execute(theirs.order_by(Case.id).limit(PAGE + 1)).all()


def complaints_about(session: Session, post_id: int) -> list[Complaint]:
    """What members said about a post in the case that is open."""
    case = cases.open_case(session, KIND, post_id, REPORTED)
    return [Complaint(each.reason, each.words) for each in cases.reports_of(session, case.id)] if case else []


def reasons_of(session: Session, case: Case) -> list[str]:
    """Why members reported what a case is about, each reason once and in words."""
    return [str(REASONS[each]) for each in dict.fromkeys(one.reason for one in cases.reports_of(session, case.id))]


def concerns(session: Session, post: Post, actor: Actor) -> bool:
    """Whether somebody wrote the post or reported it: then others decide."""
    case = cases.open_case(session, KIND, post.id, REPORTED)
    reported = case is not None and actor.id in cases.reporters_of(session, case.id)
    return post.author_id == actor.id or reported


def decided_so_far(session: Session, post_id: int) -> int:
    """A number that is another one as soon as anything is decided about a post, or a decision taken back."""
    theirs = select(func.coalesce(func.sum(Case.version), 0))
    return session.scalar(theirs.where(Case.kind == KIND, Case.number == post_id, Case.state == DECIDED)) or 0


def decide(
    session: Session, post: Post, decision: Decision, *, review: bool, seen: int, by: Actor, now: datetime
) -> None:
    """Decide about a post that waits (`review`), that was reported, or that a keeper saw; raises what cases raise.

    `seen` is what `decided_so_far` said when the page was opened: of two who decide at once, one looks again.
    """
    if review:
        case = cases.open_case(session, KIND, post.id, IN_REVIEW)
        case = deciding.case_locked(session, case.id) if case else None
    else:
        subject = subject_of(KIND)
        case = moderation.open_case(session, subject, post.id, now) if subject else None
    if case is None or decided_so_far(session, post.id) != seen:
        raise Overtaken
    deciding.at_once(session, case=case, decision=decision, by=by, now=now)


def last_decision(session: Session, post_id: int) -> Case | None:
    """The last decision about a post that took it out of sight."""
    theirs = select(Case).where(Case.kind == KIND, Case.number == post_id, Case.state == DECIDED)
    return session.scalar(theirs.where(Case.on_thing.not_in({KEPT, APPROVED})).order_by(Case.id.desc()).limit(1))


def is_out_of_sight(session: Session, post: Post) -> bool:
    """Whether a post was taken out of sight for good; what many reported is so only until somebody decides."""
    return post.state in OUT_OF_SIGHT and cases.open_case(session, KIND, post.id, REPORTED) is None


def show_again(session: Session, post: Post, *, seen: int, by: Actor, now: datetime) -> Case | None:
    """Take the last decision about a post back, if it is the one that was `seen`; raises Overtaken or CannotBeDone.

    None for a post that was brought in hidden: nobody decided that here.
    """
    last = last_decision(session, post.id)
    case = deciding.case_locked(session, last.id) if last else None
    if decided_so_far(session, post.id) != seen or not is_out_of_sight(session, post):
        raise Overtaken
    if case is None:
        states.become(session, post.id, State.SHOWN)
        _note(session, post, "shown", by, now)
        return None
    shown = Decision(APPROVED if case.origin == IN_REVIEW else KEPT)
    deciding.undo(session, case=case, version=case.version, by=by, now=now)
    deciding.decide(session, case=case, version=case.version, decision=shown, by=by, now=now)
    return case


def set_wiki(session: Session, post: Post, *, wiki: bool, by: Actor, now: datetime) -> None:
    """Let everybody who may write edit a post, or its author alone."""
    if post.wiki != wiki:
        post.wiki = wiki
        _note(session, post, "wiki" if wiki else "no_wiki", by, now)


def set_locked(session: Session, post: Post, *, locked: bool, by: Actor, now: datetime) -> None:
    """Let nobody edit a post any more, or again."""
    if post.locked != locked:
        post.locked = locked
        _note(session, post, "locked" if locked else "unlocked", by, now)


def look_behind_doors(session: Session, post: Post, why: str, *, by: Actor, now: datetime) -> Member | None:
    """Who wrote a post behind closed doors, for somebody's safety alone; each look is in the audit log."""
    record(
        session,
        actor=by,
        action="forum.doors.looked",
        now=now,
        subject=f"forum_post:{post.id}",
        detail=why,
    )
    return session.get(Member, post.author_id) if post.author_id is not None else None


def _note(session: Session, post: Post, what: str, by: Actor, now: datetime) -> None:
    record(session, actor=by, action=f"forum.post.{what}", now=now, subject=f"forum_post:{post.id}")
