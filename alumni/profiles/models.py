"""Tables of profiles: what a member says of themselves, and for each field the audience that may see it."""

from typing import Annotated
from urllib.parse import urlsplit

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Slug, Word
from alumni.audiences import Audience

Shown = Annotated[int, mapped_column(SmallInteger, default=Audience.ME)]

SHOWN_FIELDS = (
    "name",
    "photo",
    "cohort",
    "country",
    "town",
    "languages",
    "field",
    "organisation",
    "skills",
    "story",
    "links",
    "offers",
    "seeks",
    "record",
)
"""Every field that has an audience. Whoever may not see the name sees nothing, and cannot tell that it is there."""


class Profile(Base):
    """What an alumnus says of themselves; all of it is theirs alone until they open it.

    `pen_name` stands for their display name everywhere in the network; '' means that they show the display name.
    `shown_name` is whichever of the two is shown, `name_key` the same folded for sorting.
    `record` are certificates, thanks and hours that other features know; here is only who may see it.
    `hidden_at` is set while the member hides everywhere: then nobody but they see any of it.
    `withheld_at` is the same, decided by moderators: its owner cannot take it back.
    `photo` is the digest of its larger WebP file. `gender` is shown to nobody and only counted among many.
    `indexed` is whether search engines may keep a page that everyone may see.
    """

    __tablename__ = "profile"
    __table_args__ = (
        UniqueConstraint("handle"),
        Index("ix_profile_name_key", "name_key", "member_id"),
        *(CheckConstraint(f"show_{field} BETWEEN 0 AND 3", name=f"show_{field}") for field in SHOWN_FIELDS),
    )

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    handle: Mapped[Slug]
    pen_name: Mapped[Line] = mapped_column(default="")
    shown_name: Mapped[Line] = mapped_column(default="")
    name_key: Mapped[Line] = mapped_column(default="")
    photo: Mapped[str] = mapped_column(String(64), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    town: Mapped[Line] = mapped_column(default="")
    field: Mapped[Word] = mapped_column(default="")
    organisation: Mapped[Line] = mapped_column(default="")
    story: Mapped[Prose] = mapped_column(default="")
    story_html: Mapped[Prose] = mapped_column(default="")
    gender: Mapped[Word] = mapped_column(default="")
    indexed: Mapped[bool] = mapped_column(default=False)
    show_name: Mapped[Shown]
    show_photo: Mapped[Shown]
    show_cohort: Mapped[Shown]
    show_country: Mapped[Shown]
    show_town: Mapped[Shown]
    show_languages: Mapped[Shown]
    show_field: Mapped[Shown]
    show_organisation: Mapped[Shown]
    show_skills: Mapped[Shown]
    show_story: Mapped[Shown]
    show_links: Mapped[Shown]
    show_offers: Mapped[Shown]
    show_seeks: Mapped[Shown]
    show_record: Mapped[Shown]
    hidden_at: Mapped[Moment | None]
    withheld_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]


class ProfileLanguage(Base):
    """A language somebody speaks, and how well: a1 to c2, or native."""

    __tablename__ = "profile_language"
    __table_args__ = (Index("ix_profile_language_code", "code", "member_id"),)

    member_id: Mapped[Reference] = mapped_column(ForeignKey("profile.member_id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[Word] = mapped_column(primary_key=True)
    level: Mapped[Word]
    place: Mapped[int] = mapped_column(default=0)


class ProfileTerm(Base):
    """Something somebody can do (`skills`), can help with (`offers`) or looks for (`seeks`).

    `key` is the words as they are compared, or a word of the site's own list.
    """

    __tablename__ = "profile_term"
    __table_args__ = (
        CheckConstraint("kind IN ('skills', 'offers', 'seeks')", name="kind"),
        Index("ix_profile_term_key", "kind", "key", "member_id"),
    )

    member_id: Mapped[Reference] = mapped_column(ForeignKey("profile.member_id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Word] = mapped_column(primary_key=True)
    key: Mapped[Line] = mapped_column(primary_key=True)
    words: Mapped[Line]
    place: Mapped[int] = mapped_column(default=0)


class ProfileLink(Base):
    """An address somebody wants others to find."""

    __tablename__ = "profile_link"
    __table_args__ = (UniqueConstraint("member_id", "place"),)

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("profile.member_id", ondelete="CASCADE"))
    place: Mapped[int]
    words: Mapped[Line]
    address: Mapped[Prose]

    @property
    def host(self) -> str:
        """The site it leads to."""
        return urlsplit(self.address).netloc.removeprefix("www.")


class FormerHandle(Base):
    """A handle that somebody had before: it leads whoever may see them to where they are now, and stays theirs."""

    __tablename__ = "former_handle"
    __table_args__ = (Index("ix_former_handle_member_id", "member_id"),)

    handle: Mapped[Slug] = mapped_column(primary_key=True)
    member_id: Mapped[Reference] = mapped_column(ForeignKey("profile.member_id", ondelete="CASCADE"))
    since: Mapped[Moment]


class ProfilePhoto(Base):
    """One of the files a photo is kept as: `name` says its size and kind, as in its address."""

    __tablename__ = "profile_photo"
    __table_args__ = (Index("ix_profile_photo_upload_id", "upload_id"),)

    member_id: Mapped[Reference] = mapped_column(ForeignKey("profile.member_id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[Word] = mapped_column(primary_key=True)
    upload_id: Mapped[Reference] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"))
