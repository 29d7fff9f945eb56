"""Who may change or take back a post, decided without the world."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from alumni.forum.topics.models import State

NEWCOMERS_EDIT = timedelta(hours=24)
COMES_BACK = timedelta(hours=24)
"""So long its author can bring a deleted post back; then its words go for good."""
_WITH_WORDS = {State.SHOWN, State.WAITING}


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody before a post: `writes` says that they may write in its topic now (it is not closed to them)."""

    member_id: int
    writes: bool
    keeps_order: bool = False
    newcomer: bool = False


class Piece(NamedTuple):
    """What decides of a post who may change it."""

    author_id: int | None
    state: str
    locked: bool
    wiki: bool
    posted_at: datetime
    deed: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a post shall say. `version` is the number of edits its editor knew of; `title` only of a first post."""

    text: str
    version: int
    reason: str = ""
    warning: str = ""
    language: str = ""
    title: str = ""


def may_edit(editor: Editor, post: Piece, now: datetime) -> bool:
    """Authors change their own words while the topic is open, newcomers for a day; everybody writes at a wiki post."""
    if post.state not in _WITH_WORDS or post.deed:
        return False
    if editor.keeps_order:
        return True
    if post.locked or not editor.writes:
        return False
    if post.wiki and post.state == State.SHOWN:
        return True
    in_time = not editor.newcomer or now - post.posted_at < NEWCOMERS_EDIT
    return post.author_id == editor.member_id and in_time


def may_delete(editor: Editor, post: Piece) -> bool:
    """Authors take their own words back, in closed topics too, unless moderators keep them as they are."""
    mine = post.author_id == editor.member_id and not post.deed
    return mine and post.state in _WITH_WORDS and not post.locked


def may_bring_back(member_id: int, post: Piece, deleted_at: datetime | None, now: datetime) -> bool:
    """What its author deleted comes back for a day."""
    mine = post.author_id == member_id and post.state == State.DELETED
    return mine and deleted_at is not None and now - deleted_at < COMES_BACK
