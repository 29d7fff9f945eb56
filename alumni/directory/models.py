"""Tables of the directory: what of each profile can be found, and by whom; what members look for again and again."""

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from academy import search
from academy.db import Base, Id, Line, Moment, Prose, Reference, Word

PERSON, COUNTRY, LANGUAGE, SKILLS, OFFERS = "person", "country", "languages", "skills", "offers"
SORTED = String(255).with_variant(String(255, collation="C"), "postgresql")

TEXTS = search.add(search.TextIndex("search_people", ("cohort", "network", "everyone")))
"""The words of each profile, by the audience that may see them; never those that nobody else may see."""


class DirectoryEntry(Base):
    """One thing by which somebody can be found: that they are there (`person`), or a value of one of their fields.

    There is an entry only for what others may see: `level` is the smaller of the audiences of the name and the field.
    Those outside find only what everyone may see: by its level they need not pass all others.
    `since` is when that audience was opened, `rank` how well a language is spoken.
    """

    __tablename__ = "directory_entry"
    __table_args__ = (
        Index("ix_directory_entry_by_name", "kind", "key", "name_key", "member_id", "level", "rank"),
        Index("ix_directory_entry_by_level", "kind", "key", "level", "name_key", "member_id", "rank"),
        Index("ix_directory_entry_by_time", "kind", "key", "since", "member_id", "level", "rank"),
    )

    member_id: Mapped[Reference] = mapped_column(ForeignKey("profile.member_id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Word] = mapped_column(primary_key=True)
    key: Mapped[Line] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    rank: Mapped[int] = mapped_column(SmallInteger, default=0)
    name_key: Mapped[str] = mapped_column(SORTED)
    since: Mapped[Moment]


class DirectoryCard(Base):
    """What a list shows of somebody beside the columns of their profile: languages, skills, offers as one JSON text.

    Only fields that somebody else may see are in it; who, is asked of the profile each time.
    """

    __tablename__ = "directory_card"

    member_id: Mapped[Reference] = mapped_column(ForeignKey("profile.member_id", ondelete="CASCADE"), primary_key=True)
    said: Mapped[Prose]


class SavedSearch(Base):
    """Whom a member looks for again and again: `said` is the search as the parts of an address."""

    __tablename__ = "saved_search"
    __table_args__ = (Index("ix_saved_search_member_id", "member_id"),)

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    name: Mapped[Line]
    said: Mapped[Prose]
    created_at: Mapped[Moment]


class SavedSearchPerson(Base):
    """Somebody a saved search has found before: its owner is told of nobody twice."""

    __tablename__ = "saved_search_person"
    __table_args__ = (Index("ix_saved_search_person_member_id", "member_id"),)

    search_id: Mapped[Reference] = mapped_column(ForeignKey("saved_search.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
