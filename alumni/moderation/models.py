"""Tables of moderation: cases, the reports behind them, their history, and who may not write for a time."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, BigId, Id, Moment, Prose, Reference, Word
from academy.dialects import PartialIndex

REPORTED, IN_REVIEW = "reported", "review"
OPEN, DECIDED = "open", "decided"
URGENT, USUAL = 0, 1


class Case(Base):
    """One thing that moderators look at: because members reported it, or because it waits to be shown at all.

    `number` is the thing's own, within its `kind`; `owner_id` whose it is. `rank` puts what is urgent first. `evidence`
    is what the thing said when it was first reported. `version` changes with every act and every report, so that nobody
    decides about something else than they saw. `hidden` says that many reports hid the thing before anybody looked;
    `told_at` when its owner was last told of a decision: until then they know of no case.
    """

    __tablename__ = "moderation_case"
    __table_args__ = (
        PartialIndex("uq_moderation_case_open", "kind", "number", "origin", where="state = 'open'", unique=True),
        Index("ix_moderation_case_state_rank_id", "state", "rank", "id"),
        Index("ix_moderation_case_owner_id_id", "owner_id", "id"),
        Index("ix_moderation_case_decided_at", "decided_at"),
        Index("ix_moderation_case_opened_at", "opened_at"),
        PartialIndex("ix_moderation_case_appeal", "id", where="appeal = 'open'"),
        CheckConstraint("origin IN ('reported', 'review')", name="origin"),
        CheckConstraint("state IN ('open', 'decided')", name="state"),
        CheckConstraint(
            "on_thing IN ('', 'kept', 'hidden', 'removed', 'approved', 'refused', 'gone')", name="on_thing"
        ),
        CheckConstraint("on_person IN ('', 'warned', 'silenced', 'suspended')", name="on_person"),
        CheckConstraint("appeal IN ('', 'open', 'granted', 'refused')", name="appeal"),
    )

    id: Mapped[Id]
    origin: Mapped[Word]
    kind: Mapped[Word]
    number: Mapped[int] = mapped_column(BigId)
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    rank: Mapped[int] = mapped_column(SmallInteger, default=USUAL)
    evidence: Mapped[Prose] = mapped_column(default="")
    reports: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[Moment]
    state: Mapped[Word] = mapped_column(default=OPEN)
    claimed_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    claimed_until: Mapped[Moment | None]
    on_thing: Mapped[Word] = mapped_column(default="")
    on_person: Mapped[Word] = mapped_column(default="")
    reason: Mapped[Word] = mapped_column(default="")
    words: Mapped[Prose] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    decided_at: Mapped[Moment | None]
    told_at: Mapped[Moment | None]
    appeal: Mapped[Word] = mapped_column(default="")
    appeal_words: Mapped[Prose] = mapped_column(default="")
    appealed_at: Mapped[Moment | None]
    appeal_answer: Mapped[Prose] = mapped_column(default="")
    appeal_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    appeal_answered_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))


class Report(Base):
    """What one member said about a thing. Several of them about one thing are one case."""

    __tablename__ = "moderation_report"
    __table_args__ = (
        UniqueConstraint("case_id", "reporter_id"),
        Index("ix_moderation_report_reporter_id_id", "reporter_id", "id"),
        Index("ix_moderation_report_made_at", "made_at", "reason"),
    )

    id: Mapped[Id]
    case_id: Mapped[Reference] = mapped_column(ForeignKey("moderation_case.id", ondelete="CASCADE"))
    reporter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    reason: Mapped[Word]
    words: Mapped[Prose] = mapped_column(default="")
    made_at: Mapped[Moment]


class Entry(Base):
    """One act in the history of a case; entries are only added. `words` are a moderator's own note."""

    __tablename__ = "moderation_entry"
    __table_args__ = (Index("ix_moderation_entry_case_id_id", "case_id", "id"),)

    id: Mapped[Id]
    case_id: Mapped[Reference] = mapped_column(ForeignKey("moderation_case.id", ondelete="CASCADE"))
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    act: Mapped[Word]
    words: Mapped[Prose] = mapped_column(default="")


class Silence(Base):
    """A time in which a member may read and not write; lifted when the decision behind it is taken back."""

    __tablename__ = "moderation_silence"
    __table_args__ = (UniqueConstraint("case_id"), Index("ix_moderation_silence_member_id_until", "member_id", "until"))

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    case_id: Mapped[Reference] = mapped_column(ForeignKey("moderation_case.id", ondelete="CASCADE"))
    began_at: Mapped[Moment]
    until: Mapped[Moment]
