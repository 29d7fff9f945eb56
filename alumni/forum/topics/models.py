"""Tables of topics and posts, and of what each member has of them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, BigId, Id, Line, Moment, Prose, Reference, Word
from academy.dialects import PartialIndex


class State(StrEnum):
    """How a topic or a post stands.

    WAITING for a moderator before others see it; HIDDEN or REMOVED by moderators, DELETED by its author.
    """

    SHOWN = "shown"
    WAITING = "waiting"
    HIDDEN = "hidden"
    REMOVED = "removed"
    DELETED = "deleted"


class Level(StrEnum):
    """How closely somebody follows a topic or a category; '' in a column leaves it to what stands above."""

    WATCH = "watch"
    TRACK = "track"
    NORMAL = "normal"
    MUTE = "mute"


STATES = "state IN ('shown', 'waiting', 'hidden', 'removed', 'deleted')"
LEVELS = "level IN ('', 'watch', 'track', 'normal', 'mute')"


class Topic(Base):
    """A conversation. Its posts are numbered from 1; `last_number` only grows, `posts` counts those that are shown.

    `last_post_id` sorts every list: it grows with time; what was brought in is below zero (`rules.brought_in_at`), and
    `origin` names where from. `pinned` is 1 at the top of its category, 2 for an announcement above all lists.
    `behind_doors`: nobody is named in it, and it goes at `ends_at`. `merged_into`: its posts went to that topic.
    """

    __tablename__ = "forum_topic"
    __table_args__ = (
        UniqueConstraint("author_id", "token"),
        UniqueConstraint("origin"),
        Index("ix_forum_topic_category", "category_id", "state", "pinned", "last_post_id"),
        Index("ix_forum_topic_latest", "state", "last_post_id"),
        Index("ix_forum_topic_author_id_id", "author_id", "id"),
        Index("ix_forum_topic_merged_into", "merged_into"),
        PartialIndex("ix_forum_topic_pinned", "pinned", "last_post_id", where="pinned = 2"),
        PartialIndex("ix_forum_topic_ends_at", "ends_at", where="ends_at IS NOT NULL"),
        CheckConstraint(STATES, name="state"),
        CheckConstraint("pinned BETWEEN 0 AND 2", name="pinned"),
        CheckConstraint("posts >= 0 AND last_number >= 0", name="numbers"),
    )

    id: Mapped[Id]
    category_id: Mapped[Reference] = mapped_column(ForeignKey("forum_category.id"))
    title: Mapped[Line]
    language: Mapped[Word] = mapped_column(default="")
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    token: Mapped[str | None] = mapped_column(String(32))
    state: Mapped[Word] = mapped_column(default=State.SHOWN)
    begun_at: Mapped[Moment]
    last_post_id: Mapped[int] = mapped_column(BigId, default=0)
    last_posted_at: Mapped[Moment]
    last_author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    last_number: Mapped[int] = mapped_column(default=0)
    posts: Mapped[int] = mapped_column(default=0)
    pinned: Mapped[int] = mapped_column(SmallInteger, default=0)
    pinned_until: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    answer_id: Mapped[int | None] = mapped_column(BigId)
    behind_doors: Mapped[bool] = mapped_column(default=False)
    has_poll: Mapped[bool] = mapped_column(default=False)
    ends_at: Mapped[Moment | None]
    merged_into: Mapped[int | None] = mapped_column(BigId, ForeignKey("forum_topic.id", ondelete="SET NULL"))
    origin: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=1)


class Post(Base):
    """One post. `number` counts in its topic; its `id` is its permanent address, wherever it moves.

    `reply_to` is the post it answers. `html` is what `academy.markdown` made of `text` when it was saved. `warning`
    folds it until somebody opens it. `token` is the form's own: a form that is sent twice is one post. `settled_at` is
    when the worker put it into the search and told whom it concerns. `locked`: moderators let nobody edit it.
    `deed` makes it the site's own line about what keepers did (a word of `order.moving`), `text` says with what.
    `files` says how many it has. `deleted_at`: its author deleted it then, and the words are still to go.
    `voice` stands for its author in a topic behind closed doors: 1 for whoever wrote first there, then 2, and so on.
    """

    __tablename__ = "forum_post"
    __table_args__ = (
        UniqueConstraint("topic_id", "number"),
        UniqueConstraint("author_id", "token"),
        UniqueConstraint("origin"),
        Index("ix_forum_post_author_id_id", "author_id", "id"),
        Index("ix_forum_post_reply_to", "reply_to"),
        PartialIndex("ix_forum_post_unsettled", "id", where="settled_at IS NULL"),
        PartialIndex("ix_forum_post_deleted_at", "deleted_at", where="deleted_at IS NOT NULL"),
        CheckConstraint(STATES, name="state"),
        CheckConstraint("number > 0 AND helpful >= 0 AND edits >= 0", name="numbers"),
    )

    id: Mapped[Id]
    topic_id: Mapped[Reference] = mapped_column(ForeignKey("forum_topic.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    token: Mapped[str | None] = mapped_column(String(32))
    reply_to: Mapped[int | None] = mapped_column(BigId, ForeignKey("forum_post.id", ondelete="SET NULL"))
    text: Mapped[Prose]
    html: Mapped[Prose]
    language: Mapped[Word] = mapped_column(default="")
    warning: Mapped[Line] = mapped_column(default="")
    deed: Mapped[Word] = mapped_column(default="")
    state: Mapped[Word] = mapped_column(default=State.SHOWN)
    posted_at: Mapped[Moment]
    edited_at: Mapped[Moment | None]
    edits: Mapped[int] = mapped_column(default=0)
    wiki: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False)
    voice: Mapped[int | None]
    helpful: Mapped[int] = mapped_column(default=0)
    files: Mapped[int] = mapped_column(SmallInteger, default=0)
    deleted_at: Mapped[Moment | None]
    settled_at: Mapped[Moment | None]
    told_at: Mapped[Moment | None]
    origin: Mapped[str | None] = mapped_column(String(80))


class PostEdit(Base):
    """What a post said before an edit, who changed it, when and why."""

    __tablename__ = "forum_post_edit"
    __table_args__ = (
        Index("ix_forum_post_edit_post_id_id", "post_id", "id"),
        Index("ix_forum_post_edit_editor_id", "editor_id"),
    )

    id: Mapped[Id]
    post_id: Mapped[Reference] = mapped_column(ForeignKey("forum_post.id", ondelete="CASCADE"))
    text: Mapped[Prose]
    title: Mapped[Line] = mapped_column(default="")
    reason: Mapped[Line] = mapped_column(default="")
    editor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    edited_at: Mapped[Moment]


class Helpful(Base):
    """Somebody found a post helpful."""

    __tablename__ = "forum_helpful"
    __table_args__ = (Index("ix_forum_helpful_member_id", "member_id"),)

    post_id: Mapped[Reference] = mapped_column(ForeignKey("forum_post.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)


class PostFile(Base):
    """A file of a post, in the order they were attached; `name` is what its owner says it shows or holds."""

    __tablename__ = "forum_post_file"
    __table_args__ = (
        Index("ix_forum_post_file_post_id", "post_id"),
        Index("ix_forum_post_file_upload_id", "upload_id"),
    )

    id: Mapped[Id]
    post_id: Mapped[Reference] = mapped_column(ForeignKey("forum_post.id", ondelete="CASCADE"))
    upload_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("upload.id", ondelete="SET NULL"))
    name: Mapped[Line]


class Tag(Base):
    """A word that topics are marked with; `key` is its folded form."""

    __tablename__ = "forum_tag"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[Id]
    key: Mapped[Word]
    words: Mapped[Word]


class TopicTag(Base):
    """A tag of a topic."""

    __tablename__ = "forum_topic_tag"
    __table_args__ = (Index("ix_forum_topic_tag_tag_id", "tag_id", "topic_id"),)

    topic_id: Mapped[Reference] = mapped_column(ForeignKey("forum_topic.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[Reference] = mapped_column(ForeignKey("forum_tag.id", ondelete="CASCADE"), primary_key=True)


class Standing(Base):
    """One member and one topic: how far they read (a number of a post), how closely they follow it, and why.

    `why` is a word of the reason ('' they said so themselves). Rows of topics that are long quiet go (`touched_at`).
    """

    __tablename__ = "forum_standing"
    __table_args__ = (
        Index("ix_forum_standing_topic_id_level", "topic_id", "level"),
        Index("ix_forum_standing_touched_at", "touched_at"),
        CheckConstraint(LEVELS, name="level"),
    )

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[Reference] = mapped_column(ForeignKey("forum_topic.id", ondelete="CASCADE"), primary_key=True)
    read_to: Mapped[int] = mapped_column(default=0)
    level: Mapped[Word] = mapped_column(default="")
    why: Mapped[Word] = mapped_column(default="")
    touched_at: Mapped[Moment]


class PlaceStanding(Base):
    """One member and one category: how closely they follow it, and up to which post all of it counts as read."""

    __tablename__ = "forum_place_standing"
    __table_args__ = (
        Index("ix_forum_place_standing_category_id_level", "category_id", "level"),
        CheckConstraint(LEVELS, name="level"),
    )

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    category_id: Mapped[Reference] = mapped_column(
        ForeignKey("forum_category.id", ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[Word] = mapped_column(default="")
    read_before: Mapped[int] = mapped_column(BigId, default=0)


class ForumChoice(Base):
    """What a member chose for the whole forum. `searchable`: search engines may keep pages with their posts.

    `words_in_letters`: letters to them carry the words of posts, which whoever opens their mail can read. `from_post`
    is the newest post there was when they first came: what is older is not new to them.
    """

    __tablename__ = "forum_choice"

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    searchable: Mapped[bool] = mapped_column(default=False)
    words_in_letters: Mapped[bool] = mapped_column(default=False)
    from_post: Mapped[int] = mapped_column(BigId, default=0)
