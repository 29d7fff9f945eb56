"""Tables of events: what happens when and where, who holds it, who goes, what is kept of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Word

PROPOSED, OPEN, REFUSED, CANCELLED = "proposed", "open", "refused", "cancelled"
ONLINE, IN_PERSON = "online", "in_person"
ASKED, GOING, WAITING, NOT_GOING, DECLINED = "asked", "going", "waiting", "not_going", "declined"
FOR_GUESTS, FOR_ALL = "guests", "everyone"


class Event(Base):
    """Members meet. `host_kind` and `host_key` say what it belongs to (alumni/events/hosts.py).

    `place` and `link` are shown to those who go, `town` to all who see the event. `going` counts the seats that are
    taken; whoever changes it holds the row. `withheld_at` is when moderators closed it: they bring back nothing else.
    `sequence` tells calendars which of two versions is the newer one.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_begins_at", "begins_at", "id"),
        Index("ix_event_host", "host_kind", "host_key", "begins_at"),
        Index("ix_event_state", "state", "begins_at"),
        CheckConstraint("state IN ('proposed', 'open', 'refused', 'cancelled')", name="state"),
        CheckConstraint("form IN ('online', 'in_person')", name="form"),
        CheckConstraint("ends_at > begins_at", name="ends"),
        CheckConstraint("going >= 0 AND (seats IS NULL OR going <= seats)", name="seats"),
        CheckConstraint("notes_for IN ('guests', 'everyone')", name="notes_for"),
    )

    id: Mapped[Id]
    host_kind: Mapped[Word]
    host_key: Mapped[Word] = mapped_column(default="")
    state: Mapped[Word]
    title: Mapped[Line]
    text: Mapped[Prose]
    text_html: Mapped[Prose]
    begins_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    time_zone: Mapped[Word]
    form: Mapped[Word]
    town: Mapped[Line] = mapped_column(default="")
    place: Mapped[Prose] = mapped_column(default="")
    link: Mapped[Prose] = mapped_column(default="")
    seats: Mapped[int | None]
    going: Mapped[int] = mapped_column(default=0)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    for_learners: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Prose] = mapped_column(default="")
    withheld_at: Mapped[Moment | None]
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    notes: Mapped[Prose] = mapped_column(default="")
    notes_html: Mapped[Prose] = mapped_column(default="")
    notes_for: Mapped[Word] = mapped_column(default=FOR_GUESTS)
    attendance_at: Mapped[Moment | None]
    day_told_at: Mapped[Moment | None]
    hour_told_at: Mapped[Moment | None]
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]

    @property
    def is_online(self) -> bool:
        """Whether people meet by a link."""
        return self.form == ONLINE

    def has_begun(self, now: datetime) -> bool:
        """Whether it began: from then on nobody comes or stays away by a button."""
        return self.begins_at <= now

    def is_over(self, now: datetime) -> bool:
        """Whether it ended."""
        return self.ends_at <= now


class EventLanguage(Base):
    """A language that is spoken at an event."""

    __tablename__ = "event_language"
    __table_args__ = (Index("ix_event_language_code", "code", "event_id"),)

    event_id: Mapped[Reference] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[Word] = mapped_column(primary_key=True)


class EventHost(Base):
    """Somebody who holds an event, or was asked to: `since` is when they said yes."""

    __tablename__ = "event_host"
    __table_args__ = (Index("ix_event_host_member_id", "member_id", "event_id"),)

    event_id: Mapped[Reference] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    asked_at: Mapped[Moment]
    since: Mapped[Moment | None]


class EventGuest(Base):
    """How somebody answered; the waiting list goes by `since`. `came` is what a host ticked afterwards."""

    __tablename__ = "event_guest"
    __table_args__ = (
        Index("ix_event_guest_state", "event_id", "state", "since"),
        Index("ix_event_guest_member_id", "member_id", "state"),
        CheckConstraint("state IN ('asked', 'going', 'waiting', 'not_going', 'declined')", name="state"),
    )

    event_id: Mapped[Reference] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[Word]
    since: Mapped[Moment]
    came: Mapped[bool | None]


class EventFile(Base):
    """A file that is kept with an event: slides, a handout, a picture of the board."""

    __tablename__ = "event_file"
    __table_args__ = (Index("ix_event_file_upload_id", "upload_id"),)

    event_id: Mapped[Reference] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    upload_id: Mapped[Reference] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True)


class CalendarFeed(Base):
    """The secret link by which a member's calendar fetches their events. The secret follows from the row's number."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("member_id"), {"sqlite_autoincrement": True})

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    made_at: Mapped[Moment]
