"""Tables of opportunities, and of what members marked them with."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, BigId, Id, Line, Moment, Prose, Reference, Word

WAITING, SHOWN, REFUSED, WITHDRAWN, FILLED = "waiting", "shown", "refused", "withdrawn", "filled"
KINDS = ("job", "call", "scholarship", "internship", "fellowship")


class Opportunity(Base):
    """Something members can apply for until `closes_at`, the end of its last day in `zone`.

    `open_ended` ones have no day of their own: they close ninety days after somebody last said that they are open.
    `languages` are codes between spaces; `country` is '' for several or none; `fee` says in words what applicants
    pay, '' for nothing. `hidden_at` and `removed_at` are set by moderators.
    """

    __tablename__ = "opportunity"
    __table_args__ = (
        Index("ix_opportunity_state_closes_at_id", "state", "closes_at", "id"),
        Index("ix_opportunity_poster_id_id", "poster_id", "id"),
        CheckConstraint("kind IN ('job', 'call', 'scholarship', 'internship', 'fellowship')", name="kind"),
        CheckConstraint("state IN ('waiting', 'shown', 'refused', 'withdrawn', 'filled')", name="state"),
        CheckConstraint("pay IN ('paid', 'costs', 'unpaid', 'none')", name="pay"),
    )

    id: Mapped[Id]
    poster_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    kind: Mapped[Word]
    title: Mapped[Line]
    organisation: Mapped[Line]
    country: Mapped[str] = mapped_column(String(2), default="")
    remote: Mapped[bool] = mapped_column(default=False)
    languages: Mapped[Line] = mapped_column(default="")
    topic: Mapped[Word] = mapped_column(default="")
    pay: Mapped[Word]
    fee: Mapped[Line] = mapped_column(default="")
    source: Mapped[Prose] = mapped_column(default="")
    text: Mapped[Prose] = mapped_column(default="")
    text_html: Mapped[Prose] = mapped_column(default="")
    closes_at: Mapped[Moment]
    zone: Mapped[Word]
    open_ended: Mapped[bool] = mapped_column(default=False)
    for_learners: Mapped[bool] = mapped_column(default=False)
    state: Mapped[Word] = mapped_column(default=WAITING)
    hidden_at: Mapped[Moment | None]
    removed_at: Mapped[Moment | None]
    made_at: Mapped[Moment]
    shown_at: Mapped[Moment | None]
    poster_reminded_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1, server_default=sql("1"))


class OpportunityMark(Base):
    """What one member did with an opportunity: saved it, was reminded of its end, or put it out of their sight."""

    __tablename__ = "opportunity_mark"
    __table_args__ = (Index("ix_opportunity_mark_opportunity_id", "opportunity_id"),)

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    opportunity_id: Mapped[Reference] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), primary_key=True
    )
    saved_at: Mapped[Moment | None]
    reminded_at: Mapped[Moment | None]
    unwanted_at: Mapped[Moment | None]
