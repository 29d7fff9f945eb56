"""Tables of mentoring: who offers it, who asks whom, and the pairs with their goals, meetings and notes."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Word
from academy.dialects import PartialIndex
from alumni.mentoring.kinds import MOST_AT_ONCE, ChoiceState, GoalState, RequestState


class Mentor(Base):
    """An alumnus who offers to be a mentor.

    `taken` counts the pairs that run: the database lets nobody have more of them than `capacity`.
    `serves` says to whom the offer is shown: 'network', or 'academy' for learners in cohorts too.
    `paused_until` is the first day on which they can be asked again. `stopped_at` is the mentor's own end of it,
    `withheld_at` the moderators': neither takes the other back.
    """

    __tablename__ = "mentor"
    __table_args__ = (
        UniqueConstraint("member_id"),
        PartialIndex("ix_mentor_there", "id", where="stopped_at IS NULL"),
        CheckConstraint(f"capacity BETWEEN 1 AND {MOST_AT_ONCE}", name="capacity"),
        CheckConstraint("taken BETWEEN 0 AND capacity", name="taken"),
        CheckConstraint("serves IN ('network', 'academy')", name="serves"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    capacity: Mapped[int] = mapped_column(SmallInteger)
    taken: Mapped[int] = mapped_column(SmallInteger, default=0)
    serves: Mapped[Word]
    words: Mapped[Prose]
    paused_until: Mapped[date | None]
    stopped_at: Mapped[Moment | None]
    withheld_at: Mapped[Moment | None]
    since: Mapped[Moment]


class MentorTerm(Base):
    """A topic or a language in which a mentor helps."""

    __tablename__ = "mentor_term"
    __table_args__ = (
        CheckConstraint("kind IN ('topics', 'languages')", name="kind"),
        Index("ix_mentor_term_key", "kind", "key", "mentor_id"),
    )

    mentor_id: Mapped[Reference] = mapped_column(ForeignKey("mentor.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Word] = mapped_column(primary_key=True)
    key: Mapped[Word] = mapped_column(primary_key=True)


class MentoringRequest(Base):
    """Somebody looks for a mentor; the mentors they chose are asked one after another."""

    __tablename__ = "mentoring_request"
    __table_args__ = (
        PartialIndex("uq_mentoring_request_waiting", "member_id", where="state = 'waiting'", unique=True),
        Index("ix_mentoring_request_member_id", "member_id", "id"),
        CheckConstraint("state IN ('waiting', 'accepted', 'unanswered', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'waiting') = (closed_at IS NULL)", name="closed"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    topic: Mapped[Word]
    goal: Mapped[Prose]
    state: Mapped[Word] = mapped_column(default=RequestState.WAITING)
    asked_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]


class MentoringChoice(Base):
    """A mentor somebody chose, in the order of their wishes; at most one of a request is asked at a time."""

    __tablename__ = "mentoring_choice"
    __table_args__ = (
        UniqueConstraint("request_id", "mentor_id"),
        PartialIndex("uq_mentoring_choice_asked", "request_id", where="state = 'asked'", unique=True),
        PartialIndex("ix_mentoring_choice_expires_at", "expires_at", where="state = 'asked'"),
        Index("ix_mentoring_choice_mentor_id", "mentor_id", "state"),
        CheckConstraint(
            "state IN ('later', 'asked', 'accepted', 'declined', 'expired', 'passed', 'withdrawn')", name="state"
        ),
        CheckConstraint("state <> 'asked' OR expires_at IS NOT NULL", name="expires"),
    )

    request_id: Mapped[Reference] = mapped_column(
        ForeignKey("mentoring_request.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    mentor_id: Mapped[Reference] = mapped_column(ForeignKey("mentor.id", ondelete="CASCADE"))
    state: Mapped[Word] = mapped_column(default=ChoiceState.LATER)
    expires_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]
    answer: Mapped[Prose] = mapped_column(default="")


class Mentorship(Base):
    """A pair: who is erased goes out of it, and takes their own words along.

    What each says to the other at the end becomes part of both profiles' records only while both agree.
    """

    __tablename__ = "mentorship"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_mentorship_mentor_id", "mentor_id", "ended_at"),
        Index("ix_mentorship_mentee_id", "mentee_id", "ended_at"),
        PartialIndex("ix_mentorship_conversation_id", "conversation_id", where="conversation_id IS NOT NULL"),
        CheckConstraint("mentor_id <> mentee_id", name="two"),
    )

    id: Mapped[Id]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("mentoring_request.id", ondelete="SET NULL"))
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    mentee_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    topic: Mapped[Word]
    goal: Mapped[Prose]
    began_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id", ondelete="SET NULL"))
    mentor_thanks: Mapped[Prose] = mapped_column(default="")
    mentee_thanks: Mapped[Prose] = mapped_column(default="")
    mentor_agrees: Mapped[bool] = mapped_column(default=False)
    mentee_agrees: Mapped[bool] = mapped_column(default=False)

    def other_than(self, member_id: int) -> int | None:
        """The other one of the two; None when they are no longer there."""
        return self.mentee_id if member_id == self.mentor_id else self.mentor_id


class MentorshipGoal(Base):
    """Something a pair wants to reach."""

    __tablename__ = "mentorship_goal"
    __table_args__ = (
        Index("ix_mentorship_goal_mentorship_id", "mentorship_id", "id"),
        CheckConstraint("state IN ('planned', 'under_way', 'done', 'dropped')", name="state"),
    )

    id: Mapped[Id]
    mentorship_id: Mapped[Reference] = mapped_column(ForeignKey("mentorship.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    words: Mapped[Line]
    state: Mapped[Word] = mapped_column(default=GoalState.PLANNED)
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]


class MentoringMeeting(Base):
    """When and where a pair meets; `reminded_at` is when both were reminded of this time of it."""

    __tablename__ = "mentoring_meeting"
    __table_args__ = (
        Index("ix_mentoring_meeting_mentorship_id", "mentorship_id", "at"),
        PartialIndex("ix_mentoring_meeting_at", "at", where="reminded_at IS NULL AND cancelled_at IS NULL"),
    )

    id: Mapped[Id]
    mentorship_id: Mapped[Reference] = mapped_column(ForeignKey("mentorship.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    at: Mapped[Moment]
    place: Mapped[Line] = mapped_column(default="")
    made_at: Mapped[Moment]
    cancelled_at: Mapped[Moment | None]
    reminded_at: Mapped[Moment | None]


class MentoringNote(Base):
    """What one of the two notes about a meeting; both read it. `version` keeps two tabs from overwriting each other."""

    __tablename__ = "mentoring_note"
    __table_args__ = (Index("ix_mentoring_note_author_id", "author_id"),)

    meeting_id: Mapped[Reference] = mapped_column(
        ForeignKey("mentoring_meeting.id", ondelete="CASCADE"), primary_key=True
    )
    author_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[Prose]
    html: Mapped[Prose]
    written_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
